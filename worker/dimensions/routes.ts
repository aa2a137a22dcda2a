import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import {
  changeDefaults,
  changeDimension,
  changeRules,
  changeValue,
  createDimension,
  createValue,
} from './change-dimensions.ts'
import {
  DimensionChange,
  DimensionDefaults,
  DimensionRules,
  DimensionValueChange,
  NewDimension,
  NewDimensionValue,
} from './dimension.ts'
import { readDimensions, readValues } from './store.ts'

const DimensionAnswer = z.object({
  key: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  position: z.int(),
  rules: z.record(z.string(), z.enum(['required', 'forbidden'])),
  /** The value an account's lines get where one types. */
  defaults: z.record(z.string(), z.string()),
  /** How new values are numbered; null where they are not. */
  series: z.nullable(z.object({ prefix: z.string(), digits: z.int(), lastNumber: z.int() })),
})
const ValueAnswer = z.object({
  code: z.string(),
  name: z.string(),
  closedFrom: z.nullable(z.string()),
  version: z.int(),
})

/** Dimensions, their values, and what accounts demand of them. Mounted at /companies/:company. */
export const dimensions = new Hono<Env>()
  .get(
    '/dimensions',
    operation({
      summary: 'Dimensions, and what accounts demand of them',
      access: 'register:read',
      module: 'dimensions',
      answer: {
        status: 200,
        schema: z.object({ dimensions: z.array(DimensionAnswer) }),
        description: 'In their order; an account that is not named leaves the dimension optional',
      },
      problems: ['module/off'],
    }),
    async (c) => c.json({ dimensions: await readDimensions(c.var.db) }),
  )
  .post(
    '/dimensions',
    operation({
      summary: 'Add a dimension',
      access: 'register:write',
      module: 'dimensions',
      body: NewDimension,
      answer: { status: 201, schema: DimensionAnswer, description: 'Last in order' },
      problems: ['dimension/exists', 'module/off'],
    }),
    async (c) => c.json(await createDimension(actingOf(c), await accept(c, NewDimension)), 201),
  )
  .patch(
    '/dimensions/:dimension',
    operation({
      summary: 'Change a dimension’s names, or how its values are numbered',
      description:
        'The key stands on posted entries and stays. A series that has given numbers is never started again.',
      access: 'register:write',
      module: 'dimensions',
      body: DimensionChange,
      answer: { status: 200, schema: DimensionAnswer, description: 'As it is now' },
      problems: ['dimension/unknown', 'module/off'],
    }),
    async (c) => c.json(await changeDimension(actingOf(c), pathText(c, 'dimension'), await accept(c, DimensionChange))),
  )
  .put(
    '/dimensions/:dimension/defaults',
    operation({
      summary: 'Set the values that accounts’ lines get where one types',
      description:
        'Filled in visibly by grid and sheet, never by the API. Accounts that are not named keep what they have.',
      access: 'register:write',
      module: 'dimensions',
      body: DimensionDefaults,
      answer: { status: 200, schema: DimensionAnswer, description: 'The dimension as it is now' },
      problems: ['dimension/unknown', 'account/unknown', 'module/off'],
    }),
    async (c) => {
      const defaults = await accept(c, DimensionDefaults)
      return c.json(await changeDefaults(actingOf(c), pathText(c, 'dimension'), defaults))
    },
  )
  .put(
    '/dimensions/:dimension/rules',
    operation({
      summary: 'Set what accounts demand of a dimension',
      description: 'Accounts that are not named keep what they have; optional takes a demand away.',
      access: 'register:write',
      module: 'dimensions',
      body: DimensionRules,
      answer: { status: 200, schema: DimensionAnswer, description: 'The dimension as it is now' },
      problems: ['dimension/unknown', 'account/unknown', 'module/off'],
    }),
    async (c) => {
      const rules = await accept(c, DimensionRules)
      return c.json(await changeRules(actingOf(c), pathText(c, 'dimension'), rules))
    },
  )
  .get(
    '/dimensions/:dimension/values',
    operation({
      summary: 'Values of a dimension',
      access: 'register:read',
      list: true,
      module: 'dimensions',
      answer: { status: 200, schema: z.object({ values: z.array(ValueAnswer) }), description: 'By code' },
      problems: ['dimension/unknown', 'module/off'],
    }),
    async (c) => {
      const dimension = pathText(c, 'dimension')
      const values = await readValues(c.var.db, dimension)
      if (!values) throw new Problem(404, 'dimension/unknown', { params: { dimension } })
      return writeList(c, { name: 'values', row: ValueAnswer, read: async () => ({ values }) })
    },
  )
  .post(
    '/dimensions/:dimension/values',
    operation({
      summary: 'Add a value to a dimension',
      access: 'register:write',
      module: 'dimensions',
      body: NewDimensionValue,
      answer: { status: 201, schema: ValueAnswer, description: 'May be posted on at once' },
      problems: ['dimension/unknown', 'dimension/value-exists', 'module/off'],
    }),
    async (c) => {
      const wanted = await accept(c, NewDimensionValue)
      const made = await createValue(actingOf(c), pathText(c, 'dimension'), wanted)
      return c.json(made, 201, etagOf(made.version))
    },
  )
  .patch(
    '/dimensions/:dimension/values/:value',
    operation({
      summary: 'Change a value of a dimension',
      description: 'Send the version you read as If-Match.',
      access: 'register:write',
      module: 'dimensions',
      body: DimensionValueChange,
      answer: { status: 200, schema: ValueAnswer, description: 'As it is now' },
      problems: ['dimension/unknown', 'version/stale', 'module/off'],
    }),
    async (c) => {
      const change = await accept(c, DimensionValueChange)
      const changed = await changeValue(actingOf(c), pathText(c, 'dimension'), pathText(c, 'value'), change, ifMatch(c))
      return c.json(changed, 200, etagOf(changed.version))
    },
  )
