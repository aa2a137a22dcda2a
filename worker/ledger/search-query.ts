/** The most words of a search that count. */
const WORDS = 12
/** An amount as people write it, spaces of thousands and all: "1 250,00", "1250,5", "1250.00", "-1.250,00". */
const AMOUNT = /(?<![\p{L}\p{N}])[-−]?(\d{1,3}(?:[ \u00a0.]\d{3})+|\d{1,13})(?:[,.](\d{2})|,(\d))(?![\p{L}\p{N}])/gu

/** Whole kroner with their thousands apart, and nothing else: "24 875". */
const THOUSANDS = /^[-−]?\d{1,3}(?:[ \u00a0.]\d{3})+$/

/** How an amount stands in the index: `kr125000` is 1 250,00, whichever side it was booked on. */
export const amountWord = (ore: number | string): string => `kr${ore}`

/** A word as typed, and what the index is asked for it. */
type Sought = { word: string; match: string }

/** The words of a text as typed. One that begins with it will do; a whole number may be a number, or kroner. */
export function wordsOf(text: string): Sought[] {
  const words: Sought[] = []
  const typed = THOUSANDS.test(text.trim()) ? text.replace(/\D/g, '') : text
  const rest = typed.replace(AMOUNT, (_, whole: string, two?: string, one?: string) => {
    const amount = amountWord(`${whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')}${two ?? `${one}0`}`)
    words.push({ word: amount, match: quoted(amount) })
    return ' '
  })
  for (const word of rest.split(/[\s\u00a0]+/)) {
    if (!/[\p{L}\p{N}]/u.test(word)) continue
    // Short numbers are numbers of vouchers and accounts, which others begin with.
    const begins = /^\d{1,3}$/.test(word) ? quoted(word) : `${quoted(word)}*`
    const match = /^\d{1,13}$/.test(word) ? `(${begins} OR ${quoted(amountWord(`${word}00`))})` : begins
    words.push({ word, match })
  }
  return words.slice(0, WORDS)
}

/**
 * What an index is asked for words, all of which must stand in the voucher; undefined when there is nothing to look for. `instead` are
 * texts that will do for the word at that place.
 */
export function searchOf(words: readonly Sought[], instead: ReadonlyMap<number, string[]> = new Map()) {
  const asked = words.map(({ match }, i) => {
    const others = instead.get(i)
    return others ? `(${[match, ...others.map(quoted)].join(' OR ')})` : match
  })
  return asked.length > 0 ? asked.join(' AND ') : undefined
}

/** A stamp number, when that is all that was typed: "12" or "#12". */
export const stampOf = (text: string): number | undefined => {
  const digits = /^#?\s*(\d{1,15})$/.exec(text.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`
