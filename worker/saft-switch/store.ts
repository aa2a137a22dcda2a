import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { MappedAccount, SwitchAnswers } from './switch-answers.ts'
import type { Surveyed } from './switch-survey.ts'

/** A file as it was sent, and where it lies. */
export type SwitchPart = { id: string; fileName: string | null; fileKey: string; size: number }
/** Which account of ours each of the files' accounts became, and why, by its number there. */
export type BookedMapping = Record<string, [to: string, reason: MappedAccount['reason']]>

export type SaftSwitch = {
  id: string
  fileName: string | null
  /** Of the file, or of several files' hashes. */
  fileSha256: string
  parts: SwitchPart[]
  found: Surveyed
  answers: SwitchAnswers
  /** What was booked, or began to be; null before. */
  mapping: BookedMapping | null
  /** Something of it stands in the ledger, so that its answers and files stay as they are. */
  begun: boolean
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
  fileSha256: String(r.file_sha256),
  parts: JSON.parse(String(r.parts)),
  found: { met: [], ...JSON.parse(String(r.found)) },
  answers: { taxCodes: {}, partyNumbers: {}, otherCompany: false, ...JSON.parse(String(r.answers)) },
  mapping: r.mapping === null ? null : JSON.parse(String(r.mapping)),
  begun: r.begun === 1,
  importJob: orNull(r.import_job),
  version: Number(r.version),
  by: String(r.by),
  at: String(r.at),
})

/** A file of it is a file of the books: an import that was begun rests on it. */
const BEGUN = `exists (select 1 from saft_switch_file f join import_job j on j.file_key = f.file_key where f.switch = saft_switch.id)`
const SWITCH = `select *, ${BEGUN} as begun,
  (select json_group_array(json_object('id', id, 'fileName', file_name, 'fileKey', file_key, 'size', file_size))
     from (select * from saft_switch_file where switch = saft_switch.id order by id)) as parts from saft_switch`

export async function readSwitch(db: Database, id: string): Promise<SaftSwitch | undefined> {
  const { rows } = await db.execute({ sql: `${SWITCH} where id = ?`, args: [id] })
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

/** The files that were booked last and stand, by whose answers the next begin. */
export async function readLastBooked(db: Database): Promise<SaftSwitch | undefined> {
  const { rows } = await db.execute(`${SWITCH} where id = (select s.id from saft_switch s
    join import_job j on j.id = s.import_job and j.undo_begun_at is null and j.undone_at is null
    order by j.recorded_at desc, s.at desc, s.id desc limit 1)`)
  return rows[0] && switchOf(rows[0])
}

/** The files that are looked over already, if they are. */
export async function readOpenSwitchOf(db: Database, fileSha256: string): Promise<SaftSwitch | undefined> {
  const { rows } = await db.execute({
    sql: `${SWITCH} where file_sha256 = ? and import_job is null`,
    args: [fileSha256],
  })
  return rows[0] && switchOf(rows[0])
}

export const insertSwitch = (s: SaftSwitch): InStatement[] => [
  {
    sql: `insert into saft_switch (id, file_name, file_sha256, found, answers, by, at)
          select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 from json_each(?)`,
    args: [
      JSON.stringify([
        [s.id, s.fileName, s.fileSha256, JSON.stringify(s.found), JSON.stringify(s.answers), s.by, s.at],
      ]),
    ],
  },
  {
    sql: `insert into saft_switch_file (id, switch, file_name, file_key, file_size)
          select value->>0, ?1, value->>1, value->>2, value->>3 from json_each(?2)`,
    args: [s.id, JSON.stringify(s.parts.map((p) => [p.id, p.fileName, p.fileKey, p.size]))],
  },
]

export const updateAnswers = (id: string, answers: SwitchAnswers, version: number): InStatement => ({
  sql: `update saft_switch set answers = ?, version = version + 1
        where id = ? and import_job is null and version = cast(? as integer) and not ${BEGUN}`,
  args: [JSON.stringify(answers), id, String(version)],
})

/** What is about to be booked, as it was looked over. */
export const setMapping = (id: string, mapping: BookedMapping, version: number): InStatement => ({
  sql: `update saft_switch set mapping = ? where id = ? and import_job is null and version = cast(? as integer) and not ${BEGUN}`,
  args: [JSON.stringify(mapping), id, String(version)],
})

export const setSwitched = (id: string, importJob: string): InStatement => ({
  sql: 'update saft_switch set import_job = ? where id = ? and import_job is null',
  args: [importJob, id],
})

export const deleteSwitch = (id: string): InStatement => ({
  sql: `delete from saft_switch where id = ? and import_job is null and not ${BEGUN}`,
  args: [id],
})
