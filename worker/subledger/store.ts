import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { openItemOf } from '#worker/ledger/item-store.ts'
import type { OpenItem } from '#worker/ledger/open-item.ts'

type Row = ResultSet['rows'][number]

/** Which items, in which state of the books; without a day all that is recorded counts. */
export type ItemQuestion = {
  kind?: PartyKind | undefined
  party?: string | undefined
  account?: string | undefined
  asAtDate?: IsoDate | undefined
  asKnownAt?: Instant | undefined
  atVersion?: number | undefined
}
/** Where an answer was drawn from: the newest version, the one it shows, and the newest event. */
export type ItemHead = { ledgerVersion: number; atVersion: number; sequence: number }

/** An item of a list, with what it needs to be recognised. */
export type ListedItem = Omit<OpenItem, 'matchableFrom'> & {
  partyName: string
  voucher: { id: string; type: string; series: string; fiscalYear: number; number: number }
  text: string
}

const isNow = ({ asAtDate, asKnownAt, atVersion }: ItemQuestion): boolean =>
  asAtDate === undefined && asKnownAt === undefined && atVersion === undefined

/** Every statement of a question begins with it, so that all take the same arguments. */
export const ASKED = `with asked as materialized (select cast(:atVersion as integer) as at_version, :knownAt as known_at,
    coalesce(:asAtDate, '9999-12-31') as day, :kind as kind, :party as party, :account as account),
  head as materialized (select coalesce(max(ledger_version), 0) as newest from voucher),
  view as materialized (select newest, min(newest, coalesce((select at_version from asked), newest),
      case when (select known_at from asked) is null then newest else coalesce((select ledger_version from voucher
        where recorded_at <= (select known_at from asked) order by recorded_at desc, ledger_version desc limit 1), 0) end)
    as version from head)`

export const argsOf = (q: ItemQuestion): Record<string, string | null> => ({
  atVersion: q.atVersion === undefined ? null : String(q.atVersion),
  knownAt: q.asKnownAt ?? null,
  asAtDate: q.asAtDate ?? null,
  kind: q.kind ?? null,
  party: q.party ?? null,
  account: q.account ?? null,
})

export const DAY = '(select day from asked)'
export const VERSION = '(select version from view)'
/** Whether something recorded at an instant and version had not happened in the state that is asked for. */
const unknown = (at: string, version: string): string =>
  `(${at} > (select known_at from asked) or ${version} > (select at_version from asked))`

/**
 * Open items in a state of the books. The rests are those of now; what matches have changed since is taken back: live ones
 * that did not count then, and undone ones that did. So the cost is that of what is open and of the matches since.
 */
const itemsOf = (q: ItemQuestion): string => {
  const own = [
    ...(q.kind ? ['o.party_kind = (select kind from asked)'] : ["o.party_kind in ('customer', 'supplier')"]),
    ...(q.party ? ['o.party = (select party from asked)'] : []),
    ...(q.account ? ['o.account = (select account from asked)'] : []),
  ].join(' and ')
  if (isNow(q))
    return `${ASKED}, item as (select o.*, o.rest as rest_then, o.currency_rest as currency_rest_then
      from open_item o where o.rest <> 0 and ${own})`
  const stood = `o.voucher_date <= ${DAY} and o.ledger_version <= ${VERSION}`
  return `${ASKED},
  since as (
    select l.ledger_version, l.line, l.amount, l.currency_amount from item_match m join item_match_line l on l.match_id = m.id
     where m.undone_at is null and (m.match_date > ${DAY} or ${unknown('m.recorded_at', 'm.ledger_version')})
    union all
    select l.ledger_version, l.line, -l.amount, -l.currency_amount from item_match m join item_match_line l on l.match_id = m.id
     where m.undone_at is not null and m.match_date <= ${DAY}
       and ${unknown('m.recorded_at', 'm.ledger_version')} is not true
       and (m.undone_date > ${DAY} or ${unknown('m.undone_at', 'm.undone_version')})),
  change as materialized (select ledger_version, line, sum(amount) as amount, sum(currency_amount) as currency_amount
    from since group by ledger_version, line),
  item as (
    select o.*, o.rest + coalesce(c.amount, 0) as rest_then, o.currency_rest + coalesce(c.currency_amount, 0) as currency_rest_then
      from open_item o left join change c on c.ledger_version = o.ledger_version and c.line = o.line
     where o.rest <> 0 and ${own} and ${stood} and o.rest + coalesce(c.amount, 0) <> 0
    union all
    select o.*, c.amount, coalesce(c.currency_amount, 0)
      from change c cross join open_item o on o.ledger_version = c.ledger_version and o.line = c.line
     where o.rest = 0 and ${own} and ${stood} and c.amount <> 0)`
}

const headOf = (r: Row): ItemHead => ({
  ledgerVersion: Number(r.newest),
  atVersion: Number(r.version),
  sequence: Number(r.sequence),
})
const head = (q: ItemQuestion): InStatement => ({
  sql: `${ASKED} select newest, version, (select coalesce(max(sequence), 0) from event) as sequence from view`,
  args: argsOf(q),
})

export const listedOf = (r: Row): ListedItem => {
  const { matchableFrom: _, ...item } = openItemOf({ ...r, matchable_from: r.voucher_date! } as Row)
  return {
    ...item,
    rest: Number(r.rest_then) as OpenItem['rest'],
    currencyRest: item.currency === null ? null : Number(r.currency_rest_then),
    partyName: String(r.party_name),
    voucher: {
      id: String(r.voucher_id),
      type: String(r.type),
      series: String(r.series),
      fiscalYear: Number(r.fiscal_year),
      number: Number(r.number),
    },
    text: String(r.text),
  }
}

const LISTED = `i.*, v.id as voucher_id, v.type, v.series, v.fiscal_year, v.number, e.text, p.name as party_name`
const FROM_ITEMS = `from item i cross join voucher v on v.ledger_version = i.ledger_version
  cross join entry e on e.ledger_version = i.ledger_version and e.line = i.line
  cross join party p on p.kind = i.party_kind and p.number = i.party`

/** Reads `item` as `listedOf` takes it; for a statement that begins with its own `item`. */
export const selectListed = (more: string, joined: string): string =>
  `select ${LISTED}, ${more} ${FROM_ITEMS} ${joined}`

export type Place = readonly [ledgerVersion: number, line: number]
type Page = { overdueOn?: IsoDate | undefined; after?: Place | undefined; limit: number }

/** A claim that falls due before a day; a payment or credit note does not. */
const OVERDUE = `coalesce(i.due_date, i.voucher_date) < :overdueOn
  and (i.amount > 0) = (i.party_kind = 'customer')`

/** When the newest voucher was posted, match made or match undone: pages read as known then, at the same version, are of one state. */
const KNOWN_AT: InStatement = {
  sql: `select max(at) as known_at from (select max(recorded_at) as at from voucher
    union all select max(recorded_at) from item_match
    union all select max(undone_at) from item_match where undone_at is not null)`,
  args: {},
}
const knownAtOf = (q: ItemQuestion, { rows }: ResultSet): Instant | null =>
  q.asKnownAt ?? (rows[0]!.known_at as Instant | null)

type ItemPage = { head: ItemHead; knownAt: Instant | null; items: ListedItem[]; count: number; rest: number }

/** A page of items in order of recording, one more than the limit when there are more; and how many there are, and their sum. */
export const readItems = async (db: Database, q: ItemQuestion, page: Page): Promise<ItemPage> =>
  itemsFrom(q, await db.batch(selectItems(q, page), 'read'))

/** What `readItems` asks, for the batch of whoever reads more of the same moment; `itemsFrom` takes the answers. */
export function selectItems(q: ItemQuestion, { overdueOn, after, limit }: Page): InStatement[] {
  const due = overdueOn ? ` and ${OVERDUE}` : ''
  const args = { ...argsOf(q), ...(overdueOn && { overdueOn }) }
  const place = after ? { afterVersion: String(after[0]), afterLine: String(after[1]) } : {}
  return [
    head(q),
    {
      sql: `${itemsOf(q)} select ${LISTED} ${FROM_ITEMS} where true${due}
        ${after ? 'and (i.ledger_version, i.line) > (cast(:afterVersion as integer), cast(:afterLine as integer))' : ''}
        order by i.ledger_version, i.line limit ${limit + 1}`,
      args: { ...args, ...place },
    },
    {
      sql: `${itemsOf(q)} select count(*) as count, coalesce(sum(rest_then), 0) as rest from item i where true${due}`,
      args,
    },
    KNOWN_AT,
  ]
}

export function itemsFrom(q: ItemQuestion, [top, items, sums, known]: readonly ResultSet[]): ItemPage {
  return {
    head: headOf(top!.rows[0]!),
    knownAt: knownAtOf(q, known!),
    items: items!.rows.map(listedOf),
    count: Number(sums!.rows[0]!.count),
    rest: Number(sums!.rows[0]!.rest),
  }
}

/** One item as it stands now, settled or not. */
export async function readItem(db: Database, [ledgerVersion, line]: Place): Promise<ListedItem | undefined> {
  const { rows } = await db.execute({
    sql: `with item as (select o.*, o.rest as rest_then, o.currency_rest as currency_rest_then from open_item o
            where o.ledger_version = cast(? as integer) and o.line = cast(? as integer))
          select ${LISTED} ${FROM_ITEMS}`,
    args: [ledgerVersion, line],
  })
  return rows[0] && listedOf(rows[0])
}

export type DueSum = { kind: PartyKind; party: string; partyName: string; dueDate: IsoDate; rest: number }

/** What falls due when, by party; and what the control accounts of the kind hold in the same state, from the kept balances. */
export async function readDueSums(
  db: Database,
  q: ItemQuestion & { kind: PartyKind; asAtDate: IsoDate },
): Promise<{ head: ItemHead; knownAt: Instant | null; sums: DueSum[]; control: number }> {
  const [top, sums, control, known] = await db.batch(
    [
      head(q),
      {
        sql: `${itemsOf(q)} select i.party_kind, i.party, p.name, coalesce(i.due_date, i.voucher_date) as due, sum(rest_then) as rest
          from item i join party p on p.kind = i.party_kind and p.number = i.party
          group by i.party_kind, i.party, due order by i.party_kind, i.party, due`,
        args: argsOf(q),
      },
      q.party === undefined ? controlBalance(q) : partyBalance(q),
      KNOWN_AT,
    ],
    'read',
  )
  return {
    head: headOf(top!.rows[0]!),
    knownAt: knownAtOf(q, known!),
    sums: sums!.rows.map((r) => ({
      kind: String(r.party_kind) as PartyKind,
      party: String(r.party),
      partyName: String(r.name),
      dueDate: String(r.due) as IsoDate,
      rest: Number(r.rest),
    })),
    control: Number(control!.rows[0]!.balance),
  }
}

/** Whole months from the kept balances, less what lies after the day in its month, less what was recorded after the version. */
const controlBalance = (q: ItemQuestion): InStatement => ({
  sql: `${ASKED} select
      coalesce((select sum(b.debit - b.credit) from account a cross join balance b on b.account = a.number
         where a.control = (select kind from asked) and b.month <= substr(${DAY}, 1, 7)), 0)
    - coalesce((select sum(e.amount) from account a cross join entry e indexed by entry_account on e.account = a.number
         where a.control = (select kind from asked) and e.voucher_date > ${DAY}
           and e.voucher_date <= substr(${DAY}, 1, 7) || '-31'), 0)
    - coalesce((select sum(e.amount) from entry e where e.ledger_version > ${VERSION}
           and e.party_kind = (select kind from asked) and e.voucher_date <= ${DAY}), 0) as balance`,
  args: argsOf(q),
})
const partyBalance = (q: ItemQuestion): InStatement => ({
  sql: `${ASKED} select coalesce(sum(e.amount), 0) as balance
    from entry e where e.party_kind = (select kind from asked) and e.party = (select party from asked)
      and e.voucher_date <= ${DAY} and e.ledger_version <= ${VERSION}`,
  args: argsOf(q),
})
