import type { Principal } from '#worker/access/permission.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { TemplateContent } from '#worker/templates/template.ts'

export type Office = { id: string; name: string }
export type LibraryTemplate = { key: string; version: number; content: TemplateContent; by: string; changedAt: Instant }

/** A client that one may share to, and the office it belongs to, if any. */
export type ClientOfOffice = { id: string; name: string; database: string; office: string | null }

/**
 * The clients in which one may write registers, by name: where one is administrator or accountant, or all of them for the local
 * operator.
 */
export async function readOwnClients(control: Database, who: Principal): Promise<ClientOfOffice[]> {
  if (who.kind !== 'user' && who.kind !== 'operator') return []
  const { rows } = await control.execute(
    who.kind === 'operator'
      ? `select id, name, database, office from company where status = 'active' order by name, id`
      : {
          sql: `select c.id, c.name, c.database, c.office from membership m join company c on c.id = m.company
                where m.user = ? and m.role in ('administrator', 'accountant') and c.status = 'active' order by c.name, c.id`,
          args: [who.id],
        },
  )
  return rows.map((r) => ({
    id: String(r.id),
    name: String(r.name),
    database: String(r.database),
    office: r.office === null ? null : String(r.office),
  }))
}

export async function readOffice(control: Database, id: string): Promise<Office | undefined> {
  const { rows } = await control.execute({ sql: 'select id, name from office where id = ?', args: [id] })
  return rows[0] && { id: String(rows[0].id), name: String(rows[0].name) }
}

/** How many clients an office has. */
export async function countClients(control: Database, office: string): Promise<number> {
  const { rows } = await control.execute({ sql: 'select count(*) as n from company where office = ?', args: [office] })
  return Number(rows[0]!.n)
}

export const insertOffice = (office: Office, at: Instant): InStatement => ({
  sql: 'insert into office (id, name, created_at) values (?, ?, ?)',
  args: [office.id, office.name, at],
})

/** Companies that belong to no office yet become this one's clients. */
export const joinOffice = (office: string, companies: readonly string[]): InStatement => ({
  sql: 'update company set office = ? where office is null and id in (select value from json_each(?))',
  args: [office, JSON.stringify(companies)],
})

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
