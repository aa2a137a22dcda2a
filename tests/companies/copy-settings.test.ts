import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
type Company = Awaited<ReturnType<typeof app.company>>
const change = (c: Company, body: object) => c.call('', { method: 'PATCH', body })
const type = (c: Company, key: string, body: object) => c.call(`/voucher-types/${key}`, { method: 'PATCH', body })

test('the settings of another company are shown as differences, and those that are chosen are taken over', async () => {
  const [ours, theirs] = [await app.company({ name: 'Her AS' }), await app.company({ name: 'Mal AS' })]
  expect((await ours.call(`/settings/differences?from=${theirs.id}`)).json.differences).toEqual([])
  await change(theirs, { vatTerm: 'year', matchDifferenceLimit: 500, vatRegistered: false, cutOverDate: '2026-01-01' })
  await type(theirs, 'incoming-invoice', { required: ['documents', 'dueDate'] })
  await theirs.call('/voucher-types', {
    body: { key: 'rent', series: 'LEIE', nameNb: 'Husleie', proposedAccount: '6300' },
  })
  const found = (await ours.call(`/settings/differences?from=${theirs.id}`)).json
  expect(found).toMatchObject({ from: theirs.id, name: 'Mal AS' })
  expect(found.differences).toEqual([
    { key: 'vatTerm', was: 'two-months', becomes: 'year' },
    expect.objectContaining({ key: 'matchDifferenceLimit', becomes: 500 }),
    { key: 'voucher-type:incoming-invoice', was: { required: [] }, becomes: { required: ['documents', 'dueDate'] } },
    expect.objectContaining({ key: 'voucher-type:rent', was: null }),
  ])
  const keys = ['matchDifferenceLimit', 'voucher-type:incoming-invoice', 'voucher-type:rent']
  expect((await ours.call('/settings/copies', { body: { from: theirs.id, keys } })).json.changed).toEqual(keys)
  const left = (await ours.call(`/settings/differences?from=${theirs.id}`)).json.differences
  expect(left.map((one: any) => one.key)).toEqual(['vatTerm'])
  expect((await ours.call('')).json).toMatchObject({ name: 'Her AS', vatRegistered: true, cutOverDate: null })
  const rent = (await ours.call('/voucher-types')).json.voucherTypes.find((one: any) => one.key === 'rent')
  expect(rent).toMatchObject({ series: 'LEIE', proposedAccount: '6300', active: true })
})

test('what stands in the way is told, and nobody copies from a company they do not see', async () => {
  const [ours, theirs] = [await app.company(), await app.company()]
  await theirs.call('/accounts', { body: { number: '6999', nameNb: 'Egen konto' } })
  await theirs.call('/voucher-types', { body: { key: 'own', series: 'EGEN', nameNb: 'Egen', proposedAccount: '6999' } })
  const copy = { from: theirs.id, keys: ['voucher-type:own'] }
  const refused = await ours.call('/settings/copies', { body: copy })
  expect([refused.status, refused.json.issues[0].code]).toEqual([422, 'account/unknown'])
  const key = await ours.key('administrator')
  for (const answer of [
    await ours.call(`/settings/differences?from=${theirs.id}`, { key }),
    await ours.call('/settings/copies', { key, body: copy }),
  ])
    expect([answer.status, answer.json.code]).toEqual([404, 'company/unknown'])
})

test('on its page each difference is told in words, and what is ticked is copied', async () => {
  const [ours, theirs] = [await app.company({ name: 'Her AS' }), await app.company({ name: 'Mal AS' })]
  const browser = await memberOf(app, ours.id, 'administrator')
  const page = `/companies/${ours.id}/settings/copy`
  expect(textOf((await browser.get(page)).html)).toContain('Du har ikke tilgang til innstillingene i noe annet selskap')
  expect((await browser.get(`${page}?from=${theirs.id}`)).status).toBe(404)
  await controlDatabase(app.env).execute({
    sql: `insert into membership (user, company, role, created_at) select user, ?, role, created_at from membership where company = ?`,
    args: [theirs.id, ours.id],
  })
  await change(theirs, { vatTerm: 'year' })
  await type(theirs, 'incoming-invoice', { required: ['documents'], allowedRoles: ['accountant'] })
  const shown = textOf((await browser.get(`${page}?from=${theirs.id}`)).html)
  for (const words of ['Mal AS', 'Mva-termin', 'Hele året', 'Krav: ', 'Føres av: ']) expect(shown).toContain(words)
  const done = await browser.post(page, { from: theirs.id, 'take-vatTerm': 'yes' })
  expect(textOf(done.html)).toContain('Kopiert: 1.')
  expect((await ours.call('')).json.vatTerm).toBe('year')
})
