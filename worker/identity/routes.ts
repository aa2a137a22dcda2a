import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { prove } from './prove.ts'
import { contextOf, personOf } from './request.ts'

const StepUp = z.strictObject({
  code: z.string('field/invalid').check(z.minLength(6, 'field/invalid'), z.maxLength(20, 'field/invalid')),
  content: z.optional(z.string('field/invalid').check(z.regex(/^[0-9a-f]{64}$/, 'field/invalid'))),
})

/** Confirming that it is oneself. Signing in itself is pages: a browser does it. Mounted at /api/v1. */
export const identity = new Hono<Env>().post(
  '/me/step-up',
  operation({
    summary: 'Show a code, for what asks for a fresh one',
    description:
      'From a browser’s session. It counts for fifteen minutes; with the `content` of a 403 step-up/required for that content only, once, within five.',
    access: 'signed-in',
    body: StepUp,
    answer: { status: 204, description: 'Send the other request again' },
    problems: ['code/wrong', 'request/too-many'],
  }),
  async (c) => {
    const { code, content } = await accept(c, StepUp)
    const { user, session } = await personOf(c)
    await prove(contextOf(c), user, session, { code }, content)
    return c.body(null, 204)
  },
)
