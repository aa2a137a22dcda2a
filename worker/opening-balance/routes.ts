import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { rightsOf } from '#worker/access/permission.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { tellLive } from '#worker/events/tell-live.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { POSTING_PROBLEMS } from '#worker/ledger/routes.ts'
import { type Booked, bookOpening, type Judged, readJudged, reverseOpening } from './book-opening.ts'
import { OpeningContent, OpeningRow } from './opening-row.ts'
import { removeOpening, saveOpening } from './save-opening.ts'
import { type KeptOpening, readOpenings } from './store.ts'

const Voucher = z.nullable(
  z.object({ id: z.string(), series: z.string(), fiscalYear: z.int(), number: z.int(), reversed: z.boolean() }),
)
const HEAD = {
  openingDate: z.string(),
  state: z.enum(['draft', 'booked', 'changed', 'reversed']),
  version: z.int(),
  voucher: Voucher,
}
const OpeningList = z.object({ openings: z.array(z.object({ ...HEAD, rowCount: z.int() })) })
const OpeningAnswer = z.object({
  ...HEAD,
  resultAccount: z.nullable(z.string()),
  rows: z.array(OpeningRow),
  /** Debit less credit, in øre. */
  sum: z.int(),
  /** Income less cost that is moved to equity. */
  result: z.int(),
  counts: z.object({ accounts: z.int(), items: z.int() }),
  gauges: z.array(z.object({ account: z.string(), amount: z.int(), target: z.int() })),
  /** What the day is to a take-over with movements: `whole` without one. */
  part: z.looseObject({ role: z.enum(['whole', 'history', 'items']) }),
  newParties: z.array(z.object({ kind: z.string(), number: z.string(), name: z.string(), controlAccount: z.string() })),
  issues: z.array(
    z.object({ code: z.string(), severity: z.enum(['error', 'warning']), pointer: z.string(), message: z.string() }),
  ),
  replayed: z.optional(z.boolean()),
})
const Booking = z.strictObject({ replace: z.optional(z.boolean()), dryRun: z.optional(z.boolean()) })
const Undoing = z.strictObject({ reason: z.optional(FilledText(255)) })
const FAULTS = [
  'opening-balance/unknown',
  'opening-balance/invalid',
  'opening-balance/booked',
  'opening-balance/exists',
  'takeover/finished',
] as const

/** Opening balances: what a company brings with it from another system. Mounted at /companies/:company. */
export const openingBalances = new Hono<Env>()
  .get(
    '/opening-balances',
    operation({
      summary: 'Opening balances',
      access: 'ledger:read',
      answer: { status: 200, schema: OpeningList, description: 'The newest day first' },
    }),
    async (c) => {
      const openings = await readOpenings(c.var.db)
      return c.json({ openings: openings.map((o) => ({ ...headOf(o), rowCount: o.rows.length })) })
    },
  )
  .get(
    '/opening-balances/:openingDate',
    operation({
      summary: 'An opening balance with what is wrong with it, its sum and its gauges',
      access: 'ledger:read',
      answer: { status: 200, schema: OpeningAnswer, description: 'Its version as ETag' },
      problems: ['opening-balance/unknown'],
    }),
    async (c) => {
      const judged = await readJudged(c.var.db, c.var.access.books, pathText(c, 'openingDate'))
      return c.json(told(c, judged), 200, etagOf(judged.opening.version))
    },
  )
  .put(
    '/opening-balances/:openingDate',
    operation({
      summary: 'Keep an opening balance as it is filled in',
      description:
        'Send the version you read as If-Match; "0" when there is none yet. A row with a party is an open item; a row on a control account without one is what its open items must sum to. The ledger is not touched.',
      access: 'import:run',
      body: OpeningContent,
      answer: { status: 200, schema: OpeningAnswer, description: 'As it is now, judged' },
      problems: ['date/invalid', 'version/stale', 'takeover/finished', 'request/too-large'],
    }),
    async (c) => {
      const content = await accept(c, OpeningContent)
      const { openingDate, version } = await saveOpening(actingOf(c), dayOf(c), content, ifMatch(c))
      await tellLive(c, { type: 'sheet', sheet: 'opening-balance', id: openingDate, version })
      const judged = await readJudged(c.var.db, c.var.access.books, openingDate)
      return c.json(told(c, judged), 200, etagOf(judged.opening.version))
    },
  )
  .delete(
    '/opening-balances/:openingDate',
    operation({
      summary: 'Take away an opening balance that is not booked',
      access: 'import:run',
      answer: { status: 204, description: 'Gone' },
      problems: ['opening-balance/unknown', 'opening-balance/booked', 'version/stale'],
    }),
    async (c) => {
      const openingDate = pathText(c, 'openingDate')
      const version = await removeOpening(actingOf(c), openingDate)
      await tellLive(c, { type: 'sheet', sheet: 'opening-balance', id: openingDate, version: version + 1 })
      return c.body(null, 204)
    },
  )
  .post(
    '/opening-balances/:openingDate/booking',
    operation({
      summary: 'Book an opening balance as one voucher',
      description:
        'Refused until everything sums to zero and the open items agree with their control accounts. The same content a second time changes nothing. `replace` reverses the voucher before in the same step; `dryRun` books nothing.',
      access: 'ledger:post',
      body: Booking,
      answer: { status: 200, schema: OpeningAnswer, description: 'With the voucher that stands for it' },
      problems: [...FAULTS, 'opening-balance/in-use', ...POSTING_PROBLEMS],
    }),
    async (c) => {
      const { replace = false, dryRun = false } = await accept(c, Booking)
      if (dryRun) return c.json(told(c, await readJudged(c.var.db, c.var.access.books, pathText(c, 'openingDate'))))
      const booked = await bookOpening(postingOf(c), dayOf(c), replace)
      return c.json(told(c, booked), 200, etagOf(booked.opening.version))
    },
  )
  .post(
    '/opening-balances/:openingDate/reversal',
    operation({
      summary: 'Undo an opening balance by one reversal',
      description: 'Only while no open item of it is matched. The rows stay, to be put right and booked again.',
      access: 'ledger:post',
      body: Undoing,
      answer: { status: 200, schema: OpeningAnswer, description: 'Reversed' },
      problems: [
        'opening-balance/unknown',
        'opening-balance/not-booked',
        'opening-balance/in-use',
        'takeover/finished',
        ...POSTING_PROBLEMS,
      ],
    }),
    async (c) => {
      const { reason = null } = await accept(c, Undoing)
      const { openingDate } = await reverseOpening(postingOf(c), dayOf(c), reason)
      return c.json(told(c, await readJudged(c.var.db, c.var.access.books, openingDate)))
    },
  )

/** The day in the path. @throws Problem 422 request/invalid with date/invalid. */
function dayOf(c: Context<Env>): IsoDate {
  const day = isoDate(pathText(c, 'openingDate'))
  if (day) return day
  const issue = { code: 'date/invalid', severity: 'error', pointer: '#/openingDate', params: {} } as const
  throw new Problem(422, 'request/invalid', { issues: [issue] })
}

const postingOf = (c: Context<Env>) => ({
  ...actingOf(c),
  env: c.env,
  access: c.var.access,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
})

const headOf = ({ openingDate, state, version, voucher }: KeptOpening) => ({ openingDate, state, version, voucher })

function told(c: Context<Env>, { opening, judgement, part, ...more }: Judged & Partial<Pick<Booked, 'replayed'>>) {
  const { sum, result, counts, gauges, newParties, issues } = judgement
  return {
    ...headOf(opening),
    resultAccount: opening.resultAccount,
    rows: opening.rows,
    sum,
    result,
    counts,
    gauges,
    part,
    newParties,
    issues: issues.map((issue) => withText(issue, c.var.locale)),
    ...(more.replayed !== undefined && { replayed: more.replayed }),
  }
}
