import type { Database, InStatement } from '#worker/database/connect.ts'

/** Names of users by id: entries and locks say who by id. */
export async function readNames(control: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await control.execute({
    sql: `select id, name from user where id in (select value from json_each(?))
          union all select id, name from api_key where id in (select value from json_each(?))`,
    args: [JSON.stringify(ids), JSON.stringify(ids)],
  })
  return new Map(rows.map((row) => [String(row.id), String(row.name)]))
}

/** What somebody has chosen for themselves, by name; nothing is an empty choice. */
export async function readSetting(control: Database, user: string, name: string): Promise<Record<string, string>> {
  const { rows } = await control.execute({
    sql: 'select value from user_setting where user = ? and name = ?',
    args: [user, name],
  })
  return rows[0] ? (JSON.parse(String(rows[0].value)) as Record<string, string>) : {}
}

export const writeSetting = (user: string, name: string, value: Record<string, string>, at: string): InStatement => ({
  sql: `insert into user_setting (user, name, value, changed_at) values (?, ?, ?, ?)
        on conflict (user, name) do update set value = excluded.value, changed_at = excluded.changed_at`,
  args: [user, name, JSON.stringify(value), at],
})
