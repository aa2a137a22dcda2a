import type * as z from 'zod/mini'
import { readMembers } from '#worker/access/member-store.ts'
import { readNames } from '#worker/access/user-store.ts'
import { readVoucherTypes } from '#worker/chart/store.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { listVouchers, readFirstParties } from '#worker/ledger/list-vouchers.ts'
import { readLedgerVersion } from '#worker/ledger/store.ts'
import type { VouchersExport } from './export-query.ts'
import type { ExportTable } from './export-table.ts'
import type { Asking } from './tables/table-frame.ts'
import { filtersOf, type ListedVoucher, voucherListTable } from './tables/voucher-list-table.ts'

const PAGE = 5_000
/** How long a file works at taking vouchers into the search: some seconds. What was taken in stands when it is asked for again. */
const ROUNDS = 50

/**
 * The list of vouchers, narrowed and sorted as it is asked for, in pages of one ledger version: the one that stood before the search
 * was brought up to date. `books` is what writes that, where `db` is an auditor's.
 * @throws Problem 503 search/behind: a file that lacks vouchers cannot say so in every form.
 */
export async function readVoucherListTable(
  { db, books, control, company }: { db: Database; books: Database; control: Database; company: CompanyId },
  asking: Asking,
  { format: _, language: __, ...query }: z.output<typeof VouchersExport>,
  limit = PAGE,
): Promise<ExportTable> {
  const { locale } = asking
  const atVersion = await readLedgerVersion(db)
  const read = (cursor?: string) => listVouchers(db, { ...query, limit, cursor }, { atVersion, books, rounds: ROUNDS })
  const first = await read()
  const { unsearched: missing } = first
  if (missing) throw new Problem(503, 'search/behind', { params: { missing } })
  const types = await readVoucherTypes(db)
  // Whom the list is narrowed by is told by name where they may enter the company, or posted what is listed.
  const members = query.by === undefined ? [] : await readMembers(control, company)
  const people = new Map(members.map(({ user, name }) => [user, name]))
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
  await nameThem(first.vouchers.map(({ by }) => by))
  return voucherListTable(asking, atVersion, pages(), filtersOf(query, { typeOf, personOf }, locale))
}
