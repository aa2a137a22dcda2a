import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'

export type Part = { number: number; etag: string; size: number }
export type Upload = {
  id: string
  by: string
  fileName: string | null
  fileKey: string
  /** What the bucket calls it until it is whole. */
  multipart: string
  size: number
  partSize: number
  /** Whose books it was handed to; null until then. */
  company: string | null
  createdAt: string
  completedAt: string | null
  parts: Part[]
}

const text = (value: unknown): string | null => (value === null ? null : String(value))
const uploadOf = (r: ResultSet['rows'][number], parts: Part[]): Upload => ({
  id: String(r.id),
  by: String(r.by),
  fileName: text(r.file_name),
  fileKey: String(r.file_key),
  multipart: String(r.multipart),
  size: Number(r.size),
  partSize: Number(r.part_size),
  company: text(r.company),
  createdAt: String(r.created_at),
  completedAt: text(r.completed_at),
  parts,
})

export const insertUpload = (u: Upload): InStatement => ({
  sql: `insert into upload (id, by, file_name, file_key, multipart, size, part_size, created_at)
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7 from json_each(?)`,
  args: [JSON.stringify([[u.id, u.by, u.fileName, u.fileKey, u.multipart, u.size, u.partSize, u.createdAt]])],
})

/** An upload of somebody's own, with the parts that have arrived. */
export async function readUpload(control: Database, id: string, by: string): Promise<Upload | undefined> {
  const [found, parts] = await control.batch(
    [
      { sql: 'select * from upload where id = ? and by = ?', args: [id, by] },
      { sql: 'select number, etag, size from upload_part where upload = ? order by number', args: [id] },
    ],
    'read',
  )
  const row = found!.rows[0]
  return (
    row &&
    uploadOf(
      row,
      parts!.rows.map((p) => ({ number: Number(p.number), etag: String(p.etag), size: Number(p.size) })),
    )
  )
}

export const putPart = (upload: string, p: Part): InStatement => ({
  sql: `insert into upload_part (upload, number, etag, size) select ?1->>0, ?1->>1, ?1->>2, ?1->>3 where true
        on conflict do update set etag = excluded.etag, size = excluded.size`,
  args: [JSON.stringify([upload, p.number, p.etag, p.size])],
})

export const setCompleted = (id: string, at: string): InStatement => ({
  sql: 'update upload set completed_at = ? where id = ? and completed_at is null',
  args: [at, id],
})
export const setCompany = (id: string, company: string): InStatement => ({
  sql: 'update upload set company = ? where id = ?',
  args: [company, id],
})

/** Who has files: the companies they were given to, and how those are. */
export async function readHolders(control: Database, fileKeys: readonly string[]) {
  const { rows } = await control.execute({
    sql: `select u.file_key, u.company, c.status from upload u left join company c on c.id = u.company
          where u.file_key in (select value from json_each(?)) and u.company is not null`,
    args: [JSON.stringify(fileKeys)],
  })
  return rows.map((r) => ({ fileKey: String(r.file_key), company: String(r.company), status: String(r.status) }))
}

/** Gives files to a company that is being opened, where none of them is given to any that stands. */
export const giveFiles = (fileKeys: readonly string[], company: string): InStatement => ({
  sql: `update upload set company = ?1 where file_key in (select value from json_each(?2))
          and not exists (select 1 from upload u left join company c on c.id = u.company
            where u.file_key in (select value from json_each(?2)) and u.company is not null and c.status is not 'failed')`,
  args: [company, JSON.stringify(fileKeys)],
})

/** The database of a company; undefined when there is none any more. */
export async function readDatabaseOf(control: Database, company: string): Promise<string | undefined> {
  const { rows } = await control.execute({ sql: 'select database from company where id = ?', args: [company] })
  return rows[0] && String(rows[0].database)
}

/** Whether a row of a company's books names that file. */
export async function readRestsOn(db: Database, fileKey: string): Promise<boolean> {
  const { rows } = await db.execute({
    sql: `select exists (select 1 from import_job where file_key = ?1)
            or exists (select 1 from saft_switch_file where file_key = ?1) as rests`,
    args: [fileKey],
  })
  return rows[0]!.rests === 1
}

export const deleteUpload = (id: string): InStatement => ({ sql: 'delete from upload where id = ?', args: [id] })

/** Uploads nobody finished or used, begun before that instant, a page at a time. */
export async function* readStaleUploads(control: Database, before: string): AsyncGenerator<Upload[]> {
  for (let last: Pick<Upload, 'createdAt' | 'id'> | undefined, count = PAGE; count === PAGE; ) {
    const { rows } = await control.execute({
      sql: `select * from upload where created_at < ? and (created_at, id) > (?, ?) order by created_at, id limit ${PAGE}`,
      args: [before, last?.createdAt ?? '', last?.id ?? ''],
    })
    const page = rows.map((r) => uploadOf(r, []))
    yield page
    count = page.length
    last = page.at(-1)
  }
}

const PAGE = 100
