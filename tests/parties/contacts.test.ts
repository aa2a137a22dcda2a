import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { deskOf } from '#tests/support/ledger-desk.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'

const app = testApp()
const year = new Date().getFullYear()
const customer = async () => {
  const c = await app.company()
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Fjordvik Handel AS' } })
  return c
}

describe('contacts', () => {
  test('stand on the card, with their history, and are taken out of use rather than deleted', async () => {
    const c = await customer()
    const made = await c.call('/parties/customer/10001/contacts', {
      body: { name: 'Anne Vik', email: 'anne@fjordvik.no' },
    })
    expect([made.status, made.json.name, made.json.active]).toEqual([201, 'Anne Vik', true])
    const path = `/parties/customer/10001/contacts/${made.json.id}`
    const changed = await c.call(path, { method: 'PATCH', body: { role: 'Daglig leder', active: false } })
    expect([changed.json.version, changed.json.role]).toEqual([2, 'Daglig leder'])
    const stale = await c.call(path, { method: 'PATCH', body: { role: 'Styreleder' }, headers: { 'if-match': '"1"' } })
    expect(stale.json.code).toBe('version/stale')
    expect((await c.call('/parties/customer/10001/contacts')).json.contacts).toEqual([changed.json])
    const events = (await c.call('/events?limit=100')).json.events.filter((e: any) => e.type.startsWith('contact.'))
    expect(events.map((e: any) => e.type)).toEqual(['contact.created', 'contact.changed'])
    await expect(c.db.execute("update contact set party_kind = 'supplier'")).rejects.toThrow('contact/stays')
  })
  test('need a party that is there, and a name', async () => {
    const c = await customer()
    const nobody = await c.call('/parties/customer/99999/contacts', { body: { name: 'Anne' } })
    expect([nobody.status, nobody.json.code]).toEqual([404, 'party/unknown'])
    const unnamed = await c.call('/parties/customer/10001/contacts', { body: { name: ' ' } })
    expect(unnamed.json.issues[0]).toMatchObject({ pointer: '#/name', code: 'field/required' })
    const other = await c.call('/parties/customer/10001/contacts/con_x', { method: 'PATCH', body: { name: 'A' } })
    expect(other.json.code).toBe('contact/unknown')
  })
})

describe('what a party’s vouchers have as a rule', () => {
  test('travels with the facts, and must exist', async () => {
    const c = await customer()
    await c.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
    const before = (await c.call('/books')).json.factsVersion
    const change = { defaultAccount: '3100', paymentTermsDays: 14, defaultDimensions: { department: '10' } }
    const done = await c.call('/parties/customer/10001', { method: 'PATCH', body: change })
    expect([done.status, done.json.defaultDimensions], done.text).toEqual([200, { department: '10' }])
    const { json } = await c.call('/books')
    expect(json.factsVersion).toBeGreaterThan(before)
    expect(json.parties[0].usual).toEqual({
      account: '3100',
      vatCode: null,
      paymentTermsDays: 14,
      dimensions: { department: '10' },
    })
    const wrong = { defaultDimensions: { department: '99', vessel: '1' } }
    const refused = await c.call('/parties/customer/10001', { method: 'PATCH', body: wrong })
    expect(refused.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/defaultDimensions/department dimension/unknown',
      '#/defaultDimensions/vessel dimension/unknown',
    ])
  })
})

describe('the card', () => {
  test('shows the account, what is open and the contacts, as at any day', async () => {
    const c = await customer()
    const { book } = deskOf(c)
    await book(`${year}-01-10`, '1500:10001', 100_000, { invoiceNumber: '501', dueDate: `${year}-01-24` })
    await book(`${year}-02-10`, '1500:10001', -100_000, {}, '1920')
    const browser = await memberOf(app, c.id, 'administrator')
    const card = `/companies/${c.id}/parties/customer/10001`
    const january = textOf((await browser.get(`${card}?to=31.01.${year}`)).html).replaceAll('\u00a0', ' ')
    expect(january).toContain(`Saldo 31.01.${year}`)
    expect(january).toContain('501')
    expect(january).toContain('7 dager over')
    expect(january).toContain('Åpne poster er lik saldo.')
    expect((await browser.post(`${card}/contacts`, { name: 'Anne Vik', phone: '900 00 000' })).status).toBe(303)
    const now = await browser.get(card)
    expect(textOf(now.html)).toContain('Anne Vik')
    expect(now.html).toContain('href="tel:90000000"')
    const wrong = await browser.post(`${card}/contacts`, { name: '' })
    expect([wrong.status >= 400 || textOf(wrong.html).includes('må rettes')]).toEqual([true])
  })
})
