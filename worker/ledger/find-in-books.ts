import type { IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import { anywhere } from '#worker/core/text.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { PartyKind } from './account.ts'
import { type Keeping, takeIn } from './keep-search.ts'
import type { VoucherQuery } from './list-vouchers.ts'
import { readSearch } from './read-search.ts'
import { stampOf } from './search-query.ts'

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

const VOUCHER = `select v.id, v.ledger_version, v.series, v.fiscal_year, v.number, v.voucher_date, v.text,
  (select coalesce(sum(amount), 0) from entry e where e.ledger_version = v.ledger_version and amount > 0) as amount
  from voucher v`
const NEWEST_FIRST = `order by v.ledger_version desc limit ${EACH}`

/**
 * Vouchers with that number, then those in which the words stand: in their text, parties, invoice numbers, KID, amounts, stamp
 * numbers and comments; and the parties and accounts whose number begins with the text or whose name holds it. `books` writes the index, where the reader may not.
 */
export async function findInBooks(
  db: Database,
  text: string,
  named: Named,
  { books }: Pick<Keeping, 'books'> = {},
): Promise<Found> {
  const words = text.length < 2 ? undefined : await readSearch(db, text)
  if (words !== undefined) await takeIn(db, { rounds: 1, books }) // the newest first: one types on, and does not wait for a whole ledger
  const anyCase = anywhere(text)
  const beginning = anyCase.slice(1)
  const [parties, accounts, ...vouchers] = await db.batch(
    [
      {
        sql: `select kind, number, name from party
              where number glob ?1 or name glob ?2 or organisation_number = ?3 or external_number = ?3
              order by active desc, kind, number limit ${EACH}`,
        args: [beginning, anyCase, text.replace(/\s/g, '')],
      },
      {
        sql: `select number, name_nb, name_en from account
              where number glob ?1 or external_number glob ?1 or name_nb glob ?2 or name_en glob ?2
              order by number limit ${EACH}`,
        args: [beginning, anyCase],
      },
      ...(named.number === undefined ? [] : [byNumber(named)]),
      ...(words === undefined ? [] : [byWords(words, stampOf(text))]),
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
/** Each list ends with its newest, so that a common word never reads a whole ledger. */
const byWords = (words: string, stamp: number | undefined): InStatement => ({
  sql: `${VOUCHER} where v.ledger_version in (
      select * from (select rowid from voucher_search where voucher_search match ?1 order by rowid desc limit ${EACH})
      union all select * from (select ledger_version from voucher_comment
        where sequence in (select rowid from comment_search where comment_search match ?1)
        order by ledger_version desc limit ${EACH})
      union all select * from (select ledger_version from voucher_document where stamp = cast(?2 as integer)
        order by ledger_version desc limit ${EACH})) ${NEWEST_FIRST}`,
  args: [words, String(stamp ?? 0)],
})
