import type { Month } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { FiscalYear, LockLevel, Period } from '#worker/ledger/books.ts'
import { scopeLevelIn, scopeOf } from '#worker/ledger/lock.ts'
import { type LateVoucher, type PeriodLock, WHOLE } from './period-lock.ts'
import { PAGE, type SealedMonth } from './period-seal.ts'

type Row = ResultSet['rows'][number]

const fiscalYearOf = (r: Row): FiscalYear => ({
  year: Number(r.year),
  firstDate: String(r.first_date) as FiscalYear['firstDate'],
  lastDate: String(r.last_date) as FiscalYear['lastDate'],
})
const periodOf = (r: Row): Period => ({
  month: String(r.month) as Month,
  year: Number(r.year),
  level: String(r.level) as LockLevel,
})
const lockOf = (r: Row): PeriodLock => ({
  id: String(r.id),
  scope: String(r.scope ?? WHOLE),
  fromMonth: String(r.from_month),
  toMonth: String(r.to_month),
  level: String(r.level) as LockLevel,
  reason: String(r.reason),
  by: String(r.by),
  recordedAt: String(r.recorded_at),
  ledgerVersion: Number(r.ledger_version),
  hash: String(r.hash),
  differences: r.differences === null ? null : JSON.parse(String(r.differences)),
})

const YEARS = 'select year, first_date, last_date from fiscal_year order by first_date'
const PERIODS = 'select month, year, level from period order by month'
// A lock's rowid grows: rows are only ever added.
const LOCKS = 'select * from period_lock order by rowid desc'
const SCOPE_LOCKS = 'select * from scope_lock order by rowid desc'

/** Fiscal years in order of time. */
export const readFiscalYears = async (db: Database): Promise<FiscalYear[]> =>
  (await db.execute(YEARS)).rows.map(fiscalYearOf)

/** Fiscal years in order of time, their months, every lock of whole months and of parts of them, newest first; from one moment. */
export async function readCalendar(
  db: Database,
): Promise<{ years: FiscalYear[]; periods: Period[]; locks: PeriodLock[]; scopeLocks: PeriodLock[] }> {
  const [years, periods, locks, scopes] = await db.batch([YEARS, PERIODS, LOCKS, SCOPE_LOCKS], 'read')
  return {
    years: years!.rows.map(fiscalYearOf),
    periods: periods!.rows.map(periodOf),
    locks: locks!.rows.map(lockOf),
    scopeLocks: scopes!.rows.map(lockOf),
  }
}

export const insertFiscalYear = (y: FiscalYear, months: readonly string[]): InStatement[] => [
  {
    sql: 'insert into fiscal_year (year, first_date, last_date) select ?1->>0, ?1->>1, ?1->>2',
    args: [JSON.stringify([y.year, y.firstDate, y.lastDate])],
  },
  {
    sql: 'insert into period (month, year) select value->>0, value->>1 from json_each(?)',
    args: [JSON.stringify(months.map((m) => [m, y.year]))],
  },
]

/** What a lock rests on: the months with their levels, all locks of the scope, and where the ledger stands; from one moment. */
export type LockFacts = {
  periods: Period[]
  locks: PeriodLock[]
  ledgerVersion: number
  voucherTypes: ReadonlySet<string>
}

export async function readLockFacts(db: Database, from: string, to: string, scope: string): Promise<LockFacts> {
  const [periods, found, head, types] = await db.batch(
    [
      { sql: 'select month, year, level from period where month between ? and ? order by month', args: [from, to] },
      scope === WHOLE ? LOCKS : { sql: `${SCOPE_LOCKS.replace(' order', ' where scope = ? order')}`, args: [scope] },
      'select coalesce(max(ledger_version), 0) as ledger_version from voucher',
      'select key from voucher_type',
    ],
    'read',
  )
  const locks = found!.rows.map(lockOf)
  const months = periods!.rows.map(periodOf)
  return {
    periods: scope === WHOLE ? months : months.map((p) => ({ ...p, level: scopeLevelIn(p.month, scope, locks) })),
    locks,
    ledgerVersion: Number(head!.rows[0]!.ledger_version),
    voucherTypes: new Set(types!.rows.map((r) => String(r.key))),
  }
}

/** Whether a voucher has something in a scope; the trigger `voucher_stays_out_of_locked_scopes` says the same. */
function inScope(scope: string): { condition: string; args: string[] } {
  const part = scopeOf(scope)
  const own = (condition: string) =>
    `and exists (select 1 from entry e where e.ledger_version = v.ledger_version and ${condition})`
  if (part?.kind === 'type') return { condition: 'and v.type = ?', args: [part.type] }
  if (part?.kind === 'vat') return { condition: own('e.vat_rate is not null'), args: [] }
  if (part?.kind !== 'accounts') return { condition: '', args: [] }
  const { from, to } = part
  return { condition: own('e.account >= ? and substr(e.account, 1, length(?)) <= ?'), args: [from, to, to] }
}

/** The hashes of the vouchers dated in each month, as `sealOf` takes them. Read a month at a time. */
export async function readSealedMonths(db: Database, months: readonly string[], scope: string): Promise<SealedMonth[]> {
  const { condition, args } = inScope(scope)
  const sealed: SealedMonth[] = []
  for (const month of months) {
    const { rows } = await db.execute({
      sql: `select count(*) as n, group_concat(hash, '' order by voucher_date, ledger_version) as hashes from (
              select hash, voucher_date, ledger_version, row_number() over (order by voucher_date, ledger_version) - 1 as place
              from voucher v where voucher_date between ? and ? ${condition})
            group by place / ${PAGE} order by place / ${PAGE}`,
      args: [`${month}-01`, `${month}-31`, ...args],
    })
    sealed.push({
      month,
      count: rows.reduce((n, r) => n + Number(r.n), 0),
      pages: rows.map((r) => String(r.hashes)),
    })
  }
  return sealed
}

/** The vouchers dated in these months that came after each month's ledger version, in order of the chain. */
export async function readLateVouchers(
  db: Database,
  since: readonly (readonly [month: string, ledgerVersion: number])[],
  scope: string,
): Promise<LateVoucher[]> {
  const { condition, args } = inScope(scope)
  const { rows } = await db.execute({
    sql: `select v.id, v.series, v.fiscal_year, v.number, v.voucher_date, v.ledger_version, v.recorded_at, v.by, v.text
          from json_each(?) s cross join voucher v
          where v.voucher_date between (s.value->>0) || '-01' and (s.value->>0) || '-31' and v.ledger_version > s.value->>1
            ${condition} order by v.ledger_version`,
    args: [JSON.stringify(since), ...args],
  })
  return rows.map((r) => ({
    id: String(r.id),
    series: String(r.series),
    fiscalYear: Number(r.fiscal_year),
    number: Number(r.number),
    voucherDate: String(r.voucher_date),
    ledgerVersion: Number(r.ledger_version),
    recordedAt: String(r.recorded_at),
    by: String(r.by),
    text: String(r.text),
  }))
}

/** What vouchers move an account by, in øre, debit positive. */
export type AccountDifference = { account: string; debit: number; credit: number; amount: number; entries: number }

/** What the vouchers of these places in the chain come to by account. Entries never change, so it is the same for ever. */
export async function readAccountDifferences(db: Database, versions: readonly number[]): Promise<AccountDifference[]> {
  const { rows } = await db.execute({
    sql: `select e.account, coalesce(sum(case when e.amount > 0 then e.amount end), 0) as debit,
            coalesce(-sum(case when e.amount < 0 then e.amount end), 0) as credit, sum(e.amount) as amount, count(*) as entries
          from json_each(?) v cross join entry e on e.ledger_version = v.value group by e.account order by e.account`,
    args: [JSON.stringify(versions)],
  })
  return rows.map((r) => ({
    account: String(r.account),
    debit: Number(r.debit),
    credit: Number(r.credit),
    amount: Number(r.amount),
    entries: Number(r.entries),
  }))
}

/**
 * Sets the level of the months and keeps the lock, if nothing came into the period and nobody else locked since the facts
 * were read. The lock is inserted last: `insertEventsIfChanged` follows it.
 */
export function insertLock(lock: PeriodLock, facts: LockFacts): InStatement[] {
  const whole = lock.scope === WHOLE
  const part = scopeOf(lock.scope)
  const count = whole ? 'period_lock)' : 'scope_lock where scope = ?1->>11)'
  const still = `not exists (select 1 from voucher where voucher_date between ?1->>1 || '-01' and ?1->>2 || '-31'
      and ledger_version > ?1->>7) and (select count(*) from ${count} = ?1->>10`
  const args = [
    JSON.stringify([
      lock.id,
      lock.fromMonth,
      lock.toMonth,
      lock.level,
      lock.reason,
      lock.by,
      lock.recordedAt,
      lock.ledgerVersion,
      lock.hash,
      lock.differences && JSON.stringify(lock.differences),
      facts.locks.length,
      lock.scope,
      ...(part?.kind === 'accounts' ? [part.from, part.to] : []),
    ]),
  ]
  if (!whole)
    return [
      {
        sql: `insert into scope_lock (id, from_month, to_month, level, reason, by, recorded_at, ledger_version, hash, differences,
                scope, from_account, to_account)
              select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>9, ?1->>11, ?1->>12, ?1->>13
              where ${still}`,
        args,
      },
    ]
  return [
    { sql: `update period set level = ?1->>3 where month between ?1->>1 and ?1->>2 and ${still}`, args },
    {
      sql: `insert into period_lock (id, from_month, to_month, level, reason, by, recorded_at, ledger_version, hash, differences)
            select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>9 where ${still}`,
      args,
    },
  ]
}
