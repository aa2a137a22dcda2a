import { Problem } from '#worker/core/problem.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { NoAnswer } from '#worker/database/refusal.ts'
import { faultOf, log } from '#worker/http/log.ts'

/** Vouchers that are taken in at a time, and times in one request: a second's work at most. */
const CHUNK = 2_000
const ROUNDS = 10

const NAMES = `select group_concat(e.text || ' ' || e.account || ' kr' || abs(e.amount) || coalesce(' ' || e.invoice_number, '')
    || coalesce(' ' || e.payment_reference, '') || coalesce(' ' || e.party || ' ' || p.name, ''), ' ')
  from entry e left join party p on p.kind = e.party_kind and p.number = e.party where e.ledger_version = v.ledger_version`
const WORDS = `v.text || ' ' || v.series || ' ' || v.fiscal_year || ' ' || v.number || ' ' || v.series || v.number
  || coalesce(' ' || v.reason, '') || coalesce(' ' || v.external_id, '') || ' kr'
  || (select sum(amount) from entry where ledger_version = v.ledger_version and amount > 0) || ' ' || (${NAMES})`
const HEAD = '(select coalesce(max(ledger_version), 0) from voucher)'
/** What the words of some vouchers are, and what the list of vouchers is sorted by. */
const take = (from: string, to: string) => [
  `insert into voucher_search (rowid, words)
  select v.ledger_version, ${WORDS} from voucher v, voucher_search_state s where v.ledger_version between ${from} and ${to}
  and not exists (select 1 from voucher_search where rowid = v.ledger_version)`,
  `insert or ignore into voucher_listed (ledger_version, amount, party, by)
  select v.ledger_version, (select coalesce(sum(amount), 0) from entry where ledger_version = v.ledger_version and amount > 0),
    coalesce((select party from entry where ledger_version = v.ledger_version and party is not null order by line limit 1), ''), v.by
  from voucher v, voucher_search_state s where v.ledger_version between ${from} and ${to}`,
]

/**
 * One step: the newest of what was posted since, then the rest of that from its beginning, then the newest of what was there before
 * the first search. One transaction, so it may race.
 */
const stepOf = (chunk: number): InStatement[] => [
  `update voucher_search_state set first_version = ${HEAD} + 1, last_version = ${HEAD} where first_version > last_version`,
  ...take(`max(s.last_version, ${HEAD} - ${chunk}) + 1`, HEAD),
  ...take('s.last_version + 1', `s.last_version + ${chunk}`),
  `update voucher_search_state set last_version = min(last_version + ${chunk}, ${HEAD})`,
  ...take(`s.first_version - ${chunk}`, 's.first_version - 1'),
  `update voucher_search_state set first_version = max(1, first_version - ${chunk})`,
]

/** `rounds` is how long it works at it, `chunk` vouchers at a time; `books` is what writes, where the reader may not. */
export type Keeping = { rounds?: number | undefined; chunk?: number; books?: Database | undefined }

/**
 * Brings the search index up to date with the ledger as `takeIn` does, and gives how many of the vouchers that may be read it does not
 * know yet: 0 but for the first searches in large books.
 */
export const keepSearch = async (db: Database, keeping: Keeping = {}): Promise<number> =>
  (await takeIn(db, keeping)) ? 0 : countMissing(db)

/**
 * Takes vouchers into the search index, the newest first, and gives whether it knows them all. Nothing is written when it is up to date,
 * and one that cannot write searches what is there.
 */
export async function takeIn(
  db: Database,
  { rounds = ROUNDS, chunk = CHUNK, books = db }: Keeping = {},
): Promise<boolean> {
  for (let round = 0; ; round++) {
    const { rows } = await db.execute(
      // An auditor's newest may be older than the newest that is kept.
      `select s.first_version - 1 + max(0, ${HEAD} - s.last_version) as missing from voucher_search_state s`,
    )
    if (Number(rows[0]!.missing) <= 0) return true
    if (round === rounds) return false
    try {
      await books.batch(stepOf(chunk), 'write')
    } catch (error) {
      // An auditor's own access writes nothing, and a ledger under an import may be busy.
      if (!(error instanceof Problem || error instanceof NoAnswer)) log('warn', 'search-not-kept', faultOf(error))
      return false
    }
  }
}

/** An auditor is told of those that he may read. */
async function countMissing(db: Database): Promise<number> {
  const { rows } = await db.execute(
    `select count(*) as missing from voucher v, voucher_search_state s
     where v.ledger_version < s.first_version or v.ledger_version > s.last_version`,
  )
  return Number(rows[0]!.missing)
}
