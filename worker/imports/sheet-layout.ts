import { importHeadings, plainHeading } from '#i18n/import-headings.ts'
import { isBankAccount, isOrganisationNumber } from '#worker/core/identifiers.ts'
import type { Books } from '#worker/ledger/books.ts'
import { columnsByContent, headerOf } from '#worker/sheets/paste-columns.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import { FIELDS, type Register, USUAL_ORDER } from './import-field.ts'
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
  choices: Pick<Choices, 'header' | 'columns'>,
  saved: SavedLayouts,
): Layout {
  const proposed = register === 'vouchers' ? voucherColumns(rows, books) : proposal(rows, register, saved)
  const header = choices.header ?? proposed.header
  const width = Math.max(0, ...rows.slice(0, SAMPLE_ROWS).map((row) => row.length))
  const titles = Array.from({ length: width }, (_, col) => (header >= 0 ? (rows[header]?.[col] ?? '') : ''))
  const source = sourceOf(register, titles)
  const before = saved.get(source)
  const fields =
    choices.header === null || choices.header === proposed.header
      ? proposed.fields
      : titles.map((title) => fieldOf(title, register))
  const own = (col: number): Pick<Column, 'field' | 'why'> => {
    if (String(col) in choices.columns) return { field: choices.columns[String(col)] ?? null, why: 'chosen' }
    if (before && String(col) in before) return { field: before[String(col)] ?? null, why: 'saved' }
    const field = fields[col] ?? null
    return { field, why: field === null ? 'none' : proposed.why }
  }
  const body = rows.slice(header + 1)
  const columns = titles.map((title, col) => ({ title, samples: samplesOf(body, col), ...own(col) }))
  return { header, columns: onceEach(columns), source }
}

/** What answers are remembered under: the register and the headings, never the content. */
export const sourceOf = (register: Register, titles: readonly string[]): string =>
  titles.some((title) => title !== '')
    ? `${register}|${titles.map((title) => title.toLowerCase().replace(/\b(19|20)\d{2}\b/g, '#')).join('|')}`
    : `${register}|${titles.length}`

type Proposal = { header: number; fields: (string | null)[]; why: 'title' | 'content' | 'place' }

const fieldOf = (title: string, register: Register): string | null =>
  title === '' ? null : (importHeadings[register]?.[plainHeading(title)] ?? null)

function proposal(rows: readonly string[][], register: Register, saved: SavedLayouts): Proposal {
  const none: Proposal = { header: -1, fields: [], why: 'place' }
  if (FIELDS[register].length === 0) return none
  let best: { at: number; score: number } | undefined
  for (let at = 0; at < Math.min(rows.length, HEADER_WITHIN); at++) {
    const titles = rows[at]!
    if (saved.has(sourceOf(register, padded(titles, rows)))) return { header: at, fields: [], why: 'title' }
    const known = new Set(titles.map((title) => fieldOf(title, register)).filter((field) => field !== null))
    const needed = FIELDS[register].filter((f) => f.required && known.has(f.key)).length
    const score = known.size + needed
    if (known.size >= 2 && score > (best?.score ?? 0)) best = { at, score }
  }
  if (best) return { header: best.at, fields: rows[best.at]!.map((title) => fieldOf(title, register)), why: 'title' }
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
    if (account === undefined || amounts.length === 0 || amounts.length > 2) return undefined
    const named = (col: number) =>
      col === account ? 'account' : amounts.length === 1 ? 'amount' : col === amounts[0] ? 'debit' : 'credit'
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
  const named = headerOf(rows)
  if (named) return { header: named.at, fields: named.columns.meanings.map((m) => m ?? null), why: 'title' }
  const found = rows.length > 1 ? columnsByContent(rows, books) : undefined
  return { header: -1, fields: (found?.meanings ?? []).map((m) => m ?? null), why: 'content' }
}
