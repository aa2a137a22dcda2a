import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'

const { company } = testApp()
const HUGE = 8_900_000_000_000_001

const pair = (line: object, rest: object = {}) =>
  simpleDraft({
    lines: [
      { account: '1920', ...line },
      { account: '2900', amount: -1, ...rest },
    ],
  })

test('a draft whose figures leave the range is refused, and takes nobody else with it', async () => {
  const c = await company()
  const odd = {
    'currency amount times rate': pair({ currency: 'USD', currencyAmount: HUGE, rate: '999999999' }),
    'the same with an amount': pair({ currency: 'USD', currencyAmount: HUGE, rate: '999999999', amount: 5 }),
    'VAT on top': simpleDraft({
      lines: [
        { account: '6800', amount: HUGE, vatCode: '1', vatMode: 'net' },
        { account: '1920', amount: -HUGE },
      ],
    }),
    'a rate next to nothing': pair({ currency: 'USD', amount: HUGE, currencyAmount: 1, rate: '0.000000000000000001' }),
    'a share at a rate next to nothing': simpleDraft({
      lines: [
        { account: '6800', amount: HUGE, currency: 'USD', rate: '0.000000000000000001', vatCode: '1' },
        { account: '1920', amount: -HUGE },
      ],
    }),
    'a share by its own rate': simpleDraft({
      lines: [
        { account: '6800', amount: 3, currency: 'USD', currencyAmount: HUGE, vatCode: '1' },
        { account: '1920', amount: -3 },
      ],
    }),
    'a sum beyond all numbers': simpleDraft({
      lines: Array.from({ length: 2_200 }, (_, i) => ({ account: '1920', amount: i < 1_100 ? HUGE : -HUGE })),
    }),
    'nothing among matches': pair({ account: '1500:1', amount: 1, matches: [null] }),
    'odd matches': pair({ amount: 1, matches: [{ openItem: 'x', amount: 1e300 }] }),
    'no lines that are lines': simpleDraft({ lines: [null, 3, [], 'x', { account: '1920', amount: 1 }] }),
    'prototype keys': JSON.parse(
      `{"id":"${voucherId()}","__proto__":{"lines":[]},"constructor":1,"lines":{"length":-1}}`,
    ),
    'prototype dimensions': pair({
      account: 'constructor',
      dimensions: JSON.parse('{"__proto__":"x","constructor":"y","toString":null}'),
    }),
    'a share of VAT': pair({ vatCode: 'toString', amount: 1, vatAmount: HUGE }),
  }
  for (const path of ['/vouchers', '/vouchers/dry-run'])
    for (const [name, draft] of Object.entries(odd)) {
      const one = path === '/vouchers' ? draft : { vouchers: [draft] }
      const [, answer, good] = await Promise.all([
        c.call('/vouchers', { body: simpleDraft() }),
        c.call(path, { body: one }),
        c.call('/vouchers', { body: simpleDraft() }),
      ])
      expect
        .soft([name, path, answer.status < 500, good.status], answer.text.slice(0, 300))
        .toEqual([name, path, true, 201])
    }
})

test('two who reverse the same voucher at once: one does, the other hears of it, and others post', async () => {
  const c = await company()
  const { json } = await c.call('/vouchers', { body: simpleDraft() })
  const reverse = () =>
    c.call(`/vouchers/${json.id}/reversal`, { body: { id: voucherId(), voucherDate: simpleDraft().voucherDate } })
  const [, one, two, other] = await Promise.all([
    c.call('/vouchers', { body: simpleDraft() }),
    reverse(),
    reverse(),
    c.call('/vouchers', { body: simpleDraft() }),
  ])
  expect([one.status, two.status].sort()).toEqual([201, 422])
  expect([one, two].find((a) => a.status === 422)!.json.code).toBe('voucher/already-reversed')
  expect(other.status).toBe(201)
})

test('a draft with a fault on each of 10 000 lines is answered in good time', async () => {
  const c = await company()
  const lines = Array.from({ length: 10_000 }, () => ({ account: '99999', amount: 'x' }))
  const start = performance.now()
  const answer = await c.call('/vouchers', { body: simpleDraft({ lines }) })
  const took = performance.now() - start
  expect(answer.status).toBe(422)
  expect(took).toBeLessThan(3_000)
})

test('amounts as large as they come never make a report fail', async () => {
  const c = await company()
  const posts: number[] = []
  for (let i = 0; i < 3; i++)
    posts.push(
      (
        await c.call('/vouchers', {
          body: simpleDraft({
            lines: [
              { account: '1920', amount: HUGE },
              { account: '2900', amount: -HUGE },
            ],
          }),
        })
      ).status,
    )
  const wide = await c.call('/vouchers', {
    body: simpleDraft({
      lines: [
        { account: '1920', amount: HUGE },
        { account: '2900', amount: -HUGE },
        { account: '1920', amount: HUGE },
        { account: '2900', amount: -HUGE },
      ],
    }),
  })
  expect(posts).toEqual([201, 422, 422])
  expect(wide.json.issues[0].code).toBe('amount/too-large')
  const y = new Date().getFullYear()
  for (const path of [
    '/vouchers',
    `/reports/trial-balance?fromDate=${y}-01-01&toDate=${y}-12-31`,
    '/reports/trial-balance?fromDate=0000-01-01&toDate=9999-12-31',
    '/reports/general-ledger?fromDate=0001-01-01&toDate=9999-12-31',
    '/reports/voucher-journal?fromDate=0001-01-01&toDate=9999-12-31',
    '/reports/voucher-journal',
    '/reports/party-balances?kind=customer&toDate=9999-12-31',
    '/open-items?asOf=9999-12-31',
    '/open-items/ageing?kind=customer',
    '/reports/general-ledger?cursor=bnVsbA',
    '/reports/general-ledger?cursor=WzFlMzAwXQ',
    '/reports/trial-balance?__proto__=x&constructor=y&department=1',
    '/reports/trial-balance?asKnownAt=9999-12-31&fromDate=9999-12-31&toDate=9999-12-31',
    '/reports/trial-balance?atVersion=999999999999999',
    '/audit-log?fiscalYear=9999',
    '/vouchers/%00',
    '/vouchers/%ff',
    '/vouchers/%ED%A0%80',
    '/parties/customer/%00',
    '/parties/x/%F0%9F%92%A9',
    '/vouchers?text=%00%25%5C',
    '/vouchers?cursor=0&limit=0',
    '/vouchers?cursor=%25',
    '/vouchers?cursor=%25FF',
    '/events?after=999999999999999',
    '/parties?text=%00',
    '/matches/%00',
    '/open-items/itm_99999999999999999999999999',
    '/verify',
  ]) {
    const a = await c.call(path)
    expect.soft([path, a.status < 500], a.text.slice(0, 200)).toEqual([path, true])
  }
  const dry = await c.call('/vouchers/dry-run', { body: { vouchers: [simpleDraft()] } })
  expect.soft(dry.status).toBe(200)
})
