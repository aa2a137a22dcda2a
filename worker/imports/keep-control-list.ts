import { dayInOslo } from '#worker/core/dates.ts'
import { hex } from '#worker/core/hash.ts'
import { ore } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import { ourNumber } from '#worker/sheets/cell-values.ts'
import { readSheetFile } from '#worker/sheets/read-sheet-file.ts'
import type { ControlRow } from '#worker/takeover/control-list.ts'
import {
  deleteControlList,
  keepControlRows,
  raiseTakeover,
  readControlList,
} from '#worker/takeover/control-list-store.ts'
import { NO_CHOICES } from './import-reading.ts'
import { accountIn, amountOf } from './row-amount.ts'
import { readImportBooks } from './run-register.ts'
import { layoutOf } from './sheet-layout.ts'
import { readRecords } from './sheet-records.ts'

/** A take-over that is open. @throws Problem 404 takeover/none; 422 takeover/finished. */
async function openPlan(db: Acting['db']) {
  const plan = await readTakeover(db)
  if (!plan) throw new Problem(404, 'takeover/none')
  if (plan.finishedAt) throw finished(plan.finishedAt)
  return plan
}
const finished = (at: string): Problem => new Problem(422, 'takeover/finished', { params: { date: dayInOslo(at) } })

/**
 * Keeps the old system's trial balance of the day before the cut-over, read as a list of balances is, to be held against the ledger.
 * It takes the place of the one before.
 * @throws Problem 404 takeover/none; 422 takeover/finished, takeover/control-list-unclear when it could be read in two ways,
 *   request/invalid with the cells that cannot be read, sheet/no-rows; as `readSheetFile`.
 */
export async function keepControlList(
  { db, by, at }: Acting,
  bytes: Uint8Array<ArrayBuffer>,
  fileName: string | null,
): Promise<void> {
  const plan = await openPlan(db)
  const { sheets } = await readSheetFile(bytes)
  const books = await readImportBooks(db)
  const { rows: cells } = sheets.find((sheet) => !sheet.hidden) ?? sheets[0]!
  const layout = layoutOf(cells, 'balances', books, NO_CHOICES, new Map())
  const read = readRecords(cells, 'balances', layout, {})
  if (read.questions.length > 0) throw new Problem(422, 'takeover/control-list-unclear')
  const issues = read.rows.flatMap(({ at: row, unread, values }) =>
    unread.map((field) => ({
      code: 'sheet/cell',
      severity: 'error' as const,
      pointer: `#/rows/${row}/${field}`,
      params: { text: String(values[field]), row },
    })),
  )
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const rows = read.rows.flatMap((row): ControlRow[] => {
    const amount = amountOf(row)
    return amount === null
      ? []
      : [{ account: ourNumber(accountIn(String(row.values.account ?? '')), books), amount: ore(amount) }]
  })
  if (rows.length === 0) throw new Problem(422, 'sheet/no-rows')
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  const changes = { fileSha256: [(await readControlList(db))?.sha256 ?? null, sha256] as const }
  const event = { type: 'takeover.control-list-kept', at, by, subject: plan.cutOverDate, changes }
  const [kept] = await db.batch(
    [keepControlRows({ fileName, sha256, rows, by, at }), insertEventsIfChanged(event), raiseTakeover()],
    'write',
  )
  if (kept!.rowsAffected === 0) throw finished(at)
}

/** Takes the list away; there may be none. @throws Problem 404 takeover/none; 422 takeover/finished. */
export async function dropControlList({ db, by, at }: Acting): Promise<void> {
  const plan = await openPlan(db)
  const event = { type: 'takeover.control-list-dropped', at, by, subject: plan.cutOverDate }
  await db.batch([deleteControlList(), insertEventsIfChanged(event), raiseTakeover()], 'write')
}
