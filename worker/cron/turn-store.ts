import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** A time of the schedule on its way through the companies. `dueAt`: when it came; `until`: the lease of whoever goes through them. */
export type ScheduleRun = { cron: string; run: number; dueAt: Instant; until: Instant }

/** A time has come: what is not done of the last one goes with it, and is unfinished since that came. */
export const beginRun = (cron: string, dueAt: Instant): InStatement => ({
  sql: `insert into schedule_run (cron, run, due_at, unfinished_since) values (?1, 1, ?2, ?2)
        on conflict do update set run = run + 1, due_at = excluded.due_at, finished_at = null,
          unfinished_since = case when finished_at is null then coalesce(unfinished_since, due_at) else excluded.due_at end`,
  args: [cron, dueAt],
})

/**
 * Takes a run that is not finished and that nobody goes through: this time's, or the one that has waited longest for a turn, so that
 * a long night holds back neither the hour nor the morning. Undefined when there is none.
 */
export async function takeRun(
  control: Database,
  { cron, now, until }: { cron?: string | undefined; now: Instant; until: Instant },
): Promise<ScheduleRun | undefined> {
  const { rows } = await control.execute({
    sql: `update schedule_run set leased_until = ?3, leased_at = ?2 where cron = (
            select cron from schedule_run where finished_at is null and leased_until < ?2 and cron = coalesce(?1, cron)
            order by leased_at, due_at limit 1)
          returning cron, run, due_at`,
    args: [cron ?? null, now, until],
  })
  const [row] = rows
  return row && { cron: String(row.cron), run: Number(row.run), dueAt: String(row.due_at) as Instant, until }
}

/** Whoever comes next may go on; `finishedAt` when there is nothing left of it. A lease that has gone to another stays theirs. */
export const leaveRun = ({ cron, run, until }: ScheduleRun, finishedAt: Instant | null): InStatement => ({
  sql: `update schedule_run set leased_until = '', finished_at = case when run = cast(? as integer) then ? end
        where cron = ? and leased_until = ?`,
  args: [String(run), finishedAt, cron, until],
})

/** Holds a lease for longer; gives its row when it was still held. */
export const renewLease = ({ cron, until }: ScheduleRun, longer: Instant): InStatement => ({
  sql: 'update schedule_run set leased_until = ? where cron = ? and leased_until = ? returning cron',
  args: [longer, cron, until],
})

/** `tries`: how often it was taken since it was last done with. */
export type Taken = { takenAt: string; doneRun: number; tries: number }

/** When each company was last taken, and the newest run that is done with it. */
export async function readTurns(control: Database, cron: string): Promise<Map<string, Taken>> {
  const { rows } = await control.execute({
    sql: 'select company, taken_at, done_run, tries from schedule_turn where cron = ?',
    args: [cron],
  })
  return new Map(
    rows.map((r) => [
      String(r.company),
      { takenAt: String(r.taken_at), doneRun: Number(r.done_run), tries: Number(r.tries) },
    ]),
  )
}

export const setTaken = (cron: string, company: string, at: Instant): InStatement => ({
  sql: `insert into schedule_turn (cron, company, taken_at, tries) values (?, ?, ?, 1)
        on conflict do update set taken_at = excluded.taken_at, tries = tries + 1`,
  args: [cron, company, at],
})

export const setDone = ({ cron, run }: ScheduleRun, company: string): InStatement => ({
  sql: 'update schedule_turn set done_run = cast(? as integer), tries = 0 where cron = ? and company = ?',
  args: [String(run), cron, company],
})
