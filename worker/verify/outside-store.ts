import { PERMISSIONS } from '#worker/access/permission.ts'
import type { Database } from '#worker/database/connect.ts'

/** What is asked of the control database about a company. */
export type Outside = { control: Database; company: string }

/** Who could post, from when until when; `until` is null for whoever still can. */
export type WayIn = { who: string; from: string; until: string | null }

/**
 * When each person and key could post for the company: from the first that is known of it, in the register or the log, until the last
 * that took it away. In between they may have lost it and had it again.
 */
export async function readWaysIn({ control, company }: Outside): Promise<WayIn[]> {
  const { rows } = await control.execute({
    sql: `with own as (select ?1 as place union select office from company where id = ?1 and office is not null
            union select office from control_log where company = ?1 and office is not null),
      person as (
        select user, created_at, role from membership where company = ?1
        union all select user, created_at, role from client_assignment where company = ?1
        union all select user, created_at, role from office_member where office in own),
      told as (
        select user, recorded_at from control_log where company = ?1 and user is not null
        union all select user, recorded_at from control_log where office in own and user is not null
        union all select by, recorded_at from control_log where company = ?1 and type = 'company.created')
      select user as who, min(at) as since, iif(max(now), null, max(at)) as until from (
        select user, created_at as at, 1 as now from person where role in (select value from json_each(?2)) or role glob 'rol_*'
        union all select user, recorded_at, 0 from told)
      group by user
      union all
      select id, created_at, min(coalesce(revoked_at, expires_at || 'T24'), coalesce(expires_at || 'T24', revoked_at)) from api_key
      where (company = ?1 or office in own) and (role in (select value from json_each(?2)) or role glob 'rol_*')`,
    args: [company, JSON.stringify(PERMISSIONS['ledger:post'])],
  })
  return rows.map((r) => ({
    who: String(r.who),
    from: String(r.since),
    until: r.until === null ? null : String(r.until),
  }))
}

/** Where a webhook stands, and what of it is under way: how many deliveries, and the first event of them. */
export async function readOutbox({ control, company }: Outside) {
  const { rows } = await control.execute({
    sql: `select w.id as webhook, w.place, count(d.id) as waiting, min(d.first_sequence) as first from webhook w
          left join webhook_delivery d on d.webhook = w.id and d.state = 'waiting' and d.last_sequence > 0
          where w.company = ? group by w.id`,
    args: [company],
  })
  return rows.map((r) => ({
    webhook: String(r.webhook),
    place: Number(r.place),
    waiting: Number(r.waiting),
    first: Number(r.first),
  }))
}
