import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { pdf, png } from '#tests/support/files.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()
const day = (d: string) => `${year}-${d}`

async function company() {
  const own = await app.company()
  const send = async (raw: Uint8Array<ArrayBuffer>, name: string) =>
    (await own.call('/documents', { raw, headers: { 'x-file-name': encodeURIComponent(name) } })).json
  const browser = await memberOf(app, own.id, 'administrator', 'Ane Admin')
  return { ...own, page: `/companies/${own.id}`, browser, send }
}

test('the list shows what waits, and finds stamp numbers, intervals and names', async () => {
  const { page, browser, send } = await company()
  for (const name of ['Årsstrøm.pdf', 'leie.pdf', 'taxi.pdf']) await send(pdf(name), name)
  await browser.post(`${page}/documents/3/rejection`, { reason: 'Privat' })
  const shown = async (query: string) => {
    const { html, status } = await browser.get(`${page}/documents${query}`)
    expect(status).toBe(200)
    return ['Årsstrøm', 'leie', 'taxi'].filter((name) => textOf(html).includes(`${name}.pdf`))
  }
  expect(await shown('')).toEqual(['Årsstrøm', 'leie'])
  expect(await shown('?status=rejected')).toEqual(['taxi'])
  expect(await shown('?status=all')).toEqual(['Årsstrøm', 'leie', 'taxi'])
  expect(await shown('?text=3')).toEqual(['taxi'])
  expect(await shown('?text=2-3')).toEqual(['leie', 'taxi'])
  expect(await shown('?text=lei')).toEqual(['leie'])
  expect(await shown('?text=%C3%A5RSSTR%C3%98M')).toEqual(['Årsstrøm'])
  const one = await browser.get(`${page}/documents/3`)
  expect(textOf(one.html)).toMatch(/Avvist: «Privat».*Ane Admin avviste det/s)
  await browser.submit(`${page}/documents/3/restoration`, {})
  expect(await shown('')).toEqual(['Årsstrøm', 'leie', 'taxi'])
})

test('a voucher is begun on a document, which lies beside the lines in entry', async () => {
  const { page, browser, send, call } = await company()
  const { id } = await send(png, 'kvittering.png')
  const offered = async () => /documents\/\d+\/draft/.exec((await browser.get(`${page}/vouchers/new`)).html)?.[0]
  expect(await offered()).toBe('documents/1/draft') // the one that has waited longest
  const begun = await browser.post(`${page}/documents/1/draft`, {})
  expect(await offered()).not.toBe('documents/1/draft')
  expect((await browser.get(begun.location!)).html).toContain(`/documents/${id}/content`)
  const draft = new URL(begun.location!, 'http://x').searchParams.get('draft')
  const { rows } = (await call(`/voucher-drafts/${draft}`)).json
  expect(rows[0].cells).toMatchObject({ type: 'incoming-invoice', documents: id })
})

test('a voucher shows its documents and what was said of it, and takes more of both', async () => {
  const { page, browser, send, call } = await company()
  const document = await send(pdf(), 'faktura.pdf')
  const posted = (await call('/vouchers', { body: simpleDraft() })).json
  const path = `${page}/vouchers/${posted.id}`
  const none = await browser.post(`${path}/documents`, { stamp: '7' })
  expect([none.status, textOf(none.html)]).toEqual([422, expect.stringContaining('Dokument 7 finnes ikke.')])
  await browser.post(`${path}/documents`, { stamp: '#1' })
  await browser.post(`${path}/comments`, { text: 'Ringte <b>leverandøren</b>' })
  const { html, headers } = await browser.get(path)
  expect(html).toContain(`<iframe src="/api/v1${page}/documents/${document.id}/content#`)
  expect(headers.get('content-security-policy')).toContain("frame-src 'self'")
  expect(textOf(html)).toContain('Ane Admin Ringte <b>leverandøren</b>')
  const reader = await memberOf(app, page.slice(11), 'reader')
  const seen = await reader.get(path)
  expect(seen.html).not.toContain('data-document-upload')
  expect((await reader.post(`${path}/comments`, { text: 'x' })).status).toBe(403)
})

test('a voucher is corrected in the grid, by one draft that says all it was booked with and what it settles', async () => {
  const { page, browser, call, send } = await company()
  const party = { kind: 'supplier', number: '20001', name: 'Papir AS', controlAccount: '2400' }
  expect((await call('/parties', { body: party })).status).toBe(201)
  const rates = { rates: [{ currency: 'EUR', date: day('01-02'), rate: '11.5', unit: 1 }] }
  expect((await call('/currency-rates', { method: 'PUT', body: rates })).status).toBe(200)
  const { id: document } = await send(pdf(), 'faktura.pdf')
  const lines = [
    { account: '6800', currency: 'EUR', currencyAmount: 10_000, vatCode: '1' },
    {
      account: '2400:20001',
      currency: 'EUR',
      currencyAmount: -10_000,
      invoiceNumber: 'F-9',
      dueDate: day('02-14'),
    },
  ]
  const post = async (body: Record<string, unknown>) => (await call('/vouchers', { body: simpleDraft(body) })).json
  const bill = await post({ voucherDate: day('01-16'), documentDate: day('01-12'), documents: [document], lines })
  const [{ id: item }] = (await call('/open-items?kind=supplier')).json.items
  const paying = [
    { account: '2400:20001', amount: 115_000, matches: [{ openItem: item, amount: -115_000 }] },
    { account: '1920', amount: -115_000 },
  ]
  const payment = await post({ voucherDate: day('01-20'), lines: paying })
  const path = `${page}/vouchers/${bill.id}/correction`
  const begun = async (of: string) => {
    const { location } = await browser.post(`${page}/vouchers/${of}/correction`, {})
    return new URL(location!, 'http://x').searchParams.get('draft')
  }
  const draft = await begun(bill.id)
  expect(await begun(bill.id)).toBe(draft)
  const cells = async (of: string | null) =>
    (await call(`/voucher-drafts/${of}`)).json.rows.map((r: { cells: object }) => r.cells)
  const [settled] = (await call('/open-items')).json.items
  expect(settled).toBeUndefined()
  expect(await cells(draft)).toEqual([
    {
      mode: 'voucher',
      id: expect.stringMatching(/^vch_/),
      type: 'general',
      text: 'Prøve',
      voucherDate: day('01-16'),
      documentDate: day('01-12'),
      documents: document,
      corrects: bill.id,
      correctsName: `HB\u00a0${year}-1`,
      reversal: expect.stringMatching(/^vch_/),
      reversalDate: day('01-16'),
    },
    { account: '6800', amount: 115_000, currency: 'EUR', currencyAmount: 10_000, rate: '11.5', vatCode: '1' },
    {
      account: '2400:20001',
      amount: -115_000,
      currency: 'EUR',
      currencyAmount: -10_000,
      rate: '11.5',
      invoiceNumber: 'F-9',
      dueDate: day('02-14'),
      matches: expect.stringMatching(/^itm_\d{26}:115000$/),
    },
  ])
  expect((await cells(await begun(payment.id)))[1]).toMatchObject({ matches: `${item}:-115000` })
  await call(`/voucher-drafts/${draft}`, { method: 'DELETE' })
  expect(await begun(bill.id)).not.toBe(draft) // one that was deleted is begun anew

  const reversal = { id: voucherId(), voucherDate: day('01-16'), reason: 'Feil konto' }
  const voucher = simpleDraft({ lines: [{ ...lines[0], account: '6810' }, lines[1]] })
  const done = await call(`/vouchers/${bill.id}/correction`, { body: { reversal, voucher } })
  expect(done.status).toBe(201)
  const shown = await browser.get(`${page}/vouchers/${voucher.id}`)
  expect(textOf(shown.html)).toContain(`Retter HB ${year}-1`)
  expect(shown.html).toMatch(/<del>6800<\/del>.*<ins>6810<\/ins>/s)
  expect(textOf((await browser.get(`${page}/vouchers/${bill.id}`)).html)).toContain(`Rettet med HB ${year}-4`)
  expect((await browser.post(path, {})).location).toBe(`${page}/vouchers/${bill.id}`) // reversed once
})

test('a copy is a draft with the same lines', async () => {
  const { page, browser, call } = await company()
  const posted = (await call('/vouchers', { body: simpleDraft() })).json
  const made = await browser.post(`${page}/vouchers/${posted.id}/copy`, {})
  const draft = new URL(made.location!, 'http://x').searchParams.get('draft')
  const { rows } = (await call(`/voucher-drafts/${draft}`)).json
  expect(rows.map((r: any) => r.cells)).toMatchObject([
    { mode: 'voucher', type: 'general', text: 'Prøve' },
    { account: '1920', amount: 10_000 },
    { account: '2900', amount: -10_000 },
  ])
})

test('voucher types are seen and changed in the settings', async () => {
  const { page, browser, call } = await company()
  const own = `${page}/settings/voucher-types`
  expect(textOf((await browser.get(own)).html)).toContain('Inngående faktura')
  const wrong = await browser.post(own, { series: 'HB', key: 'cash', nameNb: 'Kasse' })
  expect([wrong.status, textOf(wrong.html)]).toEqual([422, expect.stringContaining('serie HB')])
  await browser.post(own, { series: 'ka', key: 'cash', nameNb: 'Kasse', required: 'documents' })
  await browser.post(`${own}/cash`, {
    nameNb: 'Kasse',
    active: 'yes',
    required: 'text',
    allowedRoles: 'administrator',
    proposedCounterAccount: '1900',
  })
  const { voucherTypes } = (await call('/voucher-types')).json
  expect(voucherTypes.find((t: any) => t.key === 'cash')).toMatchObject({
    series: 'KA',
    required: ['text'],
    allowedRoles: ['administrator'],
    proposedCounterAccount: '1900',
    active: true,
  })
  expect(textOf((await browser.get(`${own}/cash`)).html)).toContain('KA Kasse')
})
