import { Hono } from 'hono'
import { withText } from '#i18n/problem-text.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { CHART } from './batch-store.ts'
import { LayoutChange, NewLayout } from './layout-query.ts'
import { type OwnLayout, readOwnLayouts } from './layout-store.ts'
import { chartOf } from './read-figure-tables.ts'
import { checkLayout } from './report-layout.ts'
import { changeLayout, createLayout, layoutOrNone, removeLayout } from './save-layout.ts'
import { STANDARD_LAYOUTS } from './standard-layouts.ts'
import { LayoutAnswer, LayoutList } from './statement-answer.ts'

const FAULTS = [
  'report-layout/exists',
  'report-layout/key-twice',
  'report-layout/two-kinds',
  'report-layout/line-unknown',
  'report-layout/circular',
  'report-layout/counted-twice',
  'report-layout/account-twice',
  'report-layout/account-missing',
] as const
const isStandard = (key: string): boolean => STANDARD_LAYOUTS.some((layout) => layout.key === key)

/** Layouts of reports: those that come with the product, and a company's own. Mounted at /companies/:company. */
export const layouts = new Hono<Env>()
  .get(
    '/report-layouts',
    operation({
      summary: 'Layouts of reports',
      description:
        'Lines with their accounts and sums. The standard ones follow the law and the næringsspesifikasjon, and say which.',
      access: 'report:read',
      answer: { status: 200, schema: LayoutList, description: 'Standard ones first' },
    }),
    async (c) => c.json({ layouts: [...STANDARD_LAYOUTS, ...(await readOwnLayouts(c.var.db))] }),
  )
  .get(
    '/report-layouts/:layout',
    operation({
      summary: 'A layout',
      access: 'report:read',
      answer: { status: 200, schema: LayoutAnswer, description: 'With what is the matter with it in today’s chart' },
      problems: ['report-layout/unknown'],
    }),
    async (c) => {
      const key = pathText(c, 'layout')
      const standard = STANDARD_LAYOUTS.find((layout) => layout.key === key)
      const layout = standard ?? (await layoutOrNone(c.var.db, key))
      const issues = checkLayout(layout, chartOf(await c.var.db.execute(CHART)))
      const told = { ...layout, issues: issues.map((issue) => withText(issue, c.var.locale)) }
      return c.json(told, 200, standard ? {} : etagOf((layout as OwnLayout).version))
    },
  )
  .post(
    '/report-layouts',
    operation({
      summary: 'Make a layout of the company’s own',
      description:
        'A line takes accounts by number or range ("3000:3999") or by place in the næringsspesifikasjon ("annenDriftskostnad:6000"), or adds up other lines. Accounts that no line takes are warned of, and shown apart in the report.',
      access: 'report:write',
      body: NewLayout,
      answer: { status: 201, schema: LayoutAnswer, description: 'With its id as `key`' },
      problems: FAULTS,
    }),
    async (c) => {
      const { layout, issues } = await createLayout(actingOf(c), await accept(c, NewLayout))
      const told = { ...layout, issues: issues.map((issue) => withText(issue, c.var.locale)) }
      return c.json(told, 201, etagOf(layout.version))
    },
  )
  .patch(
    '/report-layouts/:layout',
    operation({
      summary: 'Change a layout',
      description: 'Only of the company’s own; with `If-Match` it is refused when somebody changed it meanwhile.',
      access: 'report:write',
      body: LayoutChange,
      answer: { status: 200, schema: LayoutAnswer, description: 'As it stands now' },
      problems: ['report-layout/unknown', 'report-layout/standard', 'version/stale', ...FAULTS],
    }),
    async (c) => {
      const key = pathText(c, 'layout')
      const change = await accept(c, LayoutChange)
      if (isStandard(key)) throw new Problem(422, 'report-layout/standard', { params: { layout: key } })
      const { layout, issues } = await changeLayout(actingOf(c), key, change, ifMatch(c))
      const told = { ...layout, issues: issues.map((issue) => withText(issue, c.var.locale)) }
      return c.json(told, 200, etagOf(layout.version))
    },
  )
  .delete(
    '/report-layouts/:layout',
    operation({
      summary: 'Remove a layout',
      access: 'report:write',
      answer: { status: 204, description: 'Gone' },
      problems: ['report-layout/unknown', 'report-layout/standard', 'version/stale'],
    }),
    async (c) => {
      const key = pathText(c, 'layout')
      if (isStandard(key)) throw new Problem(422, 'report-layout/standard', { params: { layout: key } })
      await removeLayout(actingOf(c), key, ifMatch(c))
      return c.body(null, 204)
    },
  )
