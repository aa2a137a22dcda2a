import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
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

test('a voucher is corrected in a form, and both pages show what was changed', async () => {
  const { page, browser, call } = await company()
  const lines = [
    { rowKey: 'a', account: '6800', amount: 125_000, vatCode: '1', text: 'Papir' },
    { rowKey: 'b', account: '1920', amount: -125_000 },
  ]
  const posted = (await call('/vouchers', { body: simpleDraft({ lines }) })).json
  const path = `${page}/vouchers/${posted.id}`
  const form = await browser.get(`${path}/correction`)
  expect(form.html).toMatch(/name="account\.0"[^>]*value="6800"/)
  const fields = {
    voucherDate: `16.01.${year}`,
    text: 'Prøve',
    reason: 'Feil konto',
    'account.0': '6810',
    'vatCode.0': '1',
    'text.0': 'Papir',
    'debit.0': '1 250,00',
    'account.1': '1920',
    'credit.1': '1 250,00',
  }
  const refused = await browser.post(`${path}/correction`, { ...fields, 'credit.1': '1 200,00' })
  expect([refused.status, textOf(refused.html)]).toEqual([422, expect.stringContaining('Bilaget går ikke opp.')])
  expect(refused.html).toMatch(/name="account\.0"[^>]*value="6810"/)
  const done = await browser.submit(`${path}/correction`, fields)
  expect(textOf(done.html)).toContain(`Retter HB ${year}-1`)
  expect(done.html).toMatch(/<del>6800<\/del>.*<ins>6810<\/ins>/s)
  const before = await browser.get(path)
  expect(textOf(before.html)).toContain(`Rettet med HB ${year}-3`)
  expect((await browser.get(`${path}/correction`)).status).toBe(303) // reversed once
  expect((await call('/vouchers')).json.ledgerVersion).toBe(3)
})

test('what an open item is paid by is corrected, and a line in currency keeps its currency and rate', async () => {
  const { page, browser, call } = await company()
  const [number, due] = ['F-7', `${year}-02-14`]
  const party = { kind: 'supplier', number: '20001', name: 'Papir AS', controlAccount: '2400' }
  expect((await call('/parties', { body: party })).status).toBe(201)
  const lines = [
    { account: '6800', amount: 110_000, currency: 'EUR', currencyAmount: 10_000 },
    {
      account: '2400:20001',
      amount: -110_000,
      currency: 'EUR',
      currencyAmount: -10_000,
      invoiceNumber: number,
      dueDate: due,
    },
  ]
  const posted = (await call('/vouchers', { body: simpleDraft({ lines }) })).json
  const path = `${page}/vouchers/${posted.id}`
  const form = await browser.get(`${path}/correction`)
  expect(form.html).toMatch(/name="invoiceNumber\.1"[^>]*value="F-7"/)
  const fields = {
    voucherDate: `16.01.${year}`,
    reason: 'Feil forfall og beløp',
    'account.0': '6800',
    'debit.0': '2 200,00',
    'account.1': '2400:20001',
    'credit.1': '2 200,00',
    'invoiceNumber.1': 'F-8',
    'dueDate.1': `30.02.${year}`,
  }
  const refused = await browser.post(`${path}/correction`, fields)
  expect(refused.status).toBe(422)
  await browser.submit(`${path}/correction`, { ...fields, 'dueDate.1': `28.02.${year}` })
  const [newest] = (await call('/vouchers?limit=1')).json.vouchers
  const { entries } = (await call(`/vouchers/${newest.id}`)).json
  expect(entries[1]).toMatchObject({
    invoiceNumber: 'F-8',
    dueDate: `${year}-02-28`,
    currency: 'EUR',
    currencyAmount: -20_000,
  })
  // Typed by currency amount alone, at the table's rate: it is shown as booked, and stays so when something else is put right.
  const rates = { rates: [{ currency: 'EUR', date: day('01-02'), rate: '11.5', unit: 1 }] }
  expect((await call('/currency-rates', { method: 'PUT', body: rates })).status).toBe(200)
  const alone = [
    { account: '6800', currency: 'EUR', currencyAmount: 10_000, vatCode: '1' },
    { account: '2400:20001', currency: 'EUR', currencyAmount: -10_000, invoiceNumber: 'F-9', dueDate: due },
  ]
  const bill = (await call('/vouchers', { body: simpleDraft({ lines: alone }) })).json
  const shown = await browser.get(`${page}/vouchers/${bill.id}/correction`)
  expect(shown.html).toMatch(/name="debit\.0"[^>]*value="1150,00"/)
  expect(textOf(shown.html)).not.toContain('utligning')
  const same = {
    voucherDate: `16.01.${year}`,
    reason: 'Feil forfall',
    'account.0': '6800',
    'vatCode.0': '1',
    'debit.0': '1 150,00',
    'account.1': '2400:20001',
    'invoiceNumber.1': 'F-9',
    'dueDate.1': `28.02.${year}`,
  }
  const without = await browser.post(`${page}/vouchers/${bill.id}/correction`, same)
  expect([without.status, without.html]).toEqual([422, expect.stringMatching(/name="credit\.1"[^>]*aria-invalid/)])
  await browser.submit(`${page}/vouchers/${bill.id}/correction`, { ...same, 'credit.1': '1 150,00' })
  const [corrected] = (await call('/vouchers?limit=1')).json.vouchers
  const owed = (await call(`/vouchers/${corrected.id}`)).json.entries.at(-1)
  expect(owed).toMatchObject({ amount: -115_000, currencyAmount: -10_000, dueDate: `${year}-02-28` })

  // A payment: that its invoice is open again is said before it is done.
  const [{ id: item }] = (await call('/open-items?kind=supplier')).json.items.filter(
    (i: any) => i.invoiceNumber === 'F-9',
  )
  const paying = [
    { account: '2400:20001', amount: 115_000, matches: [{ openItem: item, amount: -115_000 }] },
    { account: '1920', amount: -115_000 },
  ]
  const payment = (await call('/vouchers', { body: simpleDraft({ lines: paying, voucherDate: day('01-20') }) })).json
  expect(textOf((await browser.get(`${page}/vouchers/${payment.id}/correction`)).html)).toContain(
    'Bilaget er med i 1 utligning. Den løses opp',
  )
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
