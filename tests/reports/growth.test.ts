import { beforeAll, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { broughtForward, movedByMonth } from '#worker/reports/batch-store.ts'
import { accountSums, partySums, subLedgerSums } from '#worker/reports/figures-store.ts'
import { type Question, reportHeader } from '#worker/reports/question-store.ts'
import { ledgerEntries } from '#worker/reports/store.ts'
import type { TestCompany } from './random-ledger.ts'
import { insertRegisters, insertVouchers } from './seeded-ledger.ts'

/** No report that answers at once may read all vouchers or entries: looked up in the database's own plans. */
const app = testApp()
let c: TestCompany

beforeAll(async () => {
  c = await app.company({ fromYear: 2024, toYear: 2026 })
  await insertRegisters(c.db)
  await insertVouchers(c.db, 1, 3_000, '2024-01-01' as IsoDate)
})

const question = (over: Partial<Question> = {}): Question => ({
  filter: { dimensions: {} },
  today: '2026-11-21' as IsoDate,
  ...over,
})
const days = { fromDate: '2025-03-17' as IsoDate, toDate: '2026-05-14' as IsoDate }

async function planOf(statement: InStatement): Promise<string[]> {
  const { sql, args } = statement as { sql: string; args: any }
  const { rows } = await c.db.execute({ sql: `explain query plan ${sql}`, args })
  return rows.map((r) => String(r.detail))
}

const reading: [string, InStatement][] = [
  ['head', reportHeader(question())],
  ['accounts', accountSums(question())],
  ['accounts, any days', accountSums(question(days))],
  ['sub-ledger, any days', subLedgerSums(question(days))],
  ['customers', partySums(question({ filter: { kind: 'customer', dimensions: {} } }))],
  ['customers, any days', partySums(question({ ...days, filter: { kind: 'customer', dimensions: {} } }))],
  ['one department', accountSums(question({ filter: { dimensions: { department: '10' } } }))],
  ['one department, any days', accountSums(question({ ...days, filter: { dimensions: { department: '10' } } }))],
  ['no department', accountSums(question({ filter: { dimensions: { department: 'none' } } }))],
  ['a party', accountSums(question({ ...days, filter: { party: '10007', dimensions: {} } }))],
  ['a few versions back', accountSums(question({ ...days, atVersion: 2_990 }))],
  ['cells', movedByMonth(question(), [], { first: '2026-01', last: '2026-12' })],
  ['cells of days', movedByMonth(question(), ['2026-03' as any], { first: '0000-00', last: '2026-12' })],
  ['cells, opening vouchers', broughtForward(question())],
  [
    'an account',
    ledgerEntries(
      question({ ...days, filter: { accounts: { from: '1500', to: '1500' }, dimensions: {} } }),
      undefined,
      100,
    ),
  ],
]

/** How an index may be entered: at one key, at a range of versions, at the newest version, or at the last one before a moment. */
const AT_A_PLACE = /\((\w+=\?|ledger_version>\? AND ledger_version<\?|recorded_at<\?)|^SEARCH voucher$/

test.each(reading)('%s: no pass over vouchers or entries', async (_, statement) => {
  const plan = await planOf(statement)
  expect(plan.some((step) => /^(SCAN|SEARCH) /.test(step))).toBe(true)
  const touched = plan.filter((step) => /^(SCAN|SEARCH) (voucher|entry|v|e)\b/.test(step))
  // The partial index of opening vouchers holds only those.
  const free = touched.filter((step) => !AT_A_PLACE.test(step) && !step.includes('voucher_opening'))
  expect(free).toEqual([])
})

test('a question costs one round trip', async () => {
  const sent: string[] = []
  const plain = app.env.DATABASE_FETCH!
  await c.call('/reports/trial-balance') // access and migrations are known from here on, for a second
  app.env.DATABASE_FETCH = ((input: RequestInfo | URL, init?: RequestInit) => {
    sent.push(input instanceof Request ? input.url : String(input))
    return plain(input, init)
  }) as typeof fetch
  try {
    for (const path of [
      'trial-balance?department=10',
      'general-ledger?account=1500',
      'party-balances?kind=customer',
      'voucher-journal',
      'number-series',
    ]) {
      sent.length = 0
      expect((await c.call(`/reports/${path}`)).status).toBe(200)
      expect(sent.filter((url) => url.includes('cmp-')).length, path).toBe(1)
    }
  } finally {
    app.env.DATABASE_FETCH = plain
  }
})
