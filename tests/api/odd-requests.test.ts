import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'

const { company, call } = testApp()
test('no body and no header is so odd that it is answered with 500', async () => {
  const c = await company()
  const posted = await c.call('/vouchers', { body: simpleDraft() })
  const bodies: [string, string, any][] = [
    ['POST', '/matches', { matches: [{ id: 'x', items: [null] }] }],
    [
      'POST',
      '/matches',
      {
        matches: [
          {
            id: 'mch_' + '0'.repeat(26),
            items: [{ openItem: 'itm_' + '0'.repeat(26), amount: 1 }, { openItem: 'itm_' + '9'.repeat(26) }],
          },
        ],
      },
    ],
    [
      'POST',
      '/matches',
      {
        id: 'mch_' + '0'.repeat(26),
        items: [
          { openItem: 'itm_' + '0'.repeat(26), amount: 1 },
          { openItem: 'itm_' + '0'.repeat(26), amount: 1 },
        ],
      },
    ],
    ['POST', '/matches/automatic', {}],
    ['POST', '/matches/mch_00000000000000000000000000/undo', {}],
    ['POST', '/vouchers', null],
    ['POST', '/vouchers', []],
    ['POST', '/vouchers', 'x'],
    ['POST', '/vouchers/batch', { vouchers: [null, 1, 'x', [], { lines: { length: -5 } }] }],
    ['POST', '/vouchers/batch', { vouchers: [null, simpleDraft()], mode: 'per-voucher' }],
    ['POST', '/vouchers/batch', { vouchers: 'x' }],
    ['POST', '/vouchers/dry-run', { vouchers: [null, { id: 5, lines: [[]] }] }],
    ['POST', `/vouchers/${posted.json.id}/reversal`, { id: posted.json.id, voucherDate: simpleDraft().voucherDate }],
    ['POST', `/vouchers/${posted.json.id}/reversal`, { id: voucherId(), voucherDate: '9999-12-31' }],
    ['POST', '/vouchers', simpleDraft({ voucherDate: '9999-12-31' })],
    [
      'POST',
      '/vouchers',
      simpleDraft({
        vatDate: '0000-01-01',
        lines: [
          { account: '6800', amount: 5, vatCode: '1' },
          { account: '1920', amount: -5 },
        ],
      }),
    ],
    [
      'POST',
      '/vouchers',
      simpleDraft({
        lines: [
          { account: '1920:', amount: 5 },
          { account: ':', amount: -5 },
        ],
      }),
    ],
    ['POST', '/vouchers', simpleDraft({ text: '\u202e\u200b😀'.repeat(60) })],
    ['POST', '/vouchers', simpleDraft({ reason: '  ' })],
    [
      'POST',
      '/vouchers',
      simpleDraft({
        lines: [
          { account: '1920', amount: 5, quantity: '1'.repeat(18), rowKey: '😀' },
          { account: '2900', amount: -5, rowKey: '__proto__' },
        ],
      }),
    ],
    [
      'POST',
      '/vouchers',
      simpleDraft({
        lines: [
          { account: '1920', amount: 5, dimensions: { department: null, ['x'.repeat(36)]: 'y' } },
          { account: '2900', amount: -5 },
        ],
      }),
    ],
    ['POST', '/vouchers', simpleDraft({ dimensions: { 'a/b~c': 'x' } })],
    ['POST', '/locks', { fromMonth: '0000-01', toMonth: '9999-12', level: 'soft', reason: 'x' }],
    ['POST', '/locks', { fromMonth: '2026-12', toMonth: '2026-01', level: 'soft', reason: 'x' }],
    ['POST', '/locks', { fromMonth: '9999-12', toMonth: '9999-12', level: 'hard', reason: 'x' }],
    ['POST', '/fiscal-years', { year: 1e15 }],
    ['POST', '/fiscal-years', { year: 9999, firstDate: '9999-01-01', lastDate: '9999-12-31' }],
    ['POST', '/fiscal-years', { firstDate: '0000-01-01', lastDate: '0000-12-31' }],
    ['POST', '/reports/batch', { questions: [null] }],
    ['POST', '/reports/batch', {}],
    ['POST', '/reports/batch', 5],
    ['POST', '/parties', { kind: 'customer', name: '\u0000' }],
    ['POST', '/parties', { kind: 'customer', name: 'x', paymentTermsDays: 1e300 }],
    ['POST', '/parties', { kind: 'customer', name: 'x', paymentTermsDays: 2 ** 53 }],
    ['POST', '/parties', { kind: 'customer', name: 'x', number: '9'.repeat(35) }],
    ['POST', '/parties', { kind: 'customer', name: 'after the largest number' }],
    ['POST', '/keys', { name: 'x', role: 'reader', expiresAt: '9999-12-31' }],
    ['POST', '/keys', { name: 'x', role: 'reader', expiresAt: '0000-01-01' }],
    ['POST', '/accounts', { number: '😀', nameNb: 'x', nameEn: 'x', type: 'asset' }],
    ['POST', '/dimensions/department/values', { code: 'none', name: 'x' }],
  ]
  for (const [method, path, body] of bodies) {
    const a = await c.call(path, { method, body })
    expect.soft([path, body, a.status < 500], a.text.slice(0, 200)).toEqual([path, body, true])
  }
  const headers: Record<string, string>[] = [
    { 'idempotency-key': '' },
    { 'idempotency-key': 'é' },
    { 'idempotency-key': 'x'.repeat(129) },
    { 'if-match': 'x' },
    { 'accept-language': ',,;;q=' },
    { cookie: 'language=%E0%A4%A; hovedbok_session=%' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-length': '-1' },
    { 'content-length': 'abc' },
    { 'last-event-id': '-1' },
    { 'x-file-name': '%E0%A4%A' },
    { authorization: 'Basic x' },
    { authorization: 'Bearer \u00e9' },
  ]
  for (const h of headers) {
    const a = await c.call('/vouchers/batch', { body: { vouchers: [simpleDraft()] }, headers: h })
    expect.soft([h, a.status < 500], a.text.slice(0, 200)).toEqual([h, true])
  }
})

test('a key reaches its own company, whatever path, host or query says', async () => {
  const [c, d] = [await company(), await company()]
  const key = await c.key('administrator')
  for (const p of [
    d.path,
    `${c.path}/../${d.id}`,
    `/api/v1/companies/${c.id}%2f..%2f${d.id}`,
    `/api/v1/companies/${d.id}%00`,
    `/api/v1/companies/${d.id.toUpperCase()}`,
  ]) {
    const a = await call(`${p}/vouchers?company=${d.id}`, { key, headers: { host: 'evil', 'x-forwarded-host': 'x' } })
    expect([p, a.status, a.json?.code]).toEqual([p, 404, 'company/unknown'])
  }
})
