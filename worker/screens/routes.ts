import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, acceptQuery, parse, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { type Layouting, removeLayout, saveLayout } from './change-layouts.ts'
import { LayoutDefinition, LayoutId, Screen, ScreenLayoutBody } from './screen-layout.ts'
import { readLayouts } from './store.ts'

const LayoutQuery = z.strictObject({ screen: Screen })
const LayoutAnswer = z.object({
  id: z.string(),
  screen: z.string(),
  owner: z.string(),
  shared: z.boolean(),
  name: z.string(),
  definition: LayoutDefinition,
  version: z.int(),
})

const layouting = (c: Context<Env>): Layouting => ({ ...actingOf(c), access: c.var.access })

/** Layouts of screens: columns in their order, for grid, sheet and export alike. Mounted at /companies/:company. */
export const screens = new Hono<Env>()
  .get(
    '/screen-layouts',
    operation({
      summary: 'Layouts of a screen',
      description: 'The company’s shared ones and one’s own. The voucher grid is screen `voucher-entry`.',
      access: 'ledger:read',
      query: LayoutQuery,
      answer: {
        status: 200,
        schema: z.object({ layouts: z.array(LayoutAnswer) }),
        description: 'One’s own first, by name',
      },
    }),
    async (c) => {
      const { screen } = acceptQuery(c, LayoutQuery)
      return c.json({ layouts: await readLayouts(c.var.db, screen, c.var.principal.id) })
    },
  )
  .put(
    '/screen-layouts/:layout',
    operation({
      summary: 'Save a layout',
      description: 'The client makes the id. Send the version you read as If-Match. Sharing takes the right to post.',
      access: 'ledger:read',
      body: ScreenLayoutBody,
      answer: { status: 200, schema: LayoutAnswer, description: 'As it is now' },
      problems: ['screen-layout/exists', 'version/stale'],
    }),
    async (c) => {
      const body = await accept(c, ScreenLayoutBody)
      const { layout: id } = parse({ layout: pathText(c, 'layout') }, z.object({ layout: LayoutId }))
      const layout = await saveLayout(layouting(c), id, body, ifMatch(c))
      return c.json(layout, 200, etagOf(layout.version))
    },
  )
  .delete(
    '/screen-layouts/:layout',
    operation({
      summary: 'Delete a layout',
      access: 'ledger:read',
      answer: { status: 204, description: 'Gone' },
      problems: ['screen-layout/unknown'],
    }),
    async (c) => {
      await removeLayout(layouting(c), pathText(c, 'layout'))
      return c.body(null, 204)
    },
  )
