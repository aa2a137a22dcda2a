import { budgetSheetWords, MONTH_WORDS, thousandWords } from '#i18n/budget-sheet-words.ts'
import type { Books } from '#worker/ledger/books.ts'

const plain = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()

/**
 * Which month of a budget a title means, by its place among the months: `jan`, `januar 2026`, `2026-01`, `01.2026`, `31.01.2026`,
 * `periode 1`, `P01`, `1`. A bare number counts only where `numbers` says that the titles are a row of them.
 */
export function monthOfTitle(title: string, months: readonly string[], numbers = false): number | undefined {
  const words = plain(title)
  if (words === '') return undefined
  const find = (month: number, year?: number): number | undefined => {
    if (month < 1 || month > 12) return undefined
    const two = String(month).padStart(2, '0')
    const at = months.findIndex((m) => m.slice(5) === two && (year === undefined || Number(m.slice(0, 4)) === year))
    return at < 0 ? undefined : at
  }
  const fullYear = (text: string | undefined) =>
    text === undefined ? undefined : Number(text.length === 2 ? `20${text}` : text)
  const iso = /^(\d{4})[-./](\d{1,2})(?:[-./]\d{1,2})?$/.exec(title.trim())
  if (iso) return find(Number(iso[2]), Number(iso[1]))
  const day = /^(?:\d{1,2}[./])?(\d{1,2})[./](\d{4}|\d{2})$/.exec(title.trim())
  if (day) return find(Number(day[1]), fullYear(day[2]))
  const named = /^(\p{Letter}+) ?(\d{4}|\d{2})?$/u.exec(words)
  if (named) {
    const month = MONTH_WORDS.get(named[1]!)
    if (month !== undefined) return find(month, fullYear(named[2]))
  }
  const period = /^(?:p|per|periode|period|mnd|måned|month|m) ?(\d{1,2})$/.exec(words)
  if (period) return monthByPlace(Number(period[1]), months)
  return numbers && /^\d{1,2}$/.test(words) ? monthByPlace(Number(words), months) : undefined
}

const monthByPlace = (place: number, months: readonly string[]): number | undefined =>
  place >= 1 && place <= months.length ? place - 1 : undefined

/** What a column of a budget holds, beside months and values of a dimension. */
export type BudgetColumn =
  | 'account'
  | 'accountName'
  | 'total'
  | 'spread'
  | 'comment'
  | 'month'
  | 'amount'
  | 'sign'
  | 'skip'

const byTitle = new Map<string, BudgetColumn>(
  Object.entries(budgetSheetWords).flatMap(([meaning, names]) =>
    names.map((name) => [name, meaning as BudgetColumn] as const),
  ),
)

export const columnOfTitle = (title: string): BudgetColumn | undefined => {
  const words = plain(title)
  return byTitle.get(words) ?? byTitle.get(words.replace(/ (nok|kr|i nok|20\d\d)$/, ''))
}

/** The dimension a title names, by key or name in either language. */
export function dimensionOfTitle(title: string, { dimensions }: Pick<Books, 'dimensions'>): string | undefined {
  const words = plain(title).replace(/ (nr|nummer|kode|code|no|number)$/, '')
  return [...dimensions.values()].find((d) => [d.key, plain(d.nameNb), plain(d.nameEn)].includes(words))?.key
}

/** A value of a dimension, by code, name, or both: `10`, `Verksted`, `10 Verksted`, `Avdeling 10 Verksted`. */
export function valueOfTitle(
  title: string,
  { dimensions }: Pick<Books, 'dimensions'>,
): { dimension: string; value: string } | undefined {
  const words = plain(title)
  if (words === '') return undefined
  for (const d of dimensions.values()) {
    const own = words.replace(new RegExp(`^(${d.key}|${plain(d.nameNb)}|${plain(d.nameEn)})\\b ?`), '')
    for (const { code, name } of d.values)
      if ([plain(code), plain(name), `${plain(code)} ${plain(name)}`].includes(own))
        return { dimension: d.key, value: code }
  }
  return undefined
}

/** Whether a text says that figures are in thousands. */
export function saysThousands(text: string): boolean {
  const words = ` ${plain(text)} `
  return thousandWords.some((word) => words.includes(` ${word} `))
}
