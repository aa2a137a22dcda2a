import { beforeAll, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()

async function books() {
  const company = await app.company({ organisationNumber: '923609016' })
  await company.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Hotell Fossen AS' } })
  const posted = await company.call('/vouchers', { body: simpleDraft() })
  const browser = await memberOf(app, company.id, 'auditor')
  return { path: `/companies/${company.id}`, voucher: posted.json.id as string, browser }
}
const linksIn = (html: string) =>
  [...html.matchAll(/<a [^>]*href="(\/api\/v1[^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))

let own: Awaited<ReturnType<typeof books>>
beforeAll(async () => {
  own = await books()
})
const PAGES = [
  `/trial-balance?fromDate=01.01.${year}&knownAt=31.12.${year}`,
  '/general-ledger?account=1920',
  '/open-items?kind=supplier&overdue=true',
  '/open-items/ageing',
  '/accounts',
  '/parties?kind=supplier',
  '/parties/customer/10001',
  '/vouchers/{voucher}',
  '/vouchers',
  `/reports/income-statement?fromDate=01.01.${year}&columns=months`,
  '/reports/balance-sheet?knownAt=31.12.2030',
  '/reports/voucher-journal',
  '/reports/party-specification?kind=supplier',
  '/reports/key-figures',
  '/reports/liquidity',
  '/reports/changes?since=0',
  '/reports/explanation',
  '/vat-specification',
]

test.each(PAGES)('%s takes its table out in every form, to whoever may read it', async (page) => {
  const { path, voucher, browser } = own
  const { html } = await browser.get(path + page.replace('{voucher}', voucher))
  expect([html.match(/popovertarget="export"/g)?.length, html.includes('data-key="E"')]).toEqual([1, true])
  const links = linksIn(html).filter((href) => href.includes('/exports/'))
  expect(links.length).toBe(4)
  for (const href of links) {
    const { status, headers } = await browser.get(href)
    expect([href, status, headers.get('content-disposition')?.startsWith('attachment')]).toEqual([href, 200, true])
    expect(headers.get('content-language')).toBe('nb')
  }
})

test.each([
  [
    '/vouchers?account=1920&fromDate=01.01.2026&order=-amount',
    'vouchers?fromDate=2026-01-01&account=1920&order=-amount&',
  ],
  ['/open-items?kind=supplier&party=20001&order=-rest', 'open-items?kind=supplier&party=20001&order=-rest&'],
  ['/accounts?text=bank&used=1', 'accounts?text=bank&used=true&'],
  ['/parties?kind=supplier&q=fossen', 'parties?kind=supplier&q=fossen&'],
])('%s takes out what it shows', async (page, wanted) => {
  const { html } = await own.browser.get(own.path + page)
  const links = linksIn(html).filter((href) => href.includes('/exports/'))
  expect(links.length).toBe(4)
  for (const href of links) expect(href).toContain(`/exports/${wanted}`)
})

test('the way to check a liquidity list names the instant, since matches have no version', async () => {
  const { html } = await own.browser.get(`${own.path}/reports/liquidity`)
  const verify = linksIn(html).find((href) => href.includes('/reports/liquidity?'))!
  expect(verify).toMatch(/&asKnownAt=\d{4}-\d\d-\d\dT[\d:.]+Z&atVersion=1$/)
  expect((await own.browser.get(verify)).status).toBe(200)
})

test('the page of exports tells what a SAF-T file would hold, and every link of it answers', async () => {
  const { path, browser } = await books()
  const { html } = await browser.get(`${path}/exports?fromMonth=${year}-01&toMonth=${year}-12`)
  expect(html).toMatch(/<td>\d{4}<\/td><td>01\.01\.\d{4}–31\.12\.\d{4}<\/td><td>1\.[34]0<\/td><td class="hb-num">1</)
  // Drawing on paper is what takes time, and is the same for all.
  const links = linksIn(html).filter(
    (href, i, all) => !/format=pdf/.test(href) || all.findIndex((h) => /pdf/.test(h)) === i,
  )
  for (const href of links) expect([href, (await browser.get(href)).status]).toEqual([href, 200])
  const reversed = await browser.get(`${path}/exports?fromMonth=${year}-05&toMonth=${year}-02`)
  expect(reversed.html).toContain('Bytt om datoene')
})
