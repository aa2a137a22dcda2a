import { ore } from '#worker/core/money.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import { placesOf } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { PastedMovements } from '#worker/sheets/paste-movements.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import type { RowOutcome } from './import-outcome.ts'

/**
 * Rows of accounts and months put into those that stand: an account that has a row gets the months of this sheet. `signedAs` gives an
 * amount as it is kept, debit positive; it is kept as read unless told.
 */
export function takeMonthRows(
  pasted: PastedMovements,
  standing: readonly MovementRow[],
  books: Books,
  signedAs: (account: string, amount: number) => number = (_, amount) => amount,
): { rows: RowOutcome[]; after: MovementRow[]; sum: number } {
  const places = placesOf(
    pasted.rows.map(({ account }) => account!),
    standing,
  )
  const keys = new Set(standing.map((row) => row.rowKey))
  const taken = new Map<string, MovementRow>()
  const added: MovementRow[] = []
  let sum = 0
  const rows = pasted.rows.map((cells, i): RowOutcome => {
    const at = pasted.places[i]!
    const account = cells.account!
    const issues: Issue[] = []
    const wrong = (code: string, field: string, params: Issue['params']) =>
      issues.push({ code, severity: 'error', pointer: `#/rows/${at}/${field}`, params: params ?? {} })
    if (!books.accounts.has(account)) wrong('account/unknown', 'account', { account })
    const amounts: MovementRow['amounts'] = {}
    for (const [month, text] of Object.entries(cells)) {
      if (month === 'account') continue
      const read = readAmount(text)
      if (read.kind === 'amount') amounts[month as keyof typeof amounts] = ore(signedAs(account, read.ore))
      else if (read.kind !== 'empty') wrong('sheet/cell', month, { text, row: at })
    }
    const before = places[i]
    const subject = [account, books.accounts.get(account)?.nameNb].filter(Boolean).join(' ')
    if (issues.some(isError)) return { row: at, status: 'refused', subject, changes: {}, issues }
    for (const amount of Object.values(amounts)) sum += amount
    if (!before) {
      added.push({ rowKey: freeKey(at, keys), account, amounts, dimensions: {} })
      return { row: at, status: 'new', subject, changes: {}, issues }
    }
    // A month of the sheet in which nothing moved has no figure there: the one that stood goes.
    const others = Object.entries(before.amounts).filter(([month]) => !pasted.months.includes(month))
    const after: MovementRow = { ...before, amounts: { ...Object.fromEntries(others), ...amounts } }
    const changes = Object.fromEntries(
      pasted.months.flatMap((month) => {
        const [was, is] = [before.amounts[month as never] ?? null, after.amounts[month as never] ?? null]
        return was === is ? [] : [[month, [was, is] as const]]
      }),
    )
    taken.set(before.rowKey, after)
    return { row: at, status: Object.keys(changes).length > 0 ? 'changed' : 'unchanged', subject, changes, issues }
  })
  return { rows, after: [...standing.map((row) => taken.get(row.rowKey) ?? row), ...added], sum }
}

function freeKey(at: number, keys: Set<string>): string {
  let key = `i${at}`
  for (let n = 2; keys.has(key); n++) key = `i${at}-${n}`
  keys.add(key)
  return key
}
