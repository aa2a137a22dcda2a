import { type BudgetKey, budgetText } from '#i18n/budget-text.ts'
import { moment } from '#i18n/format.ts'
import { isSpreadKey } from '#worker/budgets/spread.ts'
import { unreadAmount } from '../sheets/unread-amount.ts'
import type { BudgetDesk } from './budget-desk.ts'
import { monthOfField } from './budget-edit.ts'
import type { BudgetFacts } from './budget-facts.ts'
import type { Row } from './budget-row.ts'
import type { Conflict } from './budget-save.ts'
import { type Shown, seen, textIn, typedIn } from './budget-shown.ts'

/** What there is to say of a cell, and how loudly. */
export type Says = { level: 'error' | 'warning'; text: string }
type Desk = Pick<BudgetDesk, 'facts' | 'rows' | 'conflictAt'>

/** A cell's field as saves and conflicts name it: a month by itself. */
export function placeOfField(field: string, { months }: Pick<BudgetFacts, 'months'>): string {
  const month = monthOfField(field)
  return month === undefined ? field : months[month]!
}

/** Why a cell is marked; undefined when it is not. */
export function saysOf(shown: Shown, field: string, desk: Desk, twins: ReadonlySet<string>): Says | undefined {
  if ('rows' in shown) return undefined
  const { row } = shown
  const conflict = desk.conflictAt(row.id, placeOfField(field, desk.facts))
  if (conflict) return { level: 'warning', text: conflictText(conflict, shown, field, desk) }
  if (field === 'account') return ofAccount(row, shown.kind === 'new', desk.facts, twins)
  if (field.startsWith('dimensions/')) return ofDimension(row, field.slice(11), desk.facts)
  const { locale, seasons } = desk.facts
  if (field === 'spread')
    return isSpreadKey(row.spread, seasons)
      ? undefined
      : { level: 'error', text: budgetText(locale, 'unknownSpread', { text: row.spread }) }
  const month = monthOfField(field)
  const amount = month === undefined ? undefined : row.amounts[month]
  if (typeof amount !== 'string') return undefined
  const key: BudgetKey = amount.endsWith('%') ? 'noPercentBase' : 'unreadable'
  return { level: 'error', text: unreadAmount(amount, locale, budgetText(locale, key, { text: amount })) }
}

/** How many cells of a row cannot be read, and wait. */
export const unreadIn = (row: Row, { seasons }: Pick<BudgetFacts, 'seasons'>): number =>
  row.amounts.filter((amount) => typeof amount === 'string').length + (isSpreadKey(row.spread, seasons) ? 0 : 1)

function conflictText({ theirs, by, at }: Conflict, shown: Shown, field: string, { facts, rows }: Desk): string {
  const t = (key: BudgetKey, params = {}) => budgetText(facts.locale, key, params)
  const isAmount = monthOfField(field) !== undefined
  const yours = isAmount ? textIn(shown, field, rows, facts).text : typedIn(shown, field, facts)
  const written = typeof theirs === 'number' ? seen(theirs, shown, facts) : (theirs ?? '')
  return t(theirs === null ? 'conflictGone' : 'conflict', {
    name: by ?? t('somebody'),
    theirs: written || t('empty'),
    yours: yours || t('empty'),
    time: at ? moment(at).slice(11) : '',
  })
}

function ofAccount(row: Row, isNew: boolean, facts: BudgetFacts, twins: ReadonlySet<string>): Says | undefined {
  const { account } = row
  const t = (key: BudgetKey) => budgetText(facts.locale, key, { account })
  if (account === '')
    return isNew || row.amounts.every((amount) => amount === null)
      ? undefined
      : { level: 'error', text: t('needsAccount') }
  if (twins.has(row.id)) return { level: 'error', text: t('twice') }
  return facts.books.accounts.has(account) ? undefined : { level: 'warning', text: t('unknownAccount') }
}

function ofDimension(row: Row, key: string, { books, locale }: BudgetFacts): Says | undefined {
  const value = row.dimensions[key]
  const dimension = books.dimensions.get(key)
  if (!value || dimension?.byCode.has(value)) return undefined
  const name = dimension ? (locale === 'nb' ? dimension.nameNb : dimension.nameEn) : key
  return { level: 'warning', text: budgetText(locale, 'unknownValue', { value, dimension: name.toLowerCase() }) }
}
