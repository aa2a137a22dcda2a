import { counted, day, fill, type Locale, moment, whole } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import type { Month } from '#worker/core/dates.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { LockLevel, Period } from '#worker/ledger/books.ts'
import { lockPeriods } from '#worker/periods/lock-periods.ts'
import { openFiscalYear } from '#worker/periods/open-fiscal-year.ts'
import { NewLock, type PeriodLock } from '#worker/periods/period-lock.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon, type IconName } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { shortHash } from '../reports/proof-footer.tsx'
import { companyPath } from '../shell.tsx'

const ICONS: Record<LockLevel, IconName> = { open: 'unlock', soft: 'warning', hard: 'lock' }

/** Fiscal years with their months, the lock on each, the form that changes it, and the log of every change. */
export async function periodsPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.periods
  const { locale, access } = c.var
  const { years, periods, locks } = await readCalendar(c.var.db)
  const names = await readNames(c.var.control, [...new Set(locks.map((lock) => lock.by))])
  const status = await c.var.status
  const mayLock = mayDo(access.role, 'period:lock')
  const mayOpen = mayDo(access.role, 'fiscal-year:write')
  return page(
    c,
    { title: words.title, area: 'periods', status: (tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{status?.lockedTo ? fill(words.lockedTo, { date: status.lockedTo }, locale) : words.nothingLocked}</p>
        </div>
        <div class="hb-actions">
          {mayOpen && (
            <form method="post" action={companyPath(access, '/fiscal-years')}>
              <button class="ds-button" data-variant="secondary" type="submit" title={words.newYearNote}>
                {fill(words.newYear, { year: (years.at(-1)?.year ?? 0) + 1 }, locale)}
              </button>
            </form>
          )}
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['fromMonth', 'toMonth', 'level', 'reason']} />
      </div>
      <div class="hb-columns" data-side>
        <section>
          <div class="hb-years">
            {years.toReversed().map((year) => (
              <div class="hb-months">
                <b>{year.year}</b>
                {periods
                  .filter((period) => period.year === year.year)
                  .map((period) => (
                    <MonthBox c={c} period={period} />
                  ))}
              </div>
            ))}
          </div>
          <div class="hb-legend" role="note" aria-label={words.legend}>
            {(['open', 'soft', 'hard'] as const).map((level) => (
              <span>
                <Icon name={ICONS[level]} />
                {words.levels[level]}
              </span>
            ))}
          </div>
        </section>
        <section>
          <h2>{words.change}</h2>
          {mayLock ? <LockForm c={c} periods={periods} tried={tried} /> : <p class="hb-quiet">{words.mayNot}</p>}
        </section>
      </div>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.log}</h2>
        </div>
        <Log c={c} locks={locks} names={names} />
      </section>
    </>,
  )
}

function MonthBox({ c, period }: { c: Page; period: Period }) {
  const words = textsOf(c).registers.periods
  const name = words.months[Number(period.month.slice(5)) - 1]!
  return (
    <span class="hb-month" data-level={period.level} title={words.levels[period.level]}>
      <Icon name={ICONS[period.level]} label={words.levels[period.level]} />
      {name}
    </span>
  )
}

function LockForm({ c, periods, tried }: { c: Page; periods: readonly Period[]; tried: Tried | undefined }) {
  const words = textsOf(c).registers.periods
  const { locale, access } = c.var
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  // What is locked next, as a rule: the first month that stands open and has been.
  const now = new Date().toISOString().slice(0, 7)
  const next = periods.find((p) => p.level === 'open')?.month ?? now
  const months = periods.toReversed().map((p) => [p.month, monthName(p.month, locale)] as const)
  const levels = (['hard', 'soft', 'open'] as const).map((level) => [level, words.levels[level]] as const)
  return (
    <form class="hb-form" method="post" action={companyPath(access, '/periods')}>
      <p class="hb-quiet">{words.changeNote}</p>
      <div class="hb-form-row">
        <SelectField
          label={words.from}
          name="fromMonth"
          value={sent?.fromMonth ?? next}
          faults={faults}
          options={months}
        />
        <SelectField label={words.to} name="toMonth" value={sent?.toMonth ?? next} faults={faults} options={months} />
      </div>
      <SelectField label={words.level} name="level" value={sent?.level ?? 'hard'} faults={faults} options={levels} />
      <TextField
        label={words.reason}
        name="reason"
        value={sent?.reason}
        help={words.reasonHelp}
        faults={faults}
        maxlength={500}
        required
      />
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          <Icon name="lock" />
          {words.submitEither}
        </button>
      </div>
    </form>
  )
}

const monthName = (month: string, locale: Locale): string => fill('{month:Month}', { month }, locale)

function Log({ c, locks, names }: { c: Page; locks: readonly PeriodLock[]; names: ReadonlyMap<string, string> }) {
  const t = textsOf(c)
  const words = t.registers.periods
  const { locale } = c.var
  if (locks.length === 0) return <p class="hb-quiet">{words.logEmpty}</p>
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{words.column.when}</th>
          <th>{words.column.what}</th>
          <th>{words.column.who}</th>
          <th>{words.column.reason}</th>
          <th>{words.column.late}</th>
          <th>{words.column.seal}</th>
        </tr>
      </thead>
      <tbody>
        {locks.map((lock) => (
          <tr>
            <td class="hb-date" data-line="2">
              {moment(lock.recordedAt)}
            </td>
            <td>{fill(words.what[lock.level], { range: rangeOf(lock, words.range, locale) }, locale)}</td>
            <td data-line="2">{names.get(lock.by) ?? (lock.by === 'operator' ? t.shell.person.operator : lock.by)}</td>
            <td data-line="2">{lock.reason}</td>
            <td data-line="2">
              {lock.differences && lock.differences.length > 0 && (
                <details>
                  <summary>{counted(lock.differences.length, words.late, locale)}</summary>
                  <ul>
                    {lock.differences.slice(0, 50).map((v) => (
                      <li>
                        <a href={companyPath(c.var.access, `/vouchers/${v.id}`)}>
                          {v.series} {v.fiscalYear}-{v.number}
                        </a>{' '}
                        {day(v.voucherDate)}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </td>
            <td class="hb-faint hb-nowrap" data-line="2" title={lock.hash}>
              <span class="hb-code">{shortHash(lock.hash)}</span>{' '}
              {fill(words.atVersion, { version: whole(lock.ledgerVersion, locale) }, locale)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const rangeOf = (
  { fromMonth, toMonth }: { fromMonth: string; toMonth: string },
  range: string,
  locale: Locale,
): string =>
  fromMonth === toMonth
    ? fill('{from:month}', { from: fromMonth }, locale)
    : fill(range, { from: fromMonth, to: toMonth }, locale)

export async function submitLock(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { fromMonth = '' as Month, toMonth = '' as Month, level = '', reason = '' } = fields
      const wanted = parse({ fromMonth, toMonth, level, reason }, NewLock)
      await lockPeriods(actingOf(c), c.var.access.id, wanted, mayDo(c.var.access.role, 'period:unlock'))
      return c.redirect(companyPath(c.var.access, '/periods'), 303)
    },
    (tried) => periodsPage(c, tried),
  )
}

export async function submitFiscalYear(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      await openFiscalYear(actingOf(c), {})
      await postWaiting(c.env, c.var.access, c.var.principal.id)
      return c.redirect(companyPath(c.var.access, '/periods'), 303)
    },
    (tried) => periodsPage(c, tried),
  )
}
