import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'

/** What must hold before a take-over is finished; each is ticked by the data. In the order one does them. */
export type CheckKey =
  | 'opening-balanced'
  | 'opening-booked'
  | 'movements-balanced'
  | 'movements-booked'
  | 'open-items-booked'
  | 'interim-accounts-zero'
  | 'control-accounts-agree'
  | 'observation-account-zero'
  | 'no-earlier-vouchers'
  | 'differences-explained'
  | 'cut-over-date-set'
  | 'accounts-agree'
  | 'parties-agree'
  | 'closing-agrees'
export type Checked = { key: CheckKey; done: boolean }

/** What is known of a take-over when it is asked how far it has come; null where there is nothing to look at. */
export type Progress = Record<CheckKey, boolean | null>

const ONLY_MOVEMENTS: readonly CheckKey[] = [
  'movements-balanced',
  'movements-booked',
  'open-items-booked',
  'interim-accounts-zero',
]
const IN_ORDER: readonly CheckKey[] = [
  'opening-balanced',
  'opening-booked',
  'movements-balanced',
  'movements-booked',
  'open-items-booked',
  'interim-accounts-zero',
  'control-accounts-agree',
  'observation-account-zero',
  'no-earlier-vouchers',
  'differences-explained',
  'cut-over-date-set',
  'accounts-agree',
  'parties-agree',
  'closing-agrees',
]

export const checklistOf = ({ variant }: Pick<TakeoverPlan, 'variant'>, progress: Progress): Checked[] =>
  IN_ORDER.filter((key) => variant === 'movements' || !ONLY_MOVEMENTS.includes(key)).flatMap((key) => {
    const done = progress[key]
    return done === null ? [] : [{ key, done }]
  })
