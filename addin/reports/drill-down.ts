import { firstDay, type IsoDate, lastDay, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { type Days, daysOf, periodOf } from '#worker/reports/period-range.ts'
import type { Measure } from '#worker/reports/report-batch.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { BLOCK_VOUCHERS } from '../audit/block-columns.ts'
import type { BlockPlace } from '../audit/block-place.ts'
import type { CellCall, SelectedCell } from '../excel/selected-cell.ts'
import { ArgumentFault, knownAtOf, matrixOf, type Options, optionsOf } from '../functions/arguments.ts'
import type { FunctionId } from '../functions/catalogue.ts'
import { cellQuery, type Part } from '../functions/evaluate.ts'
import { type FigureQuery, keyOf, requestsOf } from '../functions/figure-query.ts'
import { budgetOptions, EVERY_COMPANY, type FunctionRuntime, varianceOptions } from '../functions/function-runtime.ts'
import { behindRow, whichOf } from '../functions/list-rows.ts'
import { dayOfSerial } from '../sheet/excel-value.ts'

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
/** What a figure is made of: what stood before, what was budgeted, and the entries. They sum to the figure, in øre. */
export type Drilled = {
  company: string
  account: string
  /** How many accounts or ranges are in it. */
  accounts: number
  period: string
  atVersion: number | undefined
  opening: number
  /** What was budgeted, by month, with the sign it counts with. */
  budget: readonly { month: Month; amount: number }[]
  lines: readonly DrillLine[]
  /** There were more than are shown; the sum is of those that are, and says nothing of the figure. */
  more: number
  sum: number
  /** The figure itself, asked for at the same version. */
  figure: number
  /** The cell tells a share, which is not the sum. */
  share?: boolean
}

const MEASURES: Partial<Record<FunctionId, Measure>> = {
  BALANCE: 'closing',
  OPENING: 'opening',
  MOVEMENT: 'movement',
  DEBIT: 'debit',
  CREDIT: 'credit',
  FIGURES: 'closing',
  ASKNOWNAT: 'closing',
  BUDGET: 'budget',
  VARIANCE: 'variance',
}
/** The most that is read; a figure of more says so. */
const MOST = 50_000
const PAGE = 5_000

/** What a cell is made of, ready to be asked for: all of one company. */
export type CellParts = { company: string; parts: readonly Part[] }

/** The signed parts of a cell's figure. Undefined for functions that are no figures. @throws ArgumentFault */
export async function partsOfCell(cell: SelectedCell, runtime: FunctionRuntime): Promise<CellParts | undefined> {
  if (cell.block) {
    const parts = blockParts(cell.block)
    return parts && { company: await runtime.companyOf(), parts }
  }
  const parts: Part[] = []
  let company: string | undefined
  for (const call of cell.calls) {
    const asked = await partsOfCall(call, runtime)
    if (!asked) return undefined
    company ??= asked.company
    if (asked.company !== company) return undefined
    parts.push(...asked.parts.map((part): Part => ({ ...part, sign: (call.sign * part.sign) as 1 | -1 })))
  }
  return company && parts.length > 0 ? { company, parts } : undefined
}

/** The entries behind the selected cell, at the version the cell was drawn from. Undefined for functions that are no figures. */
export async function drillDown(cell: SelectedCell, runtime: FunctionRuntime): Promise<Drilled | undefined> {
  const asked = await partsOfCell(cell, runtime)
  if (!asked) return vatDrilled(cell, runtime)
  const { company, parts } = asked
  const { api } = runtime.around
  const { fiscalYears } = await runtime.facts(company)
  const source = runtime.source(company)
  const figures = await Promise.all(parts.map(({ query }) => source.figure(query)))
  const behind = await Promise.all(
    parts.map((part) => entriesOf(api, company, part, source.state.ledgerVersion, fiscalYears)),
  )
  const total = { sum: 0, opening: 0, figure: 0, more: 0 }
  const lines: DrillLine[] = []
  const budget = new Map<Month, number>()
  for (const [i, { sign }] of parts.entries()) {
    const own = behind[i]!
    for (const { month, amount } of own.budget) {
      budget.set(month, (budget.get(month) ?? 0) + sign * amount)
      total.sum += sign * amount
    }
    total.opening += sign * own.opening
    total.figure += sign * figures[i]!
    total.sum += sign * (own.opening + own.sum)
    total.more += own.more
    lines.push(...own.lines.map((line) => ({ ...line, amount: sign * line.amount })))
  }
  const { account, period } = parts[0]!.query
  const atVersion = parts[0]!.query.atVersion ?? source.state.ledgerVersion
  const accounts = new Set(parts.map(({ query }) => query.account)).size
  const budgeted = [...budget].map(([month, amount]) => ({ month, amount })).filter(({ amount }) => amount !== 0)
  const share = cell.calls.some(({ id, args }) => id === 'VARIANCE' && varianceOptions(args[3]).share)
  return { company, account, accounts, period, atVersion, budget: budgeted, lines, share, ...total }
}

/** Whether a function's figures are sums of entries: of others nothing is asked when many cells are gone through. */
export const hasParts = (id: FunctionId): boolean => id in MEASURES || id === 'TRIALBALANCE' || id === 'STATEMENT'

/** What stands behind a cell of a list, and its column there; undefined for other cells. */
async function behindCell(cell: SelectedCell, runtime: FunctionRuntime) {
  const [call, ...more] = cell.calls
  return call && more.length === 0 ? behindCall(call, runtime) : undefined
}
async function behindCall({ id, args, place, shown }: CellCall, runtime: FunctionRuntime) {
  if (MEASURES[id]) return undefined
  const list = lists.get(args) ?? runtime.list(id, args)
  lists.set(args, list)
  const rows = await list
  if (!Array.isArray(rows)) return undefined
  const cells: readonly unknown[] | undefined = rows[place.row]
  if (!cells || (shown && !isSame(cells, shown))) throw new ArgumentFault('moved')
  const row = behindRow(cells)
  return row && { row, column: place.column }
}
/** Lists by the call's own arguments, which all cells of its array have: each is made once, however many are asked about. */
const lists = new WeakMap<CellCall['args'], Promise<unknown>>()

/** Whether the sheet shows a row of a list as it is now: in another place, another row stands behind the cell. */
const isSame = (row: readonly unknown[], shown: readonly unknown[]): boolean =>
  row.slice(0, shown.length).every((cell, i) => {
    const is = shown[i]
    if (typeof cell === 'number' && typeof is === 'number') return Math.abs(cell - is) < 1e-6
    return (typeof cell === 'object' && cell !== null) || String(cell ?? '') === String(is ?? '')
  })

/** The voucher that the selected row is of, in a list of vouchers, lines or open items, or in a pulled report. */
export async function voucherOfCell(
  cell: SelectedCell,
  runtime: FunctionRuntime,
): Promise<{ company: string; voucher: string } | undefined> {
  const { block } = cell
  if (!block) {
    const { row } = (await behindCell(cell, runtime)) ?? {}
    return row?.voucher === undefined ? undefined : { company: row.company, voucher: row.voucher }
  }
  if (blockParts(block)) return undefined
  const name = /^(\S+)\s(\d{4})-(\d+)$/.exec(String(block.cells[BLOCK_VOUCHERS[block.seal.kind] ?? -1] ?? ''))
  if (!name) return undefined
  const company = await runtime.companyOf()
  const [, series, fiscalYear, number] = name
  const { vouchers } = await runtime.around.api.get<{ vouchers: { id: string }[] }>(company, 'vouchers', {
    series,
    fiscalYear,
    number,
    limit: 1,
  })
  return vouchers[0] && { company, voucher: vouchers[0].id }
}

/** The vouchers' lines behind a figure of the VAT specification, as the return signs them. */
async function vatDrilled(cell: SelectedCell, runtime: FunctionRuntime): Promise<Drilled | undefined> {
  const { row, column } = (await behindCell(cell, runtime)) ?? {}
  const sign = cell.calls[0]?.sign ?? 1
  const asked = row?.vat?.(column!)
  if (!row || !asked) return undefined
  const { company } = row
  const { of, query } = asked
  const { entries, atVersion } = await runtime.read<{
    atVersion: number
    entries: (DrillLine & { base: number; vat: number })[]
  }>(company, 'reports/vat-specification/entries', { of: 'line', ...query })
  const lines = entries
    .map((entry) => ({ ...entry, amount: 0 - sign * entry[of] }))
    .filter(({ amount }) => amount !== 0)
  const sum = lines.reduce((total, { amount }) => total + amount, 0)
  const figure = Math.round(Number(cell.value) * 100)
  const account = String(query.vatCode)
  const more = entries.length >= MOST_VAT ? 1 : 0
  const shape = { opening: 0, budget: [], accounts: 0, period: String(query.term) }
  return { company, account, ...shape, atVersion, lines, more, sum, figure }
}
/** The most that is told of a figure of the VAT specification. */
const MOST_VAT = 1_000

/** The same figure as the ledger gives it now, in øre, where others have posted since the cell was drawn. */
export async function figureNow(cell: SelectedCell, runtime: FunctionRuntime): Promise<number | undefined> {
  const asked = await partsOfCell(cell, runtime)
  if (!asked) return undefined
  const queries = new Map(asked.parts.map(({ query }) => [keyOf(query), { ...query, atVersion: undefined }] as const))
  const figures = new Map<string, number | null>()
  for (const { batch, keys } of requestsOf(queries, undefined, { cells: 500, bytes: 500_000, groups: 50 })) {
    const answer = await runtime.around.api.figures(asked.company, batch)
    for (const [g, group] of answer.groups.entries())
      for (const [i, amount] of group.amounts.entries()) figures.set(keys[g]![i]!, amount)
  }
  return asked.parts.reduce<number | undefined>((sum, { sign, query }) => {
    const amount = figures.get(keyOf(query))
    return sum === undefined || typeof amount !== 'number' ? undefined : sum + sign * amount
  }, 0)
}

const TRIAL_BALANCE: readonly (Measure | undefined)[] = [undefined, undefined, 'opening', 'debit', 'credit', 'closing']
/** Places of the day, the amount and the balance in a pulled general ledger. */
const [DAY, AMOUNT, BALANCE] = [3, 6, 7]

/** What a figure of a pulled report is made of, at the version it was pulled at. */
function blockParts({ seal, column, cells }: BlockPlace): readonly Part[] | undefined {
  const account = String(cells[0] ?? '')
  if (!/^\d{3,20}$/.test(account)) return undefined
  const { fromDate, toDate } = seal.query
  const part = (measure: Measure, period: string): Part[] => [
    { sign: 1, query: { measure, account, period, dimensions: {}, atVersion: seal.atVersion } },
  ]
  if (seal.kind === 'trial-balance') {
    const measure = TRIAL_BALANCE[column]
    return measure && part(measure, `${fromDate}:${toDate}`)
  }
  if (seal.kind !== 'general-ledger' || (column !== AMOUNT && column !== BALANCE)) return undefined
  const day = cells[DAY]
  return typeof day === 'number' ? part(column === AMOUNT ? 'movement' : 'closing', dayOfSerial(day)) : undefined
}

async function partsOfCall(call: CellCall, runtime: FunctionRuntime): Promise<CellParts | undefined> {
  const { id, args } = call
  const measure = MEASURES[id]
  if (!measure) {
    const { row, column } = (await behindCall(call, runtime)) ?? {}
    const parts = row?.figures?.(column!)
    return parts && { company: row!.company, parts }
  }
  const isTable = id === 'FIGURES'
  const options = optionsOfCall(call)
  const isEvery = options.company === EVERY_COMPANY
  // A row for each company, and its name in the first column.
  const company = isEvery ? (await runtime.companies())[call.place.row]?.id : await runtime.companyOf(options.company)
  if (!company || (isEvery && call.place.column === 0)) return undefined
  const place = isEvery ? { row: 0, column: call.place.column - 1 } : call.place
  const dims = isTable ? args[3] : id === 'ASKNOWNAT' ? args[3] : args[2]
  const account = at(args[0], isTable ? { row: place.row, column: 0 } : place)
  const period = at(args[1], isTable ? { row: 0, column: place.column } : place)
  const named = isTable && args[2] ? runtime.measureNamed(args[2]) : measure
  const query = cellQuery(named, account, period, dims, options, await runtime.yearStart(company, period))
  return { company, parts: query.parts }
}

function optionsOfCall({ id, args }: CellCall): Options {
  switch (id) {
    case 'FIGURES':
      return optionsOf(args[4])
    case 'ASKNOWNAT':
      return { ...optionsOf(undefined), ...knownAtOf(args[2]) }
    case 'BUDGET':
      return budgetOptions(args[3])
    case 'VARIANCE':
      return varianceOptions(args[3]).options
    default:
      return optionsOf(args[3])
  }
}

/** The value that the cell's own place in an array took from an argument. */
function at(given: unknown, { row, column }: { row: number; column: number }): unknown {
  const m = matrixOf(given)
  const flat = m.flat()
  if (flat.length === 1) return flat[0]
  if (m.length === 1) return m[0]![column] ?? m[0]![row]
  if (m[0]!.length === 1) return m[row]?.[0]
  return m[row]?.[column]
}

type Entries = {
  opening: number
  budget: { month: Month; amount: number }[]
  lines: DrillLine[]
  more: number
  sum: number
}

async function entriesOf(
  api: LedgerApi,
  company: string,
  { query }: Part,
  pinned: number | undefined,
  years: readonly FiscalYear[],
): Promise<Entries> {
  const { measure, account, period, dimensions, atVersion, asKnownAt } = query
  const days = daysOf(periodOf(period)!, years)!
  const budgeted = measure === 'budget' || measure === 'variance' ? await budgetOf(api, company, query, days) : []
  if (measure === 'budget') return { opening: 0, budget: budgeted, lines: [], more: 0, sum: 0 }
  const budget = budgeted.map(({ month, amount }) => ({ month, amount: 0 - amount }))
  const version = atVersion ?? (asKnownAt === undefined ? pinned : undefined)
  const asked = { ...whichOf(account), ...days, ...dimensions, atVersion: version, asKnownAt }
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
  return { opening: measure === 'closing' || measure === 'opening' ? opening : 0, budget, lines: signed, more, sum }
}

/** What was budgeted in the months of some days, in øre, debit positive. */
async function budgetOf(api: LedgerApi, company: string, query: FigureQuery, { fromDate, toDate }: Days) {
  const months = monthsBetween(monthOf(fromDate), monthOf(toDate))
  const spans = months.map((month) => {
    const [from, to] = [firstDay(month), lastDay(month)]
    return `${from < fromDate ? fromDate : from}:${to > toDate ? toDate : to}`
  })
  const { account, dimensions, budgetVersion } = query
  const { groups } = await api.figures(company, {
    groups: [
      {
        measure: 'budget',
        ...(Object.keys(dimensions).length > 0 && { dimensions }),
        ...(budgetVersion !== undefined && { budgetVersion }),
        accounts: [account],
        periods: spans,
        cells: spans.map((_, i): [number, number] => [0, i]),
      },
    ],
  })
  return months.map((month, i) => ({ month, amount: groups[0]!.amounts[i] ?? 0 }))
}
