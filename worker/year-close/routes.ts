import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { mayPassSoftLock } from '#worker/access/permission.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { closeYear } from './close-year.ts'
import { readClosing } from './read-closing.ts'
import { NewClosing } from './year-closing.ts'

const today = () => dayInOslo(new Date().toISOString() as Instant)
const Year = z.object({ year: z.int(), firstDate: z.string(), lastDate: z.string() })
const closing = {
  id: z.string(),
  year: z.int(),
  lock: z.string(),
  voucher: z.nullable(z.string()),
  result: z.int(),
  ledgerVersion: z.int(),
  hash: z.string(),
  by: z.string(),
  recordedAt: z.string(),
}
const ClosingAnswer = z.object({
  ledgerVersion: z.int(),
  year: Year,
  before: z.nullable(Year),
  next: z.nullable(Year),
  /** Income and cost at the end of the year; profit negative, 0 when moved to equity. */
  result: z.int(),
  earlierResult: z.int(),
  levels: z.object({ open: z.int(), soft: z.int(), hard: z.int() }),
  accounts: z.array(
    z.object({
      account: z.string(),
      nameNb: z.string(),
      nameEn: z.string(),
      type: z.string(),
      opening: z.int(),
      closing: z.int(),
      lastYear: z.int(),
      nextOpening: z.nullable(z.int()),
    }),
  ),
  /** What keeps the year from being closed. */
  issues: z.array(z.looseObject({ code: z.string() })),
  /** As it was closed last; `differences` are accounts that close otherwise now. */
  closing: z.nullable(
    z.object({
      ...closing,
      differences: z.array(z.object({ account: z.string(), asClosed: z.int(), now: z.int(), difference: z.int() })),
    }),
  ),
  closings: z.int(),
})

const yearIn = (c: Context<Env>): number => {
  const name = pathText(c, 'year')
  return /^\d{4}$/.test(name) ? Number(name) : 0
}

/** Closing of fiscal years. Mounted at /companies/:company. */
export const yearClose = new Hono<Env>()
  .get(
    '/fiscal-years/:year/closing',
    operation({
      summary: 'A fiscal year: opening, closing, the years beside it, and what keeps it from being closed',
      description: 'Openings of the next year are computed from the entries: they follow while this one is open.',
      access: 'report:read',
      answer: { status: 200, schema: ClosingAnswer, description: 'Amounts in øre' },
      problems: ['fiscal-year/unknown'],
    }),
    async (c) => {
      const view = await readClosing(c.var.db, yearIn(c), today())
      return c.json({ ...view, issues: view.issues.map((issue) => withText(issue, c.var.locale)) })
    },
  )
  .post(
    '/fiscal-years/:year/closing',
    operation({
      summary: 'Close a fiscal year',
      description:
        'Moves the result to equity by a voucher, locks the months hard, and keeps the figures with their hash. An administrator opens it again as any hard lock.',
      access: 'fiscal-year:close',
      body: NewClosing,
      answer: {
        status: 201,
        schema: z.object({ ...closing, figures: z.array(z.array(z.union([z.string(), z.int()]))) }),
        description: 'The figures as they are frozen: account, opening, debit, credit, closing',
      },
      problems: [
        'fiscal-year/unknown',
        'fiscal-year/not-over',
        'fiscal-year/earlier-result',
        'fiscal-year/locked',
        'account/unknown',
        'period/locked',
        'voucher/contended',
      ],
    }),
    async (c) => {
      const wanted = await accept(c, NewClosing)
      const rights = { softLock: mayPassSoftLock(c.var.access) }
      const { access, locale, principal } = c.var
      const ctx = { ...actingOf(c), env: c.env, access, name: principal.name, rights, locale, today: today() }
      const done = await closeYear(ctx, yearIn(c), wanted)
      return c.json({ ...done, figures: done.figures.map((figure) => [...figure]) }, 201)
    },
  )
