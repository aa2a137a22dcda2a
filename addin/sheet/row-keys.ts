/**
 * Row keys of rows that lost them, by what each books: the line of the order that fewest rows have. Two copies of a voucher
 * thus stay two. Read when first needed: seldom does anybody empty that column.
 */
export function rowKeysOf(booked: readonly string[], order: readonly string[], taken: readonly string[]): string[] {
  const times = order.map((_, i) => taken.filter((key) => key === `r${i + 1}`).length)
  return booked.map((what) => {
    let best = -1
    order.forEach((place, i) => {
      if (place.split('.')[0] === what && (best < 0 || times[i]! < times[best]!)) best = i
    })
    if (best < 0) return ''
    times[best]!++
    return `r${best + 1}`
  })
}
