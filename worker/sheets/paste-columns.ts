import { columnWords, type Meaning } from '#i18n/sheet-words.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { dimensionOfTitle } from './budget-titles.ts'
import { readAmount } from './read-amount.ts'
import { readSheetDate } from './read-day.ts'

/** What each column holds, by its place; a column nobody needs is left out. */
export type Columns = {
  meanings: readonly (Meaning | undefined)[]
  titles: readonly string[]
  from: 'header' | 'content' | 'place'
}

/** A name as programs write it, `dueDate`, is read as its words. */
const plain = (title: string): string =>
  title
    .replace(/(?<=\p{Lowercase})(?=\p{Uppercase})/gu, ' ')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()

const byTitle = new Map<string, Meaning>(
  Object.entries(columnWords).flatMap(([meaning, names]) => names.map((name) => [name, meaning as Meaning] as const)),
)

/** A title's meaning, whatever currency or mark stands behind it. */
export function meaningOf(title: string): Meaning | undefined {
  const words = plain(title)
  return byTitle.get(words) ?? byTitle.get(words.replace(/ (nok|kr|i nok)$/, ''))
}

/** How far down a header may stand: below a report's own title. */
const HEADER_WITHIN = 12

/** What a title means in a company: as everywhere, else the dimension of its own that it names. */
function meaningIn(title: string, books: Pick<Books, 'dimensions'>): Meaning | undefined {
  const known = meaningOf(title)
  const own = known ? undefined : dimensionOfTitle(title, books)
  return own ? `dimensions/${own}` : known
}

/** The row that names the columns, if there is one. */
export function headerOf(
  cells: readonly string[][],
  books: Pick<Books, 'dimensions'>,
): { at: number; columns: Columns } | undefined {
  for (let at = 0; at < Math.min(cells.length, HEADER_WITHIN); at++) {
    const titles = cells[at]!
    const filled = titles.filter((t) => t !== '').length
    const meanings = titles.map((title) => meaningIn(title, books))
    const known = new Set(meanings.filter((m) => m !== undefined))
    if (known.size < 2 || meanings.filter(Boolean).length * 2 < filled) continue
    return { at, columns: { titles, meanings: once(meanings), from: 'header' } }
  }
  return undefined
}

/** Of two columns with the same meaning the first counts. */
function once(meanings: readonly (Meaning | undefined)[]): (Meaning | undefined)[] {
  const seen = new Set<Meaning>()
  return meanings.map((m) => {
    if (!m || seen.has(m)) return undefined
    seen.add(m)
    return m
  })
}

/** Rows looked at to find out what a column holds. */
const SAMPLE = 200
const MOST = 0.8

type Kind = {
  filled: number
  date: number
  account: number
  amount: number
  vat: number
  whole: number
  letters: number
}

/** What the columns hold by what stands in them; undefined unless accounts and amounts are found. */
export function columnsByContent(cells: readonly string[][], books: Books): Columns | undefined {
  const rows = cells.slice(0, SAMPLE)
  const width = Math.max(...rows.map((row) => row.length))
  const kinds = Array.from({ length: width }, (_, col) =>
    kindOf(
      rows.map((row) => row[col] ?? ''),
      books,
    ),
  )
  const meanings: (Meaning | undefined)[] = Array(width).fill(undefined)
  const free = (col: number) => meanings[col] === undefined && kinds[col]!.filled > 0
  const mostly = (col: number, kind: keyof Kind) => kinds[col]![kind] >= kinds[col]!.filled * MOST
  const each = (holds: (col: number) => boolean): number[] =>
    kinds.flatMap((_, col) => (free(col) && holds(col) ? [col] : []))

  const [date] = each((col) => mostly(col, 'date'))
  if (date !== undefined) meanings[date] = 'date'
  const accounts = each((col) => mostly(col, 'account'))
  if (accounts.length === 0) return undefined
  meanings[accounts[0]!] = 'account'
  if (accounts[1] !== undefined) meanings[accounts[1]] = 'contraAccount'
  const [vat] = each((col) => mostly(col, 'vat') && kinds[col]!.vat === kinds[col]!.filled)
  const amounts = each((col) => col !== vat && mostly(col, 'amount'))
  const money = amounts.filter((col) => kinds[col]!.whole < kinds[col]!.filled || amounts.length === 1)
  const sums = money.length > 0 ? money : amounts
  const [first, second] = sums
  if (first === undefined) return undefined
  if (second !== undefined && takeTurns(rows, first, second)) {
    meanings[first] = 'debit'
    meanings[second] = 'credit'
  } else meanings[sums.find((col) => kinds[col]!.filled === rows.length) ?? first] = 'amount'
  if (vat !== undefined && vat > accounts[0]!) meanings[vat] = 'vatCode'
  const [voucher] = each(
    (col) => mostly(col, 'whole') && col < accounts[0]! && inRuns(rows.map((row) => row[col] ?? '')),
  )
  if (voucher !== undefined) meanings[voucher] = 'voucher'
  const texts = each((col) => mostly(col, 'letters') && !isNameOf(rows, col, accounts[0]!, books))
  const text = texts.toSorted((a, b) => lengthOf(rows, b) - lengthOf(rows, a))[0]
  if (text !== undefined) meanings[text] = 'text'
  return { meanings, titles: meanings.map(() => ''), from: 'content' }
}

function kindOf(values: readonly string[], books: Books): Kind {
  const kind: Kind = { filled: 0, date: 0, account: 0, amount: 0, vat: 0, whole: 0, letters: 0 }
  for (const value of values) {
    if (value === '') continue
    kind.filled++
    const whole = /^\d{1,12}$/.test(value)
    const date = readSheetDate(value)
    // A bare number is a day only where nothing else would be: 46115 and 030426 are more often something else.
    if (date.kind !== 'unreadable' && !(whole && value.length !== 8)) kind.date++
    else if (readAmount(value).kind !== 'unreadable') kind.amount++
    if (books.accounts.has(accountAndParty(value.split(/\s/, 1)[0]!).account)) kind.account++
    if (books.vatCodes.has(value)) kind.vat++
    if (whole) kind.whole++
    if (/\p{Letter}{2}/u.test(value)) kind.letters++
  }
  return kind
}

/** Debit and credit: on each row one of the two is empty or zero. */
export const takeTurns = (rows: readonly string[][], a: number, b: number): boolean => {
  const none = (value: string | undefined) => !value || /^[0.,\s-]*$/.test(value)
  return (
    rows.every((row) => none(row[a]) || none(row[b])) &&
    rows.some((row) => !none(row[a])) &&
    rows.some((row) => !none(row[b]))
  )
}

/** Numbers that repeat in runs, and never come back: what a voucher number does in a list. */
function inRuns(values: readonly string[]): boolean {
  const runs = values.filter((value, i) => value !== '' && value !== values[i - 1])
  return new Set(runs).size === runs.length && runs.length < values.filter(Boolean).length
}

const lengthOf = (rows: readonly string[][], col: number): number =>
  rows.reduce((n, row) => n + (row[col]?.length ?? 0), 0)

function isNameOf(rows: readonly string[][], col: number, account: number, books: Books): boolean {
  const named = rows.filter((row) => {
    const found = books.accounts.get(row[account] ?? '')
    const name = row[col]?.toLowerCase()
    return found && (found.nameNb.toLowerCase() === name || found.nameEn.toLowerCase() === name)
  })
  return named.length * 2 > rows.length
}
