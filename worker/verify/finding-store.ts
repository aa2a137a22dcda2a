import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** What may be wrong with what belongs to no single company. */
export type InstanceFinding = 'control-log-broken' | 'heads-of-a-day-changed'

/** What the night found wrong with what belongs to no single company, and on which days: told until it holds again. */
export const setInstanceFinding = (
  kind: InstanceFinding,
  count: number,
  at: Instant,
  days: readonly IsoDate[] = [],
): InStatement =>
  count === 0
    ? { sql: 'delete from instance_finding where kind = ?', args: [kind] }
    : {
        sql: `insert into instance_finding (kind, found_at, count, days) values (?, ?, cast(? as integer), ?)
              on conflict do update set count = excluded.count, days = excluded.days`,
        args: [kind, at, String(count), JSON.stringify(days)],
      }

/** The days on which it was found; none where only the finding is known, undefined when there is no finding. */
export async function readDoubtedDays(control: Database, kind: InstanceFinding): Promise<IsoDate[] | undefined> {
  const { rows } = await control.execute({ sql: 'select days from instance_finding where kind = ?', args: [kind] })
  return rows[0] && (JSON.parse(String(rows[0].days)) as IsoDate[])
}
