import { whole } from '#i18n/format.ts'
import { lineRefOf } from '#worker/reports/line-ref.ts'
import { ArgumentFault, type Given, isGiven, optionsOf } from './arguments.ts'
import type { Part } from './evaluate.ts'
import { EVERY_COMPANY, type FunctionRuntime } from './function-runtime.ts'

/** Rows a list gives unless told, and at most. */
const DEFAULT_ROWS = 1_000
export const MOST_ROWS = 20_000
const PAGE = 5_000

export type Row = Record<string, unknown>

/** What stands behind a row of a list, for those who select a cell of it. Columns are counted from 0. */
export type RowBehind = {
  company: string
  /** The voucher the row is of. */
  voucher?: string
  /** The signed figures that a cell is the sum of; undefined for one that is no sum of entries. */
  figures?: (column: number) => readonly Part[] | undefined
  /** What the VAT specification is asked for the entries of a cell. */
  vat?: (column: number) => { of: 'base' | 'vat'; query: Readonly<Record<string, string | number>> } | undefined
}
const behind = new WeakMap<readonly unknown[], RowBehind>()
export function rowOf(cells: unknown[], what: RowBehind): unknown[] {
  behind.set(cells, what)
  return cells
}
export const behindRow = (row: readonly unknown[]): RowBehind | undefined => behind.get(row)

/** An account, a range, or a line of a report, as the general ledger is asked for it. */
export const whichOf = (account: string): { account: string } | NonNullable<ReturnType<typeof lineRefOf>> =>
  lineRefOf(account) ?? { account }

/** Companies that are asked at a time. */
const TOGETHER = 6

/**
 * A list or a value of the workbook's company, of one that `company=` names, or of every one: then each row begins with its company's
 * name, and `heading` stands over the names where the list has headings. One that may not be read is an error in its own row.
 */
export async function ofCompanies(
  runtime: FunctionRuntime,
  given: Given,
  heading: string | undefined,
  of: (company: string) => Promise<unknown>,
): Promise<unknown> {
  const { company, natural, unit, ...others } = optionsOf(given)
  if (natural || unit !== 1 || Object.keys(others).length > 0) throw new ArgumentFault('options', given)
  if (company !== EVERY_COMPANY) return of(await runtime.companyOf(company))
  const companies = await runtime.companies()
  const found: unknown[][] = []
  let headings: unknown[] | undefined
  for (let from = 0; from < companies.length; from += TOGETHER) {
    const some = companies.slice(from, from + TOGETHER)
    const answers = await Promise.all(
      some.map(({ id }) => of(id).catch((error) => runtime.around.makeError(runtime.failure(error)))),
    )
    for (const [i, answer] of answers.entries()) {
      const isTable = Array.isArray(answer)
      const rows: unknown[][] = isTable ? answer : [[answer]]
      if (heading !== undefined && isTable) headings ??= [heading, ...rows[0]!]
      for (const row of heading !== undefined && isTable ? rows.slice(1) : rows) {
        const own = behind.get(row)
        const named = [some[i]!.name, ...row]
        found.push(
          own
            ? rowOf(named, {
                ...own,
                figures: (column) => own.figures?.(column - 1),
                vat: (column) => own.vat?.(column - 1),
              })
            : named,
        )
      }
    }
  }
  const table = headings ? [headings, ...found] : found
  // One that is an error is narrower than the others, and Excel takes rectangles alone.
  const width = table.reduce((widest, row) => Math.max(widest, row.length), 0)
  for (const row of table) while (row.length < width) row.push('')
  return table
}

/** Columns by their headings or ids, in the order asked for. */
export function columnsOf(
  given: Given,
  usual: readonly string[],
  known: object,
  captions: Readonly<Record<string, string>>,
): string[] {
  if (!isGiven(given)) return [...usual]
  const ids = new Map(
    Object.keys(known).flatMap((id) => [id, captions[id] ?? id].map((word) => [word.toLowerCase(), id] as const)),
  )
  return String(given)
    .split(';')
    .map((word) => {
      const id = ids.get(word.trim().toLowerCase())
      if (!id) throw new ArgumentFault('column', word.trim())
      return id
    })
}

/** How many rows are wanted. */
export const countOf = (most: Given): number =>
  Math.min(isGiven(most) ? Math.max(1, Number(most) || DEFAULT_ROWS) : DEFAULT_ROWS, MOST_ROWS)

/**
 * What stands below a list that holds more than it shows, unless just so many rows were asked for: words, and errors beside
 * them, so that no sum over the list looks right.
 */
export function cutRow(runtime: FunctionRuntime, { rows, cut }: Pages, width: number, most?: Given): unknown[][] {
  if (!cut || (isGiven(most) && countOf(most) < MOST_ROWS)) return []
  const failure = runtime.failure(new ArgumentFault('moreRows', whole(rows.length, runtime.around.locale())))
  const error = runtime.around.makeError(failure)
  return [Array.from({ length: width }, (_, column) => (column === 0 && width > 1 ? failure.text : error))]
}

type Pages = { rows: readonly Row[]; cut: boolean }
/** The rows of a list, page by page. `cut`: there are more than so many. */
export async function pages(
  runtime: FunctionRuntime,
  company: string,
  path: string,
  list: string,
  query: Record<string, string | number | undefined>,
  most: number,
): Promise<Pages> {
  const rows: Row[] = []
  let cut = false
  for (let cursor: string | undefined; rows.length < most; ) {
    const page = await runtime.read<Record<string, unknown> & { cursor: string | null }>(company, path, {
      ...query,
      limit: Math.min(PAGE, most - rows.length),
      cursor,
    })
    rows.push(...(page[list] as Row[]))
    cut = page.cursor !== null
    if (!page.cursor) break
    cursor = page.cursor
  }
  return { rows: rows.slice(0, most), cut }
}
