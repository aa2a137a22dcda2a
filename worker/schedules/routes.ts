import { Hono } from 'hono'
import * as z from 'zod/mini'
import { mayPassSoftLock } from '#worker/access/permission.ts'
import { IsoDate, Month } from '#worker/core/date-schema.ts'
import { dayInOslo, type Instant, monthOf } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { ScheduleAnswer } from '#worker/ledger/schedule-answer.ts'
import { readSchedule, readSchedules, readSchedulesOf } from '#worker/ledger/schedule-store.ts'
import { assetsOf } from './asset.ts'
import { postWaiting } from './post-waiting.ts'

const KINDS = ['accrual', 'depreciation', 'repeat'] as const
/** Schedules in one answer, newest first. */
const MOST = 500

const ScheduleQuery = z.strictObject({
  kind: z.optional(z.enum(KINDS, { error: 'field/invalid' })),
  /** A voucher that made schedules, or that is a month of one. */
  voucher: z.optional(Text(40)),
})
const AssetQuery = z.strictObject({ month: z.optional(Month) })
export const ScheduleReversal = z.strictObject({
  voucherDate: IsoDate,
  fromMonth: z.optional(Month),
  reason: z.optional(FilledText(255)),
})

const AssetAnswer = z.object({
  schedule: z.string(),
  text: z.string(),
  source: ScheduleAnswer.shape.source,
  account: z.string(),
  costAccount: z.string(),
  cost: z.int(),
  depreciated: z.int(),
  bookValue: z.int(),
  months: z.int(),
  monthsLeft: z.int(),
  firstMonth: z.string(),
  lastMonth: z.string(),
  nextAmount: z.int(),
  reversed: z.boolean(),
})

/** What scripts post in other months, and the assets they depreciate. Mounted at /companies/:company. */
export const schedules = new Hono<Env>()
  .get(
    '/schedules',
    operation({
      summary: 'Accruals, depreciations and repeated vouchers with their months',
      access: 'ledger:read',
      query: ScheduleQuery,
      answer: {
        status: 200,
        schema: z.object({ schedules: z.array(ScheduleAnswer) }),
        description: `The ${MOST} newest, or those of one voucher`,
      },
    }),
    async (c) => {
      const { kind, voucher } = acceptQuery(c, ScheduleQuery)
      const found = voucher
        ? (await readSchedulesOf(c.var.db, voucher)).filter((s) => !kind || s.kind === kind)
        : await readSchedules(c.var.db, kind ? [kind] : KINDS, MOST)
      return c.json({ schedules: found })
    },
  )
  .get(
    '/schedules/:schedule',
    operation({
      summary: 'A schedule with its months',
      access: 'ledger:read',
      answer: { status: 200, schema: ScheduleAnswer, description: 'As it stands' },
      problems: ['schedule/unknown'],
    }),
    async (c) => {
      const found = await readSchedule(c.var.db, pathText(c, 'schedule'))
      if (!found) throw new Problem(404, 'schedule/unknown')
      return c.json(found)
    },
  )
  .post(
    '/schedules/:schedule/reversal',
    operation({
      summary: 'Reverse what stands of a schedule',
      description:
        'Each posted month in its own period where that is open, else on the day given; what waits is dropped. From a month on, or all of it. Again changes nothing.',
      access: 'ledger:post',
      body: ScheduleReversal,
      answer: { status: 200, schema: ScheduleAnswer, description: 'The schedule as it stands then' },
      problems: ['schedule/unknown', 'voucher/invalid', 'period/locked', 'voucher/contended', 'service/busy'],
    }),
    async (c) => {
      const { voucherDate, fromMonth = null, reason = null } = await accept(c, ScheduleReversal)
      const schedule = pathText(c, 'schedule')
      const rights = { softLock: mayPassSoftLock(c.var.access) }
      const { id: by, name } = c.var.principal
      await runJob(c.env, c.var.access, {
        do: 'reverse-schedule',
        schedule,
        fromMonth,
        voucherDate,
        reason,
        by,
        name,
        rights,
      })
      return c.json(await readSchedule(c.var.db, schedule))
    },
  )
  .post(
    '/schedules/waiting',
    operation({
      summary: 'Post the months that waited for their fiscal year',
      description: 'Done by itself when a year is made and once a day; again posts nothing new.',
      access: 'ledger:post',
      answer: { status: 200, schema: z.object({ posted: z.int() }), description: 'How many vouchers were posted' },
      problems: ['voucher/contended', 'service/busy'],
    }),
    async (c) => c.json({ posted: await postWaiting(c.env, c.var.access, c.var.principal.id) }),
  )
  .get(
    '/assets',
    operation({
      summary: 'Assets that depreciate by script: cost, depreciation, book value',
      access: 'ledger:read',
      query: AssetQuery,
      answer: {
        status: 200,
        schema: z.object({ month: z.string(), assets: z.array(AssetAnswer) }),
        description: 'At the end of the month, the running one unless told',
      },
    }),
    async (c) => {
      const month = acceptQuery(c, AssetQuery).month ?? monthOf(dayInOslo(new Date().toISOString() as Instant))
      const found = await readSchedules(c.var.db, ['depreciation'], MOST)
      return c.json({ month, assets: assetsOf(found, month) })
    },
  )
