import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { norgesBankAddress, ratesInSdmx } from '#worker/currency/norges-bank.ts'

const app = testApp()
const year = new Date().getFullYear()
const SAMPLE = readFileSync('tests/fixtures/norges-bank/exr.json', 'utf8')
const withRates = async (...rates: object[]) => {
  const c = await app.company()
  const put = await c.call('/currency-rates', { method: 'PUT', body: { rates } })
  expect([put.status, put.json.written]).toEqual([200, rates.length])
  return c
}
const eur = (date: string, rate: string, more: object = {}) => ({
  currency: 'EUR',
  date: `${year}-${date}`,
  rate,
  ...more,
})
const draft = (line: object, over: object = {}) =>
  simpleDraft({
    lines: [
      { rowKey: 'a', account: '1920', ...line },
      { rowKey: 'b', account: '2900', amount: -116_543 },
    ],
    ...over,
  })

describe('the rate of a line that has none', () => {
  test('is the dated one of the document’s day, and stands on the entry with its source', async () => {
    const c = await withRates(eur('01-14', '11.5'), eur('01-15', '11.6543'), eur('01-16', '12'))
    const posted = await c.call('/vouchers', { body: draft({ currency: 'EUR', currencyAmount: 10_000 }) })
    expect(posted.status, posted.text).toBe(201)
    const { json } = await c.call(`/vouchers/${posted.json.id}`)
    expect(json.entries[0]).toMatchObject({
      amount: 116_543,
      currency: 'EUR',
      currencyAmount: 10_000,
      rate: '11.6543',
      rateUnit: 1,
      rateSource: `manual ${year}-01-15`,
    })
    // The same again is a replay, whatever the table says by then: the rate is no part of what was typed.
    await c.call('/currency-rates', { method: 'PUT', body: { rates: [eur('01-15', '11.7')] } })
    const again = await c.call('/vouchers', { body: json.draft })
    expect([again.status, again.json.replayed]).toEqual([200, true])
    expect((await c.call('/verify')).json).toMatchObject({ ok: true })
  })

  test('is the last earlier one, and says so; without any it must be typed', async () => {
    const c = await withRates(eur('01-10', '11.6543'))
    const tried = await c.call('/vouchers/dry-run', {
      body: { vouchers: [draft({ currency: 'EUR', currencyAmount: 10_000 })] },
    })
    expect(tried.json.vouchers[0].issues).toMatchObject([
      {
        code: 'currency-rate/earlier',
        severity: 'warning',
        pointer: '#/vouchers/0/lines/0/rate',
        message: `EUR har ingen kurs 15.01.${year}. Kursen fra 10.01.${year} brukes: 11,6543 per 1.`,
      },
    ])
    expect(tried.json.vouchers[0].entries[0].amount).toBe(116_543)
    // One per hundred typed as per one is a hundred times what the table says.
    const line = (more: object) => draft({ currency: 'EUR', currencyAmount: 10_000, ...more })
    const far = await c.call('/vouchers/dry-run', {
      body: {
        vouchers: [line({ rate: '1165.43' }), line({ rate: '1165.43', rateUnit: 100 }), line({ amount: 100 })],
      },
    })
    const codes = far.json.vouchers.map((v: any) =>
      v.issues.map((i: any) => i.code).filter((x: string) => /far/.test(x)),
    )
    expect(codes).toEqual([['currency-rate/far'], [], ['currency-rate/far']])
    const before = await c.call('/vouchers', {
      body: draft({ currency: 'EUR', currencyAmount: 10_000 }, { voucherDate: `${year}-01-09` }),
    })
    const other = await c.call('/vouchers', { body: draft({ currency: 'USD', currencyAmount: 10_000 }) })
    for (const refused of [before, other])
      expect([refused.status, refused.json.issues.map((i: any) => `${i.pointer} ${i.code}`)]).toEqual([
        422,
        ['#/lines/0/rate currency-rate/missing'],
      ])
  })

  test('gives the currency amount where only kroner are typed; per 100 where the rate is; nothing where both are typed', async () => {
    const c = await withRates({ currency: 'SEK', date: `${year}-01-15`, rate: '103.35', unit: 100 })
    const entry = async (line: object) => {
      const { json, text } = await c.call('/vouchers/dry-run', { body: { vouchers: [draft(line)] } })
      if (!json.vouchers) throw new Error(text)
      const { amount, currencyAmount, rate, rateUnit, rateSource } = json.vouchers[0].entries[0]
      return [amount, currencyAmount, rate, rateUnit, rateSource]
    }
    const dated = `manual ${year}-01-15`
    expect(await entry({ currency: 'SEK', amount: 10_335 })).toEqual([10_335, 10_000, '103.35', 100, dated])
    expect(await entry({ currency: 'SEK', currencyAmount: 10_000 })).toEqual([10_335, 10_000, '103.35', 100, dated])
    expect(await entry({ currency: 'SEK', currencyAmount: 10_000, amount: 10_000 })).toEqual([
      10_000,
      10_000,
      '1',
      1,
      'derived',
    ])
    expect(await entry({ currency: 'SEK', currencyAmount: 10_000, rate: '1.1' })).toEqual([
      11_000,
      10_000,
      '1.1',
      1,
      'given',
    ])
  })

  test('travels to grid and add-in with the facts', async () => {
    const c = await withRates(eur('01-15', '11.6543'))
    const first = await c.call('/books')
    expect(first.json.currencyRates).toEqual([{ ...eur('01-15', '11.6543'), unit: 1, source: 'manual' }])
    await c.call('/currency-rates', { method: 'PUT', body: { rates: [eur('01-15', '11.7')] } })
    const second = await c.call('/books', { headers: { 'if-none-match': first.headers.get('etag')! } })
    expect(second.json.currencyRates[0].rate).toBe('11.7')
    const third = await c.call('/books', { headers: { 'if-none-match': second.headers.get('etag')! } })
    expect(third.status).toBe(304)
  })
})

describe('the table', () => {
  test('keeps who changed a rate, with old and new value, and is never emptied', async () => {
    const c = await withRates(eur('01-15', '11.65'))
    const same = await c.call('/currency-rates', { method: 'PUT', body: { rates: [eur('01-15', '11.65')] } })
    expect(same.json).toMatchObject({ written: 0, unchanged: 1 })
    await c.call('/currency-rates', { method: 'PUT', body: { rates: [eur('01-15', '11.7')] } })
    const { json } = await c.call('/events?limit=100')
    const events = json.events.filter((e: any) => e.type === 'currency-rate.changed')
    expect(events.map((e: any) => [e.subject, e.by, e.changes.rate])).toEqual([
      [`EUR ${year}-01-15`, 'operator', [null, '11.65']],
      [`EUR ${year}-01-15`, 'operator', ['11.65', '11.7']],
    ])
    await expect(c.db.execute('delete from currency_rate')).rejects.toThrow('currency-rate/is-kept')
  })
  test('refuses what is no rate, in each field', async () => {
    const c = await app.company()
    const bad = [
      { currency: 'NOK', date: `${year}-01-15`, rate: '1' },
      { currency: 'EUR', date: `${year}-02-30`, rate: '1' },
      { currency: 'EUR', date: `${year}-01-15`, rate: '0' },
      { currency: 'EUR', date: `${year}-01-15`, rate: '1,5' },
      { currency: 'EUR', date: `${year}-01-15`, rate: '1.5', unit: 10 },
    ]
    const { json } = await c.call('/currency-rates', { method: 'PUT', body: { rates: bad } })
    expect(json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/rates/0/currency field/invalid',
      '#/rates/1/date date/invalid',
      '#/rates/2/rate field/invalid',
      '#/rates/3/rate field/invalid',
      '#/rates/4/unit field/invalid',
    ])
  })
})

describe('Norges Bank', () => {
  test('is read as published: decimal texts, per 100 where the multiplier says so', () => {
    expect(ratesInSdmx(JSON.parse(SAMPLE))).toEqual([
      { currency: 'EUR', date: '2026-07-23', rate: '11.6485', unit: 1, source: 'norges-bank' },
      { currency: 'EUR', date: '2026-07-24', rate: '11.6543', unit: 1, source: 'norges-bank' },
      { currency: 'SEK', date: '2026-07-23', rate: '103.28', unit: 100, source: 'norges-bank' },
      { currency: 'SEK', date: '2026-07-24', rate: '103.35', unit: 100, source: 'norges-bank' },
    ])
    for (const other of [undefined, {}, { data: { dataSets: [] } }, 'text']) expect(ratesInSdmx(other)).toBeUndefined()
  })
  test('is asked once for all, and fills the table without overwriting what a person wrote', async () => {
    const asked: string[] = []
    app.env.RATES_FETCH = (async (url: string) => {
      asked.push(String(url))
      return new Response(SAMPLE, { headers: { 'content-type': 'application/json' } })
    }) as unknown as typeof fetch
    const c = await withRates({ currency: 'EUR', date: '2026-07-24', rate: '11.5' })
    const body = { currencies: ['SEK', 'EUR'], fromDate: '2026-07-23', toDate: '2026-07-24' }
    const { json } = await c.call('/currency-rates/fetch', { body })
    expect(json).toMatchObject({ written: 3, unchanged: 0, kept: [{ currency: 'EUR', rate: '11.6543' }] })
    expect(asked).toEqual([
      norgesBankAddress({ ...body, fromDate: body.fromDate as IsoDate, toDate: body.toDate as IsoDate }),
    ])
    expect(asked[0]).toContain('/api/data/EXR/B.EUR+SEK.NOK.SP?format=sdmx-json&startPeriod=2026-07-23&')
    const kept = await c.call('/currency-rates?currency=EUR')
    expect(kept.json.rates.map((r: any) => [r.date, r.rate, r.source])).toEqual([
      ['2026-07-24', '11.5', 'manual'],
      ['2026-07-23', '11.6485', 'norges-bank'],
    ])
  })
  test('that is silent changes nothing, and says so', async () => {
    const c = await app.company()
    const body = { currencies: ['EUR'], fromDate: '2026-07-23', toDate: '2026-07-24' }
    for (const answer of [
      () => Promise.reject(new Error('no network')),
      async () => new Response('down', { status: 502 }),
      async () => new Response('<html>'),
    ]) {
      app.env.RATES_FETCH = answer as unknown as typeof fetch
      const refused = await c.call('/currency-rates/fetch', { body })
      expect([refused.status, refused.json.code]).toEqual([503, 'currency-rate/source-silent'])
    }
    expect((await c.call('/currency-rates')).json.rates).toEqual([])
  })
})
