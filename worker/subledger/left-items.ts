import * as z from 'zod/mini'
import type { WantedMatch } from '#worker/ledger/job.ts'
import { allocationOf, byAge } from '#worker/ledger/match-allocation.ts'
import { afterMatch, isClaim, type OpenItem, OpenItemId } from '#worker/ledger/open-item.ts'

/**
 * What a person says of a payment or credit note that the rules left: it settles these items; the oldest ones; what was open
 * before the books began here; it stays open, and is not asked about again; or it is asked about after all.
 */
export const LeftDecision = z.strictObject({
  openItem: OpenItemId,
  do: z.enum(['match', 'oldest', 'opening', 'keep', 'ask'], 'field/invalid'),
  with: z.optional(z.array(OpenItemId, 'field/invalid').check(z.maxLength(100, 'field/invalid'))),
})
export type LeftDecision = z.infer<typeof LeftDecision>
export const LeftDecisions = z.strictObject({
  decisions: z
    .array(LeftDecision, { error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid') })
    .check(z.minLength(1, 'field/required'), z.maxLength(500, 'field/invalid')),
})

/** `opening`: it came with the opening balance. */
export type Settleable = OpenItem & { opening: boolean }

/**
 * The match that a decision asks for, of what is open now; undefined where nothing is left that it could settle. Items in a
 * currency are taken whole, since what their rate did is booked by a person.
 */
export function decidedItems(
  { openItem, do: how, with: chosen = [] }: LeftDecision,
  open: ReadonlyMap<string, Settleable>,
): WantedMatch['items'] | undefined {
  const own = open.get(openItem)
  if (!own || own.rest === 0) return undefined
  const others = how === 'match' ? chosen.flatMap((id) => open.get(id) ?? []) : opposite(own, how, open)
  if (others.length === 0) return undefined
  const all = [own, ...others]
  const whole = all.some((item) => item.currency !== null)
  if (whole) return all.map(({ id }) => ({ openItem: id, amount: null }))
  const wanted = all.map((item) => ({ item, amount: null }))
  const { parts } = allocationOf(wanted, { oldestFirst: true, keepDifference: false })
  return parts.map(({ item, amount }) => ({ openItem: item.id, amount }))
}

/** Claims of the same party and account, oldest first, as many as it takes. */
function opposite(own: Settleable, how: LeftDecision['do'], open: ReadonlyMap<string, Settleable>): Settleable[] {
  const claims = [...open.values()].filter((i) => isCandidate(i, own) && (how !== 'opening' || i.opening)).sort(byAge)
  const taken: Settleable[] = []
  let left = Math.abs(own.rest)
  for (const claim of claims) {
    if (left <= 0) break
    taken.push(claim)
    left -= Math.abs(claim.rest)
  }
  return taken
}

type Side = Pick<OpenItem, 'kind' | 'party' | 'account' | 'amount' | 'rest'>

/** Whether an item is a claim that a payment or credit note could settle. */
export const isCandidate = (item: Side, left: Side): boolean =>
  isClaim(item) &&
  item.rest > 0 === left.rest < 0 &&
  item.kind === left.kind &&
  item.party === left.party &&
  item.account === left.account

/** What is open once a match stands. */
export function settle(open: Map<string, Settleable>, items: WantedMatch['items']): void {
  for (const { openItem, amount } of items) {
    const item = open.get(openItem)!
    open.set(openItem, { ...item, ...afterMatch(item, amount ?? item.rest, null) })
  }
}
