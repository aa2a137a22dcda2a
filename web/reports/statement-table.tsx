import { kroner, type Locale, percentTenth, wholeKroner } from '#i18n/format.ts'
import { shortSpan } from '#i18n/span-text.ts'
import type { FinancialStatement } from '#worker/reports/read-financial-statement.ts'
import type { StatementKind } from '#worker/reports/report-layout.ts'
import type { StatementLine } from '#worker/reports/statement.ts'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { addressWith } from './report-choices.tsx'

type Column = FinancialStatement['columns'][number]
type Names = (dimension: string, value: string) => string
type Props = { c: Page; report: FinancialStatement; statement: StatementKind }

/** Lines, each with its accounts folded under it. A figure opens what is behind it; a deviation opens its explanation. */
export function StatementTable({ c, report, statement, names }: Props & { names: Names }) {
  const t = textsOf(c).statements
  const { locale } = c.var
  const { columns, lines, checks } = report
  const failing = checks.some((check) => !check.holds && check.key !== 'period-seal')
  return (
    <div class="hb-scroll" tabindex={columns.length > 6 ? 0 : undefined}>
      <table
        class="hb-table hb-statement"
        data-rows
        data-density="tight"
        data-columns={columns.length > 6 ? 'many' : undefined}
      >
        <thead>
          <tr>
            <th scope="col" data-width="wider">
              <span class="hb-spoken">{t.line}</span>
            </th>
            {columns.map((column, i) => (
              <th scope="col" class={`hb-num${onPhone(columns, i)}`}>
                {headOf(c, column, statement)}
                <small>{underHead(column, names, locale)}</small>
              </th>
            ))}
          </tr>
        </thead>
        {lines.map((line) => (
          <Line c={c} line={line} report={report} statement={statement} failing={failing} />
        ))}
      </table>
    </div>
  )
}

/** A narrow page shows the first and the last column that is an amount; the rest one gets by turning or printing it. */
const onPhone = (columns: readonly Column[], i: number): string =>
  i === 0 || i === Math.min(1, columns.length - 1) ? '' : ' hb-only-wide'

function headOf(c: Page, { what, key, dimension, fromDate, toDate }: Column, statement: StatementKind): string {
  const heads = textsOf(c).statements.columnHeads
  if (dimension) return dimension.value === 'none' ? heads.without! : dimension.value
  if (/^(months|quarters|years)/.test(key)) return shortSpan(fromDate, toDate, c.var.locale)
  if (/^by:.*=all$/.test(key)) return heads.total!
  if (statement === 'balance' && what === 'deviation') return heads.change!
  if (statement === 'balance' && what === 'percent') return heads.changePercent!
  return heads[what] ?? what
}

/** Under a heading: the name of the dimension's value, or the days, unless the heading is the days. */
function underHead({ key, dimension, fromDate, toDate }: Column, names: Names, locale: Locale): string {
  if (dimension) return names(dimension.key, dimension.value)
  return /^(months|quarters|years)/.test(key) ? '' : shortSpan(fromDate, toDate, locale)
}

type LineProps = Props & { line: StatementLine; failing: boolean }

function Line({ c, line, report, statement, failing }: LineProps) {
  const t = textsOf(c).statements
  const { locale } = c.var
  const asked = c.req.query()
  const name = line.kind === 'unplaced' ? t.unplaced : locale === 'nb' ? line.nameNb : line.nameEn
  if (line.kind === 'heading')
    return (
      <tbody>
        <tr class="hb-section-row">
          <th scope="rowgroup" colspan={report.columns.length + 1}>
            {name}
          </th>
        </tr>
      </tbody>
    )
  const chosen = asked.line === line.key
  const open = asked.accounts === '1' || line.accounts.some((a) => a.account === asked.account)
  if (line.accounts.length === 0)
    return (
      <tbody>
        <tr
          class={line.total ? 'hb-total' : line.kind === 'sum' ? 'hb-sum' : undefined}
          data-broken={line.total && failing ? true : undefined}
          data-chosen={chosen ? true : undefined}
        >
          <th scope="row">{name}</th>
          <Cells c={c} report={report} statement={statement} amounts={line.amounts} of={{ line: line.key }} first />
        </tr>
      </tbody>
    )
  return (
    <tbody data-group={line.key} data-folded={open ? undefined : true}>
      <tr class="hb-group hb-line" data-chosen={chosen ? true : undefined}>
        <th scope="row">
          <button class="hb-fold" type="button" aria-expanded={open ? 'true' : 'false'}>
            <Icon name="down" />
            <span data-level={line.kind === 'unplaced' ? 'warning' : undefined}>{name}</span>
          </button>
        </th>
        <Cells c={c} report={report} statement={statement} amounts={line.amounts} of={{ line: line.key }} first />
      </tr>
      {line.accounts.map((account) => (
        <tr class="hb-sub" data-chosen={asked.account === account.account ? true : undefined}>
          <th scope="row">
            <span class="hb-accno">{account.account}</span> {locale === 'nb' ? account.nameNb : account.nameEn}
          </th>
          <Cells
            c={c}
            report={report}
            statement={statement}
            amounts={account.amounts}
            of={{ account: account.account, line: line.key }}
          />
        </tr>
      ))}
    </tbody>
  )
}

type CellProps = Props & {
  amounts: StatementLine['amounts']
  of: { line: string; account?: string }
  /** Whether the arrow keys stop at the row. */
  first?: boolean
}

function Cells({ c, report, statement, amounts, of }: CellProps) {
  const { locale } = c.var
  const written = (amount: number) =>
    c.req.query('unit') === 'ore' ? kroner(amount, locale) : wholeKroner(amount, locale)
  return (
    <>
      {report.columns.map((column, i) => {
        const amount = amounts[i] ?? null
        const href = amount === null ? undefined : hrefOf(c, column, statement, of)
        const text =
          amount === null
            ? '–'
            : column.unit === 'basis-points'
              ? percentTenth(amount, locale)
              : amount === 0
                ? of.account
                  ? ''
                  : '0'
                : written(amount)
        const isStep = column.what === 'deviation' || column.what === 'percent'
        return (
          <td class={`hb-num${isStep ? ' hb-quiet' : ''}${onPhone(report.columns, i)}`}>
            {href && amount !== 0 ? (
              <a class={`hb-opens${i === 0 ? ' hb-row-link' : ''}`} href={href} data-swap={isStep ? undefined : true}>
                {text}
              </a>
            ) : (
              text
            )}
          </td>
        )
      })}
    </>
  )
}

function hrefOf(
  c: Page,
  { what, key, fromDate, toDate, dimension, comparison }: Column,
  statement: StatementKind,
  of: CellProps['of'],
): string | undefined {
  // What the previous system had has no entries here.
  if (comparison || what === 'budget' || what === 'budget-to-date' || what === 'opening') return undefined
  if (what === 'deviation' || what === 'percent') {
    if (statement === 'balance') return undefined
    const { layout, budget } = c.req.query()
    const query = new URLSearchParams({
      fromDate,
      toDate,
      ...(of.account ? { account: of.account } : { line: of.line }),
      ...(layout && { layout }),
      ...(/^budget/.test(key) && { against: 'budget', ...(budget && { budget }) }),
      ...(dimension && { [dimension.key]: dimension.value }),
    })
    return companyPath(c.var.access, `/reports/explanation?${query}`)
  }
  const change = { line: of.line, account: of.account, column: key, voucher: undefined }
  return addressWith(c, change)
}
