import { type Issue, isError } from '#worker/core/problem.ts'
import { type History, noHistory, redone, remembered, undone } from '../voucher/history.ts'
import { type Cells, changesBetween, HEAD_ROW, type ReadableRow, type TypedRow, withUnsaved } from './typed-rows.ts'

/** A row as it was read, and the texts in it that say nothing. */
export type ReadRow = { readonly row: { readonly rowKey: string }; readonly unread: readonly UnreadCell[] }
type UnreadCell = { readonly field: string; readonly text: string }
type Judgement = { readonly issues: readonly Issue[] }
/** What is typed: the rows, and what is chosen for the sheet as a whole. */
export type TypedSheet = { readonly head: Cells; readonly rows: readonly TypedRow[] }
type Judged<R, J> = { of: TypedSheet; read: readonly R[]; judgement: J; byRow: ReadonlyMap<number, readonly Issue[]> }

/** A sheet as it is typed, read and judged by the rules that book it; every step can be undone. */
export abstract class TypedDesk<R extends ReadRow, J extends Judgement> {
  #typed: TypedSheet
  #history: History<TypedSheet> = noHistory()
  #judged: Judged<R, J> | undefined
  /** A window's own beginning of the keys it makes: no two windows make the same. */
  readonly #session = `r${crypto.randomUUID().slice(0, 8)}-`
  #made = 0
  readonly #changed: () => void

  /** `typed`: as the server has it. */
  constructor(typed: readonly TypedRow[], changed: () => void) {
    this.#typed = sheetOf(typed)
    this.#changed = changed
  }

  protected abstract readRow(row: TypedRow): R
  protected abstract judgeRows(rows: readonly R['row'][], head: Cells): J
  /** A row as texts, to be typed in again; `typed` writes an amount as it is typed. */
  protected abstract typedRow(row: R['row'], typed: (amount: number) => string): TypedRow

  get head(): Cells {
    return this.#typed.head
  }
  get rows(): readonly TypedRow[] {
    return this.#typed.rows
  }
  newId = (): string => this.#session + (this.#made++).toString(36)

  edit(edits: readonly { id: string; field: string; value: string }[]): void {
    if (edits.length === 0) return
    const byId = new Map(this.rows.map((row) => [row.id, row]))
    for (const { id, field, value } of edits) {
      const { [field]: _, ...others } = byId.get(id)?.cells ?? {}
      byId.set(id, { id, cells: value.trim() === '' ? others : { ...others, [field]: value } })
    }
    this.replace([...byId.values()])
  }
  replace(rows: readonly TypedRow[]): void {
    this.#step({ head: this.head, rows })
  }
  protected choose(head: Cells): void {
    this.#step({ head, rows: this.rows })
  }
  #step(next: TypedSheet): void {
    this.#history = remembered(this.#history, this.#typed, next)
    this.#stand(next)
  }
  #stand(typed: TypedSheet): void {
    this.#typed = typed
    this.#changed()
  }
  undo = (): boolean => this.#goTo(undone(this.#history, this.#typed, redoneSheet))
  redo = (): boolean => this.#goTo(redone(this.#history, this.#typed, redoneSheet))
  #goTo(step: { history: History<TypedSheet>; state: TypedSheet } | undefined): boolean {
    if (!step) return false
    this.#history = step.history
    this.#stand(step.state)
    return true
  }

  #judge(): Judged<R, J> {
    if (this.#judged?.of === this.#typed) return this.#judged
    const read = this.rows.map((row) => this.readRow(row))
    const judgement = this.judgeRows(
      read.map(({ row }) => row),
      this.head,
    )
    const byRow = Map.groupBy(judgement.issues, ({ pointer }) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1))
    this.#judged = { of: this.#typed, read, judgement, byRow }
    return this.#judged
  }
  get judgement(): J {
    return this.#judge().judgement
  }
  get read(): readonly R[] {
    return this.#judge().read
  }
  issuesAt = (at: number): readonly Issue[] => this.#judge().byRow.get(at) ?? []
  /** Those that stand at no row. */
  get issuesOfAll(): readonly Issue[] {
    return this.#judge().byRow.get(-1) ?? []
  }
  get unread(): number {
    return this.read.reduce((n, { unread }) => n + unread.length, 0)
  }
  /** What cannot be read counts as an error too. */
  get errors(): number {
    return this.judgement.issues.filter(isError).length + this.unread
  }

  /** What would be kept: rows with something in them. */
  protected get filled(): R['row'][] {
    return this.read.filter((_, i) => Object.keys(this.rows[i]!.cells).length > 0).map(({ row }) => row)
  }
  get typed(): readonly TypedRow[] {
    return rowsOf(this.#typed)
  }
  /** The rows as they would come back from the server. */
  readable(typed: (amount: number) => string): ReadableRow[] {
    const rows = this.read.map(({ row, unread }) => ({
      ...this.typedRow(row, typed),
      unread: Object.fromEntries(unread.map(({ field, text }) => [field, text])),
    }))
    return [{ id: HEAD_ROW, cells: this.head, unread: {} }, ...rows]
  }
  /** Rows that others have saved, with what is unsaved here. */
  take(typed: readonly TypedRow[]): void {
    this.#stand(sheetOf(typed))
  }
}

const rowsOf = ({ head, rows }: TypedSheet): TypedRow[] => [{ id: HEAD_ROW, cells: head }, ...rows]
const sheetOf = (typed: readonly TypedRow[]): TypedSheet => ({
  head: typed.find(({ id }) => id === HEAD_ROW)?.cells ?? {},
  rows: typed.filter(({ id }) => id !== HEAD_ROW),
})
/** What an undone or repeated step changed, beside what others have saved since. */
const redoneSheet = (now: TypedSheet, from: TypedSheet, to: TypedSheet): TypedSheet =>
  sheetOf(withUnsaved(rowsOf(now), changesBetween(rowsOf(from), rowsOf(to))).rows)
