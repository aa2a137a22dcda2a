import { signed } from '#worker/budgets/budget-sign.ts'
import { isSpreadKey, type SpreadFacts, spreadTotal } from '#worker/budgets/spread.ts'
import { spreadKeyOf } from '#worker/budgets/spread-words.ts'
import { ore, TOO_LARGE } from '#worker/core/money.ts'
import { type BudgetFacts, directionIn, movedOf, movedOnAccount } from './budget-facts.ts'
import { blankRow, type Cell, type Row, totalOf } from './budget-row.ts'
import { changedBy, readTyped } from './typed-amount.ts'

/** What was typed where: a row's id, a field (`account`, `dimensions/department`, `total`, `m0` …), and the text. */
export type Edit = { id: string; field: string; value: string }

/** The number of a month's field; undefined for any other. */
export const monthOfField = (field: string): number | undefined => {
  const read = /^m(\d{1,2})$/.exec(field)
  return read ? Number(read[1]) : undefined
}

/**
 * The rows with what was typed. A sum is spread over the months by the line's key; a month changes the sum by being in it.
 * A row that is not there yet comes last. What cannot be read is kept as typed.
 */
export function edited(rows: readonly Row[], edits: readonly Edit[], facts: BudgetFacts): Row[] {
  const changed = [...rows]
  const placeOf = new Map(rows.map((row, i) => [row.id, i]))
  for (const edit of edits) {
    let at = placeOf.get(edit.id)
    if (at === undefined) {
      if (edit.value === '') continue
      at = changed.push(blankRow(edit.id, facts.months.length)) - 1
      placeOf.set(edit.id, at)
    }
    changed[at] = withEdit(changed[at]!, edit, changed, facts)
  }
  return changed
}

function withEdit(row: Row, { field, value }: Edit, rows: readonly Row[], facts: BudgetFacts): Row {
  const month = monthOfField(field)
  if (month !== undefined) {
    const amounts = row.amounts.map((amount, i) => (i === month ? typedCell(amount, value, row, facts) : amount))
    return { ...row, amounts }
  }
  if (field === 'total') return withTotal(row, value, rows, facts)
  if (field === 'spread') return withSpread(row, value.trim(), rows, facts)
  if (field === 'account') return { ...row, account: (value.trim().split(/\s/)[0] ?? '').slice(0, 70) }
  if (field === 'comment') return { ...row, comment: value.slice(0, 255) }
  if (!field.startsWith('dimensions/')) return row
  const { [field.slice(11)]: _, ...others } = row.dimensions
  const code = value.trim().slice(0, 35)
  return { ...row, dimensions: code === '' ? others : { ...others, [field.slice(11)]: code } }
}

/** From an amount as people write it on this row to one as it is kept. */
const keptAmount = (typed: number, row: Row, facts: BudgetFacts): number | undefined =>
  Math.abs(typed) < TOO_LARGE ? signed(ore(typed), facts.sign, directionIn(facts, row.account)) : undefined

function typedCell(standing: Cell, text: string, row: Row, facts: BudgetFacts): Cell {
  const typed = readTyped(text)
  switch (typed.kind) {
    case 'empty':
      return null
    case 'amount':
      return keptAmount(typed.ore, row, facts) ?? text
    case 'percent':
      return typeof standing === 'number' ? changedBy(standing, typed.points) : text
    default:
      return text
  }
}

function withTotal(row: Row, text: string, rows: readonly Row[], facts: BudgetFacts): Row {
  const typed = readTyped(text)
  if (typed.kind === 'empty') return { ...row, amounts: row.amounts.map(() => null) }
  if (typed.kind === 'percent')
    return {
      ...row,
      amounts: row.amounts.map((amount) => (typeof amount === 'number' ? changedBy(amount, typed.points) : amount)),
    }
  const total = typed.kind === 'amount' ? keptAmount(typed.ore, row, facts) : undefined
  // A sum that cannot be read stands where one sees it: in the first month.
  if (total === undefined) return { ...row, amounts: row.amounts.map((amount, i) => (i === 0 ? text : amount)) }
  return { ...row, amounts: spreadOver(total, row, rows, facts) }
}

/** The same sum by another key, or by its name. One that nobody knows stays as typed, and the months as they were. */
function withSpread(row: Row, text: string, rows: readonly Row[], facts: BudgetFacts): Row {
  const total = totalOf(row.amounts)
  const key = spreadKeyOf(text, facts)
  const wanted = { ...row, spread: key ?? text.slice(0, 40) }
  return total === null || key === undefined ? wanted : { ...wanted, amounts: spreadOver(total, wanted, rows, facts) }
}

export const spreadFactsOf = (row: Row, rows: readonly Row[], facts: BudgetFacts): SpreadFacts => ({
  months: facts.months,
  lastYear: (movedOf(row, rows, facts) ?? movedOnAccount(row.account, facts)).lastYear,
  seasons: facts.seasons,
})

const spreadOver = (total: number, row: Row, rows: readonly Row[], facts: BudgetFacts): Cell[] => {
  const standing = row.amounts.map((amount) => (typeof amount === 'number' ? amount : null))
  const key = isSpreadKey(row.spread, facts.seasons) ? row.spread : ''
  const shares = spreadTotal(ore(total), key, standing, spreadFactsOf(row, rows, facts))
  return shares.map((share, i) => (share === 0 && total !== 0 && standing[i] === null ? null : share))
}
