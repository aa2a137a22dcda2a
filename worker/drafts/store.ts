import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { type Cells, type DraftRow, HEADER, type StoredRow, textOfCells } from './draft-row.ts'

/** A draft without its rows. `posted` are its vouchers that stand in the ledger. */
export type DraftHead = {
  id: string
  version: number
  changedBy: string
  changedAt: Instant
  deletedBy: string | null
  deletedAt: Instant | null
}
export type PostedIn = {
  id: string
  series: string
  fiscalYear: number
  number: number
  by: string
  recordedAt: Instant
}
export type StoredDraft = DraftHead & { rows: StoredRow[]; posted: PostedIn[] }

type Change = { draft: string; since: number; rows: readonly DraftRow[]; by: string; at: Instant }

/**
 * Writes rows into a draft, which comes into being with its first ones. A row that somebody else has written since `since`
 * is left as it is. What stands already is not written again, so the same request twice does nothing the second time.
 */
export function writeRows({ draft, since, rows, by, at }: Change): InStatement[] {
  const sent = JSON.stringify(rows.map((r) => [r.key, r.position, textOfCells(r.cells), r.removed ? 1 : 0]))
  const news = `from json_each(?1) w left join voucher_draft_row r on r.draft = ?2 and r.key = w.value->>0
    where r.key is null or (r.version <= cast(?3 as integer)
      and (r.position <> w.value->>1 or r.cells <> w.value->>2 or r.removed <> w.value->>3))`
  const args = [sent, draft, String(since), by, at]
  return [
    {
      sql: `insert into voucher_draft (id, created_by, created_at, changed_by, changed_at) values (?1, ?2, ?3, ?2, ?3)
            on conflict (id) do nothing`,
      args: [draft, by, at],
    },
    {
      sql: `update voucher_draft set version = version + 1, changed_by = ?4, changed_at = ?5
            where id = ?2 and exists (select 1 ${news})`,
      args,
    },
    {
      sql: `insert or replace into voucher_draft_row (draft, key, position, cells, removed, version, by, at)
            select ?2, w.value->>0, w.value->>1, w.value->>2, w.value->>3,
              (select version from voucher_draft where id = ?2), ?4, ?5 ${news}`,
      args,
    },
  ]
}

const HEAD = 'select id, version, changed_by, changed_at, deleted_by, deleted_at from voucher_draft'

/** A draft, its rows that came after a version, and those of its vouchers that are posted. */
export const readingOf = (draft: string, since: number): InStatement[] => [
  { sql: `${HEAD} where id = ?`, args: [draft] },
  {
    sql: `select key, position, cells, removed, version, by, at from voucher_draft_row
          where draft = ? and version > cast(? as integer) order by position, key`,
    args: [draft, String(since)],
  },
  {
    sql: `select id, series, fiscal_year, number, by, recorded_at from voucher
          where id in (select cells->>'id' from voucher_draft_row where draft = ? and not removed)`,
    args: [draft],
  },
]

type Row = Record<string, unknown>
const headOf = (row: Row): DraftHead => ({
  id: String(row.id),
  version: Number(row.version),
  changedBy: String(row.changed_by),
  changedAt: String(row.changed_at) as Instant,
  deletedBy: row.deleted_by === null ? null : String(row.deleted_by),
  deletedAt: row.deleted_at === null ? null : (String(row.deleted_at) as Instant),
})

/** The answers to `readingOf` as a draft; undefined when there is none. */
export function draftIn([head, rows, posted]: readonly ResultSet[]): StoredDraft | undefined {
  const found = head?.rows[0]
  if (!found) return undefined
  return {
    ...headOf(found),
    rows: rows!.rows.map((r) => ({
      key: String(r.key),
      position: String(r.position),
      cells: JSON.parse(String(r.cells)) as Cells,
      removed: Number(r.removed) === 1,
      version: Number(r.version),
      by: String(r.by),
      at: String(r.at) as Instant,
    })),
    posted: posted!.rows.map((r) => ({
      id: String(r.id),
      series: String(r.series),
      fiscalYear: Number(r.fiscal_year),
      number: Number(r.number),
      by: String(r.by),
      recordedAt: String(r.recorded_at) as Instant,
    })),
  }
}

export const readDraft = async (db: Database, draft: string, since: number): Promise<StoredDraft | undefined> =>
  draftIn(await db.batch(readingOf(draft, since), 'read'))

/** The draft that puts a voucher right; the first, where there are several. */
export async function readCorrecting(db: Database, corrects: string): Promise<string | undefined> {
  const { rows } = await db.execute({
    sql: `select d.id from voucher_draft d join voucher_draft_row h on h.draft = d.id and h.key = ?
          where d.deleted_at is null and not h.removed and h.cells->>'corrects' = ? order by d.created_at, d.id limit 1`,
    args: [HEADER, corrects],
  })
  return rows[0] && String(rows[0].id)
}

/** A draft in the list: what its header says, and how much stands in it. Amount: the sum of its debits, in øre. */
export type ListedDraft = DraftHead & {
  type: string
  voucherDate: string
  text: string
  lines: number
  vouchers: number
  posted: number
  amount: number
  clashes: number
}

/** Drafts that somebody has written in and that are not deleted or wholly posted: what `readDrafts` lists, to be counted. */
export const OPEN_DRAFTS = `(
  select d.id from voucher_draft d left join voucher_draft_row h on h.draft = d.id and h.key = '${HEADER}'
  where d.deleted_at is null and exists (
    select 1 from voucher_draft_row l where l.draft = d.id and l.key <> '${HEADER}' and not l.removed and l.cells <> '{}'
      and not exists (select 1 from voucher where id = case when h.cells->>'mode' = 'sheet' then l.cells->>'id' else h.cells->>'id' end)))`

export const countDrafts = async (db: Database): Promise<number> =>
  Number((await db.execute(`select count(*) as drafts from ${OPEN_DRAFTS}`)).rows[0]!.drafts)

/**
 * Drafts with something in them that is not posted, newest first; or those that were deleted. What a draft's lines are about
 * is its header's text, or else the first line's.
 */
export async function readDrafts(db: Database, deleted: boolean): Promise<ListedDraft[]> {
  const { rows } = await db.execute({
    sql: `with line as (select * from voucher_draft_row where key <> ?1 and not removed and cells <> '{}'),
      wanted as (
        select d.id, d.version, d.changed_by, d.changed_at, d.deleted_by, d.deleted_at, h.cells as header,
          coalesce(h.cells->>'mode', 'voucher') = 'sheet' as several
        from voucher_draft d left join voucher_draft_row h on h.draft = d.id and h.key = ?1
        where (d.deleted_at is not null) = cast(?2 as integer))
      select w.*, count(l.key) as lines,
        case when w.several then count(distinct l.cells->>'id') else 1 end as vouchers,
        case when w.several then count(distinct v.id) else exists (select 1 from voucher where id = w.header->>'id') end as posted,
        sum(case when json_type(l.cells, '$.amount') = 'integer' and l.cells->>'amount' > 0 then l.cells->>'amount' else 0 end) as amount,
        sum(l.cells like '%"clash/%') as clashes,
        (select f.cells->>'text' from line f where f.draft = w.id and f.cells->>'text' <> '' order by f.position limit 1) as text
      from wanted w join line l on l.draft = w.id left join voucher v on v.id = l.cells->>'id'
      group by w.id having posted < vouchers order by coalesce(w.deleted_at, w.changed_at) desc, w.id limit 500`,
    args: [HEADER, deleted ? '1' : '0'],
  })
  return rows.map((r) => {
    const header = r.header === null ? {} : (JSON.parse(String(r.header)) as Cells)
    return {
      ...headOf(r),
      type: String(header.type ?? ''),
      voucherDate: String(header.voucherDate ?? ''),
      text: String(header.text || r.text || ''),
      lines: Number(r.lines),
      vouchers: Number(r.vouchers),
      posted: Number(r.posted),
      amount: Number(r.amount),
      clashes: Number(r.clashes),
    }
  })
}

export const markDeleted = (draft: string, by: string, at: Instant): InStatement => ({
  sql: 'update voucher_draft set deleted_by = ?, deleted_at = ?, version = version + 1 where id = ? and deleted_at is null',
  args: [by, at, draft],
})
export const markRestored = (draft: string): InStatement => ({
  sql: `update voucher_draft set deleted_by = null, deleted_at = null, version = version + 1
        where id = ? and deleted_at is not null`,
  args: [draft],
})

/** Forgets for good what was deleted before a moment, and what was posted whole and not touched since. */
export const forgetOld = (before: Instant): InStatement => ({
  sql: `delete from voucher_draft where deleted_at < ?1 or (changed_at < ?1 and exists (
          select 1 from voucher_draft_row r join voucher v on v.id = r.cells->>'id' where r.draft = voucher_draft.id)
        and not exists (
          select 1 from voucher_draft_row r where r.draft = voucher_draft.id and not r.removed and r.cells->>'id' is not null
            and r.cells->>'id' not in (select id from voucher)))`,
  args: [before],
})
