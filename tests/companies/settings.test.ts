import { expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company, call } = testApp()
type Company = Awaited<ReturnType<typeof company>>
const patch = (c: Company, body: object, headers = {}) => c.call('', { method: 'PATCH', body, headers })

test('a company tells what it is, and a new name is its name everywhere', async () => {
  const c = await company({ name: 'Gammelt navn AS' })
  expect((await c.call('')).json).toMatchObject({
    id: c.id,
    name: 'Gammelt navn AS',
    currency: 'NOK',
    vatRegistered: true,
    vatAmountLimit: 100,
    modules: ['ledger', 'dimensions'],
    role: 'operator',
    version: 1,
  })
  const changed = await patch(c, { name: 'Nytt navn AS', organisationNumber: '974760673' }, { 'if-match': '"1"' })
  expect([changed.status, changed.json.name, changed.json.version, changed.headers.get('etag')]).toEqual([
    200,
    'Nytt navn AS',
    2,
    '"2"',
  ])
  const listed = (await call('/api/v1/companies')).json.companies.find((x: any) => x.id === c.id)
  expect(listed).toMatchObject({ name: 'Nytt navn AS', organisationNumber: '974760673' })
  expect((await c.call('/events')).json.events).toMatchObject([
    {
      type: 'company.changed',
      subject: c.id,
      changes: { name: ['Gammelt navn AS', 'Nytt navn AS'], organisationNumber: [null, '974760673'] },
    },
  ])
  expect((await patch(c, { name: 'For sent' }, { 'if-match': '"1"' })).json.code).toBe('version/stale')
})

test('what posting rests on holds from the very next post', async () => {
  const c = await company()
  const draft = () =>
    simpleDraft({
      lines: [
        { rowKey: 'a', account: '6800', amount: 12_500, vatCode: '1' },
        { rowKey: 'b', account: '1920', amount: -12_500 },
      ],
    })
  expect((await c.call('/vouchers', { body: draft() })).status).toBe(201)
  await patch(c, { vatRegistered: false })
  expect((await c.call('/vouchers', { body: draft() })).json.issues[0].code).toBe('vat-code/not-registered')
  const day = `${new Date().getFullYear()}-01-16`
  await patch(c, { vatRegistered: true, cutOverDate: day })
  expect((await c.call('/vouchers', { body: draft() })).json.issues[0].code).toBe('voucher/before-cut-over')
  await patch(c, { cutOverDate: null })
  expect((await c.call('/vouchers', { body: draft() })).status).toBe(201)
})

test('a module that is off answers so at its routes, keeps its data, and comes back', async () => {
  const c = await company()
  await c.call('/dimensions/project/values', { body: { code: 'P-7', name: 'Bru' } })
  expect((await patch(c, { modules: ['ledger'] })).json.modules).toEqual(['ledger'])
  const off = await c.call('/dimensions/project/values')
  expect([off.status, off.json.code]).toEqual([403, 'module/off'])
  expect(off.json.title).toContain('slått av')
  // Who may not enter at all is told that first.
  expect((await c.call('/dimensions', { key: await c.key('employee') })).json.code).toBe('permission/missing')
  await patch(c, { modules: ['dimensions', 'ledger', 'ledger'] })
  expect((await c.call('')).json.modules).toEqual(['ledger', 'dimensions'])
  expect((await c.call('/dimensions/project/values')).json.values).toMatchObject([{ code: 'P-7' }])
})

test('what is wrong is told in its field', async () => {
  const c = await company()
  const wrong = await patch(c, {
    name: '',
    organisationNumber: '123456789',
    vatAmountLimit: -1,
    cutOverDate: '2026-02-30',
    modules: ['dimensions'],
    currency: 'EUR',
  })
  expect(wrong.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
    '#/name field/required',
    '#/organisationNumber organisation-number/invalid',
    '#/vatAmountLimit field/invalid',
    '#/cutOverDate date/invalid',
    '#/modules field/invalid',
    '#/currency field/invalid',
  ])
  expect((await c.call('')).json.version).toBe(1)
})
