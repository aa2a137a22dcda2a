import { and, eq } from 'drizzle-orm'
import { dimension, dimensionDefault, dimensionRule, dimensionSeries, dimensionValue } from '#db/company/registers.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { typed } from '#worker/database/typed.ts'
import type { Dimension, DimensionSeries, DimensionValue, Rule } from './dimension.ts'

/** Dimensions in their order, each with what accounts demand of it. */
export async function readDimensions(db: Database): Promise<Dimension[]> {
  const [dimensions, rules, defaults, series] = await typed(db).batch([
    typed(db).select().from(dimension).orderBy(dimension.position, dimension.key),
    typed(db).select().from(dimensionRule).orderBy(dimensionRule.account),
    typed(db).select().from(dimensionDefault).orderBy(dimensionDefault.account),
    typed(db).select().from(dimensionSeries),
  ])
  return dimensions.map((d) => ({
    ...d,
    rules: Object.fromEntries(rules.filter((rule) => rule.dimension === d.key).map((r) => [r.account, r.rule])),
    defaults: Object.fromEntries(defaults.filter((u) => u.dimension === d.key).map((u) => [u.account, u.value])),
    series: seriesOf(series.find((s) => s.dimension === d.key)),
  }))
}

const seriesOf = (found: { prefix: string; digits: number; lastNumber: number } | undefined): DimensionSeries | null =>
  found ? { prefix: found.prefix, digits: found.digits, lastNumber: found.lastNumber } : null

export const updateNames = (d: Pick<Dimension, 'key' | 'nameNb' | 'nameEn'>): InStatement => ({
  sql: 'update dimension set name_nb = ?, name_en = ? where key = ?',
  args: [d.nameNb, d.nameEn, d.key],
})

/** Sets how new values are numbered; a series that is taken away and set again goes on where it was. */
export const setSeries = (key: string, series: Pick<DimensionSeries, 'prefix' | 'digits'>): InStatement => ({
  sql: `insert into dimension_series (dimension, prefix, digits) select ?1->>0, ?1->>1, ?1->>2 where true
        on conflict do update set prefix = excluded.prefix, digits = excluded.digits`,
  args: [JSON.stringify([key, series.prefix, series.digits])],
})
/** A series goes on after a number that was given before there was one. */
export const startSeriesAt = (key: string, last: number): InStatement => ({
  sql: 'update dimension_series set last_number = cast(?2 as integer) where dimension = ?1 and last_number < cast(?2 as integer)',
  args: [key, String(last)],
})
/** Only a series that never gave a number can go. */
export const removeSeries = (key: string): InStatement => ({
  sql: 'delete from dimension_series where dimension = ? and last_number = 0',
  args: [key],
})

/** A value under the next number of its series, if nobody else took that number since it was read. */
export const insertNumbered = (dimension: string, v: DimensionValue, from: number, number: number): InStatement[] => [
  {
    sql: `insert into dimension_value (dimension, code, name, closed_from) select ?1->>0, ?1->>1, ?1->>2, ?1->>3
          where exists (select 1 from dimension_series where dimension = ?1->>0 and last_number = ?1->>4)`,
    args: [JSON.stringify([dimension, v.code, v.name, v.closedFrom, from])],
  },
  {
    sql: 'update dimension_series set last_number = ?1->>2 where dimension = ?1->>0 and last_number = ?1->>1',
    args: [JSON.stringify([dimension, from, number])],
  },
]

/** Sets and takes away the values that accounts' lines get where one types. */
export const setDefaults = (dimension: string, defaults: Readonly<Record<string, string | null>>): InStatement => {
  const args = [dimension, JSON.stringify(Object.entries(defaults))]
  return {
    sql: `insert into dimension_default (account, dimension, value)
          select value->>0, ?1, value->>1 from json_each(?2) where value->>1 is not null
          on conflict do update set value = excluded.value`,
    args,
  }
}
export const removeDefaults = (dimension: string, accounts: readonly string[]): InStatement => ({
  sql: 'delete from dimension_default where dimension = ? and account in (select value from json_each(?))',
  args: [dimension, JSON.stringify(accounts)],
})

export const insertDimension = (d: Pick<Dimension, 'key' | 'nameNb' | 'nameEn'>): InStatement => ({
  sql: `insert into dimension (key, name_nb, name_en, position)
        select ?, ?, ?, coalesce(max(position), 0) + 1 from dimension`,
  args: [d.key, d.nameNb, d.nameEn],
})

const VALUE = {
  code: dimensionValue.code,
  name: dimensionValue.name,
  closedFrom: dimensionValue.closedFrom,
  version: dimensionValue.version,
}

/** A dimension's values by code; undefined when there is no such dimension. */
export async function readValues(db: Database, key: string): Promise<DimensionValue[] | undefined> {
  const of = eq(dimensionValue.dimension, key)
  const [found, values] = await typed(db).batch([
    typed(db).select({ key: dimension.key }).from(dimension).where(eq(dimension.key, key)),
    typed(db).select(VALUE).from(dimensionValue).where(of).orderBy(dimensionValue.code),
  ])
  return found.length > 0 ? (values as DimensionValue[]) : undefined
}

export async function readValue(db: Database, key: string, code: string): Promise<DimensionValue | undefined> {
  const one = and(eq(dimensionValue.dimension, key), eq(dimensionValue.code, code))
  const [value] = await typed(db).select(VALUE).from(dimensionValue).where(one)
  return value as DimensionValue | undefined
}

export const insertValue = (dimension: string, v: DimensionValue): InStatement => ({
  sql: 'insert into dimension_value (dimension, code, name, closed_from) values (?, ?, ?, ?)',
  args: [dimension, v.code, v.name, v.closedFrom],
})

/** Changes the value if it still has that version. */
export const updateValue = (dimension: string, v: DimensionValue, version: number): InStatement => ({
  sql: `update dimension_value set name = ?1->>2, closed_from = ?1->>3, version = version + 1
        where dimension = ?1->>0 and code = ?1->>1 and version = ?1->>4`,
  args: [JSON.stringify([dimension, v.code, v.name, v.closedFrom, version])],
})

/** Which of these accounts are not in the chart. */
export async function readUnknownAccounts(db: Database, numbers: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute({
    sql: 'select value from json_each(?) where value not in (select number from account)',
    args: [JSON.stringify(numbers)],
  })
  return rows.map((r) => String(r.value))
}

/** Sets what the accounts demand of a dimension. */
export const setRules = (dimension: string, rules: Readonly<Record<string, Rule>>): InStatement[] => {
  const args = [dimension, JSON.stringify(Object.entries(rules))]
  return [
    {
      sql: 'delete from dimension_rule where dimension = ?1 and account in (select value->>0 from json_each(?2))',
      args,
    },
    {
      sql: `insert into dimension_rule (account, dimension, rule)
            select value->>0, ?1, value->>1 from json_each(?2) where value->>1 <> 'optional'`,
      args,
    },
  ]
}
