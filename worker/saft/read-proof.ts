import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { readPartyBalances } from '#worker/reports/read-party-balances.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import type { SaftBooking } from './book-saft.ts'
import { type Difference, differencesOf, type OurFigures, type Proof, proofOf } from './proof.ts'
import type { SaftReader } from './saft-reader.ts'
import { readImportedVat, readMovements } from './store.ts'

/**
 * Reads our own books back by the very reports that everybody reads, for the file's days, and holds them against the file.
 * Nothing that the import itself counted is believed.
 */
export async function readProof(
  db: Database,
  booking: SaftBooking,
  reader: SaftReader,
  days: { fromDate: IsoDate; toDate: IsoDate },
): Promise<{ proof: Proof; differences: Difference[] }> {
  const today = dayInOslo(new Date().toISOString() as Instant)
  const question = { ...days, today, filter: { dimensions: {} } }
  const { rows } = await readTrialBalance(db, question)
  const parties = new Map<string, OurFigures>()
  for (const kind of ['customer', 'supplier'] as const) {
    const own = await readPartyBalances(db, { ...question, filter: { dimensions: {}, kind } })
    for (const row of own.rows) parties.set(`${kind} ${row.party}`, figuresOf(row))
  }
  const ours = {
    accounts: new Map(rows.map((row) => [row.account, figuresOf(row)])),
    parties,
    vat: await readImportedVat(db, days.fromDate, days.toDate),
    months: await readMovements(db, days.fromDate, days.toDate),
  }
  const { chart, balances, vat, counts, sums } = booking
  const ownParty = (kind: PartyKind, id: string, account: string) => chart.keyOf(account, kind, id)
  const proof = proofOf(days, balances, ours, ownParty, {
    vat: vat?.inFile ?? new Map(),
    months: booking.movements,
  })
  const counted = { entries: counts.transactions, debit: sums.debit, credit: sums.credit }
  return { proof, differences: differencesOf(proof, booking.openingMissing, reader.totals, counted) }
}

const figuresOf = ({ opening, debit, credit, closing }: OurFigures): OurFigures => ({ opening, debit, credit, closing })
