import { type Sign, signed } from '#worker/budgets/budget-sign.ts'
import { spreadTotal } from '#worker/budgets/spread.ts'
import { spreadKeyOf } from '#worker/budgets/spread-words.ts'
import { ore } from '#worker/core/money.ts'
import type { PastedLine } from '#worker/sheets/paste-budget.ts'
import { spreadFactsOf } from './budget-edit.ts'
import { type BudgetFacts, directionIn } from './budget-facts.ts'
import { blankRow, hasAmounts, keyOf, type Row } from './budget-row.ts'

/**
 * The rows with what was pasted: a line that stands gets the months of the sheet, any other is added. Two lines of the sheet
 * with the same account and dimensions stay two rows, so that nothing is lost unseen. With `replace` what the sheet does not
 * have is emptied.
 */
export function takePasted(
  rows: readonly Row[],
  pasted: readonly PastedLine[],
  sign: Sign,
  facts: BudgetFacts,
  newId: () => string,
  replace = false,
): Row[] {
  const taken = [...rows]
  const placeOf = new Map(rows.map((row, i) => [keyOf(row), i]))
  const used = new Set<number>()
  for (const line of pasted) {
    const key = keyOf(line)
    let at = placeOf.get(key)
    if (at === undefined || used.has(at))
      at =
        taken.push({ ...blankRow(newId(), facts.months.length), account: line.account, dimensions: line.dimensions }) -
        1
    used.add(at)
    taken[at] = withLine(taken[at]!, line, sign, taken, facts)
  }
  if (!replace) return taken
  return taken.map((row, i) =>
    used.has(i) || !hasAmounts(row) ? row : { ...row, amounts: row.amounts.map(() => null) },
  )
}

function withLine(row: Row, line: PastedLine, sign: Sign, rows: readonly Row[], facts: BudgetFacts): Row {
  const kept = (amount: number) => signed(ore(amount), sign, directionIn(facts, line.account))
  const spread = spreadKeyOf(line.spread, facts) ?? row.spread
  const own = { ...row, spread, ...(line.comment !== undefined && { comment: line.comment.slice(0, 255) }) }
  if (line.total === undefined)
    return {
      ...own,
      amounts: row.amounts.map((amount, i) => (line.amounts.has(i) ? kept(line.amounts.get(i)!) : amount)),
    }
  const key = spread === '' && !hasAmounts(row) ? 'even' : spread
  const standing = row.amounts.map((amount) => (typeof amount === 'number' ? amount : null))
  const wanted = { ...own, spread: key }
  return { ...wanted, amounts: spreadTotal(kept(line.total), key, standing, spreadFactsOf(wanted, rows, facts)) }
}
