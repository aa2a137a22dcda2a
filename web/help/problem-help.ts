import type { Locale } from '#i18n/format.ts'
import { textFile } from '#worker/http/text-file.ts'

export type ProblemHelp = { code: string; cause: string; cure: string }

const FILES: Readonly<Record<Locale, string>> = { nb: 'i18n/nb/problem-help.md', en: 'docs/problems.md' }
const ONE = /^### `([a-z/-]+)`\n\n([\s\S]*?)\s*\*\*(?:Cure|Råd):\*\*\s*([\s\S]*?)(?=\n#|(?![\s\S]))/gm
const plain = (text = ''): string => text.replaceAll('`', '').replace(/\s+/g, ' ').trim()

/** Every problem code with its cause and cure, in order: docs/problems.md, and the same in Norwegian. */
export async function problemHelps(locale: Locale): Promise<ProblemHelp[]> {
  const text = await textFile(FILES[locale])
  return [...text.matchAll(ONE)].map(([, code, cause, cure]) => ({
    code: code!,
    cause: plain(cause),
    cure: plain(cure),
  }))
}
