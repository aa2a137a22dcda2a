import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'

/** Somewhere a person is signed in: a browser, or Excel. `id` is what it is ended by. */
export type App = {
  id: string
  app: 'browser' | 'excel'
  device: string
  place: string
  since: Instant
  usedAt: Instant
}

/** Where a person's Excel is signed in, the last used first. */
export async function readExcelSignIns(control: Database, user: string, now: Instant): Promise<App[]> {
  const { rows } = await control.execute({
    sql: `select family, signed_in_at, max(coalesce(made_at, signed_in_at)) as used_at, max(device) as device, max(place) as place
            from addin_refresh where user = ? and expires_at > ? group by family order by used_at desc, family`,
    args: [user, now],
  })
  return rows.map((row) => ({
    id: String(row.family),
    app: 'excel',
    device: String(row.device),
    place: String(row.place),
    since: String(row.signed_in_at) as Instant,
    usedAt: String(row.used_at) as Instant,
  }))
}
