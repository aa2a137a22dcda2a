import { basisPointsOf } from '#worker/budgets/percent.ts'
import { mulDiv, ore } from '#worker/core/money.ts'
import { readTypedAmount } from '#worker/sheets/read-amount.ts'

/** What was typed in a cell: an amount in øre as people write it, a change of what stands there, nothing, or something else. */
export type Typed =
  | { kind: 'amount'; ore: number }
  | { kind: 'percent'; points: number }
  | { kind: 'empty' }
  | { kind: 'wrong'; text: string }

/** Reads `1250`, `1249,50+300`, `-5 %` or `+2,5%`. */
export function readTyped(text: string): Typed {
  const body = text.trim()
  if (body === '') return { kind: 'empty' }
  if (body.endsWith('%')) {
    const points = basisPointsOf(body)
    return points === undefined || points < -10_000 ? { kind: 'wrong', text: body } : { kind: 'percent', points }
  }
  const read = readTypedAmount(body)
  return read.kind === 'amount' || read.kind === 'empty' ? read : { kind: 'wrong', text: body }
}

/** An amount changed by basis points, rounded to whole øre by itself. */
export const changedBy = (amount: number, points: number): number => mulDiv(ore(amount), 10_000 + points, 10_000)
