import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import { resetSignIn } from '#worker/identity/reset-sign-in.ts'
import { forgetSessions } from './identify.ts'
import { endApp, listApps } from './list-apps.ts'
import { approvingOf } from './rights-context.ts'

const App = z.object({
  id: z.string(),
  app: z.enum(['browser', 'excel']),
  device: z.string(),
  place: z.string(),
  since: z.string(),
  usedAt: z.string(),
  /** The session that asks. */
  here: z.boolean(),
})
const Reset = z.strictObject({ email: FilledText(254) })

/** Where one is signed in, and the operator's help for who cannot sign in. Mounted at /api/v1. */
export const apps = new Hono<Env>()
  .get(
    '/me/apps',
    operation({
      summary: 'Where you are signed in: browsers, and Excel',
      access: 'signed-in',
      answer: { status: 200, schema: z.object({ apps: z.array(App) }), description: 'The last used first' },
      problems: ['sign-in/required'],
    }),
    async (c) => {
      const { user, session } = await personOf(c)
      return c.json({ apps: (await listApps(contextOf(c), user)).map((app) => ({ ...app, here: app.id === session })) })
    },
  )
  .delete(
    '/me/apps/:app',
    operation({
      summary: 'Sign one of them out',
      access: 'signed-in',
      answer: { status: 204, description: 'Within a second no request of it gets through' },
      problems: ['sign-in/required', 'request/not-found'],
    }),
    async (c) => {
      const { user } = await personOf(c)
      if (!(await endApp(contextOf(c), user, pathText(c, 'app')))) throw new Problem(404, 'request/not-found')
      forgetSessions()
      return c.body(null, 204)
    },
  )
  .post(
    '/users/reset',
    operation({
      summary: 'Reset the sign-in of somebody who has lost phone and recovery codes',
      description:
        'The operator has made sure who they are. Passkeys, code app and recovery codes go, every session ends, the password remains. The user is told by e-mail; the log says which operator it was.',
      access: 'operator',
      stepUp: true,
      body: Reset,
      answer: { status: 200, schema: z.object({ user: z.string(), name: z.string() }), description: 'Whose it was' },
      problems: ['user/unknown'],
    }),
    async (c) => {
      const { email } = await accept(c, Reset)
      const { id, name } = await resetSignIn({ ...contextOf(c), ...approvingOf(c) }, email)
      forgetSessions()
      return c.json({ user: id, name })
    },
  )
