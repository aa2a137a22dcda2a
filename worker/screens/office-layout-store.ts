import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { ScreenLayout } from './screen-layout.ts'
import { layoutOf } from './store.ts'

const COLUMNS = 'id, screen, owner, 1 as shared, 1 as office, name, definition, version'

/** The layouts of a screen that an office shares with its clients, by name. */
export async function readOfficeLayouts(control: Database, office: string, screen: string): Promise<ScreenLayout[]> {
  const { rows } = await control.execute({
    sql: `select ${COLUMNS} from office_screen_layout where office = ? and screen = ? order by name, id`,
    args: [office, screen],
  })
  return rows.map(layoutOf)
}

export async function readOfficeLayout(
  control: Database,
  office: string,
  id: string,
): Promise<ScreenLayout | undefined> {
  const { rows } = await control.execute({
    sql: `select ${COLUMNS} from office_screen_layout where office = ? and id = ?`,
    args: [office, id],
  })
  return rows[0] && layoutOf(rows[0])
}

/** Makes the layout, or changes it if it is the office's and still has the version it was read with (0: it is new). */
export const writeOfficeLayout = (office: string, layout: ScreenLayout, by: string, at: Instant): InStatement => ({
  sql: `insert into office_screen_layout (id, office, screen, owner, name, definition, changed_by, changed_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        on conflict (id) do update set name = excluded.name, definition = excluded.definition,
          version = version + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
        where office = excluded.office and version = cast(?9 as integer)`,
  args: [
    layout.id,
    office,
    layout.screen,
    layout.owner,
    layout.name,
    JSON.stringify(layout.definition),
    by,
    at,
    String(layout.version),
  ],
})

export const deleteOfficeLayout = (office: string, id: string): InStatement => ({
  sql: 'delete from office_screen_layout where office = ? and id = ?',
  args: [office, id],
})
