import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { anywhere } from '#worker/core/text.ts'
import { nextNumber } from '#worker/parties/party.ts'
import { cursorAfter, cursorOf } from '#worker/parties/party-search.ts'

const { company } = testApp()
type Company = Awaited<ReturnType<typeof company>>
const make = (c: Company, over: object = {}, sent: object = {}) =>
  c.call('/parties', { body: { kind: 'customer', name: 'Fjellheim Bakeri AS', ...over }, ...sent })
const invoice = (party: string) =>
  simpleDraft({
    lines: [
      { rowKey: 'a', account: party, amount: 10_000 },
      { rowKey: 'b', account: '1920', amount: -10_000 },
    ],
  })

describe('numbers', () => {
  test('come from the series: customers from 10000, suppliers from 20000, and follow the highest', async () => {
    const c = await company()
    const numbers = []
    for (const over of [{}, {}, { kind: 'supplier' }, { number: '10050' }, {}, { number: '07' }, {}, { number: 'A-1' }])
      numbers.push((await make(c, over)).json.number)
    expect(numbers).toEqual(['10000', '10001', '20000', '10050', '10051', '07', '10052', 'A-1'])
  })

  test('ten made at once get ten numbers', async () => {
    const c = await company()
    const all = await Promise.all(Array.from({ length: 10 }, () => make(c)))
    expect(all.map((a) => a.status)).toEqual(Array(10).fill(201))
    expect(all.map((a) => a.json.number).sort()).toEqual(Array.from({ length: 10 }, (_, i) => String(10_000 + i)))
    const { events } = (await c.call('/events')).json
    expect(events.map((e: any) => e.sequence)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
  })

  test('of five digits go on with six when they are used up, and never leave their series', () => {
    expect(nextNumber('customer', new Map())).toBe('10000')
    expect(nextNumber('customer', new Map([[5, '19999']]))).toBe('100000')
    expect(
      nextNumber(
        'supplier',
        new Map([
          [5, '29999'],
          [6, '200004'],
        ]),
      ),
    ).toBe('200005')
    expect(nextNumber('customer', new Map([5, 6, 7, 8, 9].map((n) => [n, '1'.padEnd(n, '9')])))).toBeUndefined()
    const taken = fc.array(fc.tuple(fc.integer({ min: 5, max: 9 }), fc.nat(9)))
    fc.assert(
      fc.property(taken, (rows) => {
        const highest = new Map(rows.map(([n, last]) => [n, `1${'0'.repeat(n - 2)}${last}`]))
        const next = nextNumber('customer', highest)!
        expect(next).toMatch(/^1\d{4,8}$/)
        expect([...highest.values()]).not.toContain(next)
      }),
    )
  })

  test('the same request repeated with its key makes one party', async () => {
    const c = await company()
    const headers = { 'idempotency-key': 'kunde-1' }
    const first = await make(c, {}, { headers })
    const again = await make(c, {}, { headers })
    expect([first.status, again.status, again.json.number, again.json.replayed]).toEqual([201, 200, '10000', true])
    expect((await c.call('/parties')).json.parties.length).toBe(1)
  })
})

describe('a party', () => {
  test('is posted on at once, by a writer that refused it just before', async () => {
    const c = await company()
    expect((await c.call('/vouchers', { body: invoice('1500:10000') })).json.issues[0].code).toBe('party/unknown')
    await make(c)
    expect((await c.call('/vouchers', { body: invoice('1500:10000') })).status).toBe(201)
    expect((await c.call('/parties/customer/10000')).json).toMatchObject({
      used: true,
      controlAccount: '1500',
      version: 1,
    })
  })

  test('has its identifiers checked, and what it points at', async () => {
    const c = await company()
    const right = {
      organisationNumber: '974760673',
      bankAccount: '86011117947',
      email: 'post@fjellheim.no',
      country: 'NO',
    }
    expect((await make(c, right)).json).toMatchObject(right)
    const wrong = await make(c, {
      kind: 'person',
      number: '1 2',
      organisationNumber: '974760674',
      bankAccount: '86011117948',
      email: 'post',
      country: 'Norge',
      paymentTermsDays: 14.5,
      colour: 'rød',
    })
    expect(wrong.json.issues.map((i: any) => `${i.pointer} ${i.code}`).sort()).toEqual([
      '#/bankAccount bank-account/invalid',
      '#/colour field/invalid',
      '#/country field/invalid',
      '#/email field/invalid',
      '#/kind field/invalid',
      '#/number field/invalid',
      '#/organisationNumber organisation-number/invalid',
      '#/paymentTermsDays field/invalid',
    ])
    const pointing = await make(c, { controlAccount: '2400', defaultAccount: '9999', defaultVatCode: '99' })
    expect(pointing.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/controlAccount party/wrong-kind',
      '#/defaultAccount account/unknown',
      '#/defaultVatCode vat-code/unknown',
    ])
    expect((await make(c, { controlAccount: '1599' })).json.issues[0].code).toBe('account/unknown')
    const twice = await make(c, { number: '10000' })
    expect([twice.status, twice.json.code, twice.json.title]).toEqual([
      422,
      'party/exists',
      'Kunde 10000 finnes allerede.',
    ])
    expect((await make(c, { name: 'Hei\u0000' })).json.issues[0].code).toBe('text/not-allowed')
  })

  test('is changed with a trace, for the version that was read', async () => {
    const c = await company()
    await make(c)
    await c.call('/vouchers', { body: invoice('1500:10000') })
    const change = (body: object, version?: string) =>
      c.call('/parties/customer/10000', { method: 'PATCH', body, headers: version ? { 'if-match': version } : {} })
    const changed = await change({ bankAccount: '86011117947', active: false }, '"1"')
    expect([changed.status, changed.json.version, changed.headers.get('etag')]).toEqual([200, 2, '"2"'])
    expect((await change({ name: 'Ny' }, '"1"')).json.code).toBe('version/stale')
    const event = (await c.call('/events')).json.events.at(-1)
    expect(event).toMatchObject({
      type: 'party.changed',
      subject: 'customer 10000',
      touched: [{ party: '10000' }],
      changes: { bankAccount: [null, '86011117947'], active: [true, false] },
    })
    for (const path of ['/parties/customer/77', '/parties/person/10000', '/parties/supplier/10000'])
      expect((await c.call(path, { method: 'PATCH', body: {} })).json.code).toBe('party/unknown')
    expect((await c.call('/parties/supplier/10000')).status).toBe(404)
  })
})

describe('search', () => {
  test('finds by number, organisation number and any part of a name, whatever its case', async () => {
    const c = await company()
    await make(c, { name: 'Ålesund Båtbyggeri', organisationNumber: '974760673' })
    await make(c, { name: 'Øvre Fjellheim [Invest] 50%' })
    await make(c, { kind: 'supplier', name: 'Strømverket_1' })
    await make(c, { name: 'Gammel', active: false })
    const found = async (query: string) => (await c.call(`/parties?${query}`)).json.parties.map((p: any) => p.number)
    expect(await found('q=ålesund')).toEqual(['10000'])
    expect(await found('q=BÅT')).toEqual(['10000'])
    expect(await found('q=97476')).toEqual(['10000'])
    expect(await found('q=2000')).toEqual(['20000'])
    expect(await found('q=1000')).toEqual(['10000', '10001', '10002'])
    expect(await found(`q=${encodeURIComponent('[invest] 50%')}`)).toEqual(['10001'])
    expect(await found(`q=${encodeURIComponent('t_1')}`)).toEqual(['20000'])
    expect(await found(`q=${encodeURIComponent('*')}`)).toEqual([])
    expect(await found('kind=supplier')).toEqual(['20000'])
    expect(await found('kind=customer&active=false')).toEqual(['10002'])
    expect((await c.call('/parties?kind=person')).status).toBe(422)
    expect((await c.call('/parties?cursor=x')).status).toBe(422)
  })

  test('comes in pages that together hold each party once', async () => {
    const c = await company()
    for (let i = 0; i < 5; i++) await make(c, { kind: i % 2 ? 'supplier' : 'customer', name: `P ${i}` })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
      const { json } = await c.call(`/parties?limit=2${more}`)
      expect(json.parties.length).toBeLessThanOrEqual(2)
      seen.push(...json.parties.map((p: any) => p.number))
      cursor = json.cursor
    } while (cursor)
    expect(seen).toEqual(['10000', '10001', '10002', '20000', '20001'])
  })

  test('a cursor leads back to where it was made', () => {
    fc.assert(
      fc.property(fc.constantFrom('customer', 'supplier'), fc.string({ unit: 'grapheme' }), (kind, number) => {
        expect(cursorOf(cursorAfter({ kind, number }))).toEqual({ kind, number })
      }),
    )
    expect(anywhere('a[^')).toBe('*[aA][[]^*')
  })
})
