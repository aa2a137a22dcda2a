import { LibsqlError, type ResultSet, type Row, type Value } from '@libsql/client/web'

/** Where a database answers. */
export type Address = { url: string; token: string | undefined; fetch: typeof fetch }
/** A statement whose arguments are texts and nulls in order: how the product writes sets. */
export type PlainStatement = { sql: string; args: readonly (string | null)[] }

type Cell = { type: 'null' | 'integer' | 'float' | 'text' | 'blob'; value?: string | number; base64?: string }
type StepResult = { cols: { name: string; decltype?: string | null }[]; rows: Cell[][]; affected_row_count: number }
type Fault = { message?: string; code?: string }
type Answer = {
  results: {
    type: 'ok' | 'error'
    error?: Fault
    response?: { result: { step_results: (StepResult | null)[]; step_errors: (Fault | null)[] } }
  }[]
}

/** The statements as this file can send them; undefined when one of them needs the client. */
export function plainStatements(statements: readonly unknown[]): PlainStatement[] | undefined {
  const plain: PlainStatement[] = []
  for (const one of statements) {
    if (typeof one === 'string') plain.push({ sql: one, args: [] })
    else {
      const { sql, args = [] } = one as { sql?: string; args?: unknown }
      if (sql === undefined || !Array.isArray(args)) return undefined
      if (!args.every((arg) => typeof arg === 'string' || arg === null)) return undefined
      plain.push({ sql, args })
    }
  }
  return plain
}

/**
 * Writes a batch in one transaction and one request: what `@libsql/client` asks of the same endpoint of the same protocol
 * (Hrana 2 over HTTP), without the streams, stored texts and promises it makes for each statement. They cost a single post
 * a fifth of the Worker's time (docs/performance.md); the company's writer sends hardly anything else.
 * @throws LibsqlError with the database's code; whatever fetch throws when it does not answer.
 */
export async function writeBatch(at: Address, statements: readonly PlainStatement[]): Promise<ResultSet[]> {
  const response = await at.fetch(`${at.url}v2/pipeline`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(at.token && { authorization: `Bearer ${at.token}` }) },
    body: JSON.stringify({ requests: [{ type: 'batch', batch: { steps: stepsOf(statements) } }, { type: 'close' }] }),
  })
  if (!response.ok) throw refused((await response.json().catch(() => ({}))) as Fault, `HTTP ${response.status}`)
  const [batch] = ((await response.json()) as Answer).results
  if (!batch?.response) throw refused(batch?.error ?? {}, 'no answer')
  const { step_results: results, step_errors: errors } = batch.response.result
  const fault = errors.slice(0, statements.length + 2).find((error) => error !== null)
  if (fault) throw refused(fault, 'refused')
  return statements.map((_, i) => resultOf(results[i + 1]!))
}

/** Each step only when the one before went well, then COMMIT; and ROLLBACK when that did not. */
function stepsOf(statements: readonly PlainStatement[]): object[] {
  const after = (step: number) => ({ type: 'ok', step })
  const commit = statements.length + 1
  return [
    { stmt: { sql: 'BEGIN IMMEDIATE' } },
    ...statements.map(({ sql, args }, i) => ({
      condition: after(i),
      stmt: { sql, args: args.map((value) => (value === null ? { type: 'null' } : { type: 'text', value })) },
    })),
    { condition: after(commit - 1), stmt: { sql: 'COMMIT' } },
    { condition: { type: 'not', cond: after(commit) }, stmt: { sql: 'ROLLBACK' } },
  ]
}

const refused = ({ message, code }: Fault, otherwise: string): LibsqlError =>
  new LibsqlError(message ?? otherwise, code ?? 'SERVER_ERROR')

function resultOf({ cols, rows, affected_row_count }: StepResult): ResultSet {
  const columns = cols.map(({ name }) => name)
  return {
    columns,
    columnTypes: cols.map(({ decltype }) => decltype ?? ''),
    rows: rows.map((cells) => rowOf(columns, cells)),
    rowsAffected: affected_row_count,
    lastInsertRowid: undefined,
    toJSON: () => ({ columns, rows, rowsAffected: affected_row_count }),
  }
}

function rowOf(columns: readonly string[], cells: readonly Cell[]): Row {
  const row: Record<string | number, Value> = {}
  cells.forEach((cell, i) => {
    const value = jsValueOf(cell)
    row[columns[i]!] = value
    Object.defineProperty(row, i, { value }) // there, and not listed: as in the client's rows
  })
  return row as Row
}

function jsValueOf({ type, value, base64 }: Cell): Value {
  if (type === 'integer') return Number(value)
  if (type === 'blob') return Uint8Array.from(atob(base64 ?? ''), (c) => c.charCodeAt(0)).buffer
  return value ?? null
}
