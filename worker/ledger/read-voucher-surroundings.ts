import { type IsoDate, type Month, monthOf } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from './account.ts'
import { type FiscalYear, firstOpenDay, type LockLevel, reversalDay } from './books.ts'
import type { VoucherWithEntries } from './read-voucher.ts'

/** A voucher as another one points at it. */
export type VoucherLink = {
  id: string
  ledgerVersion: number
  series: string
  fiscalYear: number
  number: number
  voucherDate: IsoDate
  recordedAt: string
  by: string
  reason: string | null
  hash: string
}
export type Named = { nameNb: string; nameEn: string }

/** What one needs beside a voucher to read it: names, the vouchers it hangs together with, and the lock on its month. */
export type VoucherSurroundings = {
  type: Named
  accounts: Map<string, Named>
  /** By kind and number. */
  parties: Map<string, string>
  /** Dimensions in order, each with the names of its values. */
  dimensions: (Named & { key: string; values: Map<string, string> })[]
  previous: VoucherLink | undefined
  next: VoucherLink | undefined
  reversalOf: VoucherLink | undefined
  reversedBy: VoucherLink | undefined
  level: LockLevel
  /** The first day from the voucher's own on which its reversal may be dated. */
  firstOpenDay: IsoDate | undefined
  /** The day its reversal is proposed for. */
  reversalDay: IsoDate | undefined
  corrects: VoucherLink | undefined
  correctedBy: VoucherLink[]
}

const LINK = `select id, ledger_version, series, fiscal_year, number, voucher_date, recorded_at, by, reason, hash from voucher`

export async function readVoucherSurroundings(
  db: Database,
  voucher: VoucherWithEntries,
  today: IsoDate,
): Promise<VoucherSurroundings> {
  const accounts = JSON.stringify([...new Set(voucher.entries.map((e) => e.account))])
  const parties = JSON.stringify([...new Set(voucher.entries.flatMap((e) => e.party ?? []))])
  const version = String(voucher.ledgerVersion)
  const [type, names, partyNames, dimensions, values, links, periods, years] = await db.batch(
    [
      { sql: 'select name_nb, name_en from voucher_type where key = ?', args: [voucher.type] },
      {
        sql: 'select number, name_nb, name_en from account where number in (select value from json_each(?))',
        args: [accounts],
      },
      {
        sql: `select kind, number, name from party
              where kind in ('customer', 'supplier') and number in (select value from json_each(?))`,
        args: [parties],
      },
      'select key, name_nb, name_en from dimension order by position, key',
      'select dimension, code, name from dimension_value',
      {
        sql: `${LINK} where ledger_version in (cast(?1 as integer) - 1, cast(?1 as integer) + 1) or id = ?2 or reversal_of = ?3
                or id in (select value from json_each(?4)) order by ledger_version`,
        args: [
          version,
          voucher.reversalOf,
          voucher.id,
          JSON.stringify([...voucher.correctedBy, ...(voucher.corrects ? [voucher.corrects] : [])]),
        ],
      },
      'select month, level from period order by month',
      'select year, first_date, last_date from fiscal_year order by first_date',
    ],
    'read',
  )
  const found = links!.rows.map(linkOf)
  const levels = new Map(periods!.rows.map((r) => [String(r.month), String(r.level) as LockLevel]))
  const fiscalYears = years!.rows.map(
    (r) =>
      ({
        year: Number(r.year),
        firstDate: String(r.first_date),
        lastDate: String(r.last_date),
      }) as unknown as FiscalYear,
  )
  const open = { periods: levels as Map<Month, LockLevel>, fiscalYears }
  return {
    type: type!.rows[0] ? namedOf(type!.rows[0]) : { nameNb: voucher.type, nameEn: voucher.type },
    accounts: new Map(names!.rows.map((r) => [String(r.number), namedOf(r)])),
    parties: new Map(
      partyNames!.rows.map((r) => [partyNameKey(String(r.kind) as PartyKind, String(r.number)), String(r.name)]),
    ),
    dimensions: dimensions!.rows.map((r) => ({
      key: String(r.key),
      ...namedOf(r),
      values: new Map(values!.rows.filter((v) => v.dimension === r.key).map((v) => [String(v.code), String(v.name)])),
    })),
    previous: found.find((link) => link.ledgerVersion === voucher.ledgerVersion - 1),
    next: found.find((link) => link.ledgerVersion === voucher.ledgerVersion + 1),
    reversalOf: found.find((link) => link.id === voucher.reversalOf),
    reversedBy: found.find((link) => link.id === voucher.reversedBy),
    level: levels.get(monthOf(voucher.voucherDate)) ?? 'open',
    firstOpenDay: firstOpenDay(voucher.voucherDate, open),
    reversalDay: reversalDay(voucher.voucherDate, today, open),
    corrects: found.find((link) => link.id === voucher.corrects),
    correctedBy: found.filter((link) => voucher.correctedBy.includes(link.id)),
  }
}

export const partyNameKey = (kind: PartyKind, number: string): string => `${kind}:${number}`

type Row = Record<string, unknown>
const namedOf = (r: Row): Named => ({ nameNb: String(r.name_nb), nameEn: String(r.name_en) })
const linkOf = (r: Row): VoucherLink => ({
  id: String(r.id),
  ledgerVersion: Number(r.ledger_version),
  series: String(r.series),
  fiscalYear: Number(r.fiscal_year),
  number: Number(r.number),
  voucherDate: String(r.voucher_date) as IsoDate,
  recordedAt: String(r.recorded_at),
  by: String(r.by),
  reason: r.reason === null ? null : String(r.reason),
  hash: String(r.hash),
})
