import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { readSetting, writeSetting } from './user-store.ts'

/** What one may choose for oneself, by name. */
const NAMES = /^(shortcuts|voucher-entry(\.cmp_[0-9a-z]{26})?|voucher-columns|paste-answers|tour)$/
const Setting = z.strictObject({
  value: z.record(z.string().check(z.maxLength(80)), z.string().check(z.maxLength(400))),
})
const SettingAnswer = z.object({ value: z.record(z.string(), z.string()) })

const nameOf = (name: string): string => {
  if (!NAMES.test(name)) throw new Problem(404, 'request/not-found')
  return name
}

/** What a person has chosen for themselves, in every company. Mounted at /api/v1. */
export const settingsOfMe = new Hono<Env>()
  .get(
    '/me/settings/:setting',
    operation({
      summary: 'What you have chosen for yourself',
      description:
        '`shortcuts`: the keys of commands. `voucher-entry.cmp_…`: the layout it opens with in that company, by voucher type; `voucher-entry`: in companies where none was chosen. `voucher-columns`: how the columns were last arranged, for companies where none is chosen. `paste-answers`: how lists of a source are read. `tour`: that the tour has been taken.',
      access: 'signed-in',
      answer: { status: 200, schema: SettingAnswer, description: 'Texts by name; empty when nothing is chosen' },
    }),
    async (c) => {
      const name = nameOf(pathText(c, 'setting'))
      return c.json({ value: await readSetting(c.var.control, c.var.principal.id, name) })
    },
  )
  .put(
    '/me/settings/:setting',
    operation({
      summary: 'Choose for yourself',
      access: 'signed-in',
      body: Setting,
      answer: { status: 200, schema: SettingAnswer, description: 'As it is now' },
    }),
    async (c) => {
      const { value } = await accept(c, Setting)
      const name = nameOf(pathText(c, 'setting'))
      await c.var.control.execute(writeSetting(c.var.principal.id, name, value, new Date().toISOString()))
      return c.json({ value })
    },
  )
