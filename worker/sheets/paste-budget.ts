import { signWords } from '#i18n/budget-sheet-words.ts'
import type { BudgetKey } from '#i18n/budget-text.ts'
import { directionOf, type Recognised, recogniseSign, SIGNS, type Sign } from '#worker/budgets/budget-sign.ts'
import { monthOfTitle, saysThousands, valueOfTitle } from './budget-titles.ts'
import { ourNumber } from './cell-values.ts'
import { type Answers, type Question, whichNumber } from './paste-cells.ts'
import { accountIn, type Shape, type SheetFacts, shapeOf } from './paste-shape.ts'
import { type Decimal, decimalOf, readAmount } from './read-amount.ts'

/** A line as the sheet has it: amounts in øre in the sheet's own sign, by the month's place. `total` is shared over the year. */
export type PastedLine = {
  account: string
  dimensions: Record<string, string>
  amounts: Map<number, number>
  total?: number
  spread?: string
  comment?: string
  /** The sheet's row, from 1. */
  at: number
}

/** Something told of how a sheet was read, as a text and what fills it. Amounts are øre in the sheet's sign. */
export type Told = { key: BudgetKey; params: Record<string, string | number> }
export type Pasted = {
  lines: PastedLine[]
  told: Told[]
  recognised: Recognised
  rows: number
  /** Figures with two readings, counted as thousands until somebody has answered: nothing is kept before. */
  questions: Question[]
}

/**
 * Reads a budget in whatever layout it was pasted: accounts down and months across or the other way, a row for each account
 * and month, a sum for the year, departments as columns or as parts of the sheet. Headings and sums are left out, and the sums
 * are held against what was read. Undefined when there are no accounts and amounts in it.
 */
export function readBudgetTable(
  cells: readonly string[][],
  facts: SheetFacts,
  answers: Pick<Answers, 'number'> = {},
): Pasted | undefined {
  const shape = shapeOf(cells, facts)
  if (!shape) return undefined
  const reading = new Reading(shape, facts, answers)
  const lines = reading.lines()
  if (lines.length === 0) return undefined
  const sums = lines.map((line) => ({
    direction: directionOf(line.account, facts.books.accounts.get(line.account)?.type),
    amount: line.total ?? sumOf(line.amounts),
  }))
  const said = reading.saidSign()
  const recognised: Recognised = said ? { sign: said, proof: 'income-and-cost' } : recogniseSign(sums)
  return { lines, told: reading.told(lines), recognised, rows: cells.length, questions: reading.questions() }
}

const sumOf = (amounts: ReadonlyMap<number, number>): number => [...amounts.values()].reduce((a, b) => a + b, 0)

class Reading {
  readonly #shape: Shape
  readonly #facts: SheetFacts
  readonly #decimal: Decimal | undefined
  readonly #factor: number
  readonly #unreadable: Told[] = []
  readonly #differs: Told[] = []
  readonly #answers: Pick<Answers, 'number'>
  #doubtful: Question | undefined
  #rounded = 0
  #skipped = 0
  #proved = 0
  #parts = new Set<string>()
  #partDimension: string | undefined

  constructor(shape: Shape, facts: SheetFacts, answers: Pick<Answers, 'number'>) {
    this.#answers = answers
    this.#shape = shape
    this.#facts = facts
    const figures = this.#columns((kind) => ['month', 'total', 'amount', 'value'].includes(kind))
    this.#decimal = decimalOf(this.#body().flatMap((row) => figures.map((col) => row[col] ?? '')))
    this.#factor = shape.cells.slice(0, shape.header + 1).some((row) => row.some(saysThousands)) ? 1_000 : 1
  }

  #body = (): readonly string[][] => this.#shape.cells.slice(this.#shape.header + 1)
  #columns = (wanted: (kind: string) => boolean): number[] =>
    this.#shape.columns.flatMap((c, i) => (c && wanted(c.kind) ? [i] : []))
  #column = (kind: string): number => this.#columns((k) => k === kind)[0] ?? -1
  /** The column that says the month of each row, in a list of a row for each account and month. */
  get #listMonth(): number {
    return this.#shape.columns.findIndex((c) => c?.kind === 'month' && !('month' in c))
  }

  lines(): PastedLine[] {
    const lines: PastedLine[] = []
    let part = this.#partAbove()
    let since = 0
    this.#body().forEach((row, i) => {
      const at = this.#shape.header + 2 + i
      const number = accountIn(row[this.#shape.account] ?? '')
      const account = number && ourNumber(number, this.#facts.books)
      if (account === undefined) {
        const own = this.#partIn(row)
        if (own) part = own
        else if (row.some((cell) => cell !== '')) {
          this.#skipped++
          if (this.#proves(row, lines, since)) since = lines.length
        }
        return
      }
      lines.push(...this.#linesIn(row, account, at, part))
    })
    return this.#listMonth >= 0 ? pivoted(lines) : lines
  }

  /** The sign that the sheet itself names, as an export of ours does. */
  saidSign(): Sign | undefined {
    const at = this.#column('sign')
    const word = at < 0 ? '' : (this.#body().find((row) => row[at])?.[at] ?? '').toLowerCase()
    return SIGNS.find((sign) => signWords[sign].includes(word))
  }

  /** A row that names a department and holds no figures: the rows below it are that department's. */
  #partIn(row: readonly string[]): Record<string, string> | undefined {
    const filled = row.filter((cell) => cell !== '')
    const found =
      filled.length > 0 && filled.length <= 3 ? valueOfTitle(filled.join(' '), this.#facts.books) : undefined
    if (!found) return undefined
    this.#parts.add(found.value)
    this.#partDimension = found.dimension
    return { [found.dimension]: found.value }
  }
  #partAbove(): Record<string, string> {
    for (const row of this.#shape.cells.slice(0, Math.max(this.#shape.header, 0))) {
      const part = this.#partIn(row)
      if (part) return part
    }
    return {}
  }

  #linesIn(row: readonly string[], account: string, at: number, part: Record<string, string>): PastedLine[] {
    const dimensions = { ...part }
    for (const [col, c] of this.#shape.columns.entries())
      if (c?.kind === 'dimension') {
        const text = row[col] ?? ''
        const value = text === '' ? '' : (this.#valueIn(c.key, text) ?? text)
        if (value !== '') dimensions[c.key] = value
      }
    const text = (kind: string): string => row[this.#column(kind)] ?? ''
    const spread = text('spread')
    const comment = text('comment').replace(/^'(?=[=+\-@])/, '')
    const own = {
      account,
      at,
      ...(spread !== '' && { spread }),
      ...(comment !== '' && { comment }),
    }
    const values = this.#columns((kind) => kind === 'value')
    const months = this.#columns((kind) => kind === 'month').filter((col) => col !== this.#listMonth)
    if (months.length === 0 && values.length > 0)
      return values.flatMap((col): PastedLine[] => {
        const c = this.#shape.columns[col] as { key: string; value: string }
        const total = this.#amount(row[col] ?? '', at, col)
        return total === undefined
          ? []
          : [{ ...own, dimensions: { ...dimensions, [c.key]: c.value }, amounts: new Map(), total }]
      })
    const amounts = new Map<number, number>()
    if (this.#listMonth >= 0) {
      const col = Math.max(this.#column('amount'), this.#column('total'))
      const month = monthOfTitle(row[this.#listMonth] ?? '', this.#facts.months, true)
      const amount = this.#amount(row[col] ?? '', at, col)
      if (month === undefined || amount === undefined) {
        this.#skipped++
        return []
      }
      return [{ ...own, dimensions, amounts: new Map([[month, amount]]) }]
    }
    for (const col of months) {
      const amount = this.#amount(row[col] ?? '', at, col)
      if (amount !== undefined) amounts.set((this.#shape.columns[col] as { month: number }).month, amount)
    }
    const totalAt =
      this.#column('total') >= 0 ? this.#column('total') : months.length === 0 ? this.#column('amount') : -1
    const total = totalAt >= 0 ? this.#amount(row[totalAt] ?? '', at, totalAt) : undefined
    if (amounts.size === 0) return total === undefined ? [] : [{ ...own, dimensions, amounts, total }]
    if (total !== undefined) {
      const sum = sumOf(amounts)
      if (sum === total) this.#proved++
      else this.#differs.push({ key: 'pastedDiffers', params: { row: at, printed: total, sum } })
    }
    return [{ ...own, dimensions, amounts }]
  }

  #valueIn(key: string, text: string): string | undefined {
    const dimension = this.#facts.books.dimensions.get(key)
    if (dimension?.byCode.has(text)) return text
    const found = dimension && valueOfTitle(text, { dimensions: new Map([[key, dimension]]) })
    return found?.value ?? /^(\S+)\s/.exec(text)?.[1]
  }

  #amount(text: string, at: number, col: number): number | undefined {
    const body = text.trim()
    if (body === '' || /^[-–]$/.test(body)) return undefined
    const read = readAmount(body, this.#decimal)
    if (read.kind === 'empty') return undefined
    if (read.kind === 'amount') return read.ore * this.#factor
    if (read.kind === 'ambiguous') {
      const [decimal, thousands] = [read.asDecimal * this.#factor, read.asThousands * this.#factor]
      if (!this.#answers.number) this.#doubtful ??= whichNumber(body, decimal, thousands)
      return this.#answers.number === 'decimal' ? decimal : thousands
    }
    // A sheet's own fractions of an øre come from a formula, such as a twelfth of a year.
    if (read.kind === 'too-fine') {
      this.#rounded++
      return read.rounded * this.#factor
    }
    this.#unreadable.push({ key: 'pastedUnreadable', params: { row: at, column: this.#name(col), text: body } })
    return undefined
  }

  /** Whether a sum in the sheet is that of the lines since the sum before it, or of all lines. */
  #proves(row: readonly string[], lines: readonly PastedLine[], since: number): boolean {
    const months = this.#columns((kind) => kind === 'month').filter((col) => col !== this.#listMonth)
    const printed = months.map((col) => readAmount(row[col] ?? '', this.#decimal))
    if (months.length === 0 || !printed.every((p) => p.kind === 'amount' || p.kind === 'empty')) return false
    if (!printed.some((p) => p.kind === 'amount')) return false
    const agrees = (of: readonly PastedLine[]) =>
      months.every((col, i) => {
        const { month } = this.#shape.columns[col] as { month: number }
        const sum = of.reduce((total, line) => total + (line.amounts.get(month) ?? 0), 0)
        const p = printed[i]!
        return (p.kind === 'amount' ? p.ore * this.#factor : 0) === sum
      })
    if (!agrees(lines.slice(since)) && !agrees(lines)) return false
    this.#proved++
    return true
  }

  #name(col: number): string {
    const title = this.#shape.cells[this.#shape.header]?.[col]
    return title || (col < 26 ? String.fromCharCode(65 + col) : String(col + 1))
  }

  questions = (): Question[] => (this.#doubtful ? [this.#doubtful] : [])

  /** How the sheet was read, a line each. */
  told(lines: readonly PastedLine[]): Told[] {
    const { columns, header, account, transposed } = this.#shape
    const told: Told[] = []
    const tell = (key: BudgetKey, params: Told['params'] = {}) => told.push({ key, params })
    if (transposed) tell('pastedTransposed')
    if (header >= 0 && !transposed) tell('pastedHeader', { row: header + 1 })
    tell('pastedAccount', { column: this.#name(account) })
    const months = this.#columns((kind) => kind === 'month').filter((col) => col !== this.#listMonth)
    if (this.#listMonth >= 0) tell('pastedList')
    else if (months.length > 0) {
      const [first, last] = [months[0]!, months.at(-1)!]
      const month = (col: number) => this.#facts.months[(columns[col] as { month: number }).month]!
      tell('pastedMonths', { first: this.#name(first), last: this.#name(last), from: month(first), to: month(last) })
    }
    const values = this.#columns((kind) => kind === 'value')
    if (months.length === 0 && values.length > 0) {
      const { key } = columns[values[0]!] as { key: string }
      tell('pastedDimensionColumns', { dimension: key, values: values.map((col) => this.#name(col)).join(', ') })
    } else if (lines.some((line) => line.total !== undefined))
      tell('pastedTotalOnly', { column: this.#name(Math.max(this.#column('total'), this.#column('amount'))) })
    for (const col of this.#columns((kind) => kind === 'dimension'))
      tell('pastedDimension', { column: this.#name(col), dimension: (columns[col] as { key: string }).key })
    if (this.#parts.size > 0) tell('pastedBlocks', { count: this.#parts.size, dimension: this.#partDimension! })
    if (this.#factor > 1) tell('pastedThousands')
    if (this.#rounded > 0) tell('pastedRounded', { count: this.#rounded })
    if (this.#skipped > 0) tell('pastedSkipped', { count: this.#skipped })
    if (this.#proved > 0) tell('pastedProof', { count: this.#proved })
    const unknown = lines.filter((line) => !this.#facts.books.accounts.has(line.account)).length
    if (unknown > 0) tell('pastedUnknown', { count: unknown })
    return [...told, ...twinsOf(lines), ...this.#differs, ...this.#unreadable]
  }
}

const keyOf = ({ account, dimensions }: PastedLine): string =>
  JSON.stringify([account, Object.entries(dimensions).sort()])

function twinsOf(lines: readonly PastedLine[]): Told[] {
  const seen = new Set<string>()
  return lines.flatMap((line) => {
    const key = keyOf(line)
    const twice = seen.has(key)
    seen.add(key)
    return twice ? [{ key: 'pastedTwice' as const, params: { row: line.at, account: line.account } }] : []
  })
}

/** A list of a row for each account and month, as a line for each account. A month that stands twice is added up. */
function pivoted(lines: readonly PastedLine[]): PastedLine[] {
  const byKey = new Map<string, PastedLine>()
  for (const line of lines) {
    const key = keyOf(line)
    const whole = byKey.get(key)
    if (!whole) byKey.set(key, { ...line, amounts: new Map(line.amounts) })
    else for (const [month, amount] of line.amounts) whole.amounts.set(month, (whole.amounts.get(month) ?? 0) + amount)
  }
  return [...byKey.values()]
}
