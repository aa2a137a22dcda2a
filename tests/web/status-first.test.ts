import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()

/** Everything that is sent to the databases while the status line is being read. */
let beside: string[] = []
let reading = false
const fetched = app.env.DATABASE_FETCH!
app.env.DATABASE_FETCH = async (input: RequestInfo | URL, init?: RequestInit) => {
  const sent = await new Response(input instanceof Request ? input.clone().body : init?.body).text()
  if (reading) beside.push(sent)
  if (!/newest_event/.test(sent)) return fetched(input, init)
  reading = true
  await new Promise((done) => setTimeout(done, 50))
  return fetched(input, init).finally(() => {
    reading = false
  })
}

test('a page drawn from matches or budgets reads them when the newest event it counts is known', async () => {
  const company = await app.company()
  await company.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Hotell Fossen AS' } })
  const lines = [
    { account: '1500:10001', amount: 30_000 },
    { account: '1920', amount: -30_000 },
  ]
  await company.call('/vouchers', { body: simpleDraft({ lines }) })
  const [item] = (await company.call('/open-items?kind=customer')).json.items
  const { json: budget } = await company.call('/budgets', { body: { year, name: 'Plan' } })
  const browser = await memberOf(app, company.id, 'administrator')
  const MATCHES = /\bopen_item\b/
  const BUDGETS = /from budget\b/
  const pages: [path: string, drawnFrom: RegExp][] = [
    ['/overview', /\bopen_item\b|budget_cell/],
    ['/open-items', MATCHES],
    ['/open-items/ageing', MATCHES],
    ['/open-items/left', MATCHES],
    ['/open-items/automatic', MATCHES],
    [`/open-items/${item.id}`, MATCHES],
    ['/parties/customer/10001', MATCHES],
    ['/reports/liquidity', MATCHES],
    ['/budgets', BUDGETS],
    [`/budgets/${budget.id}/comparison`, BUDGETS],
    // The names one may choose among are read beside it; the figures are not.
    ['/reports/income-statement?columns=actual,budget', /cross join budget_cell/],
    ['/reports/explanation?against=budget', BUDGETS],
  ]
  for (const [path, drawnFrom] of pages) {
    beside = []
    const { status, html } = await browser.get(`/companies/${company.id}${path}`)
    expect.soft([path, status]).toEqual([path, 200])
    expect.soft(html, path).toMatch(/data-newest-event="[1-9]/)
    expect.soft(html, path).toMatch(/data-drawn-from="(match|budget|bgt_|bud_)/)
    expect.soft([path, beside.filter((sent) => drawnFrom.test(sent))]).toEqual([path, []])
  }
})
