import type { Month } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { STANDS_BEFORE } from '#worker/opening-balance/plan-store.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'

type Row = ResultSet['rows'][number]

/** Keeps a plan if it still has that version; version 0 is none yet. */
export const keepPlan = (plan: TakeoverPlan, version: number, by: string, at: string): InStatement => {
  const values = [
    plan.variant,
    plan.openingDate,
    plan.cutOverDate,
    plan.interimCustomers,
    plan.interimSuppliers,
    plan.inTotal ? '1' : '0',
    plan.explanation,
    by,
    at,
  ]
  return version === 0
    ? {
        sql: `insert into takeover (id, variant, opening_date, cut_over_date, interim_customers, interim_suppliers, in_total,
                explanation, by, at) values (1, ?, ?, ?, ?, ?, cast(? as integer), ?, ?, ?) on conflict do nothing`,
        args: values,
      }
    : {
        sql: `update takeover set variant = ?, opening_date = ?, cut_over_date = ?, interim_customers = ?,
                interim_suppliers = ?, in_total = cast(? as integer), explanation = ?, by = ?, at = ?, version = version + 1
              where version = cast(? as integer)`,
        args: [...values, String(version)],
      }
}

export const deletePlan = (version: number): InStatement => ({
  sql: 'delete from takeover where version = cast(? as integer)',
  args: [String(version)],
})

export const keepSheet = (
  { rows, keptMonths }: MovementSheet,
  version: number,
  by: string,
  at: string,
): InStatement => ({
  sql: `update takeover set rows = ?, kept_months = ?, by = ?, at = ?, version = version + 1
        where version = cast(? as integer)`,
  args: [JSON.stringify(rows), JSON.stringify(keptMonths), by, at, String(version)],
})

/** Finds a row while the take-over has that version. */
export const takeoverHas = (version: number): { sql: string; args: string[] } => ({
  sql: 'select 1 from takeover where version = cast(? as integer)',
  args: [String(version)],
})

/** Says that a take-over is finished at a version of the ledger, or that it is not after all. */
export const setFinished = (
  version: number,
  finished: { at: string; by: string; ledgerVersion: number } | null,
): InStatement => ({
  sql: `update takeover set finished_at = ?, finished_by = ?, finished_version = cast(? as integer), version = version + 1
        where version = cast(? as integer) and (finished_at is null) = ?`,
  args: [
    finished?.at ?? null,
    finished?.by ?? null,
    finished ? String(finished.ledgerVersion) : null,
    String(version),
    finished ? 1n : 0n,
  ],
})

/** What a voucher of the sheet is for, and the content it is made from. It counts once the voucher stands. */
export const keepMonth = (voucher: string, month: Month, contentHash: string): InStatement => ({
  sql: 'insert into takeover_month (voucher, month, content_hash) values (?, ?, ?) on conflict do nothing',
  args: [voucher, month, contentHash],
})

/** A movement voucher, and whether it was reversed. */
export type MonthVoucher = {
  id: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: string
  reversed: boolean
  /** Of the content it was made from; null when it was not booked from the sheet. */
  contentHash: string | null
  month: Month
}

/** Vouchers of movements: those the sheet was booked as, and others that stand. Oldest first. */
export async function readMonthVouchers(db: Database): Promise<MonthVoucher[]> {
  const { rows } = await db.execute(
    `select v.id, v.series, v.fiscal_year, v.number, v.voucher_date, m.content_hash, m.month,
       exists (select 1 from voucher r where r.reversal_of = v.id) as reversed
     from voucher v left join takeover_month m on m.voucher = v.id
     where v.type = 'movement' and v.reversal_of is null order by v.ledger_version`,
  )
  return rows
    .map((r) => ({
      id: String(r.id),
      series: String(r.series),
      fiscalYear: Number(r.fiscal_year),
      number: Number(r.number),
      voucherDate: String(r.voucher_date),
      reversed: r.reversed === 1,
      contentHash: r.content_hash === null ? null : String(r.content_hash),
      month: String(r.month ?? r.voucher_date).slice(0, 7) as Month,
    }))
    .filter((v) => v.contentHash !== null || !v.reversed)
}

/** What stands in the ledger from before the cut-over, its opening balances included. Amounts in øre. */
export type LedgerFigures = {
  accounts: { account: string; month: Month; amount: Ore }[]
  parties: { kind: PartyKind; party: string; account: string; amount: Ore }[]
  /** Vouchers of that time that carry nothing over and stand, the first of them. */
  earlier: EarlierVoucher[]
}
/** A voucher that the ledger had from before the cut-over. */
export type EarlierVoucher = {
  id: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: string
  text: string
}
/** So many are named. */
const MOST_EARLIER = 20

const BEFORE = "(v.voucher_date < ?1 or (v.voucher_date = ?1 and v.type = 'opening-balance'))"

export async function readFigures(db: Database, cutOverDate: string): Promise<LedgerFigures> {
  const [accounts, parties, earlier] = await db.batch(
    [
      {
        sql: `select e.account, substr(e.voucher_date, 1, 7) as month, sum(e.amount) as amount
              from voucher v join entry e using (ledger_version) where ${BEFORE} group by 1, 2`,
        args: [cutOverDate],
      },
      {
        sql: `select e.party_kind, e.party, e.account, sum(e.amount) as amount
              from voucher v join entry e using (ledger_version)
              where e.party is not null and ${BEFORE} group by 1, 2, 3`,
        args: [cutOverDate],
      },
      {
        sql: `select id, series, fiscal_year, number, voucher_date, text from voucher where ${STANDS_BEFORE}
              order by ledger_version limit cast(?2 as integer)`,
        args: [cutOverDate, String(MOST_EARLIER)],
      },
    ],
    'read',
  )
  return {
    accounts: accounts!.rows.map((r) => ({
      account: String(r.account),
      month: String(r.month) as Month,
      amount: amountOf(r),
    })),
    parties: parties!.rows.map((r) => ({
      kind: String(r.party_kind) as PartyKind,
      party: String(r.party),
      account: String(r.account),
      amount: amountOf(r),
    })),
    earlier: earlier!.rows.map((r) => ({
      id: String(r.id),
      series: String(r.series),
      fiscalYear: Number(r.fiscal_year),
      number: Number(r.number),
      voucherDate: String(r.voucher_date),
      text: String(r.text),
    })),
  }
}

const amountOf = (r: Row): Ore => ore(Number(r.amount))

export type AccountLine = { voucher: string; rowKey: string; voucherDate: string; text: string; amount: Ore }

/**
 * All that an account holds, and the newest of the entries that no other takes back: of every two that are each other's opposite
 * neither is left. All of them together they are what the account stands at; none where that is nothing.
 */
export async function readAccount(
  db: Database,
  account: string,
  most: number,
): Promise<{ amount: Ore; lines: AccountLine[] }> {
  const sum = await db.execute({
    sql: 'select coalesce(sum(amount), 0) as amount from entry where account = ?',
    args: [account],
  })
  const amount = amountOf(sum.rows[0]!)
  if (amount === 0) return { amount, lines: [] }
  const { rows } = await db.execute({
    sql: `with own as (
              select v.id, e.ledger_version, e.line, e.row_key, e.voucher_date, e.text, e.amount,
                row_number() over (partition by e.amount order by e.ledger_version, e.line) as place
              from entry e join voucher v using (ledger_version) where e.account = ? and e.amount <> 0
                and v.reversal_of is null and not exists (select 1 from voucher r where r.reversal_of = v.id)),
            many as (select amount, count(*) as n from own group by amount)
          select o.id, o.row_key, o.voucher_date, o.text, o.amount from own o left join many m on m.amount = -o.amount
          where o.place > coalesce(m.n, 0) order by o.ledger_version desc, o.line limit cast(? as integer)`,
    args: [account, String(most)],
  })
  const lines = rows.map((r) => ({
    voucher: String(r.id),
    rowKey: String(r.row_key),
    voucherDate: String(r.voucher_date),
    text: String(r.text),
    amount: amountOf(r),
  }))
  return { amount, lines }
}

/** Where the chain stands, and how many faults the imports told of. */
export async function readState(
  db: Database,
): Promise<{ ledgerVersion: number; chainHead: string | null; differences: number }> {
  const [head, imports] = await db.batch(
    [
      'select ledger_version, hash from voucher order by ledger_version desc limit 1',
      `select coalesce(sum(json_array_length(receipt, '$.differences')), 0) as differences from import_job
        where receipt is not null and undone_at is null`,
    ],
    'read',
  )
  const newest = head!.rows[0]
  return {
    ledgerVersion: newest ? Number(newest.ledger_version) : 0,
    chainHead: newest ? String(newest.hash) : null,
    differences: Number(imports!.rows[0]!.differences ?? 0),
  }
}
