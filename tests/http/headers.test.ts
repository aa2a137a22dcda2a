import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { app } from '#worker/index.ts'

const { env, company } = testApp()
const ask = (path: string, init: RequestInit = {}) => app.request(`https://hovedbok.example${path}`, init, env)

test('every answer says what keeps it safe, whatever it is an answer to', async () => {
  const { path } = await company()
  for (const at of ['/', '/api/openapi.json', path, `${path}/nothing`, '/nothing/here']) {
    const { headers } = await ask(at)
    expect([at, headers.get('strict-transport-security')]).toEqual([at, 'max-age=63072000; includeSubDomains'])
    expect([at, headers.get('x-content-type-options')]).toEqual([at, 'nosniff'])
    expect([at, headers.get('referrer-policy')]).toEqual([at, 'same-origin'])
    expect([at, headers.get('content-type')]).toEqual([
      at,
      expect.stringMatching(/^(?:text\/html; charset=utf-8|application\/(?:problem\+)?json)/i),
    ])
    const cached = at === '/api/openapi.json' ? 'public, max-age=60' : 'no-store' // the same for everybody
    expect([at, headers.get('cache-control')]).toEqual([at, cached])
    expect([at, headers.get('access-control-allow-origin')]).toEqual([at, null])
    if (headers.get('content-type')?.startsWith('text/html'))
      expect(headers.get('content-security-policy')).toMatch(
        /base-uri 'none'.*object-src 'none'.*frame-ancestors 'none'/,
      )
  }
})

test('what is not declared is not served: other methods, and answers for other origins', async () => {
  const { path } = await company()
  for (const method of ['OPTIONS', 'PROPFIND', 'PUT']) {
    const { status, headers } = await ask(`${path}/vouchers`, { method, headers: { origin: 'https://other.example' } })
    expect([method, status >= 400, headers.get('access-control-allow-methods')]).toEqual([method, true, null])
  }
})
