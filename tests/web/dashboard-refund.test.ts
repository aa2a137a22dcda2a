import { afterEach, expect, test, vi } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()
afterEach(() => vi.useRealTimers())

test('a term with VAT to get back is told as a refund, with no minus', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-07-10T10:00:00Z') })
  const c = await app.company({ fromYear: 2026, toYear: 2026 })
  const lines = [
    { account: '6800', amount: 12_500_00, vatCode: '1' },
    { account: '1920', amount: -12_500_00 },
  ]
  expect((await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-05-10', lines }) })).status).toBe(201)
  const browser = await memberOf(app, c.id, 'administrator', 'Ane Admin')
  const { html } = await browser.get(`/companies/${c.id}/overview`)
  const text = textOf(html).replace(/\s/g, ' ')
  expect(text).toContain('Til gode 2 500')
  expect(text).not.toMatch(/Å betale [−-]/)
})
