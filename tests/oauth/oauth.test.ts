// Programs of others: made, let in by a company, and shut out again, with a client library as they have one.
import * as oauth from 'oauth4webapi'
import { beforeAll, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { confirmed } from '#tests/support/approve.ts'
import { memberOf, textOf, visitor } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { app as worker } from '#worker/index.ts'
import { isRedirectUri, mayAnswerAt, type OauthApp } from '#worker/oauth/oauth-app.ts'

const app = testApp()
const ISSUER = new URL('http://localhost')
const BACK = 'https://kasse.example/tilbake?fra=hovedbok'
const http = {
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: (url: string, { body, ...init }: { body?: unknown; method: string; headers: HeadersInit }) =>
    worker.request(url, { ...init, ...(body !== undefined && { body: String(body) }) }, app.env) as Promise<Response>,
} as const

type Owner = Awaited<ReturnType<typeof memberOf>>
type Made = { client: oauth.Client; secret: string | undefined }
let server: oauth.AuthorizationServer
beforeAll(async () => {
  await app.company() // the control database stands
  const answer = await oauth.discoveryRequest(ISSUER, { ...http, algorithm: 'oauth2' })
  server = await oauth.processDiscoveryResponse(ISSUER, answer)
})

async function make(maker: Owner, confidential = true): Promise<Made> {
  const page = await confirmed(app, maker, '/security/apps', {
    ...{ name: 'Kassen', redirectUris: BACK },
    ...(confidential && { confidential: 'yes' }),
  })
  const [, id] = /client_id: (app_\w{26})/.exec(page.html)!
  return { client: { client_id: id! }, secret: /client_secret: ([\w-]{43})/.exec(page.html)?.[1] }
}

/** Asks somebody to let the app in, and gives where their browser ends up, with what the app keeps. */
async function letIn(owner: Owner, company: string, { client }: Made, scope = 'ledger:read register:read') {
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const asked = new URLSearchParams({
    ...{ client_id: client.client_id, redirect_uri: BACK, response_type: 'code', scope, state },
    ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
  })
  const chosen = await owner.get(`/oauth/authorize?${asked}`)
  const page = `/companies/${company}/oauth/authorize?${asked}`
  const shown = textOf((await owner.get(page)).html)
  const done = await confirmed(app, owner, page, { yes: '1' })
  const address = /^0;url=(.*)$/.exec(done.headers.get('refresh') ?? '')?.[1]
  return { verifier, state, chosen, shown, done, address: address ? new URL(address) : undefined }
}

const authOf = ({ secret }: Made) => (secret ? oauth.ClientSecretBasic(secret) : oauth.None())
async function exchange(made: Made, consent: Awaited<ReturnType<typeof letIn>>, verifier = consent.verifier) {
  const shown = oauth.validateAuthResponse(server, made.client, consent.address!, consent.state)
  return oauth.authorizationCodeGrantRequest(server, made.client, authOf(made), shown, BACK, verifier, http)
}
const tokensOf = (made: Made, answer: Response) => oauth.processAuthorizationCodeResponse(server, made.client, answer)
const renew = (made: Made, token: string) =>
  oauth.refreshTokenGrantRequest(server, made.client, authOf(made), token, http)

test.each([true, false])(
  'is let in with what it asks for, renews, and is shut out (with a secret: %s)',
  async (confidential) => {
    const c = await app.company()
    const owner = await memberOf(app, c.id, 'administrator')
    const made = await make(owner, confidential)
    const consent = await letIn(owner, c.id, made)
    expect([consent.chosen.status, consent.chosen.location]).toEqual([
      303,
      expect.stringContaining(`/companies/${c.id}/oauth/authorize?client_id=`),
    ])
    for (const words of [
      'Slippe en app inn i',
      'App Kassen Laget av Kari Nordmann Du sendes tilbake til kasse.example',
      'Gjelder i ett år',
    ])
      expect(consent.shown).toContain(words)
    expect(consent.address!.searchParams.get('fra')).toBe('hovedbok')
    const tokens = await tokensOf(made, await exchange(made, consent))
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 1_800, scope: 'ledger:read register:read' })
    const read = (key: string, path = '/accounts') => c.call(path, { key })
    expect((await read(tokens.access_token)).status).toBe(200)
    expect((await c.call('/vouchers', { key: tokens.access_token, body: {} })).json.code).toBe('permission/missing')
    expect((await (await app.company()).call('/accounts', { key: tokens.access_token })).json.code).toBe(
      'company/unknown',
    )
    expect((await read(tokens.refresh_token!)).status).toBe(401)
    expect((await c.call(`/accounts?k=${tokens.access_token}`, { key: null })).json.code).toBe('request/key-in-address')

    const keys = (await c.call('/keys')).json.keys
    expect(keys).toMatchObject([{ name: 'Kassen', app: made.client.client_id, start: null, createdBy: owner.id }])
    expect(textOf((await owner.get(`/companies/${c.id}/settings/keys`)).html)).toContain('Kassen app laget av Kari')

    const next = await oauth.processRefreshTokenResponse(server, made.client, await renew(made, tokens.refresh_token!))
    expect((await read(next.access_token)).status).toBe(200)
    // It does no more than whoever let it in may now.
    await memberOf(app, c.id, 'administrator', 'Per Hansen')
    const give = (role: string) => c.call('/members', { body: { email: owner.email, role } })
    expect((await give('payer')).status).toBe(201)
    await new Promise((resume) => setTimeout(resume, 1_100))
    expect([(await read(next.access_token)).status, (await read(next.access_token, '/vouchers')).status]).toEqual([
      200, 403,
    ])
    expect((await app.call('/api/v1/me', { key: next.access_token })).json.companies[0].role).toBe('payer')
    await give('administrator')
    // Shut out among the keys, as any other.
    expect((await c.call(`/keys/${keys[0].id}`, { method: 'DELETE' })).status).toBe(204)
    await new Promise((resume) => setTimeout(resume, 1_100))
    expect((await read(next.access_token)).status).toBe(401)
    expect((await renew(made, next.refresh_token!)).status).toBe(400)
  },
)

test('a code is good once, for its app, its secret and its address; what is seen twice ends', async () => {
  const c = await app.company()
  const owner = await memberOf(app, c.id, 'administrator')
  const made = await make(owner)
  const other = await make(owner)
  const consent = await letIn(owner, c.id, made)
  const fault = async (answer: Response) => [answer.status, ((await answer.json()) as { error: string }).error]
  expect(await fault(await exchange({ ...made, secret: other.secret }, consent))).toEqual([401, 'invalid_client'])
  expect(await fault(await exchange({ ...made, secret: undefined }, consent))).toEqual([401, 'invalid_client'])
  expect(await fault(await exchange(other, consent))).toEqual([400, 'invalid_grant'])
  // Another's try does not use it up; a wrong secret of its own does.
  const tokens = await tokensOf(made, await exchange(made, consent))
  expect((await c.call('/accounts', { key: tokens.access_token })).status).toBe(200)
  expect(await fault(await exchange(made, consent))).toEqual([400, 'invalid_grant'])
  await new Promise((resume) => setTimeout(resume, 1_100))
  expect((await c.call('/accounts', { key: tokens.access_token })).status).toBe(401)
  expect(await fault(await renew(made, tokens.refresh_token!))).toEqual([400, 'invalid_grant'])
  const second = await letIn(owner, c.id, made)
  expect(await fault(await exchange(made, second, oauth.generateRandomCodeVerifier()))).toEqual([400, 'invalid_grant'])
  expect(await fault(await exchange(made, second))).toEqual([400, 'invalid_grant'])
  // What it had before ends when the next code is exchanged.
  const works = async () =>
    ((await c.call('/keys')).json.keys as { revokedAt: string | null }[]).map(({ revokedAt }) => revokedAt === null)
  expect(await works()).toEqual([false, false])
  const third = await tokensOf(made, await exchange(made, await letIn(owner, c.id, made)))
  expect(await works()).toEqual([true, false, false])
  expect(await fault(await renew({ ...made, secret: undefined }, third.refresh_token!))).toEqual([
    401,
    'invalid_client',
  ])
  const ended = await oauth.revocationRequest(server, made.client, authOf(made), third.refresh_token!, http)
  await oauth.processRevocationResponse(ended)
  expect((await c.call('/accounts', { key: third.access_token })).status).toBe(401)
  expect(await works()).toEqual([false, false, false])
  const raw = (body: string, type = 'application/x-www-form-urlencoded') =>
    worker.request('/api/v1/oauth/token', { method: 'POST', body, headers: { 'content-type': type } }, app.env)
  expect((await raw('{}', 'application/json')).status).toBe(415)
  expect(await fault(await raw(`client_id=${made.client.client_id}&client_secret=${made.secret}`))).toEqual([
    400,
    'unsupported_grant_type',
  ])
})

test('a token to renew with that comes again ends all; a code lasts a minute, a consent a year', async () => {
  const c = await app.company()
  const owner = await memberOf(app, c.id, 'administrator')
  const made = await make(owner)
  const control = controlDatabase(app.env)
  const error = async (answer: Response) => ((await answer.json()) as { error?: string }).error
  const first = await tokensOf(made, await exchange(made, await letIn(owner, c.id, made)))
  const next = await oauth.processRefreshTokenResponse(server, made.client, await renew(made, first.refresh_token!))
  // At the same moment the second is refused, and nothing ends.
  expect(await error(await renew(made, first.refresh_token!))).toBe('invalid_grant')
  expect((await c.call('/accounts', { key: next.access_token })).status).toBe(200)
  await control.execute({
    sql: 'update oauth_token set used_at = ? where used_at is not null',
    args: ['2026-01-01T00:00:00.000Z'],
  })
  expect(await error(await renew(made, first.refresh_token!))).toBe('invalid_grant')
  expect(await error(await renew(made, next.refresh_token!))).toBe('invalid_grant')
  const [key] = (await c.call('/keys')).json.keys
  expect(key.revokedAt).not.toBeNull()
  expect((await c.call('/events')).json.events.at(-1)).toMatchObject({
    type: 'key.revoked',
    subject: key.id,
    by: key.id,
  })

  const late = await letIn(owner, c.id, made)
  await control.execute({
    sql: 'update oauth_code set expires_at = ? where used_at is null',
    args: ['2026-01-01T00:00:00.000Z'],
  })
  expect(await error(await exchange(made, late))).toBe('invalid_grant')
  const old = await tokensOf(made, await exchange(made, await letIn(owner, c.id, made)))
  await control.execute({
    sql: 'update api_key set expires_at = ? where revoked_at is null',
    args: ['2026-01-01T00:00:00.000Z'],
  })
  expect(await error(await renew(made, old.refresh_token!))).toBe('invalid_grant')
})

test('nobody is let in by whoever may not, with more than they may, or to another address', async () => {
  const c = await app.company()
  const owner = await memberOf(app, c.id, 'administrator')
  const reader = await memberOf(app, c.id, 'reader')
  const made = await make(owner)
  const asked = (more: Record<string, string>) =>
    `oauth/authorize?${new URLSearchParams({
      ...{ client_id: made.client.client_id, redirect_uri: BACK, response_type: 'code', scope: 'ledger:read' },
      ...{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', ...more },
    })}`
  const page = (more: Record<string, string> = {}) => `/companies/${c.id}/${asked(more)}`
  expect((await reader.get(page())).status).toBe(403)
  expect((await reader.post(page(), { yes: '1' })).status).toBe(403)
  expect(textOf((await reader.get(`/${asked({})}`)).html)).toContain('Du er ikke administrator i noe selskap')
  expect((await owner.get(page({ client_id: 'app_none' }))).status).toBe(404)
  const elsewhere = await owner.post(page({ redirect_uri: 'https://kasse.example/' }), { yes: '1' })
  expect([elsewhere.status, elsewhere.headers.get('refresh')]).toEqual([422, null])
  // A link of somebody's sends nobody anywhere without a click.
  for (const [more, error] of [
    [{ scope: 'ledger:read everything' }, 'invalid_scope'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
  ] as const)
    expect(
      await owner.get(page(more)).then((p) => [p.status, p.headers.get('refresh'), p.html.includes(`error=${error}`)]),
    ).toEqual([422, null, true])
  // Not without a passkey or a code for exactly this.
  const bare = await owner.post(page(), { yes: '1' })
  const bound = `Appen «Kassen» slippes inn (${made.client.client_id}, laget av Kari Nordmann, svarer på kasse.example)`
  expect([bare.status, textOf(bare.html).includes(bound)]).toEqual([403, true])
  expect((await c.call('/keys')).json.keys).toEqual([])
  // Signed out, one signs in first and comes back.
  const out = await visitor(app).get(`/${asked({})}`)
  expect([out.status, out.html.includes('client_id')]).toEqual([401, true])
})

test('an app is its maker’s alone, and goes with all it was let in with', async () => {
  const c = await app.company()
  const owner = await memberOf(app, c.id, 'administrator')
  const other = await memberOf(app, (await app.company()).id, 'administrator')
  const made = await make(other)
  const tokens = await tokensOf(made, await exchange(made, await letIn(owner, c.id, made)))
  const bad = await other.post('/security/apps', { name: 'Feil', redirectUris: 'http://kasse.example/' })
  expect([bad.status, textOf(bad.html).includes('Svaradressen kan ikke brukes')]).toEqual([422, true])
  expect((await owner.post(`/security/apps/${made.client.client_id}/removal`, {})).status).toBe(404)
  expect(textOf((await other.get('/security/apps')).html)).toContain(made.client.client_id)
  expect((await c.call('/accounts', { key: tokens.access_token })).status).toBe(200)
  const gone = await confirmed(app, other, `/security/apps/${made.client.client_id}/removal`, {})
  expect(gone.status).toBe(303)
  await new Promise((resume) => setTimeout(resume, 1_100))
  expect((await c.call('/accounts', { key: tokens.access_token })).status).toBe(401)
  expect((await c.call('/events')).json.events.at(-1)).toMatchObject({ type: 'key.revoked', by: other.id })
  expect((await renew(made, tokens.refresh_token!)).status).toBe(401)
})

test('addresses: https, or one’s own machine at any port', () => {
  const uses = (...redirectUris: string[]) => ({ redirectUris }) as unknown as OauthApp
  for (const good of [BACK, 'http://127.0.0.1:8080/x', 'http://[::1]/x'])
    expect([good, isRedirectUri(good)]).toEqual([good, true])
  for (const bad of [
    'http://kasse.example/',
    'https://a@b.example/',
    'https://b.example/#x',
    'javascript:alert(1)',
    'x',
  ])
    expect([bad, isRedirectUri(bad)]).toEqual([bad, false])
  expect(mayAnswerAt(uses('http://127.0.0.1/x'), 'http://127.0.0.1:9999/x')).toBe(true)
  expect(mayAnswerAt(uses('http://127.0.0.1/x'), 'http://127.0.0.1:9999/y')).toBe(false)
  expect(mayAnswerAt(uses('https://b.example/x'), 'https://b.example:444/x')).toBe(false)
})
