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
