import { Hono } from 'hono'
import * as z from 'zod/mini'
import { mayPassSoftLock } from '#worker/access/permission.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import { VoucherId } from '#worker/core/ids.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, acceptQuery } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import { changeRates, fetchRates } from './change-rates.ts'
import { postRevaluation, readRevaluation } from './post-revaluation.ts'
import { ForeignCurrency, NewRates, RatesToFetch, rateFrom } from './rate.ts'
import { countRates, readRates } from './store.ts'

const Rate = {
  currency: z.string(),
  date: z.string(),
  rate: z.string(),
  unit: z.int(),
  source: z.enum(['norges-bank', 'manual']),
}
const RateQuery = z.strictObject({
  currency: z.optional(ForeignCurrency),
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  limit: z.optional(z.string().check(z.regex(/^\d{1,6}$/, 'field/invalid'))),
  cursor: z.optional(z.string().check(z.regex(/^\d{4}-\d\d-\d\d-[A-Z]{3}$/, 'field/invalid'))),
})
const KeptRateAnswer = z.object({ ...Rate, by: z.string(), recordedAt: z.string() })
const ChangedAnswer = z.object({
  written: z.int(),
  unchanged: z.int(),
  /** Fetched, but a person had written another; that one stands. */
  kept: z.array(z.object(Rate)),
})
const RevaluationQuery = z.strictObject({ date: IsoDate, language: z.optional(z.string()) })
const NewRevaluation = z.strictObject({
  id: VoucherId,
  date: IsoDate,
  /** When it is reversed; the next day unless told. */
  reversalDate: z.optional(IsoDate),
  reason: z.optional(FilledText(255)),
})
const Adjustment = z.object({ kind: z.string(), party: z.string(), account: z.string(), amount: z.int() })

/** Rates of foreign currencies, and open items carried at them. Mounted at /companies/:company. */
export const currency = new Hono<Env>()
  .get(
    '/currency-rates',
    operation({
      summary: 'Rates of foreign currencies',
      access: 'register:read',
      list: true,
      query: RateQuery,
      answer: {
        status: 200,
        schema: z.object({ rates: z.array(KeptRateAnswer), cursor: z.nullable(z.string()) }),
        description: 'NOK per unit, newest day first, and the cursor of the next page',
      },
    }),
    async (c) => {
      const { limit: asked = '500', cursor: given, ...query } = acceptQuery(c, RateQuery)
      const limit = Math.min(Math.max(Number(asked), 1), 5_000)
      const read = async (cursor = given) => {
        const after = cursor === undefined ? undefined : { date: cursor.slice(0, 10), currency: cursor.slice(11) }
        const found = await readRates(c.var.db, { ...query, after }, limit + 1)
        const rates = found.slice(0, limit)
        const last = found.length > limit ? rates.at(-1) : undefined
        return { rates, cursor: last ? `${last.date}-${last.currency}` : null }
      }
      return writeList(c, { name: 'rates', row: KeptRateAnswer, read, count: () => countRates(c.var.db, query) })
    },
  )
  .put(
    '/currency-rates',
    operation({
      summary: 'Write rates of foreign currencies',
      description: 'A rate that stands is changed; the feed keeps old and new value. Posted vouchers keep their rate.',
      access: 'register:write',
      body: NewRates,
      answer: { status: 200, schema: ChangedAnswer, description: 'How many were new or other' },
    }),
    async (c) => c.json(await changeRates(actingOf(c), (await accept(c, NewRates)).rates.map(rateFrom))),
  )
  .post(
    '/currency-rates/fetch',
    operation({
      summary: 'Fetch rates from Norges Bank',
      description: 'What a person wrote for a day stands, and is told as kept.',
      access: 'register:write',
      body: RatesToFetch,
      answer: { status: 200, schema: ChangedAnswer, description: 'How many were new or other' },
      problems: ['currency-rate/source-silent'],
    }),
    async (c) => c.json(await fetchRates(actingOf(c), c.env, await accept(c, RatesToFetch))),
  )
  .get(
    '/currency-revaluation',
    operation({
      summary: 'Open items in foreign currencies at the rates of a day',
      access: 'subledger:read',
      query: RevaluationQuery,
      answer: {
        status: 200,
        schema: z.object({
          ledgerVersion: z.int(),
          date: z.string(),
          items: z.array(z.looseObject({ worth: z.int(), adjustment: z.int() })),
          missing: z.array(z.string()),
          adjustments: z.array(Adjustment),
          draft: z.nullable(z.looseObject({ lines: z.array(z.looseObject({ account: z.string(), amount: z.int() })) })),
        }),
        description: 'Each item with its worth, and the voucher that would carry them at it; null when nothing differs',
      },
    }),
    async (c) => {
      const { date } = acceptQuery(c, RevaluationQuery)
      const { issues: _, standing: __, ...told } = await readRevaluation(c.var.db, date, PLACEHOLDER, c.var.locale)
      return c.json(told)
    },
  )
  .post(
    '/currency-revaluations',
    operation({
      summary: 'Post a revaluation, and its reversal on the next day',
      description:
        'The client makes the id, and it is the idempotency key. Control accounts against gain and loss, by party.',
      access: 'ledger:post',
      body: NewRevaluation,
      answer: {
        status: 201,
        schema: z.object({ voucher: z.looseObject({ id: z.string() }), reversal: z.looseObject({ id: z.string() }) }),
        description: 'Both vouchers',
      },
      problems: [
        'currency-rate/missing',
        'revaluation/nothing',
        'period/locked',
        'fiscal-year/missing',
        'voucher/contended',
      ],
    }),
    async (c) => {
      const wanted = await accept(c, NewRevaluation)
      const rights = { softLock: mayPassSoftLock(c.var.access) }
      const { access, locale, principal } = c.var
      const ctx = { ...actingOf(c), env: c.env, access, name: principal.name, rights, locale }
      return c.json(await postRevaluation(ctx, wanted), 201)
    },
  )

/** A voucher id for a draft that is only shown. */
const PLACEHOLDER: VoucherId = `vch_${'0'.repeat(26)}`
