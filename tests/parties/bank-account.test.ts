import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { approved } from '#tests/support/approve.ts'
import { memberOf, ORIGIN, textOf } from '#tests/support/visitor.ts'

const app = testApp()

test('another bank account, brought in by import or typed on the card, waits for somebody else', async () => {
  const company = await app.company()
  const { call } = company
  const own = await memberOf(app, company.id, 'accountant', 'Ola Nordmann')
  const other = await memberOf(app, company.id, 'administrator')
  const made = await call('/parties', {
    body: { kind: 'supplier', number: '20001', name: 'Vik AS', bankAccount: '86011117947' },
  })
  expect([made.status, made.json.bankAccountChange]).toEqual([201, null])
  const party = '/parties/supplier/20001'
  const confirm = (account = '12345678903') =>
    call(`${party}/bank-account-confirmation`, { body: { bankAccount: account } })
  expect((await confirm()).json.code).toBe('party/nothing-to-confirm')
  const changed = await call('/parties/import', {
    body: { parties: [{ kind: 'supplier', number: '20001', bankAccount: '12345678903' }] },
  })
  expect(changed.status, changed.text).toBe(200)
  const { bankAccount, bankAccountChange } = (await call(party)).json
  expect([bankAccount, bankAccountChange]).toMatchObject(['12345678903', { was: '86011117947' }])
  expect((await confirm()).json.code).toBe('party/same-person')
  await expect(
    company.db.execute('update bank_account_change set confirmed_by = by, confirmed_at = at'),
  ).rejects.toThrow('party/same-person')
  const card = `/companies/${company.id}${party}`
  expect(textOf((await own.get(card)).html)).toContain('brukes ikke til betaling')
  // The one that was seen is confirmed, and no other: changed again meanwhile, nothing is.
  const seen = (await other.get(card)).html
  expect(seen).toContain('name="bankAccount" value="12345678903"')
  await call(party, { method: 'PATCH', body: { bankAccount: '15031234562' } })
  const stale = await other.post(`${card}/bank-account`, { bankAccount: '12345678903' })
  expect(textOf(stale.html)).toContain('Noen andre har endret dette')
  expect((await call(party)).json.bankAccountChange).not.toBeNull()
  const session = other.cookies.get('hovedbok_session')!
  const confirmed = await approved(
    app,
    () =>
      call(`${party}/bank-account-confirmation`, {
        key: null,
        body: { bankAccount: '15031234562' },
        headers: { cookie: `hovedbok_session=${session}`, origin: ORIGIN },
      }),
    session,
  )
  expect([confirmed.status, confirmed.json.bankAccount]).toEqual([200, '15031234562'])
  expect((await call(party)).json.bankAccountChange).toBeNull()
  expect(textOf((await own.get(card)).html)).not.toContain('brukes ikke til betaling')
})

test('one that is taken away and put in anew is no first one: it waits, too', async () => {
  const { call } = await app.company()
  const party = '/parties/supplier/20001'
  await call('/parties', { body: { kind: 'supplier', number: '20001', name: 'Vik AS', bankAccount: '86011117947' } })
  const put = (bankAccount: string | null) => call(party, { method: 'PATCH', body: { bankAccount } })
  expect((await put(null)).json.bankAccountChange).toBeNull()
  expect((await put('12345678903')).json.bankAccountChange).toMatchObject({ was: '86011117947' })
})
