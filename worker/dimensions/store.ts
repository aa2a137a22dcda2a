import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { Dimension, DimensionValue, Rule } from './dimension.ts'

type Row = ResultSet['rows'][number]

const dimensionValueOf = (r: Row): DimensionValue => ({
  code: String(r.code),
  name: String(r.name),
  closedFrom: r.closed_from === null ? null : String(r.closed_from),
  version: Number(r.version),
})

/** Dimensions in their order, each with what accounts demand of it. */
export async function readDimensions(db: Database): Promise<Dimension[]> {
  const [dimensions, rules] = await db.batch(
    [
      'select key, name_nb, name_en, position from dimension order by position, key',
      'select account, dimension, rule from dimension_rule order by account',
    ],
    'read',
  )
  return dimensions!.rows.map((r) => ({
    key: String(r.key),
    nameNb: String(r.name_nb),
    nameEn: String(r.name_en),
    position: Number(r.position),
    rules: Object.fromEntries(
      rules!.rows
        .filter((rule) => rule.dimension === r.key)
        .map((rule) => [String(rule.account), String(rule.rule) as 'required' | 'forbidden']),
    ),
  }))
}

export const insertDimension = (d: Pick<Dimension, 'key' | 'nameNb' | 'nameEn'>): InStatement => ({
  sql: `insert into dimension (key, name_nb, name_en, position)
        select ?, ?, ?, coalesce(max(position), 0) + 1 from dimension`,
  args: [d.key, d.nameNb, d.nameEn],
})

/** A dimension's values by code; undefined when there is no such dimension. */
export async function readValues(db: Database, dimension: string): Promise<DimensionValue[] | undefined> {
  const [found, values] = await db.batch(
    [
      { sql: 'select 1 from dimension where key = ?', args: [dimension] },
      {
        sql: 'select code, name, closed_from, version from dimension_value where dimension = ? order by code',
        args: [dimension],
      },
    ],
    'read',
  )
  return found!.rows.length > 0 ? values!.rows.map(dimensionValueOf) : undefined
}

export async function readValue(db: Database, dimension: string, code: string): Promise<DimensionValue | undefined> {
  const { rows } = await db.execute({
    sql: 'select code, name, closed_from, version from dimension_value where dimension = ? and code = ?',
    args: [dimension, code],
  })
  return rows[0] && dimensionValueOf(rows[0])
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
