import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, acceptQuery, parse, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { type Layouting, officeToShareIn, removeLayout, saveLayout } from './change-layouts.ts'
import { readOfficeLayouts } from './office-layout-store.ts'
import { LayoutDefinition, LayoutId, Screen, ScreenLayoutBody } from './screen-layout.ts'
import { readLayouts } from './store.ts'

const LayoutQuery = z.strictObject({ screen: Screen })
const LayoutAnswer = z.object({
  id: z.string(),
  screen: z.string(),
  owner: z.string(),
  shared: z.boolean(),
  office: z.optional(z.boolean()),
  name: z.string(),
  definition: LayoutDefinition,
  version: z.int(),
})

const layouting = (c: Context<Env>): Layouting => ({
  ...actingOf(c),
  access: c.var.access,
  control: c.var.control,
  principal: c.var.principal,
})

/** Layouts of screens: columns in their order, for grid, sheet and export alike. Mounted at /companies/:company. */
export const screens = new Hono<Env>()
  .get(
    '/screen-layouts',
    operation({
      summary: 'Layouts of a screen',
      description:
        'The company’s shared ones, those of its office and one’s own. The voucher grid is screen `voucher-entry`.',
      access: 'ledger:read',
      query: LayoutQuery,
      answer: {
        status: 200,
        schema: z.object({ layouts: z.array(LayoutAnswer), office: z.nullable(z.string()) }),
        description: 'One’s own first, by name; and the office with whose clients one may share',
      },
    }),
    async (c) => {
      const { screen } = acceptQuery(c, LayoutQuery)
      const { db, control, access, principal } = c.var
      const [own, shared, office] = await Promise.all([
        readLayouts(db, screen, principal.id),
        access.office === null ? [] : readOfficeLayouts(control, access.office, screen),
        officeToShareIn(layouting(c)),
      ])
      return c.json({ layouts: [...own, ...shared], office: office?.name ?? null })
    },
  )
  .put(
    '/screen-layouts/:layout',
    operation({
      summary: 'Save a layout',
      description:
        'The client makes the id. Send the version you read as If-Match. Sharing takes the right to post; with all clients of the office, that to its library.',
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
