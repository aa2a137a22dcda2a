import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()

test('a pair that is equal in its currency: why it is refused, and the voucher of the difference once it is booked', async () => {
  const own = await withParties(await app.company())
  const { book } = deskOf(own)
  const eur = (currencyAmount: number) => ({ currency: 'EUR', currencyAmount })
  const invoice = await book(`${year}-01-10`, '1500:10001', 1_170_000, eur(100_000))
  const payment = await book(`${year}-01-20`, '1500:10001', -1_150_000, eur(-100_000))
  const browser = await memberOf(app, own.id, 'accountant')
  const page = `/companies/${own.id}/open-items`
  const list = await browser.get(page)
  expect(textOf(list.html)).toContain('−1 000,00 EUR')
  const id = /name="id" value="(mch_[^"]+)"/.exec(list.html)![1]!
  const item = [invoice, payment].map((one) => one.item).join(',')
  const refused = textOf((await browser.post(page, { id, item })).html)
  expect(refused).toContain('200,00 er valutadifferanse til konto 8160. Kryss av for «Bokfør differansen»')
  const made = await browser.submit(page, { id, item, difference: 'yes' })
  expect(textOf(made.html)).toContain(`1 utligning er gjort. Differansen er bokført som HB ${year}-3 .`)
  expect(made.html).toContain(`href="/companies/${own.id}/vouchers/vch_${id.slice(4)}"`)
})
