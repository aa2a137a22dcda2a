import { createHash, randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { createDemoUser } from '#worker/access/create-demo-user.ts'
import { giveAddinCode } from '#worker/access/give-addin-tokens.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { openControl } from '#worker/database/open-control.ts'

const app = testApp()
const base64url = (bytes: Buffer) => bytes.toString('base64url')
const newVerifier = () => base64url(randomBytes(48))
const challengeOf = (verifier: string) => base64url(createHash('sha256').update(verifier).digest())

let control: Awaited<ReturnType<typeof openControl>>
let user: string
let company: Awaited<ReturnType<typeof app.company>>
beforeAll(async () => {
  company = await app.company()
  control = await openControl(app.env)
  user = await createDemoUser(control, company.id as CompanyId)
})

const code = (challenge: string, at = new Date()) =>
  giveAddinCode({ control, now: at.toISOString() as Instant }, user, challenge)
const exchange = (body: object) => app.call('/api/v1/addin/tokens', { body, key: null })
async function signedIn() {
  const verifier = newVerifier()
  const { json } = await exchange({ code: await code(challengeOf(verifier)), verifier })
  return json as { accessToken: string; refreshToken: string; expiresIn: number }
}
const me = (key: string) => app.call('/api/v1/me', { key })

describe('signing in from Excel', () => {
  test('a code with its secret gives a bearer token of ten minutes, in the name of the user', async () => {
    const tokens = await signedIn()
    expect(tokens.expiresIn).toBe(600)
    expect((await me(tokens.accessToken)).json).toMatchObject({
      kind: 'user',
      id: user,
      companies: [{ id: company.id }],
    })
    const { status } = await app.call(`${company.path}/books`, { key: tokens.accessToken })
    expect(status).toBe(200)
  })
  test('a code is good once: 100 of 100 second tries are refused', async () => {
    let refused = 0
    for (let i = 0; i < 100; i++) {
      const verifier = newVerifier()
      const once = await code(challengeOf(verifier))
      expect((await exchange({ code: once, verifier })).status).toBe(200)
      if ((await exchange({ code: once, verifier })).status === 401) refused++
    }
    expect(refused).toBe(100)
  })
  test('with another secret: 100 of 100 are refused, and the code is gone', async () => {
    let refused = 0
    for (let i = 0; i < 100; i++) {
      const verifier = newVerifier()
      const once = await code(challengeOf(verifier))
      const wrong = await exchange({ code: once, verifier: newVerifier() })
      const right = await exchange({ code: once, verifier })
      if (wrong.status === 401 && right.status === 401) refused++
    }
    expect(refused).toBe(100)
  })
  test('fifty at once with one code: one of them gets tokens', async () => {
    const verifier = newVerifier()
    const once = await code(challengeOf(verifier))
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange({ code: once, verifier })))
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  })
  test('a code lasts a minute', async () => {
    const verifier = newVerifier()
    const old = await code(challengeOf(verifier), new Date(Date.now() - 61_000))
    expect((await exchange({ code: old, verifier })).status).toBe(401)
  })
  test('a token to renew with is good once; used again later it ends the whole sign-in', async () => {
    const first = await signedIn()
    const second = (await exchange({ refreshToken: first.refreshToken })).json
    expect((await me(second.accessToken)).status).toBe(200)
    // At the same moment it is another window; nothing is ended.
    expect((await exchange({ refreshToken: first.refreshToken })).status).toBe(401)
    const third = (await exchange({ refreshToken: second.refreshToken })).json
    expect(third.refreshToken).toBeTypeOf('string')
    await control.execute("update addin_refresh set used_at = '2020-01-01T00:00:00.000Z' where used_at is not null")
    expect((await exchange({ refreshToken: first.refreshToken })).status).toBe(401)
    expect((await exchange({ refreshToken: third.refreshToken })).status).toBe(401)
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // a token that was found good is believed for a second
    expect((await me(third.accessToken)).status).toBe(401)
  })
  test('signing out ends it', async () => {
    const tokens = await signedIn()
    const { status } = await app.call('/api/v1/addin/sign-out', {
      body: { refreshToken: tokens.refreshToken },
      key: null,
    })
    expect(status).toBe(204)
    expect((await exchange({ refreshToken: tokens.refreshToken })).status).toBe(401)
    expect((await me(tokens.accessToken)).status).toBe(401)
  })
  test('an access token runs out', async () => {
    const tokens = await signedIn()
    await control.execute("update addin_access set expires_at = '2020-01-01T00:00:00.000Z'")
    expect((await me(tokens.accessToken)).status).toBe(401)
  })
  test('no secret stands in the database', async () => {
    const tokens = await signedIn()
    const kept = JSON.stringify([
      (await control.execute('select * from addin_refresh')).rows,
      (await control.execute('select * from addin_access')).rows,
    ])
    expect(kept).not.toContain(tokens.refreshToken)
    expect(kept).not.toContain(tokens.accessToken)
  })
  test('what is no code, secret or token is refused as malformed, and told nothing more', async () => {
    for (const body of [
      {},
      { code: 'x' },
      { code: 'x'.repeat(43), verifier: '' },
      { refreshToken: 5 },
      { refreshToken: 'a'.repeat(500) },
      [],
    ])
      expect((await exchange(body)).status).toBe(422)
    for (const body of [{ refreshToken: newVerifier() }, { code: newVerifier(), verifier: newVerifier() }])
      expect((await exchange(body)).status).toBe(401)
  })
})

describe('the dialog’s page', () => {
  const challenge = challengeOf('x')
  test('asks who is not signed in to sign in, and cuts no tie to its opener', async () => {
    const page = await app.call(`/addin/sign-in?challenge=${challenge}`, {
      key: null,
      headers: { accept: 'text/html' },
    })
    expect(page.status).toBe(200)
    expect(page.text).toContain(`value="/addin/sign-in?challenge=${challenge}"`)
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull()
    const ordinary = await app.call('/', { key: null, headers: { accept: 'text/html' } })
    expect(ordinary.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  })
  test('is nothing without a challenge', async () => {
    for (const wrong of ['', 'short', `${challenge}x`, '<script>'])
      expect((await app.call(`/addin/sign-in?challenge=${encodeURIComponent(wrong)}`, { key: null })).status).toBe(404)
  })
  test('gives no code to a form from elsewhere', async () => {
    const tokens = await signedIn()
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ]
    for (const headers of elsewhere) {
      const answer = await app.call('/addin/sign-in', {
        method: 'POST',
        raw: `challenge=${challenge}`,
        key: tokens.accessToken,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
      expect(answer.status).toBe(403)
    }
  })
})
