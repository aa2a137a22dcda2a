import en from '../docs/problems.md'
import type { Locale } from './format.ts'
import nb from './nb/problems.md'

export type ProblemHelp = { code: string; cause: string; cure: string }

const ONE = /^### `([a-z/-]+)`\n\n([\s\S]*?)\s*\*\*(?:Cure|Råd):\*\*\s*([\s\S]*?)(?=\n#|(?![\s\S]))/gm
const plain = (text = ''): string => text.replaceAll('`', '').replace(/\s+/g, ' ').trim()
const helpsOf = (text: string): ProblemHelp[] =>
  [...text.matchAll(ONE)].map(([, code, cause, cure]) => ({ code: code!, cause: plain(cause), cure: plain(cure) }))

/** Every problem code with its cause and cure, in order: docs/problems.md, and the same in Norwegian. */
export const problemHelps: Readonly<Record<Locale, readonly ProblemHelp[]>> = { nb: helpsOf(nb), en: helpsOf(en) }
