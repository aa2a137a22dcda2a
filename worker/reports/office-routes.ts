import { Hono } from 'hono'
import * as z from 'zod/mini'
import { problemText, withText } from '#i18n/problem-text.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { accept } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { problemOf } from '#worker/http/on-error.ts'
import { operation } from '#worker/http/operation.ts'
import { OfficeBatch, readOfficeBatch } from './read-office-batch.ts'
import { ReportBatchAnswer } from './report-answer.ts'

/** A company's figures as a batch of its own would give them, or the problem that stood in the way. */
const CompanyAnswer = z.union([
  z.extend(ReportBatchAnswer, { company: z.string() }),
  z.object({
    company: z.string(),
    problem: z.object({ status: z.int(), code: z.string(), title: z.string() }),
  }),
])

/** Reports over several companies. Mounted at /api/v1. */
export const officeReports = new Hono<Env>().post(
  '/reports/batch',
  operation({
    summary: 'Figures of several companies',
    description:
      'The batch of a company (`/companies/{company}/reports/batch`), for many at once: the same one for all `companies`, a list or `*` for all whose reports you may read; or one for each under `batches`. Each answers at a version of its own; one that you may not read is a problem in its own place, never a 0.',
    access: 'signed-in',
    reads: true,
    body: OfficeBatch,
    answer: {
      status: 200,
      schema: z.object({ batches: z.array(CompanyAnswer) }),
      description: 'In the order they were asked for',
    },
    problems: ['company/unknown', 'permission/missing', 'ledger-version/unknown'],
  }),
  async (c) => {
    const { control, principal, locale } = c.var
    const today = dayInOslo(new Date().toISOString() as Instant)
    const found = await readOfficeBatch(
      { env: c.env, control, principal, today, problemOf: (error) => problemOf(error, c) },
      await accept(c, OfficeBatch),
    )
    return c.json({
      batches: found.map((one) => {
        if ('problem' in one) {
          const { status, code, params } = one.problem
          return { company: one.company, problem: { status, code, title: problemText(code, params, locale) } }
        }
        const groups = one.groups.map((g) => ({ ...g, issues: g.issues.map((issue) => withText(issue, locale)) }))
        return { ...one, groups }
      }),
    })
  },
)
