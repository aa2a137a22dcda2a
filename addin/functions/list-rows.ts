import { ArgumentFault, type Given, isGiven } from './arguments.ts'
import type { FunctionRuntime } from './function-runtime.ts'

/** Rows a list gives unless told, and at most. */
const DEFAULT_ROWS = 1_000
const MOST_ROWS = 20_000
const PAGE = 5_000

export type Row = Record<string, unknown>

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

/** The rows of a list, page by page. */
export async function pages(
  runtime: FunctionRuntime,
  company: string,
  path: string,
  list: string,
  query: Record<string, string | number | undefined>,
  most: number,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let cursor: string | undefined; rows.length < most; ) {
    const page = await runtime.read<Record<string, unknown> & { cursor: string | null }>(company, path, {
      ...query,
      limit: Math.min(PAGE, most - rows.length),
      cursor,
    })
    rows.push(...(page[list] as Row[]))
    if (!page.cursor) break
    cursor = page.cursor
  }
  return rows.slice(0, most)
}
