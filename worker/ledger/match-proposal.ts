import { type Ore, ore } from '#worker/core/money.ts'
import type { MatchRule } from './item-match.ts'
import { allocationOf, byAge, type Part } from './match-allocation.ts'
import { isClaim, type OpenItem } from './open-item.ts'

/** A match that a rule found, and what it went by. */
export type Proposal = { rule: MatchRule; reason: string | null; parts: Part[] }
/** A payment or credit note that no rule settled: nothing fits it, or several things do and a person must choose. */
export type LeftOver = { item: OpenItem; why: 'no-candidate' | 'several-candidates' }

/** `claims`: what is still owed when all that was proposed is settled. */
type Found = { proposals: Proposal[]; left: LeftOver[]; claims: OpenItem[] }

/**
 * Matches that follow from the open items themselves, party by party and account by account, in this order: the same payment
 * reference (part payments too), the same invoice number with sums that agree, an amount that one item on each side has alone,
 * and everything when it sums to 0. A tie is left to a person. Oldest first only when it is asked for. Items in a currency
 * are matched here only whole, and where øre agree and the currency does not differ; the rest needs a difference, and so a
 * person.
 * Source: bank-invoicing.md 8.2.
 */
export function proposalsOf(items: readonly OpenItem[], { oldestFirst }: { oldestFirst: boolean }): Found {
  const groups = groupedBy(items, (i) => JSON.stringify([i.kind, i.party, i.account]))
  const found = [...groups.values()].map((group) => new Finder(group).find(oldestFirst))
  return {
    proposals: found.flatMap((f) => f.proposals),
    left: found.flatMap((f) => f.left),
    claims: found.flatMap((f) => f.claims),
  }
}

class Finder {
  private readonly open: Map<string, OpenItem>
  private readonly proposals: Proposal[] = []
  private readonly tied = new Set<string>()

  constructor(group: readonly OpenItem[]) {
    this.open = new Map(group.filter((i) => i.rest !== 0).map((i) => [i.id, i]))
  }

  find(oldestFirst: boolean): Found {
    this.byText('payment-reference', (i) => i.paymentReference, true)
    this.byText('invoice-number', (i) => i.invoiceNumber, false)
    this.byAmount()
    this.inTotal()
    if (oldestFirst) this.byAge()
    const left = this.items()
      .filter((item) => !isClaim(item))
      .map((item) => ({
        item,
        why: this.tied.has(item.id) ? ('several-candidates' as const) : ('no-candidate' as const),
      }))
    return { proposals: this.proposals, left, claims: this.items().filter(isClaim) }
  }

  private items(): OpenItem[] {
    return [...this.open.values()]
  }

  private byText(rule: MatchRule, textOf: (item: OpenItem) => string | null, partly: boolean) {
    for (const [text, group] of groupedBy(this.items(), textOf)) {
      const [plus, minus] = sides(group)
      if (text === null || plus.length === 0 || minus.length === 0) continue
      const agreeing = whatAgrees(plus, minus, partly)
      if (agreeing) this.propose(rule, text, agreeing)
      else this.tie(group)
    }
  }

  private byAmount() {
    const same = groupedBy(this.items(), (i) => Math.abs(i.rest))
    for (const group of same.values()) {
      const [plus, minus] = sides(group)
      if (plus.length === 1 && minus.length === 1) this.propose('amount', null, group)
      else if (plus.length > 0 && minus.length > 0) this.tie(group)
    }
  }

  private inTotal() {
    const all = this.items()
    if (all.length > 1 && sumOf(all) === 0) this.propose('total', null, all)
  }

  private byAge() {
    const [plus, minus] = sides(this.items().sort(byAge))
    for (const payment of [...plus, ...minus].filter((i) => !isClaim(i))) {
      const claims = payment.rest > 0 ? minus : plus
      const settled: OpenItem[] = []
      let left = Math.abs(payment.rest)
      for (const claim of claims.map(({ id }) => this.open.get(id)).filter((c) => c !== undefined)) {
        if (left <= 0) break
        settled.push(claim)
        left -= Math.abs(claim.rest)
      }
      if (settled.length > 0) this.propose('oldest-first', null, [payment, ...settled])
    }
  }

  private tie(group: readonly OpenItem[]) {
    for (const { id } of group) this.tied.add(id)
  }

  private propose(rule: MatchRule, reason: string | null, items: readonly OpenItem[]) {
    const whole = items.some((item) => item.currency !== null)
    const wanted = items.map((item) => ({ item, amount: whole ? item.rest : null }))
    const { parts, difference } = allocationOf(wanted, { oldestFirst: true, keepDifference: false })
    if (difference !== 0 || currencyDiffers(items)) return this.tie(items)
    this.proposals.push({ rule, reason, parts })
    for (const { item, amount, currencyAmount } of parts) {
      const rest = ore(item.rest - amount)
      if (rest === 0) this.open.delete(item.id)
      else
        this.open.set(item.id, {
          ...item,
          rest,
          currencyRest: item.currencyRest === null ? null : item.currencyRest - currencyAmount!,
        })
    }
  }
}

function groupedBy<K>(items: readonly OpenItem[], keyOf: (item: OpenItem) => K): Map<K, OpenItem[]> {
  const groups = new Map<K, OpenItem[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const sides = (items: readonly OpenItem[]): [plus: OpenItem[], minus: OpenItem[]] => [
  items.filter((i) => i.rest > 0),
  items.filter((i) => i.rest < 0),
]
const sumOf = (items: readonly OpenItem[]): Ore => ore(items.reduce((sum, i) => sum + i.rest, 0))

/** Whether items of one currency stand on both sides and are not of the same amount in it. */
const currencyDiffers = (items: readonly OpenItem[]): boolean =>
  [...groupedBy(items, (i) => i.currency)].some(([currency, group]) => {
    const both = sides(group).every((side) => side.length > 0)
    return currency !== null && both && group.reduce((sum, i) => sum + i.currencyRest!, 0) !== 0
  })

/**
 * Which of the items on both sides settle each other without anyone choosing: all of them when they sum to 0; two that alone
 * are of one amount; and where `partly`, one item that the other side does not fill. Undefined: a person must choose.
 */
function whatAgrees(plus: OpenItem[], minus: OpenItem[], partly: boolean): OpenItem[] | undefined {
  const all = [...plus, ...minus]
  const total = sumOf(all)
  if (total === 0) return all
  const heavy = total > 0 ? plus : minus
  if (partly && heavy.length === 1) return all
  const light = total > 0 ? minus : plus
  if (light.length !== 1) return undefined
  const same = heavy.filter((i) => i.rest === -light[0]!.rest)
  return same.length === 1 ? [light[0]!, same[0]!] : undefined
}
