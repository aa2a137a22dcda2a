import { expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { memberOf, ORIGIN } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
const { company, call } = app
const layoutId = () => voucherId().replace('vch_', 'lay_')
const body = (over: Record<string, unknown> = {}) => ({
  screen: 'voucher-entry',
  name: 'Innkjøp',
  shared: false,
  definition: {
    columns: [
      { field: 'account', width: 90 },
      { field: 'dueDate', hidden: true },
    ],
    frozen: 1,
  },
  ...over,
})

test('one’s own layout is one’s own, a shared one everybody’s who may post', async () => {
  const c = await company()
  const [accountant, reader] = [await c.key('accountant'), await c.key('reader')]
  const [mine, shared] = [layoutId(), layoutId()]
  const put = (id: string, key: string, over = {}, headers = {}) =>
    c.call(`/screen-layouts/${id}`, { method: 'PUT', key, body: body(over), headers })
  const list = async (key: string) =>
    (await c.call('/screen-layouts?screen=voucher-entry', { key })).json.layouts.map(
      (l: any) => `${l.name} ${l.version}`,
    )
  expect((await put(mine, accountant)).status).toBe(200)
  expect((await put(shared, accountant, { shared: true, name: 'Felles' })).status).toBe(200)
  expect(await list(accountant)).toEqual(['Innkjøp 1', 'Felles 1'])
  expect(await list(reader)).toEqual(['Felles 1'])
  // A reader has layouts too, and shares none; what is shared is changed by those who may post.
  expect((await put(layoutId(), reader)).status).toBe(200)
  for (const refused of [
    await put(layoutId(), reader, { shared: true, name: 'Min' }),
    await put(shared, reader, { name: 'Min' }),
    await put(mine, reader),
    await c.call(`/screen-layouts/${shared}`, { method: 'DELETE', key: reader }),
  ])
    expect([refused.status, refused.json.code]).toEqual([403, 'permission/missing'])
  const gone = await c.call(`/screen-layouts/${mine}`, { method: 'DELETE', key: reader })
  expect([gone.status, gone.json.code]).toEqual([404, 'screen-layout/unknown'])
  // A name is taken once, a version is for one change.
  const twice = await put(layoutId(), accountant, { shared: true, name: 'Felles' })
  expect([twice.status, twice.json.code]).toEqual([422, 'screen-layout/exists'])
  expect((await put(mine, accountant, { name: 'Ny' }, { 'if-match': '"1"' })).json.version).toBe(2)
  expect((await put(mine, accountant, { name: 'Nyest' }, { 'if-match': '"1"' })).json.code).toBe('version/stale')
  expect((await c.call(`/screen-layouts/${mine}`, { method: 'DELETE', key: accountant })).status).toBe(204)
  expect(await list(accountant)).toEqual(['Felles 1'])
})

test('a layout of the office’s stands in all its clients, and is changed by those who keep its library', async () => {
  const [one, two, elsewhere] = await Promise.all([company(), company(), company()])
  const [ane, client] = await Promise.all([memberOf(app, one.id, 'reader'), memberOf(app, two.id, 'administrator')])
  const office = (await call('/api/v1/offices', { body: { name: 'Tall AS' } })).json.id
  const control = controlDatabase(app.env)
  const run = (sql: string, ...args: string[]) => control.execute({ sql, args })
  await run("insert into office_member values (?, ?, 'administrator', '2026-01-01')", office, ane.id)
  await run('update company set office = ? where id in (?, ?)', office, one.id, two.id)
  const as = (who: typeof ane) => ({
    key: null,
    headers: { cookie: `hovedbok_session=${who.cookies.get('hovedbok_session')}`, origin: ORIGIN },
  })
  const id = layoutId()
  const shared = body({ name: 'Kontorets', shared: true, office: true })
  const put = (at: typeof one, who: typeof ane, over = {}) =>
    at.call(`/screen-layouts/${id}`, { method: 'PUT', body: { ...shared, ...over }, ...as(who) })
  const list = async (at: typeof one, who = as(ane)) => {
    const { layouts, office } = (await at.call('/screen-layouts?screen=voucher-entry', who)).json
    return [layouts.map((l: any) => `${l.name} ${l.office}`), office]
  }
  expect((await put(two, client)).json.code).toBe('permission/missing')
  expect((await put(one, ane)).json).toMatchObject({ name: 'Kontorets', shared: true, office: true, version: 1 })
  expect([await list(one), await list(two)]).toEqual([
    [['Kontorets true'], 'Tall AS'],
    [['Kontorets true'], 'Tall AS'],
  ])
  expect(await list(two, as(client))).toEqual([['Kontorets true'], null])
  expect((await list(elsewhere, { key: await elsewhere.key('accountant') } as never))[0]).toEqual([])
  expect((await put(two, ane, { name: 'Nytt' })).json.version).toBe(2)
  // An id is one layout: neither a company's own nor the office's takes the other's.
  expect((await put(two, ane, { office: false, shared: false })).json.code).toBe('screen-layout/exists')
  const own = layoutId()
  const putOwn = (office: boolean) =>
    one.call(`/screen-layouts/${own}`, {
      method: 'PUT',
      body: body({ name: 'Mitt', office, shared: office }),
      ...as(ane),
    })
  expect([(await putOwn(false)).status, (await putOwn(true)).json.code]).toEqual([200, 'screen-layout/exists'])
  const remove = (who: typeof ane) => two.call(`/screen-layouts/${id}`, { method: 'DELETE', ...as(who) })
  expect((await remove(client)).status).toBe(403)
  expect((await remove(ane)).status).toBe(204)
  const log = await run(
    'select type, by, changes from control_log where office = ? and subject = ? order by sequence',
    office,
    id,
  )
  expect(log.rows.map((r) => [r.type, r.by, r.changes])).toEqual([
    ['screen-layout.changed', ane.id, '{"name":[null,"Kontorets"]}'],
    ['screen-layout.changed', ane.id, '{"name":["Kontorets","Nytt"]}'],
    ['screen-layout.deleted', ane.id, null],
  ])
  expect((await list(one))[0]).toEqual(['Mitt undefined'])
})

test('what one chooses for oneself holds in every company, and for nobody else', async () => {
  const [one, other] = [await company(), await company()]
  const key = await one.key('accountant')
  const value = { rest: 'Ctrl+Enter', post: 'F12' }
  const path = '/api/v1/me/settings/shortcuts'
  expect((await call(path, { key })).json).toEqual({ value: {} })
  expect((await call(path, { method: 'PUT', key, body: { value } })).json).toEqual({ value })
  expect((await call(path, { key })).json).toEqual({ value })
  expect((await call(path, { key: await other.key('accountant') })).json).toEqual({ value: {} })
  for (const name of ['other', 'voucher-entry.other'])
    expect((await call(`/api/v1/me/settings/${name}`, { key })).status).toBe(404)
})
