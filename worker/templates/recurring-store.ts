import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { Recurring } from './recurring.ts'

type Row = ResultSet['rows'][number]
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

/** What was made on a day it was due: a posted voucher, a draft, or what stood in the way. */
export type RecurringRun = {
  recurring: string
  dueDate: IsoDate
  status: 'posted' | 'draft' | 'refused'
  voucher: string
  draft: string | null
  /** Code and params of what stood in the way, to be put into words by the reader's language. */
  problem: { code: string; issues: readonly { code: string; pointer: string; params?: Record<string, never> }[] } | null
  recordedAt: Instant
}
export type KeptRecurring = Required<Omit<Recurring, 'lastDate'>> & {
  id: string
  lastDate: IsoDate | null
  version: number
  runs: RecurringRun[]
}

const runOf = (r: Row): RecurringRun => ({
  recurring: String(r.recurring),
  dueDate: String(r.due_date) as IsoDate,
  status: String(r.status) as RecurringRun['status'],
  voucher: String(r.voucher_id),
  draft: textOrNull(r.draft),
  problem: r.problem === null ? null : JSON.parse(String(r.problem)),
  recordedAt: String(r.recorded_at) as Instant,
})

const recurringOf = (r: Row, runs: readonly RecurringRun[]): KeptRecurring => ({
  id: String(r.id),
  name: String(r.name),
  template: String(r.template),
  values: JSON.parse(String(r.parameter_values)),
  firstDate: String(r.first_date) as IsoDate,
  lastDate: textOrNull(r.last_date) as IsoDate | null,
  every: Number(r.every),
  makes: String(r.makes) as Recurring['makes'],
  active: r.active === 1,
  version: Number(r.version),
  runs: runs.filter((run) => run.recurring === String(r.id)),
})

/** All of them by name, each with what was made, newest first. */
export async function readRecurring(db: Database): Promise<KeptRecurring[]> {
  const [rows, runs] = await db.batch(
    ['select * from recurring order by name, id', 'select * from recurring_run order by due_date desc'],
    'read',
  )
  const made = runs!.rows.map(runOf)
  return rows!.rows.map((r) => recurringOf(r, made))
}

type Kept = Omit<KeptRecurring, 'runs' | 'version'> & { by: string; at: Instant }

/** Writes the next version, if the one before still stands. */
export function writeRecurring(r: Kept, before: number): InStatement {
  const args = [
    JSON.stringify([
      r.id,
      r.name,
      r.template,
      JSON.stringify(r.values),
      r.firstDate,
      r.lastDate,
      r.every,
      r.makes,
      r.active ? 1 : 0,
      before,
      r.by,
      r.at,
    ]),
  ]
  return before === 0
    ? {
        sql: `insert into recurring (id, name, template, parameter_values, first_date, last_date, every, makes, active, by, created_at)
              select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>10, ?1->>11`,
        args,
      }
    : {
        sql: `update recurring set name = ?1->>1, template = ?1->>2, parameter_values = ?1->>3, first_date = ?1->>4,
                last_date = ?1->>5, every = ?1->>6, makes = ?1->>7, active = ?1->>8, version = version + 1
              where id = ?1->>0 and version = ?1->>9`,
        args,
      }
}

/** Keeps what came of a due day. One that was refused before is written over; one that was made stays as it is. */
export const writeRun = (run: Omit<RecurringRun, 'recordedAt'> & { by: string; at: Instant }): InStatement => ({
  sql: `insert into recurring_run (recurring, due_date, status, voucher_id, draft, problem, by, recorded_at)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7 where true
        on conflict (recurring, due_date) do update set status = excluded.status, draft = excluded.draft,
          problem = excluded.problem, by = excluded.by, recorded_at = excluded.recorded_at
        where recurring_run.status = 'refused'`,
  args: [
    JSON.stringify([
      run.recurring,
      run.dueDate,
      run.status,
      run.voucher,
      run.draft,
      run.problem && JSON.stringify(run.problem),
      run.by,
      run.at,
    ]),
  ],
})
