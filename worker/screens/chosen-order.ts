import type { LayoutDefinition } from './screen-layout.ts'

/** Columns in the order somebody has chosen; one that nobody has placed follows the one before it. */
export function inChosenOrder<T>(
  columns: readonly T[],
  fieldOf: (column: T) => string,
  chosen: LayoutDefinition | undefined,
): T[] {
  const places = new Map(chosen?.columns.map(({ field }, i) => [field, i]))
  let before = -1
  const placed = columns.map((column) => {
    const place = places.get(fieldOf(column))
    if (place !== undefined) before = place
    return { column, place: place ?? before + 0.5 }
  })
  return placed.sort((a, b) => a.place - b.place).map(({ column }) => column)
}
