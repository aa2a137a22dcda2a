import type { Month } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/**
 * Budget amounts as reports want them. `budget` names a version by id, or by name in its year; without one each year's main
 * budget is taken. Dimension values as in reports: `none` is the lines without the dimension.
 */
export type BudgetAsked = {
  budget: string | null
  dimensions: readonly (readonly [key: string, value: string])[]
  first: Month
  last: Month
}

/** Rows of account, month and amount in øre, debit positive, as JSON in `rows`: the whole in one read, however many cells are asked for. */
export const budgetByMonth = ({ budget, dimensions, first, last }: BudgetAsked): InStatement => ({
  sql: `select json_group_array(json_array(account, month, amount)) as rows from (
          select l.account, c.month, sum(c.amount) as amount
            from budget b cross join budget_line l on l.budget = b.id cross join budget_cell c on c.line = l.id
           where ${budget === null ? 'b.main = 1' : '?1 in (b.id, b.name)'} and c.month between ?2 and ?3
             and not exists (select 1 from json_each(?4) f
               where coalesce(l.dimensions ->> (f.value->>2), 'none') <> f.value->>1)
           group by l.account, c.month)`,
  args: [
    budget,
    first,
    last,
    JSON.stringify(dimensions.map(([key, value]) => [key, value, `$.${JSON.stringify(key)}`])),
  ],
})

/** Which budgets answer to a name, or are the main ones: id, year, name, state and revision. */
export const budgetsCalled = (budget: string | null): InStatement => ({
  sql: `select json_group_array(json_array(id, year, name, state, revision)) as rows from
          (select * from budget where ${budget === null ? 'main = 1 and ?1 is null' : '?1 in (id, name)'} order by year)`,
  args: [budget],
})

/** What accounts moved by month in øre, from the kept balances: account, dimension value or null, month, net. */
export type MovedRow = readonly [account: string, value: string | null, month: string, amount: number]

/**
 * Movements of income and cost between two months, all of an account together or parted by the values of a dimension, with
 * what has no value as a row of its own. Vouchers that settle the year are not in it: their accounts are left out by number.
 */
export async function readMoved(db: Database, first: Month, last: Month, by: string | null): Promise<MovedRow[]> {
  const all = `select b.account, null as value, b.month, b.debit - b.credit as amount from balance b
    join account a on a.number = b.account and a.type in ('income', 'expense')
    where b.month between ?1 and ?2 and substr(b.account, 1, 2) not in ('88', '89')`
  const parted = `select b.account, b.value, b.month, b.debit - b.credit as amount from dimension_balance b
    join account a on a.number = b.account and a.type in ('income', 'expense')
    where b.dimension = ?3 and b.month between ?1 and ?2 and substr(b.account, 1, 2) not in ('88', '89')`
  const rest = `select account, null, month, sum(amount) from
    (${all} union all select account, null, month, -amount from (${parted})) group by account, month`
  const { rows } = await db.execute({
    sql: `select json_group_array(json_array(account, value, month, amount)) as rows from
      (${by === null ? all : `select account, value, month, amount from (${parted}) union all ${rest}`}) where amount <> 0`,
    args: by === null ? [first, last] : [first, last, by],
  })
  return JSON.parse(String(rows[0]!.rows))
}
