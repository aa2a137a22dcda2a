import type { Database } from '#worker/database/connect.ts'

/** A dimension one may choose a value of; without values there is nothing to choose. */
export type DimensionChoice = {
  key: string
  nameNb: string
  nameEn: string
  values: { code: string; name: string }[]
}

/** More values than this are searched for, not chosen from a list. */
const LISTED = 500

/** Dimensions in order with their values by code. */
export async function readDimensionChoices(db: Database): Promise<DimensionChoice[]> {
  const [dimensions, values] = await db.batch(
    [
      'select key, name_nb, name_en from dimension order by position, key',
      'select dimension, code, name from dimension_value order by dimension, code',
    ],
    'read',
  )
  return dimensions!.rows.map((r) => ({
    key: String(r.key),
    nameNb: String(r.name_nb),
    nameEn: String(r.name_en),
    values: values!.rows
      .filter((v) => v.dimension === r.key)
      .slice(0, LISTED)
      .map((v) => ({ code: String(v.code), name: String(v.name) })),
  }))
}
