import type { BudgetRow } from '#worker/budgets/budget-row.ts'
import type { Season } from '#worker/budgets/spread.ts'
import { kroner } from './draft.ts'

/** What a joinery sells over a year: little in July, most before Christmas. */
export const demoSeason: Season = {
  key: 'quiet-summer',
  name: 'Stille sommer',
  weights: [8, 9, 9, 8, 9, 9, 3, 8, 9, 10, 10, 8],
}

type Planned = readonly [account: string, department: string | null, total: number, spread: string, comment?: string]

/** What the year was planned to bring, in whole kroner: income and costs both positive. */
const PLAN: readonly Planned[] = [
  ['3000', '10', 12_600_000, demoSeason.key],
  ['3000', '30', 780_000, demoSeason.key],
  ['3010', '20', 2_400_000, demoSeason.key],
  ['3020', '30', 42_000, 'last-year'],
  ['4000', '10', 4_550_000, demoSeason.key, 'Trelast opp 4 %'],
  ['4300', '30', 430_000, demoSeason.key],
  ['4330', null, 190_000, 'last-year'],
  ['4500', '20', 290_000, 'even'],
  ['5000', '10', 2_420_000, 'last-year'],
  ['5000', '20', 1_645_000, 'last-year'],
  ['5000', '30', 677_000, 'last-year'],
  ['5180', '10', 290_000, 'last-year'],
  ['5180', '20', 197_000, 'last-year'],
  ['5180', '30', 81_000, 'last-year'],
  ['5400', '10', 341_000, 'last-year'],
  ['5400', '20', 232_000, 'last-year'],
  ['5400', '30', 95_500, 'last-year'],
  ['5945', null, 108_000, 'even'],
  ['6010', '20', 62_400, 'even'],
  ['6015', '10', 214_000, 'even', 'Ny formatsag fra mars'],
  ['6100', '20', 84_000, 'even'],
  ['6305', '10', 537_600, 'even', 'Leien justeres i januar'],
  ['6305', '20', 76_800, 'even'],
  ['6305', '30', 153_600, 'even'],
  ['6320', null, 28_000, 'last-year'],
  ['6340', '10', 150_000, 'last-year'],
  ['6420', null, 60_000, 'even'],
  ['6500', '10', 54_000, 'even'],
  ['6600', '10', 60_000, 'even', 'Vedlikehold av presse'],
  ['6705', null, 140_000, 'even'],
  ['6900', null, 33_000, 'even'],
  ['7005', '20', 152_000, 'even'],
  ['7320', '30', 60_000, 'even'],
  ['7500', null, 67_000, 'even'],
  ['7770', null, 17_000, 'even'],
  ['8150', null, 92_000, 'even'],
]

/** The plan as rows of a budget. */
export const demoBudget: readonly BudgetRow[] = PLAN.map(([account, department, total, spread, comment]) => ({
  account,
  dimensions: { department },
  amounts: {},
  total: kroner(total),
  spread,
  ...(comment !== undefined && { comment }),
}))
