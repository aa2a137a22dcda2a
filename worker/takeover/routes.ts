import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { rightsOf } from '#worker/access/permission.ts'
import { Month } from '#worker/core/date-schema.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'
import { tellLive } from '#worker/events/tell-live.ts'
import { accept } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { POSTING_PROBLEMS } from '#worker/ledger/routes.ts'
import { MovementRow, MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { bookMovements, readMovements, reverseMovements } from './book-movements.ts'
import { asMovements } from './cumulative.ts'
import { finishTakeover, reopenTakeover } from './finish-takeover.ts'
import { openingSums } from './movement-judgement.ts'
import { readCockpit } from './read-cockpit.ts'
import { dropPlan, saveMovements, savePlan } from './save-plan.ts'
import { cockpitAnswer, controlAnswer, movementsAnswer } from './takeover-answer.ts'

const Voucher = z.nullable(z.looseObject({ id: z.string(), reversed: z.boolean() }))
const Part = z.nullable(z.object({ state: z.string(), accounts: z.int(), items: z.int() }))
const Aged = z.object({ notDue: z.int(), pastDue: z.array(z.int()), total: z.int() })
export const ControlAnswer = z.object({
  fileName: z.nullable(z.string()),
  sha256: z.string(),
  by: z.string(),
  at: z.string(),
  accounts: z.int(),
  differences: z.array(z.object({ account: z.string(), old: z.int(), ledger: z.int() })),
})
const CockpitAnswer = z.object({
  ledgerVersion: z.int(),
  chainHead: z.nullable(z.string()),
  variant: z.enum(['opening', 'movements']),
  openingDate: z.string(),
  cutOverDate: z.string(),
  interimCustomers: z.string(),
  interimSuppliers: z.string(),
  inTotal: z.boolean(),
  explanation: z.nullable(z.string()),
  finishedAt: z.nullable(z.string()),
  finishedBy: z.nullable(z.string()),
  finishedVersion: z.nullable(z.int()),
  version: z.int(),
  /** The day of the opening balance that holds the open items. */
  itemsDate: z.string(),
  /** At rest when `amount` equals `target`; `lines` make up the rest. */
  gauges: z.array(z.looseObject({ account: z.string(), amount: z.int(), target: z.int() })),
  openingSum: z.int(),
  opening: Part,
  openItems: Part,
  months: z.array(
    z.object({
      month: z.string(),
      voucherDate: z.string(),
      state: z.string(),
      posted: z.boolean(),
      sum: z.int(),
      looksCumulative: z.boolean(),
      kept: z.boolean(),
      voucher: Voucher,
    }),
  ),
  checklist: z.array(z.object({ key: z.string(), done: z.boolean() })),
  /** Vouchers that stand from before the cut-over and carry nothing over, twenty at most. */
  earlier: z.array(z.looseObject({ id: z.string(), number: z.int(), voucherDate: z.string() })),
  ageing: z.array(z.object({ kind: z.string(), buckets: z.array(z.int()), listed: Aged, ledger: Aged })),
  splitTerm: z.nullable(z.looseObject({ key: z.string() })),
  agrees: z.boolean(),
  /** The old system's own trial balance, where somebody has brought it: accounts compared, and those that differ. */
  controlList: z.nullable(ControlAnswer),
})
const MovementsAnswer = z.object({
  version: z.int(),
  rows: z.array(MovementRow),
  keptMonths: z.array(z.string()),
  months: z.array(z.looseObject({ month: z.string(), state: z.string(), sum: z.int() })),
  issues: z.array(
    z.object({ code: z.string(), severity: z.enum(['error', 'warning']), pointer: z.string(), message: z.string() }),
  ),
  posted: z.optional(z.array(z.string())),
  replaced: z.optional(z.array(z.string())),
})
const Pair = { old: z.int(), ledger: z.int() }
const ProofAnswer = z.object({
  /** The old system's own trial balance, where somebody has brought it. */
  controlList: z.nullable(ControlAnswer),
  ledgerVersion: z.int(),
  chainHead: z.nullable(z.string()),
  agrees: z.boolean(),
  months: z.array(
    z.looseObject({
      month: z.string(),
      accounts: z.int(),
      debit: z.object(Pair),
      credit: z.object(Pair),
      differences: z.array(z.object({ account: z.string(), ...Pair })),
    }),
  ),
  control: z.array(z.object({ account: z.string(), ...Pair })),
  parties: z.array(
    z.looseObject({
      kind: z.string(),
      parties: z.int(),
      sum: z.object(Pair),
      differences: z.array(z.object({ party: z.string(), ...Pair })),
    }),
  ),
})
const Booking = z.strictObject({ replace: z.optional(z.boolean()), dryRun: z.optional(z.boolean()) })
const Conversion = z.strictObject({
  months: z.array(Month, { error: 'field/required' }).check(z.maxLength(60, 'field/invalid')),
})
const Undoing = z.strictObject({ reason: z.optional(FilledText(255)) })
const Reopening = z.strictObject({ reason: FilledText(255) })

/** Taking a company over from another system. Mounted at /companies/:company. */
export const takeover = new Hono<Env>()
  .get(
    '/takeover',
    operation({
      summary: 'How far the take-over has come',
      description: 'Gauges, months, and a checklist that ticks itself from the data. Amounts in øre.',
      access: 'ledger:read',
      answer: { status: 200, schema: CockpitAnswer, description: 'Its version as ETag' },
      problems: ['takeover/none'],
    }),
    async (c) => cockpit(c),
  )
  .put(
    '/takeover',
    operation({
      summary: 'Plan a take-over',
      description:
        '`opening`: closing balances on the cut-over date. `movements`: the opening balance of an earlier year, movements by month, and open items the day before the cut-over; customers and suppliers stand on the interim accounts until then. Opens the fiscal years it needs. Send the version you read as If-Match; "0" when there is none yet.',
      access: 'import:run',
      body: TakeoverPlan,
      answer: { status: 200, schema: CockpitAnswer, description: 'As it is now' },
      problems: ['request/invalid', 'version/stale', 'takeover/booked', 'takeover/finished', 'fiscal-year/overlaps'],
    }),
    async (c) => {
      await savePlan(actingOf(c), await accept(c, TakeoverPlan), ifMatch(c))
      return cockpit(c)
    },
  )
  .delete(
    '/takeover',
    operation({
      summary: 'Forget a planned take-over that nothing came of',
      access: 'import:run',
      answer: { status: 204, description: 'Gone' },
      problems: ['takeover/none', 'takeover/booked', 'takeover/finished'],
    }),
    async (c) => {
      await dropPlan(actingOf(c))
      return c.body(null, 204)
    },
  )
  .get(
    '/takeover/movements',
    operation({
      summary: 'The sheet of movements with what is wrong with it',
      access: 'ledger:read',
      answer: { status: 200, schema: MovementsAnswer, description: 'Its version as ETag' },
      problems: ['takeover/none'],
    }),
    async (c) => {
      const judged = await readMovements(c.var.db)
      return c.json(movementsAnswer(judged, c.var.locale), 200, etagOf(judged.plan.version))
    },
  )
  .put(
    '/takeover/movements',
    operation({
      summary: 'Keep the sheet of movements as it is filled in',
      description:
        'Accounts down, months across, debit positive, in øre; the old system’s own control accounts. `keptMonths` look cumulative and are movements all the same. The ledger is not touched.',
      access: 'import:run',
      body: MovementSheet,
      answer: { status: 200, schema: MovementsAnswer, description: 'As it is now, judged' },
      problems: ['takeover/none', 'version/stale', 'takeover/finished', 'request/too-large'],
    }),
    async (c) => {
      const kept = await saveMovements(actingOf(c), await accept(c, MovementSheet), ifMatch(c))
      await tellLive(c, { type: 'sheet', sheet: 'movements', id: kept.cutOverDate, version: kept.version })
      const judged = await readMovements(c.var.db, kept)
      return c.json(movementsAnswer(judged, c.var.locale), 200, etagOf(kept.version))
    },
  )
  .post(
    '/takeover/movements/conversion',
    operation({
      summary: 'The sheet with some months turned from balances into movements',
      description: 'Shows what it would be; nothing is kept. Send the rows to `PUT /takeover/movements` to keep them.',
      access: 'ledger:read',
      reads: true,
      body: Conversion,
      answer: {
        status: 200,
        schema: z.object({ rows: z.array(MovementRow) }),
        description: 'The rows as they would be',
      },
      problems: ['takeover/none'],
    }),
    async (c) => {
      const { months } = await accept(c, Conversion)
      const { plan, books, months: columns } = await readMovements(c.var.db)
      const opening = await readOpening(c.var.db, plan.openingDate)
      const sums = openingSums(opening?.rows ?? [], books)
      return c.json({ rows: asMovements(plan.rows, new Set(months), columns, sums, books) })
    },
  )
  .post(
    '/takeover/movements/booking',
    operation({
      summary: 'Book the movements, one voucher a month',
      description:
        'Vouchers of type `movement`, never VAT-split. Refused until every month sums to zero and none looks cumulative. The same content a second time changes nothing; `replace` puts months that changed in place of their vouchers before.',
      access: 'ledger:post',
      body: Booking,
      answer: { status: 200, schema: MovementsAnswer, description: 'With the months that were posted and replaced' },
      problems: [
        'takeover/none',
        'takeover/invalid',
        'takeover/movements-booked',
        'takeover/other-movement',
        'takeover/finished',
        ...POSTING_PROBLEMS,
      ],
    }),
    async (c) => {
      const { replace = false, dryRun = false } = await accept(c, Booking)
      if (dryRun) return c.json(movementsAnswer(await readMovements(c.var.db), c.var.locale))
      const booked = await bookMovements(postingOf(c), replace)
      const { posted, replaced } = booked
      return c.json({ ...movementsAnswer(booked, c.var.locale), posted, replaced })
    },
  )
  .post(
    '/takeover/movements/reversal',
    operation({
      summary: 'Undo the movements, each month by one reversal',
      description: 'The sheet stays, to be put right and booked again.',
      access: 'ledger:post',
      body: Undoing,
      answer: { status: 200, schema: MovementsAnswer, description: 'Reversed' },
      problems: ['takeover/none', 'takeover/not-booked', 'takeover/finished', ...POSTING_PROBLEMS],
    }),
    async (c) => {
      const { reason = null } = await accept(c, Undoing)
      return c.json(movementsAnswer(await reverseMovements(postingOf(c), reason), c.var.locale))
    },
  )
  .get(
    '/takeover/proof',
    operation({
      summary: 'That every account, month and party agrees with the old system',
      description:
        'Month by month what each account stands at by the sheets and by the ledger; differences are listed.',
      access: 'report:read',
      answer: { status: 200, schema: ProofAnswer, description: 'Amounts in øre' },
      problems: ['takeover/none'],
    }),
    async (c) => {
      const cockpit = await readCockpit(c.var.db, c.var.access.books, today())
      const { ledgerVersion, chainHead, proof } = cockpit
      return c.json({ ledgerVersion, chainHead, ...proof, controlList: controlAnswer(cockpit) })
    },
  )
  .post(
    '/takeover/finish',
    operation({
      summary: 'Finish the take-over',
      description: 'Only when everything on the checklist holds; else `open` names the points that do not.',
      access: 'ledger:post',
      answer: { status: 200, schema: CockpitAnswer, description: 'Finished' },
      problems: ['takeover/none', 'takeover/incomplete', 'version/stale'],
    }),
    async (c) => {
      const done = await finishTakeover(actingOf(c), c.var.access.books, today())
      return c.json(cockpitAnswer(done), 200, etagOf(done.plan.version))
    },
  )
  .post(
    '/takeover/reopening',
    operation({
      summary: 'Take a finished take-over up again',
      access: 'ledger:post',
      body: Reopening,
      answer: { status: 200, schema: CockpitAnswer, description: 'Open' },
      problems: ['takeover/none', 'takeover/not-finished', 'version/stale'],
    }),
    async (c) => {
      const { reason } = await accept(c, Reopening)
      const opened = await reopenTakeover(actingOf(c), c.var.access.books, today(), reason)
      return c.json(cockpitAnswer(opened), 200, etagOf(opened.plan.version))
    },
  )

export const today = () => dayInOslo(new Date().toISOString() as Instant)

async function cockpit(c: Context<Env>) {
  const found = await readCockpit(c.var.db, c.var.access.books, today())
  return c.json(cockpitAnswer(found), 200, etagOf(found.plan.version))
}

const postingOf = (c: Context<Env>) => ({
  ...actingOf(c),
  env: c.env,
  access: c.var.access,
  name: c.var.principal.name,
  rights: rightsOf(c.var.access),
})
