/** A table as an archive sees it: the columns that hold its rows, and those that put them in order. */
export type Table = { name: string; columns: readonly string[]; key: readonly string[]; needs: readonly string[] }

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Tables in such an order that rows come after the rows they point at. A table that points at itself is filled in the order of
 * its key; tables that point at each other stand in the order they came.
 */
export function inOrder(tables: readonly Table[]): Table[] {
  const left = new Map(tables.map((table) => [table.name, table]))
  const done: Table[] = []
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ name, needs }) =>
      needs.every((other) => other === name || !left.has(other)),
    )
    const next = ready.length > 0 ? ready : [...left.values()].slice(0, 1)
    for (const table of next) {
      left.delete(table.name)
      done.push(table)
    }
  }
  return done
}
