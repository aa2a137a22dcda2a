import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import { judgeOpening, type OpeningJudgement } from '#worker/opening-balance/opening-judgement.ts'
import type { OpeningContent, OpeningRow } from '#worker/opening-balance/opening-row.ts'
import type { OpeningPart } from '#worker/opening-balance/takeover-plan.ts'
import { readTypedAmount } from '#worker/sheets/read-amount.ts'
import { readDay, readSheetDate } from '#worker/sheets/read-day.ts'
import { changesBetween, HEAD_ROW, type ReadableRow, type TypedRow, withUnsaved } from '../sheets/typed-rows.ts'
import { type History, noHistory, redone, remembered, undone } from '../voucher/history.ts'
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

/** What an undone or repeated step changed, beside what others have saved since. */
export const redoneRows = (now: readonly TypedRow[], from: readonly TypedRow[], to: readonly TypedRow[]): TypedRow[] =>
  withUnsaved(now, changesBetween(from, to)).rows

/** A window's own beginning of the keys it makes: no two windows make the same. */
export const newSession = (): string => `r${crypto.randomUUID().slice(0, 8)}-`

const NO_ID = `vch_${'0'.repeat(26)}` as VoucherId

/** What is typed, read and judged; every step can be undone. */
export class OpeningDesk {
  readonly openingDate: IsoDate
  books: Books
  resultAccount: string | null
  readonly #part: OpeningPart
  #rows: readonly TypedRow[]
  #history: History<readonly TypedRow[]> = noHistory()
  readonly #session = newSession()
  #made = 0
  #judged:
    | {
        of: readonly TypedRow[]
        by: string | null
        read: ReadRow[]
        judgement: OpeningJudgement
        byRow: ReadonlyMap<number, Issue[]>
      }
    | undefined
  readonly #changed: () => void

  constructor(of: {
    openingDate: IsoDate
    books: Books
    resultAccount: string | null
    part: OpeningPart
    rows: readonly TypedRow[]
    changed: () => void
  }) {
    this.openingDate = of.openingDate
    this.books = of.books
    this.resultAccount = of.resultAccount
    this.#part = of.part
    this.#rows = of.rows
    this.#changed = of.changed
  }

  get rows(): readonly TypedRow[] {
    return this.#rows
  }
  newId = (): string => this.#session + (this.#made++).toString(36)

  edit(edits: readonly { id: string; field: string; value: string }[]): void {
    if (edits.length === 0) return
    const byId = new Map(this.#rows.map((row) => [row.id, row]))
    for (const { id, field, value } of edits) {
      const { [field]: _, ...others } = byId.get(id)?.cells ?? {}
      byId.set(id, { id, cells: value.trim() === '' ? others : { ...others, [field]: value } })
    }
    this.replace([...byId.values()])
  }
  replace(rows: readonly TypedRow[]): void {
    this.#history = remembered(this.#history, this.#rows, rows)
    this.#rows = rows
    this.#changed()
  }
  useResultAccount(account: string | null): void {
    this.resultAccount = account
    this.#changed()
  }
  undo = (): boolean => this.#step(undone(this.#history, this.#rows, redoneRows))
  redo = (): boolean => this.#step(redone(this.#history, this.#rows, redoneRows))
  #step(step: { history: History<readonly TypedRow[]>; state: readonly TypedRow[] } | undefined): boolean {
    if (!step) return false
    this.#history = step.history
    this.#rows = step.state
    this.#changed()
    return true
  }

  #judge() {
    const before = this.#judged
    if (before && before.of === this.#rows && before.by === this.resultAccount) return before
    const readers = textReaders(this.openingDate)
    const read = this.#rows.map(({ id, cells }) => rowOfCells(id, cells, readers))
    const content = { rows: read.map(({ row }) => row), resultAccount: this.resultAccount }
    const judgement = judgeOpening(content, this.openingDate, NO_ID, this.books, this.#part)
    const byRow = Map.groupBy(judgement.issues, ({ pointer }) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1))
    this.#judged = { of: this.#rows, by: this.resultAccount, read, judgement, byRow }
    return this.#judged
  }
  get judgement(): OpeningJudgement {
    return this.#judge().judgement
  }
  get read(): readonly ReadRow[] {
    return this.#judge().read
  }
  /** What would be kept: rows with something in them. */
  get content(): OpeningContent {
    const rows = this.read
      .filter((_, i) => Object.keys(this.#rows[i]!.cells).length > 0)
      .map(({ row }): OpeningRow => row)
    return { rows, resultAccount: this.resultAccount }
  }
  get typed(): readonly TypedRow[] {
    return [headOf(this.resultAccount), ...this.#rows]
  }
  /** The rows as they would come back from the server; `kroner` writes an amount as it is typed. */
  readable(kroner: (amount: number) => string): ReadableRow[] {
    const rows = this.read.map(
      ({ row, unread }): ReadableRow => ({
        id: row.rowKey,
        cells: cellsOfRow(row, kroner),
        unread: Object.fromEntries(unread.map(({ field, text }) => [field, text])),
      }),
    )
    return [{ ...headOf(this.resultAccount), unread: {} }, ...rows]
  }
  /** Rows that others have saved, with what is unsaved here. */
  take(rows: readonly TypedRow[]): void {
    this.resultAccount = rows.find(({ id }) => id === HEAD_ROW)?.cells.resultAccount ?? null
    this.#rows = rows.filter(({ id }) => id !== HEAD_ROW)
    this.#changed()
  }
  /** What cannot be read counts as an error too. */
  get errors(): number {
    return this.judgement.issues.filter(isError).length + this.read.reduce((n, { unread }) => n + unread.length, 0)
  }
  issuesAt = (at: number): readonly Issue[] => this.#judge().byRow.get(at) ?? []
}

/** An opening balance as the API has it, typed in. */
export const typedOpening = (
  { rows, resultAccount }: OpeningContent,
  kroner: (amount: number) => string,
): TypedRow[] => [headOf(resultAccount), ...rows.map((row) => ({ id: row.rowKey, cells: cellsOfRow(row, kroner) }))]

const headOf = (resultAccount: string | null): TypedRow => ({
  id: HEAD_ROW,
  cells: resultAccount === null ? {} : { resultAccount },
})
