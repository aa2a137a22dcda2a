import * as z from 'zod/mini'

// U+0000 is cut by the database, a lone surrogate silently becomes U+FFFD, and neither would hash the same when read back.
const NOT_ALLOWED = /\u0000|\p{Noncharacter_Code_Point}|\p{Surrogate}/u

/** Whether a text can be stored and read back as it is: no U+0000, lone surrogates or non-characters. */
export const isStorable = (s: string): boolean => !NOT_ALLOWED.test(s)

/** The first `max` characters of a text, never half of one (a lone surrogate): that is read back as broken UTF-8. */
export const cutText = (s: string, max: number): string => s.slice(0, max).replace(/[\uD800-\uDBFF]$/, '')

/** A text on one line, as a cell or a line of a file holds it. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** A GLOB pattern that finds a text anywhere, whatever the case of its letters: the database only knows that of A to Z. */
export const anywhere = (text: string): string =>
  `*${[...text].map((character) => (character === '^' ? character : `[${bothCases(character)}]`)).join('')}*`

const bothCases = (character: string): string =>
  [...new Set([character, character.toLowerCase(), character.toUpperCase()])]
    .filter((c) => [...c].length === 1)
    .join('')

/** Schema of a text of at most `max` characters that can be stored; its messages are problem codes. */
export const Text = (max: number) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
    .check(z.maxLength(max, 'field/invalid'), z.refine(isStorable, 'text/not-allowed'))

/** A text that must hold something. */
export const FilledText = (max: number) => Text(max).check(z.refine((s) => s.trim().length > 0, 'field/required'))
