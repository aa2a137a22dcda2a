import type { LayoutLine } from '#worker/reports/report-layout.ts'

/** The words that stand for sides and results in the text of a layout. */
export type LayoutWords = { debit: string; credit: string; year: string; earlier: string }

/** A layout's lines as a text that people edit: a line each, its fields parted by semicolons. */
export const layoutText = (lines: readonly LayoutLine[], words: LayoutWords): string =>
  lines
    .map((line) => {
      const content = line.sum
        ? `= ${line.sum.join(' + ')}`
        : line.result
          ? line.result === 'year'
            ? words.year
            : words.earlier
          : [...(line.accounts ?? []), ...(line.groupings ?? [])].join(', ')
      return [`${line.key}${line.total ? '*' : ''}`, line.nameNb, line.nameEn, words[line.side], content]
        .join('; ')
        .trim()
    })
    .join('\n')

/** The lines of such a text, or the number of the first one that cannot be read. */
export function linesOfText(
  text: string,
  words: LayoutWords,
): { lines: Partial<LayoutLine>[] } | { unreadable: number } {
  const lines: Partial<LayoutLine>[] = []
  for (const [i, row] of text.split('\n').entries()) {
    if (row.trim() === '') continue
    const [key = '', nameNb = '', nameEn = '', side = '', ...rest] = row.split(';').map((part) => part.trim())
    const own = side === words.debit ? 'debit' : side === words.credit ? 'credit' : undefined
    if (!key || !nameNb || !own) return { unreadable: i + 1 }
    const content = rest.join(';').trim()
    lines.push({
      key: key.replace(/\*$/, ''),
      nameNb,
      nameEn: nameEn || nameNb,
      side: own,
      ...(key.endsWith('*') && { total: true }),
      ...contentOf(content, words),
    })
  }
  return { lines }
}

function contentOf(content: string, words: LayoutWords): Partial<LayoutLine> {
  if (content === '') return {}
  if (content === words.year) return { result: 'year' }
  if (content === words.earlier) return { result: 'earlier-years' }
  if (content.startsWith('='))
    return {
      sum: content
        .slice(1)
        .split('+')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    }
  const parts = content
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  // A place in the næringsspesifikasjon begins with a small letter; an account may be any text, but hardly that.
  const isCode = (part: string) => /^[a-zæøå]/.test(part)
  const [accounts, groupings] = [parts.filter((part) => !isCode(part)), parts.filter(isCode)]
  return { ...(accounts.length > 0 && { accounts }), ...(groupings.length > 0 && { groupings }) }
}
