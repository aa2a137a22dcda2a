import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { routesOf } from '#worker/api/openapi.ts'
import { operationOf } from '#worker/http/operation.ts'
import { app } from '#worker/index.ts'

const { call } = testApp()

test('the document describes every route of the API that is served, and nothing else', async () => {
  const { json, status } = await call('/api/openapi.json', { key: null })
  expect(status).toBe(200)
  expect(json.openapi).toMatch(/^3\.1/)
  const described = Object.entries(json.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((m) => `${m} ${path}`),
  )
  const served = new Set(
    app.routes
      .filter((r) => r.path.startsWith('/api/') && !r.path.endsWith('*') && r.method !== 'ALL')
      .map((r) => `${r.method.toLowerCase()} ${r.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`),
  )
  expect([...served].filter((route) => !described.includes(route))).toEqual([])
  expect(described.filter((route) => !served.has(route) && !route.includes('/api/'))).toEqual([])
  expect(described.length).toBeGreaterThanOrEqual(15)
})

test('every route says what it needs, and the operation stands first among its handlers', () => {
  const first = new Map<string, boolean>()
  for (const r of app.routes.filter((r) => r.path.startsWith('/api/') && !r.path.endsWith('*') && r.method !== 'ALL')) {
    const route = `${r.method} ${r.path}`
    if (!first.has(route)) first.set(route, operationOf(r.handler) !== undefined)
  }
  expect([...first].filter(([, declared]) => !declared).map(([route]) => route)).toEqual([])
})

test('operation ids are unique and every body has a schema', async () => {
  const { json } = await call('/api/openapi.json', { key: null })
  const operations = Object.values(json.paths).flatMap((methods: any) => Object.values(methods)) as any[]
  const ids = operations.map((o) => o.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const o of operations.filter((o) => o.requestBody?.content['application/json']))
    expect([o.operationId, Object.keys(o.requestBody.content['application/json'].schema).length > 0]).toEqual([
      o.operationId,
      true,
    ])
})

test('the readable page has every route and no script', async () => {
  const { text, headers } = await call('/api/docs', { key: null })
  expect(headers.get('content-type')).toContain('text/html')
  expect(text).not.toContain('<script')
  for (const { path } of routesOf(app)) expect(text).toContain(path.replace(/:(\w+)/g, '{$1}'))
})

test('headers, several successes, other media types and the cookie stand in the document', async () => {
  const { json } = await call('https://app.example/api/openapi.json', { key: null })
  expect(json.components.securitySchemes.session.name).toBe('__Host-hovedbok_session')
  const about = (method: string, path: string) => json.paths[`/api/v1/companies/{company}${path}`][method]
  const headers = (method: string, path: string) =>
    about(method, path).parameters.flatMap((p: any) => (p.in === 'header' ? [p.name] : []))
  expect([
    headers('post', '/budgets'),
    headers('patch', '/parties/{kind}/{number}'),
    headers('post', '/documents'),
    headers('get', '/events'),
    headers('get', '/entries'),
    headers('post', '/reports/batch'),
  ]).toEqual([
    ['Idempotency-Key', 'Accept-Language'],
    ['If-Match', 'Accept-Language'],
    ['Idempotency-Key', 'X-File-Name', 'Accept-Language'],
    ['Last-Event-ID', 'Accept-Language'],
    ['Prefer', 'Accept-Language'],
    ['Accept-Language'],
  ])
  expect(Object.keys(about('post', '/budgets').responses)).toEqual(['200', '201', 'default'])
  expect(Object.keys(about('get', '/vouchers').responses[200].content)).toEqual([
    'application/json',
    'text/csv',
    'application/x-ndjson',
  ])
  expect(about('get', '/accounts').responses[200].headers).toHaveProperty('Ledger-Version')
  const batch = about('post', '/vouchers/batch').responses[201].content['application/json'].schema
  expect(JSON.stringify(batch)).toContain('contentHash')
})
