import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ALL_PERMISSIONS } from '#worker/access/permission.ts'
import { approvingOf } from '#worker/access/rights-context.ts'
import type { Instant } from '#worker/core/dates.ts'
import { accept, FORM, pathText, readFormText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { limitRequests } from '#worker/http/limit-requests.ts'
import { operation } from '#worker/http/operation.ts'
import { personOf } from '#worker/identity/request.ts'
import { createOauthApp, removeOauthApp } from './create-oauth-app.ts'
import { endTokens, findApp, giveTokens, renewTokens, type Tokens } from './give-tokens.ts'
import { NewOauthApp, type OauthApp } from './oauth-app.ts'
import { readAppsOf } from './store.ts'

const AppAnswer = z.object({
  id: z.string(),
  name: z.string(),
  redirectUris: z.array(z.string()),
  confidential: z.boolean(),
  createdAt: z.string(),
})
const TokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  refresh_token: z.string(),
  scope: z.string(),
})

const now = () => new Date().toISOString() as Instant
/** Whoever makes apps, with what shows that it is them. */
export const makerOf = async (c: Context<Env>) => ({ ...approvingOf(c), user: (await personOf(c)).user.id })
const askedOf = (c: Context<Env>) => ({ env: c.env, control: c.var.control, now: now() })
const told = ({ id, name, redirectUris, confidential, createdAt }: OauthApp) => ({
  ...{ id, name, redirectUris, confidential, createdAt },
})

/** Programs that many companies let in, for whoever makes them, and their tokens by OAuth 2.0. Mounted at /api/v1. */
export const oauth = new Hono<Env>()
  .get(
    '/me/oauth-apps',
    operation({
      summary: 'The apps you have made',
      access: 'signed-in',
      answer: {
        status: 200,
        schema: z.object({ apps: z.array(z.extend(AppAnswer, { companies: z.int() })) }),
        description: 'Oldest first; `companies` is how many let each in',
      },
      problems: ['sign-in/required'],
    }),
    async (c) => {
      const { user } = await personOf(c)
      const apps = await readAppsOf(c.var.control, user.id)
      return c.json({ apps: apps.map((app) => ({ ...told(app), companies: app.companies })) })
    },
  )
  .post(
    '/me/oauth-apps',
    operation({
      summary: 'Make an app that companies can let in',
      description:
        'Its `id` is the client_id. The secret is told once; an app that cannot keep one, on a phone or a desk, says `confidential: false`. Companies let it in at /oauth/authorize; PKCE (S256) is always asked for.',
      access: 'signed-in',
      stepUp: true,
      secrets: ['secret'],
      body: NewOauthApp,
      answer: {
        status: 201,
        schema: z.extend(AppAnswer, { secret: z.nullable(z.string()) }),
        description: 'Keep `secret`: it cannot be read again',
      },
      problems: ['sign-in/required', 'limit/reached'],
    }),
    async (c) => {
      const wanted = await accept(c, NewOauthApp)
      const { secret, ...app } = await createOauthApp(await makerOf(c), wanted)
      return c.json({ ...told(app), secret }, 201)
    },
  )
  .delete(
    '/me/oauth-apps/:app',
    operation({
      summary: 'Remove an app you have made',
      access: 'signed-in',
      stepUp: true,
      answer: { status: 204, description: 'Nobody lets it in any more, and no token of it is good' },
      problems: ['sign-in/required', 'app/unknown'],
    }),
    async (c) => {
      await removeOauthApp(await makerOf(c), pathText(c, 'app'))
      return c.body(null, 204)
    },
  )
  .post(
    '/oauth/token',
    operation({
      summary: 'Tokens for an app (RFC 6749)',
      description:
        'grant_type authorization_code with code, redirect_uri and code_verifier, or refresh_token. The app tells who it is with client_id, and its secret as client_secret or by Basic. Refusals are as the RFC has them: { error }.',
      access: 'public',
      rawBody: FORM,
      answer: {
        status: 200,
        schema: TokenAnswer,
        description: 'A bearer token for half an hour, and the next to renew with',
      },
    }),
    async (c) => {
      const form = await formOf(c)
      const app = await clientOf(c, form)
      if (!app) return refuse(c, 'invalid_client')
      const { code, code_verifier: verifier, redirect_uri: redirectUri, refresh_token: refreshToken } = form
      if (form.grant_type === 'authorization_code') {
        if (!code || !verifier || !redirectUri) return refuse(c, 'invalid_request')
        return answer(c, await giveTokens(askedOf(c), app, { code, verifier, redirectUri }))
      }
      if (form.grant_type !== 'refresh_token') return refuse(c, 'unsupported_grant_type')
      if (!refreshToken) return refuse(c, 'invalid_request')
      return answer(c, await renewTokens(askedOf(c), app, refreshToken))
    },
  )
  .post(
    '/oauth/revoke',
    operation({
      summary: 'End what a token follows from (RFC 7009)',
      access: 'public',
      rawBody: FORM,
      answer: {
        status: 200,
        description: 'No token of that consent is good any longer; an unknown one is as good as ended',
      },
    }),
    async (c) => {
      const form = await formOf(c)
      const app = await clientOf(c, form)
      if (!app) return refuse(c, 'invalid_client')
      if (!form.token) return refuse(c, 'invalid_request')
      await endTokens(askedOf(c), app, form.token)
      return c.body(null, 200)
    },
  )

/** What programs find the rest by (RFC 8414). Mounted at the root. */
export const oauthMetadata = new Hono<Env>().get('/.well-known/oauth-authorization-server', (c) => {
  const { origin } = new URL(c.req.url)
  return c.json({
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/api/v1/oauth/token`,
    revocation_endpoint: `${origin}/api/v1/oauth/revoke`,
    scopes_supported: ALL_PERMISSIONS,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    service_documentation: `${origin}/api/docs`,
  })
})

type Form = Readonly<Record<string, string | undefined>>

/** @throws Problem 415 request/media-type, 413 request/too-large, 429 request/too-many. */
async function formOf(c: Context<Env>): Promise<Form> {
  limitRequests(c, 'caller', `oauth ${c.var.origin.network}`, Date.now())
  return Object.fromEntries(new URLSearchParams(await readFormText(c)))
}

/** The app that asks, by Basic or by the form (RFC 6749 2.3.1). */
function clientOf(c: Context<Env>, form: Form): Promise<OauthApp | undefined> {
  const basic = /^Basic ([\w+/]+=*)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  const [id, secret] = basic ? basicOf(basic) : [form.client_id, form.client_secret]
  return findApp(askedOf(c), id ?? '', secret)
}

function basicOf(text: string): (string | undefined)[] {
  try {
    return atob(text)
      .split(':')
      .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
  } catch {
    return []
  }
}

type TokenFault = 'invalid_client' | 'invalid_grant' | 'invalid_request' | 'unsupported_grant_type'
const refuse = (c: Context<Env>, error: TokenFault): Response => {
  if (error === 'invalid_client') c.header('www-authenticate', 'Basic')
  return c.json({ error }, error === 'invalid_client' ? 401 : 400)
}
const answer = (c: Context<Env>, tokens: Tokens | undefined): Response =>
  tokens
    ? c.json({
        access_token: tokens.accessToken,
        token_type: 'Bearer',
        expires_in: tokens.expiresIn,
        refresh_token: tokens.refreshToken,
        scope: tokens.scopes.join(' '),
      })
    : refuse(c, 'invalid_grant')
