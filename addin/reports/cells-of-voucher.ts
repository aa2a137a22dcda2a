/// <reference types="office-js" />
import type { Facts } from '#worker/ledger/books.ts'
import { daysOf, periodOf } from '#worker/reports/period-range.ts'
import { accountRangeOf, holds } from '#worker/reports/report-query.ts'
import type { StoredVoucher } from '../api/ledger-api.ts'
import { cellName } from '../excel/cell-name.ts'
import { findFigureCells } from '../excel/figure-cells.ts'
import { type CellCall, isCall, withArguments } from '../excel/selected-cell.ts'
import { ArgumentFault } from '../functions/arguments.ts'
import type { Part } from '../functions/evaluate.ts'
import type { FunctionRuntime } from '../functions/function-runtime.ts'
import { whichOf } from '../functions/list-rows.ts'
import { readFormula } from '../functions/read-formula.ts'
import { hasParts, partsOfCell } from './drill-down.ts'

/** A cell that a voucher counts in. */
export type VoucherCell = { sheet: string; address: string }

/** How many cells are read between two syncs. */
const AT_A_TIME = 500

/**
 * Every cell with functions of ours that a voucher's entries count in, by sheet and row, arrays cell by cell. Cells that only
 * add others up are not told: they follow from these. `outdated`: cells of lists that show other rows than the ledger would give
 * now, so that nobody can say what their rows count.
 */
export async function cellsOfVoucher(
  context: Excel.RequestContext,
  runtime: FunctionRuntime,
  company: string,
  voucher: StoredVoucher,
): Promise<{ cells: VoucherCell[]; outdated: number }> {
  const facts = await runtime.facts(company)
  const found: VoucherCell[] = []
  let outdated = 0
  const accounts = accountsOfLines(runtime, company, voucher)
  for (const { sheet, cells } of await findFigureCells(context))
    for (let from = 0; from < cells.length; from += AT_A_TIME)
      for (const { row, column, calls } of await readCalls(context, sheet, cells.slice(from, from + AT_A_TIME))) {
        const asked = await partsOfCell({ address: '', formula: '', value: '', calls }, runtime).catch((error) => {
          if (error instanceof ArgumentFault && error.key === 'moved') outdated++
          return undefined
        })
        if (asked?.company !== company) continue
        const lines = await Promise.all(asked.parts.map(({ query }) => accounts(query.account)))
        if (asked.parts.some((part, i) => counts(part, voucher, facts, lines[i])))
          found.push({ sheet, address: cellName(row, column) })
      }
  return { cells: found, outdated }
}

type Place = { row: number; column: number }

/** The calls of formulas, once for each cell that their arrays fill. */
async function readCalls(
  context: Excel.RequestContext,
  name: string,
  cells: readonly (Place & { formula: string })[],
): Promise<(Place & { calls: CellCall[] })[]> {
  const sheet = context.workbook.worksheets.getItem(name)
  const read = cells.flatMap((cell) => {
    const terms = readFormula(cell.formula) ?? []
    const own = terms.filter(isCall)
    if (own.length === 0 || !own.every(({ id }) => hasParts(id))) return []
    const spill = sheet.getRangeByIndexes(cell.row, cell.column, 1, 1).getSpillingToRangeOrNullObject()
    spill.load('values, rowCount, columnCount')
    return [{ ...cell, spill, own, isAlone: terms.length === 1 && own[0]!.sign === 1 }]
  })
  await context.sync()
  const here = { row: 0, column: 0 }
  const all = await withArguments(
    context,
    read.flatMap(({ own }) => own.map((call) => ({ sheet, call, place: here }))),
  )
  let next = 0
  return read.flatMap(({ row, column, spill, own, isAlone }) => {
    const calls = all.slice(next, next + own.length)
    next += own.length
    const [h, w] = spill.isNullObject ? [1, 1] : [spill.rowCount, spill.columnCount]
    return Array.from({ length: h * w }, (_, i) => {
      const place = { row: Math.floor(i / w), column: i % w }
      // A list is held against what the sheet shows of it, where the list is all of the formula.
      const shown = !spill.isNullObject && isAlone && { shown: spill.values[place.row]! }
      return {
        row: row + place.row,
        column: column + place.column,
        calls: calls.map((call) => ({ ...call, place, ...shown })),
      }
    })
  })
}

/** Of a line of a report, the accounts that the voucher moves in it; undefined for what is no line. Each is asked for once. */
function accountsOfLines(runtime: FunctionRuntime, company: string, { id, voucherDate }: StoredVoucher) {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  return (account: string): Promise<ReadonlySet<string>> | undefined => {
    const which = whichOf(account)
    if (!('line' in which)) return undefined
    const days = { fromDate: voucherDate, toDate: voucherDate, limit: 5_000 }
    const asked =
      known.get(account) ??
      runtime.around.api
        .get<{ entries: { voucherId: string; account: string }[] }>(company, 'reports/general-ledger', {
          ...which,
          ...days,
        })
        .then(
          ({ entries }) => new Set(entries.flatMap((e) => (e.voucherId === id ? [e.account] : []))),
          () => new Set<string>(), // no such line: the cell shows no figure either
        )
    known.set(account, asked)
    return asked
  }
}

/** Whether any entry of the voucher counts in a part of a figure; `line`: the accounts of the line it is of. */
function counts(
  { query }: Part,
  voucher: StoredVoucher,
  { fiscalYears }: Facts,
  line: ReadonlySet<string> | undefined,
): boolean {
  const days = daysOf(periodOf(query.period)!, fiscalYears)
  if (!days || query.measure === 'budget') return false
  const { measure, account, atVersion } = query
  const { party, partyKind, ...dimensions } = query.dimensions
  const { voucherDate } = voucher
  const sinceStart = measure === 'closing' || measure === 'opening'
  const last = measure === 'opening' ? days.fromDate : days.toDate
  const inTime =
    (measure === 'opening' ? voucherDate < last : voucherDate <= last) && (sinceStart || voucherDate >= days.fromDate)
  if (!inTime || (atVersion !== undefined && voucher.ledgerVersion > atVersion)) return false
  const range = accountRangeOf(account)
  return voucher.entries.some(
    (entry) =>
      (line ? line.has(entry.account) : range !== undefined && holds(range, entry.account)) &&
      (measure !== 'debit' || entry.amount > 0) &&
      (measure !== 'credit' || entry.amount < 0) &&
      (party === undefined || entry.party === party) &&
      (partyKind === undefined || entry.partyKind === partyKind) &&
      Object.entries(dimensions).every(([key, code]) => (entry.dimensions?.[key] ?? 'none') === code),
  )
}
