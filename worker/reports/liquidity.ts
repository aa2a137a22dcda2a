import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'

/** What falls due when: in is what customers owe, out what is owed to suppliers; both positive, in øre. */
export type DueAmount = { dueDate: IsoDate; in: number; out: number }
export type LiquiditySpan = {
  /** `overdue`: due before the day. `later`: after the last week. */
  kind: 'overdue' | 'week' | 'later'
  fromDate: IsoDate | null
  toDate: IsoDate | null
  in: Ore
  out: Ore
  net: Ore
  /** Cash and all spans up to this one. */
  balance: Ore
}

/**
 * What is expected in and out, week by week from a day on, with the cash that would be left when everything is paid on its due
 * date. What is overdue is counted first.
 */
export function liquidityOf(
  cash: number,
  due: readonly DueAmount[],
  day: IsoDate,
  weeks: number,
): { spans: LiquiditySpan[]; lowest: { balance: Ore; toDate: IsoDate | null } } {
  const end = addDays(day, 7 * weeks)
  const cuts: Omit<LiquiditySpan, 'in' | 'out' | 'net' | 'balance'>[] = [
    { kind: 'overdue', fromDate: null, toDate: addDays(day, -1) },
    ...Array.from({ length: weeks }, (_, i) => ({
      kind: 'week' as const,
      fromDate: addDays(day, 7 * i),
      toDate: addDays(day, 7 * i + 6),
    })),
    { kind: 'later', fromDate: end, toDate: null },
  ]
  let balance = cash
  const spans = cuts.map((cut): LiquiditySpan => {
    const own = due.filter(
      ({ dueDate }) => (!cut.fromDate || dueDate >= cut.fromDate) && (!cut.toDate || dueDate <= cut.toDate),
    )
    const [coming, going] = [own.reduce((n, d) => n + d.in, 0), own.reduce((n, d) => n + d.out, 0)]
    balance += coming - going
    return { ...cut, in: ore(coming), out: ore(going), net: ore(coming - going), balance: ore(balance) }
  })
  const lowest = spans.reduce((low, span) => (span.balance < low.balance ? span : low))
  return { spans, lowest: { balance: lowest.balance, toDate: lowest.toDate } }
}
