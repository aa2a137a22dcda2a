import { expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { readStatement } from '#worker/subledger/read-statement.ts'

const app = testApp()
const company = async () => withParties(await app.company({ fromYear: 2025, toYear: 2027 }))

test('the list tells what an item is, page by page, with the sum of all', async () => {
  const c = await company()
  const { book } = deskOf(c)
  const first = await book('2026-01-10', '1500:10001', 12_345, {
    invoiceNumber: '1001',
    dueDate: '2026-01-24',
    paymentReference: '20017008842130',
    text: 'Tømmer',
    currency: 'EUR',
    currencyAmount: 1_000,
  })
  for (let day = 1; day <= 4; day++) await book(`2026-02-0${day}`, '2400:20001', -1_000 * day)
  const { json } = await c.call('/open-items?limit=2&asAtDate=2026-02-03')
  expect(json).toMatchObject({
    ledgerVersion: 5,
    atVersion: 5,
    asAtDate: '2026-02-03',
    totals: { count: 4, rest: 6_345 },
  })
  expect(json.items[0]).toEqual({
    id: first.item,
    kind: 'customer',
    party: '10001',
    partyName: 'Fjordvik Handel AS',
    account: '1500',
    voucher: { id: first.id, type: 'general', series: 'HB', fiscalYear: 2026, number: 1 },
    voucherDate: '2026-01-10',
    dueDate: '2026-01-24',
    daysOverdue: 10,
    invoiceNumber: '1001',
    paymentReference: '20017008842130',
    text: 'Tømmer',
    currency: 'EUR',
    currencyAmount: 1_000,
    currencyRest: 1_000,
    amount: 12_345,
    rest: 12_345,
  })
  const next = await c.call(`/open-items?limit=2&asAtDate=2026-02-03&cursor=${json.cursor}`)
  expect([json, next.json].flatMap((page) => page.items.map((i: any) => i.rest))).toEqual([
    12_345, -1_000, -2_000, -3_000,
  ])
  expect(next.json.cursor).toBeNull()
})

test('overdue are the claims past due on the day, not payments', async () => {
  const c = await company()
  const { book, open } = deskOf(c)
  const due = await book('2026-01-01', '1500:10001', 100, { dueDate: '2026-01-15' })
  await book('2026-01-01', '1500:10001', 200, { dueDate: '2026-02-15' })
  await book('2026-01-01', '1500:10001', -300)
  const owed = await book('2026-01-01', '2400:20001', -400)
  expect(await open('&overdue=true&asAtDate=2026-01-15')).toEqual({ [owed.item]: -400 })
  expect(await open('&overdue=true&asAtDate=2026-01-16')).toEqual({ [due.item]: 100, [owed.item]: -400 })
  expect(await open('&overdue=true&asAtDate=2026-01-16&kind=customer&account=1500&party=10001')).toEqual({
    [due.item]: 100,
  })
})

test('ageing has a column for each span of days, and sums to the control accounts', async () => {
  const c = await company()
  const { book } = deskOf(c)
  const dueOn = (dueDate: string, amount: number, party = '1500:10001') =>
    book('2025-06-01', party, amount, { dueDate })
  await dueOn('2026-03-31', 1) // due on the day itself
  await dueOn('2026-03-30', 10)
  await dueOn('2026-03-01', 100) // 30 days
  await dueOn('2026-02-28', 1_000) // 31 days
  await dueOn('2026-01-01', 10_000) // 89 days
  await dueOn('2025-12-30', 100_000, '1500:10002') // 91 days
  await dueOn('2026-03-20', -7, '1500:10002')
  const { json } = await c.call('/open-items/ageing?kind=customer&asAtDate=2026-03-31')
  expect(json.rows.map(({ party, notDue, pastDue, total }: any) => [party, notDue, ...pastDue, total])).toEqual([
    ['10001', 1, 110, 1_000, 10_000, 0, 11_111],
    ['10002', 0, -7, 0, 0, 100_000, 99_993],
  ])
  expect(json).toMatchObject({
    buckets: [30, 60, 90],
    totals: { total: 111_104 },
    checks: [{ key: 'open-items-equal-control', holds: true, difference: 0 }],
  })
  const own = await c.call('/open-items/ageing?kind=customer&asAtDate=2026-03-31&party=10002&buckets=10,365')
  expect(own.json.rows.map((r: any) => r.pastDue)).toEqual([[0, 99_993, 0]])
  expect(own.json.checks[0].holds).toBe(true)
})

test('the check fails when the items no longer are the control account', async () => {
  const c = await company()
  await deskOf(c).book('2026-01-01', '1500:10001', 500)
  await c.db.execute("update balance set debit = debit + 1 where account = '1500'") // as a faulty disk would
  const { json } = await c.call('/open-items/ageing?kind=customer&asAtDate=2026-01-31')
  expect(json.checks).toEqual([{ key: 'open-items-equal-control', holds: false, difference: -1 }])
})

test('a statement is of one moment, whatever is posted while it is read', async () => {
  const c = await company()
  const { book } = deskOf(c)
  await book('2026-01-10', '1500:10001', 10_000, { invoiceNumber: '1' })
  // One request at a time, and a posting after each.
  let turn: Promise<unknown> = Promise.resolve()
  const busy = {
    ...c.db,
    execute: c.db.execute.bind(c.db),
    batch(...asked: Parameters<typeof c.db.batch>) {
      const answer = turn.then(() => c.db.batch(...asked))
      turn = answer.then(() => book('2026-01-11', '1500:10001', 500, { invoiceNumber: '2' }))
      return answer
    },
  }
  const asked = { kind: 'customer', party: '10001' } as const
  const { checks, closing, openItems, ledgerVersion } = await readStatement(busy, asked, '2026-06-30' as IsoDate)
  await turn
  expect(checks).toEqual([{ key: 'open-items-equal-closing', holds: true, difference: 0 }])
  expect([closing, openItems.length, ledgerVersion]).toEqual([10_000, 1, 1])
})

test('a statement opens, moves and closes, and tells what is open then', async () => {
  const c = await company()
  const { book, posted, match } = deskOf(c)
  await posted({
    id: voucherId(),
    type: 'opening-balance',
    voucherDate: '2026-01-01',
    lines: [
      { account: '1500:10001', amount: 5_000, invoiceNumber: 'IB' },
      { account: '2050', amount: -5_000 },
    ],
  })
  const invoice = await book('2026-02-01', '1500:10001', 20_000, { dueDate: '2026-02-15', invoiceNumber: '7' })
  const payment = await book('2026-03-01', '1500:10001', -20_000, {}, '1920')
  await match({ items: [{ openItem: invoice.item }, { openItem: payment.item }] })
  const at = (query: string) => c.call(`/parties/customer/10001/statement?${query}`)

  const year = await at('fromDate=2026-01-01&toDate=2026-12-31')
  expect(year.json).toMatchObject({
    partyName: 'Fjordvik Handel AS',
    opening: 5_000,
    closing: 5_000,
    ageing: { total: 5_000 },
  })
  expect(year.json.entries.map((e: any) => [e.voucherDate, e.amount, e.balance])).toEqual([
    ['2026-02-01', 20_000, 25_000],
    ['2026-03-01', -20_000, 5_000],
  ])
  const february = await at('fromDate=2026-02-01&toDate=2026-02-28')
  expect(february.json).toMatchObject({ opening: 5_000, closing: 25_000, openItemCount: 2, checks: [{ holds: true }] })
  expect(february.json.openItems.map((i: any) => [i.invoiceNumber, i.rest, i.daysOverdue])).toEqual([
    ['IB', 5_000, 58],
    ['7', 20_000, 13],
  ])
  const known = await at('fromDate=2026-01-01&toDate=2026-12-31&atVersion=2')
  expect(known.json).toMatchObject({ atVersion: 2, closing: 25_000, openItemCount: 2 })
  const page = await at('fromDate=2026-01-01&toDate=2026-12-31&limit=1')
  const rest = await at(`fromDate=2026-01-01&toDate=2026-12-31&limit=1&cursor=${page.json.cursor}`)
  expect(rest.json.entries.map((e: any) => [e.amount, e.balance])).toEqual([[-20_000, 5_000]])

  expect((await at('fromDate=2026-03-01&toDate=2026-02-01')).json.issues[0].code).toBe('period/reversed')
  expect((await at('atVersion=99')).json.issues[0].code).toBe('ledger-version/unknown')
  for (const path of ['customer/99', 'supplier/10001', 'bank/10001'])
    expect((await c.call(`/parties/${path}/statement`)).json.code).toBe('party/unknown')
})

test('card, report and list give the same number', async () => {
  const c = await company()
  const { book, open } = deskOf(c)
  for (const amount of [10_000, -2_500, 40_000]) await book('2026-04-10', '1500:10001', amount)
  await book('2026-04-10', '1500:10002', 1)
  const { json } = await c.call('/parties/customer/10001/statement?fromDate=2026-01-01&toDate=2026-12-31')
  const report = await c.call('/reports/party-balances?kind=customer&party=10001&fromDate=2026-01-01&toDate=2026-12-31')
  const items = Object.values(await open('&party=10001')).reduce((sum, n) => sum + n, 0)
  expect([json.closing, report.json.rows[0].closing, items]).toEqual([47_500, 47_500, 47_500])
})

test('what a list is asked for must be readable', async () => {
  const c = await company()
  const wrong = async (path: string) => (await c.call(path)).json.issues.map((i: any) => `${i.pointer} ${i.code}`)
  expect(await wrong('/open-items?kind=bank&asAtDate=2026-02-30&cursor=x&overdue=maybe&more=1')).toEqual([
    '#/asAtDate date/invalid',
    '#/kind field/invalid',
    '#/overdue field/invalid',
    '#/cursor field/invalid',
    '#/more field/invalid',
  ])
  expect(await wrong('/open-items/ageing')).toEqual(['#/kind field/required'])
  expect(await wrong('/open-items/ageing?kind=customer&buckets=30,30')).toEqual(['#/buckets field/invalid'])
  expect(await wrong('/open-items?atVersion=1')).toEqual(['#/atVersion ledger-version/unknown'])
})
