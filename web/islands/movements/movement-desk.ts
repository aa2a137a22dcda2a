import type { IsoDate, Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow, MovementSheet } from '#worker/opening-balance/movement-row.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { asMovements } from '#worker/takeover/cumulative.ts'
import { judgeMovements, type MovementJudgement } from '#worker/takeover/movement-judgement.ts'
import { newSession, redoneRows, textReaders } from '../opening/opening-desk.ts'
import { HEAD_ROW, type ReadableRow, type TypedRow } from '../sheets/typed-rows.ts'
import { type History, noHistory, redone, remembered, undone } from '../voucher/history.ts'

type Typed = { readonly rows: readonly TypedRow[]; readonly keptMonths: readonly Month[] }
export type ReadMovement = { row: MovementRow; unread: { field: string; text: string }[] }
type Judged = { of: Typed; read: ReadMovement[]; judgement: MovementJudgement; byRow: ReadonlyMap<number, Issue[]> }

const MONTH = /^\d{4}-\d{2}$/

/** The sheet of movements as it is typed, read and judged; every step can be undone. Columns are months, besides the account. */
export class MovementDesk {
  readonly plan: TakeoverPlan
  readonly books: Books
  readonly months: readonly { month: Month; voucherDate: IsoDate }[]
  readonly #opening: ReadonlyMap<string, Ore>
  readonly #changed: () => void
  #typed: Typed
  #history: History<Typed> = noHistory()
  readonly #session = newSession()
  #made = 0
  #judged: Judged | undefined

  constructor(of: {
    plan: TakeoverPlan
    books: Books
    opening: ReadonlyMap<string, Ore>
    typed: Typed
    changed: () => void
  }) {
    this.plan = of.plan
    this.books = of.books
    this.#opening = of.opening
    this.#typed = of.typed
    this.#changed = of.changed
    this.months = this.judgement.months.map(({ month, voucherDate }) => ({ month, voucherDate }))
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
    this.#take({ ...this.#typed, rows })
  }
  keep(months: readonly Month[]): void {
    this.#take({ ...this.#typed, keptMonths: [...new Set([...this.#typed.keptMonths, ...months])] })
  }
  /** The rows with those months turned from balances into movements; `typed` writes an amount as it is typed. */
  turn(months: readonly Month[], typed: (amount: number) => string): void {
    const { rows } = this.content
    const turned = asMovements(rows, new Set(months), this.months, this.#opening, this.books)
    this.replace(turned.map((row) => typedRow(row, typed)))
  }
  #take(next: Typed): void {
    this.#history = remembered(this.#history, this.#typed, next)
    this.#typed = next
    this.#changed()
  }
  undo = (): boolean => this.#step(undone(this.#history, this.#typed, redoneSheet))
  redo = (): boolean => this.#step(redone(this.#history, this.#typed, redoneSheet))
  #step(step: { history: History<Typed>; state: Typed } | undefined): boolean {
    if (!step) return false
    this.#history = step.history
    this.#typed = step.state
    this.#changed()
    return true
  }

  #judge(): Judged {
    if (this.#judged?.of === this.#typed) return this.#judged
    const { amount } = textReaders(this.plan.openingDate)
    const read = this.rows.map(({ id, cells }): ReadMovement => {
      const unread: ReadMovement['unread'] = []
      const amounts: Record<string, Ore> = {}
      for (const [field, text] of Object.entries(cells)) {
        if (!MONTH.test(field)) continue
        const found = amount(text)
        if ('wrong' in found) unread.push({ field, text: found.wrong })
        else if (found.value) amounts[field] = found.value
      }
      const [account = ''] = (cells.account ?? '').trim().split(/[\s:]/)
      return { row: { rowKey: id, account: account.slice(0, 70), amounts, dimensions: dimensionsIn(cells) }, unread }
    })
    const rows = read.map(({ row }) => row)
    const judgement = judgeMovements(
      { rows, keptMonths: [...this.#typed.keptMonths] },
      this.plan,
      this.#opening,
      this.books,
    )
    const byRow = Map.groupBy(judgement.issues, ({ pointer }) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1))
    this.#judged = { of: this.#typed, read, judgement, byRow }
    return this.#judged
  }
  get judgement(): MovementJudgement {
    return this.#judge().judgement
  }
  get read(): readonly ReadMovement[] {
    return this.#judge().read
  }
  /** What would be kept: rows with something in them. */
  get content(): MovementSheet {
    const rows = this.read.filter((_, i) => Object.keys(this.rows[i]!.cells).length > 0).map(({ row }) => row)
    return { rows, keptMonths: [...this.#typed.keptMonths] }
  }
  get typed(): readonly TypedRow[] {
    return rowsOf(this.#typed)
  }
  /** The rows as they would come back from the server; `typed` writes an amount as it is typed. */
  readable(typed: (amount: number) => string): ReadableRow[] {
    const rows = this.read.map(
      ({ row, unread }): ReadableRow => ({
        ...typedRow(row, typed),
        unread: Object.fromEntries(unread.map(({ field, text }) => [field, text])),
      }),
    )
    return [{ ...headOf(this.#typed.keptMonths), unread: {} }, ...rows]
  }
  /** Rows that others have saved, with what is unsaved here. */
  take(rows: readonly TypedRow[]): void {
    this.#typed = sheetOf(rows)
    this.#changed()
  }
  get errors(): number {
    return this.judgement.issues.filter(isError).length + this.read.reduce((n, { unread }) => n + unread.length, 0)
  }
  issuesAt = (at: number): readonly Issue[] => this.#judge().byRow.get(at) ?? []
}

/** The sheet as the API has it, typed in. */
export const typedMovements = ({ rows, keptMonths }: MovementSheet, typed: (amount: number) => string): TypedRow[] =>
  rowsOf({ rows: rows.map((row) => typedRow(row, typed)), keptMonths })

/** A row as texts, to be typed in again. Dimensions have no column here, and stay as they came. */
const typedRow = (
  { rowKey, account, amounts, dimensions }: MovementRow,
  typed: (amount: number) => string,
): TypedRow => ({
  id: rowKey,
  cells: {
    ...(account && { account }),
    ...Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [DIMENSION + key, value])),
    ...Object.fromEntries(
      Object.entries(amounts).flatMap(([month, amount]) => (amount === 0 ? [] : [[month, typed(amount)]])),
    ),
  },
})
const DIMENSION = 'dimensions/'
const dimensionsIn = (cells: TypedRow['cells']): MovementRow['dimensions'] =>
  Object.fromEntries(
    Object.entries(cells)
      .filter(([field]) => field.startsWith(DIMENSION))
      .map(([field, value]) => [field.slice(DIMENSION.length), value]),
  )

const headOf = (keptMonths: readonly Month[]): TypedRow => ({
  id: HEAD_ROW,
  cells: Object.fromEntries(keptMonths.map((month) => [month, 'kept'])),
})
const rowsOf = ({ rows, keptMonths }: Typed): TypedRow[] => [headOf(keptMonths), ...rows]
const sheetOf = (rows: readonly TypedRow[]): Typed => ({
  rows: rows.filter(({ id }) => id !== HEAD_ROW),
  keptMonths: Object.keys(rows.find(({ id }) => id === HEAD_ROW)?.cells ?? {}) as Month[],
})
const redoneSheet = (now: Typed, from: Typed, to: Typed): Typed =>
  sheetOf(redoneRows(rowsOf(now), rowsOf(from), rowsOf(to)))
