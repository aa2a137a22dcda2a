import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { accept } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { type AddinScope, ALL_SCOPES, SignOutRequest, TokenRequest } from './addin-token.ts'
import { endAddinSignIn, giveAddinTokens, renewAddinTokens } from './give-addin-tokens.ts'

const contextOf = (c: Context<Env>) => ({
  control: c.var.control,
  now: new Date().toISOString() as Instant,
  origin: c.var.origin,
})

/** Tokens of the Excel add-in. Mounted at /api/v1. */
export const addinTokens = new Hono<Env>()
  .post(
    '/addin/tokens',
    operation({
      summary: 'Tokens for the Excel add-in',
      description:
        'A one-time code with the secret behind its challenge (PKCE) and the public half of a key that never leaves the browser; or a token to renew with, signed by that key (`proof`: ECDSA, P-256, SHA-256). An old one that comes after those it was renewed to were used, or without the key, ends the sign-in.',
      access: 'public',
      body: TokenRequest,
      answer: {
        status: 200,
        schema: z.object({
          accessToken: z.string(),
          expiresIn: z.int(),
          refreshToken: z.string(),
          user: z.string(),
          scopes: z.array(z.enum(ALL_SCOPES as [AddinScope])),
        }),
        description: 'A bearer token for ten minutes, and the next to renew with',
      },
    }),
    async (c) => {
      const wanted = await accept(c, TokenRequest)
      const tokens =
        'code' in wanted ? await giveAddinTokens(contextOf(c), wanted) : await renewAddinTokens(contextOf(c), wanted)
      return c.json(tokens)
    },
  )
  .post(
    '/addin/sign-out',
    operation({
      summary: 'Sign the Excel add-in out',
      access: 'public',
      body: SignOutRequest,
      answer: { status: 204, description: 'No token of that sign-in is good any longer' },
    }),
    async (c) => {
      await endAddinSignIn(contextOf(c), (await accept(c, SignOutRequest)).refreshToken)
      return c.body(null, 204)
    },
  )
