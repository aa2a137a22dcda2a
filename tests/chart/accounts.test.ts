import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()
const on = (account: string, over: Record<string, unknown> = {}) =>
  simpleDraft({
    lines: [
      { rowKey: 'a', account, amount: 10_000, ...over },
      { rowKey: 'b', account: '1920', amount: -10_000 },
    ],
  })
const newest = async (c: Awaited<ReturnType<typeof company>>) => (await c.call('/events?after=0')).json.events.at(-1)

describe('the chart', () => {
  test('lists every account with its version and the months it was used in', async () => {
    const c = await company()
    await c.call('/vouchers', { body: simpleDraft() })
    const { json } = await c.call('/accounts')
    expect(json.accounts.length).toBeGreaterThan(350)
    const bank = json.accounts.find((a: any) => a.number === '1920')
    expect(bank).toMatchObject({
      type: 'asset',
      used: true,
      firstMonth: `${year}-01`,
      lastMonth: `${year}-01`,
      version: 1,
    })
    expect(json.accounts.find((a: any) => a.number === '1500')).toMatchObject({ control: 'customer', used: false })
    expect((await c.call('/accounts/1920')).json).toEqual(bank)
    expect((await c.call('/accounts/1920')).headers.get('etag')).toBe('"1"')
    expect((await c.call('/accounts/9999')).json.code).toBe('account/unknown')
  })

  test('a new account is posted on at once, by a writer that refused it just before', async () => {
    const c = await company()
    expect((await c.call('/vouchers', { body: on('6805') })).json.issues[0].code).toBe('account/unknown')
    const made = await c.call('/accounts', { body: { number: '6805', nameNb: 'Kaffe', defaultVatCode: '1' } })
    expect([made.status, made.json.type, made.json.nameEn, made.json.used]).toEqual([201, 'expense', 'Kaffe', false])
    const draft = on('6805', { vatCode: '1' })
    expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
    const event = (await c.call('/events')).json.events.find((e: any) => e.type === 'account.created')
    expect(event).toMatchObject({ by: 'operator', subject: '6805', ledgerVersion: 0 })
    expect(event.changes).toMatchObject({
      number: [null, '6805'],
      nameNb: [null, 'Kaffe'],
      defaultVatCode: [null, '1'],
    })
  })

  test('every fault of a new account is told in its field', async () => {
    const c = await company()
    const wrong = {
      number: '6 805',
      nameNb: '',
      defaultVatCode: '99',
      allowedVatCodes: ['1', '98'],
      groupingCode: '6800',
    }
    const shape = await c.call('/accounts', { body: wrong })
    expect(shape.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/nameNb field/required',
      '#/number field/invalid',
    ])
    const rules = await c.call('/accounts', { body: { ...wrong, number: '6805', nameNb: 'Kaffe' } })
    expect([rules.status, rules.json.code]).toEqual([422, 'request/invalid'])
    expect(rules.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/allowedVatCodes/1 vat-code/unknown',
      '#/defaultVatCode vat-code/unknown',
      '#/groupingCategory field/required',
    ])
    const sales = await c.call('/accounts', { body: { number: '6805', nameNb: 'Kaffe', defaultVatCode: '3' } })
    expect(sales.json.issues[0]).toMatchObject({ code: 'vat-code/not-allowed', pointer: '#/defaultVatCode' })
    const twice = await c.call('/accounts', { body: { number: '1920', nameNb: 'Bank' } })
    expect([twice.status, twice.json.code, twice.json.title]).toEqual([
      422,
      'account/exists',
      'Konto 1920 finnes allerede.',
    ])
  })
})

describe('a change of an account', () => {
  test('reaches the very next post: closed, VAT code required, codes narrowed', async () => {
    const c = await company()
    const day = `${year}-01-15`
    expect((await c.call('/vouchers', { body: on('6800') })).status).toBe(201)
    const closed = await c.call('/accounts/6800', { method: 'PATCH', body: { closedFrom: day } })
    expect([closed.status, closed.json.version]).toEqual([200, 2])
    expect((await c.call('/vouchers', { body: on('6800') })).json.issues[0]).toMatchObject({
      code: 'account/closed',
      pointer: '#/lines/0/account',
    })
    await c.call('/accounts/6800', { method: 'PATCH', body: { closedFrom: null, vatCodeRequired: true } })
    expect((await c.call('/vouchers', { body: on('6800') })).json.issues[0].code).toBe('vat-code/required')
    await c.call('/accounts/6800', { method: 'PATCH', body: { allowedVatCodes: ['0'], defaultVatCode: '0' } })
    expect((await c.call('/vouchers', { body: on('6800', { vatCode: '1' }) })).json.issues[0]).toMatchObject({
      code: 'vat-code/not-allowed',
      params: { allowed: ['0'] },
    })
    expect((await c.call('/vouchers', { body: on('6800', { vatCode: '0' }) })).status).toBe(201)
  })

  test('is kept with old and new value and by whom, and only what changed', async () => {
    const c = await company()
    const key = await c.key('accountant')
    await c.call('/accounts/6800', { method: 'PATCH', key, body: { nameNb: 'Rekvisita', vatCodeRequired: false } })
    const event = await newest(c)
    expect(event).toMatchObject({ type: 'account.changed', subject: '6800', touched: [{ account: '6800' }] })
    expect(event.changes).toEqual({ nameNb: ['Kontorrekvisita', 'Rekvisita'] })
    expect(event.by).toMatch(/^key_/)
    await c.call('/accounts/6800', { method: 'PATCH', body: { nameNb: 'Rekvisita' } })
    expect(await newest(c)).toEqual(event)
  })

  test('meant for another version is refused and leaves no trace', async () => {
    const c = await company()
    const change = (name: string, version: string) =>
      c.call('/accounts/6800', { method: 'PATCH', body: { nameNb: name }, headers: { 'if-match': version } })
    expect((await change('Først', '"1"')).status).toBe(200)
    const late = await change('Sist', '"1"')
    expect([late.status, late.json.code, late.json.params]).toEqual([409, 'version/stale', { version: 2 }])
    expect((await change('Sist', 'tull')).json.code).toBe('version/stale')
    expect((await c.call('/accounts/6800')).json.nameNb).toBe('Først')
    // Nine at once for the same version: one gets it, and there is one event more.
    const before = (await newest(c)).sequence
    const all = await Promise.all(Array.from({ length: 9 }, (_, i) => change(`Navn ${i}`, '"2"')))
    expect(all.map((a) => a.status).sort()).toEqual([200, ...Array(8).fill(409)])
    expect((await newest(c)).sequence).toBe(before + 1)
  })
})

describe('an account is taken away', () => {
  test('only when nothing rests on it', async () => {
    const c = await company()
    const take = (account: string) => c.call(`/accounts/${account}`, { method: 'DELETE' })
    await c.call('/vouchers', { body: simpleDraft() })
    expect([(await take('1920')).status, (await take('1920')).json.code]).toEqual([422, 'account/in-use'])
    expect((await take('2700')).json.params).toMatchObject({ reason: 'vat-code', vatCodes: ['3'] })
    await c.call('/parties', { body: { kind: 'supplier', name: 'Papirlageret' } })
    expect((await take('2400')).json.title).toBe(
      'Konto 2400 er samlekonto for 1 kunder eller leverandører. Gi dem en annen samlekonto først.',
    )
    expect((await take('9999')).status).toBe(404)
    await c.call('/dimensions/project/rules', {
      method: 'PUT',
      body: { rules: { '6801': 'optional', '6810': 'required' } },
    })
    expect((await take('6810')).status).toBe(204)
    expect((await c.call('/accounts/6810')).status).toBe(404)
    expect(await newest(c)).toMatchObject({ type: 'account.deleted', subject: '6810' })
  })

  test('and the very next post on it is refused, though the writer knew it', async () => {
    const c = await company()
    await c.call('/vouchers', { body: simpleDraft() })
    expect((await c.call('/vouchers/dry-run', { body: { vouchers: [on('6800')] } })).json.vouchers[0].status).toBe(
      'ready',
    )
    expect((await c.call('/accounts/6800', { method: 'DELETE' })).status).toBe(204)
    const { status, json } = await c.call('/vouchers', { body: on('6800') })
    expect([status, json.issues?.[0].code]).toEqual([422, 'account/unknown'])
  })

  test('the database itself refuses to lose an account with entries', async () => {
    const c = await company()
    await c.call('/vouchers', { body: simpleDraft() })
    await expect(c.db.execute("delete from account where number = '1920'")).rejects.toThrow('account/in-use')
    await expect(c.db.execute("update account set type = 'income' where number = '1920'")).rejects.toThrow(
      'account/in-use',
    )
  })
})
