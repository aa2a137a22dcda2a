// An import into a company's own books that is cut off at any of its writes, and asked for again, comes to what it would have come to.
import { expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { plain, saftDesk } from './saft-desk.ts'

const app = testApp()
const { send } = saftDesk(app)

/** Writes to a database until it is away, and whether the last of them still gets through. */
let cut: { database: string; writes: number; answerLost: boolean } | undefined
const { DATABASE_FETCH: direct } = app.env
app.env.DATABASE_FETCH = (async (input: string, init: RequestInit) => {
  if (!cut || !String(input).includes(cut.database)) return direct!(input, init)
  const last = /BEGIN IMMEDIATE/.test(String(init.body)) && --cut.writes === 0
  if (cut.writes > 0) return direct!(input, init)
  if (last && cut.answerLost) await direct!(input, init)
  return new Response('{"code":"SQLITE_BUSY","message":"away"}', { status: 503 })
}) as typeof fetch

/**
 * What an import rests on that was booked before it was cut: an account known as VAT by its old standard account, parties whose
 * control account only the lines tell, too many of them to be written at once, opening balances and dimensions.
 */
const content = saft(
  withClosings({
    ...plain,
    version: '1.10',
    accounts: [
      ...plain.accounts.map((a) => (a.id === '1500' ? { id: '1513' } : a)),
      { id: '1519', opening: 50_000 },
      { id: '2996' },
    ],
    customers: Array.from({ length: 1_001 }, (_, i) => ({ id: String(20_000 + i) })),
    taxCodes: [['3', '3', '25']],
    analysis: [['A', 'Avdeling', '10', 'Oslo']],
    transactions: ['A', 'B', 'C'].map((id, i) => ({
      id,
      date: `2025-0${i + 1}-10`,
      lines: [
        { account: '1513', amount: 12_500, customer: String(20_000 + i) },
        { account: '3000', amount: -10_000, tax: ['3', '25', -2_500], analysis: [['A', '10']] },
        { account: '2996', amount: -2_500 },
      ],
    })),
  }),
).replace(
  /(<AccountID>2996<\/AccountID><AccountDescription>[^<]*<\/AccountDescription>)/,
  '$1<StandardAccountID>27</StandardAccountID>',
)

async function booksOf(company: Awaited<ReturnType<typeof app.company>>) {
  const { rows } = await company.db.execute(`select
    (select json_group_array(content_hash || text) from (select * from voucher order by external_id)) as vouchers,
    (select json_group_array(number || coalesce(control, '')) from (select * from account order by number)) as accounts,
    (select count(*) from party) as parties, (select json_group_array(code) from dimension_value) as "values"`)
  return rows[0]
}

test('cut off at any write, an import that is asked for again comes to the same books', async () => {
  const whole = await app.company({ fromYear: 2024, toYear: 2026 })
  const asked = `${whole.path}/imports/saft`
  const first = await send(content, asked)
  expect([first.status, first.json.told.map((t: any) => t.code)]).toEqual([
    201,
    expect.not.arrayContaining(['party-not-kept']),
  ])
  const books = await booksOf(whole)
  expect(String(books!.vouchers)).toContain('Åpningsbalanse')
  const control = await whole.db.execute("select control from account where number = '1513'")
  expect(control.rows).toMatchObject([{ control: 'customer' }])
  vi.spyOn(console, 'error').mockReturnValue() // each cut is told
  let cuts = 0
  for (; ; cuts++) {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    cut = { database: company.id.replace('_', '-'), writes: 1 + (cuts >> 1), answerLost: cuts % 2 === 1 }
    const stopped = await send(content, `${company.path}/imports/saft`)
    cut = undefined
    if (stopped.status === 201) break
    expect(stopped.status, stopped.text).toBe(503)
    const again = await send(content, `${company.path}/imports/saft`)
    expect([cuts, again.status, again.json.differences]).toEqual([
      cuts,
      expect.toBeOneOf([200, 201]),
      first.json.differences,
    ])
    expect([cuts, await booksOf(company)]).toEqual([cuts, books])
  }
  expect(cuts).toBeGreaterThan(10)
}, 30_000)
