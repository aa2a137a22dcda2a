import { anywhere } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { searchOf, wordsOf } from './search-query.ts'

/** Renamed parties whose other names a search looks under for each word: those first that most of its words are names of. */
const PARTIES = 200

/**
 * What the index is asked for a text as typed. A party may have got another name after its vouchers were taken in: where a word begins
 * one in any of its names, the others with its number before, as they stand in the index, will do for that word.
 */
export async function readSearch(db: Database, text: string): Promise<string | undefined> {
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const { rows } = await db.execute({
    sql: `with named as (
            select w.key as word, w.value as pattern, n.kind, n.number, count(*) as names, sum(' ' || n.name glob w.value) as hits
            from json_each(?) w cross join party_name n group by w.key, n.kind, n.number having hits > 0),
          weighed as (select *, count(*) over (partition by kind, number) as words from named),
          placed as (select *, row_number() over (partition by word order by words desc, kind, number) as place
            from weighed where hits < names)
          select word, (select json_group_array(n.number || ' ' || n.name) from party_name n
            where n.kind = p.kind and n.number = p.number and not ' ' || n.name glob p.pattern) as others
          from placed p where place <= ${PARTIES}`,
    args: [JSON.stringify(words.map(({ word }) => BEGINS + anywhere(word).slice(1)))],
  })
  const instead = new Map<number, string[]>()
  for (const { word, others } of rows)
    instead.set(Number(word), [...(instead.get(Number(word)) ?? []), ...(JSON.parse(String(others)) as string[])])
  return searchOf(words, instead)
}

/** Whatever stands before a word: no letter and no digit. */
const BEGINS = '*[^0-9A-Za-zÀ-ɏ]'
