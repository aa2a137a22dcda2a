import { addDays, endOfDayInOslo } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Event } from '#worker/events/event.ts'
import type { Origin } from '#worker/events/origin.ts'
import { readNewest } from '#worker/events/store.ts'
import type { LogFilter } from './log-query.ts'

/** An event with where it came from; null for what the system did by itself, and for what is older than the log. */
export type LogEntry = Omit<Event, 'touched' | 'ledgerVersion'> & { origin: Origin | null }

/** Which page of a log: before a place, or after one. */
export type LogPlace = { before?: number | undefined; after?: number | undefined; limit: number }

/** What a filter and a place in the log ask for, as SQL on the columns of a log. */
export function conditionsOf(
  filter: LogFilter,
  { before, after }: LogPlace,
): { sql: string; args: (string | number)[] } {
  const conditions = [
    before !== undefined ? ['sequence < cast(? as integer)', before] : undefined,
    after !== undefined ? ['sequence > cast(? as integer)', after] : undefined,
    filter.fromDate && ['recorded_at > ?', endOfDayInOslo(addDays(filter.fromDate, -1))],
    filter.toDate && ['recorded_at <= ?', endOfDayInOslo(filter.toDate)],
    filter.by && ['by = ?', filter.by],
    filter.about && ["substr(type, 1, instr(type, '.') - 1) = ?", filter.about],
    filter.subject && ['subject = ?', filter.subject],
  ].filter((condition) => condition !== undefined) as [string, string | number][]
  return {
    sql: ['true', ...conditions.map(([sql]) => sql)].join(' and '),
    args: conditions.map(([, value]) => value),
  }
}

/** A row of a log. */
export const logEntryOf = (r: Readonly<Record<string, unknown>>): LogEntry => ({
  sequence: Number(r.sequence),
  type: String(r.type),
  recordedAt: String(r.recorded_at) as Event['recordedAt'],
  by: String(r.by),
  subject: String(r.subject),
  changes: r.changes === null ? null : JSON.parse(String(r.changes)),
  origin: r.origin === null ? null : JSON.parse(String(r.origin)),
})

/** Entries that a filter lets through: newest first before a place, or in order after one. */
export async function readLog(db: Database, filter: LogFilter, place: LogPlace): Promise<LogEntry[]> {
  const { sql, args } = conditionsOf(filter, place)
  const { rows } = await db.execute({
    sql: `select sequence, type, recorded_at, by, subject, changes, origin from event
          where ${sql}
          order by sequence ${place.after === undefined ? 'desc' : 'asc'} limit cast(? as integer)`,
    args: [...args, place.limit],
  })
  return rows.map(logEntryOf)
}

/** Who has done anything, newest first; for the choice of a filter. */
export async function readActors(db: Database, most: number): Promise<string[]> {
  const newest = await readNewest(db)
  const { rows } = await db.execute({
    sql: `select by from event where sequence > cast(? as integer) group by by order by max(sequence) desc limit cast(? as integer)`,
    args: [Math.max(0, newest - 100_000), most],
  })
  return rows.map((row) => String(row.by))
}
