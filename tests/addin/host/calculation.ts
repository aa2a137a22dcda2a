// Excel's calculation as far as the add-in can tell: cells are handed over in portions, marked busy while they wait, and
// results spill. Dependencies are followed by calculating all that holds a formula.
import { type Area, overlaps } from './a1.ts'
import { type Node, parse } from './formula.ts'
import { LIMIT } from './protocol.ts'
import { newCell, type Sheet, type Value, type Workbook } from './workbook.ts'

export type Call = { name: string; args: unknown[]; address: string }
export type Result = Value | Value[][] | { error: number; message: string }
/** How arguments are given, as the add-in's metadata declares it. */
export type FunctionInfo = {
  /** The id that the add-in has tied it to; the name in formulas unless told. */
  id?: string
  parameters: readonly { dimensionality: string; optional: boolean }[]
}

/** The functions of a metadata file, by the names that formulas call them by. */
export const functionsOf = (
  namespace: string,
  metadata: { functions: readonly (FunctionInfo & { id: string; name: string })[] },
): Map<string, FunctionInfo> => new Map(metadata.functions.map((f) => [`${namespace}.${f.name}`.toUpperCase(), f]))

/** What a failed cell shows, by the client's number. Assumed after the documentation. */
export const ERROR_NAMES: Record<number, string> = { 0: '#VALUE!', 1: '#N/A', 2: '#DIV/0!', 3: '#NUM!', 4: '#NULL!' }
const isError = (result: unknown): result is { error: number; message: string } =>
  typeof result === 'object' && result !== null && !Array.isArray(result) && 'error' in result
/** One element of an array that failed comes as an object of Excel's own. */
const isErrorValue = (value: unknown): value is { basicValue: string; message: string } =>
  typeof value === 'object' && value !== null && 'basicValue' in value

const WAITING = Symbol('waiting')
class Failure extends Error {
  readonly shown: string
  constructor(shown: string, message = '') {
    super(message)
    this.shown = shown
  }
}

export class Calculation {
  readonly #workbook: Workbook
  readonly #functions: ReadonlyMap<string, FunctionInfo>
  readonly #invoke: (calls: readonly Call[]) => Promise<readonly Result[]>
  /** The text behind an error cell, as its flag menu tells it: address → text. */
  readonly errorTexts = new Map<string, string>()
  #running: Promise<void> = Promise.resolve()
  /** The cells that an array spills into, by its sheet and place. */
  readonly #spills = new Map<string, number[]>()

  constructor(
    workbook: Workbook,
    functions: ReadonlyMap<string, FunctionInfo>,
    invoke: (calls: readonly Call[]) => Promise<readonly Result[]>,
  ) {
    this.#workbook = workbook
    this.#functions = functions
    this.#invoke = invoke
  }

  /** Calculates every formula of a sheet, or of all; `idle` tells when it is done. */
  start(sheet?: Sheet): void {
    this.#running = this.#running.then(() => this.#calculate(sheet))
    this.#running.catch(() => {})
  }
  idle = (): Promise<void> => this.#running

  /** Calculates what holds or follows changed cells, unless it is the calculation itself that changed them. */
  follow(sheet: Sheet, area: Area): void {
    const touched = [...sheet.cells].some(
      ([key, cell]) =>
        cell.formula && overlaps(area, { r: Math.floor(key / LIMIT.columns), c: key % LIMIT.columns, h: 1, w: 1 }),
    )
    const anyFormula = touched || this.#workbook.sheets.some((s) => [...s.cells.values()].some((cell) => cell.formula))
    if (anyFormula) this.start()
  }

  async #calculate(only?: Sheet): Promise<void> {
    const answers = new Map<string, Result>()
    for (let round = 0; round < 10; round++) {
      const calls = new Map<string, Call>()
      const memo = new Map<string, unknown>()
      for (const sheet of this.#workbook.sheets)
        for (const [key, cell] of [...sheet.cells]) {
          if (!cell.formula || (only && sheet !== only)) continue
          const [r, c] = [Math.floor(key / LIMIT.columns), key % LIMIT.columns]
          const result = this.#cell(sheet, r, c, { answers, calls, memo, path: new Set() })
          if (result === WAITING) this.#workbook.setCell(sheet, r, c, { ...cell, value: '#BUSY!' })
          else this.#show(sheet, r, c, result)
        }
      if (calls.size === 0) return
      const asked = [...calls]
      const results = await this.#invoke(asked.map(([, call]) => call))
      asked.forEach(([key], i) => answers.set(key, results[i]!))
    }
    throw new Error('the calculation does not end')
  }

  #show(sheet: Sheet, r: number, c: number, result: unknown): void {
    const workbook = this.#workbook
    const cell = workbook.cell(sheet, r, c) ?? newCell()
    const address = workbook.addressOf(workbook.range(sheet, { r, c, h: 1, w: 1 }))
    const anchor = r * LIMIT.columns + c
    for (const key of this.#spills.get(`${sheet.id} ${anchor}`) ?? [])
      if (sheet.cells.get(key)?.spillOf === anchor) sheet.cells.delete(key)
    this.#spills.delete(`${sheet.id} ${anchor}`)
    this.errorTexts.delete(address)
    const put = (value: Value) => workbook.setCell(sheet, r, c, { ...cell, value })
    if (result instanceof Failure) {
      this.errorTexts.set(address, result.message)
      put(result.shown)
      return
    }
    if (!Array.isArray(result)) {
      put(plain(result))
      return
    }
    const rows = result as unknown[][]
    const [h, w] = [rows.length, rows[0]?.length ?? 0]
    if (rows.some((row) => row.length !== w)) throw new Error(`${address}: Excel takes rectangles alone`)
    const free = rows.every((row, i) =>
      row.every((_, j) => {
        const other = i === 0 && j === 0 ? undefined : workbook.cell(sheet, r + i, c + j)
        return !other || (other.value === '' && !other.formula)
      }),
    )
    if (!free) return put('#SPILL!')
    const spilled: number[] = []
    this.#spills.set(`${sheet.id} ${anchor}`, spilled)
    for (let i = 0; i < h; i++)
      for (let j = 0; j < w; j++) {
        if (i === 0 && j === 0) continue
        spilled.push((r + i) * LIMIT.columns + c + j)
        workbook.setCell(sheet, r + i, c + j, { ...newCell(), value: plain(rows[i]![j]), spillOf: anchor })
      }
    put(plain(rows[0]?.[0]))
  }

  #cell(sheet: Sheet, r: number, c: number, state: State): unknown {
    const cell = this.#workbook.cell(sheet, r, c)
    if (!cell) return ''
    if (!cell.formula) return cell.value
    const key = `${sheet.id} ${r} ${c}`
    if (state.memo.has(key)) return state.memo.get(key)
    if (state.path.has(key)) return new Failure('#REF!', 'circular')
    state.path.add(key)
    let result: unknown
    try {
      result = this.#value(this.#parsed(cell.formula), sheet, r, c, state)
    } catch (error) {
      if (error instanceof Failure) result = error
      else result = new Failure('#NAME?', (error as Error).message)
    }
    state.path.delete(key)
    state.memo.set(key, result)
    return result
  }

  /** A formula is read once, as Excel does when it is typed. */
  #parsed(formula: string): Node {
    let node = this.#nodes.get(formula)
    if (!node) this.#nodes.set(formula, (node = parse(formula)))
    return node
  }
  readonly #nodes = new Map<string, Node>()

  #value(node: Node, sheet: Sheet, r: number, c: number, state: State): unknown {
    const value = (of: Node) => this.#value(of, sheet, r, c, state)
    switch (node.kind) {
      case 'value':
        return node.value
      case 'minus':
        return this.#arithmetic('-', 0, value(node.of))
      case 'operator':
        return this.#arithmetic(node.sign, value(node.left), value(node.right))
      case 'reference': {
        const on = node.sheet === undefined ? sheet : this.#workbook.sheet(node.sheet)
        if (!on) throw new Failure('#REF!')
        const area = this.#workbook.at(on, node.address)
        const grid = this.#workbook.grid(area, (_, y, x) => this.#cell(on, y, x, state))
        return area.h === 1 && area.w === 1 ? topLeft(grid[0]![0]) : grid.map((row) => row.map(topLeft))
      }
      case 'call':
        return this.#call(node, sheet, r, c, state)
    }
  }

  #call(node: Node & { kind: 'call' }, sheet: Sheet, r: number, c: number, state: State): unknown {
    const given = node.args.map((arg) => (arg === undefined ? undefined : this.#value(arg, sheet, r, c, state)))
    const flat = given.flat(2)
    if (flat.includes(WAITING)) return WAITING
    const failure = flat.find((value) => value instanceof Failure)
    if (failure) throw failure
    if (node.name === 'SUM')
      return flat.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0)
    const info = this.#functions.get(node.name)
    if (!info) throw new Failure('#NAME?', node.name)
    const required = info.parameters.filter((p) => !p.optional).length
    if (given.length > info.parameters.length || given.length < required)
      throw new Failure('#VALUE!', 'number of arguments')
    const args = info.parameters.map((parameter, i) => {
      const value = given[i]
      if (value === undefined || value === '')
        return parameter.optional ? null : parameter.dimensionality === 'matrix' ? [['']] : ''
      if (parameter.dimensionality === 'matrix') return Array.isArray(value) ? value : [[value]]
      if (Array.isArray(value)) throw new Failure('#VALUE!', 'a range where one value belongs')
      return value
    })
    const address = this.#workbook.addressOf(this.#workbook.range(sheet, { r, c, h: 1, w: 1 }))
    const key = JSON.stringify([node.name, args, address])
    const answer = state.answers.get(key)
    if (answer === undefined) {
      state.calls.set(key, { name: info.id ?? node.name, args, address })
      return WAITING
    }
    if (isError(answer)) throw new Failure(ERROR_NAMES[answer.error] ?? '#VALUE!', answer.message)
    return answer
  }

  #arithmetic(sign: string, left: unknown, right: unknown): unknown {
    if (left === WAITING || right === WAITING) return WAITING
    if (left instanceof Failure) throw left
    if (right instanceof Failure) throw right
    if (sign === '&') return `${left}${right}`
    const [a, b] = [numeric(left), numeric(right)]
    if (sign === '+') return a + b
    if (sign === '-') return a - b
    if (sign === '*') return a * b
    if (b === 0) throw new Failure('#DIV/0!')
    return a / b
  }
}

type State = {
  answers: ReadonlyMap<string, Result>
  calls: Map<string, Call>
  memo: Map<string, unknown>
  path: Set<string>
}

const topLeft = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[][])[0]![0] : value)
const plain = (value: unknown): Value => {
  if (isErrorValue(value)) return value.basicValue
  return isError(value) ? (ERROR_NAMES[value.error] ?? '#VALUE!') : ((value ?? '') as Value)
}
function numeric(value: unknown): number {
  if (value === '') return 0
  const number = Number(value)
  if (typeof value === 'boolean' || Number.isNaN(number)) throw new Failure('#VALUE!')
  return number
}
