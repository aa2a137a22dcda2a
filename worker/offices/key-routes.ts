import { Hono } from 'hono'
import * as z from 'zod/mini'
import { NewKey } from '#worker/access/api-key.ts'
import { readKeys } from '#worker/access/key-store.ts'
import { KeyAnswer } from '#worker/access/routes.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { createOfficeKey, removeOfficeKey } from './create-office-key.ts'
import { inOffice } from './routes.ts'

/** Keys that reach all clients of an office. Mounted at /api/v1. */
export const officeKeys = new Hono<Env>()
  .get(
    '/offices/:office/keys',
    operation({
      summary: 'API keys of an office',
      access: 'office-key:write',
      answer: {
        status: 200,
        schema: z.object({ keys: z.array(KeyAnswer) }),
        description: 'Newest first, revoked ones included; never the keys themselves',
      },
      problems: ['office/unknown'],
    }),
    async (c) => c.json({ keys: await readKeys(c.var.control, { office: c.var.office.id }) }),
  )
  .post(
    '/offices/:office/keys',
    operation({
      summary: 'Make an API key that reaches every client of an office',
      description: 'The key is told once. It has its role, or exactly the permissions in `scopes`, with each client.',
      secrets: ['key'],
      access: 'office-key:write',
      stepUp: true,
      body: NewKey,
      answer: {
        status: 201,
        schema: z.extend(KeyAnswer, { key: z.string() }),
        description: 'Keep `key`: it cannot be read again',
      },
      problems: ['office/unknown'],
    }),
    async (c) => c.json(await createOfficeKey(inOffice(c), await accept(c, NewKey)), 201),
  )
  .delete(
    '/offices/:office/keys/:key',
    operation({
      summary: 'Revoke an API key of an office',
      access: 'office-key:write',
      answer: { status: 204, description: 'It works no more, within a second' },
      problems: ['office/unknown', 'key/unknown'],
    }),
    async (c) => {
      await removeOfficeKey(inOffice(c), pathText(c, 'key'))
      return c.body(null, 204)
    },
  )
