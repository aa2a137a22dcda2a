import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { call, company } = testApp()
const json = { 'content-type': 'application/json' }
const encode = (text: string) => new TextEncoder().encode(text)

/** What stands in the ledger, to see that a refusal changed nothing. */
const state = async (c: Awaited<ReturnType<typeof company>>) => {
  const { rows } = await c.db.execute(
    'select (select count(*) from voucher) v, (select count(*) from entry) e, (select count(*) from balance) b, (select count(*) from event) n',
  )
  return JSON.stringify(rows[0])
}

test('each bad request gets its own code and leaves the ledger as it was', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  const before = await state(c)
  const draft = simpleDraft()
  const cases: [name: string, sent: object, status: number, code: string][] = [
    ['not JSON', { raw: '{"id":', headers: json }, 400, 'request/unreadable'],
    ['no body', { method: 'POST', raw: '', headers: json }, 400, 'request/unreadable'],
    [
      'bytes that are not UTF-8',
      { raw: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), headers: json },
      400,
      'request/unreadable',
    ],
    ['deep nesting', { raw: `${'['.repeat(200)}${']'.repeat(200)}`, headers: json }, 400, 'request/unreadable'],
    [
      'another media type',
      { raw: JSON.stringify(draft), headers: { 'content-type': 'text/plain' } },
      415,
      'request/media-type',
    ],
    [
      '10 MB',
      { raw: encode(JSON.stringify({ ...draft, text: 'x'.repeat(10_000_000) })), headers: json },
      413,
      'request/too-large',
    ],
    [
      'a float',
      {
        body: {
          ...draft,
          lines: [
            { account: '1920', amount: 0.1 },
            { account: '2900', amount: -0.1 },
          ],
        },
      },
      422,
      'voucher/invalid',
    ],
    [
      '2^53',
      {
        body: {
          ...draft,
          lines: [
            { account: '1920', amount: 2 ** 53 },
            { account: '2900', amount: -(2 ** 53) },
          ],
        },
      },
      422,
      'voucher/invalid',
    ],
    ['1e400', { raw: JSON.stringify(draft).replaceAll('10000', '1e400'), headers: json }, 400, 'request/unreadable'],
    ['U+0000', { body: { ...draft, text: 'a\u0000' } }, 422, 'voucher/invalid'],
    [
      'a lone surrogate',
      { raw: JSON.stringify({ ...draft, text: 'TEKST' }).replace('TEKST', '\\ud800'), headers: json },
      422,
      'voucher/invalid',
    ],
    [
      'unbalanced',
      {
        body: {
          ...draft,
          lines: [
            { account: '1920', amount: 1 },
            { account: '2900', amount: -2 },
          ],
        },
      },
      422,
      'voucher/invalid',
    ],
    ['null', { body: null }, 422, 'voucher/invalid'],
    ['a list', { body: [draft] }, 422, 'voucher/invalid'],
  ]
  for (const [name, sent, status, code] of cases) {
    const answer = await c.call('/vouchers', sent)
    expect([name, answer.status, answer.json?.code]).toEqual([name, status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json.title.length).toBeGreaterThan(10)
  }
  expect(await state(c)).toBe(before)
})

test('addresses and keys that lead nowhere are told so', async () => {
  const c = await company()
  expect((await call('/api/v1/nothing')).json.code).toBe('request/not-found')
  expect((await call(`/api/v1/companies/cmp_${'z'.repeat(26)}/vouchers`)).json.code).toBe('company/unknown')
  expect((await call(`${c.path}/vouchers`, { key: null })).json.code).toBe('sign-in/required')
  expect((await call(`${c.path}/vouchers`, { key: 'hbk_wrong' })).status).toBe(401)
  expect((await c.call('/vouchers/vch_nothing')).json.code).toBe('voucher/unknown')
  expect((await c.call('/vouchers?limit=abc')).json.issues[0].pointer).toBe('#/limit')
  expect((await c.call('/vouchers?whim=1')).json.issues[0].code).toBe('field/invalid')
})

test('a batch is all or nothing, or each for itself', async () => {
  const c = await company()
  const good = simpleDraft()
  const bad = simpleDraft({
    lines: [
      { account: '9', amount: 1 },
      { account: '1920', amount: -1 },
    ],
  })
  const all = await c.call('/vouchers/batch', { body: { vouchers: [good, bad] } })
  expect([all.status, all.json.issues[0].pointer]).toEqual([422, '#/vouchers/1/lines/0/account'])
  expect((await c.call('/vouchers')).json.vouchers).toHaveLength(0)
  const each = await c.call('/vouchers/batch', { body: { mode: 'per-voucher', vouchers: [good, bad] } })
  expect(each.status).toBe(201)
  expect(each.json.vouchers.map((v: any) => v.status)).toEqual(['posted', 'refused'])
  const again = await c.call('/vouchers/batch', { body: { mode: 'per-voucher', vouchers: [good, bad] } })
  expect([again.status, again.json.vouchers[0].replayed]).toEqual([200, true])
})

test('a batch with an Idempotency-Key gives its first answer again, and refuses other content', async () => {
  const c = await company()
  const headers = { 'idempotency-key': 'month-03' }
  const body = { vouchers: [simpleDraft()] }
  const first = await c.call('/vouchers/batch', { body, headers })
  const again = await c.call('/vouchers/batch', { body, headers })
  expect([first.status, again.status, again.json.vouchers[0].number]).toEqual([201, 200, first.json.vouchers[0].number])
  const other = await c.call('/vouchers/batch', { body: { vouchers: [simpleDraft()] }, headers })
  expect([other.status, other.json.code]).toEqual([422, 'request/key-reused'])
})
