import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
const { company } = testApp()
const year = new Date().getFullYear()
test('x', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await c.call('/vouchers', { body: simpleDraft({ type: 'opening-balance', voucherDate: `${year}-01-01` }) })
  for (const p of ['/reports/trial-balance', `/reports/trial-balance?fromDate=${year}-01-10&toDate=${year}-01-20&asKnownAt=2026-11-22`, '/reports/general-ledger?account=1920', '/reports/general-ledger?account=1000:2999&atVersion=1&limit=1', '/reports/voucher-journal?limit=1', '/reports/party-balances?kind=customer', '/reports/number-series', '/reports/trial-balance?department=10','/reports/trial-balance?department=none', '/reports/trial-balance?department=none&project=none', '/reports/trial-balance?foo=1']) {
    const a = await c.call(p)
    console.log(p, a.status, a.text.slice(0, 1500))
    const csv = await c.call(p, { headers: { accept: 'text/csv' } })
    console.log(csv.text.slice(0, 300))
  }
  const b = await c.call('/reports/batch', { body: { atVersion: 'latest', groups: [{ measure: 'closing', accounts: ['1920', '1:2', '99'], periods: [`${year}-01`, `${year}-01-20`, 'x'], cells: [[0, 0], [0, 1], [1, 0], [2, 0], [0, 2]] }, { measure: 'budget', accounts: ['1920'], periods: ['2026'], cells: [[0, 0]] }] } })
  console.log(b.status, b.text)
})
