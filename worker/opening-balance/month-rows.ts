import type { Month } from '#worker/core/dates.ts'
import type { Issue } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from './movement-row.ts'

export type TellOfRow = (severity: Issue['severity'], code: string, pointer: string, params?: Issue['params']) => void

/** Which rows of accounts and months have an account that is known; what is wrong with a row is told, and an account that stands twice. */
export function checkMonthRows(
  rows: readonly MovementRow[],
  columns: ReadonlySet<Month>,
  books: Pick<Books, 'accounts'>,
  tell: TellOfRow,
): boolean[] {
  const known = rows.map((row, at) => checkRow(row, at, columns, books, tell))
  checkTwins(rows, tell)
  return known
}

function checkRow(
  row: MovementRow,
  at: number,
  columns: ReadonlySet<Month>,
  books: Pick<Books, 'accounts'>,
  tell: TellOfRow,
): boolean {
  const amounts = Object.entries(row.amounts).filter(([, amount]) => amount !== 0)
  if (row.account === '') {
    if (amounts.length > 0) tell('error', 'field/required', `#/rows/${at}/account`)
    return false
  }
  for (const [month] of amounts)
    if (!columns.has(month as Month))
      tell('error', 'takeover/month-outside', `#/rows/${at}/amounts/${month}`, { month })
  if (books.accounts.has(row.account)) return true
  tell('error', 'account/unknown', `#/rows/${at}/account`, { account: row.account })
  return false
}

/** The same account with the same dimensions twice: both count, and it is told. */
function checkTwins(rows: readonly MovementRow[], tell: TellOfRow): void {
  const seen = new Map<string, number>()
  rows.forEach(({ account, dimensions }, at) => {
    if (account === '') return
    const key = `${account}\n${JSON.stringify(Object.entries(dimensions).sort())}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, at)
    else tell('warning', 'opening-balance/twice', `#/rows/${at}/account`, { account, row: first + 1 })
  })
}

/** The rows without months in which nothing moved. */
export const movedRows = (rows: readonly MovementRow[]): MovementRow[] =>
  rows.map((row) => ({
    ...row,
    amounts: Object.fromEntries(Object.entries(row.amounts).filter(([, amount]) => amount !== 0)),
  }))

/** What rows hold, as one text: the same in any order of rows, months and dimensions. */
export const textOfMonthRows = (rows: readonly MovementRow[]): string =>
  JSON.stringify(
    movedRows(rows)
      .map(({ rowKey, account, amounts, dimensions }) => {
        const given = Object.entries(dimensions).filter(([, value]) => value !== '')
        return JSON.stringify([rowKey, account, Object.entries(amounts).sort(), given.sort()])
      })
      .sort(),
  )
