import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const app = testApp()
const thisYear = new Date().getFullYear()
const year = thisYear - 1

test('an opening balance that was begun and left is not where the books begin when another stands, or when it begins nothing', async () => {
  const company = await app.company()
  const first = async () => (await company.call('/comparison')).json.months[0].month
  const [oldest] = (await company.call('/fiscal-years')).json.fiscalYears
  const firstYear = Number(oldest.firstDate.slice(0, 4))
  const keep = (day: string) =>
    company.call(`/opening-balances/${day}`, {
      method: 'PUT',
      body: {
        rows: [
          { rowKey: 'a', account: '1920', amount: 100 },
          { rowKey: 'b', account: '2050', amount: -100 },
        ],
      },
      headers: { 'if-match': '"0"' },
    })
  // No fiscal year has that day, so nothing can begin there.
  expect((await keep(`${firstYear - 3}-01-01`)).status).toBe(200)
  expect(await first()).toBe(`${firstYear - 1}-01`)
  // Figures of its own stand before it: the ledger has begun already.
  const posted = simpleDraft({ voucherDate: `${thisYear}-01-02` })
  expect((await company.call('/vouchers', { body: posted })).status).toBe(201)
  expect((await keep(`${thisYear}-02-01`)).status).toBe(200)
  expect(await first()).toBe(`${firstYear - 1}-01`)
  // One stands, where nobody planned a take-over; what was left for an earlier day is not asked.
  expect((await keep(oldest.firstDate)).status).toBe(200)
  expect((await keep(`${thisYear}-01-01`)).status).toBe(200)
  expect((await company.call(`/opening-balances/${thisYear}-01-01/booking`, { body: {} })).status).toBe(200)
  await company.db.execute('delete from takeover')
  expect(await first()).toBe(`${year}-01`)
})
