/// <reference types="office-js" />
import { fill } from '#i18n/format.ts'
import { inOrder } from '#web/islands/budget/budget-desk.ts'
import type { BudgetFacts } from '#web/islands/budget/budget-facts.ts'
import { fetchBudget } from '#web/islands/budget/budget-line.ts'
import { type Base, keyOf, type Row, totalOf } from '#web/islands/budget/budget-row.ts'
import { type SavedAnswer, withFresh } from '#web/islands/budget/budget-save.ts'
import type { Budget } from '#worker/budgets/budget.ts'
import type { Sign } from '#worker/budgets/budget-sign.ts'
import { markChanges } from '../excel/mark-cells.ts'
import {
  insertRegister,
  newRowKey,
  nextTable,
  type RegisterChange,
  type RegisterReading,
  type RegisterRow,
  readRegister,
  registerTable,
  registerTables,
  writeRegister,
} from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { textOf } from '../sheet/read-cell.ts'
import { type Desk, inTurn, refreshBooks } from '../vouchers/desk.ts'
import {
  BUDGET_TABLE,
  baseText,
  boundTo,
  budgetKind,
  budgetTexts,
  cellsOf,
  linesOf,
  type SheetLine,
  totalFormula,
} from './budget-sheet.ts'
import {
  basesOf,
  columnOfField,
  type JudgedBudget,
  judgeBudget,
  type Marked,
  type SheetConflict,
  savedChanges,
  shownChanges,
} from './judge-budget.ts'

export type BudgetChoice = Budget & { lines: number }
/** The budget sheet as the pane tells of it. Amounts in øre. */
export type BudgetView = {
  sheet: string
  budget: Budget
  sign: Sign
  lines: number
  /** Cells that differ from what was read. */
  unsaved: number
  wrong: readonly Marked[]
  doubtful: readonly Marked[]
  conflicts: readonly Marked[]
  /** Income less cost of all lines. */
  result: number
  saved: { at: string; cells: number; differences: readonly SavedDifference[] } | undefined
}
export type SavedDifference = {
  account: string
  field: string
  before: number | string | null
  after: number | string | null
}

/** What a budget begins as; `change` in basis points. */
export type NewVersion = {
  year: number
  name: string
  from?: { budget: string } | { actuals: number }
  change: number
}

type SaveAnswer = SavedAnswer & { differences: SavedDifference[] }
type Opened = { budget: Budget; facts: Omit<BudgetFacts, 'books' | 'locale' | 'sign'>; lines: readonly Base[] }

/** The budget sheet: pulled, judged, saved cell by cell, and brought up to date with what others saved. */
export class BudgetModel {
  readonly #hands: PaneHands
  #opened: Opened | undefined
  #conflicts: SheetConflict[] = []
  #saved = new Set<string>()
  #lastSave: BudgetView['saved']
  /** The sheet one works on: the one in front, until another comes there. */
  #table: string | undefined
  /** What the sheets were last known to be of, by their tables: rows that say it may all be deleted. */
  readonly #bound = new Map<string, { budget: string; sign: Sign }>()
  readonly #atATime: number

  /** `atATime`: how many lines one request saves at most. */
  constructor(hands: PaneHands, atATime = 1_500) {
    this.#hands = hands
    this.#atATime = atATime
  }

  /** The versions one may choose between, the newest year first. */
  async choose(): Promise<void> {
    await this.#hands.withDesk('insert', async (desk) => {
      const { budgets } = await this.#hands.api.get<{ budgets: BudgetChoice[] }>(desk.binding.company, 'budgets')
      this.#hands.set({ budgets })
      await this.#look(desk)
    })
  }

  /** A new budget of a year, empty or with what another or the accounts of the year before come to; its sheet, where there is room for one. */
  async make({ year, name, from, change }: NewVersion): Promise<void> {
    const { api } = this.#hands
    await this.#hands.withDesk('insert', async (desk) => {
      const budgets = `/api/v1/companies/${desk.binding.company}/budgets`
      const { body: made } = await api.call<Budget>(budgets, { body: { year, name }, repeat: false })
      if (from) await api.call(`${budgets}/${made.id}/copies`, { body: { from, change } }) // once more comes to the same
      await this.#insert(desk, made.id)
    })
  }

  async insertSheet(budget: string): Promise<void> {
    await this.#hands.withDesk('insert', (desk) => this.#insert(desk, budget))
  }
  async #insert(desk: Desk, budget: string): Promise<void> {
    await refreshBooks(desk)
    const { facts, kind, opened } = await this.#factsOf(desk, budget, 'natural', true)
    const rows = inOrder(opened.lines.map((line): Row => ({ id: newRowKey(), ...line })))
    const bases = new Map(opened.lines.map((line) => [keyOf(line), line]))
    const t = budgetTexts[facts.locale]
    const params = { company: desk.binding.companyName, year: opened.budget.year, sign: t.signs[facts.sign] }
    const placed = kind.columns.map((column, place) => [column.id, place] as const)
    const where = { places: new Map(placed), firstRow: 4, firstColumn: 0 }
    const table = await this.#hands.run((context) => this.#tableFor(context, desk, budget))
    const blank = kind.columns.map(({ id }) => (id === 'budget' ? `${budget}|${facts.sign}` : ''))
    const cells = rows.map((row, at) => {
      const line = cellsOf(row, bases.get(keyOf(row)), { budget }, facts, rows)
      const total = totalOf(row.amounts) === null ? '' : totalFormula(at, facts.months.length, where)
      return kind.columns.map(({ id }) => (id === 'total' ? total : line[id]))
    })
    await this.#hands.run((context) =>
      insertRegister(context, { ...kind, table }, facts.locale, {
        name: t.sheetName,
        head: [opened.budget.name, fill(t.head, params, facts.locale)],
        // An empty sheet tells its version too, in the first row that stands ready.
        rows: cells.length > 0 ? cells : [blank],
      }),
    )
    this.#table = table
    this.#forget()
    await this.#look(desk)
  }
  #forget(): void {
    this.#conflicts = []
    this.#saved = new Set()
    this.#lastSave = undefined
  }

  /** The sheet that a budget has, else the next there may be. */
  async #tableFor(context: Excel.RequestContext, desk: Desk, budget: string): Promise<string> {
    const names = await registerTables(context, BUDGET_TABLE)
    for (const table of names) {
      const reading = await readRegister(context, { ...budgetKind({ months: [], books: desk.books }), table })
      const of = (reading && boundTo(reading)) ?? this.#bound.get(table)
      if (of?.budget === budget) return table
    }
    return nextTable(BUDGET_TABLE, names)
  }

  /** Another budget sheet came to the front: the pane works on that one. */
  async turnTo(table: string): Promise<void> {
    const desk = this.#hands.desk()
    if (!desk || table === this.#table) return
    await inTurn(desk, async () => {
      this.#table = table
      this.#forget()
    })
    await this.look()
  }

  /** Judges the sheet as it stands, and shows it. */
  async look(): Promise<void> {
    const desk = this.#hands.desk()
    if (desk) await inTurn(desk, () => this.#look(desk)).catch((error) => this.#hands.fail(error))
  }
  async #look(desk: Desk): Promise<void> {
    const found = await this.#read(desk)
    if (!found) {
      this.#hands.set({ budget: undefined })
      return
    }
    await this.#show(found)
  }

  async #read(desk: Desk): Promise<Found | undefined> {
    const bare = await this.#hands.run(async (context) => {
      this.#table = await registerTable(context, BUDGET_TABLE, this.#table)
      return readRegister(context, this.#kindOf({ months: [], books: desk.books }))
    })
    const bound = bare && (boundTo(bare) ?? this.#bound.get(this.#table!))
    if (!bound) return undefined
    this.#bound.set(this.#table!, bound)
    const { facts, kind, opened } = await this.#factsOf(desk, bound.budget, bound.sign)
    const reading = await this.#hands.run((context) => readRegister(context, kind))
    return reading && { reading, facts, kind, opened, lines: linesOf(reading, facts, newRowKey) }
  }

  async #factsOf(desk: Desk, budget: string, sign: Sign, fresh = false) {
    if (fresh || this.#opened?.budget.id !== budget) {
      const { api } = this.#hands
      const company = `/api/v1/companies/${desk.binding.company}`
      const line = {
        base: company,
        locale: this.#hands.state().locale,
        fetch: (async (path: string) => {
          const { body } = await api.call(path)
          return { ok: true, json: async () => body }
        }) as unknown as typeof fetch,
        wait: async () => {},
      }
      const [found, head] = [
        await fetchBudget(line, budget),
        await api.get<Budget>(desk.binding.company, `budgets/${budget}`),
      ]
      this.#opened = { budget: head, facts: found.facts, lines: found.lines }
    }
    const opened = this.#opened!
    const facts: BudgetFacts = { ...opened.facts, books: desk.books, locale: this.#hands.state().locale, sign }
    return { opened, facts, kind: this.#kindOf(facts) }
  }
  /** In the sheet that one works on. */
  #kindOf = (of: Parameters<typeof budgetKind>[0]) => ({ ...budgetKind(of), table: this.#table ?? BUDGET_TABLE })

  async #show(found: Found): Promise<void> {
    const { facts, kind, opened } = found
    const judged = judgeBudget(found.reading, found.lines, facts, this.#conflicts, this.#saved)
    const { wrong, conflicts, doubtful } = judged
    const changes = [
      ...shownChanges(found.reading, judged, opened.budget.id, facts),
      ...markChanges(found.reading, [...wrong, ...conflicts], doubtful),
    ]
    const { run } = this.#hands
    if (changes.length > 0) await run((context) => writeRegister(context, kind, found.reading, changes))
    this.#tell(found.reading, judged, facts)
  }

  #tell(reading: RegisterReading, judged: JudgedBudget, facts: BudgetFacts): void {
    const cells = judged.unsaved.reduce(
      (n, { change }) => n + change.cells.length + (change.spread ? 1 : 0) + (change.comment ? 1 : 0),
      0,
    )
    const standing = judged.lines.filter((line) => !line.blank)
    this.#hands.set({
      budget: {
        sheet: reading.sheet,
        budget: this.#opened!.budget,
        sign: facts.sign,
        lines: standing.length,
        unsaved: cells,
        wrong: judged.wrong,
        doubtful: judged.doubtful,
        conflicts: judged.conflicts,
        result: -standing.reduce((sum, { row }) => sum + (totalOf(row.amounts) ?? 0), 0),
        saved: this.#lastSave,
      },
    })
  }

  /** Sends the cells that changed. What somebody else changed meanwhile is marked, and left as it is. */
  async save(): Promise<void> {
    await this.#hands.withDesk('save', (desk, signal) => inTurn(desk, () => this.#save(desk, signal)))
  }
  async #save(desk: Desk, signal: AbortSignal): Promise<void> {
    const found = await this.#read(desk)
    if (!found) return
    const { facts, kind, opened, lines, reading } = found
    const { unsaved } = judgeBudget(reading, lines, facts, [], this.#saved)
    const path = `/api/v1/companies/${desk.binding.company}/budgets/${opened.budget.id}/lines`
    const differences: SaveAnswer['differences'][number][] = []
    const [conflicts, saved]: [SheetConflict[], Set<string>] = [[], new Set()]
    const keep = () => {
      this.#conflicts = conflicts
      this.#saved = saved
      this.#lastSave = { at: new Date(this.#hands.now()).toISOString(), cells: differences.length, differences }
    }
    // Each part is written down as it is saved: what a lost connection leaves is sent the next time, and nothing twice.
    for (let from = 0; from === 0 || (from < unsaved.length && !signal.aborted); from += this.#atATime) {
      const sent = unsaved.slice(from, from + this.#atATime)
      const { body: answer } = await this.#hands.api.call<SaveAnswer>(path, {
        body: { lines: sent.map(({ change }) => change) },
      })
      const after = savedChanges(lines, sent, answer, opened.budget.id, facts)
      conflicts.push(...after.conflicts)
      for (const id of after.saved) saved.add(id)
      differences.push(...answer.differences)
      keep() // also where the next part is refused
      await this.#hands.run((context) => writeRegister(context, kind, reading, after.changes))
    }
    await this.#look(desk)
  }

  /** Brings in what others have saved; what is unsaved here stays, and is told where both wrote. */
  async refresh(): Promise<void> {
    await this.#hands.withDesk('refresh', (desk) => inTurn(desk, () => this.#refresh(desk)))
  }
  async #refresh(desk: Desk): Promise<void> {
    const before = await this.#read(desk)
    if (!before) return
    await refreshBooks(desk)
    const { facts, kind, opened } = await this.#factsOf(desk, before.opened.budget.id, before.facts.sign, true)
    const { reading, lines } = before
    const standing = lines.filter((line) => !line.blank)
    const rows = standing.map((line) => line.row)
    const taken = withFresh(rows, basesOf(lines), new Map(), opened.lines, facts.months, newRowKey)
    this.#conflicts = [...taken.conflicts].map(([place, { theirs }]) => {
      const [id, field] = place.split(' ')
      return { id: id!, field: field!, theirs, byName: null }
    })
    const changes = taken.rows.flatMap((row, i): RegisterChange[] => {
      const line = standing[i]
      const at = line?.at ?? freeRow(reading, lines) + (i - standing.length)
      // Where both wrote, the old base stays, so that a save tells of it again.
      const base = line && this.#conflicts.some((c) => c.id === row.id) ? line.base : taken.bases.get(row.id)
      return rowChanges(
        at,
        line ? reading.rows[line.at]! : undefined,
        cellsOf(row, base, { budget: opened.budget.id }, facts, taken.rows),
      )
    })
    await this.#hands.run((context) => writeRegister(context, kind, reading, changes))
    await this.#look(desk)
  }

  /** One's own amounts are to stand where others wrote: what they wrote counts as read, and the next save writes over it. */
  takeMine = (): Promise<void> =>
    this.#settle((line, conflicts, facts) => {
      const base = conflicts.reduce<Base | undefined>((b, c) => withTheirs(b, c, line, facts), line.base)
      return [{ at: line.at, column: 'base', value: baseText(line.row.id, base) }]
    })
  /** What others wrote stays, and is put in the cells. */
  takeTheirs = (): Promise<void> =>
    this.#settle((line, conflicts, facts) => {
      const base = conflicts.reduce<Base | undefined>((b, c) => withTheirs(b, c, line, facts), line.base)!
      const shown = cellsOf({ ...line.row, ...base }, base, { budget: '' }, facts, [])
      return [
        { at: line.at, column: 'base', value: baseText(line.row.id, base) },
        ...conflicts.map(({ field }): RegisterChange => {
          const column = columnOfField(field, facts)
          return { at: line.at, column, value: shown[column] }
        }),
      ]
    })
  async #settle(
    of: (line: SheetLine, conflicts: readonly SheetConflict[], facts: BudgetFacts) => RegisterChange[],
  ): Promise<void> {
    await this.#hands.withDesk('save', (desk) =>
      inTurn(desk, async () => {
        const found = await this.#read(desk)
        if (!found) return
        const changes = found.lines.flatMap((line) => {
          const own = this.#conflicts.filter((c) => c.id === line.row.id)
          return own.length > 0 ? of(line, own, found.facts) : []
        })
        this.#conflicts = []
        await this.#hands.run((context) => writeRegister(context, found.kind, found.reading, changes))
        await this.#look(desk)
      }),
    )
  }

  /** The same amounts in another sign. */
  async useSign(sign: Sign): Promise<void> {
    await this.#hands.withDesk('refresh', (desk) =>
      inTurn(desk, async () => {
        const found = await this.#read(desk)
        if (!found) return
        const { reading, lines, kind, opened } = found
        const facts = { ...found.facts, sign }
        const rows = lines.map((line) => line.row)
        const changes = lines.flatMap((line) =>
          line.blank
            ? []
            : rowChanges(
                line.at,
                reading.rows[line.at]!,
                cellsOf(line.row, line.base, { budget: opened.budget.id }, facts, rows),
              ),
        )
        await this.#hands.run((context) => writeRegister(context, kind, reading, changes))
        await this.#look(desk)
      }),
    )
  }

  /** To a cell of the sheet. */
  async goTo(address: string): Promise<void> {
    const { budget } = this.#hands.state()
    if (budget) await this.#hands.goTo(address, budget.sheet)
  }
}

type Found = {
  reading: RegisterReading
  facts: BudgetFacts
  kind: ReturnType<typeof budgetKind>
  opened: Opened
  lines: readonly SheetLine[]
}

/** The cells of a row that differ from what stands in them. A row that carries no line yet keeps none. */
function rowChanges(at: number, row: RegisterRow | undefined, cells: Record<string, unknown>): RegisterChange[] {
  return Object.entries(cells).flatMap(([column, value]): RegisterChange[] => {
    if (row && textOf(row.cells[column]) === textOf(value as never)) return []
    return [{ at, column, value: value as never }]
  })
}

/** The first row below everything that stands in the table. */
const freeRow = (reading: RegisterReading, lines: readonly SheetLine[]): number =>
  Math.max(
    -1,
    ...lines.map((line) => line.at),
    ...reading.rows.filter((r) => textOf(r.cells.account) !== '').map((r) => r.at),
  ) + 1

function withTheirs(
  base: Base | undefined,
  { field, theirs }: SheetConflict,
  { row }: SheetLine,
  { months }: BudgetFacts,
): Base {
  const { account, dimensions } = row
  const from = base ?? { account, dimensions, spread: '', comment: '', amounts: months.map(() => null) }
  if (field === 'spread' || field === 'comment') return { ...from, [field]: String(theirs ?? '') }
  return {
    ...from,
    amounts: from.amounts.map((amount, i) => (months[i] === field ? (theirs as number | null) : amount)),
  }
}
