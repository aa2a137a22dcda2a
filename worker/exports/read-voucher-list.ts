import type * as z from 'zod/mini'
import { readNames } from '#worker/access/user-store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import type { Database } from '#worker/database/connect.ts'
import { listVouchers, readFirstParties } from '#worker/ledger/list-vouchers.ts'
import type { VouchersExport } from './export-query.ts'
import type { ExportTable } from './export-table.ts'
import type { Asking } from './tables/table-frame.ts'
import { filtersOf, type ListedVoucher, voucherListTable } from './tables/voucher-list-table.ts'

const PAGE = 5_000

/** The list of vouchers, narrowed and sorted as it is asked for, in pages. */
export async function readVoucherListTable(
  db: Database,
  control: Database,
  asking: Asking,
  { format: _, language: __, ...query }: z.output<typeof VouchersExport>,
): Promise<ExportTable> {
  const { locale } = asking
  const read = (cursor?: string) => listVouchers(db, { ...query, limit: PAGE, ...(cursor && { cursor }) })
  const [types, first] = [await readVoucherTypes(db), await read()]
  const people = new Map<string, string>()
  const nameThem = async (ids: readonly string[]) => {
    const unknown = [...new Set(ids)].filter((id) => !people.has(id))
    for (const [id, name] of await readNames(control, unknown)) people.set(id, name)
  }
  const typeOf = (key: string) => {
    const type = types.find((t) => t.key === key)
    return type ? (locale === 'nb' ? type.nameNb : type.nameEn) : key
  }
  const personOf = (id: string) => people.get(id) ?? id
  async function* pages(): AsyncGenerator<ListedVoucher[]> {
    for (let page = first; ; page = await read(page.cursor)) {
      const { vouchers } = page
      await nameThem(vouchers.map(({ by }) => by))
      const parties = await readFirstParties(
        db,
        vouchers.map((v) => v.ledgerVersion),
      )
      yield vouchers.map((v) => ({
        ...v,
        typeName: typeOf(v.type),
        partyName: parties.get(v.ledgerVersion) ?? null,
        byName: personOf(v.by),
      }))
      if (page.cursor === null) return
    }
  }
  if (query.by) await nameThem([query.by])
  return voucherListTable(asking, first, pages(), filtersOf(query, { typeOf, personOf }, locale))
}
