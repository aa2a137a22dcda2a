import type { IsoDate, Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Books } from '#worker/ledger/books.ts'
import { placesOf } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow, MovementSheet } from '#worker/opening-balance/movement-row.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import type { PastedMovements } from '#worker/sheets/paste-movements.ts'
import { asMovements } from '#worker/takeover/cumulative.ts'
import { judgeMovements, type MovementJudgement } from '#worker/takeover/movement-judgement.ts'
import type { Readers } from '../opening/opening-cells.ts'
import { textReaders } from '../opening/opening-desk.ts'
import { TypedDesk } from '../sheets/typed-desk.ts'
import { type Cells, HEAD_ROW, type TypedRow } from '../sheets/typed-rows.ts'

export type ReadMovement = { row: MovementRow; unread: { field: string; text: string }[] }

const MONTH = /^\d{4}-\d{2}$/

/** The sheet of movements as it is typed: columns are months, besides the account. The head holds months that are said to be movements. */
export class MovementDesk extends TypedDesk<ReadMovement, MovementJudgement> {
  readonly plan: TakeoverPlan
  readonly books: Books
  readonly months: readonly { month: Month; voucherDate: IsoDate }[]
  readonly #opening: ReadonlyMap<string, Ore>
  readonly #amount: Readers<string>['amount']

  constructor(of: {
    plan: TakeoverPlan
    books: Books
    opening: ReadonlyMap<string, Ore>
    typed: readonly TypedRow[]
    changed: () => void
  }) {
    super(of.typed, of.changed)
    this.plan = of.plan
    this.books = of.books
    this.#opening = of.opening
    this.#amount = textReaders(of.plan.openingDate).amount
    this.months = this.judgement.months.map(({ month, voucherDate }) => ({ month, voucherDate }))
  }

  keep(months: readonly Month[]): void {
    this.choose({ ...this.head, ...headOf(months) })
  }
  /** The rows with those months turned from balances into movements; `typed` writes an amount as it is typed. */
  turn(months: readonly Month[], typed: (amount: number) => string): void {
    const turned = asMovements(this.filled, new Set(months), this.months, this.#opening, this.books)
    this.replace(turned.map((row) => typedRow(row, typed)))
  }
  /** The rows with a report in those of its accounts and the others below, and how many figures it takes the place of. */
  withReport({ rows, months }: PastedMovements): { rows: TypedRow[]; replaced: number; emptied: number } {
    const before = this.read.map(({ row }) => row)
    const places = placesOf(
      rows.map(({ account }) => account!),
      before,
    )
    const taken = new Map(rows.flatMap((own, i) => (places[i] ? [[places[i].rowKey, own]] : [])))
    const added = rows.flatMap((cells, i) => (places[i] ? [] : [{ id: this.newId(), cells }]))
    const stand = this.rows.map(({ id, cells }): TypedRow => {
      const { account: _, ...amounts } = taken.get(id) ?? {}
      const others = Object.entries(cells).filter(([field]) => !taken.has(id) || !months.includes(field))
      return { id, cells: { ...Object.fromEntries(others), ...amounts } }
    })
    const now = new Map(stand.map((row) => [row.id, this.readRow(row).row.amounts]))
    const differs = before.flatMap(({ rowKey, amounts }) =>
      Object.entries(amounts).flatMap(([month, was]) => {
        const is = now.get(rowKey)?.[month as Month]
        return is === was ? [] : [is]
      }),
    )
    const emptied = differs.filter((is) => is === undefined).length
    return { rows: [...stand, ...added], replaced: differs.length - emptied, emptied }
  }
  protected readRow({ id, cells }: TypedRow): ReadMovement {
    const unread: ReadMovement['unread'] = []
    const amounts: Record<string, Ore> = {}
    for (const [field, text] of Object.entries(cells)) {
      if (!MONTH.test(field)) continue
      const found = this.#amount(text)
      if ('wrong' in found) unread.push({ field, text: found.wrong })
      else if (found.value) amounts[field] = found.value
    }
    const [account = ''] = (cells.account ?? '').trim().split(/[\s:]/)
    return { row: { rowKey: id, account: account.slice(0, 70), amounts, dimensions: dimensionsIn(cells) }, unread }
  }
  protected judgeRows(rows: MovementRow[], head: Cells): MovementJudgement {
    return judgeMovements({ rows, keptMonths: monthsIn(head) }, this.plan, this.#opening, this.books)
  }
  protected typedRow = typedRow

  get content(): MovementSheet {
    return { rows: this.filled, keptMonths: monthsIn(this.head) }
  }
}

/** The sheet as the API has it, typed in. */
export const typedMovements = ({ rows, keptMonths }: MovementSheet, typed: (amount: number) => string): TypedRow[] => [
  { id: HEAD_ROW, cells: headOf(keptMonths) },
  ...rows.map((row) => typedRow(row, typed)),
]

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

const headOf = (keptMonths: readonly Month[]): Cells => Object.fromEntries(keptMonths.map((month) => [month, 'kept']))
const monthsIn = (head: Cells): Month[] => Object.keys(head) as Month[]
