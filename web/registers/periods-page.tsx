import { counted, fill, type Locale, moment, whole } from '#i18n/format.ts'
import { mayDo } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { type KeptVoucherType, readVoucherTypes } from '#worker/chart/store.ts'
import type { Month } from '#worker/core/dates.ts'
import { parse } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { FiscalYear, LockLevel, Period } from '#worker/ledger/books.ts'
import { changeLocks } from '#worker/periods/change-locks.ts'
import { NewFiscalYear } from '#worker/periods/fiscal-year.ts'
import { openFiscalYear } from '#worker/periods/open-fiscal-year.ts'
import { NewLock, type PeriodLock, WHOLE } from '#worker/periods/period-lock.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { newestFirst } from '#worker/periods/verify-locks.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { dayIn } from '../day-field.tsx'
import { ErrorSummary, faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon, type IconName } from '../icon.tsx'
import { frameOf, type Page, page, textsOf } from '../page.tsx'
import { shortHash } from '../reports/proof-footer.tsx'
import { companyPath } from '../shell.tsx'
import { ScopeFields, scopeIn, scopeText } from './lock-scope.tsx'

const ICONS: Record<LockLevel, IconName> = { open: 'unlock', soft: 'warning', hard: 'lock' }

/** Fiscal years with their months, the lock on each, the form that changes it, and the log of every change. */
export async function periodsPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.registers.periods
  const { locale, access } = c.var
  const { years, periods, locks: whole, scopeLocks } = await readCalendar(c.var.db)
  const locks = newestFirst([...whole, ...scopeLocks])
  const types = await readVoucherTypes(c.var.db)
  const changed = locks.find(({ id }) => id === c.req.query('lock'))
  const names = await readNames(c.var.control, [...new Set(locks.map((lock) => lock.by))])
  const status = await frameOf(c).status
  const mayLock = mayDo(access, 'period:lock')
  const mayOpen = mayDo(access, 'fiscal-year:write')
  return page(
    c,
    { title: words.title, area: 'periods', status: (tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{status?.lockedTo ? fill(words.lockedTo, { date: status.lockedTo }, locale) : words.nothingLocked}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary
          c={c}
          tried={tried}
          fields={['fromMonth', 'toMonth', 'level', 'reason', 'scope', 'year', 'firstDate', 'lastDate']}
        />
        {changed && (
          <div class="hb-notice" data-level="done" role="status">
            <p>
              {lockText(changed, words, locale)}.
              {changed.scope !== WHOLE && <span class="hb-chip">{scopeText(c, changed.scope, types)}</span>}
            </p>
          </div>
        )}
      </div>
      <div class="hb-columns" data-side>
        <section>
          <div class="hb-years">
            {years.toReversed().map((year) => (
              <div class="hb-months">
                <b>
                  <a class="hb-year" href={companyPath(access, `/years/${year.year}`)}>
                    {year.year}
                  </a>
                </b>
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
          {mayLock ? (
            <LockForm c={c} periods={periods} types={types} tried={tried} />
          ) : (
            <p class="hb-quiet">{words.mayNot}</p>
          )}
          {mayOpen && <YearForm c={c} years={years} tried={tried} />}
        </section>
      </div>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.log}</h2>
        </div>
        <Log c={c} locks={locks} names={names} types={types} />
      </section>
    </>,
  )
}

/** A new year: twelve months after the last, or other days where the company deviates. */
function YearForm({ c, years, tried }: { c: Page; years: readonly FiscalYear[]; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.years.newYear
  const faults = faultsOf(tried, c.var.locale)
  const sent = tried?.fields
  return (
    <form class="hb-form hb-section" method="post" action={companyPath(c.var.access, '/fiscal-years')}>
      <h2>{words.title}</h2>
      <p class="hb-quiet">{words.note}</p>
      <div class="hb-form-row">
        <TextField
          label={words.year}
          name="year"
          value={sent?.year}
          faults={faults}
          inputmode="numeric"
          maxlength={4}
          placeholder={String((years.at(-1)?.year ?? 0) + 1)}
        />
        <TextField
          label={words.firstDate}
          name="firstDate"
          value={sent?.firstDate}
          faults={faults}
          placeholder={t.shell.dayHint}
          day
        />
        <TextField
          label={words.lastDate}
          name="lastDate"
          value={sent?.lastDate}
          faults={faults}
          placeholder={t.shell.dayHint}
          day
        />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
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

type LockFormProps = {
  c: Page
  periods: readonly Period[]
  types: readonly KeptVoucherType[]
  tried: Tried | undefined
}

function LockForm({ c, periods, types, tried }: LockFormProps) {
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
      <ScopeFields c={c} types={types} tried={tried} />
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

type LogProps = {
  c: Page
  locks: readonly PeriodLock[]
  names: ReadonlyMap<string, string>
  types: readonly KeptVoucherType[]
}

function Log({ c, locks, names, types }: LogProps) {
  const t = textsOf(c)
  const words = t.registers.periods
  const { locale } = c.var
  if (locks.length === 0) return <p class="hb-quiet">{words.logEmpty}</p>
  return (
    <div class="hb-scroll-narrow">
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
              <td>
                <a class="hb-opens" href={companyPath(c.var.access, `/periods/locks/${lock.id}`)}>
                  {lockText(lock, words, locale)}
                </a>{' '}
                {lock.scope !== WHOLE && <span class="hb-chip">{scopeText(c, lock.scope, types)}</span>}
              </td>
              <td data-line="2">
                {names.get(lock.by) ?? (lock.by === 'operator' ? t.shell.person.operator : lock.by)}
              </td>
              <td data-line="2">{lock.reason}</td>
              <td data-line="2">
                {lock.differences && lock.differences.length > 0 && (
                  <a href={companyPath(c.var.access, `/periods/locks/${lock.id}`)}>
                    {counted(lock.differences.length, words.late, locale)}
                  </a>
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
    </div>
  )
}

const lockText = (
  lock: { fromMonth: string; toMonth: string; level: keyof Words['what'] },
  words: Words,
  locale: Locale,
): string => fill(words.what[lock.level], { range: rangeOf(lock, words.range, locale) }, locale)
type Words = ReturnType<typeof textsOf>['registers']['periods']

export const rangeOf = (
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
      const wanted = parse({ fromMonth, toMonth, level, reason, scope: scopeIn(fields) }, NewLock)
      const lock = await changeLocks(c, wanted)
      return c.redirect(companyPath(c.var.access, `/periods?lock=${lock.id}`), 303)
    },
    (tried) => periodsPage(c, tried),
  )
}

export async function submitFiscalYear(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { year, firstDate, lastDate } = fields
      const wanted = {
        ...(year && { year: /^\d{1,6}$/.test(year) ? Number(year) : -1 }),
        ...(firstDate && { firstDate: dayIn(firstDate) ?? firstDate }),
        ...(lastDate && { lastDate: dayIn(lastDate) ?? lastDate }),
      }
      await openFiscalYear(actingOf(c), parse(wanted, NewFiscalYear))
      await postWaiting(c.env, c.var.access, c.var.principal.id)
      return c.redirect(companyPath(c.var.access, '/periods'), 303)
    },
    (tried) => periodsPage(c, tried),
  )
}
