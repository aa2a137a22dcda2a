import type { IsoDate } from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { daysOf, periodOf } from '#worker/reports/period-range.ts'
import type { Measure } from '#worker/reports/report-batch.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import type { SelectedCell } from '../excel/selected-cell.ts'
import { matrixOf, optionsOf } from '../functions/arguments.ts'
import type { FunctionId } from '../functions/catalogue.ts'
import { cellQuery, type Part } from '../functions/evaluate.ts'
import type { FunctionRuntime } from '../functions/function-runtime.ts'

/** An entry behind a figure. Amount in øre, debit positive, with the sign it counts with in the figure. */
export type DrillLine = {
  voucherId: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: IsoDate
  account: string
  text: string
  amount: number
}
/** What a figure is made of: what stood before, and the entries since. They sum to the figure, in øre. */
export type Drilled = {
  account: string
  period: string
  atVersion: number | undefined
  opening: number
  lines: readonly DrillLine[]
  /** There were more than are shown; the sum is of all. */
  more: number
  sum: number
  /** The figure itself, asked for at the same version. */
  figure: number
}

const MEASURES: Partial<Record<FunctionId, Measure>> = {
  BALANCE: 'closing',
  OPENING: 'opening',
  MOVEMENT: 'movement',
  DEBIT: 'debit',
  CREDIT: 'credit',
  FIGURES: 'closing',
  ASKNOWNAT: 'closing',
}
/** The most that is read; a figure of more says so. */
const MOST = 50_000
const PAGE = 5_000

/** The entries behind the selected cell, at the version the cell was drawn from. Undefined for functions that are no figures. */
export async function drillDown(cell: SelectedCell, runtime: FunctionRuntime): Promise<Drilled | undefined> {
  const parts: { sign: 1 | -1; part: Part }[] = []
  let company: string | undefined
  for (const call of cell.calls) {
    const asked = await partsOf(call, cell.place, runtime)
    if (!asked) return undefined
    company ??= asked.company
    if (asked.company !== company) return undefined
    parts.push(...asked.parts.map((part) => ({ sign: call.sign, part })))
  }
  if (!company || parts.length === 0) return undefined
  const { api } = runtime.around
  const { fiscalYears } = await runtime.facts(company)
  const source = runtime.source(company)
  const figures = await Promise.all(parts.map(({ part }) => source.figure(part.query)))
  const atVersion = parts[0]!.part.query.atVersion ?? source.state.ledgerVersion
  const behind = await Promise.all(
    parts.map(({ part }) => entriesOf(api, company, part, source.state.ledgerVersion, fiscalYears)),
  )
  let sum = 0
  let opening = 0
  let figure = 0
  const lines: DrillLine[] = []
  let more = 0
  for (const [i, { sign, part }] of parts.entries()) {
    const factor = sign * part.sign
    const own = behind[i]!
    opening += factor * own.opening
    figure += factor * figures[i]!
    sum += factor * own.sum
    more += own.more
    lines.push(...own.lines.map((line) => ({ ...line, amount: factor * line.amount })))
  }
  const { account, period } = parts[0]!.part.query
  return { account, period, atVersion, opening, lines, more, sum: opening + sum, figure }
}

async function partsOf(call: SelectedCell['calls'][number], place: SelectedCell['place'], runtime: FunctionRuntime) {
  const { id, args } = call
  const measure = MEASURES[id]
  if (!measure) return undefined
  const isTable = id === 'FIGURES'
  const options = optionsOf(isTable ? args[4] : id === 'ASKNOWNAT' ? asKnown(args[2]) : args[3])
  const company = await runtime.companyOf(options.company)
  const dims = isTable ? args[3] : id === 'ASKNOWNAT' ? args[3] : args[2]
  const account = at(args[0], isTable ? { row: place.row, column: 0 } : place)
  const period = at(args[1], isTable ? { row: 0, column: place.column } : place)
  const named = isTable && args[2] ? runtime.measureNamed(args[2]) : measure
  const query = cellQuery(named, account, period, dims, options, await runtime.yearStart(company, period))
  return { company, parts: query.parts }
}

const asKnown = (known: unknown): string =>
  typeof known === 'number' && known < 20_000 ? `atVersion=${known}` : `asKnownAt=${known}`

/** The value that the cell's own place in an array took from an argument. */
function at(given: unknown, { row, column }: { row: number; column: number }): unknown {
  const m = matrixOf(given)
  const flat = m.flat()
  if (flat.length === 1) return flat[0]
  if (m.length === 1) return m[0]![column] ?? m[0]![row]
  if (m[0]!.length === 1) return m[row]?.[0]
  return m[row]?.[column]
}

type Entries = { opening: number; lines: DrillLine[]; more: number; sum: number }

async function entriesOf(
  api: LedgerApi,
  company: string,
  { query }: Part,
  pinned: number | undefined,
  years: readonly FiscalYear[],
): Promise<Entries> {
  const { measure, account, period, dimensions, atVersion, asKnownAt } = query
  const days = daysOf(periodOf(period)!, years)!
  const version = atVersion ?? (asKnownAt === undefined ? pinned : undefined)
  const asked = { account, ...days, ...dimensions, atVersion: version, asKnownAt }
  const lines: DrillLine[] = []
  let opening = 0
  let more = 0
  for (let cursor: string | undefined; ; ) {
    const page = await api.get<{ opening: number; entries: (DrillLine & { amount: number })[]; cursor: string | null }>(
      company,
      'reports/general-ledger',
      { ...asked, limit: PAGE, cursor },
    )
    if (!cursor) opening = page.opening
    if (measure !== 'opening') lines.push(...page.entries)
    if (!page.cursor || measure === 'opening') break
    cursor = page.cursor
    if (lines.length >= MOST) {
      more = 1
      break
    }
  }
  const counted = lines.filter(({ amount }) =>
    measure === 'debit' ? amount > 0 : measure === 'credit' ? amount < 0 : true,
  )
  const signed = measure === 'credit' ? counted.map((line) => ({ ...line, amount: -line.amount })) : counted
  const sum = signed.reduce((total, { amount }) => total + amount, 0)
  return { opening: measure === 'closing' || measure === 'opening' ? opening : 0, lines: signed, more, sum }
}
