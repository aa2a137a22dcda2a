/** A row with the key it carries. `isLine`: it still is the line that the key was made for. */
type Carrying = { at: number; key: string; isLine: boolean }

/** Which of the rows that carry a key owns it: the first that still is its line, else the first. The others are copies. */
export function ownersOf(rows: readonly Carrying[]): ReadonlyMap<string, number> {
  const owners = new Map<string, Carrying>()
  for (const row of rows) {
    const owner = owners.get(row.key)
    if (row.key !== '' && (!owner || (row.isLine && !owner.isLine))) owners.set(row.key, row)
  }
  return new Map([...owners.values()].map(({ key, at }) => [key, at]))
}

type Keyed = { at: number; row: { rowKey: string } }
/** Filled rows with a key each: a row that was typed or copied gets a new one. */
export function withOwnKeys<Row extends Keyed>(
  rows: readonly Row[],
  isLine: (row: Row['row']) => boolean,
  newId: () => string,
): Row[] {
  const owners = ownersOf(rows.map(({ at, row }) => ({ at, key: row.rowKey, isLine: isLine(row) })))
  return rows.map((one) =>
    owners.get(one.row.rowKey) === one.at ? one : { ...one, row: { ...one.row, rowKey: newId() } },
  )
}
