import { asc } from 'drizzle-orm'
import { budgetSeason } from '#db/company/budgets.ts'
import { type IsoDate, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import { typed } from '#worker/database/typed.ts'
import type { AccountType } from '#worker/ledger/account.ts'
import type { Budget, BudgetWithMonths } from './budget.ts'
import { type Difference, dimensionsText, type KeptCell, type KeptLine, lineKey } from './budget-cell.ts'
import type { Season } from './spread.ts'

type Row = ResultSet['rows'][number]

/** Every budget of the company with its number of lines and its result in øre (profit positive), the newest year first and in it the main one. */
export async function readBudgets(db: Database): Promise<(Budget & { lines: number; result: number })[]> {
  const { rows } = await db.execute(
    `select b.*, count(distinct l.id) as lines, -coalesce(sum(c.amount), 0) as result
       from budget b left join budget_line l on l.budget = b.id left join budget_cell c on c.line = l.id
      group by b.id order by b.year desc, b.main desc, b.name`,
  )
  return rows.map((row) => ({ ...budgetOf(row), lines: Number(row.lines), result: Number(row.result) }))
}

const budgetOf = (row: Row): Budget => ({
  id: String(row.id),
  year: Number(row.year),
  name: String(row.name),
  state: row.state as Budget['state'],
  main: row.main === 1,
  note: String(row.note),
  revision: Number(row.revision),
  version: Number(row.version),
  createdAt: String(row.created_at),
})

/** A budget with the months of its year; undefined when there is none with that id. */
export async function readBudget(db: Database, id: string): Promise<BudgetWithMonths | undefined> {
  const { rows } = await db.execute({
    sql: `select b.*, y.first_date, y.last_date from budget b join fiscal_year y on y.year = b.year where b.id = ?`,
    args: [id],
  })
  const row = rows[0]
  if (!row) return undefined
  return {
    ...budgetOf(row),
    months: monthsBetween(monthOf(String(row.first_date) as IsoDate), monthOf(String(row.last_date) as IsoDate)),
  }
}

/** Adds a budget. The first of its year is the main one. */
export const insertBudget = (b: Pick<Budget, 'id' | 'year' | 'name' | 'note' | 'createdAt'>): InStatement => ({
  sql: `insert into budget (id, year, name, note, created_at, main)
        select ?1, cast(?2 as integer), ?3, ?4, ?5, not exists (select 1 from budget where year = cast(?2 as integer))`,
  args: [b.id, String(b.year), b.name, b.note, b.createdAt],
})

/** Changes a budget's own fields if it still has that version; one that becomes the main one is the only one of its year. */
export const updateBudget = (b: Budget, version: number): InStatement[] => [
  ...(b.main
    ? [
        {
          sql: `update budget set main = 0, version = version + 1 where main = 1 and id <> ?1
                  and year = (select year from budget where id = ?1 and version = cast(?2 as integer))`,
          args: [b.id, String(version)],
        },
      ]
    : []),
  {
    sql: `update budget set name = ?1->>1, note = ?1->>2, state = ?1->>3, main = ?1->>4, version = version + 1
          where id = ?1->>0 and version = ?1->>5`,
    args: [JSON.stringify([b.id, b.name, b.note, b.state, b.main ? 1 : 0, version])],
  },
]

/** Takes a budget away with all that stands in it; the trigger refuses one that is no draft. The year's newest other is main then. */
export const deleteBudget = (id: string, year: number): InStatement[] => [
  { sql: 'delete from budget_cell where line in (select id from budget_line where budget = ?)', args: [id] },
  { sql: 'delete from budget_line where budget = ?', args: [id] },
  { sql: 'delete from budget where id = ?', args: [id] },
  {
    sql: `update budget set main = 1, version = version + 1
          where id = (select id from budget where year = cast(?1 as integer) order by created_at desc, id limit 1)
            and not exists (select 1 from budget where year = cast(?1 as integer) and main = 1)`,
    args: [String(year)],
  },
]

const LINES = `select json_group_array(json_array(l.account, l.dimensions, l.spread, l.comment,
    (select json_group_array(json_array(c.month, c.amount, c.by, c.at)) from budget_cell c where c.line = l.id))) as lines`

type LineRow = [account: string, dimensions: string, spread: string, comment: string, cells: CellRow[]]
type CellRow = [month: string, amount: number, by: string, at: string]

const keptLines = (json: unknown): Map<string, KeptLine> =>
  new Map(
    (JSON.parse(String(json)) as LineRow[]).map(([account, dimensions, spread, comment, cells]) => [
      lineKey(account, dimensions),
      { account, dimensions, spread, comment, cells: new Map(cells.map(keptCell)) },
    ]),
  )
const keptCell = ([month, amount, by, at]: CellRow): [string, KeptCell] => [month, { amount, by, at }]

/** All lines of a budget, by account and dimensions. */
export async function readLines(db: Database, id: string): Promise<Map<string, KeptLine>> {
  const { rows } = await db.execute({
    sql: `${LINES} from (select * from budget_line where budget = ? order by account, dimensions <> '{}', dimensions) l`,
    args: [id],
  })
  return keptLines(rows[0]!.lines)
}

/** Those of these lines that there are. */
export async function readTheseLines(
  db: Database,
  id: string,
  wanted: readonly { account: string; dimensions: Readonly<Record<string, string | null>> }[],
): Promise<Map<string, KeptLine>> {
  const keys = new Map(wanted.map((w) => [lineKey(w.account, dimensionsText(w.dimensions)), w]))
  const { rows } = await db.execute({
    sql: `${LINES} from json_each(?2) w cross join budget_line l
            on l.budget = ?1 and l.account = w.value->>0 and l.dimensions = w.value->>1`,
    args: [id, JSON.stringify([...keys.values()].map((w) => [w.account, dimensionsText(w.dimensions)]))],
  })
  return keptLines(rows[0]!.lines)
}

/**
 * The statements that write differences, as judged at a revision. Whoever saved in between makes the last of them fail, and
 * with it the batch. A line with nothing left in it goes.
 */
export function writeDifferences(
  id: string,
  revision: number,
  differences: readonly Difference[],
  by: string,
  at: string,
): InStatement[] {
  const rowOf = (d: Difference) => [d.account, dimensionsText(d.dimensions), d.field, d.after]
  const cells = differences.filter((d) => d.field !== 'spread' && d.field !== 'comment')
  const [gone, written] = [cells.filter((d) => d.after === null), cells.filter((d) => d.after !== null)]
  const fields = differences.filter((d) => d.field === 'spread' || d.field === 'comment')
  const ofLine = 'l.budget = ?1 and l.account = d.value->>0 and l.dimensions = d.value->>1'
  const statements: InStatement[] = []
  if (written.length + fields.length > 0)
    statements.push({
      sql: `insert into budget_line (budget, account, dimensions)
            select distinct ?1, value->>0, value->>1 from json_each(?2) where true on conflict do nothing`,
      args: [id, JSON.stringify([...written, ...fields].map(rowOf))],
    })
  if (written.length > 0)
    statements.push({
      sql: `insert into budget_cell (line, month, amount, by, at)
            select l.id, d.value->>2, d.value->>3, ?3, ?4 from json_each(?2) d cross join budget_line l on ${ofLine} where true
            on conflict do update set amount = excluded.amount, by = excluded.by, at = excluded.at`,
      args: [id, JSON.stringify(written.map(rowOf)), by, at],
    })
  if (gone.length > 0)
    statements.push({
      sql: `delete from budget_cell where (line, month) in
              (select l.id, d.value->>2 from json_each(?2) d cross join budget_line l on ${ofLine})`,
      args: [id, JSON.stringify(gone.map(rowOf))],
    })
  for (const field of ['spread', 'comment'] as const) {
    const changed = fields.filter((d) => d.field === field)
    if (changed.length === 0) continue
    statements.push({
      sql: `update budget_line as l set ${field} = d.value->>3 from json_each(?2) d where ${ofLine}`,
      args: [id, JSON.stringify(changed.map(rowOf))],
    })
  }
  if (gone.length + fields.length > 0)
    statements.push({
      sql: `delete from budget_line where budget = ? and comment = ''
              and not exists (select 1 from budget_cell c where c.line = budget_line.id)`,
      args: [id],
    })
  statements.push({
    sql: 'update budget set revision = cast(?2 as integer) + 1 where id = ?1',
    args: [id, String(revision)],
  })
  return statements
}

/** What a budget's lines are held against: the type of each account, and the values of each dimension. */
export type Registers = {
  accounts: ReadonlyMap<string, { type: AccountType; nameNb: string; nameEn: string }>
  dimensions: ReadonlyMap<string, { nameNb: string; nameEn: string; values: ReadonlyMap<string, string> }>
}

export async function readRegisters(db: Database): Promise<Registers> {
  const [accounts, dimensions] = await db.batch(
    [
      'select json_group_array(json_array(number, type, name_nb, name_en)) as rows from account',
      `select json_group_array(json_array(d.key, d.name_nb, d.name_en,
         (select json_group_array(json_array(v.code, v.name)) from dimension_value v where v.dimension = d.key))) as rows
       from (select * from dimension order by position) d`,
    ],
    'read',
  )
  type AccountRow = [string, AccountType, string, string]
  type DimensionRow = [string, string, string, [string, string][]]
  return {
    accounts: new Map(
      (JSON.parse(String(accounts!.rows[0]!.rows)) as AccountRow[]).map(([number, type, nameNb, nameEn]) => [
        number,
        { type, nameNb, nameEn },
      ]),
    ),
    dimensions: new Map(
      (JSON.parse(String(dimensions!.rows[0]!.rows)) as DimensionRow[]).map(([key, nameNb, nameEn, values]) => [
        key,
        { nameNb, nameEn, values: new Map(values) },
      ]),
    ),
  }
}

export const readSeasons = (db: Database): Promise<Season[]> =>
  typed(db).select().from(budgetSeason).orderBy(asc(budgetSeason.key))

export const upsertSeason = (season: Season): InStatement => ({
  sql: `insert into budget_season (key, name, weights) values (?, ?, ?)
        on conflict do update set name = excluded.name, weights = excluded.weights`,
  args: [season.key, season.name, JSON.stringify(season.weights)],
})

/** The months of a year of the company; undefined when it has none of that name. */
export async function readMonths(db: Database, year: number): Promise<Month[] | undefined> {
  const { rows } = await db.execute({
    sql: 'select first_date, last_date from fiscal_year where year = cast(? as integer)',
    args: [String(year)],
  })
  const row = rows[0]
  return row && monthsBetween(monthOf(String(row.first_date) as IsoDate), monthOf(String(row.last_date) as IsoDate))
}
