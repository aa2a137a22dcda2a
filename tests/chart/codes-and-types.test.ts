import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company } = testApp()

test('VAT codes tell today’s rate and every dated one', async () => {
  const c = await company()
  const { json } = await c.call('/vat-codes')
  const code = (name: string) => json.vatCodes.find((v: any) => v.code === name)
  expect(code('3')).toMatchObject({ direction: 'output', outputAccount: '2700', rate: 2500 })
  expect(code('3').rates.at(-1)).toMatchObject({ rate: 2500 })
  expect(code('33').rates.length).toBeGreaterThan(1)
  expect(code('0')).toMatchObject({ rate: null, rates: [] })
  expect(json.vatCodes.slice(0, 3).map((v: any) => v.code)).toEqual(['0', '1', '3'])
})

test('a voucher type of one’s own has a series of its own, and can be retired', async () => {
  const c = await company()
  const made = await c.call('/voucher-types', { body: { key: 'cash', series: 'KA', nameNb: 'Kasse', nameEn: 'Cash' } })
  expect([made.status, made.json.version, made.json.used]).toEqual([201, 1, false])
  const posted = await c.call('/vouchers', { body: simpleDraft({ type: 'KA' }) })
  expect([posted.status, posted.json.series, posted.json.number]).toEqual([201, 'KA', 1])
  const retired = await c.call('/voucher-types/cash', {
    method: 'PATCH',
    body: { active: false },
    headers: { 'if-match': '"1"' },
  })
  expect([retired.status, retired.json.active, retired.json.used]).toEqual([200, false, true])
  const refused = await c.call('/vouchers', { body: simpleDraft({ type: 'cash' }) })
  expect(refused.json.issues[0]).toMatchObject({ code: 'field/invalid', pointer: '#/type' })
  const { events } = (await c.call('/events')).json
  expect(events.at(-1)).toMatchObject({ type: 'voucher-type.changed', changes: { active: [true, false] } })
})

test('a voucher type is refused for what is wrong with it', async () => {
  const c = await company()
  const make = (over: object) =>
    c.call('/voucher-types', { body: { key: 'cash', series: 'KA', nameNb: 'Kasse', ...over } })
  const refusals = [
    await make({ series: 'HB' }),
    await make({ key: 'general' }),
    await make({ key: 'KA' }),
    await c.call('/voucher-types/nothing', { method: 'PATCH', body: { active: false } }),
    await c.call('/voucher-types/general', { method: 'PATCH', body: { nameNb: 'X' }, headers: { 'if-match': '7' } }),
  ]
  expect(refusals.map((r) => `${r.status} ${r.json.code}`)).toEqual([
    '422 voucher-type/exists',
    '422 voucher-type/exists',
    '422 request/invalid',
    '404 voucher-type/unknown',
    '409 version/stale',
  ])
  expect(refusals[0]!.json.title).toContain('serie HB')
})
