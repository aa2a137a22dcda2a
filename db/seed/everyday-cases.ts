import type { EverydayCase } from './everyday/case.ts'
import { finance, yearEnd } from './everyday/finance-and-year-end.ts'
import { payments } from './everyday/payments.ts'
import { purchases } from './everyday/purchases.ts'
import { sales } from './everyday/sales.ts'
import { payroll, vat } from './everyday/wages-and-vat.ts'

/** All of them, in the order the help shows them. */
export const everydayCases: readonly EverydayCase[] = [
  ...purchases,
  ...sales,
  ...payments,
  ...payroll,
  ...vat,
  ...finance,
  ...yearEnd,
]
