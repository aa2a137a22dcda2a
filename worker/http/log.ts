// The one way into the log. A line is JSON of fields whose shapes are told here, so that no name, address, amount, token or
// statement can stand in it, whatever an error or a request holds.

/** Ours, a UUID, or the 32 hex digits of a trace. */
export const REQUEST_ID = /^(req_[0-9a-z]{26}|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const ID = /^[a-z]{3}_[0-9a-z]{8,40}$/
const WORD = /^[a-z]+(-[a-z]+)*$/
/** A frame of a stack: a function and a place in the code. The message of an error is another line, and may have several. */
const FRAME = /^at [\w$.<>[\] ]{0,80} ?\(?[\w@./:-]{1,160}:\d+:\d+\)?$/

/** Each field a line may have, and what its text must look like. */
const SHAPES = {
  requestId: REQUEST_ID,
  method: /^[A-Z]{3,7}$/,
  /** As routes are declared, `/companies/:company`, never as they were asked for. */
  route: /^[\w/:*{}.\\+|-]{1,120}$/,
  code: /^([a-z-]+\/[a-z-]+|[A-Z0-9_]{2,60})$/,
  /** The class of an error. */
  error: /^[A-Z]?[A-Za-z]{1,40}$/,
  at: FRAME,
  company: ID,
  webhook: ID,
  database: /^[a-z0-9_-]{1,63}$/,
  /** What kind of caller: never who. */
  as: WORD,
  cron: /^[\d*/, -]{9,30}$/,
  /** Keys of checks that do not hold. */
  findings: WORD,
  where: WORD,
  schema: /^\d{4}_\w{1,60}$/,
} as const satisfies Record<string, RegExp>
type Texts = { [K in keyof typeof SHAPES]?: string | readonly string[] | undefined }
type Numbers = { status?: number; ms?: number; roundTrips?: number; count?: number; bytes?: number }
export type LogFields = Texts & Numbers

export type Level = 'info' | 'warn' | 'error'
/** What stands in the place of a text that has not the shape of its field. */
export const WITHHELD = '[withheld]'

/** A line as it is written. */
export function lineOf(level: Level, event: string, fields: LogFields): string {
  const told = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, safe(name, value)]],
  )
  return JSON.stringify({ level, event: WORD.test(event) ? event : WITHHELD, ...Object.fromEntries(told) })
}

function safe(name: string, value: unknown): unknown {
  if (typeof value === 'number') return value
  const shape = (SHAPES as Record<string, RegExp>)[name]
  const one = (text: unknown) => (typeof text === 'string' && shape?.test(text) ? text : WITHHELD)
  return Array.isArray(value) ? value.map(one) : one(value)
}

/** Writes a line: `log('error', 'backup', { company: id, error: error.name })`. */
export function log(level: Level, event: string, fields: LogFields = {}): void {
  if (level === 'info') console.log(lineOf(level, event, fields))
  else console.error(lineOf(level, event, fields))
}

/**
 * What of an error may be told: its class, its code and where it arose. Never the message: a database error's message holds the
 * statement and its parameters.
 */
export function faultOf(fault: unknown): Pick<LogFields, 'error' | 'code' | 'at'> {
  if (!(fault instanceof Error)) return { error: 'error' }
  const { code, cause } = fault as { code?: unknown; cause?: { code?: unknown } }
  const told = code ?? cause?.code
  const frames = (fault.stack ?? '').split('\n').map((line) => line.trim())
  return {
    error: fault.name,
    code: typeof told === 'string' && told !== '' ? told : undefined,
    at: frames.filter((line) => FRAME.test(line)).slice(0, 5),
  }
}
