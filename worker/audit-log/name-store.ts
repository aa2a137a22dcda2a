import type { Locale } from '#i18n/format.ts'
import type { Database } from '#worker/database/connect.ts'
import { placeOfItem } from '#worker/ledger/open-item.ts'
import type { LogEntry } from './log-store.ts'

/** How a voucher's number is written: IF 2026-205. */
const NUMBER = "v.series || '\u00a0' || v.fiscal_year || '-' || v.number"

/**
 * What the ids and numbers of log entries are called in the books: the number of a voucher and of an open item's voucher,
 * a match's customer or supplier, a document's file, a comment's text, and the names of registers. What is gone has none.
 */
export async function readBookNames(
  db: Database,
  entries: readonly LogEntry[],
  locale: Locale,
): Promise<Map<string, string>> {
  const ids = [...new Set(entries.flatMap(idsIn))]
  if (ids.length === 0) return new Map()
  const parts = ids.map((id) => {
    const item = placeOfItem(id)
    const [kind, ...number] = id.split(' ')
    return item ? [id, 'item', item[0]] : [id, kind, number.join(' ')]
  })
  const named = (table: string, name: string) =>
    `select t.id, ${name} as name from given join ${table} t on t.id = given.id`
  const { rows } = await db.execute({
    sql: `with given (id, kind, number) as (
            select value ->> 0, value ->> 1, value ->> 2 from json_each(?))
          select given.id, ${NUMBER} as name from given join voucher v on v.id = given.id
          union all select given.id, ${NUMBER} from given join voucher v on v.ledger_version = given.number and given.kind = 'item'
          union all select given.id, p.name from given join item_match m on m.id = given.id
            join party p on p.kind = m.party_kind and p.number = m.party
          union all select given.id, p.name from given join party p on p.kind = given.kind and p.number = given.number
          union all select given.id, a.${locale === 'nb' ? 'name_nb' : 'name_en'}
            from given join account a on given.kind = 'account' and a.number = given.number
          union all ${named('document', "coalesce(t.file_name, '#' || t.stamp)")}
          union all ${named('voucher_comment', 't.text')}
          union all ${['budget', 'recurring'].map((table) => named(table, 't.name')).join(' union all ')}
          union all ${['sheet_import', 'import_job'].map((table) => named(table, 't.file_name')).join(' union all ')}`,
    args: [JSON.stringify(parts)],
  })
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[String(id), String(name)] as const])))
}

/** Whatever an entry names: its subject, the fields that are items, and the values that are ids. */
const idsIn = ({ type, subject, changes }: LogEntry): string[] => [
  type.startsWith('account.') ? `account ${subject}` : subject,
  ...Object.entries(changes ?? {})
    .flatMap(([field, values]) => [field, ...values.flat()])
    .filter((value): value is string => typeof value === 'string' && /^[a-z]{3}_/.test(value)),
]
