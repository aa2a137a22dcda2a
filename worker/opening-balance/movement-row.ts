import * as z from 'zod/mini'
import { Month } from '#worker/core/date-schema.ts'
import { Ore } from '#worker/core/money.ts'
import { FilledText, Text } from '#worker/core/text.ts'

/** Rows of one sheet of movements at most: a month is one voucher, and so many lines a voucher may have. */
export const MOST_MOVEMENT_ROWS = 10_000

/** An account with what it moved in each month, debit positive, in øre. A month left out did not move it. */
export const MovementRow = z.strictObject({
  rowKey: FilledText(64),
  account: z._default(Text(70), ''),
  amounts: z._default(z.record(Month, Ore, { error: 'field/invalid' }), {}),
  dimensions: z._default(z.record(FilledText(40), Text(35)), {}),
})
export type MovementRow = z.infer<typeof MovementRow>

/** The sheet of movements: accounts down, months across. `keptMonths` look cumulative and are movements all the same. */
export const MovementSheet = z.strictObject({
  rows: z.array(MovementRow, { error: 'field/required' }).check(z.maxLength(MOST_MOVEMENT_ROWS, 'field/invalid')),
  keptMonths: z._default(z.array(Month).check(z.maxLength(600, 'field/invalid')), []),
})
export type MovementSheet = z.infer<typeof MovementSheet>
