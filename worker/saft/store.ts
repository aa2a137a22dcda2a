import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { figuresStand } from '#worker/ledger/standing-store.ts'
import type { OwnParty } from './saft-chart.ts'
import type { NewDimension, NewDimensionValue } from './saft-dimensions.ts'
import type { NewParty } from './saft-register.ts'
import { termOf } from './saft-vat.ts'

type Row = ResultSet['rows'][number]

/** Marks the party that holds what belongs to nobody, so that the next import finds it. */
const TECHNICAL = 'saft:nobody'

const json = (rows: readonly unknown[]): [string] => [JSON.stringify(rows)]

/** Parties, each once; those that exist already are left as they are. */
export const insertParties = (parties: readonly NewParty[], createdAt: string): InStatement => ({
  sql: `insert into party (kind, number, name, organisation_number, control_account, address, postal_code, city, country,
          email, phone, bank_account, payment_terms_days, active, external_number, created_at)
        ${rowsOf('?1')} select ${places(0, 15)}, ?2 from row where true on conflict do nothing`,
  args: [
    ...json(
      parties.map((p) => [
        p.kind,
        p.number,
        p.name,
        p.organisationNumber,
        p.controlAccount,
        p.address,
        p.postalCode,
        p.city,
        p.country,
        p.email,
        p.phone,
        p.bankAccount,
        p.paymentTermsDays,
        p.active ? 1 : 0,
        p.technical ? TECHNICAL : null,
      ]),
    ),
    createdAt,
  ],
})

/** Accounts that become control accounts; the database refuses it for one that has entries. */
export const updateControls = (controls: readonly (readonly [string, PartyKind])[]): InStatement => ({
  sql: `update account set control = (select value->>1 from json_each(?1) where value->>0 = number), version = version + 1
        where number in (select value->>0 from json_each(?1))`,
  args: json(controls),
})

export const insertDimensions = (dimensions: readonly NewDimension[]): InStatement => ({
  sql: `insert into dimension (key, name_nb, name_en, position)
        select value->>0, value->>1, value->>1, (select coalesce(max(position), 0) from dimension) + key + 1
        from json_each(?) where true on conflict do nothing`,
  args: json(dimensions.map((d) => [d.key, d.name])),
})

export const insertDimensionValues = (values: readonly NewDimensionValue[]): InStatement => ({
  sql: `insert into dimension_value (dimension, code, name, closed_from)
        select value->>0, value->>1, value->>2, value->>3 from json_each(?) where true on conflict do nothing`,
  args: json(values.map((v) => [v.dimension, v.code, v.name, v.closedFrom])),
})

export type ImportJob = {
  id: string
  kind: string
  fileName: string | null
  sha256: string
  size: number
  by: string
  recordedAt: string
  /** Null while it runs, and for one that was stopped midway. */
  receipt: unknown
  /** When and by whom it was taken back; null while it stands. */
  undoneAt: string | null
  undoneBy: string | null
  /** When that began, which may have been cut off; null while nothing of it is taken back. */
  undoBegunAt: string | null
}

/** `fileKey`: where the file lies, as soon as that is known, since something rests on it from then on. */
export const insertImportJob = (
  job: Omit<ImportJob, 'undoneAt' | 'undoneBy' | 'undoBegunAt'> & { fileKey: string | null },
): InStatement => ({
  sql: `insert into import_job (id, kind, file_name, file_sha256, file_size, by, recorded_at, file_key, receipt)
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8 from json_each(?)`,
  args: json([
    [
      job.id,
      job.kind,
      job.fileName,
      job.sha256,
      job.size,
      job.by,
      job.recordedAt,
      job.fileKey,
      job.receipt === null ? null : JSON.stringify(job.receipt),
    ],
  ]),
})

/** The import is done: its file, where that lies, and the receipt. */
export const finishImportJob = (
  id: string,
  { sha256, size, key }: { sha256: string; size: number; key: string },
  receipt: unknown,
): InStatement => ({
  sql: 'update import_job set file_sha256 = ?, file_size = cast(? as integer), receipt = ?, file_key = ? where id = ?',
  args: [sha256, String(size), JSON.stringify(receipt), key, id],
})

/** Where the file of an import lies. Undefined when there is no such import. */
export async function readFileKey(db: Database, id: string): Promise<string | undefined> {
  const { rows } = await db.execute({ sql: 'select file_key from import_job where id = ?', args: [id] })
  return rows[0] && String(rows[0].file_key ?? `imports/${id}`)
}

const importJobOf = (r: Row): ImportJob => ({
  id: String(r.id),
  kind: String(r.kind),
  fileName: r.file_name === null ? null : String(r.file_name),
  sha256: String(r.file_sha256),
  size: Number(r.file_size),
  by: String(r.by),
  recordedAt: String(r.recorded_at),
  receipt: r.receipt === null || r.receipt === undefined ? null : JSON.parse(String(r.receipt)),
  undoneAt: r.undone_at === null ? null : String(r.undone_at),
  undoneBy: r.undone_by === null ? null : String(r.undone_by),
  undoBegunAt: r.undo_begun_at === null ? null : String(r.undo_begun_at),
})

const JOB = 'id, kind, file_name, file_sha256, file_size, by, recorded_at, undone_at, undone_by, undo_begun_at'

/** All imports, newest first, without their receipts' length. */
export async function readImportJobs(db: Database): Promise<(Omit<ImportJob, 'receipt'> & { finished: boolean })[]> {
  const { rows } = await db.execute(
    `select ${JOB}, receipt is not null as finished from import_job order by recorded_at desc, id limit 500`,
  )
  return rows.map((r) => {
    const { receipt: _, ...job } = importJobOf(r)
    return { ...job, finished: r.finished === 1 }
  })
}

export async function readImportJob(db: Database, id: string): Promise<ImportJob | undefined> {
  const { rows } = await db.execute({ sql: `select ${JOB}, receipt from import_job where id = ?`, args: [id] })
  return rows[0] && importJobOf(rows[0])
}

/** The finished booking of a file with this SHA-256, if there is one that nobody takes back; kept as an old ledger it is not booked. */
export async function readImportOf(db: Database, sha256: string): Promise<ImportJob | undefined> {
  const { rows } = await db.execute({
    sql: `select ${JOB}, receipt from import_job
          where file_sha256 = ? and kind = 'saft' and receipt is not null and undo_begun_at is null
            and undone_at is null order by recorded_at limit 1`,
    args: [sha256],
  })
  return rows[0] && importJobOf(rows[0])
}

const OWN_PARTIES = 'select kind, number, name, organisation_number from party'
const ownPartyOf = (r: Row): OwnParty => ({
  kind: String(r.kind) as PartyKind,
  number: String(r.number),
  name: String(r.name),
  organisationNumber: r.organisation_number === null ? null : String(r.organisation_number),
})

/** Every party of the company, by which those of a file are known. */
export const readOwnParties = async (db: Database): Promise<OwnParty[]> =>
  (await db.execute(OWN_PARTIES)).rows.map(ownPartyOf)

/**
 * What an undo of this import asks first: whether its take-over is finished; the first month of it that is locked; and what builds on
 * it, at most twenty: later imports, vouchers that somebody reversed, and matches with what is not of it or that a person made.
 * `reason`: of the reversals that an undo before this one came to.
 */
export async function readReliance(db: Database, id: string, reason: string) {
  const [job, locked, later, touched] = await db.batch(
    [
      { sql: 'select agreed_at from import_job where id = ?', args: [id] },
      {
        sql: `select month, level from period p where level <> 'open' and exists (
                select 1 from voucher v indexed by voucher_month
                 where substr(v.voucher_date, 1, 7) = p.month and v.import_job = ?) order by month limit 1`,
        args: [id],
      },
      {
        sql: `select coalesce(l.file_name, l.id) as named from import_job j
                join import_job l on (l.recorded_at, l.id) > (j.recorded_at, j.id)
               where j.id = ? and l.kind = 'saft' and l.receipt is not null and l.undone_at is null limit 20`,
        args: [id],
      },
      {
        sql: `select v.series || ' ' || v.fiscal_year || '-' || v.number as named from voucher v
               where v.import_job = ?1 and (
                 exists (select 1 from voucher r where r.reversal_of = v.id and r.reason is not ?2)
                 or exists (select 1 from item_match_line l join item_match m on m.id = l.match_id and m.undone_at is null
                             where l.ledger_version = v.ledger_version and m.rule <> 'reversal' and (m.rule = 'manual'
                               or exists (select 1 from item_match_line o join voucher w on w.ledger_version = o.ledger_version
                                           where o.match_id = m.id and w.import_job is not ?1))))
               order by v.ledger_version limit 20`,
        args: [id, reason],
      },
    ],
    'read',
  )
  const [month] = locked!.rows
  return {
    agreedAt: job!.rows[0]?.agreed_at == null ? null : String(job!.rows[0].agreed_at),
    locked: month && { period: String(month.month), level: String(month.level) },
    on: [...later!.rows, ...touched!.rows].map((r) => String(r.named)),
  }
}

/** Vouchers of an import that stand, the newest first, from those recorded before that version of the ledger. */
export async function readLeftOf(db: Database, id: string, before: number, most: number) {
  const { rows } = await db.execute({
    sql: `select id, voucher_date, ledger_version from voucher v
          where import_job = ? and ledger_version < cast(? as integer)
            and not exists (select 1 from voucher r where r.reversal_of = v.id)
          order by ledger_version desc limit ${most}`,
    args: [id, String(before)],
  })
  return rows.map((r) => ({
    id: String(r.id),
    voucherDate: String(r.voucher_date) as IsoDate,
    ledgerVersion: Number(r.ledger_version),
  }))
}

/** Before anything is reversed: what is half taken back is neither finished nor brought in again. */
export const beginUndo = (id: string, at: string): InStatement => ({
  sql: `update import_job set undo_begun_at = coalesce(undo_begun_at, ?2)
        where id = ?1 and undone_at is null and agreed_at is null`,
  args: [id, at],
})

export const setJobUndone = (id: string, by: string, at: string): InStatement => ({
  sql: 'update import_job set undone_at = ?2, undone_by = ?3 where id = ?1 and undone_at is null and agreed_at is null',
  args: [id, at, by],
})

/** Of these voucher ids those that an import booked which was taken back, with the import. */
export async function readUndone(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.execute({
    sql: `select v.id, v.import_job from voucher v join import_job j on j.id = v.import_job and j.undone_at is not null
          where v.id in (select value from json_each(?))`,
    args: [JSON.stringify(ids)],
  })
  return new Map(rows.map((r) => [String(r.id), String(r.import_job)]))
}

/** What an import into a company's own books must know of them beside the facts of posting. */
export async function readBooksForImport(db: Database) {
  const [used, parties, technical, imported] = await db.batch(
    [
      'select distinct account from balance',
      OWN_PARTIES,
      { sql: 'select kind, number from party where external_number = ?', args: [TECHNICAL] },
      `select exists (select 1 from voucher where import_job is not null) as imported,
         exists (select 1 from import_job where undone_at is not null) as undone`,
    ],
    'read',
  )
  const party = (r: Row) => [String(r.kind) as PartyKind, String(r.number)] as const
  return {
    used: new Set(used!.rows.map((r) => String(r.account))),
    parties: parties!.rows.map(ownPartyOf),
    technical: technical!.rows.map(party),
    anyImported: imported!.rows[0]!.imported === 1,
    anyUndone: imported!.rows[0]!.undone === 1,
  }
}
export type BooksForImport = Awaited<ReturnType<typeof readBooksForImport>>

/**
 * What holds its days already: balances and movements everything before their cut-over date, and a finished import its own months.
 * Days from `from`, or from the beginning, until the day before `until`. `undoing`: an import that is half taken back.
 */
export async function readHeld(db: Database) {
  const [taken, finished, undoing] = await db.batch(
    [
      'select cut_over_date as until from takeover',
      `select receipt ->> '$.proof.fromDate' as begins, cut_over_date as until from import_job
        where agreed_at is not null and cut_over_date is not null`,
      'select coalesce(file_name, id) as name from import_job where undo_begun_at is not null and undone_at is null limit 1',
    ],
    'read',
  )
  return {
    held: [...taken!.rows, ...finished!.rows].map((r) => ({
      from: r.begins === undefined ? null : String(r.begins),
      until: String(r.until),
    })),
    undoing: undoing!.rows[0] && String(undoing!.rows[0].name),
  }
}

/** Whether the figures of anything but this opening voucher stand before that day, or open the books. */
export async function hasOpenedBefore(db: Database, day: string, openingId: string): Promise<boolean> {
  const { rows } = await db.execute({
    sql: `select exists (select 1 from voucher where voucher_date < ?1 and id <> ?2
              and ${figuresStand((v) => `${v}.voucher_date < ?1`)})
            or exists (select 1 from voucher where type = 'opening-balance' and id <> ?2 and ${figuresStand(() => 'true')}) as opened`,
    args: [day, openingId],
  })
  return rows[0]!.opened === 1
}

/** Base and tax of imported entries by `term code`, in øre; reverse charge counts its tax once. */
export async function readImportedVat(db: Database, fromDate: string, toDate: string) {
  const { rows } = await db.execute({
    sql: `select substr(v.vat_date, 1, 7) as month, e.vat_code as code,
            sum(case when e.origin = 'line' then e.amount else 0 end) as base,
            sum(case when e.origin = 'vat' and (e.vat_side <> 'output' or c.direction <> 'reverse') then e.amount else 0 end) as tax
          from voucher v join entry e using (ledger_version) join vat_code c on c.code = e.vat_code
          where v.import_job is not null and v.vat_date between ? and ?
            and v.import_job not in (select id from import_job where undone_at is not null) group by 1, 2`,
    args: [fromDate, toDate],
  })
  const sums = new Map<string, { base: number; tax: number }>()
  for (const r of rows) {
    const key = `${termOf(`${r.month}-01`)} ${r.code}`
    const sum = sums.get(key) ?? { base: 0, tax: 0 }
    sums.set(key, { base: sum.base + Number(r.base), tax: sum.tax + Number(r.tax) })
  }
  return sums
}

/**
 * What each account moved by in each month of these days, in øre, opening vouchers left out but for those that are transactions of
 * a file. Whole months come from the kept balances; of a month that the days begin or end inside, the vouchers are read by their day.
 */
export async function readMovements(db: Database, fromDate: string, toDate: string) {
  const { rows } = await db.execute({
    sql: `with asked as (
              select substr(?1, 1, 7) as first, substr(?2, 1, 7) as last, ?1 like '%-01' as from_start,
                ?2 = date(?2, 'start of month', '+1 month', '-1 day') as to_end),
            part as (
              select account, month, debit - credit as amount from balance, asked
               where month between first and last and (month > first or from_start) and (month < last or to_end)
              union all
              select e.account, substr(v.voucher_date, 1, 7), e.amount
                from asked cross join voucher v cross join entry e on e.ledger_version = v.ledger_version
               where v.voucher_date between ?1 and ?2
                 and ((substr(v.voucher_date, 1, 7) = first and not from_start) or (substr(v.voucher_date, 1, 7) = last and not to_end))
              union all
              select e.account, substr(e.voucher_date, 1, 7), -e.amount from voucher v join entry e using (ledger_version)
               where v.type = 'opening-balance' and (v.import_job is null or v.external_id = 'opening-balance')
                 and v.voucher_date between ?1 and ?2)
          select month, account, sum(amount) as amount from part group by 1, 2 having sum(amount) <> 0`,
    args: [fromDate, toDate],
  })
  const months = new Map<string, Map<string, number>>()
  for (const r of rows) {
    const month = months.get(String(r.month)) ?? new Map<string, number>()
    months.set(String(r.month), month.set(String(r.account), Number(r.amount)))
  }
  return months
}

/** Fiscal years that ended before a day with a result that was not moved to equity, and how much, in øre; profit is negative. */
export async function readResultsLeft(db: Database, toDate: string): Promise<{ year: number; result: number }[]> {
  const { rows } = await db.execute({
    sql: `select y.year, sum(b.debit - b.credit) as result
          from fiscal_year y cross join balance b on b.month between substr(y.first_date, 1, 7) and substr(y.last_date, 1, 7)
          join account a on a.number = b.account and a.type in ('income', 'expense')
          where y.last_date < ? group by y.year having result <> 0 order by y.year`,
    args: [toDate],
  })
  return rows.map((r) => ({ year: Number(r.year), result: Number(r.result) }))
}
