import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import type { Books } from '#worker/ledger/books.ts'
import { judgeOpening, type OpeningJudgement } from '#worker/opening-balance/opening-judgement.ts'
import type { OpeningContent, OpeningRow } from '#worker/opening-balance/opening-row.ts'
import type { OpeningPart } from '#worker/opening-balance/takeover-plan.ts'
import { readTypedAmount } from '#worker/sheets/read-amount.ts'
import { readDay, readSheetDate } from '#worker/sheets/read-day.ts'
import { TypedDesk } from '../sheets/typed-desk.ts'
import { type Cells, HEAD_ROW, type TypedRow } from '../sheets/typed-rows.ts'
import { cellsOfRow, type Readers, type ReadRow, rowOfCells } from './opening-cells.ts'

/** Texts as people type them; a day without a year is the opening day's. */
export const textReaders = (near: IsoDate): Readers<string> => ({
  text: (value) => value.trim(),
  amount: (value) => {
    const read = readTypedAmount(value)
    if (read.kind === 'empty') return { value: null }
    return read.kind === 'amount' ? { value: read.ore as never } : { wrong: value.trim() }
  },
  day: (value) => {
    if (value.trim() === '') return { value: null }
    const read = readSheetDate(value)
    const day = read.kind === 'day' ? read.day : readDay(value, near, near)
    return day ? { value: day } : { wrong: value.trim() }
  },
})

const NO_ID = `vch_${'0'.repeat(26)}` as VoucherId

/** An opening balance as it is typed. The head of the sheet holds where the result goes. */
export class OpeningDesk extends TypedDesk<ReadRow, OpeningJudgement> {
  readonly openingDate: IsoDate
  readonly books: Books
  readonly #part: OpeningPart
  readonly #readers: Readers<string>

  constructor(of: {
    openingDate: IsoDate
    books: Books
    part: OpeningPart
    typed: readonly TypedRow[]
    changed: () => void
  }) {
    super(of.typed, of.changed)
    this.openingDate = of.openingDate
    this.books = of.books
    this.#part = of.part
    this.#readers = textReaders(of.openingDate)
  }

  get resultAccount(): string | null {
    return resultAccountIn(this.head)
  }
  useResultAccount(account: string | null): void {
    this.choose(headOf(account))
  }
  protected readRow({ id, cells }: TypedRow): ReadRow {
    return rowOfCells(id, cells, this.#readers)
  }
  protected judgeRows(rows: OpeningRow[], head: Cells): OpeningJudgement {
    const content = { rows, resultAccount: resultAccountIn(head) }
    return judgeOpening(content, this.openingDate, NO_ID, this.books, this.#part)
  }
  protected typedRow = typedRow

  get content(): OpeningContent {
    return { rows: this.filled, resultAccount: this.resultAccount }
  }
}

/** An opening balance as the API has it, typed in. */
export const typedOpening = (
  { rows, resultAccount }: OpeningContent,
  kroner: (amount: number) => string,
): TypedRow[] => [{ id: HEAD_ROW, cells: headOf(resultAccount) }, ...rows.map((row) => typedRow(row, kroner))]

const typedRow = (row: OpeningRow, kroner: (amount: number) => string): TypedRow => ({
  id: row.rowKey,
  cells: cellsOfRow(row, kroner),
})
const headOf = (resultAccount: string | null): Cells => (resultAccount === null ? {} : { resultAccount })
const resultAccountIn = (head: Cells): string | null => head.resultAccount ?? null
