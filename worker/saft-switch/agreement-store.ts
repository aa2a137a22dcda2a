import type { Database, InStatement } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'

export type Explanation = { text: string; by: string; at: string }
export type Agreed = { at: string; by: string; ledgerVersion: number }

export async function readExplanations(db: Database, importJob: string): Promise<Map<string, Explanation>> {
  const { rows } = await db.execute({
    sql: 'select difference, text, by, at from import_explanation where import_job = ?',
    args: [importJob],
  })
  return new Map(rows.map((r) => [String(r.difference), { text: String(r.text), by: String(r.by), at: String(r.at) }]))
}

/** Texts by their difference; an empty one is taken away. */
export const keepExplanations = (
  importJob: string,
  texts: readonly (readonly [difference: string, text: string])[],
  by: string,
  at: string,
): InStatement[] => [
  {
    sql: `delete from import_explanation where import_job = ?
          and difference in (select value->>0 from json_each(?) where value->>1 = '')`,
    args: [importJob, JSON.stringify(texts)],
  },
  {
    sql: `insert into import_explanation (import_job, difference, text, by, at)
          select ?, value->>0, value->>1, ?, ? from json_each(?) where value->>1 <> ''
          on conflict do update set text = excluded.text, by = excluded.by, at = excluded.at`,
    args: [importJob, by, at, JSON.stringify(texts)],
  },
]

export async function readAgreed(db: Database, importJob: string): Promise<Agreed | null> {
  const { rows } = await db.execute({
    sql: 'select agreed_at, agreed_by, agreed_version from import_job where id = ? and agreed_at is not null',
    args: [importJob],
  })
  const [r] = rows
  return r ? { at: String(r.agreed_at), by: String(r.agreed_by), ledgerVersion: Number(r.agreed_version) } : null
}

export const setAgreed = (importJob: string, agreed: { at: string; by: string } | null): InStatement =>
  agreed
    ? {
        sql: `update import_job set agreed_at = ?, agreed_by = ?,
                agreed_version = (select coalesce(max(ledger_version), 0) from voucher) where id = ? and agreed_at is null`,
        args: [agreed.at, agreed.by, importJob],
      }
    : {
        sql: 'update import_job set agreed_at = null, agreed_by = null, agreed_version = null where id = ? and agreed_at is not null',
        args: [importJob],
      }

/** What an account stands at, in øre. */
export async function readStandingOf(db: Database, account: string): Promise<number> {
  const { rows } = await db.execute({
    sql: 'select coalesce(sum(debit - credit), 0) as standing from balance where account = ?',
    args: [account],
  })
  return Number(rows[0]!.standing)
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
