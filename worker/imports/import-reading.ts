import type { Register } from './import-field.ts'

/** Why a column is taken for what it is. */
export type Why = 'chosen' | 'saved' | 'title' | 'content' | 'place' | 'none'
export type Column = { title: string; samples: string[]; field: string | null; why: Why }
/** Where the headings stand (−1: nowhere), and what each column holds. */
export type Layout = {
  header: number
  columns: Column[]
  source: string
  /** Which of several columns of figures counts: told where words say it, else asked. */
  told: Told[]
  questions: Question[]
}

/** What a user has chosen of how a sheet is read; the rest is proposed. */
export type Choices = {
  sheet: number | null
  header: number | null
  /** By the column's place; null leaves it out. */
  columns: Record<string, string | null>
  answers: Record<string, string>
  /** What only the user can say: the dimension, the day of the balances, which budget. */
  options: Record<string, string>
}
export const NO_CHOICES: Choices = { sheet: null, header: null, columns: {}, answers: {}, options: {} }

/** Something told of how a sheet was read: a text of the imports, of the voucher grid or of the budget grid, and what fills it. */
export type Told = {
  of: 'import' | 'entry' | 'budget'
  key: string
  params: Record<string, string | number | readonly string[]>
  warning?: boolean
}
/** Something with two readings, asked once and remembered for the source. */
export type Question = {
  of: string
  text: Told
  choices: readonly { value: string; text: Told }[]
}

/** A row of the sheet by field, with its number in the sheet from 1. */
export type SheetRecord = { at: number; cells: Record<string, string> }
/** A row that holds no data of the register. Nothing is left out without being told. */
export type PassedOver = { at: number; why: 'sum' | 'header' | 'note' }

export type Source = { register: Register; titles: readonly string[] }
