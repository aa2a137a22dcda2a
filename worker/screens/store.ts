import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { LayoutDefinition, ScreenLayout } from './screen-layout.ts'

type Row = Record<string, unknown>
export const layoutOf = (r: Row): ScreenLayout => ({
  id: String(r.id),
  screen: String(r.screen),
  owner: String(r.owner),
  shared: Number(r.shared) === 1,
  ...(Number(r.office) === 1 && { office: true }),
  name: String(r.name),
  definition: JSON.parse(String(r.definition)) as LayoutDefinition,
  version: Number(r.version),
})

/** The layouts of a screen that somebody may use: the company's, and their own. */
export async function readLayouts(db: Database, screen: string, user: string): Promise<ScreenLayout[]> {
  const { rows } = await db.execute({
    sql: `select id, screen, owner, shared, name, definition, version from screen_layout
          where screen = ? and (shared or owner = ?) order by shared, name, id`,
    args: [screen, user],
  })
  return rows.map(layoutOf)
}

export async function readLayout(db: Database, id: string): Promise<ScreenLayout | undefined> {
  const { rows } = await db.execute({
    sql: 'select id, screen, owner, shared, name, definition, version from screen_layout where id = ?',
    args: [id],
  })
  return rows[0] && layoutOf(rows[0])
}

/** Makes the layout, or changes it if it still has the version it was read with (0: it is new). */
export const writeLayout = (layout: ScreenLayout, by: string, at: Instant): InStatement => ({
  sql: `insert into screen_layout (id, screen, owner, shared, name, definition, changed_by, changed_at)
        values (?1, ?2, ?3, cast(?4 as integer), ?5, ?6, ?7, ?8)
        on conflict (id) do update set shared = excluded.shared, name = excluded.name, definition = excluded.definition,
          version = version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        where version = cast(?9 as integer)`,
  args: [
    layout.id,
    layout.screen,
    layout.owner,
    layout.shared ? '1' : '0',
    layout.name,
    JSON.stringify(layout.definition),
    by,
    at,
    String(layout.version),
  ],
})

export const deleteLayout = (id: string): InStatement => ({ sql: 'delete from screen_layout where id = ?', args: [id] })
