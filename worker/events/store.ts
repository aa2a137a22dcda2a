import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { INSERT_EVENTS } from '#worker/ledger/store.ts'
import type { Event, NewEvent } from './event.ts'

const rowsOf = (events: readonly NewEvent[]): [string, null] => [
  JSON.stringify(
    events.map((e) => [
      e.type,
      e.at,
      e.by,
      null, // the ledger version is read where the event is written
      e.subject,
      e.touched ? JSON.stringify(e.touched) : null,
      e.changes ? JSON.stringify(e.changes) : null,
    ]),
  ),
  null, // where it came from: written in by `withOrigin`
]

const INSERT_IF_CHANGED = INSERT_EVENTS.replace(/order by key$/, 'where changes() > 0 order by key')

const EVENT_INSERTS: ReadonlySet<string> = new Set([INSERT_EVENTS, INSERT_IF_CHANGED])

/**
 * The same database, whose events say where they came from: JSON of an `Origin`. It stands in the insert itself, so no verb
 * needs to know of it. `inserts` are the statements whose second argument it is.
 */
export function withOrigin(db: Database, origin: string, inserts = EVENT_INSERTS): Database {
  const marked = (s: InStatement): InStatement =>
    typeof s === 'object' && inserts.has(s.sql)
      ? { sql: s.sql, args: [(s.args as string[])[0]!, origin, ...(s.args as string[]).slice(2)] }
      : s
  return {
    execute: ((...asked: Parameters<Database['execute']>) =>
      db.execute(...([marked(asked[0] as InStatement), ...asked.slice(1)] as typeof asked))) as Database['execute'],
    batch: (statements, mode) =>
      db.batch(statements.map((s) => (Array.isArray(s) ? s : marked(s as InStatement))) as InStatement[], mode),
  }
}

/** Writes events next in the feed. Stands in the batch of what happened. */
export const insertEvents = (...events: readonly NewEvent[]): InStatement => ({
  sql: INSERT_EVENTS,
  args: rowsOf(events),
})

/**
 * The same, but only when the statement just before it in the batch changed a row: an update that came too late, because
 * somebody else changed the row first, leaves no trace.
 */
export const insertEventsIfChanged = (...events: readonly NewEvent[]): InStatement => ({
  sql: INSERT_IF_CHANGED,
  args: rowsOf(events),
})

/** Events after a place in the feed, in order. */
export async function readEvents(db: Database, after: number, limit: number): Promise<Event[]> {
  const { rows } = await db.execute({
    sql: `select sequence, type, recorded_at, by, ledger_version, subject, touched, changes from event
          where sequence > cast(? as integer) order by sequence limit cast(? as integer)`,
    args: [after, limit],
  })
  return rows.map((r) => ({
    sequence: Number(r.sequence),
    type: String(r.type),
    recordedAt: String(r.recorded_at) as Instant,
    by: String(r.by),
    ledgerVersion: Number(r.ledger_version),
    subject: String(r.subject),
    touched: r.touched === null ? [] : JSON.parse(String(r.touched)),
    changes: r.changes === null ? null : JSON.parse(String(r.changes)),
  }))
}

const NEWEST = 'select coalesce(max(sequence), 0) as newest from event'

/** Where the feed stands: the sequence of its newest event, or 0. */
export async function readNewest(db: Database): Promise<number> {
  const { rows } = await db.execute(NEWEST)
  return Number(rows[0]!.newest)
}

/**
 * What changed after a place in the feed that pages are drawn from beside the ledger: `match`, `budget`, and each budget's id; and where
 * the feed stands now, to be asked after next. It walks every event after the place.
 */
export async function readChanged(db: Database, after: number): Promise<{ changed: string[]; newestEvent: number }> {
  const walk = {
    sql: `select distinct case when type glob 'budget.*' then subject else 'match' end as what from event
          where sequence > cast(? as integer)
            and (type glob 'budget.*' or type glob 'match.*' or type glob 'open-item.*') order by what`,
    args: [after],
  }
  const [newest, found] = await db.batch([NEWEST, walk], 'read')
  const changed = found!.rows.map((r) => String(r.what)).flatMap((what) => (what === 'match' ? what : [what, 'budget']))
  return { changed, newestEvent: Number(newest!.rows[0]!.newest) }
}

/** First and last day of a fiscal year; undefined when there is none of that name. */
export async function readYear(
  db: Database,
  year: number,
): Promise<{ firstDate: IsoDate; lastDate: IsoDate } | undefined> {
  const { rows } = await db.execute({
    sql: 'select first_date, last_date from fiscal_year where year = cast(? as integer)',
    args: [year],
  })
  const row = rows[0]
  return row && { firstDate: String(row.first_date) as IsoDate, lastDate: String(row.last_date) as IsoDate }
}
