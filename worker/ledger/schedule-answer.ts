import * as z from 'zod/mini'

const Pointer = z.object({ id: z.string(), series: z.string(), fiscalYear: z.int(), number: z.int() })

/** A schedule as it stands, for the API document. Amounts in øre. */
export const ScheduleAnswer = z.object({
  id: z.string(),
  source: z.extend(Pointer, { voucherDate: z.string(), reversedBy: z.nullable(z.string()) }),
  rowKey: z.string(),
  kind: z.enum(['accrual', 'depreciation', 'repeat']),
  script: z.string(),
  text: z.string(),
  account: z.nullable(z.string()),
  through: z.nullable(z.string()),
  amount: z.int(),
  months: z.array(
    z.object({
      month: z.string(),
      voucherDate: z.string(),
      amount: z.int(),
      status: z.enum(['posted', 'waiting', 'reversed', 'dropped']),
      voucher: z.nullable(Pointer),
      reversedBy: z.nullable(Pointer),
    }),
  ),
  /** Months that stand although their source is reversed, because their period is locked. */
  rest: z.array(z.string()),
})
