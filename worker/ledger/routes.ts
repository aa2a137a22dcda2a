import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { rightsOf } from '#worker/access/permission.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { accept, acceptQuery, pathText, readJson } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import { countEntries, EntryQuery, ListedEntry, listEntries } from './list-entries.ts'
import { countVouchers, listVouchers, VoucherQuery } from './list-vouchers.ts'
import { booksFor } from './read-books.ts'
import { readPosted, readVoucher } from './read-voucher.ts'
import { repeatable } from './repeat-request.ts'
import { runJob } from './run-job.ts'
import { readSchedulesOf, type Schedule } from './schedule-store.ts'
import {
  ListedVoucher,
  PostedVoucher,
  RefusedVoucher,
  TriedVouchers,
  VoucherPage,
  VoucherWithEntries,
} from './voucher-answer.ts'
import { VoucherDraft } from './voucher-draft.ts'

/** The largest number of lines in one batch request; larger loads are imports (features.md 4.2). */
const BATCH_LINES = 2_000

export const VoucherBatch = z.strictObject({
  mode: z.optional(z.enum(['all-or-nothing', 'per-voucher'], { error: 'field/invalid' })),
  dryRunToken: z.optional(z.string()),
  vouchers: z.array(VoucherDraft, { error: 'field/required' }).check(z.minLength(1, 'field/required')),
})
/** The same with the vouchers unread: `checkVoucher` judges each in whatever shape it came, and says what is wrong. */
const UnreadBatch = z.strictObject({
  mode: VoucherBatch.shape.mode,
  dryRunToken: VoucherBatch.shape.dryRunToken,
  vouchers: z.array(z.unknown(), { error: 'field/required' }).check(z.minLength(1, 'field/required')),
})

const asked = (c: Context<Env>) => ({
  by: c.var.principal.id,
  rights: rightsOf(c.var.access),
  name: c.var.principal.name,
})

async function batchOf(c: Context<Env>) {
  const batch = await accept(c, UnreadBatch)
  const lines = batch.vouchers.reduce<number>((n, v) => {
    const own = (v as { lines?: unknown } | null)?.lines
    return n + (Array.isArray(own) ? own.length : 0)
  }, 0)
  if (lines > BATCH_LINES && batch.vouchers.length > 1)
    throw new Problem(413, 'request/too-large', { params: { limit: `${BATCH_LINES} linjer` } })
  return { drafts: batch.vouchers, mode: batch.mode ?? 'all-or-nothing', dryRunToken: batch.dryRunToken } as const
}

export const POSTING_PROBLEMS = [
  'voucher/invalid',
  'voucher/id-reused',
  'period/locked',
  'voucher/contended',
  'service/busy',
] as const

const StoredQuery = z.strictObject({ postedFrom: z.optional(z.enum(['true', 'false'], 'field/invalid')) })

/** Vouchers of a company. Mounted at /companies/:company. */
export const ledger = new Hono<Env>()
  .post(
    '/vouchers',
    operation({
      summary: 'Post a voucher',
      description:
        'The client makes the id, and it is the idempotency key: the same content again gives the first answer.',
      access: 'ledger:post',
      body: VoucherDraft,
      answer: { status: 201, schema: PostedVoucher, description: 'Posted; 200 when it was posted before' },
      problems: POSTING_PROBLEMS,
    }),
    async (c) => {
      const drafts = [await readJson(c)]
      const done = await runJob(c.env, c.var.access, {
        do: 'post',
        drafts,
        mode: 'all-or-nothing',
        single: true,
        ...asked(c),
      })
      const posted = ('vouchers' in done ? done.vouchers[0] : undefined)!
      const status = posted.status === 'posted' && posted.replayed ? 200 : 201
      return c.json(await withSchedules(told(posted, c), hasScript(drafts[0]), c), status)
    },
  )
  .post(
    '/vouchers/dry-run',
    operation({
      summary: 'Try vouchers without posting',
      description:
        'Gives the entries that would result, balances afterwards, every issue, and a token to post exactly this.',
      access: 'ledger:post',
      body: VoucherBatch,
      answer: { status: 200, schema: TriedVouchers, description: 'Also when vouchers have errors' },
    }),
    async (c) => {
      const { drafts, mode } = await batchOf(c)
      const done = await runJob(c.env, c.var.access, { do: 'try', drafts, mode, ...asked(c) })
      return c.json(triedAnswer(done, c))
    },
  )
  .post(
    '/vouchers/batch',
    operation({
      summary: 'Post many vouchers',
      repeats: 'itself',
      description:
        'All or nothing, or each for itself. An Idempotency-Key header makes the whole request repeatable for 30 days.',
      access: 'ledger:post',
      body: VoucherBatch,
      answer: {
        status: 201,
        schema: z.object({ ledgerVersion: z.int(), vouchers: z.array(z.union([PostedVoucher, RefusedVoucher])) }),
        description: '201 when anything was posted, 200 when all were posted before or refused',
      },
      problems: [...POSTING_PROBLEMS, 'dry-run/stale'],
    }),
    async (c) => {
      const { drafts, mode, dryRunToken } = await batchOf(c)
      const job = {
        do: 'post',
        drafts,
        mode,
        single: false,
        ...(dryRunToken !== undefined && { dryRunToken }),
        ...asked(c),
      } as const
      return repeatable(c, { drafts, mode }, async () => {
        const done = await runJob(c.env, c.var.access, job)
        const vouchers = 'vouchers' in done ? done.vouchers : []
        const anyNew = vouchers.some((v) => v.status === 'posted' && !v.replayed)
        const answers = []
        for (const [i, v] of vouchers.entries()) answers.push(await withSchedules(told(v, c), hasScript(drafts[i]), c))
        return { status: anyNew ? 201 : 200, body: { ledgerVersion: done.ledgerVersion, vouchers: answers } }
      })
    },
  )
  .get(
    '/vouchers',
    operation({
      summary: 'Vouchers, newest first or by recording',
      access: 'ledger:read',
      list: true,
      query: VoucherQuery,
      answer: { status: 200, schema: VoucherPage, description: 'A page and the cursor of the next' },
    }),
    async (c) => {
      const query = acceptQuery(c, VoucherQuery)
      const books = companyDatabase(c.env, c.var.access.database)
      const read = (cursor = query.cursor) => listVouchers(c.var.db, { ...query, cursor }, { books })
      return writeList(c, {
        name: 'vouchers',
        row: ListedVoucher,
        read,
        count: () => countVouchers(c.var.db, query, { books }),
      })
    },
  )
  .get(
    '/entries',
    operation({
      summary: 'Entries, in order of recording',
      description:
        'Every entry as it was booked, with its voucher. To keep a copy up to date, ask again with `afterVersion`, the `ledgerVersion` of the last answer.',
      access: 'ledger:read',
      list: true,
      query: EntryQuery,
      answer: {
        status: 200,
        schema: z.object({
          ledgerVersion: z.int(),
          entries: z.array(ListedEntry),
          cursor: z.nullable(z.string()),
        }),
        description: 'A page, and the cursor of the next',
      },
    }),
    async (c) => {
      const query = acceptQuery(c, EntryQuery)
      const read = (cursor = query.cursor) => listEntries(c.var.db, { ...query, cursor })
      return writeList(c, { name: 'entries', row: ListedEntry, read, count: () => countEntries(c.var.db, query) })
    },
  )
  .get(
    '/vouchers/:voucher',
    operation({
      summary: 'A voucher with its entries',
      description:
        'With `postedFrom=true` also the mark of the Excel file it was posted from, which is looked for among the events.',
      access: 'ledger:read',
      query: StoredQuery,
      answer: { status: 200, schema: VoucherWithEntries, description: 'As posted' },
      problems: ['voucher/unknown', 'request/invalid'],
    }),
    async (c) => {
      const read = acceptQuery(c, StoredQuery).postedFrom === 'true' ? readPosted : readVoucher
      const voucher: Awaited<ReturnType<typeof readPosted>> = await read(c.var.db, pathText(c, 'voucher'))
      if (!voucher) throw new Problem(404, 'voucher/unknown')
      const { content, reversedBy, ...rest } = voucher
      return c.json({
        ...rest,
        entries: rest.entries.map((entry) => ({ ...entry, stampNumber: rest.documents[0]?.stamp ?? null })),
        status: reversedBy ? 'reversed' : 'posted',
        reversedBy,
        draft: content && JSON.parse(content),
      })
    },
  )
  .get(
    '/books',
    operation({
      summary: 'Everything a voucher is judged by',
      description:
        'Chart, VAT codes and rates, voucher types, periods, dimensions and parties, for checking while one types.',
      access: 'ledger:read',
      answer: {
        status: 200,
        schema: z.object({ factsVersion: z.int() }),
        description: 'Facts, with their version as ETag',
      },
    }),
    (c) => booksFor(c),
  )

/** Issues with their texts in the caller's language. */
export const told = <T extends { issues: readonly Issue[] }>(answer: T, c: Context<Env>): T => ({
  ...answer,
  issues: answer.issues.map((issue) => withText(issue, c.var.locale)),
})

/** What was tried, as it is answered. */
export function triedAnswer(done: Awaited<ReturnType<typeof runJob>>, c: Context<Env>) {
  if (!('tried' in done)) throw new Problem(500, 'internal/error')
  const { ledgerVersion, dryRunToken, tried } = done
  return { ledgerVersion, dryRunToken, vouchers: tried.map((t) => told(t, c)) }
}

/** Whether any line of a draft, in whatever shape it came, has a script. */
const hasScript = (draft: unknown): boolean => {
  const lines = (draft as { lines?: unknown } | null)?.lines
  return Array.isArray(lines) && lines.some((line) => (line as { script?: unknown } | null)?.script !== undefined)
}

/** A posted voucher with what its lines' scripts post in other months, where they have any. */
async function withSchedules<T extends { id: string | null; status: string }>(
  answer: T,
  scripted: boolean,
  c: Context<Env>,
): Promise<T & { schedules?: Schedule[] }> {
  if (!scripted || answer.status !== 'posted') return answer
  return { ...answer, schedules: await readSchedulesOf(c.var.db, answer.id!) }
}
