// Fills a company with generated vouchers by the product's own posting statements, triggers included, without judging each draft:
// what the reports read is what posting would have left.
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import { GENESIS, type Head, hashVoucher } from '#worker/ledger/hash-chain.ts'
import { insertPosted, type NewVoucher, readFacts } from '#worker/ledger/store.ts'
import { type Line, type Voucher, vouchers } from './generated-ledger.ts'
import { type Company, lastYear, voucherId } from './instance.ts'

const PER_BATCH = 1_000

/** Posts so many generated vouchers; seconds it took. */
export async function seed(company: Company, count: number): Promise<number> {
  const { facts } = await readFacts(company.db)
  const series = new Map(facts.voucherTypes.map((t) => [t.key, t.series]))
  const numbers = new Map<string, number>()
  let head: Head = GENESIS
  let batch: NewVoucher[] = []
  const began = performance.now()
  for (const v of vouchers(count, lastYear)) {
    const own = series.get(v.type)!
    const year = Number(v.date.slice(0, 4))
    const key = `${own} ${year}`
    numbers.set(key, (numbers.get(key) ?? 0) + 1)
    const row = rowOf(v, own, year, numbers.get(key)!, head, facts.factsVersion)
    const entries = v.lines.map((line, i) => entryOf(line, i, v.text))
    const hash = await hashVoucher(company.id, head.hash, row, entries)
    batch.push({ ...row, entries, prevHash: head.hash, hash, content: null, eventType: 'voucher.posted' })
    head = { ledgerVersion: row.ledgerVersion, hash, recordedAt: row.recordedAt }
    if (batch.length === PER_BATCH) {
      await company.db.batch(insertPosted(batch), 'write')
      batch = []
    }
  }
  if (batch.length > 0) await company.db.batch(insertPosted(batch), 'write')
  return (performance.now() - began) / 1000
}

const rowOf = (v: Voucher, series: string, fiscalYear: number, number: number, head: Head, factsVersion: number) => ({
  ledgerVersion: head.ledgerVersion + 1,
  id: voucherId(),
  type: v.type,
  series,
  fiscalYear,
  number,
  voucherDate: v.date as IsoDate,
  documentDate: v.date as IsoDate,
  vatDate: v.date as IsoDate,
  text: v.text,
  recordedAt: new Date().toISOString() as Instant,
  by: 'bench',
  reversalOf: null,
  reason: null,
  importJob: null,
  externalId: null,
  factsVersion,
  contentHash: GENESIS.hash,
})

const entryOf = (line: Line, i: number, text: string): Entry => ({
  rowKey: `r${i + 1}`,
  origin: 'line',
  account: line.account,
  partyKind: line.customer ? 'customer' : line.supplier ? 'supplier' : null,
  party: line.customer ?? line.supplier ?? null,
  amount: ore(line.amount),
  vatCode: line.vatCode ?? null,
  vatRate: null,
  vatSide: null,
  vatSpecification: null,
  vatAmountReason: null,
  vatOverridden: false,
  dimensions:
    line.department || line.project
      ? { ...(line.department && { department: line.department }), ...(line.project && { project: line.project }) }
      : null,
  text,
  currency: null,
  currencyAmount: null,
  rate: null,
  rateUnit: null,
  rateSource: null,
  quantity: null,
  invoiceNumber: null,
  dueDate: null,
  paymentReference: null,
})
