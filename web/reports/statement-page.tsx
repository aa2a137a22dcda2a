import { fill, organisationNumber } from '#i18n/format.ts'
import { spanText } from '#i18n/span-text.ts'
import { readBudgets } from '#worker/budgets/store.ts'
import type { Month } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import { readOwnLayouts } from '#worker/reports/layout-store.ts'
import { readDimensionChoices } from '#worker/reports/read-dimension-choices.ts'
import { type FinancialStatement, readFinancialStatement } from '#worker/reports/read-financial-statement.ts'
import type { StatementKind } from '#worker/reports/report-layout.ts'
import { STANDARD_LAYOUTS, usualLayout } from '#worker/reports/standard-layouts.ts'
import { USUAL_COLUMNS } from '#worker/reports/statement-columns.ts'
import { ResultChart } from '../dashboard/charts.tsx'
import { today } from '../day-field.tsx'
import { ExportMenu } from '../exports/export-menu.tsx'
import { Icon } from '../icon.tsx'
import { type Page, page, statusFirst, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread } from '../unread.tsx'
import { PeriodLinks } from './period-links.tsx'
import { ProofFooter } from './proof-footer.tsx'
import { Refusal } from './refusal.tsx'
import { addressWith, type Choices, choicesIn, filterText, questionOf, ReportChoices } from './report-choices.tsx'
import { SaveReport } from './save-report.tsx'
import { columnSets } from './statement-choices.ts'
import { StatementDrill } from './statement-drill.tsx'
import { StatementTable } from './statement-table.tsx'

export const incomeStatementPage = (c: Page): Promise<Response> => statementPage(c, 'income')
export const balanceSheetPage = (c: Page): Promise<Response> => statementPage(c, 'balance')

/**
 * Income statement or balance sheet in the columns and the layout that are chosen, with its proof. `?line=` or `?account=` with
 * `?column=` opens what is behind a figure at the right, at the very version the report was drawn from.
 */
async function statementPage(c: Page, statement: StatementKind): Promise<Response> {
  const t = textsOf(c)
  const words = t.statements
  const { db, locale, access } = c.var
  const [dimensions, own, budgets] = await Promise.all([
    readDimensionChoices(db),
    readOwnLayouts(db),
    readBudgets(db),
    statusFirst(c),
  ])
  const choices = choicesIn(c, dimensions)
  const asked = c.req.query()
  const layouts = [...STANDARD_LAYOUTS, ...own].filter((layout) => layout.statement === statement)
  let refusal: Problem | undefined
  const wanted = {
    statement,
    columns: asked.columns?.slice(0, 600) || undefined,
    layout: layouts.some(({ key }) => key === asked.layout) ? asked.layout : undefined,
    budget: asked.budget?.slice(0, 60) || undefined,
    includeZero: asked.zero === '1',
    period: choices.fromDate || choices.toDate ? undefined : asked.period?.slice(0, 25) || undefined,
  }
  const report = await readFinancialStatement(db, questionOf(choices), wanted).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status !== 422) throw error
    refusal = error
    return undefined
  })
  const title = statement === 'income' ? words.income : words.balance
  const sets = columnSets(c, statement, dimensions, budgets.length > 0, wanted.columns)
  const drilled = report && choices.unread.length === 0 && (asked.line || asked.account)
  const nameOf = (of: { nameNb: string; nameEn: string }) => (locale === 'nb' ? of.nameNb : of.nameEn)
  return page(
    c,
    {
      title,
      area: statement === 'income' ? 'incomeStatement' : 'balanceSheet',
      layout: 'split',
      keys: [
        ['↑ ↓', t.shell.keys.move],
        ['→', t.shell.keys.fold],
        ['P', words.keys.previous],
        ['N', words.keys.next],
        drilled ? ['Esc', t.shell.keys.back] : ['K', words.keys.accounts],
      ],
    },
    <>
      <section data-swaps>
        <div class="hb-print-head">
          <b>{access.name}</b>
          <span>{access.organisationNumber && organisationNumber(access.organisationNumber)}</span>
        </div>
        <div class="hb-head" data-drawn-from={report?.budgets?.map(({ id }) => id).join(' ')}>
          <div>
            <h1>
              {title} {report && <span class="hb-quiet">{spanText(report.fromDate, report.toDate, locale)}</span>}
            </h1>
            <ReportChoices
              c={c}
              choices={choices}
              days={report ?? { fromDate: today(), toDate: today() }}
              dimensions={dimensions}
            >
              <Pick label={words.columns} name="columns" value={asked.columns ?? ''} options={sets} />
              <Pick
                label={words.layout}
                name="layout"
                value={wanted.layout ?? ''}
                options={layouts.map((l) => [l.key === usualLayout(statement).key ? '' : l.key, nameOf(l)])}
              />
              {budgets.length > 0 && /budget/.test(wanted.columns ?? '') && (
                <Pick
                  label={words.budget}
                  name="budget"
                  value={asked.budget ?? ''}
                  options={[['', words.mainBudget], ...budgets.map((b) => [b.id, `${b.year} ${b.name}`] as const)]}
                />
              )}
              <Pick
                label={words.figures}
                name="unit"
                value={asked.unit ?? ''}
                options={[
                  ['', words.whole],
                  ['ore', words.exact],
                ]}
              />
            </ReportChoices>
            {report && <PeriodLinks c={c} days={report} today={today()} />}
          </div>
          <Actions c={c} statement={statement} report={report} choices={choices} accounts={asked.accounts === '1'} />
        </div>
        {refusal && <Refusal c={c} problem={refusal} />}
        <Unread c={c} days={choices.unread}>
          {report && !shows(report) && (
            <div class="hb-empty">
              <h2>{words.empty}</h2>
              <p>{words.emptyText}</p>
            </div>
          )}
          {report && (report.ledgerVersion > 0 || shows(report)) && (
            <>
              <MonthChart c={c} report={report} />
              <StatementTable
                c={c}
                report={report}
                statement={statement}
                names={(key, value) =>
                  dimensions.find((d) => d.key === key)?.values.find((v) => v.code === value)?.name ?? ''
                }
              />
              <p class="hb-small hb-quiet">
                {report.layout.source && fill(words.source, { source: report.layout.source }, locale)}{' '}
                {report.columns.some(({ what }) => what === 'deviation') && statement === 'income' && words.sign}{' '}
                {report.columns.some(({ comparison }) => comparison) && words.comparison}
              </p>
              <ProofFooter
                c={c}
                head={report}
                checks={report.checks}
                filters={filterText(c, choices, dimensions)}
                verify={apiAddress(c, statement, {
                  ...asked,
                  period: undefined,
                  fromDate: report.fromDate,
                  toDate: report.toDate,
                  atVersion: String(report.atVersion),
                })}
                changes={{ ...choices.dimensions, line: asked.line, layout: asked.line && wanted.layout }}
              />
            </>
          )}
        </Unread>
      </section>
      {drilled && <StatementDrill c={c} report={report} statement={statement} choices={choices} />}
    </>,
  )
}

/** The result month by month, where the columns are months. */
function MonthChart({ c, report }: { c: Page; report: FinancialStatement }) {
  const line = report.lines.find(({ key }) => key === 'operating-result')
  const months = report.columns.flatMap(({ what, fromDate, toDate, dimension }, i) =>
    what === 'actual' && !dimension && fromDate.slice(0, 7) === toDate.slice(0, 7)
      ? [{ month: fromDate.slice(0, 7) as Month, result: ore(line?.amounts[i] ?? 0), before: ore(0), planned: null }]
      : [],
  )
  if (!line || months.length < 3) return null
  return (
    <figure class="hb-report-chart">
      <figcaption class="hb-small hb-quiet">{textsOf(c).statements.chart}</figcaption>
      <ResultChart months={months} hasLastYear={false} locale={c.var.locale} label={textsOf(c).statements.chart} />
    </figure>
  )
}

type PickProps = { label: string; name: string; value: string; options: readonly (readonly [string, string])[] }
export const Pick = ({ label, name, value, options }: PickProps) => (
  <label class="hb-pick">
    {label}
    <select name={name}>
      {options.map(([option, text]) => (
        <option value={option} selected={option === value}>
          {text}
        </option>
      ))}
    </select>
  </label>
)

type ActionProps = {
  c: Page
  statement: StatementKind
  report: FinancialStatement | undefined
  choices: Choices
  accounts: boolean
}

function Actions({ c, statement, report, choices, accounts }: ActionProps) {
  const { statements: words, shell } = textsOf(c)
  if (!report) return null
  const days = { fromDate: report.fromDate, toDate: report.toDate }
  const explain = new URLSearchParams({
    ...days,
    ...choices.dimensions,
    line: statement === 'income' ? 'annual-result' : 'assets',
  })
  return (
    <div class="hb-actions hb-no-print">
      <a
        class="ds-button"
        data-variant="tertiary"
        href={addressWith(c, { accounts: accounts ? undefined : '1' })}
        data-key="K"
      >
        {accounts ? words.hideAccounts : words.showAccounts}
      </a>
      {statement === 'income' && (
        <a
          class="ds-button"
          data-variant="tertiary"
          href={companyPath(c.var.access, `/reports/explanation?${explain}`)}
        >
          {words.explain}
        </a>
      )}
      {choices.unread.length === 0 && (
        <ExportMenu
          c={c}
          path={NAME[statement]}
          query={{ ...askedOf(statement, c.req.query()), ...days, period: undefined, asKnownAt: choices.knownAt }}
        />
      )}
      <SaveReport c={c} report={statement === 'income' ? 'income-statement' : 'balance-sheet'} />
      <button class="ds-button hb-only-wide" data-variant="tertiary" type="button" data-print hidden>
        <Icon name="print" />
        {shell.print}
      </button>
    </div>
  )
}

const NAME: Record<StatementKind, string> = { income: 'income-statement', balance: 'balance-sheet' }

/** What the page asks of the report, without what only the page is about. */
/** There is something to show: entries, or figures of the previous system beside them. */
const shows = ({ lines, ledgerVersion, columns }: FinancialStatement): boolean =>
  lines.length > 0 && (ledgerVersion > 0 || columns.some(({ comparison }) => comparison))

function askedOf(
  statement: StatementKind,
  asked: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const {
    unit: _,
    accounts: __,
    account: ___,
    line: ____,
    column: _____,
    voucher: ______,
    zero,
    knownAt,
    ...query
  } = asked
  const given = Object.entries({
    columns: USUAL_COLUMNS[statement],
    ...Object.fromEntries(Object.entries(query).filter(([, value]) => value)),
    includeZero: zero && 'true',
    asKnownAt: knownAt,
  })
  return Object.fromEntries(given.filter((entry): entry is [string, string] => Boolean(entry[1])))
}

/** The same report from the API, at the version shown, with the hash of its figures. */
const apiAddress = (c: Page, statement: StatementKind, asked: Readonly<Record<string, string | undefined>>): string => {
  const { asKnownAt: _, ...query } = askedOf(statement, asked)
  return `/api/v1/companies/${c.var.access.id}/reports/${NAME[statement]}?${new URLSearchParams(query)}`
}
