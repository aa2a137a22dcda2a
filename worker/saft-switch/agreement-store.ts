import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { Difference } from '#worker/saft/proof.ts'
import type { ImportJob } from '#worker/saft/store.ts'
import type { CoveredDays, CutOver } from './cut-over.ts'

export type Explanation = { text: string; by: string; at: string }
export type Agreed = { at: string; by: string; ledgerVersion: number }

export async function readExplanations(db: Database, importJob: string): Promise<Map<string, Explanation>> {
  const { rows } = await db.execute({
    sql: 'select difference, text, by, at from import_explanation where import_job = ?',
    args: [importJob],
  })
  return new Map(rows.map((r) => [String(r.difference), { text: String(r.text), by: String(r.by), at: String(r.at) }]))
}

/** Changes nothing, but tells whether the take-over is still open. */
export const holdUnfinished = (importJob: string): InStatement => ({
  sql: 'update import_job set agreed_at = null where id = ? and agreed_at is null',
  args: [importJob],
})

const UNFINISHED = 'exists (select 1 from import_job where id = ?1 and agreed_at is null)'
/** Texts by their difference; an empty one is taken away. A take-over that is finished keeps what it was finished with. */
export const keepExplanations = (
  importJob: string,
  texts: readonly (readonly [difference: string, text: string])[],
  by: string,
  at: string,
): InStatement[] => [
  {
    sql: `delete from import_explanation where import_job = ?1 and ${UNFINISHED}
          and difference in (select value->>0 from json_each(?2) where value->>1 = '')`,
    args: [importJob, JSON.stringify(texts)],
  },
  {
    sql: `insert into import_explanation (import_job, difference, text, by, at)
          select ?1, value->>0, value->>1, ?2, ?3 from json_each(?4) where value->>1 <> '' and ${UNFINISHED}
          on conflict do update set text = excluded.text, by = excluded.by, at = excluded.at`,
    args: [importJob, by, at, JSON.stringify(texts)],
  },
]

/** The SAF-T imports made before this one that nobody has finished, oldest first, with the differences somebody has explained. */
export async function readEarlier(
  db: Database,
  { id, recordedAt }: ImportJob,
): Promise<{ id: string; differences: Difference[]; explained: ReadonlySet<string>; proof: CoveredDays }[]> {
  const { rows } = await db.execute({
    sql: `select id, receipt ->> '$.differences' as differences,
            json_object('fromDate', receipt ->> '$.proof.fromDate', 'toDate', receipt ->> '$.proof.toDate',
              'months', receipt -> '$.proof.months') as proof,
            (select json_group_array(difference) from import_explanation where import_job = import_job.id) as explained
          from import_job where kind = 'saft' and receipt is not null and agreed_at is null and undone_at is null and (recorded_at, id) < (?, ?)
          order by recorded_at, id`,
    args: [recordedAt, id],
  })
  return rows.map((r) => ({
    id: String(r.id),
    differences: JSON.parse(String(r.differences)),
    explained: new Set(JSON.parse(String(r.explained))),
    proof: JSON.parse(String(r.proof)),
  }))
}

export async function readAgreed(db: Database, importJob: string): Promise<Agreed | null> {
  const { rows } = await db.execute({
    sql: 'select agreed_at, agreed_by, agreed_version from import_job where id = ? and agreed_at is not null',
    args: [importJob],
  })
  const [r] = rows
  return r
    ? {
        at: String(r.agreed_at),
        by: String(r.agreed_by),
        ledgerVersion: Number(r.agreed_version),
      }
    : null
}

/** The company's cut-over date, and the days of finished SAF-T imports that had one. */
export async function readCutOver(db: Database): Promise<CutOver> {
  const [company, jobs] = await db.batch(
    [
      'select cut_over_date, version from company',
      'select id, cut_over_date, cut_over_before from import_job where agreed_at is not null and cut_over_date is not null',
    ],
    'read',
  )
  const dayOf = (value: unknown) => (value === null ? null : (String(value) as IsoDate))
  return {
    stands: dayOf(company!.rows[0]!.cut_over_date),
    version: Number(company!.rows[0]!.version),
    files: jobs!.rows.map((r) => ({
      id: String(r.id),
      day: String(r.cut_over_date) as IsoDate,
      before: dayOf(r.cut_over_before),
    })),
  }
}

/** Finishes imports, where nothing was posted, explained, taken back or set since they were read. */
export const setAgreed = (
  importJobs: readonly string[],
  agreed: Pick<Agreed, 'at' | 'by' | 'ledgerVersion'> & { explanations: number; company: number },
): InStatement => ({
  sql: `update import_job set agreed_at = ?2, agreed_by = ?3, agreed_version = cast(?4 as integer)
        where id in (select value from json_each(?1)) and agreed_at is null and undo_begun_at is null and undone_at is null
          and exists (select 1 from company where version = cast(?6 as integer))
          and (select coalesce(max(ledger_version), 0) from voucher) = cast(?4 as integer)
          and (select count(*) from import_explanation e where e.import_job in (select value from json_each(?1)))
              = cast(?5 as integer)`,
  args: [
    JSON.stringify(importJobs),
    agreed.at,
    agreed.by,
    String(agreed.ledgerVersion),
    String(agreed.explanations),
    String(agreed.company),
  ],
})

/** What finished imports hold, kept with each once they are finished at that moment, and what the company's day becomes by it. */
export const setCutOverOf = (at: string, files: CutOver['files'], cutOverDate: IsoDate): InStatement[] => [
  {
    sql: `update import_job set cut_over_date = f.value ->> 'day', cut_over_before = f.value ->> 'before'
          from json_each(?1) f where import_job.id = f.value ->> 'id' and agreed_at = ?2`,
    args: [JSON.stringify(files), at],
  },
  {
    sql: `update company set cut_over_date = ?1, version = version + 1 where cut_over_date is not ?1
            and exists (select 1 from import_job where id = ?2 and agreed_at = ?3)`,
    args: [cutOverDate, files[0]!.id, at],
  },
]

/** Takes an import up again, and sets the company's day, where nobody has changed either since they were read. */
export const setReopened = (importJob: string, cutOver: Pick<CutOver, 'version'>): InStatement => ({
  sql: `update import_job set agreed_at = null, agreed_by = null, agreed_version = null, cut_over_date = null, cut_over_before = null
        where id = ?1 and agreed_at is not null and exists (select 1 from company where version = cast(?2 as integer))`,
  args: [importJob, String(cutOver.version)],
})

export const putCutOverBack = (
  importJob: string,
  cutOver: Pick<CutOver, 'version'>,
  day: IsoDate | null,
): InStatement => ({
  sql: `update company set cut_over_date = ?1, version = version + 1 where cut_over_date is not ?1
          and version = cast(?2 as integer) and exists (select 1 from import_job where id = ?3 and agreed_at is null)`,
  args: [day, String(cutOver.version), importJob],
})

/** What an account stands at, in øre, and the version of the ledger that says so. */
export async function readStandingOf(
  db: Database,
  account: string,
): Promise<{ ledgerVersion: number; amount: number }> {
  const { rows } = await db.execute({
    sql: `select (select coalesce(max(ledger_version), 0) from voucher) as version,
            (select coalesce(sum(debit - credit), 0) from balance where account = ?) as amount`,
    args: [account],
  })
  return { ledgerVersion: Number(rows[0]!.version), amount: Number(rows[0]!.amount) }
}

/** Names by `kind number`. */
export async function readPartyNames(
  db: Database,
  parties: readonly { kind: PartyKind; party: string }[],
): Promise<Map<string, string>> {
  const { rows } = await db.execute({
    sql: `select kind, number, name from party where (kind, number) in (select value->>0, value->>1 from json_each(?))`,
    args: [JSON.stringify(parties.map(({ kind, party }) => [kind, party]))],
  })
  return new Map(rows.map((r) => [`${r.kind} ${r.number}`, String(r.name)]))
}
