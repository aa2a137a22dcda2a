import { plainHeading } from '#i18n/import-headings.ts'
import { closingWords, openingWords } from '#i18n/opening-sheet-words.ts'
import type { Register } from './import-field.ts'
import type { Column, Layout, Question, Told } from './import-reading.ts'
import { tell } from './sheet-records.ts'

const FIGURES: ReadonlySet<string | null> = new Set(['amount', 'debit', 'credit'])
const plain = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(plainHeading))
const CLOSING = plain(closingWords)
const OPENING = plain(openingWords)

/** One way to read the figures of a list: a signed column, or debit and credit. */
type Figure = readonly number[]

/**
 * Which columns a list of balances or open items has its figures in, where several could be it. What stands at the end wins by its
 * heading; where no word says it, it is asked, and nothing is read until it is answered. Source: features.md OPB-02.
 */
export function withOneFigure(
  columns: Column[],
  register: Register,
  answers: Readonly<Record<string, string>>,
): Pick<Layout, 'columns' | 'told' | 'questions'> {
  const settled = { columns, told: [], questions: [] }
  if (register !== 'balances' && register !== 'open-items') return settled
  if (columns.some(({ field, why }) => FIGURES.has(field) && (why === 'chosen' || why === 'saved'))) return settled
  const figures = figuresIn(columns)
  if (figures.length < 2) return settled
  const title = (col: number) => plainHeading(columns[col]!.title)
  const closing = figures.filter((f) => f.some((col) => CLOSING.has(title(col))))
  const signed = figures.filter((f) => f.length === 1)
  const others = signed.filter((f) => !OPENING.has(title(f[0]!)))
  const answered = figures.find((f) => f.join('.') === answers.figure)
  const found = answered ?? (closing.length === 1 ? closing[0] : others.length === 1 ? others[0] : undefined)
  const kept = columns.map((column, col) =>
    FIGURES.has(column.field) && !found?.includes(col) ? { ...column, field: null, why: 'none' as const } : column,
  )
  const told: Told[] = []
  if (found && figures.filter((f) => f.length === 1).length > 1)
    told.push(tell('figureRead', { read: nameOf(found, columns), others: left(figures, found, columns) }, !answered))
  return { columns: kept, told, questions: found ? [] : [asked(figures, columns)] }
}

const left = (figures: readonly Figure[], found: Figure, columns: readonly Column[]): string =>
  figures
    .filter((f) => f !== found)
    .map((f) => nameOf(f, columns))
    .join(', ')

/** Each column of amounts, and each debit with the credit that follows it. */
function figuresIn(columns: readonly Column[]): Figure[] {
  const figures: Figure[] = []
  let debit: number | undefined
  columns.forEach(({ field }, col) => {
    if (field === 'amount') figures.push([col])
    if (field === 'debit') debit = col
    if (field !== 'credit') return
    figures.push(debit === undefined ? [col] : [debit, col])
    debit = undefined
  })
  if (debit !== undefined) figures.push([debit])
  return figures
}

function asked(figures: readonly Figure[], columns: readonly Column[]): Question {
  return {
    of: 'figure',
    text: tell('askFigure'),
    choices: figures.map((f) => ({
      value: f.join('.'),
      text: tell('answerFigure', {
        column: nameOf(f, columns),
        sample: columns[f.find((col) => columns[col]!.samples.length > 0) ?? f[0]!]!.samples[0] ?? '',
      }),
    })),
  }
}

/** `D Saldo 2025`: as the sheet calls it, with its letter, since two may be called the same. */
const nameOf = (figure: Figure, columns: readonly Column[]): string =>
  figure.map((col) => `${letterOf(col)} ${columns[col]!.title}`.trim()).join(' / ')

const letterOf = (col: number): string =>
  (col >= 26 ? String.fromCharCode(64 + Math.floor(col / 26)) : '') + String.fromCharCode(65 + (col % 26))
