import type { Database } from '#worker/database/connect.ts'
import { openItemOf } from '#worker/ledger/item-store.ts'
import type { OpenItem } from '#worker/ledger/open-item.ts'

/**
 * What is open now, party by party from a cursor on: whole parties, as many as fit in so many items. A party with more than
 * that is read as far as it goes.
 */
export async function readOpenByParty(
  db: Database,
  { kind, party }: { kind?: string | undefined; party?: string | undefined },
  cursor: string | undefined,
  most: number,
): Promise<{ ledgerVersion: number; items: OpenItem[]; cursor: string | null }> {
  const colon = cursor?.indexOf(':') ?? -1
  const after = cursor === undefined ? null : [cursor.slice(0, colon), cursor.slice(colon + 1)]
  const [head, found] = await db.batch(
    [
      'select coalesce(max(ledger_version), 0) as ledger_version from voucher',
      {
        // The day from which an item may be matched is judged where the match is made, not where it is proposed.
        sql: `select o.*, o.voucher_date as matchable_from from open_item o
              where o.rest <> 0 and o.party_kind in (select value from json_each(?1))
                and (?2 is null or o.party = ?2) and (?3 is null or (o.party_kind, o.party) > (?3, ?4))
              order by o.party_kind, o.party limit ${most + 1}`,
        args: [
          JSON.stringify(kind === undefined ? ['customer', 'supplier'] : [kind]),
          party ?? null,
          after?.[0] ?? null,
          after?.[1] ?? null,
        ],
      },
    ],
    'read',
  )
  const items = found!.rows.map(openItemOf)
  const ledgerVersion = Number(head!.rows[0]!.ledger_version)
  if (items.length <= most) return { ledgerVersion, items, cursor: null }
  const last = items.at(-1)!
  const whole = items.filter((i) => i.kind !== last.kind || i.party !== last.party)
  const taken = whole.length > 0 ? whole : items
  const end = taken.at(-1)!
  return { ledgerVersion, items: taken, cursor: `${end.kind}:${end.party}` }
}
