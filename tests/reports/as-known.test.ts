import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { addDays } from '#worker/core/dates.ts'
import {
  type Asked,
  companyWithYears,
  DAYS,
  FIRST,
  figuresByHand,
  matches,
  type PlainEntry,
  type Row,
  randomDrafts,
  readPlainEntries,
  type TestCompany,
  YEARS,
} from './random-ledger.ts'
import { seeded } from './seeded-ledger.ts'

/** One random history, and every report taken while it was made: moonshot 1 of features.md. */
const app = testApp()
const VOUCHERS = 2_500
const VERSIONS = 110

type Live = { path: string; atVersion: number; rows: unknown; body: object | undefined }
let c: TestCompany
let entries: PlainEntry[]
const live: Live[] = []

/** What a report says, without where the ledger has come to since. */
const said = ({ ledgerVersion: _, sequence: __, cursor: ___, hash, atVersion: ____, groups, ...rest }: any) =>
  groups ? groups.map((g: any) => ({ amounts: g.amounts, issues: g.issues })) : rest

const days = (random: (below: number) => number): string => {
  const [a, b] = [random(DAYS), random(DAYS)]
  return `fromDate=${addDays(FIRST, Math.min(a, b))}&toDate=${addDays(FIRST, Math.max(a, b))}`
}

const REPORTS: ((random: (below: number) => number) => { path: string; body?: object })[] = [
  (r) => ({ path: `trial-balance?${days(r)}` }),
  () => ({ path: 'trial-balance?' }),
  () => ({ path: 'trial-balance?fromDate=2026-01-01&toDate=2026-06-30' }),
  (r) => ({ path: `trial-balance?${days(r)}&department=${['10', '20', 'none'][r(3)]}` }),
  (r) => ({ path: `trial-balance?${days(r)}&department=10&project=${['P-7', 'none'][r(2)]}` }),
  (r) => ({ path: `general-ledger?${days(r)}&account=${['1920', '3000:3999', '1500'][r(3)]}&limit=5000` }),
  (r) => ({ path: `general-ledger?${days(r)}&party=10002&limit=5000` }),
  (r) => ({ path: `party-balances?${days(r)}&kind=${['customer', 'supplier'][r(2)]}` }),
  (r) => ({ path: `voucher-journal?${days(r)}&limit=5000` }),
  (r) => {
    const [a, b] = [addDays(FIRST, r(400)), addDays(FIRST, 400 + r(500))]
    const periods = ['2025', '2026', '2027', '2025-03', '2025-Q4', '2025-01:2026-06', `${a}:${b}`, a]
    const accounts = ['3000:8999', '1920', '1500', '1000:2999', '6800']
    const cells = accounts.flatMap((_, i) => periods.map((__, j) => [i, j]))
    const measures = ['opening', 'movement', 'closing', 'debit', 'credit']
    return { path: 'batch', body: { groups: measures.map((measure) => ({ measure, accounts, periods, cells })) } }
  },
]

beforeAll(async () => {
  c = await companyWithYears(app)
  const random = seeded(7)
  const drafts = randomDrafts(VOUCHERS, 11)
  const ids: string[] = []
  for (let done = 0; done < drafts.length; ) {
    const some = drafts.slice(done, done + 1 + random(Math.ceil((2 * VOUCHERS) / VERSIONS)))
    done += some.length
    const posted = await c.call('/vouchers/batch', { body: { vouchers: some } })
    if (posted.status !== 201) throw new Error(posted.text)
    ids.push(...posted.json.vouchers.map((v: any) => v.id))
    // A reversal dated wherever it falls, so that vouchers change places long after.
    const reversed = ids.splice(random(ids.length), 1)[0]!
    const day = addDays(FIRST, random(DAYS))
    const back = await c.call(`/vouchers/${reversed}/reversal`, { body: { id: voucherId(), voucherDate: day } })
    if (back.status !== 201) throw new Error(back.text)
    for (const which of new Set([random(REPORTS.length), random(REPORTS.length)])) {
      const { path, body } = REPORTS[which]!(random)
      const { json, status, text } = await c.call(`/reports/${path}`, { body })
      if (status !== 200) throw new Error(text)
      live.push({ path, body, atVersion: back.json.ledgerVersion, rows: said(json) })
    }
  }
  entries = await readPlainEntries(c)
}, 60_000)

test('a report at an old version is the report that was taken then', async () => {
  expect(new Set(live.map((l) => l.atVersion)).size).toBeGreaterThanOrEqual(100)
  expect(new Set(live.map((l) => l.path.split('?')[0])).size).toBe(5)
  for (const { path, body, atVersion, rows } of live) {
    const again = body
      ? await c.call(`/reports/${path}`, { body: { ...body, atVersion } })
      : await c.call(`/reports/${path}&atVersion=${atVersion}`)
    expect(said(again.json), `${path} at ${atVersion}`).toEqual(rows)
  }
}, 60_000)

test('as known at an instant is the version that stood then', async () => {
  const { rows } = await c.db.execute('select ledger_version, recorded_at from voucher order by ledger_version')
  const random = seeded(3)
  for (const { path } of live.filter((l) => !l.body).slice(0, 40)) {
    // Some instant of the history, between two vouchers or on one.
    const at = new Date(Date.parse(String(rows[random(rows.length)]!.recorded_at)) + random(3)).toISOString()
    const version = rows.filter((r) => String(r.recorded_at) <= at).length
    const [known, numbered] = await Promise.all([
      c.call(`/reports/${path}&asKnownAt=${at}`),
      c.call(`/reports/${path}&atVersion=${version}`),
    ])
    expect(known.json.atVersion).toBe(version)
    expect(known.json).toEqual(numbered.json)
  }
  const nothing = await c.call('/reports/trial-balance?asKnownAt=2020-01-01')
  expect(nothing.json).toMatchObject({ atVersion: 0, chainHead: null, rows: [] })
})

const day = fc.integer({ min: -20, max: DAYS + 20 }).map((n) => addDays(FIRST, n) as string)
// First days of months and years, and the days of opening vouchers, more often than chance would have them.
const someDay = fc.oneof(
  day,
  fc.constantFrom('2025-01-01', '2026-01-01', '2026-07-01', '2026-03-10', '2026-02-28', '2026-06-30', '2025-12-31'),
)
const asked = fc
  .record({
    days: fc.tuple(someDay, someDay),
    thousandths: fc.integer({ min: 0, max: 1000 }),
    dimensions: fc.constantFrom<Record<string, string>>(
      {},
      {},
      { department: '10' },
      { department: 'none' },
      { project: 'P-7' },
      { department: '20', project: 'none' },
    ),
  })
  .map(({ days: [a, b], ...rest }) => ({ fromDate: a < b ? a : b, toDate: a < b ? b : a, ...rest }))
  // Days that no fiscal year has are refused, see statements.test.ts.
  .filter(({ fromDate, toDate }) => YEARS.some((y) => y.firstDate <= toDate && fromDate <= y.lastDate))

const queryOf = ({ dimensions, ...rest }: Asked): string =>
  new URLSearchParams({ ...rest, atVersion: String(rest.atVersion), ...dimensions }).toString()
const withVersion = ({ thousandths, ...rest }: { thousandths: number } & Omit<Asked, 'atVersion'>): Asked => ({
  ...rest,
  atVersion: Math.round((thousandths * entries.at(-1)!.ledgerVersion) / 1000),
})
const figures = ({ opening, debit, credit, closing }: Row): Row => ({ opening, debit, credit, closing })

test('the trial balance is what the rules give entry by entry, at any days, version and dimension', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (sample) => {
      const q = withVersion(sample)
      const { json } = await c.call(`/reports/trial-balance?${queryOf(q)}`)
      const byHand = figuresByHand(entries, q, (e) => e.account)
      expect(Object.fromEntries(json.rows.map((r: any) => [r.account, figures(r)]))).toEqual(Object.fromEntries(byHand))
      if (Object.keys(q.dimensions).length === 0)
        expect(json.checks.map((check: any) => [check.key, check.holds, check.difference])).toEqual([
          ['debit-equals-credit', true, 0],
          ['closing-sums-to-zero', true, 0],
          ['customer-ledger-equals-control', true, 0],
          ['supplier-ledger-equals-control', true, 0],
        ])
    }),
    { numRuns: 120 },
  )
}, 30_000)

test('the entries of a general ledger sum to the trial balance, whatever the pages', async () => {
  const account = fc.constantFrom('1920', '1500', '3000', '6800', '2400', '2050', '3000:3999', '1000:2999')
  await fc.assert(
    fc.asyncProperty(asked, account, fc.integer({ min: 40, max: 2_000 }), async (sample, wanted, limit) => {
      const q = withVersion(sample)
      const balance = await c.call(`/reports/trial-balance?${queryOf(q)}`)
      const [from, to = from] = wanted.split(':') as [string, string?]
      const rows: Record<string, Row> = Object.fromEntries(
        balance.json.rows
          .filter((r: any) => r.account >= from && r.account <= to!)
          .map((r: any) => [r.account, figures(r)]),
      )
      const found: any[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: any = await c.call(
          `/reports/general-ledger?${queryOf(q)}&account=${wanted}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
        )
        expect(page.status).toBe(200)
        found.push(...page.json.entries)
        cursor = page.json.cursor
      }
      const sums: Record<string, Row> = {}
      for (const [number, row] of Object.entries(rows))
        sums[number] = { opening: row.opening, debit: 0, credit: 0, closing: row.opening }
      let before: any
      for (const e of found) {
        const sum = sums[e.account]!
        if (e.amount > 0) sum.debit += e.amount
        else sum.credit -= e.amount
        sum.closing += e.amount
        expect(e.balance).toBe(sum.closing)
        if (before) expect(orderOf(before) < orderOf(e)).toBe(true)
        before = e
      }
      expect(sums).toEqual(rows)
      const own = entries.filter(
        (e) =>
          e.account >= from &&
          e.account <= to! &&
          e.ledgerVersion <= q.atVersion &&
          matches(e, q.dimensions) &&
          e.voucherDate >= q.fromDate &&
          e.voucherDate <= q.toDate &&
          !(e.type === 'opening-balance' && e.voucherDate === q.fromDate),
      )
      expect(found.length).toBe(own.length)
    }),
    { numRuns: 50 },
  )
}, 30_000)

const orderOf = (e: any): string =>
  [e.account, e.voucherDate, String(e.ledgerVersion).padStart(9, '0'), String(e.line).padStart(4, '0')].join(' ')

test('customers and suppliers are what their entries sum to', async () => {
  await fc.assert(
    fc.asyncProperty(asked, fc.constantFrom('customer', 'supplier'), async (sample, kind) => {
      const q = { ...withVersion(sample), dimensions: {} }
      const { json } = await c.call(`/reports/party-balances?kind=${kind}&${queryOf(q)}`)
      const byHand = figuresByHand(entries, q, (e) => (e.partyKind === kind ? e.party! : undefined))
      expect(Object.fromEntries(json.rows.map((r: any) => [r.party, figures(r)]))).toEqual(Object.fromEntries(byHand))
    }),
    { numRuns: 40 },
  )
})

test('cells of a batch are the figures of the trial balance', async () => {
  const accounts = ['1920', '1500', '2400', '3000', '6800', '3000:3999', '1000:8999', '8050:8150', '9999:9999']
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 4 }), async (samples) => {
      const questions = samples.map(withVersion)
      const groups = questions.flatMap((q) =>
        (['opening', 'movement', 'closing', 'debit', 'credit'] as const).map((measure) => ({
          measure,
          dimensions: q.dimensions,
          atVersion: q.atVersion,
          accounts,
          periods: [`${q.fromDate}:${q.toDate}`],
          cells: accounts.map((_, i) => [i, 0]),
        })),
      )
      const { json } = await c.call('/reports/batch', { body: { groups } })
      questions.forEach((q, n) => {
        const byHand = figuresByHand(entries, q, (e) => e.account)
        const expected = (pick: (row: Row) => number) =>
          accounts.map((wanted) => {
            const [from, to = from] = wanted.split(':') as [string, string?]
            return [...byHand]
              .filter(([number]) => number >= from && number <= to!)
              .reduce((sum, [, row]) => sum + pick(row), 0)
          })
        const of = (m: number) => json.groups[n * 5 + m].amounts
        expect(of(0)).toEqual(expected((r) => r.opening))
        expect(of(1)).toEqual(expected((r) => r.debit - r.credit))
        expect(of(2)).toEqual(expected((r) => r.closing))
        expect(of(3)).toEqual(expected((r) => r.debit))
        expect(of(4)).toEqual(expected((r) => r.credit))
      })
    }),
    { numRuns: 40 },
  )
}, 30_000)
