import type * as z from 'zod/mini'
import { readBudgetLines } from '#worker/budgets/read-budget-lines.ts'
import { readVatCodes } from '#worker/chart/store.ts'
import type { Database } from '#worker/database/connect.ts'
import { readHead } from '#worker/ledger/store.ts'
import { readChanges } from '#worker/reports/read-changes.ts'
import { readExplanation } from '#worker/reports/read-explanation.ts'
import { readKeyFigures } from '#worker/reports/read-key-figures.ts'
import { readLiquidity } from '#worker/reports/read-liquidity.ts'
import { readVatSpecification } from '#worker/vat-return/read-vat-specification.ts'
import type { ChangesExport, ExplanationExport, KeyFiguresExport, LiquidityExport, VatExport } from './export-query.ts'
import type { ExportTable } from './export-table.ts'
import { type Dimensions, PAGE, questionOf } from './read-tables.ts'
import { changesTable, explanationTable, keyFiguresTable, liquidityTable } from './tables/analysis-tables.ts'
import { budgetTable } from './tables/budget-table.ts'
import type { Asking } from './tables/table-frame.ts'
import { vatTable } from './tables/vat-table.ts'

export async function readKeyFiguresTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof KeyFiguresExport>,
  dimensions: Dimensions,
): Promise<ExportTable> {
  const report = await readKeyFigures(db, questionOf(query, asking, { dimensions }), query.period)
  return keyFiguresTable(asking, report, { ...query, dimensions })
}

export async function readLiquidityTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof LiquidityExport>,
): Promise<ExportTable> {
  return liquidityTable(asking, await readLiquidity(db, questionOf(query, asking), query.weeks ?? 12), query)
}

export async function readChangesTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof ChangesExport>,
  dimensions: Dimensions,
): Promise<ExportTable> {
  const { since, measure, account, line, layout } = query
  const question = questionOf(query, asking, { dimensions })
  const wanted = { measure, account, line, layout, limit: PAGE }
  const first = await readChanges(db, question, { ...wanted, since })
  const next = (cursor: string) =>
    readChanges(
      db,
      { ...question, asKnownAt: undefined, atVersion: first.atVersion },
      { ...wanted, since: String(first.since.atVersion), cursor },
    )
  return changesTable(asking, first, next, { ...query, dimensions })
}

export async function readExplanationTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof ExplanationExport>,
  dimensions: Dimensions,
): Promise<ExportTable> {
  const { line, account, layout, period, against, budget, by, largest } = query
  const wanted = { line, account, layout, period, against, budget, by, largest }
  const report = await readExplanation(db, questionOf(query, asking, { dimensions }), wanted)
  // The title is what is explained.
  return explanationTable(asking, report, { ...query, dimensions, line: undefined, account: undefined })
}

export async function readVatTable(
  db: Database,
  asking: Asking,
  { term, asKnownAt, atVersion }: z.output<typeof VatExport>,
): Promise<ExportTable> {
  const [report, { codes }] = await Promise.all([
    readVatSpecification(db, { term, asKnownAt, atVersion, today: asking.today }),
    readVatCodes(db),
  ])
  const names = new Map(codes.map((code) => [code.code, asking.locale === 'nb' ? code.nameNb : code.nameEn]))
  return vatTable(asking, report, names, { asKnownAt, atVersion })
}

/** @throws Problem 404 budget/unknown. */
export async function readBudgetTable(db: Database, asking: Asking, id: string): Promise<ExportTable> {
  const [lines, { ledgerVersion }] = await Promise.all([readBudgetLines(db, id), readHead(db)])
  return budgetTable(asking, lines, ledgerVersion)
}
