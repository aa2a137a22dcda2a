import type { Database, InStatement } from '#worker/database/connect.ts'
import type { AccountMerge } from './account-merge.ts'

/** Every merge, by account. */
export async function readMerges(db: Database): Promise<AccountMerge[]> {
  const { rows } = await db.execute('select * from account_merge order by account')
  return rows.map((r) => ({
    account: String(r.account),
    into: String(r.into_account),
    fromDate: String(r.from_date),
    reason: String(r.reason),
    by: String(r.by),
    recordedAt: String(r.recorded_at),
  }))
}

/** Which account each merged one was merged into, and what those are called. */
export type Folding = {
  into: ReadonlyMap<string, string>
  names: ReadonlyMap<string, { nameNb: string; nameEn: string }>
}

export async function readFolding(db: Database): Promise<Folding> {
  const { rows } = await db.execute(
    `select m.account, m.into_account, a.name_nb, a.name_en from account_merge m join account a on a.number = m.into_account`,
  )
  return {
    into: new Map(rows.map((r) => [String(r.account), String(r.into_account)])),
    names: new Map(rows.map((r) => [String(r.into_account), { nameNb: String(r.name_nb), nameEn: String(r.name_en) }])),
  }
}

/** Open items that stand on an account. */
export async function countOpenItems(db: Database, account: string): Promise<number> {
  const { rows } = await db.execute({
    sql: `select count(*) as n from open_item where rest <> 0 and party_kind in ('customer', 'supplier') and account = ?`,
    args: [account],
  })
  return Number(rows[0]!.n)
}

/** Keeps the merge, closes the account from its day, and lets parties point at the other. The merge comes first: its trigger judges. */
export const insertMerge = (m: AccountMerge): InStatement[] => [
  {
    sql: `insert into account_merge (account, into_account, from_date, reason, by, recorded_at, ledger_version)
          values (?, ?, ?, ?, ?, ?, (select coalesce(max(ledger_version), 0) from voucher))`,
    args: [m.account, m.into, m.fromDate, m.reason, m.by, m.recordedAt],
  },
  {
    sql: `update party set control_account = case control_account when ?1 then ?2 else control_account end,
            default_account = case default_account when ?1 then ?2 else default_account end, version = version + 1
          where ?1 in (control_account, default_account)`,
    args: [m.account, m.into],
  },
  {
    sql: `update account set closed_from = ?2, version = version + 1 where number = ?1 and (closed_from is null or closed_from > ?2)`,
    args: [m.account, m.fromDate],
  },
]

/** What was changed of an account, newest first. */
export async function readAccountHistory(db: Database, account: string) {
  const { rows } = await db.execute({
    sql: `select type, recorded_at, by, changes from event where subject = ? and type like 'account.%' order by sequence desc
          limit 200`,
    args: [account],
  })
  return rows.map((r) => ({
    type: String(r.type),
    recordedAt: String(r.recorded_at),
    by: String(r.by),
    changes: (r.changes === null ? {} : JSON.parse(String(r.changes))) as Record<string, readonly [unknown, unknown]>,
  }))
}
export type AccountHistory = Awaited<ReturnType<typeof readAccountHistory>>
