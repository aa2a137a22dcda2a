import type { testApp } from '#tests/support/app.ts'
import { voucherId } from '#tests/support/app.ts'
import { addDays, type IsoDate } from '#worker/core/dates.ts'
import type { AccountType } from '#worker/ledger/account.ts'
import { seeded } from './seeded-ledger.ts'

export type TestCompany = Awaited<ReturnType<ReturnType<typeof testApp>['company']>>

/** A calendar year, a short one, and one that runs from July to June. */
export const YEARS = [
  { year: 2025, firstDate: '2025-01-01', lastDate: '2025-12-31' },
  { year: 2026, firstDate: '2026-01-01', lastDate: '2026-06-30' },
  { year: 2027, firstDate: '2026-07-01', lastDate: '2027-06-30' },
] as const
export const FIRST = '2025-01-01' as IsoDate
export const DAYS = 911

/** A company with those years, a few parties, departments and projects. */
export async function companyWithYears(app: ReturnType<typeof testApp>): Promise<TestCompany> {
  const c = await app.company({ fromYear: 2025, toYear: 2025 })
  await addYears(c, YEARS.slice(1))
  const value =
    "insert into dimension_value (dimension, code, name) values ('department', '10', 'Salg'), ('department', '20', 'Lager'), ('project', 'P-7', 'Naust')"
  const party = `insert into party (kind, number, name, control_account, created_at) values
    ('customer', '10001', 'Fjordvik Handel AS', '1500', ''), ('customer', '10002', 'Nordlys Bygg AS', '1500', ''),
    ('customer', '10003', 'Sjø & Land', '1500', ''), ('supplier', '20001', 'Kontor Norge AS', '2400', ''),
    ('supplier', '20002', 'Strøm AS', '2400', '')`
  await c.db.batch([value, party], 'write')
  return c
}

export async function addYears(
  c: TestCompany,
  years: readonly { year: number; firstDate: string; lastDate: string }[],
): Promise<void> {
  const months = years.flatMap(({ year, firstDate, lastDate }) => {
    const found: [string, number][] = []
    for (let day = firstDate as IsoDate; day <= lastDate; day = addDays(day, 1))
      if (found.at(-1)?.[0] !== day.slice(0, 7)) found.push([day.slice(0, 7), year])
    return found
  })
  await c.db.batch(
    [
      {
        sql: 'insert into fiscal_year select value->>0, value->>1, value->>2 from json_each(?)',
        args: [JSON.stringify(years.map((y) => [y.year, y.firstDate, y.lastDate]))],
      },
      {
        sql: 'insert into period (month, year) select value->>0, value->>1 from json_each(?)',
        args: [JSON.stringify(months)],
      },
    ],
    'write',
  )
}

const SIDES = ['1920', '1500:10001', '1500:10002', '1500:10003', '2400:20001', '2400:20002', '2050', '1250']
const RESULTS = ['3000', '3100', '4300', '6300', '6800', '7000', '8050', '8150']

/** Drafts of a random history: late and early dates, opening vouchers, dimensions on some lines, VAT on some. */
export function randomDrafts(count: number, seed: number): Record<string, unknown>[] {
  const random = seeded(seed)
  const one = <T>(of: readonly T[]): T => of[random(of.length)]!
  return Array.from({ length: count }, () => {
    const opening = random(12) === 0
    const amount = (1 + random(9_999_999)) * (random(2) ? 1 : -1)
    // Opening vouchers stand on days that reports begin on: that is where they count otherwise.
    const day = opening ? one(['2025-01-01', '2026-01-01', '2026-07-01', '2026-03-10']) : addDays(FIRST, random(DAYS))
    const dimensions = {
      ...(random(2) && { department: one(['10', '20']) }),
      ...(random(4) === 0 && { project: 'P-7' }),
    }
    const account = one(opening && random(2) ? SIDES : RESULTS)
    const vatCode = !opening && account === '6800' ? '1' : undefined
    const half = Math.trunc(amount / 2)
    const result = [
      { rowKey: 'a', account, amount: half, dimensions, ...(vatCode && { vatCode }) },
      { rowKey: 'b', account: one(RESULTS), amount: amount - half, dimensions },
    ]
    return {
      id: voucherId(),
      type: opening ? 'opening-balance' : 'general',
      voucherDate: day,
      text: 'Tilfeldig',
      lines: [...result, { rowKey: 'c', account: one(SIDES), amount: -amount }],
    }
  })
}

/** An entry as the database holds it, with what the rules of reports ask about. */
export type PlainEntry = {
  ledgerVersion: number
  line: number
  type: string
  voucherDate: string
  account: string
  accountType: AccountType
  partyKind: string | null
  party: string | null
  amount: number
  dimensions: Record<string, string> | null
}

export async function readPlainEntries(c: TestCompany): Promise<PlainEntry[]> {
  const { rows } =
    await c.db.execute(`select e.*, v.type, a.type as account_type from entry e join voucher v using (ledger_version)
    join account a on a.number = e.account order by e.ledger_version, e.line`)
  return rows.map((r) => ({
    ledgerVersion: Number(r.ledger_version),
    line: Number(r.line),
    type: String(r.type),
    voucherDate: String(r.voucher_date),
    account: String(r.account),
    accountType: String(r.account_type) as AccountType,
    partyKind: r.party_kind as string | null,
    party: r.party as string | null,
    amount: Number(r.amount),
    dimensions: r.dimensions === null ? null : JSON.parse(String(r.dimensions)),
  }))
}

export type Asked = { fromDate: string; toDate: string; atVersion: number; dimensions: Record<string, string> }
export type Row = { opening: number; debit: number; credit: number; closing: number }

export const matches = (e: PlainEntry, dimensions: Record<string, string>): boolean =>
  Object.entries(dimensions).every(([key, value]) => (e.dimensions?.[key] ?? 'none') === value)

/**
 * The rules of decisions.md 4 said over again the slow way, entry by entry: what the reports must agree with. Only entries up
 * to the version count; `keyOf` says what to sum by.
 */
export function figuresByHand(
  entries: readonly PlainEntry[],
  { fromDate, toDate, atVersion, dimensions }: Asked,
  keyOf: (e: PlainEntry) => string | undefined,
): Map<string, Row> {
  const rows = new Map<string, Row>()
  const yearStart = YEARS.find((y) => y.firstDate <= fromDate && fromDate <= y.lastDate)?.firstDate ?? fromDate
  for (const e of entries) {
    const key = keyOf(e)
    if (key === undefined || e.ledgerVersion > atVersion || e.voucherDate > toDate || !matches(e, dimensions)) continue
    const row = rows.get(key) ?? { opening: 0, debit: 0, credit: 0, closing: 0 }
    const isResult = e.accountType === 'income' || e.accountType === 'expense'
    const brought = e.type === 'opening-balance' && e.voucherDate === fromDate
    if (e.voucherDate < fromDate ? !isResult || e.voucherDate >= yearStart : brought) row.opening += e.amount
    else if (e.voucherDate >= fromDate && e.amount > 0) row.debit += e.amount
    else if (e.voucherDate >= fromDate) row.credit -= e.amount
    row.closing = row.opening + row.debit - row.credit
    rows.set(key, row)
  }
  for (const [key, row] of rows) if (!row.opening && !row.debit && !row.credit) rows.delete(key)
  return rows
}
