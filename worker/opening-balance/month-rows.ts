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

/**
 * Rows of which both count, and it is told: the same account with the same dimensions twice, and a row of a whole account beside rows of
 * its dimensions, as where a report of all of it is read into a sheet that has it by department.
 */
function checkTwins(rows: readonly MovementRow[], tell: TellOfRow): void {
  const first = new Map<string, number>()
  const own = rows.map((row) => given(row).sort())
  const parts = Map.groupBy(
    rows.flatMap((row, at) => (own[at]!.length > 0 ? [{ row, at }] : [])),
    ({ row }) => row.account,
  )
  rows.forEach((row, at) => {
    const { account } = row
    if (account === '') return
    const key = JSON.stringify([account, own[at]])
    const twin = first.get(key)
    const part = own[at]!.length > 0 ? undefined : parts.get(account)?.find((other) => moveTogether(other.row, row))
    if (twin === undefined) first.set(key, at)
    const other = twin ?? part?.at
    const code = twin === undefined ? 'opening-balance/beside-parts' : 'opening-balance/twice'
    if (other !== undefined) tell('warning', code, `#/rows/${at}/account`, { account, row: other + 1 })
  })
}
const given = ({ dimensions }: Pick<MovementRow, 'dimensions'>) =>
  Object.entries(dimensions).filter(([, value]) => value !== '')
const moveTogether = (a: MovementRow, b: MovementRow): boolean =>
  Object.entries(a.amounts).some(([month, amount]) => amount !== 0 && (b.amounts[month as Month] ?? 0) !== 0)

/** The row that each account of a report goes into: the first of that account without dimensions that none has taken; else one of its own. */
export function placesOf<Row extends Pick<MovementRow, 'account' | 'dimensions'>>(
  accounts: readonly string[],
  standing: readonly Row[],
): (Row | undefined)[] {
  const free = Map.groupBy(
    standing.filter((row) => given(row).length === 0),
    ({ account }) => account,
  )
  return accounts.map((account) => free.get(account)?.shift())
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
      .map((row) => JSON.stringify([row.rowKey, row.account, Object.entries(row.amounts).sort(), given(row).sort()]))
      .sort(),
  )
