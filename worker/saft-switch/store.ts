import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { SwitchAnswers } from './switch-answers.ts'
import type { Surveyed } from './switch-survey.ts'

export type SaftSwitch = {
  id: string
  fileName: string | null
  fileKey: string
  fileSha256: string
  fileSize: number
  found: Surveyed
  answers: SwitchAnswers
  /** What it was booked as; null until then. */
  importJob: string | null
  version: number
  by: string
  at: string
}

const orNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

const switchOf = (r: ResultSet['rows'][number]): SaftSwitch => ({
  id: String(r.id),
  fileName: orNull(r.file_name),
  fileKey: String(r.file_key),
  fileSha256: String(r.file_sha256),
  fileSize: Number(r.file_size),
  found: JSON.parse(String(r.found)),
  answers: JSON.parse(String(r.answers)),
  importJob: orNull(r.import_job),
  version: Number(r.version),
  by: String(r.by),
  at: String(r.at),
})

export async function readSwitch(db: Database, id: string): Promise<SaftSwitch | undefined> {
  const { rows } = await db.execute({ sql: 'select * from saft_switch where id = ?', args: [id] })
  return rows[0] && switchOf(rows[0])
}

export type BegunSwitch = Pick<SaftSwitch, 'id' | 'fileName' | 'at' | 'by'>

/** Files that are looked over and not booked, newest first. */
export async function readOpenSwitches(db: Database): Promise<BegunSwitch[]> {
  const { rows } = await db.execute(
    'select id, file_name, by, at from saft_switch where import_job is null order by at desc, id limit 100',
  )
  return rows.map((r) => ({ id: String(r.id), fileName: orNull(r.file_name), by: String(r.by), at: String(r.at) }))
}

/** The file that is looked over already, if it is. */
export async function readOpenSwitchOf(db: Database, fileSha256: string): Promise<SaftSwitch | undefined> {
  const { rows } = await db.execute({
    sql: 'select * from saft_switch where file_sha256 = ? and import_job is null order by at limit 1',
    args: [fileSha256],
  })
  return rows[0] && switchOf(rows[0])
}

export const insertSwitch = (s: SaftSwitch): InStatement => ({
  sql: `insert into saft_switch (id, file_name, file_key, file_sha256, file_size, found, answers, by, at)
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8 from json_each(?)`,
  args: [
    JSON.stringify([
      [
        s.id,
        s.fileName,
        s.fileKey,
        s.fileSha256,
        s.fileSize,
        JSON.stringify(s.found),
        JSON.stringify(s.answers),
        s.by,
        s.at,
      ],
    ]),
  ],
})

export const updateAnswers = (id: string, answers: SwitchAnswers, version: number): InStatement => ({
  sql: `update saft_switch set answers = ?, version = version + 1
        where id = ? and import_job is null and version = cast(? as integer)`,
  args: [JSON.stringify(answers), id, String(version)],
})

export const setSwitched = (id: string, importJob: string): InStatement => ({
  sql: 'update saft_switch set import_job = ? where id = ? and import_job is null',
  args: [importJob, id],
})

export const deleteSwitch = (id: string): InStatement => ({
  sql: `delete from saft_switch where id = ? and import_job is null
          and not exists (select 1 from import_job j where j.file_key = saft_switch.file_key)`,
  args: [id],
})
