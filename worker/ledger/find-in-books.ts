import type { IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { PartyKind } from './account.ts'
import type { VoucherQuery } from './list-vouchers.ts'

export type Found = {
  vouchers: {
    id: string
    series: string
    fiscalYear: number
    number: number
    voucherDate: IsoDate
    text: string
    amount: Ore
  }[]
  parties: { kind: PartyKind; number: string; name: string }[]
  accounts: { number: string; nameNb: string; nameEn: string }[]
}
type Named = Pick<VoucherQuery, 'series' | 'fiscalYear' | 'number'>

const EACH = 6
/** Amounts and texts are looked for among this many of the newest vouchers, so that a search never reads a whole ledger. */
const NEWEST = 20_000

const VOUCHER = `select v.id, v.ledger_version, v.series, v.fiscal_year, v.number, v.voucher_date, v.text,
  (select coalesce(sum(amount), 0) from entry e where e.ledger_version = v.ledger_version and amount > 0) as amount
  from voucher v`
const AMONG_NEWEST = `v.ledger_version > (select coalesce(max(ledger_version), 0) from voucher) - ${NEWEST}`
const NEWEST_FIRST = `order by v.ledger_version desc limit ${EACH}`

/**
 * Vouchers with that number, with an entry of that amount in øre, or with the text in theirs; and the parties and accounts
 * whose number begins with the text or whose name holds it. One round trip.
 */
export async function findInBooks(
  db: Database,
  text: string,
  named: Named,
  amount: number | undefined,
): Promise<Found> {
  const anywhere = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const beginning = anywhere.slice(1)
  const [parties, accounts, ...vouchers] = await db.batch(
    [
      {
        sql: `select kind, number, name from party
              where number like ?1 escape '\\' or name like ?2 escape '\\' or organisation_number = ?3
                or external_number = ?3
              order by active desc, kind, number limit ${EACH}`,
        args: [beginning, anywhere, text.replace(/\s/g, '')],
      },
      {
        sql: `select number, name_nb, name_en from account
              where number like ?1 escape '\\' or external_number like ?1 escape '\\' or name_nb like ?2 escape '\\' or name_en like ?2 escape '\\'
              order by number limit ${EACH}`,
        args: [beginning, anywhere],
      },
      ...(named.number === undefined ? [] : [byNumber(named)]),
      ...(amount === undefined ? [] : [byAmount(amount)]),
      ...(text.length < 2 ? [] : [byText(anywhere)]),
    ],
    'read',
  )
  const rows = new Map(vouchers.flatMap((result) => result.rows).map((row) => [String(row.id), row]))
  return {
    vouchers: [...rows.values()].slice(0, EACH).map((r) => ({
      id: String(r.id),
      series: String(r.series),
      fiscalYear: Number(r.fiscal_year),
      number: Number(r.number),
      voucherDate: String(r.voucher_date) as IsoDate,
      text: String(r.text),
      amount: Number(r.amount) as Ore,
    })),
    parties: parties!.rows.map((r) => ({
      kind: String(r.kind) as PartyKind,
      number: String(r.number),
      name: String(r.name),
    })),
    accounts: accounts!.rows.map((r) => ({
      number: String(r.number),
      nameNb: String(r.name_nb),
      nameEn: String(r.name_en),
    })),
  }
}

/** Through the index on series, year and number: the series and years are named, all of them when none was given. */
const byNumber = ({ series, fiscalYear, number }: Named): InStatement => ({
  sql: `${VOUCHER} where v.series in (select series from voucher_type where ?1 is null or series = ?1)
          and v.fiscal_year in (select year from fiscal_year where ?2 is null or year = cast(?2 as integer))
          and v.number = cast(?3 as integer) ${NEWEST_FIRST}`,
  args: [series ?? null, fiscalYear === undefined ? null : String(fiscalYear), String(number)],
})
const byAmount = (amount: number): InStatement => ({
  sql: `${VOUCHER} where ${AMONG_NEWEST} and exists (select 1 from entry e
          where e.ledger_version = v.ledger_version and abs(e.amount) = cast(? as integer)) ${NEWEST_FIRST}`,
  args: [String(amount)],
})
const byText = (pattern: string): InStatement => ({
  sql: `${VOUCHER} where ${AMONG_NEWEST} and v.text like ? escape '\\' ${NEWEST_FIRST}`,
  args: [pattern],
})
