import type { Database, InStatement } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { Difference } from '#worker/saft/proof.ts'
import type { ImportJob } from '#worker/saft/store.ts'

export type Explanation = { text: string; by: string; at: string }
export type Agreed = { at: string; by: string; ledgerVersion: number; cutOverDate: string | null }

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
): Promise<{ id: string; differences: Difference[]; explained: ReadonlySet<string> }[]> {
  const { rows } = await db.execute({
    sql: `select id, receipt ->> '$.differences' as differences,
            (select json_group_array(difference) from import_explanation where import_job = import_job.id) as explained
          from import_job where kind = 'saft' and receipt is not null and agreed_at is null and undone_at is null and (recorded_at, id) < (?, ?)
          order by recorded_at, id`,
    args: [recordedAt, id],
  })
  return rows.map((r) => ({
    id: String(r.id),
    differences: JSON.parse(String(r.differences)),
    explained: new Set(JSON.parse(String(r.explained))),
  }))
}

export async function readAgreed(db: Database, importJob: string): Promise<Agreed | null> {
  const { rows } = await db.execute({
    sql: `select agreed_at, agreed_by, agreed_version, (select cut_over_date from company) as cut_over_date
          from import_job where id = ? and agreed_at is not null`,
    args: [importJob],
  })
  const [r] = rows
  return r
    ? {
        at: String(r.agreed_at),
        by: String(r.agreed_by),
        ledgerVersion: Number(r.agreed_version),
        cutOverDate: r.cut_over_date === null ? null : String(r.cut_over_date),
      }
    : null
}

/** Finishes imports, where nothing was posted and nothing explained or taken back since they were read. */
export const setAgreed = (
  importJobs: readonly string[],
  agreed: Pick<Agreed, 'at' | 'by' | 'ledgerVersion'> & { explanations: number },
): InStatement => ({
  sql: `update import_job set agreed_at = ?2, agreed_by = ?3, agreed_version = cast(?4 as integer)
        where id in (select value from json_each(?1)) and agreed_at is null
          and (select coalesce(max(ledger_version), 0) from voucher) = cast(?4 as integer)
          and (select count(*) from import_explanation e where e.import_job in (select value from json_each(?1)))
              = cast(?5 as integer)`,
  args: [JSON.stringify(importJobs), agreed.at, agreed.by, String(agreed.ledgerVersion), String(agreed.explanations)],
})

/** Nothing ordinary is posted before that day once this import is finished at that moment, whatever stands there. */
export const setCutOverOf = (importJob: string, at: string, cutOverDate: string): InStatement => ({
  sql: `update company set cut_over_date = ?1, version = version + 1 where cut_over_date is not ?1
          and exists (select 1 from import_job where id = ?2 and agreed_at = ?3)`,
  args: [cutOverDate, importJob, at],
})

/** What is taken up again is put right in the months that were taken over; a plan of balances by sheet keeps its own day. */
export const clearCutOver = (): InStatement => ({
  sql: `update company set cut_over_date = null, version = version + 1
        where cut_over_date is not null and not exists (select 1 from takeover)`,
})

export const setReopened = (importJob: string): InStatement => ({
  sql: 'update import_job set agreed_at = null, agreed_by = null, agreed_version = null where id = ? and agreed_at is not null',
  args: [importJob],
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
