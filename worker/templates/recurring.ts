import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { FilledText } from '#worker/core/text.ts'
import { monthsLater } from '#worker/ledger/schedule.ts'
import { TemplateKey } from './template.ts'

/** What is made of a template on its days: a draft that somebody posts, or the voucher itself. */
export const Recurring = z.strictObject({
  name: FilledText(100),
  template: TemplateKey,
  values: z.record(FilledText(30), z.union([FilledText(255), z.int('field/invalid')], 'field/invalid'), {
    error: 'field/invalid',
  }),
  firstDate: IsoDate,
  lastDate: z.optional(z.nullable(IsoDate)),
  /** Months between. */
  every: z.int('field/invalid').check(z.gte(1, 'field/invalid'), z.lte(120, 'field/invalid')),
  makes: z.enum(['draft', 'voucher'], { error: 'field/invalid' }),
  active: z.optional(z.boolean()),
})
export type Recurring = z.infer<typeof Recurring>

/** How many due days are made at a time; a row that was forgotten for years does not flood the ledger at once. */
const MOST = 60

/**
 * The days it is due, from the first to `until`, in order: the same day of the month each time, or its last. Those in `done`
 * are left out. A row that is switched off is never due.
 */
export function dueDates(
  r: Pick<Recurring, 'firstDate' | 'every'> & { lastDate?: IsoDate | null | undefined; active?: boolean | undefined },
  until: IsoDate,
  done: ReadonlySet<string> = new Set(),
): IsoDate[] {
  if (r.active === false) return []
  const days: IsoDate[] = []
  for (let i = 0; days.length < MOST && i < 2_400; i++) {
    const day = monthsLater(r.firstDate, i * r.every)
    if (day > until || (r.lastDate && day > r.lastDate)) break
    if (!done.has(day)) days.push(day)
  }
  return days
}

/** The next day after `after` on which it is due; undefined when it has ended or is switched off. */
export function nextDue(r: Parameters<typeof dueDates>[0], after: IsoDate): IsoDate | undefined {
  if (r.active === false) return undefined
  for (let i = 0; i < 2_400; i++) {
    const day = monthsLater(r.firstDate, i * r.every)
    if (r.lastDate && day > r.lastDate) return undefined
    if (day > after) return day
  }
  return undefined
}
