import * as z from 'zod/mini'
import type { Issue, Params } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { type AccountType, isBalanceAccount, type PartyKind } from '#worker/ledger/account.ts'
import { accountRangeOf, holds } from './report-query.ts'

/** Which accounts a layout is about: income and cost, or what the balance sheet carries from year to year. */
export type StatementKind = 'income' | 'balance'

const Key = FilledText(40).check(z.regex(/^[a-z0-9][a-z0-9-]*$/, 'field/invalid'))
const list = (max: number, length: number) =>
  z.optional(z.array(FilledText(length), 'field/invalid').check(z.maxLength(max, 'field/invalid')))

/**
 * A line of a report. It takes accounts by number ("3000", "3000:3999") or by place in the næringsspesifikasjon
 * ("salgsinntekt", "annenDriftskostnad:6000"), or adds other lines up, or is a heading.
 */
export const LayoutLine = z.strictObject({
  key: Key,
  nameNb: FilledText(120),
  nameEn: FilledText(120),
  accounts: list(200, 145),
  groupings: list(200, 120),
  sum: list(100, 40),
  /** Of a balance sheet: what income less cost came to and no voucher has moved to equity, this fiscal year or before it. */
  result: z.optional(z.enum(['year', 'earlier-years'], 'field/invalid')),
  /** The side that is shown as plus: income, equity and liabilities are credit, which is kept as minus. */
  side: z.enum(['debit', 'credit'], 'field/invalid'),
  /** The answer of the report: two strokes below it when it is proved. */
  total: z.optional(z.boolean('field/invalid')),
})
export type LayoutLine = z.infer<typeof LayoutLine>

export type ReportLayout = {
  key: string
  nameNb: string
  nameEn: string
  statement: StatementKind
  /** The law or list it follows; null for a company's own. */
  source: string | null
  lines: readonly LayoutLine[]
}

/** An account as a report shows and places it. */
export type ReportAccount = {
  number: string
  nameNb: string
  nameEn: string
  type: AccountType
  control: PartyKind | null
  groupingCategory: string | null
  groupingCode: string | null
}

export const isOf = (statement: StatementKind, { type }: Pick<ReportAccount, 'type'>): boolean =>
  isBalanceAccount(type) === (statement === 'balance')

/** How a line may take an account, the most particular first: of several lines it belongs to that which names it closest. */
const CLOSENESS = ['number', 'code', 'category', 'range'] as const
type Closeness = (typeof CLOSENESS)[number]

function closenessOf(line: LayoutLine, account: ReportAccount): Closeness | undefined {
  const { number, groupingCategory, groupingCode } = account
  const ranges = (line.accounts ?? []).filter((text) => text.includes(':'))
  if (line.accounts?.includes(number)) return 'number'
  if (groupingCategory !== null) {
    if (line.groupings?.includes(`${groupingCategory}:${groupingCode}`)) return 'code'
    if (line.groupings?.includes(groupingCategory)) return 'category'
  }
  return ranges.some((text) => holds(accountRangeOf(text) ?? { from: '\u{10ffff}', to: '' }, number))
    ? 'range'
    : undefined
}

/** The lines that name an account equally close; one, when the layout is sound; none, when it has no place. */
function linesFor(layout: Pick<ReportLayout, 'lines'>, account: ReportAccount): LayoutLine[] {
  const taking = layout.lines.flatMap((line) => {
    const closeness = closenessOf(line, account)
    return closeness ? [[line, CLOSENESS.indexOf(closeness)] as const] : []
  })
  const closest = Math.min(...taking.map(([, rank]) => rank))
  return taking.filter(([, rank]) => rank === closest).map(([line]) => line)
}

export type Placed = {
  /** The accounts of each line, by its key, in order of number. */
  byLine: ReadonlyMap<string, readonly ReportAccount[]>
  /** Accounts of the statement that no line takes; they are shown, never dropped. */
  unplaced: readonly ReportAccount[]
}

/** Where each account of the chart stands in a layout. */
export function placedIn(layout: ReportLayout, chart: readonly ReportAccount[]): Placed {
  const byLine = new Map<string, ReportAccount[]>()
  const unplaced: ReportAccount[] = []
  for (const account of chart.filter((a) => isOf(layout.statement, a))) {
    const [line] = linesFor(layout, account)
    if (!line) unplaced.push(account)
    else byLine.set(line.key, [...(byLine.get(line.key) ?? []), account])
  }
  return { byLine, unplaced }
}

const issue = (code: string, pointer: string, params: Params = {}, severity: Issue['severity'] = 'error'): Issue => ({
  code,
  severity,
  pointer,
  params,
})

/**
 * What is wrong with a layout, held against the chart: a key or an account that stands twice, a sum of a line that is not
 * there, that holds itself, or that counts a line twice. An account without a line is a warning: the report shows it apart.
 */
export function checkLayout(layout: Omit<ReportLayout, 'key' | 'source'>, chart: readonly ReportAccount[]): Issue[] {
  const { lines, statement } = layout
  const issues: Issue[] = []
  const at = new Map<string, number>()
  lines.forEach((line, i) => {
    if (at.has(line.key)) issues.push(issue('report-layout/key-twice', `#/lines/${i}/key`, { line: line.key }))
    else at.set(line.key, i)
    const kinds = [line.sum, line.result, line.accounts ?? line.groupings].filter((k) => k !== undefined)
    if (kinds.length > 1) issues.push(issue('report-layout/two-kinds', `#/lines/${i}`, { line: line.key }))
    if (line.result && statement === 'income') issues.push(issue('field/invalid', `#/lines/${i}/result`))
    line.accounts?.forEach((text, a) => {
      if (!accountRangeOf(text))
        issues.push(issue('field/invalid', `#/lines/${i}/accounts/${a}`, { reason: 'account-range', value: text }))
    })
  })
  for (const [i, line] of lines.entries())
    for (const [s, key] of (line.sum ?? []).entries())
      if (!at.has(key)) issues.push(issue('report-layout/line-unknown', `#/lines/${i}/sum/${s}`, { line: key }))
  if (issues.length > 0) return issues
  return [...checkSums(lines), ...checkAccounts(layout, chart, at)]
}

function checkSums(lines: readonly LayoutLine[]): Issue[] {
  const byKey = new Map(lines.map((line) => [line.key, line]))
  return lines.flatMap((line, i) => {
    const path: string[] = []
    const counted = new Set<string>()
    /** The code of what is wrong below a line, if anything. */
    const walk = (key: string): string | undefined => {
      if (path.includes(key)) return 'report-layout/circular'
      const { sum } = byKey.get(key)!
      if (!sum && counted.has(key)) return 'report-layout/counted-twice'
      counted.add(key)
      path.push(key)
      for (const part of sum ?? []) {
        const wrong = walk(part)
        if (wrong) return wrong
      }
      path.pop()
      return undefined
    }
    const wrong = line.sum && walk(line.key)
    return wrong ? [issue(wrong, `#/lines/${i}/sum`, { line: line.key })] : []
  })
}

function checkAccounts(
  layout: Pick<ReportLayout, 'lines' | 'statement'>,
  chart: readonly ReportAccount[],
  at: ReadonlyMap<string, number>,
): Issue[] {
  return chart
    .filter((account) => isOf(layout.statement, account))
    .flatMap((account) => {
      const [line, other] = linesFor(layout, account)
      const params = { account: account.number }
      if (!line) return [issue('report-layout/account-missing', '#/lines', params, 'warning')]
      if (!other) return []
      return [
        issue('report-layout/account-twice', `#/lines/${at.get(other.key)}`, {
          ...params,
          line: line.key,
          other: other.key,
        }),
      ]
    })
}

/** The lines with accounts that a line adds up, itself included; also those of results. */
export function leavesOf(layout: Pick<ReportLayout, 'lines'>, key: string): LayoutLine[] {
  const line = layout.lines.find((l) => l.key === key)
  if (!line) return []
  return line.sum ? line.sum.flatMap((part) => leavesOf(layout, part)) : [line]
}
