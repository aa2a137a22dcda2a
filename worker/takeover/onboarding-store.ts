import type { Database, InStatement } from '#worker/database/connect.ts'

/** What the onboarding plan is ticked by, in one round trip. */
export async function readOnboardingFacts(db: Database) {
  const [facts, assigned] = await db.batch(
    [
      `select c.organisation_number is not null as profile,
         exists (select 1 from fiscal_year) as years, exists (select 1 from account) as accounts,
         json_array_length(p.bank_accounts) > 0 as bank, exists (select 1 from party) as parties,
         t.variant, t.finished_at is not null as finished, t.interim_customers, t.interim_suppliers,
         exists (select 1 from opening_balance o join voucher v on v.id = o.voucher
                  where o.opening_date = t.opening_date and o.booked_version = o.version
                    and not exists (select 1 from voucher r where r.reversal_of = v.id)) as opening,
         exists (select 1 from takeover_month m join voucher v on v.id = m.voucher
                  where not exists (select 1 from voucher r where r.reversal_of = v.id)) as movements,
         coalesce((select sum(abs(total)) from (select sum(debit) - sum(credit) as total from balance
                    where account in (t.interim_customers, t.interim_suppliers) group by account)), 0) as interim,
         exists (select 1 from voucher where type not in ('opening-balance', 'movement')) as posted
       from company c join company_profile p left join takeover t on t.id = 1`,
      'select step, owner, due_date from onboarding_step',
    ],
    'read',
  )
  const row = facts!.rows[0]!
  const movements = row.movements === 1
  return {
    variant: row.variant === null ? null : (String(row.variant) as 'opening' | 'movements'),
    interim: row.variant === null ? null : ([String(row.interim_customers), String(row.interim_suppliers)] as const),
    hasPosted: row.posted === 1,
    done: {
      profile: row.profile === 1,
      'fiscal-year': row.years === 1,
      chart: row.accounts === 1,
      bank: row.bank === 1,
      parties: row.parties === 1,
      plan: row.variant !== null,
      opening: row.opening === 1,
      movements,
      interim: movements && Number(row.interim) === 0,
      finish: row.finished === 1,
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
