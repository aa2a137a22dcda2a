import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { ageingOf, ageingTotal, DAYS_PAST_DUE } from './ageing.ts'
import { checkVersionAsked } from './list-open-items.ts'
import { type DueSum, type ItemQuestion, readDueSums } from './store.ts'

type Asked = ItemQuestion & { kind: PartyKind; buckets?: readonly number[] | undefined }

/**
 * What each party owes, or is owed, by how long it is past due on a day (today unless told), in øre. Its total is the control
 * accounts' balance on that day in the same state of the books, and the check says so.
 */
export async function readAgeing(db: Database, { buckets = DAYS_PAST_DUE, ...asked }: Asked, today: IsoDate) {
  const asAtDate = asked.asAtDate ?? today
  const { head, knownAt, sums, control } = await readDueSums(db, { ...asked, asAtDate })
  checkVersionAsked(asked, head)
  const byParty = new Map<string, DueSum[]>()
  for (const sum of sums) byParty.set(sum.party, [...(byParty.get(sum.party) ?? []), sum])
  const rows = [...byParty].map(([party, own]) => ({
    kind: asked.kind,
    party,
    partyName: own[0]!.partyName,
    ...ageingOf(own, asAtDate, buckets),
  }))
  const totals = ageingTotal(rows, buckets)
  const difference = totals.total - control
  return {
    ...head,
    knownAt,
    asAtDate,
    kind: asked.kind,
    buckets: [...buckets],
    rows,
    totals,
    checks: [{ key: 'open-items-equal-control', holds: difference === 0, difference }],
  }
}
