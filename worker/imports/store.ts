import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { Register } from './import-field.ts'
import type { UndoSteps } from './import-outcome.ts'
import type { Choices } from './import-reading.ts'

export type SheetImport = {
  id: string
  register: Register
  fileName: string | null
  fileKey: string
  sha256: string
  size: number
  choices: Choices
  /** Digest of the reading whose dry run passed. */
  tried: string | null
  state: 'open' | 'done' | 'undone'
  by: string
  at: string
  undoneBy: string | null
  undoneAt: string | null
  version: number
}

const COLUMNS = `id, register, file_name, file_key, file_sha256, file_size, choices, tried, state, by, at, undone_by, undone_at, version`
const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

const sheetImportOf = (r: ResultSet['rows'][number]): SheetImport => ({
  id: String(r.id),
  register: String(r.register) as Register,
  fileName: text(r.file_name),
  fileKey: String(r.file_key),
  sha256: String(r.file_sha256),
  size: Number(r.file_size),
  choices: JSON.parse(String(r.choices)),
  tried: text(r.tried),
  state: String(r.state) as SheetImport['state'],
  by: String(r.by),
  at: String(r.at),
  undoneBy: text(r.undone_by),
  undoneAt: text(r.undone_at),
  version: Number(r.version),
})

export async function readSheetImport(db: Database, id: string): Promise<SheetImport | undefined> {
  const { rows } = await db.execute({ sql: `select ${COLUMNS} from sheet_import where id = ?`, args: [id] })
  return rows[0] && sheetImportOf(rows[0])
}

/** Sheets that were begun and not brought in, newest first. */
export async function readOpenImports(db: Database): Promise<SheetImport[]> {
  const { rows } = await db.execute(
    `select ${COLUMNS} from sheet_import where state = 'open' order by at desc, id limit 100`,
  )
  return rows.map(sheetImportOf)
}

/** Imports of sheets that were undone. */
export async function readUndone(db: Database): Promise<Set<string>> {
  const { rows } = await db.execute(`select id from sheet_import where state = 'undone'`)
  return new Set(rows.map((r) => String(r.id)))
}

export async function readUndoSteps(db: Database, id: string): Promise<UndoSteps | null> {
  const { rows } = await db.execute({ sql: 'select steps from sheet_import where id = ?', args: [id] })
  const steps = text(rows[0]?.steps)
  return steps === null ? null : JSON.parse(steps)
}

export const insertSheetImport = (s: SheetImport): InStatement => ({
  sql: `insert into sheet_import (id, register, file_name, file_key, file_sha256, file_size, choices, by, at)
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8 from json_each(?)`,
  args: [
    JSON.stringify([
      [s.id, s.register, s.fileName, s.fileKey, s.sha256, s.size, JSON.stringify(s.choices), s.by, s.at],
    ]),
  ],
})

/** Refuses the whole batch unless what a run read still stands: `held` finds a row while it does. */
export const unlessChanged = (held: { sql: string; args: string[] }): InStatement => ({
  sql: `select case when not exists (${held.sql}) then json('changed') end`,
  args: held.args,
})

/** Keeps what was chosen; a dry run of something else no longer counts. */
export const updateChoices = (s: Pick<SheetImport, 'id' | 'register' | 'choices' | 'version'>): InStatement => ({
  sql: `update sheet_import set register = ?1->>1, choices = ?1->>2, tried = null, version = version + 1
        where id = ?1->>0 and version = ?1->>3 and state = 'open'`,
  args: [JSON.stringify([s.id, s.register, JSON.stringify(s.choices), s.version])],
})

export const setTried = (id: string, tried: string | null): InStatement => ({
  sql: `update sheet_import set tried = ? where id = ? and state = 'open'`,
  args: [tried, id],
})

/** What an import is about to do where it goes through another door: it can be taken back though it was cut off. */
export const keepSteps = (id: string, steps: UndoSteps): InStatement => ({
  sql: `update sheet_import set steps = ? where id = ? and state = 'open'`,
  args: [JSON.stringify(steps), id],
})

/** The import was made. The database refuses it where no dry run passed. */
export const setDone = (id: string, steps: UndoSteps | null): InStatement => ({
  sql: `update sheet_import set state = 'done', steps = ? where id = ? and state = 'open'`,
  args: [JSON.stringify(steps), id],
})

export const setUndone = (id: string, by: string, at: string): InStatement => ({
  sql: `update sheet_import set state = 'undone', undone_by = ?, undone_at = ? where id = ? and state = 'done'`,
  args: [by, at, id],
})

export const deleteSheetImport = (id: string): InStatement => ({
  sql: `delete from sheet_import where id = ? and state = 'open' and (steps is null or steps ->> 'ids' = '[]')`,
  args: [id],
})

export type SavedMapping = { columns: Record<string, string | null>; answers: Record<string, string> }

/** What the sources of a register were taken to mean before. */
export async function readMappings(db: Database, register: Register): Promise<Map<string, SavedMapping>> {
  const { rows } = await db.execute({
    sql: 'select source, columns, answers from column_mapping where register = ?',
    args: [register],
  })
  return new Map(
    rows.map((r) => [
      String(r.source),
      { columns: JSON.parse(String(r.columns)), answers: JSON.parse(String(r.answers)) },
    ]),
  )
}

export const keepMapping = (
  source: string,
  register: Register,
  saved: SavedMapping,
  by: string,
  at: string,
): InStatement => ({
  sql: `insert into column_mapping (source, register, columns, answers, by, at)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5 where true
        on conflict do update set columns = excluded.columns, answers = excluded.answers, by = excluded.by, at = excluded.at,
          version = version + 1
        where columns <> excluded.columns or answers <> excluded.answers`,
  args: [JSON.stringify([source, register, JSON.stringify(saved.columns), JSON.stringify(saved.answers), by, at])],
})

/** What builds on vouchers: matches of their open items that stand, and reversals. */
export async function readBuiltOn(db: Database, vouchers: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute({
    sql: `select v.series || ' ' || v.fiscal_year || '-' || v.number as named from voucher v
          where v.id in (select value from json_each(?1)) and (
            exists (select 1 from voucher r where r.reversal_of = v.id)
            or exists (select 1 from item_match_line l join item_match m on m.id = l.match_id
                       where l.ledger_version = v.ledger_version and m.undone_at is null))
          order by v.ledger_version limit 20`,
    args: [JSON.stringify(vouchers)],
  })
  return rows.map((r) => String(r.named))
}

export async function readVoucherDates(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.execute({
    sql: 'select id, voucher_date from voucher where id in (select value from json_each(?))',
    args: [JSON.stringify(ids)],
  })
  return new Map(rows.map((r) => [String(r.id), String(r.voucher_date)]))
}

/** An entry as a journal has it; amounts in øre. */
export type BookedLine = {
  account: string
  party: string | null
  amount: number
  date: string
  documentDate: string
  dueDate: string | null
  vatCode: string | null
  text: string
  invoiceNumber: string | null
  currency: string | null
  currencyAmount: number | null
  dimensions: Record<string, string> | null
}

/** The entries of vouchers, and what each voucher is called, by id. */
export async function readBookedLines(
  db: Database,
  ids: readonly string[],
): Promise<Map<string, { name: string; lines: BookedLine[] }>> {
  const { rows } = await db.execute({
    sql: `select v.id, v.series || ' ' || v.fiscal_year || '-' || v.number as name,
            json_group_array(json_object('account', e.account, 'party', e.party, 'amount', e.amount, 'date', e.voucher_date,
              'documentDate', v.document_date, 'dueDate', e.due_date, 'vatCode', e.vat_code, 'text', e.text,
              'invoiceNumber', e.invoice_number, 'currency', e.currency, 'currencyAmount', e.currency_amount,
              'dimensions', json(e.dimensions))) as lines
          from json_each(?) n cross join voucher v on v.id = n.value join entry e using (ledger_version) group by v.id`,
    args: [JSON.stringify(ids)],
  })
  return new Map(rows.map((r) => [String(r.id), { name: String(r.name), lines: JSON.parse(String(r.lines)) }]))
}

/** What those of the vouchers that are reversed are called. */
export async function readReversed(db: Database, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute({
    sql: `select v.series || ' ' || v.fiscal_year || '-' || v.number as name
          from json_each(?) n cross join voucher v on v.id = n.value join voucher r on r.reversal_of = v.id
          order by v.ledger_version`,
    args: [JSON.stringify(ids)],
  })
  return rows.map((r) => String(r.name))
}

/** Parties that nothing points at are taken away; the database refuses it for one that has entries. */
export const deleteParties = (parties: readonly (readonly [kind: string, number: string])[]): InStatement => ({
  sql: `delete from party where exists (select 1 from json_each(?) where value->>0 = kind and value->>1 = number)`,
  args: [JSON.stringify(parties)],
})

/** Values of a dimension that have entries or stand in a budget. */
export async function readUsedValues(db: Database, dimension: string, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute({
    sql: `select value as code from json_each(?2) where exists
            (select 1 from dimension_balance b where b.dimension = ?1 and b.value = json_each.value)
          or exists (select 1 from budget_line l, json_each(l.dimensions) d where d.key = ?1 and d.value = json_each.value)`,
    args: [dimension, JSON.stringify(codes)],
  })
  return rows.map((r) => String(r.code))
}
