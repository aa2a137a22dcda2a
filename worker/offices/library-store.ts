import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { TemplateContent } from '#worker/templates/template.ts'

export type LibraryTemplate = { key: string; version: number; content: TemplateContent; by: string; changedAt: Instant }

/** The library by key. */
export async function readLibrary(control: Database, office: string): Promise<LibraryTemplate[]> {
  const { rows } = await control.execute({
    sql: 'select key, version, content, by, changed_at from office_template where office = ? order by key',
    args: [office],
  })
  return rows.map((r) => ({
    key: String(r.key),
    version: Number(r.version),
    content: JSON.parse(String(r.content)) as TemplateContent,
    by: String(r.by),
    changedAt: String(r.changed_at) as Instant,
  }))
}

/** Writes the next version of a template in the library, if the one before still stands. */
export const writeLibraryTemplate = (office: string, t: LibraryTemplate, before: number): InStatement => {
  const args = [JSON.stringify([office, t.key, t.version, JSON.stringify(t.content), t.by, t.changedAt, before])]
  return before === 0
    ? {
        sql: `insert into office_template (office, key, version, content, by, changed_at)
              select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5`,
        args,
      }
    : {
        sql: `update office_template set version = ?1->>2, content = ?1->>3, by = ?1->>4, changed_at = ?1->>5
              where office = ?1->>0 and key = ?1->>1 and version = ?1->>6`,
        args,
      }
}
