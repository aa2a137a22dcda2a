import { beforeAll, describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { readDashboard } from '#worker/dashboard/read-dashboard.ts'

const app = testApp()
const TODAY = '2026-04-15' as IsoDate
type Company = Awaited<ReturnType<typeof app.company>>
let c: Company

async function post(voucherDate: string, lines: Record<string, unknown>[]) {
  const answer = await c.call('/vouchers', { body: simpleDraft({ voucherDate, lines }) })
  if (answer.status !== 201) throw new Error(answer.text)
}
const sale = (date: string, amount: number) =>
  post(date, [
    { account: '1920', amount },
    { account: '3000', amount: -amount, vatCode: '3' },
  ])

beforeAll(async () => {
  c = await app.company({ fromYear: 2025, toYear: 2026 })
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' } })
  await sale('2025-02-10', 1_000_00)
  await sale('2026-01-20', 2_500_00)
  await sale('2026-02-20', 1_250_00)
  await sale('2026-04-02', 5_000_00)
  await post('2026-03-01', [
    { account: '1500:10001', amount: 12_500_00, dueDate: '2026-03-15', invoiceNumber: '7' },
    { account: '3000', amount: -12_500_00, vatCode: '3' },
  ])
})

describe('the overview', () => {
  test('covers the ended months of the year, beside last year, with profit positive', async () => {
    const board = await readDashboard(c.db, TODAY)
    expect(board).toMatchObject({ fiscalYear: 2026, fromMonth: '2026-01', throughMonth: '2026-03', hasLastYear: true })
    expect(board.months).toEqual([
      { month: '2026-01', result: 2_000_00, before: 0, planned: null },
      { month: '2026-02', result: 1_000_00, before: 800_00, planned: null },
      { month: '2026-03', result: 10_000_00, before: 0, planned: null },
    ])
    expect(board.operatingIncome).toEqual({ now: 13_000_00, before: 800_00 })
    expect(board.resultBeforeTax).toEqual({ now: 13_000_00, before: 800_00, planned: null })
  })
  test('its figures are those of the reports they lead to', async () => {
    const board = await readDashboard(c.db, TODAY)
    const balance = (await c.call(`/reports/trial-balance?toDate=${TODAY}`)).json
    const closing = (account: string) => balance.rows.find((r: any) => r.account === account)?.closing ?? 0
    expect(board.cash.today).toBe(closing('1920'))
    expect(board.customers.totals.total).toBe(closing('1500'))
    const vat = (await c.call(`/reports/vat-specification?term=${board.vat!.term.key}`)).json
    expect([board.vat!.term.key, board.vat!.toPay]).toEqual(['2026-T1', vat.toPay])
  })
  test('what waits: VAT until it is settled, claims past due, a month that is over and open', async () => {
    const tasks = async (today: string) => (await readDashboard(c.db, today as IsoDate)).tasks.map((task) => task.key)
    expect(await tasks('2026-04-09')).toEqual(['vat-settlement', 'overdue-customers', 'open-month'])
    expect(await tasks(TODAY)).toEqual(['vat-settlement', 'overdue-customers', 'open-month'])
    expect(await tasks('2026-03-10')).toEqual(['vat-settlement', 'open-month'])
    const late = (await readDashboard(c.db, TODAY)).tasks.find((task) => task.key === 'overdue-customers')
    expect(late).toMatchObject({ count: 1, amount: 12_500_00 })
  })
  test('in January no month of the year is over: December is what may be locked, never the running month', async () => {
    const open = async (today: string) =>
      (await readDashboard(c.db, today as IsoDate)).tasks.find((task) => task.key === 'open-month')
    expect(await open('2026-01-15')).toEqual({ key: 'open-month', month: '2025-12' })
    expect(await open('2026-02-01')).toEqual({ key: 'open-month', month: '2026-01' })
    expect(await open('2025-01-31')).toBeUndefined()
  })
  test('a company without a voucher has one too, and the API gives it', async () => {
    const empty = await app.company()
    const { status, json } = await empty.call('/dashboard')
    expect([status, json.cash.today, json.latest, json.operatingResult.now]).toEqual([200, 0, [], 0])
  })
})
