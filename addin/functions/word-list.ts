import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import type { Given } from './arguments.ts'

/** What a word of either language names, whatever its case; undefined for a word that is none of them. */
export function wordsOf(
  pick: (texts: typeof nb) => Readonly<Record<string, readonly string[]>>,
): (given: Given) => string | undefined {
  const words = new Map(
    [nb, en].flatMap((texts) =>
      Object.entries(pick(texts)).flatMap(([key, list]) => list.map((word) => [word, key] as const)),
    ),
  )
  return (given) =>
    words.get(
      String(given ?? '')
        .trim()
        .toUpperCase(),
    )
}
