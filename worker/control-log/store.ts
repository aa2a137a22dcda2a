import type { LogFilter } from '#worker/audit-log/log-query.ts'
import { conditionsOf, type LogEntry, type LogPlace, logEntryOf } from '#worker/audit-log/log-store.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { LogScope, NewControlEntry } from './control-entry.ts'

const INSERT = `insert into control_log (sequence, type, recorded_at, by, user, company, office, subject, changes, origin)
  select coalesce((select max(sequence) from control_log), 0) + key + 1, value->>0, value->>1, value->>2, value->>3, value->>4,
    value->>5, value->>6, value->>7, ?2 from json_each(?1) order by key`
const INSERT_IF_CHANGED = INSERT.replace(/order by key$/, 'where changes() > 0 order by key')
const INSERT_UNLESS_SINCE = INSERT.replace(
  /order by key$/,
  'where not exists (select 1 from control_log where company = ?3 and by = ?4 and type = ?5 and recorded_at > ?6 and subject = ?7) order by key',
)
const INSERT_REVOCATIONS = `insert into control_log (sequence, type, recorded_at, by, user, company, office, subject, changes, origin)
  select coalesce((select max(sequence) from control_log), 0) + row_number() over (order by k.id), 'key.revoked', ?1 ->> 'at',
    ?1 ->> 'by', null, k.company, null, k.id, null, ?2
  from api_key k where k.company in (select value from json_each(?1, '$.companies')) and k.revoked_at = ?1 ->> 'at'
    and not exists (select 1 from control_log l where l.company = k.company and l.type = 'key.revoked' and l.subject = k.id)
  order by k.id`
/** What `withOrigin` writes in where a request came from. */
export const CONTROL_LOG_INSERTS: ReadonlySet<string> = new Set([
  INSERT,
  INSERT_IF_CHANGED,
  INSERT_UNLESS_SINCE,
  INSERT_REVOCATIONS,
])

const argsOf = (entries: readonly NewControlEntry[]): [string, null] => [
  JSON.stringify(
    entries.map((e) => [
      e.type,
      e.at,
      e.by,
      e.user ?? null,
      e.company ?? null,
      e.office ?? null,
      e.subject,
      e.changes ? JSON.stringify(e.changes) : null,
    ]),
  ),
  null,
]

/** Writes what happened next in the log. Stands in the batch of what it tells of, so neither is there without the other. */
export const insertControlEntries = (...entries: readonly NewControlEntry[]): InStatement => ({
  sql: INSERT,
  args: argsOf(entries),
})

/** The same, but only when the statement just before it in the batch changed a row. */
export const insertControlEntriesIfChanged = (...entries: readonly NewControlEntry[]): InStatement => ({
  sql: INSERT_IF_CHANGED,
  args: argsOf(entries),
})

/** Every key of companies that was revoked at this moment, in the batch that revoked it. */
export const insertRevocations = (companies: readonly string[], by: string, at: string): InStatement => ({
  sql: INSERT_REVOCATIONS,
  args: [JSON.stringify({ companies, by, at }), null],
})

/** Once in a while: not when the same was written of the same subject in the same company by the same hand since a moment. */
export const insertControlEntryUnlessSince = (entry: NewControlEntry, since: string): InStatement => ({
  sql: INSERT_UNLESS_SINCE,
  args: [...argsOf([entry]), entry.company ?? null, entry.by, entry.type, since, entry.subject],
})

/**
 * What one may read. A company's administrators see what was done with its rights and keys, and how its own members signed in
 * since they became members; an office's the same of the office, its clients and its staff. Others' signing in is not their
 * business: auditors' and the office's staff are not the client's.
 */
function withinScope(scope: LogScope): [sql: string, ...args: (string | null)[]] {
  if (scope === 'everything') return ['true']
  if ('user' in scope) return ['(user = ? or by = ?)', scope.user, scope.user]
  // Each arm begins with columns that have an index, or none is used.
  if ('company' in scope)
    return [
      `(company = ? or (user in (select m.user from membership m where m.company = ?) and type glob 'user.*'
         and exists (select 1 from membership m
           where m.company = ? and m.user = control_log.user and control_log.recorded_at >= m.created_at)))
       and (? is null or exists (select 1 from json_each(?)
         where substr(recorded_at, 1, 10) between value ->> 'from' and value ->> 'to'))`,
      ...[scope.company, scope.company, scope.company],
      scope.days ? '' : null,
      JSON.stringify(scope.days ?? []),
    ]
  const { office } = scope
  return [
    `(office = ? or company in (select id from company where office = ?)
      or (user in (select m.user from office_member m where m.office = ?) and type glob 'user.*'
        and exists (select 1 from office_member m
          where m.office = ? and m.user = control_log.user and control_log.recorded_at >= m.created_at)))`,
    ...[office, office, office, office],
  ]
}

/** Entries one may read and a filter lets through: newest first before a place, or in order after one. */
export async function readControlLog(
  control: Database,
  scope: LogScope,
  filter: LogFilter,
  place: LogPlace,
): Promise<LogEntry[]> {
  const [within, ...scoped] = withinScope(scope)
  const { sql, args } = conditionsOf(filter, place)
  const { rows } = await control.execute({
    sql: `select sequence, type, recorded_at, by, subject, changes, origin from control_log where ${within} and ${sql}
          order by sequence ${place.after === undefined ? 'desc' : 'asc'} limit cast(? as integer)`,
    args: [...scoped, ...args, place.limit],
  })
  return rows.map(logEntryOf)
}

/** Who stands in the part of the log one may read, the newest first; for the choice of a filter. */
export async function readControlActors(control: Database, scope: LogScope, most: number): Promise<string[]> {
  const [within, ...scoped] = withinScope(scope)
  const { rows } = await control.execute({
    sql: `select by from control_log where ${within} and sequence > (select max(sequence) from control_log) - 100000
          group by by order by max(sequence) desc limit cast(? as integer)`,
    args: [...scoped, most],
  })
  return rows.map((row) => String(row.by))
}
