import { counted, fill, kroner, moment } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { mayDo, mayPassSoftLock } from '#worker/access/permission.ts'
import { readNames } from '#worker/access/user-store.ts'
import { addMonths, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import { closeYear } from '#worker/year-close/close-year.ts'
import { type ClosingView, readClosing } from '#worker/year-close/read-closing.ts'
import { EQUITY, NewClosing, TRANSFER } from '#worker/year-close/year-closing.ts'
import { today } from '../day-field.tsx'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { shortHash } from '../reports/proof-footer.tsx'
import { companyPath } from '../shell.tsx'

const yearIn = (c: Page): number => (/^\d{4}$/.test(pathText(c, 'year')) ? Number(pathText(c, 'year')) : 0)

/** A fiscal year: its result, how it was closed and whether that still holds, the way to close it, and its balances. */
export async function yearPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.years
  const { db, access, locale } = c.var
  const view = await readClosing(db, yearIn(c), today())
  const { year, result } = view
  const months = monthsBetween(monthOf(year.firstDate), monthOf(year.lastDate)).length
  const standing = (['open', 'soft', 'hard'] as const).filter((level) => view.levels[level] > 0)
  const title = fill(words.title, { year: year.year }, locale)
  const result_ = result === 0 ? words.moved : result < 0 ? words.profit : words.loss
  return page(
    c,
    {
      title,
      area: 'periods',
      layout: 'report',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>
            {fill(
              words.days,
              { first: year.firstDate, last: year.lastDate, months: counted(months, words.months, locale) },
              locale,
            )}{' '}
            {standing.map((level) => `${view.levels[level]} ${words.levels[level]}`).join(', ')}.
          </p>
          <p>{fill(result_, { amount: Math.abs(result) }, locale)}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['transferAccount', 'equityAccount', 'reason']} />
      </div>
      {view.closing && <Closed c={c} view={view} />}
      <Close c={c} view={view} tried={tried} />
      <Figures c={c} view={view} />
      <a href={companyPath(access, '/periods')} data-key="Escape" hidden>
        {t.registers.periods.title}
      </a>
    </>,
  )
}

async function Closed({ c, view }: { c: Page; view: ClosingView }) {
  const t = textsOf(c)
  const words = t.years.closed
  const { access, locale, control } = c.var
  const closing = view.closing!
  const names = await readNames(control, [closing.by])
  const name = names.get(closing.by) ?? (closing.by === 'operator' ? t.shell.person.operator : closing.by)
  const agrees = closing.differences.length === 0
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      <div class="hb-notice" data-level={agrees ? 'done' : 'warning'} role="status">
        <p>
          <Icon name={agrees ? 'check' : 'warning'} /> {agrees ? words.agrees : words.differs}
        </p>
      </div>
      <p>
        {fill(words.by, { at: moment(closing.recordedAt), name }, locale)} {words.reopen}
      </p>
      <p class="hb-quiet">
        {words.seal}{' '}
        <span class="hb-code" title={closing.hash}>
          {shortHash(closing.hash)}
        </span>{' '}
        {closing.voucher && <a href={companyPath(access, `/vouchers/${closing.voucher}`)}>{words.voucher}</a>}
      </p>
      {!agrees && (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.account}</th>
              <th class="hb-num">{words.column.asClosed}</th>
              <th class="hb-num">{words.column.now}</th>
              <th class="hb-num">{words.column.difference}</th>
            </tr>
          </thead>
          <tbody>
            {closing.differences.map((d) => (
              <tr>
                <td>{d.account}</td>
                <td class="hb-num hb-only-wide">{kroner(d.asClosed, locale)}</td>
                <td class="hb-num hb-only-wide">{kroner(d.now, locale)}</td>
                <td class="hb-num">{kroner(d.difference, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Close({ c, view, tried }: { c: Page; view: ClosingView; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.years.close
  const { access, locale } = c.var
  const { year, result, issues } = view
  if (view.closing && view.closing.differences.length === 0 && view.levels.hard > 0 && view.levels.open === 0)
    return null
  if (!mayDo(access, 'fiscal-year:close')) return <p class="hb-quiet">{words.mayNot}</p>
  const faults = faultsOf(tried, locale)
  // What an account that is typed can put right is no reason to hide the form.
  const blocking = issues.filter((issue) => issue.pointer === '#')
  return (
    <section class="hb-section hb-no-print">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      {blocking.length > 0 ? (
        <ul>
          {blocking.map((issue) => (
            <li>{withText(issue, locale).message}</li>
          ))}
        </ul>
      ) : (
        <form class="hb-form" method="post" action={companyPath(access, `/years/${year.year}`)}>
          <p class="hb-quiet">{result === 0 ? words.nothing : words.note}</p>
          <input type="hidden" name="id" value={idOf('vch', crypto.getRandomValues(new Uint8Array(17)))} />
          {result !== 0 && (
            <div class="hb-form-row">
              <TextField
                label={words.transferAccount}
                name="transferAccount"
                value={tried?.fields.transferAccount ?? TRANSFER}
                help={words.transferHelp}
                faults={faults}
                inputmode="numeric"
                required
              />
              <TextField
                label={words.equityAccount}
                name="equityAccount"
                value={tried?.fields.equityAccount ?? EQUITY}
                help={words.equityHelp}
                faults={faults}
                inputmode="numeric"
                required
              />
            </div>
          )}
          <TextField
            label={words.reason}
            name="reason"
            value={tried?.fields.reason}
            help={words.reasonHelp}
            faults={faults}
            maxlength={255}
            required
          />
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              <Icon name="lock" />
              {fill(words.submit, { year: year.year }, locale)}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}

function Figures({ c, view }: { c: Page; view: ClosingView }) {
  const words = textsOf(c).years.figures
  const { column } = words
  const { access, locale } = c.var
  const own = view.year.year
  const before = view.before?.year ?? addMonths(monthOf(view.year.firstDate), -1).slice(0, 4)
  const next = view.next?.year
  const parts = [
    [words.balance, view.accounts.filter((a) => isBalanceAccount(a.type))],
    [words.result, view.accounts.filter((a) => !isBalanceAccount(a.type))],
  ] as const
  const total = (rows: ClosingView['accounts'], of: (row: ClosingView['accounts'][number]) => number) =>
    kroner(
      rows.reduce((sum, row) => sum + of(row), 0),
      locale,
    )
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      {next && <p class="hb-quiet">{fill(words.note, { next, year: own }, locale)}</p>}
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{column.account}</th>
            <th data-width="wide">{column.name}</th>
            <th class="hb-num">{fill(column.lastYear, { year: before }, locale)}</th>
            <th class="hb-num">{fill(column.opening, { year: own }, locale)}</th>
            <th class="hb-num">{fill(column.closing, { year: own }, locale)}</th>
            {next && <th class="hb-num">{fill(column.next, { year: next }, locale)}</th>}
          </tr>
        </thead>
        {parts.map(([name, rows]) => (
          <tbody>
            <tr class="hb-group">
              <th colspan={next ? 6 : 5} scope="rowgroup">
                {name}
              </th>
            </tr>
            {rows.map((row) => (
              <tr>
                <td class="hb-accno">{row.account}</td>
                <td data-line="2">
                  <a
                    class="hb-opens"
                    href={companyPath(access, `/general-ledger?account=${encodeURIComponent(row.account)}`)}
                  >
                    {locale === 'nb' ? row.nameNb : row.nameEn}
                  </a>
                </td>
                <td class="hb-num hb-only-wide hb-quiet">{kroner(row.lastYear, locale)}</td>
                <td class="hb-num hb-only-wide">{kroner(row.opening, locale)}</td>
                <td class="hb-num">{kroner(row.closing, locale)}</td>
                {next && <td class="hb-num hb-only-wide">{kroner(row.nextOpening ?? 0, locale)}</td>}
              </tr>
            ))}
            <tr class="hb-sum">
              <td colspan={2}>{words.sum}</td>
              <td class="hb-num hb-only-wide hb-quiet">{total(rows, (r) => r.lastYear)}</td>
              <td class="hb-num hb-only-wide">{total(rows, (r) => r.opening)}</td>
              <td class="hb-num">{total(rows, (r) => r.closing)}</td>
              {next && <td class="hb-num hb-only-wide">{total(rows, (r) => r.nextOpening ?? 0)}</td>}
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  )
}

export async function submitClosing(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { id = '', transferAccount, equityAccount, reason = '' } = fields
      const wanted = parse(
        { id, reason, ...(transferAccount && { transferAccount }), ...(equityAccount && { equityAccount }) },
        NewClosing,
      )
      const { access, locale, principal } = c.var
      const rights = { softLock: mayPassSoftLock(access) }
      const ctx = { ...actingOf(c), env: c.env, access, name: principal.name, rights, locale, today: today() }
      await closeYear(ctx, yearIn(c), wanted)
      return c.redirect(companyPath(access, `/years/${yearIn(c)}`), 303)
    },
    (tried) => yearPage(c, tried),
  )
}
