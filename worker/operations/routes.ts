import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { migrateCompanies } from './migrate-companies.ts'
import { readInstance } from './read-instance.ts'
import { readTotals } from './store.ts'

const Company = z.object({
  id: z.string(),
  name: z.string(),
  database: z.string(),
  status: z.enum(['active', 'importing', 'failed']),
  verified: z.nullable(
    z.object({
      recordedAt: z.string(),
      whole: z.boolean(),
      ok: z.boolean(),
      ledgerVersion: z.int(),
      findings: z.array(z.string()),
    }),
  ),
  backedUp: z.nullable(z.object({ recordedAt: z.string(), size: z.int() })),
  /** Null where the database does not answer. */
  file: z.nullable(z.object({ schema: z.string(), size: z.int(), current: z.boolean() })),
  /** The file ended the process that reads it twice, and is not opened until somebody mends it. */
  quarantined: z.boolean(),
})
const Page = z.object({ companies: z.array(Company), newestSchema: z.string(), next: z.nullable(z.string()) })
const Totals = z.object({
  companies: z.int(),
  failing: z.int(),
  findings: z.int(),
  notVerified: z.int(),
  notBackedUp: z.int(),
  /** Checked longer ago than three hours, backed up longer ago than 36. */
  lateVerification: z.int(),
  lateBackup: z.int(),
  /** Being made, or came to nothing. */
  unopened: z.int(),
  /** Times of the schedule that are not through all companies. */
  unfinished: z.int(),
  instance: z.array(z.string()),
  oldestVerification: z.nullable(z.string()),
  oldestBackup: z.nullable(z.string()),
})
const After = z.strictObject({ after: z.optional(z.string().check(z.maxLength(40))) })

/** For whoever looks after the installation: how companies and their databases are, nothing of their books. Mounted at /api/v1. */
export const operations = new Hono<Env>()
  .get(
    '/instance/companies',
    operation({
      summary: 'How companies and their databases are',
      description:
        'Schema, size, last check and last backup, fifty companies at a time; `next` is the place to go on after.',
      access: 'operator',
      query: After,
      answer: { status: 200, schema: Page, description: 'By id' },
    }),
    async (c) => c.json(await readInstance(c.env, c.var.control, acceptQuery(c, After).after ?? '')),
  )
  .get(
    '/instance/totals',
    operation({
      summary: 'All active companies together',
      access: 'operator',
      answer: { status: 200, schema: Totals, description: 'Checks and backups' },
    }),
    async (c) => c.json(await readTotals(c.var.control, new Date().toISOString() as Instant)),
  )
  .post(
    '/instance/upgrades',
    operation({
      summary: 'Bring companies’ databases up to date',
      description:
        'Fifty at a time; `next` is the place to go on after. What was done stays done, so a run that was cut is simply asked again.',
      access: 'operator',
      query: After,
      answer: {
        status: 200,
        schema: Page,
        description: 'The companies as they are now; `file` is null where it failed',
      },
    }),
    async (c) => c.json(await migrateCompanies(c.env, c.var.control, acceptQuery(c, After).after ?? '')),
  )
