import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { LayoutLine, ReportLayout, StatementKind } from './report-layout.ts'

type Row = ResultSet['rows'][number]
/** A layout of a company's own; its key is its id. */
export type OwnLayout = ReportLayout & { version: number; by: string; recordedAt: string }

const layoutOf = (r: Row): OwnLayout => ({
  key: String(r.id),
  nameNb: String(r.name_nb),
  nameEn: String(r.name_en),
  statement: String(r.statement) as StatementKind,
  source: null,
  lines: JSON.parse(String(r.lines)) as LayoutLine[],
  version: Number(r.version),
  by: String(r.by),
  recordedAt: String(r.recorded_at),
})

export const layoutCalled = (id: string): InStatement => ({
  sql: 'select * from report_layout where id = ?',
  args: [id],
})
export const layoutIn = ({ rows }: ResultSet): OwnLayout | undefined => rows[0] && layoutOf(rows[0])

export const OWN_LAYOUTS = 'select * from report_layout order by name_nb'
export const layoutsIn = ({ rows }: ResultSet): OwnLayout[] => rows.map(layoutOf)

/** The company's own layouts by name. */
export const readOwnLayouts = async (db: Database): Promise<OwnLayout[]> => layoutsIn(await db.execute(OWN_LAYOUTS))

type Kept = Pick<OwnLayout, 'key' | 'nameNb' | 'nameEn' | 'statement' | 'lines' | 'by' | 'recordedAt'>

export const insertLayout = (l: Kept): InStatement => ({
  sql: `insert into report_layout (id, name_nb, name_en, statement, lines, by, recorded_at) values (?, ?, ?, ?, ?, ?, ?)`,
  args: [l.key, l.nameNb, l.nameEn, l.statement, JSON.stringify(l.lines), l.by, l.recordedAt],
})

/** Changes the layout if it still has that version. */
export const updateLayout = (l: Kept, version: number): InStatement => ({
  sql: `update report_layout set name_nb = ?, name_en = ?, lines = ?, by = ?, recorded_at = ?, version = version + 1
        where id = ? and version = cast(? as integer)`,
  args: [l.nameNb, l.nameEn, JSON.stringify(l.lines), l.by, l.recordedAt, l.key, version],
})

export const deleteLayout = (id: string, version: number): InStatement => ({
  sql: 'delete from report_layout where id = ? and version = cast(? as integer)',
  args: [id, version],
})
