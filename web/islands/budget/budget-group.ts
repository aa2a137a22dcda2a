import { budgetText } from '#i18n/budget-text.ts'
import { accountTypeOf } from '#worker/ledger/account.ts'
import { leavesOf, placedIn, type ReportAccount } from '#worker/reports/report-layout.ts'
import { incomeStatement } from '#worker/reports/standard-income-statement.ts'
import type { BudgetFacts } from './budget-facts.ts'
import type { Row } from './budget-row.ts'

/** A line of the income statement with the rows it counts: a group has them under it, a result adds groups up. */
export type Group = {
  readonly kind: 'group' | 'result'
  readonly name: string
  readonly rows: readonly Row[]
  /** Whether credit is what one expects of it. */
  readonly income: boolean
}

/**
 * Where rows stand in the income statement, line by line, as reports have them; accounts that are in no line of it come last. Lines
 * without rows are left out, and so are sums of one line alone.
 */
export function groupsOf(rows: readonly Row[], facts: BudgetFacts): Group[] {
  const ofAccount = Map.groupBy(rows, (row) => row.account)
  const chart = [...ofAccount.keys()].map((number) => accountIn(number, facts))
  const { byLine } = placedIn(incomeStatement, chart)
  const rowsIn = (key: string): Row[] =>
    (byLine.get(key) ?? []).flatMap((account) => ofAccount.get(account.number) ?? [])
  const groups: Group[] = []
  const placed = new Set<Row>()
  for (const line of incomeStatement.lines) {
    const name = facts.locale === 'nb' ? line.nameNb : line.nameEn
    const income = line.side === 'credit'
    if (!line.sum) {
      const own = rowsIn(line.key)
      for (const row of own) placed.add(row)
      if (own.length > 0) groups.push({ kind: 'group', name, rows: own, income })
      continue
    }
    const parts = leavesOf(incomeStatement, line.key).map((leaf) => rowsIn(leaf.key))
    const own = parts.flat()
    const isSame = groups.some((g) => g.kind === 'result' && g.rows.length === own.length)
    if (parts.filter((part) => part.length > 0).length > 1 && !isSame)
      groups.push({ kind: 'result', name, rows: own, income })
  }
  const others = rows.filter((row) => !placed.has(row))
  const name = budgetText(facts.locale, 'sumBalance')
  return others.length > 0 ? [...groups, { kind: 'group', name, rows: others, income: false }] : groups
}

/** An account as reports place it; one that is not in the chart goes by its number. */
function accountIn(number: string, { books }: BudgetFacts): ReportAccount {
  const account = books.accounts.get(number)
  return (
    account ?? {
      number,
      nameNb: '',
      nameEn: '',
      type: accountTypeOf(number, null),
      control: null,
      groupingCategory: null,
      groupingCode: null,
    }
  )
}
