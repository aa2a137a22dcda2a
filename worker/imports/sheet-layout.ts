import { importHeadings, plainHeading } from '#i18n/import-headings.ts'
import { openingSheetWords } from '#i18n/opening-sheet-words.ts'
import { isBankAccount, isOrganisationNumber } from '#worker/core/identifiers.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { dimensionOfTitle } from '#worker/sheets/budget-titles.ts'
import { columnsByContent, headerOf, takeTurns } from '#worker/sheets/paste-columns.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import { withOneFigure } from './figure-columns.ts'
import { FIELDS, fieldsOf, type Register, USUAL_ORDER } from './import-field.ts'
import type { Choices, Column, Layout } from './import-reading.ts'

/** How far down headings may stand: below a report's own title. */
const HEADER_WITHIN = 15
const SAMPLES = 3
const SAMPLE_ROWS = 200

/** What an earlier import of the same source was taken to mean: fields by the column's place. */
export type SavedLayouts = ReadonlyMap<string, Readonly<Record<string, string | null>>>

/**
 * Finds out where the headings of a sheet stand and what each column holds: as somebody chose, as the same source was read before, by
 * its heading, by what stands in it, or by its place. Each column says which.
 */
export function layoutOf(
  rows: readonly string[][],
  register: Register,
  books: Books,
  choices: Pick<Choices, 'header' | 'columns' | 'answers'>,
  saved: SavedLayouts,
): Layout {
  const proposed =
    known(rows, register, saved) ??
    (register === 'vouchers' ? voucherColumns(rows, books) : proposal(rows, register, books))
  const header = choices.header ?? proposed.header
  const width = Math.max(0, ...rows.slice(0, SAMPLE_ROWS).map((row) => row.length))
  const titles = Array.from({ length: width }, (_, col) => (header >= 0 ? (rows[header]?.[col] ?? '') : ''))
  const source = sourceOf(register, titles)
  const before = saved.get(source)
  const fields =
    choices.header === null || choices.header === proposed.header
      ? proposed.fields
      : titles.map((title) => fieldOf(title, register, books))
  const own = (col: number): Pick<Column, 'field' | 'why'> => {
    if (String(col) in choices.columns) return { field: choices.columns[String(col)] ?? null, why: 'chosen' }
    if (before && String(col) in before) return { field: before[String(col)] ?? null, why: 'saved' }
    const field = fields[col] ?? null
    return { field, why: field === null ? 'none' : proposed.why }
  }
  const body = rows.slice(header + 1)
  const columns = titles.map((title, col) => ({ title, samples: samplesOf(body, col), ...own(col) }))
  const figure = withOneFigure(columns, register, choices.answers)
  return { ...figure, header, columns: onceEach(figure.columns), source }
}

/** Whose open items a list has, where its headings say it. */
export function kindOfTitles(titles: readonly string[]): PartyKind | undefined {
  const says = (words: ReadonlySet<string>) => titles.some((title) => title !== '' && words.has(plainHeading(title)))
  const [customers, suppliers] = [says(CUSTOMERS), says(SUPPLIERS)]
  return customers === suppliers ? undefined : customers ? 'customer' : 'supplier'
}
const CUSTOMERS = new Set([...openingSheetWords.customer!, 'kundenavn', 'customer name'].map(plainHeading))
const SUPPLIERS = new Set([...openingSheetWords.supplier!, 'leverandørnavn', 'supplier name'].map(plainHeading))

/** What answers are remembered under: the register and the headings, never the content. */
export const sourceOf = (register: Register, titles: readonly string[]): string =>
  titles.some((title) => title !== '')
    ? `${register}|${titles.map((title) => title.toLowerCase().replace(/\b(19|20)\d{2}\b/g, '#')).join('|')}`
    : `${register}|${titles.length}`

type Proposal = { header: number; fields: (string | null)[]; why: 'title' | 'content' | 'place' }

function fieldOf(title: string, register: Register, books: Books): string | null {
  if (title === '') return null
  const known = importHeadings[register]?.[plainHeading(title)]
  const own = known ? undefined : dimensionOfTitle(title, books)
  return own && fieldsOf(register, books).some((f) => f.key === `dimensions/${own}`)
    ? `dimensions/${own}`
    : (known ?? null)
}

/** Headings of a source that was read before, however strange they are. */
function known(rows: readonly string[][], register: Register, saved: SavedLayouts): Proposal | undefined {
  if (saved.size === 0) return undefined
  const at = rows
    .slice(0, HEADER_WITHIN)
    .findIndex((titles) => titles.some(Boolean) && saved.has(sourceOf(register, padded(titles, rows))))
  return at < 0 ? undefined : { header: at, fields: [], why: 'title' }
}

function proposal(rows: readonly string[][], register: Register, books: Books): Proposal {
  const none: Proposal = { header: -1, fields: [], why: 'place' }
  if (FIELDS[register].length === 0) return none
  let best: { at: number; score: number } | undefined
  for (let at = 0; at < Math.min(rows.length, HEADER_WITHIN); at++) {
    const titles = rows[at]!
    const known = new Set(titles.map((title) => fieldOf(title, register, books)).filter((field) => field !== null))
    const needed = FIELDS[register].filter((f) => f.required && known.has(f.key)).length
    const score = known.size + needed
    if (known.size >= 2 && score > (best?.score ?? 0)) best = { at, score }
  }
  if (best)
    return { header: best.at, fields: rows[best.at]!.map((title) => fieldOf(title, register, books)), why: 'title' }
  return byContent(rows, register) ?? none
}

function padded(titles: readonly string[], rows: readonly string[][]): string[] {
  const width = Math.max(0, ...rows.slice(0, SAMPLE_ROWS).map((row) => row.length))
  return Array.from({ length: width }, (_, col) => titles[col] ?? '')
}

/** Of two columns that are taken for the same, the one that somebody chose counts, else the first. */
function onceEach(columns: Column[]): Column[] {
  const chosen = new Set(columns.flatMap((c) => (c.why === 'chosen' && c.field ? [c.field] : [])))
  const seen = new Set<string>()
  return columns.map((column): Column => {
    const { field, why } = column
    if (field === null) return column
    const taken = seen.has(field) || (why !== 'chosen' && chosen.has(field))
    seen.add(field)
    return taken ? { ...column, field: null, why: 'none' } : column
  })
}

const samplesOf = (body: readonly string[][], col: number): string[] => {
  const found: string[] = []
  for (const row of body) {
    const cell = row[col] ?? ''
    if (cell !== '' && !found.includes(cell)) found.push(cell)
    if (found.length === SAMPLES) break
  }
  return found
}

/** Lists without headings: columns known by what stands in them, the rest in the usual order. */
function byContent(rows: readonly string[][], register: Register): Proposal | undefined {
  const sample = rows.filter((row) => row.some((cell) => cell !== '')).slice(0, SAMPLE_ROWS)
  const width = Math.max(0, ...sample.map((row) => row.length))
  const mostly = (col: number, holds: (cell: string) => boolean): boolean => {
    const filled = sample.map((row) => row[col] ?? '').filter((cell) => cell !== '')
    return filled.length > 0 && filled.filter(holds).length >= filled.length * 0.8
  }
  const order = USUAL_ORDER[register]
  const columns = Array.from({ length: width }, (_, col) => col)
  if (register === 'balances') {
    const account = columns.find((col) => mostly(col, (cell) => /^\d{4,6}\b/.test(cell)))
    const amounts = columns.filter((col) => col !== account && mostly(col, isFigure))
    if (account === undefined || amounts.length === 0) return undefined
    const sides = amounts.length === 2 && takeTurns(sample, amounts[0]!, amounts[1]!)
    const named = (col: number) =>
      col === account ? 'account' : !sides ? 'amount' : col === amounts[0] ? 'debit' : 'credit'
    const fields = columns.map((col) => (col === account || amounts.includes(col) ? named(col) : null))
    return { header: -1, fields, why: 'content' }
  }
  if (!order || width < 2) return undefined
  const sure = columns.map((col): string | null => {
    if (register !== 'customers' && register !== 'suppliers') return null
    if (mostly(col, (cell) => /^[^\s@]+@[^\s@]+$/.test(cell))) return 'email'
    if (mostly(col, (cell) => isOrganisationNumber(cell.replace(/\s/g, '')))) return 'organisationNumber'
    if (mostly(col, (cell) => isBankAccount(cell.replace(/[\s.]/g, '')))) return 'bankAccount'
    return null
  })
  const rest = order.filter((field) => !sure.includes(field))
  let next = 0
  const fields = sure.map((field) => field ?? (sure.some(Boolean) && next >= 2 ? null : (rest[next++] ?? null)))
  return { header: -1, fields, why: sure.some(Boolean) ? 'content' : 'place' }
}

const isFigure = (cell: string): boolean => {
  const { kind } = readAmount(cell)
  return kind === 'amount' || kind === 'ambiguous'
}

function voucherColumns(rows: readonly string[][], books: Books): Proposal {
  const named = headerOf(rows, books)
  if (named) return { header: named.at, fields: named.columns.meanings.map((m) => m ?? null), why: 'title' }
  const found = rows.length > 1 ? columnsByContent(rows, books) : undefined
  return { header: -1, fields: (found?.meanings ?? []).map((m) => m ?? null), why: 'content' }
}
