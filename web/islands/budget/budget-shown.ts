import { budgetText } from '#i18n/budget-text.ts'
import { kroner, plainKroner, wholeKroner } from '#i18n/format.ts'
import { signed } from '#worker/budgets/budget-sign.ts'
import { ore } from '#worker/core/money.ts'
import { inOrder } from './budget-desk.ts'
import { monthOfField } from './budget-edit.ts'
import { type BudgetFacts, directionIn, movedOf, movedOnAccount, sumOf } from './budget-facts.ts'
import { type Group, groupsOf } from './budget-group.ts'
import { type Cell, hasAmounts, type Row, totalOf } from './budget-row.ts'

/** A row of the grid: a line, a sum over lines, or room for a new line. */
export type Shown = { readonly kind: 'line' | 'new'; readonly row: Row } | Group

type Options = { onlyBudgeted: boolean; typed: ReadonlySet<string>; blank: readonly Row[] }

/** The lines under the lines of the income statement they belong to, and what was typed since the page was loaded last. */
export function shownRows(rows: readonly Row[], facts: BudgetFacts, { onlyBudgeted, typed, blank }: Options): Shown[] {
  const shown = groupsOf(
    rows.filter((row) => row.account !== ''),
    facts,
  ).flatMap((group): Shown[] => {
    if (group.kind === 'result') return [group]
    const lines = inOrder(group.rows).filter((row) => !typed.has(row.id) && (!onlyBudgeted || hasAmounts(row)))
    const isThere = lines.length > 0 || group.rows.some(hasAmounts)
    return isThere ? [group, ...lines.map((row) => ({ kind: 'line' as const, row }))] : []
  })
  const own = rows.filter((row) => typed.has(row.id) || row.account === '')
  return [
    ...shown,
    ...own.map((row) => ({ kind: 'line' as const, row })),
    ...blank.map((row) => ({ kind: 'new' as const, row })),
  ]
}

/** The rows whose figures a shown row has. */
export const rowsOf = (shown: Shown): readonly Row[] => ('rows' in shown ? shown.rows : [shown.row])

const directionOfShown = (shown: Shown, facts: BudgetFacts): 1 | -1 =>
  'rows' in shown ? (shown.income ? -1 : 1) : directionIn(facts, shown.row.account)

const asSeen = (amount: number, shown: Shown, facts: BudgetFacts): number =>
  signed(ore(amount), facts.sign, directionOfShown(shown, facts))

/** The budget of a month, or of the whole year, as kept; null where nothing is budgeted. */
export function budgeted(shown: Shown, month: number | undefined): Cell {
  const rows = rowsOf(shown)
  if (month !== undefined && rows.length === 1) return rows[0]!.amounts[month] ?? null
  return totalOf(rows.flatMap((row) => (month === undefined ? row.amounts : [row.amounts[month] ?? null])))
}

/** What moved, this year or last, month by month, as kept. A sum counts each account once, whole. */
export function movedIn(
  shown: Shown,
  all: readonly Row[],
  facts: BudgetFacts,
  side: 'thisYear' | 'lastYear',
): number[] {
  if (!('rows' in shown)) {
    return [...(movedOf(shown.row, all, facts)?.[side] ?? facts.months.map(() => 0))]
  }
  const accounts = [...new Set(shown.rows.map((row) => row.account))]
  const moved = accounts.map((account) => movedOnAccount(account, facts)[side])
  return facts.months.map((_, i) => sumOf(moved.map((months) => months[i] ?? 0)))
}

/** An amount as it is read: in whole kroner, since a year of months with øre is hard on the eye. */
export const seen = (amount: number, shown: Shown, facts: BudgetFacts): string =>
  wholeKroner(asSeen(amount, shown, facts), facts.locale)

/** The amount of a cell to the øre, where it has any; the grid shows whole kroner. */
export function exactIn(shown: Shown, field: string, facts: BudgetFacts): string | undefined {
  const month = monthOfField(field)
  if (month === undefined && field !== 'total') return undefined
  const amount = budgeted(shown, month)
  return typeof amount === 'number' && amount % 100 !== 0
    ? kroner(asSeen(amount, shown, facts), facts.locale)
    : undefined
}

/** What a cell shows, and whether it is faint: figures that are not the budget's own. */
export function textIn(
  shown: Shown,
  field: string,
  all: readonly Row[],
  facts: BudgetFacts,
): { text: string; faint: boolean } {
  const plain = (text: string) => ({ text, faint: false })
  const amountText = (amount: Cell) =>
    amount === null ? '' : typeof amount === 'string' ? amount : seen(amount, shown, facts)
  const month = monthOfField(field)
  if (month !== undefined) return plain(amountText(budgeted(shown, month)))
  if (field === 'total') return plain(amountText(budgeted(shown, undefined)))
  if (field === 'lastYear' || field === 'actual') {
    if (shown.kind === 'new') return plain('')
    const amount = sumOf(movedIn(shown, all, facts, field === 'actual' ? 'thisYear' : 'lastYear'))
    return { text: amount === 0 ? '' : wholeKroner(asSeen(amount, shown, facts), facts.locale), faint: true }
  }
  if ('rows' in shown) return plain(field === 'accountName' ? shown.name : '')
  const { row } = shown
  if (field === 'accountName') return { text: accountName(row.account, facts), faint: false }
  if (field === 'spread') return plain(spreadName(row.spread, facts))
  if (field.startsWith('dimensions/')) return plain(row.dimensions[field.slice(11)] ?? '')
  return plain(field === 'account' ? row.account : field === 'comment' ? row.comment : '')
}

export function accountName(number: string, { books, locale }: BudgetFacts): string {
  const account = books.accounts.get(number)
  return account ? (locale === 'nb' ? account.nameNb : account.nameEn) : ''
}

export function spreadName(key: string, { locale, seasons }: Pick<BudgetFacts, 'locale' | 'seasons'>): string {
  if (key === '') return ''
  if (key === 'even' || key === 'last-year') return budgetText(locale, key)
  return seasons.find((season) => season.key === key)?.name ?? key
}

/** What stands in a cell while one types in it. */
export function typedIn(shown: Shown, field: string, facts: BudgetFacts): string {
  if ('rows' in shown) return ''
  const { row } = shown
  const month = monthOfField(field)
  if (month !== undefined || field === 'total') {
    const amount = budgeted(shown, month)
    if (amount === null || typeof amount === 'string') return amount ?? ''
    return plainKroner(asSeen(amount, shown, facts), facts.locale).replace(/[.,]00$/, '')
  }
  if (field === 'spread') return row.spread
  if (field.startsWith('dimensions/')) return row.dimensions[field.slice(11)] ?? ''
  return field === 'account' ? row.account : field === 'comment' ? row.comment : ''
}

const TYPED = /^(account|spread|total|comment|m\d+|dimensions\/.+)$/

/** Whether a cell can be typed in. */
export const isOpen = (shown: Shown, field: string): boolean => !('rows' in shown) && TYPED.test(field)
