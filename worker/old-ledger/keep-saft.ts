import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { NoAnswer, refusalOf } from '#worker/database/refusal.ts'
import type { Keeper } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import { unpacked, ZipArchive } from '#worker/saft/byte-chunks.ts'
import { archivedName, archiveOf, keeperOf, newImportId, type SaftSource } from '#worker/saft/open-source.ts'
import { dateOf, type SaftLine, type SaftTransaction } from '#worker/saft/saft-file.ts'
import { readSaft, type SaftReader } from '#worker/saft/saft-reader.ts'
import { insertImportJob, readFileKey } from '#worker/saft/store.ts'
import type { OldEntry } from './old-entry.ts'
import { type OldLedger, readOldLedgerOf } from './store.ts'
import { OldLedgerWriter } from './write-old-ledger.ts'

export type KeepContext = {
  env: Bindings
  db: Database
  company: string
  by: string
  at: Instant
  fileName: string | null
}
export type Archived = { ledgers: OldLedger[]; replayed: boolean }

/**
 * Keeps SAF-T files as old general ledgers: every transaction as it stands, texts whole, nothing booked. Of a ZIP archive each file
 * is a ledger of its own. A file that is here already is not kept twice.
 * @throws Problem as the reader says; 422 old-ledger/empty.
 */
export async function keepSaft(ctx: KeepContext, source: SaftSource): Promise<Archived> {
  const id = newImportId()
  const keeper = keeperOf(ctx.env, `${ctx.company}/${id}`, source)
  const kept: Kept[] = []
  try {
    const whole = await keepOne(ctx, id, keeper, ctx.fileName).catch(asZip)
    if (whole) {
      if (whole.replayed) await dropCopy(ctx, keeper, [whole])
      return { ledgers: [whole.ledger], replayed: whole.replayed }
    }
    await keeper.drain()
    for (const file of await archiveOf(ctx.env, keeper.file))
      kept.push(await keepOne(ctx, newImportId(), file.keeper, file.name))
    const replayed = kept.every((one) => one.replayed)
    if (replayed) await dropCopy(ctx, keeper, kept)
    return { ledgers: kept.map((one) => one.ledger), replayed }
  } catch (error) {
    // What was kept of an archive before the fault stands, and rests on its file; sent again, it is not kept twice. After a lost
    // answer nobody knows whether it was kept.
    if (kept.length === 0 && !(error instanceof NoAnswer)) await keeper.discard()
    throw error
  }
}

/** A file that was here already goes, unless it is the very one that is kept: the same upload sent again. */
async function dropCopy({ env, db }: KeepContext, { file: { key } }: Keeper, kept: readonly Kept[]): Promise<void> {
  const keys = await Promise.all(kept.map(({ ledger }) => readFileKey(db, ledger.importJob ?? ledger.id)))
  if (keys.every((other) => other !== undefined && other !== key)) await env.FILES.delete(key)
}

const asZip = (error: unknown): undefined => {
  if (!(error instanceof ZipArchive)) throw error
}

type Kept = { ledger: OldLedger; replayed: boolean }

async function keepOne(ctx: KeepContext, id: string, keeper: Keeper, fileName: string | null): Promise<Kept> {
  const { db, by, at } = ctx
  const name = archivedName(fileName || 'SAF-T')
  const writer = new OldLedgerWriter(db, { id, importJob: null, name, source: 'saft', by, at })
  try {
    await readSaft(unpacked(keeper.passing()), async (reader) => {
      takeNames(reader, writer)
      await writer.add(entriesOf(reader.takeTransactions()))
    })
    const { file } = keeper
    const { sha256, size, key } = file
    const before = await readOldLedgerOf(db, sha256)
    if (before) return await standing(before)
    if (writer.isEmpty) throw new Problem(422, 'old-ledger/empty')
    const { ledger, statements } = await writer.sealing(file)
    const told = { id, kind: 'old-ledger', fileName, sha256, size, by, recordedAt: at, receipt: receiptOf(ledger) }
    try {
      await db.batch([...statements, insertImportJob({ ...told, fileKey: key })], 'write')
    } catch (cause) {
      const other = refusalOf(cause)?.kind === 'taken' && (await readOldLedgerOf(db, sha256))
      if (!other) throw cause
      return await standing(other)
    }
    return { ledger, replayed: false }
  } catch (error) {
    // After a lost answer it may stand sealed, and is left; what is not goes by night.
    if (!(error instanceof NoAnswer)) await writer.discard()
    throw error
  }

  async function standing(ledger: OldLedger): Promise<Kept> {
    await writer.discard()
    return { ledger, replayed: true }
  }
}

/** What the list of imports keeps of it. */
const receiptOf = ({ id, entries, debit, credit, hash, fromDate, toDate, fileSha256, fileSize }: OldLedger) => ({
  importJob: id,
  entries,
  debit,
  credit,
  hash,
  fromDate,
  toDate,
  file: { sha256: fileSha256, size: fileSize },
})

function takeNames(reader: SaftReader, { accounts, parties }: OldLedgerWriter): void {
  if (accounts.size < reader.accounts.size)
    for (const { id, description, opening, closing } of reader.accounts.values())
      accounts.set(id, { number: id, name: description, opening, closing })
  for (const { kind, id, name, registrationNumber } of reader.takeParties())
    parties.set(`${kind} ${id}`, { kind, number: id, name, organisationNumber: registrationNumber || null })
}

function* entriesOf(transactions: readonly SaftTransaction[]): Generator<OldEntry> {
  for (const transaction of transactions) for (const line of transaction.lines) yield entryOf(transaction, line)
}

function entryOf(t: SaftTransaction, line: SaftLine): OldEntry {
  const party = line.customer || line.supplier
  const own = line.text || t.text || t.voucherDescription
  return {
    account: line.account,
    entryDate: dateOf(t),
    voucher: [t.journal.id, t.id].filter(Boolean).join(' '),
    text: own === t.text || t.text === '' ? own : `${own} · ${t.text}`,
    amount: line.amount,
    partyKind: party === '' ? null : line.customer === '' ? 'supplier' : 'customer',
    party: party || null,
    invoiceNumber: line.reference || null,
    paymentReference: line.paymentReference || null,
    dueDate: line.dueDate,
    vatCode: line.tax?.[0]?.code || null,
    currency: line.currency || null,
    currencyAmount: line.currencyAmount || null,
  }
}
