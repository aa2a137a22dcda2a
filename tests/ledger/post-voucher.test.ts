import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()

test('a voucher is posted with a number, a place in the chain and its VAT split out', async () => {
  const c = await company()
  const lines = [
    { rowKey: 'a', account: '6800', amount: 125_000, vatCode: '1' },
    { rowKey: 'b', account: '1920', amount: -125_000 },
  ]
  const posted = await c.call('/vouchers', { body: simpleDraft({ lines }) })
  expect(posted.text).toContain('"status":"posted"')
  expect(posted.status).toBe(201)
  expect(posted.json).toMatchObject({
    type: 'general',
    series: 'HB',
    number: 1,
    ledgerVersion: 1,
    fiscalYear: year,
    replayed: false,
  })
  const { json } = await c.call(`/vouchers/${posted.json.id}`)
  expect(json.entries.map((e: any) => [e.account, e.amount, e.origin])).toEqual([
    ['6800', 100_000, 'line'],
    ['2710', 25_000, 'vat'],
    ['1920', -125_000, 'line'],
  ])
})

test('the same voucher again is the first answer; other content under the same id is refused with the difference', async () => {
  const c = await company()
  const draft = simpleDraft()
  const first = await c.call('/vouchers', { body: draft })
  const again = await c.call('/vouchers', { body: draft })
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.json).toEqual({ ...first.json, replayed: true })
  const other = await c.call('/vouchers', { body: { ...draft, text: 'Annet' } })
  expect(other.status).toBe(422)
  expect(other.json).toMatchObject({
    code: 'voucher/id-reused',
    posted: { number: 1 },
    remedies: ['correct', 'new-id'],
  })
  expect(other.json.diff).toContainEqual({ rowKey: null, field: 'text', posted: 'Prøve', sent: 'Annet' })
})

test('fifty posters at once get numbers without gap or double', async () => {
  const c = await company()
  const answers = await Promise.all(Array.from({ length: 50 }, () => c.call('/vouchers', { body: simpleDraft() })))
  expect(answers.map((a) => a.status)).toEqual(Array(50).fill(201))
  expect(answers.map((a) => a.json.number).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
})

test('every fault is told at once, in field order, in the language asked for', async () => {
  const c = await company()
  const draft = simpleDraft({
    voucherDate: '2031-02-01',
    lines: [
      { rowKey: 'a', account: '6801', amount: 100.5 },
      { rowKey: 'b', account: '2400', amount: -4, vatCode: '99' },
    ],
  })
  const { status, json, headers } = await c.call('/vouchers', { body: draft })
  expect(status).toBe(422)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
    '#/voucherDate fiscal-year/missing',
    '#/lines/0/account account/unknown',
    '#/lines/0/amount amount/not-whole-ore',
    '#/lines/1/account party/missing',
    '#/lines/1/vatCode vat-code/unknown',
  ])
  expect(json.issues[1].message).toBe('Konto 6801 finnes ikke. Mente du 6800 Kontorrekvisita?')
  const english = await c.call('/vouchers', { body: draft, language: 'en' })
  expect(english.json.issues[1].message).toMatch(/^Account 6801 does not exist\. Did you mean 6800/)
})

test('a dry run gives entries and a token; posting with it gives just that; a changed draft is stale', async () => {
  const c = await company()
  const draft = simpleDraft({ id: voucherId() })
  const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })
  expect(tried.status).toBe(200)
  expect(tried.json.vouchers[0]).toMatchObject({
    status: 'ready',
    balancesAfter: [
      { account: '1920', amount: 10_000 },
      { account: '2900', amount: -10_000 },
    ],
  })
  const { dryRunToken } = tried.json
  const changed = await c.call('/vouchers/batch', { body: { dryRunToken, vouchers: [{ ...draft, text: 'Annet' }] } })
  expect([changed.status, changed.json.code]).toEqual([409, 'dry-run/stale'])
  const posted = await c.call('/vouchers/batch', { body: { dryRunToken, vouchers: [draft] } })
  expect([posted.status, posted.json.vouchers[0].number]).toEqual([201, 1])
})

test('a reversal negates every entry, once; reversing it again gives the original', async () => {
  const c = await company()
  const posted = await c.call('/vouchers', { body: simpleDraft() })
  const wanted = { id: voucherId(), voucherDate: `${year}-02-01`, reason: 'Feil prosjekt' }
  const reversed = await c.call(`/vouchers/${posted.json.id}/reversal`, { body: wanted })
  expect(reversed.status).toBe(201)
  const again = await c.call(`/vouchers/${posted.json.id}/reversal`, { body: wanted })
  expect([again.status, again.json.replayed]).toEqual([200, true])
  const twice = await c.call(`/vouchers/${posted.json.id}/reversal`, { body: { ...wanted, id: voucherId() } })
  expect([twice.status, twice.json.code]).toEqual([422, 'voucher/already-reversed'])
  const original = await c.call(`/vouchers/${posted.json.id}`)
  expect(original.json).toMatchObject({ status: 'reversed', reversedBy: wanted.id })
  const back = await c.call(`/vouchers/${wanted.id}`)
  expect(back.json.entries.map((e: any) => e.amount)).toEqual([-10_000, 10_000])

  const copying = { id: voucherId(), voucherDate: `${year}-02-02`, reason: 'Feil prosjekt', copyToDraft: true }
  const copied = await c.call(`/vouchers/${wanted.id}/reversal`, { body: copying })
  const sentAgain = await c.call(`/vouchers/${wanted.id}/reversal`, { body: copying })
  expect([copied.status, sentAgain.json.draft]).toEqual([201, copied.json.draft])
  const draft = await c.call(`/voucher-drafts/${copied.json.draft}`)
  expect(draft.json.rows.map((row: any) => row.cells.amount ?? row.cells.voucherDate)).toEqual([
    `${year}-02-01`,
    -10_000,
    10_000,
  ])
  expect((await c.call('/voucher-drafts')).json.drafts).toHaveLength(1)
})

test('a supplier’s invoice number used before is a warning, until that voucher is reversed', async () => {
  const c = await company()
  await c.db.execute(
    `insert into party (kind, number, name, control_account, created_at) values ('supplier', '20017', 'Tegnverk', '2400', '2026-01-01T00:00:00Z')`,
  )
  const invoice = () =>
    simpleDraft({
      lines: [
        { account: '6800', amount: 100, vatCode: '0' },
        { rowKey: 'x', account: '2400:20017', amount: -100, invoiceNumber: '884213' },
      ],
    })
  const twice = await c.call('/vouchers/dry-run', { body: { vouchers: [invoice(), invoice()] } })
  expect(twice.json.vouchers.map((v: any) => v.issues.map((i: any) => `${i.pointer} ${i.params.reason}`))).toEqual([
    [],
    ['#/vouchers/1/lines/1/invoiceNumber request'],
  ])
  const first = await c.call('/vouchers', { body: invoice() })
  expect([first.status, first.json.issues]).toEqual([201, []])
  const second = await c.call('/vouchers', { body: invoice() })
  expect(second.status).toBe(201)
  expect(second.json.issues).toMatchObject([
    {
      code: 'voucher/possible-duplicate',
      severity: 'warning',
      pointer: '#/lines/1/invoiceNumber',
      rowKey: 'x',
      params: { voucher: `HB ${year}-1` },
    },
  ])
  for (const { id } of [first.json, second.json])
    expect(
      (await c.call(`/vouchers/${id}/reversal`, { body: { id: voucherId(), voucherDate: `${year}-01-15` } })).status,
    ).toBe(201)
  expect((await c.call('/vouchers', { body: invoice() })).json.issues).toEqual([])
})

test('a default that is spelt out is the same content, and the voucher keeps its hash', async () => {
  const c = await company()
  const lines = [
    { rowKey: 'a', account: '6340', amount: 125, vatCode: '1', quantity: '11.5' },
    { rowKey: 'b', account: '2900', amount: -125 },
  ]
  const draft = simpleDraft({ lines })
  const spelt = {
    ...draft,
    currency: 'NOK',
    lines: [
      { ...lines[0], vatMode: 'gross', quantity: '11.50' },
      { ...lines[1], rateUnit: 1 },
    ],
  }
  const first = (await c.call('/vouchers', { body: draft })).json
  for (const body of [draft, spelt])
    expect((await c.call('/vouchers', { body })).json).toMatchObject({ replayed: true, contentHash: first.contentHash })
  const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [spelt] } })
  expect(tried.json.vouchers[0].status).toBe('posted')
  const other = { ...spelt, lines: [{ ...spelt.lines[0], vatMode: 'net' }, spelt.lines[1]] }
  expect((await c.call('/vouchers', { body: other })).json.code).toBe('voucher/id-reused')
})

test('a fact that was changed a moment ago is known to the very next dry run and post', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() }) // the writer knows its facts now
  const draft = simpleDraft({
    lines: [
      { account: '1925', amount: 100 },
      { account: '2900', amount: -100 },
    ],
  })
  expect((await c.call('/vouchers', { body: draft })).json.issues[0].code).toBe('account/unknown')
  await c.db.execute("insert into account (number, name_nb, name_en, type) values ('1925', 'Ny', 'New', 'asset')")
  expect((await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })).json.vouchers[0].status).toBe('ready')
  await c.db.execute(`update period set level = 'hard' where month = '${year}-01'`)
  expect((await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })).json.vouchers[0].issues[0].code).toBe(
    'period/locked',
  )
  expect((await c.call('/vouchers', { body: draft })).status).toBe(423)
  await c.db.execute(`update period set level = 'open' where month = '${year}-01'`)
  expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
})

test('the same date, text, accounts and amounts under another id is told, tried or posted, until one of them is reversed', async () => {
  const c = await company()
  const first = await c.call('/vouchers', { body: simpleDraft() })
  expect(first.json.issues).toEqual([])
  const warned = { code: 'voucher/possible-duplicate', severity: 'warning', params: { voucher: `HB ${year}-1` } }
  const tried = await c.call('/vouchers/dry-run', {
    body: { vouchers: [simpleDraft({ text: 'Annen' }), simpleDraft()] },
  })
  expect(tried.json.vouchers.map((v: any) => v.issues)).toMatchObject([
    [],
    [{ ...warned, pointer: '#/vouchers/1/lines', message: expect.stringContaining('har samme dato') }],
  ])
  const lines = simpleDraft().lines
  const others = [
    simpleDraft({ text: 'Annen' }),
    simpleDraft({ voucherDate: `${year}-01-16` }),
    simpleDraft({ lines: lines.map((l) => ({ ...l, amount: l.amount * 2 })) }),
    simpleDraft({ lines: lines.toReversed().map((l) => ({ ...l, amount: -l.amount })) }),
  ]
  for (const body of others) expect((await c.call('/vouchers', { body })).json.issues).toEqual([])
  const second = await c.call('/vouchers', { body: simpleDraft({ lines: lines.toReversed() }) })
  expect(second.json.issues).toMatchObject([{ ...warned, pointer: '#/lines' }])
  for (const { id } of [first.json, second.json])
    await c.call(`/vouchers/${id}/reversal`, { body: { id: voucherId(), voucherDate: `${year}-01-15` } })
  expect((await c.call('/vouchers', { body: simpleDraft() })).json.issues).toEqual([])
})
