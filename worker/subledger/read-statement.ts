import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { dueDateOf } from '#worker/ledger/open-item.ts'
import { ageingOf, DAYS_PAST_DUE } from './ageing.ts'
import { checkVersionAsked, pageSize, withDaysOverdue } from './list-open-items.ts'
import { readPartyName, readStatementRows, readYearOf } from './statement-store.ts'
import type { Place } from './store.ts'

type Asked = {
  kind: PartyKind
  party: string
  fromDate?: IsoDate | undefined
  toDate?: IsoDate | undefined
  asKnownAt?: Instant | undefined
  atVersion?: number | undefined
  limit?: number | undefined
  cursor?: string | undefined
}

/** Open items told with a statement; a party with more is read through the list. */
const MOST_ITEMS = 5_000

/**
 * A customer's or supplier's account: opening, entries with running balance, closing, what is open on the last day and how
 * long it is past due, all in øre. The days are the fiscal year so far unless told.
 * @throws Problem 404 party/unknown; 422 request/invalid: days in the wrong order, a version that is not there yet.
 */
export async function readStatement(db: Database, { kind, party, limit, cursor, ...asked }: Asked, today: IsoDate) {
  const partyName = await readPartyName(db, kind, party)
  if (partyName === undefined) throw new Problem(404, 'party/unknown', { params: { party, kind } })
  const toDate = asked.toDate ?? today
  const fromDate =
    asked.fromDate ?? (await readYearOf(db, toDate))?.firstDate ?? (`${toDate.slice(0, 4)}-01-01` as IsoDate)
  if (fromDate > toDate)
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'period/reversed', severity: 'error', pointer: '#/toDate', params: { fromDate, toDate } }],
    })
  const { asKnownAt, atVersion } = asked
  const q = { kind, party, asKnownAt, atVersion, fromDate, asAtDate: toDate }
  const size = pageSize(limit)
  const before = placeOf(cursor)
  const { open, ...found } = await readStatementRows(db, q, before, size, MOST_ITEMS)
  checkVersionAsked(q, open.head)
  let balance = before?.balance ?? found.opening
  const entries = found.entries.slice(0, size).map(({ place: _, ...entry }) => {
    balance += entry.amount
    return { ...entry, balance: ore(balance) }
  })
  const last = found.entries[size - 1]
  const openItems = open.items.slice(0, MOST_ITEMS).map((item) => withDaysOverdue(item, toDate))
  const dueSums = open.items.map((item) => ({ dueDate: dueDateOf(item), rest: item.rest }))
  return {
    ...open.head,
    knownAt: open.knownAt,
    kind,
    party,
    partyName,
    fromDate,
    toDate,
    opening: found.opening,
    entries,
    closing: found.closing,
    openItems,
    openItemCount: open.count,
    buckets: [...DAYS_PAST_DUE],
    ageing: ageingOf(dueSums, toDate, DAYS_PAST_DUE),
    checks: [
      {
        key: 'open-items-equal-closing',
        holds: open.rest === found.closing,
        difference: open.rest - found.closing,
      },
    ],
    cursor: found.entries.length > size ? cursorOf(last!.voucherDate, last!.place, balance) : null,
  }
}

const cursorOf = (day: IsoDate, place: Place, balance: number): string => `${day}_${place[0]}_${place[1]}_${balance}`

function placeOf(cursor: string | undefined): { day: IsoDate; place: Place; balance: number } | undefined {
  if (cursor === undefined) return undefined
  const [day, version, line, balance] = cursor.split('_')
  return { day: day as IsoDate, place: [Number(version), Number(line)], balance: Number(balance) }
}
