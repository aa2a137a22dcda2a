import { addDays, endOfDayInOslo } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Event } from '#worker/events/event.ts'
import type { Origin } from '#worker/events/origin.ts'
import { readNewest } from '#worker/events/store.ts'
import type { LogFilter } from './log-query.ts'

/** An event with where it came from; null for what the system did by itself, and for what is older than the log. */
export type LogEntry = Omit<Event, 'touched' | 'ledgerVersion'> & { origin: Origin | null }

type Page = { before?: number | undefined; after?: number | undefined; limit: number }

/** Entries that a filter lets through: newest first before a place, or in order after one. */
export async function readLog(db: Database, filter: LogFilter, { before, after, limit }: Page): Promise<LogEntry[]> {
  const conditions = [
    before !== undefined ? ['sequence < cast(? as integer)', before] : undefined,
    after !== undefined ? ['sequence > cast(? as integer)', after] : undefined,
    filter.fromDate && ['recorded_at > ?', endOfDayInOslo(addDays(filter.fromDate, -1))],
    filter.toDate && ['recorded_at <= ?', endOfDayInOslo(filter.toDate)],
    filter.by && ['by = ?', filter.by],
    filter.about && ["substr(type, 1, instr(type, '.') - 1) = ?", filter.about],
    filter.subject && ['subject = ?', filter.subject],
  ].filter((condition) => condition !== undefined) as [string, string | number][]
  const { rows } = await db.execute({
    sql: `select sequence, type, recorded_at, by, subject, changes, origin from event
          where ${['true', ...conditions.map(([sql]) => sql)].join(' and ')}
          order by sequence ${after === undefined ? 'desc' : 'asc'} limit cast(? as integer)`,
    args: [...conditions.map(([, value]) => value), limit],
  })
  return rows.map((r) => ({
    sequence: Number(r.sequence),
    type: String(r.type),
    recordedAt: String(r.recorded_at) as Event['recordedAt'],
    by: String(r.by),
    subject: String(r.subject),
    changes: r.changes === null ? null : JSON.parse(String(r.changes)),
    origin: r.origin === null ? null : JSON.parse(String(r.origin)),
  }))
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
