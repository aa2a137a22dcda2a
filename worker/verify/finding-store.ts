import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** What may be wrong with what belongs to no single company. */
export type InstanceFinding = 'control-log-broken' | 'heads-of-a-day-changed'

/** What the night found wrong with what belongs to no single company: told until it holds again. */
export const setInstanceFinding = (kind: InstanceFinding, count: number, at: Instant): InStatement =>
  count === 0
    ? { sql: 'delete from instance_finding where kind = ?', args: [kind] }
    : {
        sql: `insert into instance_finding (kind, found_at, count) values (?, ?, cast(? as integer))
              on conflict do update set count = excluded.count`,
        args: [kind, at, String(count)],
      }

export async function isFound(control: Database, kind: InstanceFinding): Promise<boolean> {
  const { rows } = await control.execute({ sql: 'select 1 from instance_finding where kind = ?', args: [kind] })
  return rows.length > 0
}
