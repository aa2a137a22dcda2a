import type { Plan, PlannedMonth } from '#worker/ledger/schedule.ts'

/** What a plan is called where one enters vouchers, with its number of months. */
export const PLAN_TEXTS = { accrual: 'planAccrual', depreciation: 'planDepreciation', repeat: 'planRepeat' } as const

/** The months of a plan that is shown whole; of a longer one its first and its last, with undefined between them. */
const MONTHS = 14

export const shownMonths = ({ months }: Plan): (PlannedMonth | undefined)[] =>
  months.length <= MONTHS ? [...months] : [...months.slice(0, 4), undefined, ...months.slice(-2)]
