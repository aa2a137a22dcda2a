import type { Instant, IsoDate, Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import type { ScheduleKind } from './schedule.ts'
import type { VoucherDraft } from './voucher-draft.ts'

type Row = ResultSet['rows'][number]
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

export type VoucherPointer = { id: string; series: string; fiscalYear: number; number: number }

/**
 * A month of a schedule. `posted` and not reversed, `waiting` for its fiscal year, `reversed` by a voucher, or `dropped` before
 * it was posted. Amount in øre.
 */
export type ScheduleMonth = {
  month: Month
  voucherDate: IsoDate
  amount: Ore
  status: 'posted' | 'waiting' | 'reversed' | 'dropped'
  voucher: VoucherPointer | null
  reversedBy: VoucherPointer | null
}

/** What a line's script posts in other months, as it stands. */
export type Schedule = {
  id: string
  source: VoucherPointer & { voucherDate: IsoDate; reversedBy: string | null }
  rowKey: string
  kind: ScheduleKind
  script: string
  text: string
  account: string | null
  through: string | null
  amount: Ore
  months: ScheduleMonth[]
  /** Months that stand although the source is reversed: their periods were locked, and an open day must take them back. */
  rest: Month[]
}

/** A schedule on its way in, with months that are posted with it and months that wait. */
export type NewSchedule = Omit<Schedule, 'source' | 'months' | 'rest'> & {
  source: string
  months: readonly {
    month: Month
    voucherDate: IsoDate
    amount: Ore
    voucher: string | null
    draft: VoucherDraft | null
  }[]
}
/** What a batch does to schedules: makes some, posts months that waited, and drops others that do. */
export type Scheduling = {
  made: readonly NewSchedule[]
  posted: readonly { schedule: string; month: Month; voucher: string }[]
  dropped: readonly { schedule: string; month: Month; at: Instant; by: string }[]
}
export const NO_SCHEDULING: Scheduling = { made: [], posted: [], dropped: [] }

const pointer = (r: Row, of: string): VoucherPointer | null =>
  r[`${of}_id`] === null
    ? null
    : {
        id: String(r[`${of}_id`]),
        series: String(r[`${of}_series`]),
        fiscalYear: Number(r[`${of}_year`]),
        number: Number(r[`${of}_number`]),
      }

const POINTER = (alias: string, as: string): string =>
  `${alias}.id as ${as}_id, ${alias}.series as ${as}_series, ${alias}.fiscal_year as ${as}_year, ${alias}.number as ${as}_number`

const SCHEDULES = `select s.id, s.row_key, s.kind, s.script, s.text, s.account, s.through, s.amount,
    ${POINTER('o', 'source')}, o.voucher_date as source_date,
    (select id from voucher where reversal_of = s.source) as source_reversed_by,
    m.month, m.voucher_date, m.amount as month_amount, m.dropped_at, ${POINTER('v', 'voucher')}, ${POINTER('r', 'reversal')}
  from schedule s join voucher o on o.id = s.source join schedule_month m on m.schedule = s.id
    left join voucher v on v.id = m.voucher left join voucher r on r.reversal_of = m.voucher`

export function schedulesOf(rows: readonly Row[]): Schedule[] {
  const schedules = new Map<string, Schedule>()
  for (const r of rows) {
    const id = String(r.id)
    let schedule = schedules.get(id)
    if (!schedule) {
      schedule = {
        id,
        source: {
          ...pointer(r, 'source')!,
          voucherDate: String(r.source_date) as IsoDate,
          reversedBy: textOrNull(r.source_reversed_by),
        },
        rowKey: String(r.row_key),
        kind: String(r.kind) as ScheduleKind,
        script: String(r.script),
        text: String(r.text),
        account: textOrNull(r.account),
        through: textOrNull(r.through),
        amount: Number(r.amount) as Ore,
        months: [],
        rest: [],
      }
      schedules.set(id, schedule)
    }
    const [voucher, reversedBy] = [pointer(r, 'voucher'), pointer(r, 'reversal')]
    schedule.months.push({
      month: String(r.month) as Month,
      voucherDate: String(r.voucher_date) as IsoDate,
      amount: Number(r.month_amount) as Ore,
      status: reversedBy ? 'reversed' : voucher ? 'posted' : r.dropped_at === null ? 'waiting' : 'dropped',
      voucher,
      reversedBy,
    })
  }
  return [...schedules.values()].map((s) => ({
    ...s,
    rest: s.source.reversedBy === null ? [] : s.months.filter((m) => m.status === 'posted').map((m) => m.month),
  }))
}

/** The schedules that a voucher's lines made, and the one it is a month of; each whole, months in order. */
export async function readSchedulesOf(db: Database, voucher: string): Promise<Schedule[]> {
  const { rows } = await db.execute({
    sql: `${SCHEDULES} where s.source = ?1 or s.id = (select schedule from schedule_month where voucher = ?1)
          order by s.source, s.row_key, s.kind, m.month`,
    args: [voucher],
  })
  return schedulesOf(rows)
}

/** The schedules that lines of these vouchers made. */
export const selectSchedulesFrom = (vouchers: readonly string[]): InStatement => ({
  sql: `${SCHEDULES} where s.source in (select value from json_each(?)) order by s.source, s.row_key, s.kind, m.month`,
  args: [JSON.stringify(vouchers)],
})

/** One schedule; undefined when there is none. */
export async function readSchedule(db: Database, id: string): Promise<Schedule | undefined> {
  const { rows } = await db.execute({ sql: `${SCHEDULES} where s.id = ? order by m.month`, args: [id] })
  return schedulesOf(rows)[0]
}

/** Schedules of these kinds, newest source first. */
export async function readSchedules(db: Database, kinds: readonly ScheduleKind[], limit: number): Promise<Schedule[]> {
  const { rows } = await db.execute({
    sql: `${SCHEDULES} where s.id in (select i.id from schedule i join voucher iv on iv.id = i.source
            where i.kind in (select value from json_each(?)) order by iv.ledger_version desc, i.row_key limit cast(? as integer))
          order by o.ledger_version desc, s.row_key, s.kind, m.month`,
    args: [JSON.stringify(kinds), String(limit)],
  })
  return schedulesOf(rows)
}

/** A month that waits and whose fiscal year is there now, with the draft that is to be posted. */
export type WaitingMonth = {
  schedule: string
  source: string
  month: Month
  draft: VoucherDraft
  entryKind: ScheduleKind
}

export async function readDueMonths(db: Database, limit: number): Promise<WaitingMonth[]> {
  const { rows } = await db.execute({
    sql: `select m.schedule, s.source, s.kind, m.month, m.draft from schedule_month m join schedule s on s.id = m.schedule
          where m.voucher is null and m.dropped_at is null
            and exists (select 1 from fiscal_year y where m.voucher_date between y.first_date and y.last_date)
          order by m.voucher_date, m.schedule limit cast(? as integer)`,
    args: [String(limit)],
  })
  return rows.map((r) => ({
    schedule: String(r.schedule),
    source: String(r.source),
    month: String(r.month) as Month,
    draft: JSON.parse(String(r.draft)) as VoucherDraft,
    entryKind: String(r.kind) as ScheduleKind,
  }))
}

/** Those of these vouchers that reverse one which made a schedule or is a month of one. */
export const selectUndoingSchedules = (vouchers: readonly string[]): InStatement => ({
  sql: `select id from voucher v where id in (select value from json_each(?))
          and (exists (select 1 from schedule where source = v.reversal_of)
            or exists (select 1 from schedule_month where voucher = v.reversal_of))`,
  args: [JSON.stringify(vouchers)],
})

const INSERT_MONTHS = `insert into schedule_month (schedule, month, amount, voucher_date, draft, voucher)
  ${rowsOf()} select ${places(0, 6)} from row`
const INSERT_SCHEDULES = `insert into schedule (id, source, row_key, kind, script, text, account, through, amount)
  ${rowsOf()} select ${places(0, 9)} from row order by key`
const POST_MONTHS = `update schedule_month set voucher = p.value->>2 from json_each(?) p
  where schedule_month.schedule = p.value->>0 and schedule_month.month = p.value->>1`
const DROP_MONTHS = `update schedule_month set dropped_at = d.value->>2, dropped_by = d.value->>3 from json_each(?) d
  where schedule_month.schedule = d.value->>0 and schedule_month.month = d.value->>1`

/** The statements that stand in the posting batch, after the vouchers. None for nothing. */
export function changeSchedules({ made, posted, dropped }: Scheduling): InStatement[] {
  const statements: InStatement[] = []
  if (made.length > 0) {
    const months = made.flatMap((s) =>
      s.months.map((m) => [s.id, m.month, m.amount, m.voucherDate, m.draft && JSON.stringify(m.draft), m.voucher]),
    )
    const rows = made.map((s) => [s.id, s.source, s.rowKey, s.kind, s.script, s.text, s.account, s.through, s.amount])
    statements.push(
      { sql: INSERT_MONTHS, args: [JSON.stringify(months)] },
      { sql: INSERT_SCHEDULES, args: [JSON.stringify(rows)] },
    )
  }
  if (posted.length > 0)
    statements.push({ sql: POST_MONTHS, args: [JSON.stringify(posted.map((p) => [p.schedule, p.month, p.voucher]))] })
  if (dropped.length > 0)
    statements.push({
      sql: DROP_MONTHS,
      args: [JSON.stringify(dropped.map((d) => [d.schedule, d.month, d.at, d.by]))],
    })
  return statements
}
