import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { repeatable } from '#worker/ledger/repeat-request.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { changeLocks } from './change-locks.ts'
import { monthsIn, NewFiscalYear } from './fiscal-year.ts'
import { openFiscalYear } from './open-fiscal-year.ts'
import { NewLock } from './period-lock.ts'
import { readCalendar } from './store.ts'
import { newestFirst, readLock, verifyLocks } from './verify-locks.ts'

const Level = z.enum(['open', 'soft', 'hard'])
const FiscalYearAnswer = z.object({
  year: z.int(),
  firstDate: z.string(),
  lastDate: z.string(),
  /** Number of months, and how many of them have each level. */
  months: z.int(),
  levels: z.object({ open: z.int(), soft: z.int(), hard: z.int() }),
})
const PeriodAnswer = z.object({
  month: z.string(),
  year: z.int(),
  level: Level,
  /** The newest lock or opening that covers the month. */
  lock: z.nullable(z.object({ id: z.string(), by: z.string(), recordedAt: z.string(), reason: z.string() })),
})
const LateVoucher = z.object({
  id: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
  voucherDate: z.string(),
  ledgerVersion: z.int(),
  recordedAt: z.string(),
  by: z.string(),
  text: z.string(),
})
const LockAnswer = z.object({
  id: z.string(),
  /** `all`, or a part of the books: `vat`, `type:…`, `accounts:…:…`. */
  scope: z.string(),
  fromMonth: z.string(),
  toMonth: z.string(),
  level: Level,
  reason: z.string(),
  by: z.string(),
  recordedAt: z.string(),
  ledgerVersion: z.int(),
  hash: z.string(),
  differences: z.nullable(z.array(LateVoucher)),
})
/** What vouchers move an account by in øre, debit positive, and how many entries they are. */
const AccountDifference = z.object({
  account: z.string(),
  debit: z.int(),
  credit: z.int(),
  amount: z.int(),
  entries: z.int(),
})
const VerifiedLock = z.extend(LockAnswer, { agrees: z.boolean() })

/** Fiscal years, periods and their locks. Mounted at /companies/:company. */
export const periods = new Hono<Env>()
  .get(
    '/fiscal-years',
    operation({
      summary: 'Fiscal years',
      access: 'company:read',
      answer: {
        status: 200,
        schema: z.object({ fiscalYears: z.array(FiscalYearAnswer) }),
        description: 'In order of time',
      },
    }),
    async (c) => {
      const { years, periods } = await readCalendar(c.var.db)
      const fiscalYears = years.map((year) => {
        const own = periods.filter((p) => p.year === year.year)
        const at = (level: string) => own.filter((p) => p.level === level).length
        return { ...year, months: own.length, levels: { open: at('open'), soft: at('soft'), hard: at('hard') } }
      })
      return c.json({ fiscalYears })
    },
  )
  .post(
    '/fiscal-years',
    operation({
      summary: 'Open a fiscal year',
      description:
        'Without days: twelve months after the last. Short, long (18 months at most) and deviating years have whole months and touch a neighbour.',
      access: 'fiscal-year:write',
      body: NewFiscalYear,
      answer: {
        status: 201,
        schema: z.object({
          year: z.int(),
          firstDate: z.string(),
          lastDate: z.string(),
          months: z.array(z.string()),
        }),
        description: 'Its months are open',
      },
      problems: [
        'fiscal-year/exists',
        'fiscal-year/overlaps',
        'fiscal-year/gap',
        'fiscal-year/not-whole-months',
        'fiscal-year/too-long',
      ],
    }),
    async (c) => {
      const year = await openFiscalYear(actingOf(c), await accept(c, NewFiscalYear))
      await postWaiting(c.env, c.var.access, c.var.principal.id)
      return c.json({ ...year, months: monthsIn(year) }, 201)
    },
  )
  .get(
    '/periods',
    operation({
      summary: 'Periods and how they are locked',
      access: 'company:read',
      answer: {
        status: 200,
        schema: z.object({ periods: z.array(PeriodAnswer) }),
        description: 'Months in order of time',
      },
    }),
    async (c) => {
      const { periods, locks } = await readCalendar(c.var.db)
      return c.json({
        periods: periods.map((p) => {
          const newest = locks.find((l) => l.fromMonth <= p.month && p.month <= l.toMonth)
          const lock = newest && {
            id: newest.id,
            by: newest.by,
            recordedAt: newest.recordedAt,
            reason: newest.reason,
          }
          return { ...p, lock: lock ?? null }
        }),
      })
    },
  )
  .get(
    '/locks',
    operation({
      summary: 'Locks, and whether each period still agrees with its hash',
      access: 'ledger:read',
      answer: {
        status: 200,
        schema: z.object({ locks: z.array(VerifiedLock) }),
        description: 'Newest first; the hash is computed again from the vouchers that stand there now',
      },
    }),
    async (c) => {
      const { locks, scopeLocks } = await readCalendar(c.var.db)
      const all = newestFirst([...locks, ...scopeLocks])
      return c.json({ locks: await verifyLocks(c.var.db, c.var.access.books, all) })
    },
  )
  .get(
    '/locks/:lock',
    operation({
      summary: 'A lock, and what came into the period since',
      access: 'ledger:read',
      answer: {
        status: 200,
        schema: z.extend(VerifiedLock, {
          differenceByAccount: z.nullable(z.array(AccountDifference)),
          since: z.array(LateVoucher),
          sinceByAccount: z.array(AccountDifference),
        }),
        description: 'With the vouchers that stand in the period now and did not then, and what they are by account',
      },
      problems: ['period/lock-unknown'],
    }),
    async (c) => {
      return c.json(await readLock(c.var.db, c.var.access.books, pathText(c, 'lock')))
    },
  )
  .post(
    '/locks',
    operation({
      summary: 'Lock months, or open them',
      repeats: 'itself',
      description:
        'soft: administrators and accountants may post, with a reason. hard: nobody. `scope` locks a part: entries with VAT (`vat`), a voucher type (`type:incoming-invoice`), a group of accounts (`accounts:3000:3999`). Opening a hard lock takes period:unlock, and answers with the vouchers that came since the seal before.',
      access: 'period:lock',
      body: NewLock,
      answer: { status: 201, schema: LockAnswer, description: 'The lock, with the hash of the period' },
      problems: ['period/unknown', 'voucher/contended'],
    }),
    async (c) => {
      const wanted = await accept(c, NewLock)
      return repeatable(c, ['locks', wanted], async (keep) => ({
        status: 201,
        body: await changeLocks(c, wanted, keep),
      }))
    },
  )
