import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, acceptQuery, parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { dropLease, takeLease } from './store.ts'

/** How long a window that posts from a workbook is waited for once nothing more is heard of it, in milliseconds. */
const LEASE_MS = 60_000

const Id = z.string().check(z.regex(/^[\w-]{1,64}$/, 'field/invalid'))
const Holder = z.strictObject({ holder: Id })
const Path = z.object({ workbook: Id })
const LeaseAnswer = z.object({ workbook: z.string(), holder: z.string(), until: z.string(), leftMs: z.int() })

/** One window at a time posts from a workbook. Mounted at /companies/:company. */
export const sheetLeases = new Hono<Env>()
  .put(
    '/sheet-leases/:workbook',
    operation({
      summary: 'Take a workbook’s turn to post, or prolong it',
      description:
        'Windows on one workbook that write ids on rows at once would write over each other. Whoever holds the turn has it for 60 seconds, and for 60 more each time it asks again. That a voucher is booked once does not rest on this: it rests on the voucher’s id.',
      access: 'ledger:post',
      body: Holder,
      answer: { status: 200, schema: LeaseAnswer, description: 'The turn is yours until then' },
      problems: ['sheet/in-use'],
    }),
    async (c) => {
      const { holder } = await accept(c, Holder)
      const { workbook } = parse({ workbook: pathText(c, 'workbook') }, Path)
      const { db, at } = actingOf(c)
      const until = new Date(Date.parse(at) + LEASE_MS).toISOString() as Instant
      const lease = await takeLease(db, { workbook, holder, until }, at)
      // How long that is, for windows whose clocks differ.
      const leftMs = Date.parse(lease.until) - Date.parse(at)
      if (lease.holder !== holder) throw new Problem(409, 'sheet/in-use', { params: { until: lease.until, leftMs } })
      return c.json({ ...lease, leftMs })
    },
  )
  .delete(
    '/sheet-leases/:workbook',
    operation({
      summary: 'Give a workbook’s turn to post back',
      access: 'ledger:post',
      query: Holder,
      answer: { status: 204, description: 'Whether it was held or not' },
    }),
    async (c) => {
      const { holder } = acceptQuery(c, Holder)
      const { workbook } = parse({ workbook: pathText(c, 'workbook') }, Path)
      await dropLease(c.var.db, workbook, holder)
      return c.body(null, 204)
    },
  )
