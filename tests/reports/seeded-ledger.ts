import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { addDays } from '#worker/core/dates.ts'
import { type BasisPoints, ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import { insertPosted, type NewVoucher } from '#worker/ledger/store.ts'

/** Numbers from 0 up to, but not including, a bound, always the same for a seed. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export const plainEntry = (over: Partial<Entry>): Entry => ({
  rowKey: 'a',
  origin: 'line',
  account: '1920',
  partyKind: null,
  party: null,
  amount: ore(0),
  vatCode: null,
  vatRate: null as BasisPoints | null,
  vatSide: null,
  vatSpecification: null,
  vatAmountReason: null,
  vatOverridden: false,
  dimensions: null,
  text: '',
  currency: null,
  currencyAmount: null,
  rate: null,
  rateUnit: null,
  rateSource: null,
  quantity: null,
  invoiceNumber: null,
  dueDate: null,
  paymentReference: null,
  ...over,
})

/** How large a made-up ledger is beside its vouchers; as the performance page's. */
export const SIZE = { customers: 300, suppliers: 200, departments: 12, projects: 60, days: 1095 }

/** Parties and dimension values for a made-up ledger. */
export async function insertRegisters(db: Database): Promise<void> {
  const rows = (n: number, of: (i: number) => unknown[]) => JSON.stringify(Array.from({ length: n }, (_, i) => of(i)))
  const party = `insert into party (kind, number, name, control_account, created_at)
    select value->>0, value->>1, value->>2, value->>3, '2026-01-01T00:00:00.000Z' from json_each(?)`
  const value =
    'insert into dimension_value (dimension, code, name) select value->>0, value->>1, value->>1 from json_each(?)'
  await db.batch(
    [
      { sql: party, args: [rows(SIZE.customers, (i) => ['customer', `${10_001 + i}`, `Kunde ${i}`, '1500'])] },
      { sql: party, args: [rows(SIZE.suppliers, (i) => ['supplier', `${20_001 + i}`, `Leverandør ${i}`, '2400'])] },
      { sql: value, args: [rows(SIZE.departments, (i) => ['department', `${10 + i}`])] },
      { sql: value, args: [rows(SIZE.projects, (i) => ['project', `P-${i + 1}`])] },
    ],
    'write',
  )
}

/**
 * Adds vouchers number `from` to `to` of a made-up ledger straight to the database, past the writer: 3.5 entries each, sales
 * and purchases in turn, spread over the days and the accounts of the chart. Their hashes are only unique.
 */
export async function insertVouchers(db: Database, from: number, to: number, firstDate: IsoDate): Promise<void> {
  const random = seeded(from)
  const found = await db.execute('select number, type from account where control is null order by number')
  const of = (types: string[]) => found.rows.filter((r) => types.includes(String(r.type))).map((r) => String(r.number))
  const [incomes, costs] = [of(['income']), of(['expense'])]
  const facts = Number((await db.execute('select facts_version from company')).rows[0]!.facts_version)
  for (let first = from; first <= to; first += 1000) {
    const vouchers = Array.from({ length: Math.min(1000, to - first + 1) }, (_, i) =>
      voucherNumber(first + i, random, { incomes, costs, facts, firstDate }),
    )
    await db.batch(insertPosted(vouchers), 'write')
  }
}

type Chart = { incomes: string[]; costs: string[]; facts: number; firstDate: IsoDate }

function voucherNumber(n: number, random: (below: number) => number, chart: Chart): NewVoucher {
  const voucherDate = addDays(chart.firstDate, random(SIZE.days))
  const sale = n % 2 === 0
  const net = 100 * (1 + random(50_000))
  const vat = Math.floor(net / 4)
  const dimensions = {
    department: `${10 + random(SIZE.departments)}`,
    ...(random(6) === 0 && { project: `P-${1 + random(SIZE.projects)}` }),
  }
  const result = sale ? chart.incomes[random(chart.incomes.length)]! : chart.costs[random(chart.costs.length)]!
  const party = sale ? `${10_001 + random(SIZE.customers)}` : `${20_001 + random(SIZE.suppliers)}`
  const sign = sale ? -1 : 1
  const split = n % 4 < 2 ? [net] : [net - 100, 100]
  const entries = [
    ...split.map((part) => plainEntry({ account: result, amount: ore(sign * part), dimensions })),
    plainEntry({
      account: sale ? '2700' : '2710',
      amount: ore(sign * vat),
      origin: 'vat',
      vatSide: sale ? 'output' : 'input',
    }),
    plainEntry({
      account: sale ? '1500' : '2400',
      amount: ore(-sign * (net + vat)),
      partyKind: sale ? 'customer' : 'supplier',
      party,
    }),
  ]
  const hash = (version: number) => version.toString(16).padStart(64, '0')
  const year = Number(voucherDate.slice(0, 4))
  return {
    ledgerVersion: n,
    id: `vch_${String(n).padStart(26, '0')}`,
    type: 'general',
    series: 'HB',
    fiscalYear: year,
    number: numberIn(year, n),
    voucherDate,
    documentDate: voucherDate,
    vatDate: voucherDate,
    text: 'Seeded',
    recordedAt: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString() as Instant,
    by: 'seed',
    reversalOf: null,
    reason: null,
    importJob: null,
    externalId: null,
    factsVersion: chart.facts,
    contentHash: hash(n),
    content: null,
    entries: entries as Entry[],
    eventType: 'voucher.posted',
    prevHash: hash(n - 1),
    hash: hash(n),
  }
}

const counters = new Map<number, number>()
let lastSeen = 0
/** Next number of the year. Vouchers are made in order, from the first. */
function numberIn(year: number, n: number): number {
  if (n <= lastSeen) counters.clear()
  lastSeen = n
  counters.set(year, (counters.get(year) ?? 0) + 1)
  return counters.get(year)!
}
