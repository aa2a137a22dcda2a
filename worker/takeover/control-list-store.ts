import type { Database, InStatement } from '#worker/database/connect.ts'
import type { ControlList } from './control-list.ts'

export async function readControlList(db: Database): Promise<ControlList | undefined> {
  const { rows } = await db.execute(
    'select file_name, file_sha256, rows, by, at, explanation_before from takeover_control_list',
  )
  const [r] = rows
  return (
    r && {
      fileName: r.file_name === null ? null : String(r.file_name),
      sha256: String(r.file_sha256),
      rows: JSON.parse(String(r.rows)),
      by: String(r.by),
      at: String(r.at),
      explanationBefore: r.explanation_before === null ? null : String(r.explanation_before),
    }
  )
}

/** A finished take-over keeps the list it was finished with. */
const UNFINISHED = 'exists (select 1 from takeover where finished_at is null)'

export const keepControlRows = ({
  fileName,
  sha256,
  rows,
  by,
  at,
}: Omit<ControlList, 'explanationBefore'>): InStatement => ({
  sql: `insert into takeover_control_list (id, file_name, file_sha256, rows, by, at, explanation_before)
        select 1, ?, ?, ?, ?, ?, explanation from takeover where finished_at is null
        on conflict do update set file_name = excluded.file_name, file_sha256 = excluded.file_sha256, rows = excluded.rows,
          by = excluded.by, at = excluded.at, explanation_before = excluded.explanation_before`,
  args: [fileName, sha256, JSON.stringify(rows), by, at],
})

export const deleteControlList = (): InStatement => `delete from takeover_control_list where ${UNFINISHED}`

/** What was read of the take-over before this list came or went is no longer what would be finished. */
export const raiseTakeover = (): InStatement => 'update takeover set version = version + 1 where finished_at is null'
