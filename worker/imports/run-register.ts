import type { Database } from '#worker/database/connect.ts'
import { type Books, booksOf, partyKey } from '#worker/ledger/books.ts'
import { readAllParties, readFacts } from '#worker/ledger/store.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { Run } from './import-outcome.ts'
import { runBudgetImport } from './run-budget-import.ts'
import { runChartImport } from './run-chart-import.ts'
import { runComparisonImport } from './run-comparison-import.ts'
import { runDimensionImport } from './run-dimension-import.ts'
import { runMovementImport } from './run-movement-import.ts'
import { runOldLedgerImport } from './run-old-ledger-import.ts'
import { runOpeningImport } from './run-opening-import.ts'
import { runPartyImport } from './run-party-import.ts'
import { runVoucherImport } from './run-voucher-import.ts'
import { readRecords } from './sheet-records.ts'

/** The books sheets are read by, every party included. */
export async function readImportBooks(db: Database): Promise<Books> {
  const books = booksOf((await readFacts(db)).facts)
  for (const party of await readAllParties(db)) books.parties.set(partyKey(party.kind, party.number), party)
  return books
}

/** Tries a sheet's rows on the register they are for, or brings them in. @throws Problem as the register does. */
export async function runRegister(ctx: ImportContext, chosen: Chosen, books: Books, dryRun: boolean): Promise<Run> {
  const { register, choices, layout } = chosen
  if (register === 'vouchers') return runVoucherImport(ctx, chosen, books, dryRun)
  if (register === 'movements') return runMovementImport(ctx, chosen, books, dryRun)
  if (register === 'comparison') return runComparisonImport(ctx, chosen, books, dryRun)
  if (register === 'budget') return runBudgetImport(ctx, chosen, books, dryRun)
  const read = readRecords(chosen.sheets[0]!.rows, register, layout, choices.answers)
  switch (register) {
    case 'chart':
      return runChartImport(ctx, read, choices.options.closeMissingFrom ?? '', dryRun)
    case 'customers':
    case 'suppliers':
      return runPartyImport(ctx, read, register === 'customers' ? 'customer' : 'supplier', dryRun)
    case 'dimensions':
      return runDimensionImport(ctx, read, choices.options.dimension ?? '', dryRun)
    case 'old-ledger':
      return runOldLedgerImport(ctx, chosen, read, books, dryRun)
    case 'balances':
    case 'open-items': {
      const kind = choices.options.kind === 'supplier' ? 'supplier' : 'customer'
      const asked = { items: register === 'open-items', kind, date: choices.options.date } as const
      return runOpeningImport(ctx, read, asked, books, dryRun)
    }
  }
}
