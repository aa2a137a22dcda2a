import type { IsoDate, Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow, MovementSheet } from '#worker/opening-balance/movement-row.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { asMovements } from '#worker/takeover/cumulative.ts'
import { judgeMovements, type MovementJudgement } from '#worker/takeover/movement-judgement.ts'
import { type TypedRow, textReaders } from '../opening/opening-desk.ts'
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
  newId = (taken: ReadonlySet<string>): string => {
    do this.#made++
    while (taken.has(`r${this.#made}`))
    return `r${this.#made}`
  }

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
  undo = (): boolean => this.#step(undone(this.#history, this.#typed, (_, __, to) => to))
  redo = (): boolean => this.#step(redone(this.#history, this.#typed, (_, __, to) => to))
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
      return { row: { rowKey: id, account: account.slice(0, 70), amounts, dimensions: {} }, unread }
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
  get errors(): number {
    return this.judgement.issues.filter(isError).length + this.read.reduce((n, { unread }) => n + unread.length, 0)
  }
  issuesAt = (at: number): readonly Issue[] => this.#judge().byRow.get(at) ?? []
}

/** A row as texts, to be typed in again. */
export const typedRow = ({ rowKey, account, amounts }: MovementRow, typed: (amount: number) => string): TypedRow => ({
  id: rowKey,
  cells: {
    ...(account && { account }),
    ...Object.fromEntries(Object.entries(amounts).map(([month, amount]) => [month, typed(amount)])),
  },
})
