import { counted, day, fill, kroner, type Locale, percent, voucherName, wholeKroner } from '#i18n/format.ts'
import { filingText, settlementText, termDays, termName, vatTexts } from '#i18n/vat-text.ts'
import { mayDo, mayPassSoftLock } from '#worker/access/permission.ts'
import { readVatCodes } from '#worker/chart/store.ts'
import { instantOf, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { scopeLevelIn } from '#worker/ledger/lock.ts'
import { changeLocks } from '#worker/periods/change-locks.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { termsBetween, type VatTerm } from '#worker/vat/vat-term.ts'
import { postVatSettlement } from '#worker/vat-return/post-vat-settlement.ts'
import {
  askedTerm,
  readVatEntries,
  readVatSpecification,
  type VatQuestion,
  type VatSpecification,
} from '#worker/vat-return/read-vat-specification.ts'
import { VAT_ENTRIES, type VatEntry, type VatSelection } from '#worker/vat-return/store.ts'
import type { VatAccountRow, VatLine } from '#worker/vat-return/vat-specification.ts'
import { DayPick, dayIn, today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { readForm } from '../form.ts'
import { messagesOf } from '../ledger/reverse-dialog.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { ProofFooter } from '../reports/proof-footer.tsx'
import { addressWith } from '../reports/report-choices.tsx'
import { companyPath } from '../shell.tsx'
import { Unread, unreadIn } from '../unread.tsx'

/** What of the address names a figure. */
const NO_CHOICE = { of: undefined, kind: undefined, vatCode: undefined, specification: undefined, account: undefined }

const monthsOf = (term: VatTerm) => monthsBetween(monthOf(term.fromDate), monthOf(term.toDate))

type Told = { problem?: Problem }

/** A term's VAT in the groups of the return, the VAT accounts beside it, and the entries behind the figure that is chosen. */
export async function vatSpecificationPage(c: Page, told: Told = {}): Promise<Response> {
  const t = textsOf(c)
  const { db, locale, access } = c.var
  const words = vatTexts[locale]
  const knownAt = dayIn(c.req.query('knownAt'))
  const unread = unreadIn(c.req.query(), ['knownAt'])
  const question: VatQuestion = {
    term: c.req.query('term') || undefined,
    asKnownAt: knownAt && instantOf(knownAt),
    today: today(),
  }
  const report = await readVatSpecification(db, question)
  const { term } = report
  const selection = selectionIn(c)
  const drilled =
    selection &&
    unread.length === 0 &&
    (await readVatEntries(db, { term: term.key, atVersion: report.atVersion, today: question.today }, selection))
  const [{ codes }, { years, scopeLocks }] = await Promise.all([readVatCodes(db), readCalendar(db)])
  const names = new Map(codes.map((code) => [code.code, locale === 'nb' ? code.nameNb : code.nameEn]))
  const terms = years.flatMap((y) => termsBetween(report.kind, y.firstDate, y.lastDate)).reverse()
  const over = term.toDate < question.today
  const isSettled = report.accounts.every(({ specified, settled }) => specified === -settled)
  const isFiled = monthsOf(term).every((month) => scopeLevelIn(month, 'vat', scopeLocks) === 'hard')
  return page(
    c,
    {
      title: `${words.title} ${termName(term.key, locale)}`,
      area: 'vatSpecification',
      layout: drilled ? 'split' : 'work',
      status: (told.problem?.status as 409 | undefined) ?? 200,
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['Enter', t.shell.keys.entries],
      ],
    },
    <>
      <section data-swaps>
        <div class="hb-print-head">
          <b>{access.name}</b>
        </div>
        <div class="hb-head">
          <div>
            <h1>
              {words.title}, {termName(term.key, locale)}
            </h1>
            <form class="hb-picks" method="get" data-auto>
              <label class="hb-pick">
                {words.termLabel}
                <select name="term">
                  {terms.map((one) => (
                    <option value={one.key} selected={one.key === term.key}>
                      {termName(one.key, locale)}
                    </option>
                  ))}
                </select>
              </label>
              <DayPick
                label={t.reports.knownAt}
                name="knownAt"
                value={knownAt ?? c.req.query('knownAt')}
                hint={t.reports.now}
              />
              <button class="ds-button hb-no-print" data-variant="tertiary" type="submit">
                {t.reports.show}
              </button>
            </form>
            <p>
              {termDays(term)}.{' '}
              {isFiled ? words.filed : over ? fill(words.dueDate, { date: term.dueDate }, locale) : words.running}
            </p>
          </div>
          {unread.length === 0 && (
            <div class="hb-actions">
              <ExportMenu
                c={c}
                path="vat-specification"
                query={{ term: term.key, asKnownAt: knownAt, atVersion: String(report.atVersion) }}
              />
              {over && !knownAt && mayDo(access, 'ledger:post') && !isSettled && (
                <form method="post" action={companyPath(access, '/vat-settlements')}>
                  <input type="hidden" name="term" value={term.key} />
                  <button class="ds-button" type="submit" title={words.settlement.note}>
                    {words.settlement.submit}
                  </button>
                </form>
              )}
              {over && !knownAt && isSettled && !isFiled && mayDo(access, 'period:lock') && (
                <form method="post" action={companyPath(access, '/vat-filings')}>
                  <input type="hidden" name="term" value={term.key} />
                  <button class="ds-button" data-variant="secondary" type="submit" title={words.filing.note}>
                    {words.filing.submit}
                  </button>
                </form>
              )}
            </div>
          )}
        </div>
        {told.problem && (
          <div class="hb-notice" data-level="error" role="alert" tabindex={-1} autofocus>
            {messagesOf(told.problem, locale).map((message) => (
              <p>{message}</p>
            ))}
          </div>
        )}
        <Unread c={c} days={unread}>
          {report.groups.length === 0 ? (
            <div class="hb-empty">
              <h2>{words.nothing}</h2>
              <p>{words.nothingText}</p>
            </div>
          ) : (
            <Lines c={c} report={report} names={names} />
          )}
          <Accounts c={c} report={report} />
          <ProofFooter
            c={c}
            head={report}
            checks={[]}
            whole
            filters={t.reports.proof.noFilter}
            verify={`/api/v1${companyPath(access, `/reports/vat-specification?term=${term.key}&atVersion=${report.atVersion}`)}`}
            changes={{}}
          />
        </Unread>
      </section>
      {drilled && <Entries c={c} entries={drilled.entries} />}
    </>,
  )
}

function Lines({ c, report, names }: { c: Page; report: VatSpecification; names: ReadonlyMap<string, string> }) {
  const { locale } = c.var
  const words = vatTexts[locale]
  return (
    <div class="hb-scroll-narrow">
      <table class="hb-table" data-rows data-list data-density="tight">
        <thead>
          <tr>
            <th>{words.column.code}</th>
            <th data-width="wide">{words.column.name}</th>
            <th class="hb-num">{words.column.rate}</th>
            <th class="hb-num">{words.column.base}</th>
            <th class="hb-num">{words.column.vat}</th>
            <th class="hb-num hb-only-wide">{words.column.booked}</th>
          </tr>
        </thead>
        {report.groups.map((group) => (
          <tbody>
            <tr class="hb-section-row">
              <th colspan={6} scope="colgroup">
                {words.groups[group.key]}
              </th>
            </tr>
            {group.lines.map((line) => (
              <Line
                c={c}
                line={line}
                name={names.get(line.vatCode) ?? ''}
                twoSided={group.lines.some((other) => other.vatCode === line.vatCode && other.kind === 'due')}
              />
            ))}
          </tbody>
        ))}
        <tbody>
          <tr class="hb-total">
            <td />
            <td>{report.toPay < 0 ? words.refund : words.toPay}</td>
            <td />
            <td />
            <td class="hb-num">{wholeKroner(Math.abs(report.toPay) * 100, locale)}</td>
            <td class="hb-only-wide" />
          </tr>
          {report.rest !== 0 && (
            <tr>
              <td />
              <td colspan={5} class="hb-quiet">
                {fill(words.rest, { amount: report.rest }, locale)}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

/** `twoSided`: the code has a line to pay beside its deduction. */
function Line({ c, line, name, twoSided }: { c: Page; line: VatLine; name: string; twoSided: boolean }) {
  const { locale } = c.var
  const words = vatTexts[locale]
  const chosen = { of: 'line', kind: line.kind, vatCode: line.vatCode, specification: line.specification ?? '' }
  const notes = [
    ...line.notes.map((note) => words.notes[note]),
    ...(line.overridden > 0 ? [counted(line.overridden, words.overridden, locale)] : []),
    ...(line.moved > 0 ? [counted(line.moved, words.moved, locale)] : []),
  ]
  return (
    <tr>
      <td class="hb-accno">{line.vatCode}</td>
      <td>
        <a class="hb-opens hb-row-link" href={addressWith(c, { ...NO_CHOICE, ...chosen })} data-swap>
          {[name, twoSided && line.kind === 'deduction' && words.deduction, line.specification]
            .filter(Boolean)
            .join(', ')}
        </a>
        {notes.length > 0 && <small class="hb-quiet"> {notes.join(' · ')}</small>}
      </td>
      <td class="hb-num" data-line="2">
        {line.rate === null ? '' : percent(line.rate, locale)}
      </td>
      <td class="hb-num" data-line="2" data-label={line.baseKroner === null ? undefined : words.column.base}>
        {line.baseKroner === null ? '' : wholeKroner(line.baseKroner * 100, locale)}
      </td>
      <td class="hb-num">{wholeKroner(line.vatKroner * 100, locale)}</td>
      <td class="hb-num hb-quiet hb-only-wide">{kroner(line.vat, locale)}</td>
    </tr>
  )
}

/** Each VAT account beside the specification; what parts them is a link to the entries that do. */
function Accounts({ c, report }: { c: Page; report: VatSpecification }) {
  const { locale } = c.var
  const words = vatTexts[locale]
  if (report.accounts.length === 0) return null
  return (
    <>
      <div class="hb-section-head hb-section">
        <h2>{words.accounts}</h2>
        <p>{report.agrees ? words.agrees : words.differs}</p>
      </div>
      <div class="hb-scroll-narrow">
        <table class="hb-table" data-rows data-list data-density="tight">
          <thead>
            <tr>
              <th data-width="wide">{words.column.account}</th>
              <th class="hb-num">{words.column.specified}</th>
              <th class="hb-num">{words.column.later}</th>
              <th class="hb-num">{words.column.earlier}</th>
              <th class="hb-num">{words.column.other}</th>
              <th class="hb-num">{words.column.settled}</th>
              <th class="hb-num">{words.column.onAccount}</th>
            </tr>
          </thead>
          <tbody>
            {report.accounts.map((row) => (
              <tr>
                <td>
                  <span class="hb-accno">{row.account}</span> {locale === 'nb' ? row.nameNb : row.nameEn}
                </td>
                <td class="hb-num" data-label={words.column.specified}>
                  {kroner(row.specified, locale)}
                </td>
                <Difference c={c} row={row} of="later" amount={-row.later} />
                <Difference c={c} row={row} of="earlier" amount={row.earlier} />
                <Difference c={c} row={row} of="other" amount={row.other} />
                <Difference c={c} row={row} of="settled" amount={row.settled} />
                <td class="hb-num" data-label={words.column.onAccount}>
                  {kroner(row.booked, locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

type DifferenceKind = Exclude<VatSelection['of'], 'line'>
type DifferenceProps = { c: Page; row: VatAccountRow; of: DifferenceKind; amount: number }

const Difference = ({ c, row, of, amount }: DifferenceProps) => (
  <td class="hb-num" data-label={amount === 0 ? undefined : vatTexts[c.var.locale].column[of]}>
    {amount !== 0 && (
      <a class="hb-opens" href={addressWith(c, { ...NO_CHOICE, of, account: row.account })} data-swap>
        {kroner(amount, c.var.locale)}
      </a>
    )}
  </td>
)

function Entries({ c, entries }: { c: Page; entries: readonly VatEntry[] }) {
  const { locale, access } = c.var
  const words = vatTexts[locale]
  const total = (of: (entry: VatEntry) => number) => entries.reduce((sum, entry) => sum + of(entry), 0)
  return (
    <aside class="hb-aside hb-drill" aria-label={words.drill.label}>
      <div class="hb-drill-body">
        <div class="hb-aside-head">
          <h2>{words.drill.label}</h2>
          <a href={addressWith(c, NO_CHOICE)} data-key="Escape" data-swap>
            {words.drill.close} <kbd>Esc</kbd>
          </a>
        </div>
        <table class="hb-table" data-rows>
          <thead>
            <tr>
              <th>{words.column.date}</th>
              <th>{words.column.voucher}</th>
              <th class="hb-only-wide">{words.column.text}</th>
              <th class="hb-num">{words.drill.base}</th>
              <th class="hb-num">{words.drill.vat}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr>
                <td class="hb-date" title={`${words.column.documentDate} ${day(entry.documentDate)}`}>
                  {day(entry.voucherDate).slice(0, 6)}
                </td>
                <td class="hb-nowrap">
                  <a class="hb-opens hb-row-link" href={companyPath(access, `/vouchers/${entry.voucherId}`)}>
                    {voucherName(entry)}
                  </a>
                </td>
                <td class="hb-clip hb-only-wide" title={entry.reason ?? entry.text}>
                  {entry.text}
                </td>
                <Amount amount={entry.base} locale={locale} />
                <Amount amount={entry.vat} locale={locale} />
              </tr>
            ))}
            <tr class="hb-total">
              <td class="hb-spill">{words.drill.total}</td>
              <td />
              <td class="hb-only-wide" />
              <Amount amount={total((e) => e.base)} locale={locale} />
              <Amount amount={total((e) => e.vat)} locale={locale} />
            </tr>
          </tbody>
        </table>
        {entries.length === VAT_ENTRIES && <p>{words.drill.more}</p>}
      </div>
    </aside>
  )
}

const Amount = ({ amount, locale }: { amount: number; locale: Locale }) => (
  <td class="hb-num">{amount === 0 ? '' : kroner(amount, locale)}</td>
)

/** Which figure's entries the address asks for. */
function selectionIn(c: Page): VatSelection | undefined {
  const { of, kind, vatCode, specification, account } = c.req.query()
  if (of === 'line' && vatCode)
    return {
      of,
      kind: kind === 'due' || kind === 'deduction' ? kind : undefined,
      vatCode,
      rate: undefined,
      specification,
    }
  return of === 'later' || of === 'earlier' || of === 'other' || of === 'settled' ? { of, account } : undefined
}

/** Settles the term, and shows the voucher; or the same page with why it cannot be. */
export async function submitVatSettlement(c: Page): Promise<Response> {
  const { term } = await readForm(c)
  const { access, db, principal } = c.var
  try {
    const { id: by, name } = principal
    const settler = { env: c.env, access, by, name, rights: { softLock: mayPassSoftLock(access) } }
    const posted = await postVatSettlement(db, settler, { term, today: today() }, settlementText(term ?? '', 'nb'))
    return c.redirect(companyPath(access, `/vouchers/${posted.id}`), 303)
  } catch (problem) {
    if (problem instanceof Problem && problem.status < 500) return vatSpecificationPage(c, { problem })
    throw problem
  }
}

/** Marks a term as filed: entries with VAT are locked in its months, and later documents of it give their VAT to the next. */
export async function submitVatFiling(c: Page): Promise<Response> {
  const { term: key = '' } = await readForm(c)
  const { access, db } = c.var
  try {
    const term = await askedTerm(db, { term: key, today: today() })
    const [fromMonth, toMonth] = [monthOf(term.fromDate), monthOf(term.toDate)]
    const reason = filingText(term.key, 'nb')
    await changeLocks(c, { fromMonth, toMonth, level: 'hard', scope: 'vat', reason })
    return c.redirect(companyPath(access, `/vat-specification?term=${term.key}`), 303)
  } catch (problem) {
    if (problem instanceof Problem && problem.status < 500) return vatSpecificationPage(c, { problem })
    throw problem
  }
}
