// An OpenID Connect provider for tests, behind a fetch: discovery, keys, codes with PKCE, and tokens that can be forged.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export function testProvider() {
  const issuer = 'https://login.provider.example'
  const clientId = 'hovedbok'
  const codes = new Map<string, Record<string, string>>()
  const json = (body: unknown, status = 200) => Response.json(body, { status })

  const provider = {
    issuer,
    clientId,
    /** Who signs in there. */
    person: { sub: 'nobody' } as Record<string, unknown>,
    /** What is wrong with the next token. */
    claims: {} as Record<string, unknown>,
    foreignKey: false,
    unsigned: false,
    wrongChallenge: false,
    away: false,
    /** What the product last asked for. */
    asked: {} as Record<string, string>,
    reset: () =>
      Object.assign(provider, {
        claims: {},
        foreignKey: false,
        unsigned: false,
        wrongChallenge: false,
        away: false,
        person: { sub: 'nobody' },
      }),
    /** The person signs in at the provider; gives where the browser is sent back to. */
    async authorize(address: URL): Promise<URL> {
      provider.asked = Object.fromEntries(address.searchParams)
      const code = randomUUID()
      codes.set(code, { ...provider.asked })
      const back = new URL(provider.asked.redirect_uri!)
      back.searchParams.set('code', code)
      back.searchParams.set('state', provider.asked.state!)
      back.searchParams.set('iss', issuer)
      return back
    },
    fetch: (async (input: RequestInfo | URL, init?: RequestInit) => {
      if (provider.away) throw new TypeError('fetch failed')
      const { pathname } = new URL(String(input instanceof Request ? input.url : input))
      if (pathname === '/.well-known/openid-configuration')
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
          code_challenge_methods_supported: ['S256'],
        })
      if (pathname === '/jwks')
        return json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] })
      const form = new URLSearchParams(String(init?.body))
      const asked = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (!asked || asked.code_challenge !== challenge || provider.wrongChallenge)
        return json({ error: 'invalid_grant' }, 400)
      const now = Math.floor(Date.now() / 1_000)
      const claims = {
        iss: issuer,
        aud: clientId,
        iat: now,
        exp: now + 300,
        nonce: asked.nonce,
        ...provider.person,
        ...provider.claims,
      }
      const head = encode({ alg: provider.unsigned ? 'none' : 'RS256', kid: 'one' })
      const body = `${head}.${encode(claims)}`
      const by = provider.foreignKey ? foreign.privateKey : keys.privateKey
      const signature = provider.unsigned ? '' : sign('sha256', Buffer.from(body), by).toString('base64url')
      return json({ access_token: 'a', token_type: 'Bearer', id_token: `${body}.${signature}` })
    }) as typeof fetch,
  }
  return provider
}
