import { counted, day, fill, kroner, voucherName } from '#i18n/format.ts'
import { mayDo, rightsOf } from '#worker/access/permission.ts'
import { pathText } from '#worker/http/accept.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import type { Schedule, ScheduleMonth } from '#worker/ledger/schedule-store.ts'
import { DayField, dayIn, today } from '../day-field.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Props = { c: Page; voucher: string; schedules: readonly Schedule[] }

/** What a voucher's scripts post in other months, or the plan it is a month of, with links both ways. */
export function VoucherPlans({ c, voucher, schedules }: Props) {
  if (schedules.length === 0) return null
  const words = textsOf(c).templates.plans
  return (
    <section class="hb-section hb-plan">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      {schedules.map((schedule) => (
        <Plan c={c} voucher={voucher} schedule={schedule} />
      ))}
    </section>
  )
}

function Plan({ c, voucher, schedule }: { c: Page; voucher: string; schedule: Schedule }) {
  const words = textsOf(c).templates.plans
  const { locale, access } = c.var
  const { kind, source, months, through, amount, rest } = schedule
  const [made, waiting] = [months.filter((m) => m.status !== 'waiting'), months.filter((m) => m.status === 'waiting')]
  const place = months.findIndex((m) => m.voucher?.id === voucher)
  return (
    <>
      <p>
        {place < 0 ? (
          <b>{words.kinds[kind]}</b>
        ) : (
          <>
            <a class="hb-opens" href={companyPath(access, `/vouchers/${source.id}`)}>
              {fill(words.from, { kind: words.kinds[kind], voucher: voucherName(source) }, locale)}
            </a>
            {' · '}
            {fill(words.place, { n: place + 1, count: months.length }, locale)}
          </>
        )}
        <br />
        <span class="hb-quiet">
          {kind === 'repeat'
            ? fill(words.repeat, { count: months.length }, locale)
            : fill(words.through, { amount, count: months.length, through }, locale)}
          {' · '}
          <span class="hb-code">{schedule.script}</span>
        </span>
      </p>
      {made.length > 0 && <Months c={c} voucher={voucher} months={made} />}
      {waiting.length > 0 && (
        <details>
          <summary>{counted(waiting.length, words.waiting, locale)}</summary>
          <Months c={c} voucher={voucher} months={waiting} />
        </details>
      )}
      {rest.length > 0 && mayDo(access, 'ledger:post') && <Rest c={c} voucher={voucher} schedule={schedule} />}
    </>
  )
}

function Months({ c, voucher, months }: { c: Page; voucher: string; months: readonly ScheduleMonth[] }) {
  const words = textsOf(c).templates.plans
  return (
    <table class="hb-table">
      <thead>
        <tr>
          <th>{words.column.month}</th>
          <th>{words.column.voucher}</th>
          <th class="hb-num">{words.column.amount}</th>
        </tr>
      </thead>
      <tbody>
        {months.map((m) => (
          <tr aria-current={m.voucher?.id === voucher ? 'true' : undefined}>
            <td class="hb-nowrap">{day(`${m.month}-01`).slice(3)}</td>
            <td>
              <Standing c={c} m={m} />
            </td>
            <td class="hb-num">{kroner(m.amount, c.var.locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Standing({ c, m }: { c: Page; m: ScheduleMonth }) {
  const words = textsOf(c).templates.plans
  if (!m.voucher) return <span class="hb-faint">{words.status[m.status === 'dropped' ? 'dropped' : 'waiting']}</span>
  return (
    <>
      <a class="hb-opens hb-nowrap" href={companyPath(c.var.access, `/vouchers/${m.voucher.id}`)}>
        {voucherName(m.voucher)}
      </a>{' '}
      {m.reversedBy && (
        <a class="hb-faint" href={companyPath(c.var.access, `/vouchers/${m.reversedBy.id}`)}>
          {words.status.reversed}
        </a>
      )}
    </>
  )
}

/** Months that stand although their source is reversed: an open day takes them back. */
function Rest({ c, voucher, schedule }: { c: Page; voucher: string; schedule: Schedule }) {
  const words = textsOf(c).templates.plans
  const { locale, access } = c.var
  const months = schedule.rest.map((m) => fill('{m:month}', { m }, locale))
  return (
    <form method="post" action={companyPath(access, `/schedules/${schedule.id}/reversal`)} class="hb-form">
      <p>{fill(words.rest, { months }, locale)}</p>
      <input type="hidden" name="voucher" value={voucher} />
      <div class="ds-field">
        <label class="ds-label" for={`rest-${schedule.id}`}>
          {words.date}
        </label>
        <DayField class="ds-input" id={`rest-${schedule.id}`} name="voucherDate" value={today()} required />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {words.reverseRest}
        </button>
      </div>
    </form>
  )
}

/** Reverses what stands of a plan. @throws Problem as posting does: its page says which day is open. */
export async function submitScheduleReversal(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const voucherDate = dayIn(fields.voucherDate) ?? today()
  const { id: by, name } = c.var.principal
  const job = { do: 'reverse-schedule', schedule: pathText(c, 'schedule'), fromMonth: null, voucherDate } as const
  await runJob(c.env, c.var.access, { ...job, reason: null, by, name, rights: rightsOf(c.var.access) })
  return c.redirect(companyPath(c.var.access, `/vouchers/${encodeURIComponent(fields.voucher ?? '')}`), 303)
}
