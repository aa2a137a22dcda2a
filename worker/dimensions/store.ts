import { and, eq } from 'drizzle-orm'
import { dimension, dimensionRule, dimensionValue } from '#db/company/registers.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { typed } from '#worker/database/typed.ts'
import type { Dimension, DimensionValue, Rule } from './dimension.ts'

/** Dimensions in their order, each with what accounts demand of it. */
export async function readDimensions(db: Database): Promise<Dimension[]> {
  const [dimensions, rules] = await typed(db).batch([
    typed(db).select().from(dimension).orderBy(dimension.position, dimension.key),
    typed(db).select().from(dimensionRule).orderBy(dimensionRule.account),
  ])
  return dimensions.map((d) => ({
    ...d,
    rules: Object.fromEntries(rules.filter((rule) => rule.dimension === d.key).map((r) => [r.account, r.rule])),
  }))
}

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
