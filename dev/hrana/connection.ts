import Database from 'libsql'
import {
  type Batch,
  type Condition,
  columnsJson,
  DatabaseError,
  errorJson,
  isBusy,
  type Native,
  nativeOf,
  resultJson,
  rowsJson,
  type SqlReference,
  type Statement,
  type StreamRequest,
} from './protocol.ts'

/** FULL survives a power cut with every acknowledged commit; NORMAL may lose the last ones and is for tests only. */
export type Sync = 'FULL' | 'NORMAL'
/** A file has one writing connection. Readers only serve while a writing transaction stays open between requests. */
export type Role = 'writer' | 'reader'

/** SQL texts that a stream stored under a number, to send each only once. */
export type StoredSql = Map<number, string>

/** libSQL's native statement. Its published types lack `raw`, and its `reader` says that it gives rows, not that it only reads. */
interface NativeStatement {
  readonly reader: boolean
  raw(): NativeStatement
  run(args: unknown): { changes: number; lastInsertRowid: number | bigint }
  all(args: unknown): Native[][]
  get(args: unknown): Native[]
  columns(): { name: string; type: string | null }[]
}

interface Prepared {
  native: NativeStatement
  givesRows: boolean
  /** JSON and number of the columns, made on the first row. */
  columns: string | undefined
  width: number
  insertsWithRows: boolean
  changesRows: boolean
  changesSchema: boolean
  changesSettings: boolean
}

const preparedAtMost = 256
/** Pages of 4 KiB in the log before a commit also moves them into the file. Four times as many gained nothing measurable. */
const checkpointPages = 1000

/** One native connection with its prepared statements. Every call is synchronous. */
export class Connection {
  readonly #db: Database.Database
  readonly #schemaChanged: () => void
  readonly #prepared = new Map<string, Prepared>()
  readonly #changes: NativeStatement
  #settingsTouched = false

  /** @throws Error when the file does not take the settings a ledger needs. */
  constructor(file: string, role: Role, sync: Sync, schemaChanged: () => void) {
    this.#db = new Database(file)
    this.#schemaChanged = schemaChanged
    this.#db.defaultSafeIntegers(true)
    // busy_timeout stays 0: a call that waits inside SQLite would stop this process's only thread. The namespace waits instead.
    this.#db.exec(`
      pragma journal_mode = wal;
      pragma synchronous = ${sync};
      pragma foreign_keys = on;
      pragma temp_store = memory;
      pragma cache_size = -16000;
      pragma wal_autocheckpoint = ${role === 'writer' ? checkpointPages : 0};
      pragma journal_size_limit = 67108864;
      pragma query_only = ${role === 'reader' ? 'on' : 'off'};`)
    this.#assert('journal_mode', 'wal')
    this.#assert('synchronous', sync === 'FULL' ? '2' : '1')
    this.#assert('foreign_keys', '1')
    this.#assert('wal_autocheckpoint', String(role === 'writer' ? checkpointPages : 0))
    this.#changes = this.#native('select changes(), last_insert_rowid()').raw()
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  /** The answer to one request, as JSON. @throws the SQL error, or DatabaseError for a request that makes no sense. */
  answer(request: StreamRequest, stored: StoredSql): string {
    switch (request.type) {
      case 'execute':
        return `{"type":"execute","result":${this.#execute(request.stmt, stored)}}`
      case 'batch':
        return `{"type":"batch","result":${this.#batch(request.batch, stored)}}`
      case 'sequence':
        this.#settingsTouched = true
        this.#db.exec(textOf(request, stored))
        this.#schemaChanged()
        return '{"type":"sequence"}'
      case 'describe':
        return `{"type":"describe","result":${this.#describe(textOf(request, stored))}}`
      case 'store_sql':
        stored.set(request.sql_id, request.sql)
        return '{"type":"store_sql"}'
      case 'close_sql':
        stored.delete(request.sql_id)
        return '{"type":"close_sql"}'
      case 'get_autocommit':
        return `{"type":"get_autocommit","is_autocommit":${!this.inTransaction}}`
      case 'close':
        return '{"type":"close"}'
      default:
        throw new DatabaseError('HRANA_PROTO_ERROR', `unknown request ${(request as { type: string }).type}`)
    }
  }

  /** Ends an open transaction and puts back what a stream may have set, so that the next one starts clean. */
  reset(): void {
    if (this.inTransaction) this.#db.exec('rollback')
    if (this.#settingsTouched) this.#db.exec('pragma foreign_keys = on')
    this.#settingsTouched = false
  }

  /** Statements prepared before a change of schema know the old columns. */
  forgetStatements(): void {
    this.#prepared.clear()
  }

  /** Lets go of the pages it holds, as far as no transaction needs them. */
  giveMemoryBack(): void {
    this.#db.exec('pragma shrink_memory')
  }

  close(): void {
    this.#prepared.clear()
    this.#db.close()
  }

  #native(sql: string): NativeStatement {
    return this.#db.prepare(sql) as unknown as NativeStatement
  }

  #assert(pragma: string, wanted: string): void {
    const found = String(this.#native(`pragma ${pragma}`).raw().get([])[0])
    if (found !== wanted) throw new Error(`pragma ${pragma} is ${found}, not ${wanted}`)
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    if (known) return known
    const native = this.#native(sql)
    const givesRows = native.reader
    if (givesRows) native.raw()
    const verb = verbOf(sql)
    const changesRows = givesRows && !readsOnly(sql) && verb !== 'pragma'
    const prepared: Prepared = {
      native,
      givesRows,
      columns: undefined,
      width: -1,
      changesRows,
      insertsWithRows: changesRows && /\b(insert|replace)\b/i.test(sql),
      changesSchema: verb === 'create' || verb === 'alter' || verb === 'drop',
      changesSettings: verb === 'pragma',
    }
    // Oldest out. Texts of the product are few; this is for those made on the fly.
    if (this.#prepared.size >= preparedAtMost) this.#prepared.delete(this.#prepared.keys().next().value!)
    this.#prepared.set(sql, prepared)
    return prepared
  }

  #execute(statement: Statement, stored: StoredSql): string {
    const prepared = this.#prepare(textOf(statement, stored))
    const args = argsOf(statement)
    if (prepared.changesSettings) this.#settingsTouched = true
    if (!prepared.givesRows) {
      const { changes, lastInsertRowid } = prepared.native.run(args)
      if (prepared.changesSchema) this.#schemaChanged()
      return resultJson('[]', '[]', changes, lastInsertRowid)
    }
    const rows = prepared.native.all(args)
    const width = rows[0]?.length ?? prepared.width
    if (prepared.columns === undefined || width !== prepared.width) {
      const columns = prepared.native.columns()
      prepared.columns = columnsJson(columns)
      prepared.width = columns.length
    }
    const json = statement.want_rows === false ? '[]' : rowsJson(rows)
    if (!prepared.changesRows) return resultJson(prepared.columns, json, 0, null)
    // … returning: a row for each row changed, so only the row id has to be asked for.
    const rowId = prepared.insertsWithRows ? (this.#changes.all([])[0]![1] as bigint) : null
    return resultJson(prepared.columns, json, rows.length, rowId)
  }

  #batch({ steps }: Batch, stored: StoredSql): string {
    const results: (string | null)[] = []
    const errors: (string | null)[] = []
    const holds = (condition: Condition): boolean => {
      switch (condition.type) {
        case 'ok':
          return results[condition.step] != null
        case 'error':
          return errors[condition.step] != null
        case 'not':
          return !holds(condition.cond)
        case 'and':
          return condition.conds.every(holds)
        case 'or':
          return condition.conds.some(holds)
        case 'is_autocommit':
          return !this.inTransaction
      }
    }
    for (const [i, step] of steps.entries()) {
      results.push(null)
      errors.push(null)
      if (step.condition && !holds(step.condition)) continue
      try {
        results[i] = this.#execute(step.stmt, stored)
      } catch (error) {
        // Nothing has happened yet when the first step, BEGIN, finds the file busy: the namespace waits and tries again.
        if (i === 0 && isBusy(error)) throw error
        errors[i] = errorJson(error)
      }
    }
    return `{"step_results":[${results.map((json) => json ?? 'null').join()}],"step_errors":[${errors.map((json) => json ?? 'null').join()}]}`
  }

  #describe(sql: string): string {
    const native = this.#native(sql)
    const columns = native.reader ? columnsJson(native.columns()) : '[]'
    return `{"params":[],"cols":${columns},"is_explain":${verbOf(sql) === 'explain'},"is_readonly":${readsOnly(sql)}}`
  }
}

export function textOf(reference: SqlReference, stored: StoredSql): string {
  const text = reference.sql ?? stored.get(reference.sql_id!)
  if (text === undefined) throw new DatabaseError('SQL_STORE_MISSING', 'there is no stored SQL under this number')
  return text
}

function argsOf({ args, named_args: named }: Statement): Native[] | Record<string, Native> {
  if (named === undefined || named.length === 0) return args === undefined ? [] : args.map(nativeOf)
  return Object.fromEntries(named.map(({ name, value }) => [name.replace(/^[:@$]/, ''), nativeOf(value)]))
}

const verbOf = (sql: string): string =>
  /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([a-z]+)/i.exec(sql)?.[1]?.toLowerCase() ?? ''

/** Whether a statement certainly reads only, by its text. When in doubt the answer is no, which costs a place in the writer's queue. */
export function readsOnly(sql: string): boolean {
  const verb = verbOf(sql)
  if (verb === 'select' || verb === 'values' || verb === 'explain') return true
  if (verb === 'with') return !/\b(insert|update|delete|replace)\b/i.test(sql)
  return verb === 'begin' && /\bread\s*only\b/i.test(sql)
}
