import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { openItemOf, placesOf } from '#worker/ledger/item-store.ts'
import { openItemId } from '#worker/ledger/open-item.ts'
import type { Settleable } from './left-items.ts'
import { type ListedItem, listedOf, selectListed } from './store.ts'

/** Who decided that an item stays open, and when. */
export type KeptOpen = { by: string; at: string }
export type NamedItem = ListedItem & { opening: boolean; kept: KeptOpen | null }

const KEPT = 'left join item_kept_open k on k.ledger_version = i.ledger_version and k.line = i.line'

/** These items with what they are recognised by, by id. */
export async function readNamedItems(db: Database, ids: readonly string[]): Promise<Map<string, NamedItem>> {
  const { rows } = await db.execute({
    sql: `with item as (select o.*, o.rest as rest_then, o.currency_rest as currency_rest_then from json_each(?) n
            cross join open_item o on o.ledger_version = n.value->>0 and o.line = n.value->>1)
          ${selectListed('k.by as kept_by, k.at as kept_at', KEPT)} order by i.party, i.voucher_date, i.ledger_version, i.line`,
    args: [placesOf(ids)],
  })
  return new Map(
    rows.map((r) => {
      const item = listedOf(r)
      const kept = r.kept_by === null ? null : { by: String(r.kept_by), at: String(r.kept_at) }
      return [item.id, { ...item, opening: item.voucher.type === 'opening-balance', kept }]
    }),
  )
}

/** All that is open of the parties these items belong to, by id. */
export async function readOpenBeside(db: Database, ids: readonly string[]): Promise<Map<string, Settleable>> {
  const { rows } = await db.execute({
    sql: `with own as (select distinct o.party_kind, o.party from json_each(?) n
            cross join open_item o on o.ledger_version = n.value->>0 and o.line = n.value->>1)
          select o.*, o.voucher_date as matchable_from, v.type = 'opening-balance' as opening
          from own cross join open_item o on o.party_kind = own.party_kind and o.party = own.party
          cross join voucher v on v.ledger_version = o.ledger_version where o.rest <> 0`,
    args: [placesOf(ids)],
  })
  return new Map(
    rows.map((r) => [
      openItemId(Number(r.ledger_version), Number(r.line)),
      { ...openItemOf(r), opening: r.opening === 1 },
    ]),
  )
}

/** Those of a kind that were decided to stay open and still are. */
export async function readKeptOpen(db: Database, kind: PartyKind | undefined): Promise<Set<string>> {
  const { rows } = await db.execute({
    sql: `select k.ledger_version, k.line from item_kept_open k join open_item o using (ledger_version, line)
          where o.rest <> 0 and (?1 is null or o.party_kind = ?1)`,
    args: [kind ?? null],
  })
  return new Set(rows.map((r) => openItemId(Number(r.ledger_version), Number(r.line))))
}

export const keepOpen = (ids: readonly string[], by: string, at: Instant): InStatement => ({
  sql: `insert into item_kept_open (ledger_version, line, by, at)
        select value->>0, value->>1, ?, ? from json_each(?) where true on conflict do nothing`,
  args: [by, at, placesOf(ids)],
})

export const askAgain = (ids: readonly string[]): InStatement => ({
  sql: `delete from item_kept_open where (ledger_version, line) in (select value->>0, value->>1 from json_each(?))`,
  args: [placesOf(ids)],
})
