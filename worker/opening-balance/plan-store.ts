import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { figuresStand } from '#worker/ledger/standing-store.ts'
import type { MovementSheet } from './movement-row.ts'
import { itemsDateOf, type TakeoverPlan } from './takeover-plan.ts'

export type KeptTakeover = TakeoverPlan &
  MovementSheet & {
    finishedAt: string | null
    finishedBy: string | null
    finishedVersion: number | null
    version: number
  }

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

/** The company's take-over as it is planned; undefined when there is none. */
export async function readTakeover(db: Database): Promise<KeptTakeover | undefined> {
  const { rows } = await db.execute('select * from takeover')
  const row = rows[0]
  return (
    row && {
      variant: String(row.variant) as TakeoverPlan['variant'],
      openingDate: String(row.opening_date) as IsoDate,
      cutOverDate: String(row.cut_over_date) as IsoDate,
      interimCustomers: String(row.interim_customers),
      interimSuppliers: String(row.interim_suppliers),
      inTotal: row.in_total === 1,
      explanation: textOrNull(row.explanation),
      rows: JSON.parse(String(row.rows)),
      keptMonths: JSON.parse(String(row.kept_months)),
      finishedAt: textOrNull(row.finished_at),
      finishedBy: textOrNull(row.finished_by),
      finishedVersion: row.finished_version === null ? null : Number(row.finished_version),
      version: Number(row.version),
    }
  )
}

/**
 * The first day that the ledger has figures of its own for: as the take-over has it, else the opening balance that stands, else the one
 * that is being filled in, else its first year. One that is filled in for a day no year has, or after something that stands in the ledger,
 * begins nothing; of several the one touched last counts.
 */
export async function readFirstDay(db: Database): Promise<IsoDate | undefined> {
  const { rows } = await db.execute(
    `select coalesce((select opening_date from takeover),
       (select min(opening_date) from opening_balance join voucher on voucher.id = opening_balance.voucher
         where ${figuresStand(() => 'true')}),
       (select opening_date from opening_balance where opening_date >= (select min(first_date) from fiscal_year)
          and not exists (select 1 from voucher where ${standsBefore('opening_date')}) order by at desc limit 1),
       (select min(first_date) from fiscal_year)) as day`,
  )
  return (rows[0]!.day as IsoDate | null) ?? undefined
}

/**
 * The day that a list without a date is for: of the plan, where there is one, else the company's cut-over date. Undefined where
 * neither is known, and somebody must say it. Source: features.md 4.8.
 */
export async function readUsualDay(db: Database, items: boolean): Promise<IsoDate | undefined> {
  const plan = await readTakeover(db)
  if (plan) return items ? itemsDateOf(plan) : plan.openingDate
  const { rows } = await db.execute('select cut_over_date from company')
  return (textOrNull(rows[0]?.cut_over_date) ?? undefined) as IsoDate | undefined
}

/** Vouchers from before a day that carry nothing over and whose figures stand on it. */
const standsBefore = (day: string) => `voucher_date < ${day} and type not in ('opening-balance', 'movement')
  and ${figuresStand((v) => `${v}.voucher_date < ${day}`)}`
/** The same, of the day `?1`. */
export const STANDS_BEFORE = standsBefore('?1')

const WITH_IMPORTS = `(select max(day) from (select ?1 as day
  union all select cut_over_date from import_job where agreed_at is not null))`

/**
 * What is booked of a take-over makes its cut-over date the company's, unless something older is posted than it allows; a SAF-T import
 * that was finished with a later day keeps that.
 */
export const setCutOver = (cutOverDate: IsoDate): InStatement => ({
  sql: `update company set cut_over_date = ${WITH_IMPORTS}, version = version + 1 where cut_over_date is not ${WITH_IMPORTS}
          and not exists (select 1 from voucher where ${STANDS_BEFORE})`,
  args: [cutOverDate],
})

/** A company that books one opening balance and planned nothing takes over by that alone. */
export const planOpening = (openingDate: IsoDate, by: string, at: string): InStatement => ({
  sql: `insert into takeover (id, variant, opening_date, cut_over_date, interim_customers, interim_suppliers, by, at)
        select 1, 'opening', ?1, ?1, c.number, s.number, ?2, ?3 from account c join account s
         where c.number = '1499' and s.number = '2399' on conflict do nothing`,
  args: [openingDate, by, at],
})
