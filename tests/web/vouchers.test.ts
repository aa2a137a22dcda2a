import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()

test('the trail of a correction says what it corrects and why, and of no lock where none was passed', async () => {
  const company = await app.company()
  const browser = await memberOf(app, company.id, 'administrator')
  const { id } = (await company.call('/vouchers', { body: simpleDraft() })).json
  const reason = 'Feil konto'
  const corrected = await company.call(`/vouchers/${id}/correction`, {
    body: {
      reversal: { id: voucherId(), voucherDate: `${year}-02-01`, reason },
      voucher: simpleDraft({ voucherDate: `${year}-02-01`, reason }),
    },
  })
  const page = async (of: string) => textOf((await browser.get(`/companies/${company.id}/vouchers/${of}`)).html)
  const trail = (await page(corrected.json.voucher.id)).split('Revisjonsspor')[1]!
  expect(trail).toContain(`Retter HB ${year}-1. Grunn: «Feil konto»`)
  expect(trail).not.toContain('låst periode')
  expect((await page(corrected.json.reversal.id)).split('Revisjonsspor')[1]).toContain('Grunn: «Feil konto»')
})

test('a filter that cannot be read is told at its field; the list does not show all instead', async () => {
  const company = await app.company()
  const browser = await memberOf(app, company.id, 'administrator')
  await company.call('/vouchers', { body: simpleDraft() })
  const listed = async (query: string) => {
    const { html } = await browser.get(`/companies/${company.id}/vouchers?${query}`)
    return { html, text: textOf(html), found: html.includes('hb-row-link') }
  }
  for (const amount of ['1', '0,50', '1,00', '1.00', 'kr 1,00'])
    expect([amount, (await listed(`minAmount=${encodeURIComponent(amount)}`)).found]).toEqual([amount, true])
  expect((await listed('minAmount=89.612,50')).found).toBe(false)
  const amount = await listed('minAmount=abc')
  expect(amount).toMatchObject({ found: false, text: expect.stringContaining('Beløpet kan ikke leses.') })
  expect(amount.html).toMatch(
    /name="minAmount" value="abc"[^>]*aria-invalid="true" aria-describedby="unread" data-focus/,
  )
  expect(amount.html).not.toContain('/exports/vouchers')
  const day = await listed('fromDate=31.02')
  expect(day).toMatchObject({ found: false, text: expect.stringContaining('Datoen finnes ikke.') })
  expect(day.html).toMatch(/name="fromDate"[^>]*value="31.02"[^>]*aria-invalid="true"/)
})

test.each([
  '/currency/revaluation?date=',
  '/open-items?asAtDate=',
  '/open-items/ageing?knownAt=',
  '/audit-log?fromDate=',
  '/reports/liquidity?toDate=',
  '/reports/key-figures?toDate=',
  '/vat-specification?knownAt=',
  '/opening-balances?date=',
  '/trial-balance?account=1920&toDate=',
  '/general-ledger?account=1920&fromDate=',
  '/reports/income-statement?line=annual-result&toDate=',
  '/parties/customer/10001?to=',
])('%s tells that the day does not exist', async (path) => {
  const company = await app.company()
  const browser = await memberOf(app, company.id, 'administrator')
  await company.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Hotell Fossen AS' } })
  const lines = [
    { account: '1500:10001', amount: 10_000 },
    { account: '1920', amount: -10_000 },
  ]
  await company.call('/vouchers', { body: simpleDraft({ lines }) })
  const { html } = await browser.get(`/companies/${company.id}${path}31.02.${year}`)
  expect(textOf(html)).toContain('Datoen finnes ikke.')
  expect(html).toMatch(new RegExp(`value="31\\.02\\.${year}"[^>]*aria-invalid="true"`))
  // Nothing is shown or taken out of days that nobody asked for.
  if (path.startsWith('/opening-balances')) return
  expect(html).not.toMatch(/<t(able|body)|\/exports\/|format=csv|hb-drill/)
})
