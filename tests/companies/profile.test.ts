import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { logoTypeOf, missingForEhf, numberOnDocuments } from '#worker/companies/company-profile.ts'

const app = testApp()
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const FULL = { address: 'Storgata 1', postalCode: '6200', city: 'Stranda', country: 'NO' }
const bank = { number: '12345678903', name: 'Drift', account: '1920' }

describe('the company’s details', () => {
  test('are changed with their history, and say what EHF still needs', async () => {
    const c = await app.company({ organisationNumber: '974760673' })
    const before = await c.call('/profile')
    expect([before.json.numberOnDocuments, before.json.missingForEhf]).toEqual([
      '974 760 673 MVA',
      ['address', 'postalCode', 'city', 'country', 'bankAccounts'],
    ])
    const changed = await c.call('/profile', { method: 'PATCH', body: { ...FULL, bankAccounts: [bank] } })
    expect([changed.status, changed.json.missingForEhf, changed.json.version], changed.text).toEqual([200, [], 2])
    const stale = await c.call('/profile', { method: 'PATCH', body: { city: 'Oslo' }, headers: { 'if-match': '"1"' } })
    expect(stale.json.code).toBe('version/stale')
    const events = (await c.call('/events?limit=100')).json.events
    expect(events.at(-1)).toMatchObject({ type: 'company-profile.changed', changes: { city: [null, 'Stranda'] } })
    await c.call('', { method: 'PATCH', body: { vatRegistered: false } })
    expect((await c.call('/profile')).json.numberOnDocuments).toBe('974 760 673')
  })
  test('refuse a bank account that is wrong, stands twice, or is kept nowhere', async () => {
    const c = await app.company()
    const bankAccounts = [{ ...bank, number: '12345678901' }, bank, { ...bank, account: '99' }]
    const sent = async (body: object) =>
      (await c.call('/profile', { method: 'PATCH', body })).json.issues.map(
        (i: any) => `${i.pointer} ${i.code}${i.params.reason ? `#${i.params.reason}` : ''}`,
      )
    expect(await sent({ bankAccounts })).toEqual(['#/bankAccounts/0/number bank-account/invalid'])
    expect(await sent({ bankAccounts: bankAccounts.slice(1) })).toEqual([
      '#/bankAccounts/1/number field/invalid#bank-account-twice',
      '#/bankAccounts/1/account account/unknown',
    ])
    expect(await sent({ country: 'no', email: 'kari' })).toEqual(['#/country field/invalid', '#/email field/invalid'])
  })
  test('have a logo that is judged by its bytes', async () => {
    const c = await app.company()
    const put = (raw: Uint8Array<ArrayBuffer>) =>
      c.call('/profile/logo', { method: 'PUT', raw, headers: { 'content-type': 'image/png' } })
    expect((await c.call('/profile/logo')).json.code).toBe('logo/unknown')
    expect((await put(Uint8Array.from(new TextEncoder().encode('<svg onload="alert(1)"/>')))).json.code).toBe(
      'logo/not-an-image',
    )
    expect((await put(new Uint8Array(200_001))).json.code).toBe('request/too-large')
    expect((await put(PNG)).json.logo.type).toBe('image/png')
    const shown = await c.call('/profile/logo')
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect((await c.call('/profile/logo', { method: 'DELETE' })).json.logo).toBeNull()
  })
  test('are written on their page', async () => {
    const c = await app.company({ organisationNumber: '974760673' })
    const browser = await memberOf(app, c.id, 'administrator')
    const path = `/companies/${c.id}/settings/profile`
    expect(textOf((await browser.get(path)).html)).toContain('EHF er av til dette er fylt ut: adresse')
    const fields = { ...FULL, country: 'no', 'number-0': '1234 56 78903', 'name-0': 'Drift', 'account-0': '1920' }
    expect((await browser.post(path, fields)).status).toBe(303)
    expect((await c.call('/profile')).json).toMatchObject({ country: 'NO', bankAccounts: [bank] })
    const wrong = await browser.post(path, { ...fields, 'number-0': '1234 56 78901' })
    expect([wrong.status, textOf(wrong.html).includes('feil kontrollsiffer')]).toEqual([422, true])
  })
  test('rules stand by themselves', () => {
    expect(logoTypeOf(PNG)).toBe('image/png')
    expect(logoTypeOf(new Uint8Array([0xff, 0xd8, 0xff]))).toBe('image/jpeg')
    const company = { name: 'A', organisationNumber: null, vatRegistered: true }
    expect(numberOnDocuments(company)).toBeNull()
    const nothing = { ...FULL, email: null, phone: null, website: null, senderEmail: null, bankAccounts: [bank] }
    expect(missingForEhf(company, nothing)).toEqual(['organisationNumber'])
  })
})
