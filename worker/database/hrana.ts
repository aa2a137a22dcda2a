import { LibsqlError, type ResultSet, type Row, type Value } from '@libsql/client/web'
import { Silence } from './refusal.ts'

/** Where a database answers, and how long one request to it may take, in milliseconds. */
export type Address = {
  url: string
  token: string | undefined
  fetch: typeof fetch
  deadlineMs: number
  requestId?: string | undefined
}

type Sent = { type: 'null' } | { type: 'text'; value: string } | { type: 'float'; value: number }
/** A statement as the protocol takes it. */
export type Step = { sql: string; args?: Sent[]; named_args?: { name: string; value: Sent }[] }

type Cell = { type: 'null' | 'integer' | 'float' | 'text' | 'blob'; value?: string | number; base64?: string }
type StepResult = { cols: { name: string; decltype?: string | null }[]; rows: Cell[][]; affected_row_count: number }
type Fault = { message?: string; code?: string }
type Told = { step_results: (StepResult | null)[]; step_errors: (Fault | null)[] } | StepResult
type Answer = { results: { type: 'ok' | 'error'; error?: Fault; response?: { result: Told } }[] }

/** The statements as this file can send them; undefined when one of them needs the client. */
export function stepsOf(statements: readonly unknown[]): Step[] | undefined {
  const steps: Step[] = []
  for (const one of statements) {
    const step = stepOf(one)
    if (!step) return undefined
    steps.push(step)
  }
  return steps
}

function stepOf(statement: unknown): Step | undefined {
  if (typeof statement === 'string') return { sql: statement }
  const { sql, args = [] } = statement as { sql?: string; args?: unknown }
  if (sql === undefined) return undefined
  if (Array.isArray(args)) return args.every(isPlain) ? { sql, args: args.map(sentOf) } : undefined
  const named = Object.entries(args as Record<string, unknown>)
  if (!named.every(([, value]) => isPlain(value))) return undefined
  return { sql, named_args: named.map(([name, value]) => ({ name, value: sentOf(value) })) }
}

/** Texts, nulls and numbers are how the product writes; a number goes as the client sends it. */
const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || value === null || (typeof value === 'number' && Number.isFinite(value))
const sentOf = (value: unknown): Sent =>
  value === null
    ? { type: 'null' }
    : typeof value === 'string'
      ? { type: 'text', value }
      : { type: 'float', value: value as number }

/**
 * A batch in one transaction and one request: what `@libsql/client` asks of the same endpoint of the same protocol
 * (Hrana 2 over HTTP), without the streams, stored texts and promises it makes for each statement. They cost a single post
 * a fifth of the Worker's time, and a report more (docs/performance.md).
 * @throws LibsqlError with the database's code; whatever fetch throws when it does not answer.
 */
export async function sendBatch(at: Address, steps: readonly Step[], mode: 'write' | 'read'): Promise<ResultSet[]> {
  const batch = { steps: inTransaction(steps, mode === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN TRANSACTION READONLY') }
  const { step_results: results, step_errors: errors } = (await ask(at, { type: 'batch', batch })) as Extract<
    Told,
    { step_errors: unknown }
  >
  const fault = errors.slice(0, steps.length + 2).find((error) => error !== null)
  if (fault) throw refused(fault, 'refused')
  return steps.map((_, i) => resultOf(results[i + 1]!))
}

/** One statement. @throws as `sendBatch`. */
export const sendOne = async (at: Address, stmt: Step): Promise<ResultSet> =>
  resultOf((await ask(at, { type: 'execute', stmt: { want_rows: true, ...stmt } })) as StepResult)

async function ask(at: Address, request: object): Promise<Told> {
  const sent = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(at.token && { authorization: `Bearer ${at.token}` }),
      ...(at.requestId && { 'x-request-id': at.requestId }),
    },
    body: JSON.stringify({ requests: [request, { type: 'close' }] }),
  }
  const [response, text] = await wholeAnswer(at, `${at.url}v2/pipeline`, sent, (r) => r.text())
  if (!response.ok) throw refused(faultIn(text), `HTTP ${response.status}`)
  const [answer] = (JSON.parse(text) as Answer).results
  if (!answer?.response) throw refused(answer?.error ?? {}, 'no answer')
  return answer.response.result
}

/**
 * An answer with its body read, within the deadline: one timer, gone when it is there.
 * @throws Silence with what was thrown when there is none.
 */
export async function wholeAnswer<T>(
  { fetch, deadlineMs }: Address,
  input: Request | string | URL,
  init: RequestInit | undefined,
  read: (response: Response) => Promise<T>,
): Promise<[Response, T]> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), deadlineMs)
  try {
    const response = await fetch(input as Request, { ...init, signal: late.signal })
    return [response, await read(response)]
  } catch (error) {
    throw new Silence(error)
  } finally {
    clearTimeout(timer)
  }
}

/** What a server that refuses says why; something before it may say it in its own way. */
function faultIn(text: string): Fault {
  try {
    return (JSON.parse(text) ?? {}) as Fault
  } catch {
    return {}
  }
}

/** Each step only when the one before went well, then COMMIT; and ROLLBACK when that did not. */
function inTransaction(steps: readonly Step[], begin: string): object[] {
  const after = (step: number) => ({ type: 'ok', step })
  const commit = steps.length + 1
  return [
    { stmt: { sql: begin } },
    ...steps.map((stmt, i) => ({ condition: after(i), stmt })),
    { condition: after(commit - 1), stmt: { sql: 'COMMIT' } },
    { condition: { type: 'not', cond: after(commit) }, stmt: { sql: 'ROLLBACK' } },
  ]
}

const refused = ({ message, code }: Fault, otherwise: string): LibsqlError =>
  new LibsqlError(message ?? otherwise, code ?? 'SERVER_ERROR')

function resultOf({ cols, rows, affected_row_count }: StepResult): ResultSet {
  const columns = cols.map(({ name }) => name)
  const named = columns.map((name, i) => [name, i] as const).filter(([name, i]) => columns.indexOf(name) === i)
  const found = rows.map((cells) => new FoundRow(named, cells) as unknown as Row)
  return {
    columns,
    columnTypes: cols.map(({ decltype }) => decltype ?? ''),
    rows: found,
    rowsAffected: affected_row_count,
    lastInsertRowid: undefined,
    toJSON: () => ({ columns, rows: found, rowsAffected: affected_row_count }),
  }
}

/**
 * A row by the names of its columns, of two alike the first. Also by their places, as the client's rows are; those are there and
 * not listed.
 */
class FoundRow {
  readonly #values: readonly Value[]
  /** `named`: each name with its place. */
  constructor(named: readonly (readonly [string, number])[], cells: readonly Cell[]) {
    this.#values = cells.map(cellValue)
    for (const [name, place] of named) (this as Record<string, unknown>)[name] = this.#values[place]
  }
  static valuesOf = (row: FoundRow) => row.#values as unknown as Record<number | 'length', Value>
}
/** More columns than any statement of ours has. */
const WIDEST = 100
for (const place of [...Array(WIDEST).keys(), 'length'] as const)
  Object.defineProperty(FoundRow.prototype, place, {
    get(this: FoundRow) {
      return FoundRow.valuesOf(this)[place]
    },
    // A column may be called so: `select 1`.
    set(this: FoundRow, value) {
      Object.defineProperty(this, place, { value, enumerable: true })
    },
  })

function cellValue({ type, value, base64 }: Cell): Value {
  if (type === 'integer') return Number(value)
  if (type === 'blob') return Uint8Array.from(atob(base64 ?? ''), (c) => c.charCodeAt(0)).buffer
  return value ?? null
}
