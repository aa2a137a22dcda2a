import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import type { PartyKind } from './account.ts'
import type { ItemMatch, MatchLine, MatchRule } from './item-match.ts'
import { type OpenItem, openItemId, placeOfItem } from './open-item.ts'

type Row = ResultSet['rows'][number]
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value))

/** A match on its way into the database; its lines know what is left of each item then, in øre. */
export type NewMatch = Omit<ItemMatch, 'undone' | 'lines'> & {
  lines: (MatchLine & { rest: number })[]
  origin?: string | undefined
}
/** A match that is to be undone. */
export type UndoneMatch = {
  match: ItemMatch
  date: IsoDate
  at: Instant
  by: string
  ledgerVersion: number
  reason: string | null
  origin?: string | undefined
}
/** What a batch does to the matches, in this order: undoes some, then makes some. */
export type Matching = { undone: readonly UndoneMatch[]; made: readonly NewMatch[] }

/** An item with the day a new match of it may count from (the trigger `match_is_whole` says the same). */
const ITEM = `o.*, max(o.voucher_date, coalesce((select max(m.undone_date) from item_match_line l
    join item_match m on m.id = l.match_id and m.undone_date > m.match_date
   where l.ledger_version = o.ledger_version and l.line = o.line), '')) as matchable_from`

export const openItemOf = (r: Row): OpenItem => ({
  id: openItemId(Number(r.ledger_version), Number(r.line)),
  kind: String(r.party_kind) as PartyKind,
  party: String(r.party),
  account: String(r.account),
  voucherDate: String(r.voucher_date) as IsoDate,
  dueDate: textOrNull(r.due_date) as IsoDate | null,
  invoiceNumber: textOrNull(r.invoice_number),
  paymentReference: textOrNull(r.payment_reference),
  currency: textOrNull(r.currency),
  currencyAmount: numberOrNull(r.currency_amount),
  currencyRest: numberOrNull(r.currency_rest),
  amount: Number(r.amount) as Ore,
  rest: Number(r.rest) as Ore,
  matchableFrom: String(r.matchable_from) as IsoDate,
})

export const placesOf = (ids: readonly string[]): string =>
  JSON.stringify(ids.flatMap((id) => [placeOfItem(id)]).filter(Boolean))

/** Those of the named items that exist, settled or not. */
export async function readOpenItems(db: Database, ids: readonly string[]): Promise<Map<string, OpenItem>> {
  const { rows } = await db.execute({
    sql: `select ${ITEM} from json_each(?) k cross join open_item o
          on o.ledger_version = k.value->>0 and o.line = k.value->>1`,
    args: [placesOf(ids)],
  })
  return new Map(rows.map(openItemOf).map((item) => [item.id, item]))
}

const MATCH_LINES = `(select json_group_array(json_array(l.ledger_version, l.line, l.amount, l.currency_amount))
  from item_match_line l where l.match_id = m.id) as lines`

export const matchOf = (r: Row): ItemMatch => ({
  id: String(r.id),
  kind: String(r.party_kind) as PartyKind,
  party: String(r.party),
  account: String(r.account),
  matchDate: String(r.match_date) as IsoDate,
  rule: String(r.rule) as MatchRule,
  reason: textOrNull(r.reason),
  recordedAt: String(r.recorded_at) as Instant,
  by: String(r.by),
  ledgerVersion: Number(r.ledger_version),
  undone:
    r.undone_at === null
      ? null
      : {
          date: String(r.undone_date) as IsoDate,
          at: String(r.undone_at) as Instant,
          by: String(r.undone_by),
          reason: textOrNull(r.undone_reason),
        },
  lines: (JSON.parse(String(r.lines)) as [number, number, number, number | null][]).map(
    ([ledgerVersion, line, amount, currencyAmount]) => ({
      openItem: openItemId(ledgerVersion, line),
      amount,
      currencyAmount,
    }),
  ),
})

/** The matches of these ids, undone or not. */
export async function readMatches(db: Database, ids: readonly string[]): Promise<Map<string, ItemMatch>> {
  const { rows } = await db.execute({
    sql: `select m.*, ${MATCH_LINES} from item_match m where m.id in (select value from json_each(?))`,
    args: [JSON.stringify(ids)],
  })
  return new Map(rows.map(matchOf).map((match) => [match.id, match]))
}

/** All matches of an item, in order of recording. */
export async function readMatchesOf(db: Database, item: string): Promise<ItemMatch[]> {
  const [ledgerVersion, line] = placeOfItem(item) ?? [0, 0]
  const { rows } = await db.execute({
    sql: `select m.*, ${MATCH_LINES} from item_match_line own join item_match m on m.id = own.match_id
          where own.ledger_version = cast(? as integer) and own.line = cast(? as integer) order by m.rowid`,
    args: [ledgerVersion, line],
  })
  return rows.map(matchOf)
}

/** The items of a voucher by line, and the live matches that settle any of them. */
export type Settlement = { items: Map<number, OpenItem>; matches: ItemMatch[] }

/** The items of these vouchers, and the live matches of them: two statements, to be read together. */
export const selectSettlements = (vouchers: readonly string[]): InStatement[] => [
  {
    sql: `select v.id as of, ${ITEM} from voucher v join open_item o using (ledger_version)
          where v.id in (select value from json_each(?))`,
    args: [JSON.stringify(vouchers)],
  },
  {
    sql: `select v.id as of, m.*, ${MATCH_LINES}
          from voucher v join item_match m on m.id in (select match_id from item_match_line where ledger_version = v.ledger_version)
          where m.undone_at is null and v.id in (select value from json_each(?)) order by m.rowid`,
    args: [JSON.stringify(vouchers)],
  },
]

/** One voucher's part of what `selectSettlements` gave. */
export const settlementOf = (items: readonly Row[], matches: readonly Row[]): Settlement => ({
  items: new Map(items.map((r) => [Number(r.line), openItemOf(r)])),
  matches: matches.map(matchOf),
})

const UNDO = `update item_match set undone_date = u.value->>1, undone_at = u.value->>2, undone_by = u.value->>3,
  undone_version = u.value->>4, undone_reason = u.value->>5 from json_each(?) u where item_match.id = u.value->>0`
const INSERT_LINES = `insert into item_match_line (match_id, ledger_version, line, amount, currency_amount)
  ${rowsOf()} select ${places(0, 5)} from row`
const INSERT_MATCHES = `insert into item_match (id, party_kind, party, account, match_date, rule, reason, recorded_at, by,
  ledger_version) ${rowsOf()} select ${places(0, 10)} from row order by key`

/** The statements that undo and make matches: lines first, then the match rows whose triggers judge them. None for nothing. */
export function changeMatches({ undone, made }: Matching): InStatement[] {
  const statements: InStatement[] = []
  if (undone.length > 0)
    statements.push({
      sql: UNDO,
      args: [JSON.stringify(undone.map((u) => [u.match.id, u.date, u.at, u.by, u.ledgerVersion, u.reason]))],
    })
  if (made.length > 0)
    statements.push(
      {
        sql: INSERT_LINES,
        args: [
          JSON.stringify(
            made.flatMap((m) => m.lines.map((l) => [m.id, ...placeOfItem(l.openItem)!, l.amount, l.currencyAmount])),
          ),
        ],
      },
      {
        sql: INSERT_MATCHES,
        args: [
          JSON.stringify(
            made.map((m) => [
              m.id,
              m.kind,
              m.party,
              m.account,
              m.matchDate,
              m.rule,
              m.reason,
              m.recordedAt,
              m.by,
              m.ledgerVersion,
            ]),
          ),
        ],
      },
    )
  return statements
}

/** What the feed tells of the matches: the party and account, the rule, and what became of each item's rest in øre. */
export function matchEvents({ undone, made }: Matching): unknown[][] {
  const touched = (m: Pick<ItemMatch, 'account' | 'party' | 'matchDate'>) =>
    JSON.stringify([{ account: m.account, period: m.matchDate.slice(0, 7), party: m.party }])
  return [
    ...undone.map(({ match, at, by, ledgerVersion, reason, origin }) => {
      const changes = {
        ...Object.fromEntries(match.lines.map((l) => [l.openItem, [l.amount, 0]])),
        ...(reason !== null && { reason: [null, reason] }),
      }
      return ['match.removed', at, by, ledgerVersion, match.id, touched(match), JSON.stringify(changes), origin]
    }),
    ...made.map((m) => {
      const changes = {
        ...Object.fromEntries(m.lines.map((l) => [l.openItem, [0, l.amount]])),
        rule: [null, m.rule],
        ...(m.reason !== null && { reason: [null, m.reason] }),
      }
      return ['match.created', m.recordedAt, m.by, m.ledgerVersion, m.id, touched(m), JSON.stringify(changes), m.origin]
    }),
  ]
}
