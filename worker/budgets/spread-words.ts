import { spreadWords } from '#i18n/budget-sheet-words.ts'
import { SPREAD_KEYS } from './spread.ts'

/** A key by itself or by its name, as a sheet may have it. */
export function spreadKeyOf(
  text: string | undefined,
  { seasons }: { seasons: readonly { key: string; name: string }[] },
): string | undefined {
  if (text === undefined) return undefined
  const words = text.trim().toLowerCase()
  for (const key of SPREAD_KEYS) if (spreadWords[key].includes(words)) return key
  return seasons.find((s) => s.key === words || s.name.toLowerCase() === words)?.key
}
