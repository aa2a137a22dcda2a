import type { Database } from '#worker/database/connect.ts'
import type { FigureTable } from './figure-table.ts'
import type { FigureTables } from './read-figure-tables.ts'
import { refuse } from './read-statement-frame.ts'

/**
 * What was budgeted, as a table that figures are drawn from like those of the ledger. `version`: the budget's id; the year's
 * main budget unless told.
 * @throws Problem 422 request/invalid with measure/not-available: there is no budget yet.
 */
export async function budgetTable(
  _db: Database,
  _dimensions: Readonly<Record<string, string>>,
  _version: string | undefined,
  _read: Pick<FigureTables, 'chart' | 'years'>,
): Promise<FigureTable> {
  return refuse('measure/not-available', '#/columns', { measure: 'budget' })
}
