import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { mayPassSoftLock } from '#worker/access/permission.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { IssueAnswer } from '#worker/ledger/voucher-answer.ts'
import { dueDates, nextDue, Recurring } from './recurring.ts'
import { type KeptRecurring, type RecurringRun, readRecurring } from './recurring-store.ts'
import { runRecurring } from './run-recurring.ts'
import { newRecurringId, saveRecurring } from './save-recurring.ts'

const RunAnswer = z.object({
  recurring: z.string(),
  dueDate: z.string(),
  status: z.enum(['posted', 'draft', 'refused']),
  voucher: z.string(),
  draft: z.nullable(z.string()),
  problem: z.nullable(z.object({ code: z.string(), issues: z.array(IssueAnswer) })),
  recordedAt: z.string(),
})
const RecurringAnswer = z.object({
  id: z.string(),
  name: z.string(),
  template: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.int()])),
  firstDate: z.string(),
  lastDate: z.nullable(z.string()),
  every: z.int(),
  makes: z.enum(['draft', 'voucher']),
  active: z.boolean(),
  version: z.int(),
  runs: z.array(RunAnswer),
  /** Days that are due and not made yet, and the next one after today. */
  due: z.array(z.string()),
  next: z.nullable(z.string()),
})

/** Recurring vouchers of a company. Mounted at /companies/:company. */
export const recurring = new Hono<Env>()
  .get(
    '/recurring',
    operation({
      summary: 'Recurring vouchers, what is due and what was made',
      access: 'ledger:read',
      answer: { status: 200, schema: z.object({ recurring: z.array(RecurringAnswer) }), description: 'By name' },
    }),
    async (c) => c.json({ recurring: (await readRecurring(c.var.db)).map((r) => told(r, c)) }),
  )
  .post(
    '/recurring',
    operation({
      summary: 'Set up a recurring voucher',
      description:
        'A template with its values, a first day, and the months between. Makes drafts or vouchers by itself each day it is due.',
      access: 'ledger:post',
      body: Recurring,
      answer: { status: 201, schema: RecurringAnswer, description: 'Nothing is made until it is due and run' },
      problems: ['template/unknown', 'request/invalid'],
    }),
    async (c) => {
      const wanted = await accept(c, Recurring)
      const saved = await saveRecurring(actingOf(c), newRecurringId(), wanted, 0)
      return c.json(told(saved, c), 201, etagOf(saved.version))
    },
  )
  .put(
    '/recurring/:recurring',
    operation({
      summary: 'Change a recurring voucher',
      description: 'Send the version you read as If-Match. What was made stays.',
      access: 'ledger:post',
      body: Recurring,
      answer: { status: 200, schema: RecurringAnswer, description: 'As it is now' },
      problems: ['recurring/unknown', 'template/unknown', 'request/invalid', 'version/stale'],
    }),
    async (c) => {
      const wanted = await accept(c, Recurring)
      const saved = await saveRecurring(actingOf(c), pathText(c, 'recurring'), wanted, ifMatch(c))
      return c.json(told(saved, c), 200, etagOf(saved.version))
    },
  )
  .post(
    '/recurring/due',
    operation({
      summary: 'Make the recurring vouchers that are due',
      description: 'Done by itself each morning. Each day it is due is made once; what was refused is tried again.',
      access: 'ledger:post',
      answer: {
        status: 200,
        schema: z.object({ made: z.array(RunAnswer) }),
        description: 'What was made, and what was refused',
      },
      problems: ['voucher/contended', 'service/busy'],
    }),
    async (c) => {
      const rights = { softLock: mayPassSoftLock(c.var.access) }
      const made = await runRecurring({ ...actingOf(c), env: c.env, company: c.var.access, rights }, today())
      return c.json({ made: made.map((run) => toldRun(run, c)) })
    },
  )

const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)

const toldRun = (run: RecurringRun, c: Context<Env>) => ({
  ...run,
  problem: run.problem && {
    ...run.problem,
    issues: run.problem.issues.map((issue) => ({ severity: 'error', ...withText(issue, c.var.locale) })),
  },
})

function told(r: KeptRecurring, c: Context<Env>) {
  const done = new Set(r.runs.filter((run) => run.status !== 'refused').map((run) => run.dueDate as string))
  return {
    ...r,
    runs: r.runs.map((run) => toldRun(run, c)),
    due: dueDates(r, today(), done),
    next: nextDue(r, today()) ?? null,
  }
}
