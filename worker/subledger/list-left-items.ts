import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { type LeftOver, proposalsOf } from '#worker/ledger/match-proposal.ts'
import { isCandidate } from './left-items.ts'
import { type NamedItem, readKeptOpen, readNamedItems } from './left-store.ts'
import { readOpenByParty } from './party-items-store.ts'

/** Open items looked at in one call; larger sub-ledgers go on with the cursor. */
const MOST_ITEMS = 20_000
/** Claims shown of one party's account, oldest first; the sub-ledger has them all. */
const MOST_CLAIMS = 200

export type LeftItem = NamedItem & { why: LeftOver['why'] }
/** Payments and credit notes of one party's account that nothing settles, and the claims that they could. */
export type LeftGroup = { left: LeftItem[]; claims: NamedItem[] }
export type LeftPage = {
  groups: LeftGroup[]
  /** Of those listed: not decided, and decided to stay open. */
  undecided: number
  kept: number
  /** Matches that follow from the items themselves, and are not made. */
  proposed: number
  cursor: string | null
}

/** What the rules of matching leave to a person, party by party: all of it in one list. */
export async function listLeftItems(
  db: Database,
  { kind, party, cursor }: { kind?: PartyKind | undefined; party?: string | undefined; cursor?: string | undefined },
): Promise<LeftPage> {
  const open = await readOpenByParty(db, { kind, party }, cursor, MOST_ITEMS)
  const { proposals, left, claims } = proposalsOf(open.items, { oldestFirst: false })
  const byGroup = new Map<string, { left: LeftOver[]; claims: string[] }>()
  for (const one of left) {
    const key = JSON.stringify([one.item.kind, one.item.party, one.item.account])
    const group = byGroup.get(key) ?? { left: [], claims: [] }
    group.left.push(one)
    byGroup.set(key, group)
  }
  for (const claim of claims) {
    const group = byGroup.get(JSON.stringify([claim.kind, claim.party, claim.account]))
    if (group && group.claims.length < MOST_CLAIMS && group.left.some(({ item }) => isCandidate(claim, item)))
      group.claims.push(claim.id)
  }
  const named = await readNamedItems(
    db,
    [...byGroup.values()].flatMap((group) => [...group.left.map(({ item }) => item.id), ...group.claims]),
  )
  const groups = [...byGroup.values()].map(
    (group): LeftGroup => ({
      left: group.left.flatMap(({ item, why }) => {
        const own = named.get(item.id)
        return own ? [{ ...own, why }] : []
      }),
      claims: group.claims.flatMap((id) => named.get(id) ?? []),
    }),
  )
  const all = groups.flatMap((group) => group.left)
  const kept = all.filter((item) => item.kept).length
  return { groups, undecided: all.length - kept, kept, proposed: proposals.length, cursor: open.cursor }
}

/** How many of what the rules leave nobody has decided, in the whole sub-ledger. */
export async function countUndecided(db: Database): Promise<number> {
  const kept = await readKeptOpen(db, undefined)
  let count = 0
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const open = await readOpenByParty(db, {}, cursor, MOST_ITEMS)
    count += proposalsOf(open.items, { oldestFirst: false }).left.filter(({ item }) => !kept.has(item.id)).length
    cursor = open.cursor
  }
  return count
}
