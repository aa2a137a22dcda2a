import type { Locale } from '#i18n/format.ts'
import { directionOf, type Sign } from '#worker/budgets/budget-sign.ts'
import type { Season } from '#worker/budgets/spread.ts'
import type { Books } from '#worker/ledger/books.ts'
import { totalOf } from './budget-row.ts'

/** What accounts moved, all together and by department, in øre by month. */
export type Moved = { readonly thisYear: readonly number[]; readonly lastYear: readonly number[] }
export type Actuals = ReadonlyMap<string, ReadonlyMap<string | null, Moved>>

/** What a budget is shown and edited by. */
export type BudgetFacts = {
  readonly months: readonly string[]
  readonly books: Books
  readonly actuals: Actuals
  readonly seasons: readonly Season[]
  readonly locale: Locale
  readonly sign: Sign
}

export const directionIn = (facts: Pick<BudgetFacts, 'books'>, account: string): 1 | -1 =>
  directionOf(account, facts.books.accounts.get(account)?.type)

type Line = { account: string; dimensions: Readonly<Record<string, string>> }

/**
 * What moved on the account of a line. A line with a department is held against that department's movements; one without has
 * the whole account when it stands alone, and else what no department has. By project alone nothing is kept: undefined.
 */
export function movedOf(line: Line, lines: readonly Line[], { actuals, months }: BudgetFacts): Moved | undefined {
  const ofAccount = actuals.get(line.account)
  const none = { thisYear: months.map(() => 0), lastYear: months.map(() => 0) }
  const { department, ...others } = line.dimensions
  if (Object.values(others).some(Boolean)) return undefined
  if (!ofAccount) return none
  if (department) return ofAccount.get(department) ?? none
  const parted = lines.some((l) => l.account === line.account && l.dimensions.department)
  if (parted) return ofAccount.get(null) ?? none
  const all = [...ofAccount.values()]
  const add = (side: keyof Moved) => months.map((_, i) => all.reduce((sum, moved) => sum + (moved[side][i] ?? 0), 0))
  return { thisYear: add('thisYear'), lastYear: add('lastYear') }
}

/** Everything that moved on an account, however it is parted. */
export const movedOnAccount = (account: string, facts: BudgetFacts): Moved =>
  movedOf({ account, dimensions: {} }, [], facts)!

export const sumOf = (amounts: readonly number[]): number => totalOf(amounts) ?? 0

/** The months that have passed, those with figures of their own: what a budget is compared with so far. */
export const monthsSoFar = (months: readonly string[], today: string): number =>
  months.filter((month) => month <= today.slice(0, 7)).length
