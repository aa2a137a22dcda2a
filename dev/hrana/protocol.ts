// Hrana v2 over HTTP as JSON: what `@libsql/client` sends and what it wants back.
// Answers are written as JSON text at once, since building objects for each cell and stringifying them cost a third of a read.

/** A value as the protocol sends it. An integer is text, because JSON numbers end at 2^53. */
export type Value =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

/** SQL by its text, or by the number under which the same stream stored it. */
export interface SqlReference {
  sql?: string
  sql_id?: number
}

export interface Statement extends SqlReference {
  args?: Value[]
  named_args?: { name: string; value: Value }[]
  want_rows?: boolean
}

export type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }
  | { type: 'is_autocommit' }

export interface Batch {
  steps: { stmt: Statement; condition?: Condition | null }[]
}

export type StreamRequest =
  | { type: 'execute'; stmt: Statement }
  | { type: 'batch'; batch: Batch }
  | ({ type: 'sequence' | 'describe' } & SqlReference)
  | { type: 'store_sql'; sql_id: number; sql: string }
  | { type: 'close_sql'; sql_id: number }
  | { type: 'get_autocommit' | 'close' }

export interface Pipeline {
  baton?: string | null
  requests: StreamRequest[]
}

/** A value as native libSQL takes and gives it with safe integers on. */
export type Native = null | bigint | number | string | Uint8Array

/** A refusal with the code the client sees. `status` is that of the whole HTTP answer, when it is not a step that failed. */
export class DatabaseError extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

/** Codes that native libSQL has no name for. 3091: a STRICT table refuses a value of the wrong type. */
const named: Record<string, string> = { UNKNOWN_SQLITE_ERROR_3091: 'SQLITE_CONSTRAINT_DATATYPE' }

/** The code of any error. A trigger's own text is in the message, unchanged. */
export function codeOf(error: unknown): string {
  const code = String((error as { code?: unknown }).code ?? 'UNKNOWN')
  return named[code] ?? code
}

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))

export const errorJson = (error: unknown): string =>
  JSON.stringify({ message: error instanceof Error ? error.message : String(error), code: codeOf(error) })

export function nativeOf(value: Value): Native {
  switch (value.type) {
    case 'text':
    case 'float':
      return value.value
    case 'integer':
      return BigInt(value.value)
    case 'null':
      return null
    case 'blob':
      return Buffer.from(value.base64, 'base64')
  }
}

function valueJson(value: Native): string {
  if (typeof value === 'string') return `{"type":"text","value":${JSON.stringify(value)}}`
  if (typeof value === 'bigint') return `{"type":"integer","value":"${value}"}`
  if (value === null || value === undefined) return '{"type":"null"}'
  // SQLite has infinities and JSON has not; 1e999 is read back as one.
  if (typeof value === 'number')
    return `{"type":"float","value":${Number.isFinite(value) ? value : value > 0 ? '1e999' : '-1e999'}}`
  return `{"type":"blob","base64":"${Buffer.from(value).toString('base64').replace(/=+$/, '')}"}`
}

/** All rows as one JSON array. */
export function rowsJson(rows: readonly Native[][]): string {
  let json = '['
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r]!
    json += r === 0 ? '[' : ',['
    for (let c = 0; c < row.length; c++) json += (c === 0 ? '' : ',') + valueJson(row[c]!)
    json += ']'
  }
  return `${json}]`
}

export const columnsJson = (columns: readonly { name: string; type: string | null }[]): string =>
  JSON.stringify(columns.map(({ name, type }) => ({ name, decltype: type })))

/** The result of one statement, from parts that are JSON already. `rowId` is null when nothing was inserted. */
export const resultJson = (
  columns: string,
  rows: string,
  affected: number | bigint,
  rowId: number | bigint | null,
): string =>
  `{"cols":${columns},"rows":${rows},"affected_row_count":${affected},"last_insert_rowid":${rowId === null ? 'null' : `"${rowId}"`}}`
