import { anywhere } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { searchOf, wordsOf } from './search-query.ts'

/** Renamed parties whose other names a search looks under. */
const PARTIES = 200

/**
 * What the index is asked for a text as typed. A party may have got another name after its vouchers were taken in: where a word begins
 * one in any of its names, the others with its number before, as they stand in the index, will do for that word.
 */
export async function readSearch(db: Database, text: string): Promise<string | undefined> {
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const { rows } = await db.execute({
    sql: `select w.key as word, json_group_array(n.number || ' ' || n.name) filter (where not ' ' || n.name glob w.value) as others
          from json_each(?) w cross join party_name n group by w.key, n.kind, n.number
          having sum(' ' || n.name glob w.value) between 1 and count(*) - 1 limit ${PARTIES}`,
    args: [JSON.stringify(words.map(({ word }) => BEGINS + anywhere(word).slice(1)))],
  })
  const instead = new Map<number, string[]>()
  for (const { word, others } of rows)
    instead.set(Number(word), [...(instead.get(Number(word)) ?? []), ...(JSON.parse(String(others)) as string[])])
  return searchOf(words, instead)
}

/** Whatever stands before a word: no letter and no digit. */
const BEGINS = '*[^0-9A-Za-zÀ-ɏ]'
