import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { SplitKey } from '#worker/ledger/books.ts'
import { splitKeyOf } from '#worker/ledger/store.ts'
import type { Template, TemplateContent } from './template.ts'

type Row = ResultSet['rows'][number]

const templateOf = (r: Row): Template => ({
  key: String(r.key),
  version: Number(r.version),
  active: r.active === 1,
  content: JSON.parse(String(r.content)) as TemplateContent,
  office:
    r.office_version === null
      ? null
      : { version: Number(r.office_version), differs: String(r.content) !== String(r.office_content) },
})

/** All templates by key. */
export async function readTemplates(db: Database): Promise<Template[]> {
  return (await db.execute('select * from template order by key')).rows.map(templateOf)
}

/** One template, whichever case its key is written in; undefined when there is none. */
export async function readTemplate(db: Database, key: string): Promise<Template | undefined> {
  const { rows } = await db.execute({ sql: 'select * from template where lower(key) = lower(?)', args: [key] })
  return rows[0] && templateOf(rows[0])
}

/** What the office's library has for a template that came from it; undefined for others. */
export async function readOfficeContent(db: Database, key: string): Promise<TemplateContent | undefined> {
  const { rows } = await db.execute({
    sql: 'select office_content from template where key = ? and office_content is not null',
    args: [key],
  })
  return rows[0] && (JSON.parse(String(rows[0].office_content)) as TemplateContent)
}

export type TemplateVersion = { version: number; content: TemplateContent; by: string; recordedAt: Instant }

/** Every version of a template, newest first. */
export async function readVersions(db: Database, key: string): Promise<TemplateVersion[]> {
  const { rows } = await db.execute({
    sql: 'select * from template_version where key = ? order by version desc',
    args: [key],
  })
  return rows.map((r) => ({
    version: Number(r.version),
    content: JSON.parse(String(r.content)) as TemplateContent,
    by: String(r.by),
    recordedAt: String(r.recorded_at) as Instant,
  }))
}

type Kept = { key: string; version: number; active: boolean; content: TemplateContent; by: string; at: Instant }
/** What the office has, where it is the office that writes. */
type FromOffice = { version: number; content: TemplateContent }

/** Writes a template's next version, if it still has the one before. The first statement changes a row when it does. */
export function writeTemplate(t: Kept, before: number, office?: FromOffice): InStatement[] {
  const args = [
    JSON.stringify([
      t.key,
      t.version,
      t.active ? 1 : 0,
      JSON.stringify(t.content),
      before,
      office?.version ?? null,
      office ? JSON.stringify(office.content) : null,
      t.by,
      t.at,
    ]),
  ]
  const fresh = before === 0
  return [
    fresh
      ? {
          sql: `insert into template (key, version, active, content, office_version, office_content)
                select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>5, ?1->>6`,
          args,
        }
      : {
          sql: `update template set version = ?1->>1, active = ?1->>2, content = ?1->>3,
                  office_version = coalesce(?1->>5, office_version), office_content = coalesce(?1->>6, office_content)
                where key = ?1->>0 and version = ?1->>4`,
          args,
        },
    {
      sql: `insert into template_version (key, version, content, by, recorded_at)
            select ?1->>0, ?1->>1, ?1->>3, ?1->>7, ?1->>8 where changes() > 0`,
      args,
    },
  ]
}

/** The office's new version of a template that the client has made its own: kept beside, so that the difference is seen. */
export const noteOffice = (key: string, office: FromOffice): InStatement => ({
  sql: 'update template set office_version = ?1->>1, office_content = ?1->>2 where key = ?1->>0',
  args: [JSON.stringify([key, office.version, JSON.stringify(office.content)])],
})

export type KeptSplitKey = SplitKey & { version: number }

export async function readSplitKeys(db: Database): Promise<KeptSplitKey[]> {
  const { rows } = await db.execute('select * from split_key order by code')
  return rows.map((r) => ({ ...splitKeyOf(r), version: Number(r.version) }))
}

/** Writes a split key's next version, if it still has the one before. */
export const writeSplitKey = (k: SplitKey, before: number): InStatement => {
  const shares = JSON.stringify(k.shares.map((s) => [s.code, s.weight]))
  const args = [JSON.stringify([k.code, k.name, k.dimension, shares, k.active ? 1 : 0, before])]
  return before === 0
    ? {
        sql: `insert into split_key (code, name, dimension, shares, active) select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4`,
        args,
      }
    : {
        sql: `update split_key set name = ?1->>1, dimension = ?1->>2, shares = ?1->>3, active = ?1->>4, version = version + 1
              where code = ?1->>0 and version = ?1->>5`,
        args,
      }
}
