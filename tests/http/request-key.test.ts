import { createClient } from '@libsql/client/web'
import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { routesOf } from '#worker/api/openapi.ts'
import { app } from '#worker/index.ts'

const { company, call, env } = testApp()
const year = new Date().getFullYear()
const control = () =>
  createClient({ url: env.CONTROL_DATABASE_URL, authToken: env.DATABASE_TOKEN, fetch: env.DATABASE_FETCH })
const headers = { 'idempotency-key': 'once' }

test('what has no id of the client’s own is made once for each key, also of several at once', async () => {
  const c = await company()
  const body = { year, name: 'Plan A' }
  const answers = await Promise.all(Array.from({ length: 4 }, () => c.call('/budgets', { body, headers })))
  expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 201])
  expect(new Set(answers.map((a) => a.json.id)).size).toBe(1)
  expect((await c.call('/budgets')).json.budgets).toHaveLength(1)
  const other = await c.call('/budgets', { body: { year, name: 'Plan B' }, headers })
  expect([other.status, other.json.code]).toEqual([422, 'request/key-reused'])
  const elsewhere = await c.call('/dimensions', { body: { key: 'route', nameNb: 'Rute', nameEn: 'Route' }, headers })
  expect(elsewhere.json.code).toBe('request/key-reused')

  const refused = await c.call('/budgets', { body, headers: { 'idempotency-key': 'again' } })
  expect(refused.json.code).toBe('budget/name-taken')
  expect((await c.db.execute('select key, status from request_key')).rows.map((r) => ({ ...r }))).toEqual([
    { key: 'once', status: 201 },
  ])
  expect((await c.call('/budgets', { body, headers: { 'idempotency-key': '' } })).status).toBe(400)

  const file = {
    raw: 'Nummer;Navn\n1;A',
    headers: { ...headers, 'idempotency-key': 'file', 'content-type': 'text/csv' },
  }
  const [first, second] = [
    await c.call('/imports/sheets?register=customers', file),
    await c.call('/imports/sheets?register=customers', file),
  ]
  expect([first.status, second.status, second.json.id]).toEqual([201, 200, first.json.id])
})

test('a company is made once, the key in the control database; work that was cut off is not done again', async () => {
  const body = { name: 'Nøkkel AS' }
  const first = await call('/api/v1/companies', { body, headers })
  const again = await call('/api/v1/companies', { body, headers })
  expect([first.status, again.status, again.json.id, again.json.replayed]).toEqual([201, 200, first.json.id, true])
  const { rows } = await control().execute("select count(*) as n from company where name = 'Nøkkel AS'")
  expect(Number(rows[0]!.n)).toBe(1)
  await control().execute('update request_key set status = 102')
  const cut = await call('/api/v1/companies', { body, headers })
  expect([cut.status, cut.json.code]).toEqual([409, 'request/unfinished'])
})

test('a secret is told once: the answer that is kept and given again has none', async () => {
  const c = await company()
  const body = { name: 'Kasse', role: 'reader' }
  const first = await c.call('/keys', { body, headers })
  const again = await c.call('/keys', { body, headers })
  expect([again.status, again.json.id, again.json.key]).toEqual([200, first.json.id, null])
  const kept = [c.db, control()].map((db) => db.execute('select answer from request_key'))
  expect(JSON.stringify(await Promise.all(kept))).not.toContain(first.json.key)
  expect((await call(`${c.path}/accounts`, { key: first.json.key })).status).toBe(200)

  const document = (await call('/api/openapi.json', { key: null })).json
  const told = routesOf(app).filter(({ method, path, operation }) => {
    const at = path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
    const { responses } = document.paths[at][method]
    const schema = responses[operation.answer.status].content?.['application/json']?.schema
    const fields = Object.keys(schema?.properties ?? {})
    return (
      method === 'post' &&
      operation.access !== 'public' &&
      fields.some((f) => /^(key|secret|path|link|password)$/.test(f))
    )
  })
  const named = /\/(voucher-types|dimensions|report-layouts)$/ // their `key` is a name
  expect(told.filter((r) => !r.operation.secrets && !named.test(r.path)).map((r) => r.path)).toEqual([])
})
