import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { readJudged } from '#worker/opening-balance/book-opening.ts'
import { removeOpening } from '#worker/opening-balance/save-opening.ts'

const { company } = testApp()
const year = new Date().getFullYear()
const day = `${year}-01-01`
const path = `/opening-balances/${day}`
type Company = Awaited<ReturnType<typeof company>>
type Row = Record<string, unknown>

const row = (rowKey: string, of: Row): Row => ({ rowKey, ...of })
/** A small company: bank, equity, two customers with three invoices, a supplier nobody knows yet. */
const ROWS: Row[] = [
  row('a', { account: '1920', amount: 500_000 }),
  row('b', { account: '1500', amount: 300_000 }),
  row('c', {
    account: '1500',
    party: '10001',
    invoiceNumber: '881',
    invoiceDate: `${year - 1}-12-02`,
    dueDate: `${year}-01-02`,
    amount: 200_000,
  }),
  row('d', {
    account: '1500',
    party: '10001',
    invoiceNumber: '882',
    dueDate: `${year}-01-09`,
    paymentReference: '8826',
    amount: 125_000,
  }),
  row('e', { account: '1500', party: '10002', invoiceNumber: '870', amount: -25_000, text: 'Kreditnota 870' }),
  row('f', {
    account: '2400',
    party: '20077',
    name: 'Nytt Sagbruk AS',
    invoiceNumber: 'S-1',
    dueDate: `${year}-01-20`,
    amount: -150_000,
  }),
  row('g', { account: '2050', amount: -650_000 }),
]
async function withParties() {
  const c = await company()
  for (const number of ['10001', '10002'])
    await c.call('/parties', { body: { kind: 'customer', number, name: `Kunde ${number}` } })
  return c
}
const put = (c: Company, rows: Row[], more: Row = {}, version = '"0"') =>
  c.call(path, { method: 'PUT', body: { rows, ...more }, headers: { 'if-match': version } })
const book = (c: Company, body: Row = {}) => c.call(`${path}/booking`, { body })
const codes = (answer: { json: any }) => answer.json.issues?.map((i: any) => `${i.code} ${i.pointer}`)
const openItems = async (c: Company) =>
  (await c.call('/open-items')).json.items.map((i: any) => [
    i.party,
    i.invoiceNumber,
    i.dueDate,
    i.paymentReference,
    i.rest,
  ])

describe('an opening balance', () => {
  test('is booked as one voucher with an open item for each invoice; a second press changes nothing', async () => {
    const c = await withParties()
    const kept = await put(c, ROWS)
    expect(kept.json).toMatchObject({
      state: 'draft',
      version: 1,
      sum: 0,
      counts: { accounts: 2, items: 4 },
      gauges: [
        { account: '1500', amount: 300_000, target: 300_000 },
        { account: '2400', amount: -150_000, target: -150_000 },
      ],
      newParties: [{ kind: 'supplier', number: '20077', name: 'Nytt Sagbruk AS', controlAccount: '2400' }],
    })
    expect(codes(kept)).toEqual(['opening-balance/party-made #/rows/5/party'])
    const booked = await book(c)
    expect(booked.json).toMatchObject({
      state: 'booked',
      replayed: false,
      voucher: { series: 'AB', number: 1, reversed: false },
    })
    expect((await book(c)).json).toMatchObject({ state: 'booked', replayed: true, voucher: { number: 1 } })
    expect((await put(c, ROWS, {}, '"1"')).json).toMatchObject({ state: 'booked', version: 1 })
    expect(await openItems(c)).toEqual([
      ['10001', '881', `${year}-01-02`, null, 200_000],
      ['10001', '882', `${year}-01-09`, '8826', 125_000],
      ['10002', '870', null, null, -25_000],
      ['20077', 'S-1', `${year}-01-20`, null, -150_000],
    ])
    expect((await c.call('/vouchers')).json.vouchers).toHaveLength(1)
    expect((await c.call('/parties/supplier/20077')).json.name).toBe('Nytt Sagbruk AS')
  })

  test('waits until sum and control accounts agree, and says what is missing', async () => {
    const c = await withParties()
    const wrong = ROWS.map((r) => (r.rowKey === 'd' ? { ...r, amount: 120_000 } : r))
    const kept = await put(c, wrong)
    expect(kept.json.sum).toBe(-5_000)
    expect(codes(kept)).toEqual([
      'opening-balance/unbalanced #/rows',
      'opening-balance/control-differs #/rows/1/amount',
      'opening-balance/party-made #/rows/5/party',
    ])
    expect(kept.json.issues[1].message.replaceAll('\u00a0', ' ')).toBe(
      'Konto 1500: postene er 2 950,00, men saldoen er 3 000,00. Det mangler 50,00.',
    )
    const refused = await book(c)
    expect([refused.status, refused.json.code]).toEqual([422, 'opening-balance/invalid'])
    expect((await c.call('/vouchers')).json.vouchers).toEqual([])
    expect((await book(c, { dryRun: true })).json.state).toBe('draft')
  })

  test('an amount and what it is in its currency have one sign, also where no rate is told', async () => {
    const c = await withParties()
    const eur = (rowKey: string, amount: number, currencyAmount: number) =>
      row(rowKey, { account: '1920', amount, currency: 'EUR', currencyAmount, text: rowKey })
    const kept = await put(c, [eur('a', 1_000, -100), eur('b', -1_000, -100), { ...eur('c', 5, -5), currency: 'NOK' }])
    expect(codes(kept).filter((told: string) => told.startsWith('field/'))).toEqual([
      'field/invalid #/rows/0/currencyAmount',
    ])
    expect((await book(c)).json.code).toBe('opening-balance/invalid')
  })

  test('tells every fault at its row', async () => {
    const c = await withParties()
    const kept = await put(c, [
      row('a', { account: '9999', amount: 100 }),
      row('b', { account: '1500', party: '10009', amount: 100 }),
      row('c', { account: '1920', party: '10001', amount: 100 }),
      row('d', { amount: 100 }),
      row('e', { account: '1920' }),
      row('f', { account: '1920', amount: 5 }),
      row('g', { account: '1500', party: '10001', invoiceNumber: '1', paymentReference: '8827', amount: 1 }),
      row('h', { account: '1500', party: '10001', invoiceNumber: '1', amount: 1 }),
      row('i', {}),
    ])
    expect(codes(kept)).toEqual([
      'opening-balance/unbalanced #/rows',
      'account/unknown #/rows/0/account',
      'party/unknown #/rows/1/party',
      'party/wrong-kind #/rows/2/account',
      'field/required #/rows/3/account',
      'field/required #/rows/4/amount',
      'opening-balance/twice #/rows/5/account',
      'field/invalid #/rows/6/paymentReference',
      'opening-balance/twice #/rows/7/invoiceNumber',
    ])
  })

  test('income and cost are moved to equity where one says so', async () => {
    const c = await company()
    const rows = [
      row('a', { account: '1920', amount: 100_000 }),
      row('b', { account: '3000', amount: -500_000 }),
      row('c', { account: '6300', amount: 400_000 }),
    ]
    expect(codes(await put(c, rows))).toEqual(['opening-balance/result-accounts #/rows/1/account'])
    const moved = await put(c, rows, { resultAccount: '2050' }, '"1"')
    expect(moved.json).toMatchObject({ result: 100_000, sum: 0, issues: [] })
    await book(c)
    const [voucher] = (await c.call('/vouchers')).json.vouchers
    const { entries } = (await c.call(`/vouchers/${voucher.id}`)).json
    expect(entries.map((e: any) => [e.account, e.amount])).toEqual([
      ['1920', 100_000],
      ['2050', -100_000],
    ])
  })

  test('changed rows take the place of the voucher before, both or neither, and only when one says so', async () => {
    const c = await withParties()
    await put(c, ROWS)
    await book(c)
    const more = ROWS.map((r) =>
      r.rowKey === 'a' ? { ...r, amount: 600_000 } : r.rowKey === 'g' ? { ...r, amount: -750_000 } : r,
    )
    expect((await put(c, more, {}, '"1"')).json).toMatchObject({ state: 'changed', version: 2 })
    const asked = await book(c)
    expect([asked.json.code, asked.json.title]).toEqual([
      'opening-balance/booked',
      `Åpningsbalansen er allerede bokført som AB ${year}-1. Velg å erstatte den, så tilbakeføres den og bokføres på nytt.`,
    ])
    const replaced = await book(c, { replace: true })
    expect(replaced.json).toMatchObject({ state: 'booked', voucher: { number: 3, reversed: false } })
    const { rows } = (await c.call(`/reports/trial-balance?fromDate=${day}&toDate=${day}`)).json
    expect(rows.find((r: any) => r.account === '1920').closing).toBe(600_000)
    expect((await openItems(c)).filter((i: any[]) => i[4] !== 0)).toHaveLength(4)
  })

  test('is undone by one reversal while nothing builds on it', async () => {
    const c = await withParties()
    await put(c, ROWS)
    expect((await c.call(`${path}/reversal`, { body: {} })).json.code).toBe('opening-balance/not-booked')
    await book(c)
    expect((await c.call(path, { method: 'DELETE' })).json.code).toBe('opening-balance/booked')
    const undone = await c.call(`${path}/reversal`, { body: { reason: 'Feil liste' } })
    expect(undone.json).toMatchObject({ state: 'reversed', voucher: { reversed: true } })
    expect((await book(c)).json).toMatchObject({ state: 'booked', replayed: false, voucher: { number: 3 } })

    const items = (await c.call('/open-items')).json.items.filter((i: any) => i.rest !== 0 && i.party === '10001')
    const credit = { rowKey: 'k', account: '1500:10001', amount: -200_000 }
    await c.call('/vouchers', {
      body: {
        id: `vch_${'7'.repeat(26)}`,
        type: 'payment-in',
        voucherDate: `${year}-01-05`,
        lines: [
          { ...credit, matches: [{ openItem: items[0].id, amount: -200_000 }].map((m) => ({ ...m, amount: 200_000 })) },
          { rowKey: 'b', account: '1920', amount: 200_000 },
        ],
      },
    })
    expect((await c.call(`${path}/reversal`, { body: {} })).json.code).toBe('opening-balance/in-use')
  })

  test('two at once, another opening voucher, and what is not there', async () => {
    const c = await withParties()
    await put(c, ROWS)
    const stale = await put(c, ROWS.slice(1))
    expect([stale.status, stale.json.code]).toEqual([409, 'version/stale'])
    const answers = await Promise.all([book(c), book(c), book(c)])
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200])
    expect((await c.call('/vouchers')).json.vouchers).toHaveLength(1)
    const other = await company()
    await other.call('/vouchers', {
      body: {
        id: `vch_${'9'.repeat(26)}`,
        type: 'opening-balance',
        voucherDate: day,
        lines: [
          { rowKey: 'a', account: '1920', amount: 5 },
          { rowKey: 'b', account: '2050', amount: -5 },
        ],
      },
    })
    await put(other, [row('a', { account: '1920', amount: 7 }), row('b', { account: '2050', amount: -7 })])
    expect((await book(other)).json.code).toBe('opening-balance/exists')
    expect((await c.call('/opening-balances/2019-01-01')).json.code).toBe('opening-balance/unknown')
    expect(
      (await c.call('/opening-balances/2019-13-01', { method: 'PUT', body: { rows: [] } })).json.issues[0].code,
    ).toBe('date/invalid')
    const outside = await c.call('/opening-balances/1990-01-01', { method: 'PUT', body: { rows: ROWS } })
    expect(codes(outside)[0]).toBe('fiscal-year/missing #/openingDate')
    expect((await c.call('/opening-balances/1990-01-01', { method: 'DELETE' })).status).toBe(204)
    expect(
      (await c.call('/opening-balances')).json.openings.map((o: any) => [o.openingDate, o.state, o.rowCount]),
    ).toEqual([[day, 'booked', 7]])
  })
})

test('openings of two days, booked at once, do not both stand', async () => {
  const c = await company()
  const paths = ['01', '02'].map((month) => `/opening-balances/${year}-${month}-01`)
  const rows = [row('a', { account: '1920', amount: 100 }), row('b', { account: '2050', amount: -100 })]
  for (const at of paths) await c.call(at, { method: 'PUT', body: { rows }, headers: { 'if-match': '"0"' } })
  const both = await Promise.all(paths.map((at) => c.call(`${at}/booking`, { body: {} })))
  expect(both.filter((answer) => answer.status === 200).length).toBeLessThan(2)
  expect((await c.call('/vouchers')).json.vouchers.length).toBeLessThan(2)
})

test('an opening balance is read once, whatever the plan; only open items ask for what the plan opens with as well', async () => {
  const c = await company()
  const put = (to: string, body: object) => c.call(to, { method: 'PUT', body, headers: { 'if-match': '*' } })
  const days: [variant: string, cutOverDate: string, openingDate: string][] = [
    ['opening', day, day],
    ['movements', `${year}-03-01`, day],
    ['movements', `${year}-02-01`, `${year}-01-31`],
  ]
  const read: number[] = []
  for (const [variant, cutOverDate, openingDate] of days) {
    expect((await put('/takeover', { variant, openingDate: day, cutOverDate })).status).toBe(200)
    await put(`/opening-balances/${openingDate}`, { rows: [row('a', { account: '1920', amount: 100 })] })
    const asked: string[] = []
    const execute: Database['execute'] = (statement) => {
      asked.push(typeof statement === 'string' ? statement : statement.sql)
      return c.db.execute(statement)
    }
    const db: Pick<Database, 'execute' | 'batch'> = { execute, batch: (...all) => c.db.batch(...all) }
    await readJudged(db as Database, c.id, openingDate)
    read.push(asked.filter((sql) => sql.includes('where o.opening_date = ?')).length)
  }
  expect(read).toEqual([1, 1, 2])
})

test('an opening balance that somebody saves while another takes it away stays, and that is told', async () => {
  const c = await company()
  const save = (amount: number) =>
    c.call(path, {
      method: 'PUT',
      body: { rows: [row('a', { account: '1920', amount })] },
      headers: { 'if-match': '*' },
    })
  await save(100)
  const db = {
    execute: c.db.execute.bind(c.db),
    async batch(...asked: Parameters<typeof c.db.batch>) {
      await save(200) // after it was read, before it is taken away
      return c.db.batch(...asked)
    },
  }
  const acting = { db: db as Database, by: 'usr_1', at: new Date().toISOString() as Instant }
  await expect(removeOpening(acting, day)).rejects.toMatchObject({ status: 409, code: 'version/stale' })
  expect((await c.call(path)).json.rows).toMatchObject([{ amount: 200 }])
})
