import { Hono } from 'hono'
import * as z from 'zod/mini'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { readDashboard } from './read-dashboard.ts'

const Compared = { now: z.int(), before: z.int() }
const Planned = z.nullable(z.int())
const Aged = z.object({
  buckets: z.array(z.int()),
  totals: z.object({ notDue: z.int(), pastDue: z.array(z.int()), total: z.int() }),
})
const DashboardAnswer = z.object({
  ledgerVersion: z.int(),
  today: z.string(),
  fiscalYear: z.int(),
  fromMonth: z.string(),
  throughMonth: z.string(),
  hasLastYear: z.boolean(),
  budget: z.nullable(z.string()),
  months: z.array(z.object({ month: z.string(), result: z.int(), before: z.int(), planned: Planned })),
  operatingIncome: z.object(Compared),
  resultBeforeTax: z.object({ ...Compared, planned: Planned }),
  operatingResult: z.object({ ...Compared, planned: Planned }),
  cash: z.object({ today: z.int(), months: z.array(z.object({ month: z.string(), amount: z.int() })) }),
  customers: Aged,
  suppliers: Aged,
  vat: z.nullable(z.object({ term: z.record(z.string(), z.string()), toPay: z.int(), settled: z.boolean() })),
  tasks: z.array(z.looseObject({ key: z.string() })),
  latest: z.array(z.looseObject({ id: z.string() })),
})

/** What one looks at first. Mounted at /companies/:company. */
export const dashboard = new Hono<Env>().get(
  '/dashboard',
  operation({
    summary: 'Key figures, and what waits to be done',
    description:
      'Result by month against last year and the budget, cash, claims by age, VAT due and tasks, from one ledger version. Amounts in øre, profit and income positive; `toPay` in whole kroner.',
    access: 'report:read',
    answer: { status: 200, schema: DashboardAnswer, description: 'For the ended months of this fiscal year' },
  }),
  async (c) => c.json(await readDashboard(c.var.db, dayInOslo(new Date().toISOString() as Instant))),
)
