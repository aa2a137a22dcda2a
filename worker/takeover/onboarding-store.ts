import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Variant } from './onboarding.ts'

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))

/** What the onboarding plan is ticked by, in one round trip. */
export async function readOnboardingFacts(db: Database, today: IsoDate) {
  const [facts, assigned] = await db.batch(
    [
      {
        sql: `select c.organisation_number is not null as profile,
         not exists (select 1 from json_each(json_array(?1, t.opening_date, t.cut_over_date)) d where d.value is not null
           and not exists (select 1 from fiscal_year y where d.value between y.first_date and y.last_date)) as years,
         exists (select 1 from account where version > 1)
           or exists (select 1 from import_job where kind = 'chart' and receipt is not null) as chart,
         json_array_length(p.bank_accounts) > 0 as bank, exists (select 1 from party) as parties,
         t.variant, t.finished_at is not null as finished, t.interim_customers, t.interim_suppliers,
         exists (select 1 from opening_balance o join voucher v on v.id = o.voucher
                  where o.opening_date = t.opening_date and o.booked_version = o.version
                    and not exists (select 1 from voucher r where r.reversal_of = v.id)) as opening,
         exists (select 1 from takeover_month m join voucher v on v.id = m.voucher
                  where not exists (select 1 from voucher r where r.reversal_of = v.id)) as movements,
         coalesce((select sum(abs(total)) from (select sum(debit) - sum(credit) as total from balance
                    where account in (t.interim_customers, t.interim_suppliers) group by account)), 0) as interim,
         (select import_job is null from voucher where type not in ('opening-balance', 'movement')
           order by ledger_version limit 1) as own_first,
         (select id from saft_switch where import_job is null order by at desc limit 1) as switch,
         i.id as import_job, i.agreed_at is not null as agreed
       from company c join company_profile p left join takeover t on t.id = 1
         left join import_job i on i.id = (select id from import_job where kind = 'saft' and receipt is not null and undone_at is null
           order by agreed_at is not null, recorded_at desc, id desc limit 1)`,
        args: [today],
      },
      'select step, owner, due_date from onboarding_step',
    ],
    'read',
  )
  const row = facts!.rows[0]!
  const movements = row.movements === 1
  const [openSwitch, importJob] = [textOrNull(row.switch), textOrNull(row.import_job)]
  const planned = textOrNull(row.variant) as Variant | null
  // Books that began with vouchers of their own are not taken over by a file that comes later.
  const variant = planned ?? ((openSwitch || importJob) && row.own_first !== 1 ? 'saft' : null)
  const booked = row.opening === 1 || (variant === 'saft' && importJob !== null)
  return {
    variant,
    interim: planned === null ? null : ([String(row.interim_customers), String(row.interim_suppliers)] as const),
    hasPosted: row.own_first !== null,
    place: openSwitch ? `/saft-switches/${openSwitch}` : importJob && `/imports/${importJob}`,
    done: {
      profile: row.profile === 1,
      'fiscal-year': row.years === 1,
      // Whoever has booked balances by it, or changed it, has looked the chart over.
      chart: row.chart === 1 || booked,
      bank: row.bank === 1,
      parties: row.parties === 1,
      plan: variant !== null,
      opening: booked,
      movements,
      interim: movements && Number(row.interim) === 0,
      finish: variant === 'saft' ? row.agreed === 1 && openSwitch === null : row.finished === 1,
    },
    assigned: new Map(
      assigned!.rows.map((r) => [
        String(r.step),
        { owner: r.owner === null ? null : String(r.owner), dueDate: r.due_date === null ? null : String(r.due_date) },
      ]),
    ),
  }
}

export const keepStep = (step: string, owner: string | null, dueDate: string | null): InStatement => ({
  sql: `insert into onboarding_step (step, owner, due_date) values (?, ?, ?)
        on conflict do update set owner = excluded.owner, due_date = excluded.due_date`,
  args: [step, owner, dueDate],
})
