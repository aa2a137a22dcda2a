import type { Row } from './sheet.ts'

/** A row as it was read, with the row of the sheet it came from (counted from 1). */
export type Line = { row: Row; at: number }

/** How the lines were parted in vouchers; by their key also when all have the same. */
export type Parting = 'key' | 'date' | 'sum' | 'text' | 'one'

/**
 * Parts lines in vouchers, and gives each row the key of its voucher. With a key column its keys part them; else a new
 * voucher begins where date or type changes, where the running sum reaches zero, or, where it never does, where the text
 * changes. Source: features.md 4.8.
 */
export function partInVouchers(
  lines: readonly Line[],
  keyed: boolean,
): { lines: Line[]; vouchers: number; by: Parting } {
  if (keyed) return byKey(lines)
  const blocks = split(lines, (a, b) => a.row.date !== b.row.date || a.row.type !== b.row.type)
  const bySum = blocks.flatMap((block) => atZero(block))
  const groups = bySum.flatMap((group) => (sumOf(group) === 0 ? [group] : byTextIfItHelps(group)))
  const by: Parting =
    groups.length === 1 ? 'one' : groups.length > bySum.length ? 'text' : bySum.length > blocks.length ? 'sum' : 'date'
  const numbered = groups.flatMap((group, i) =>
    group.map(({ row, at }) => ({ at, row: { ...row, voucher: String(i + 1) } })),
  )
  return { lines: numbered, vouchers: groups.length, by }
}

/** The same key on another day or in another series is another voucher, and is called so. */
function byKey(lines: readonly Line[]): { lines: Line[]; vouchers: number; by: Parting } {
  const names = new Map<string, string>()
  const taken = new Map<string, number>()
  const named = lines.map((line) => {
    const { row, at } = line
    const whole = `${row.voucher}\n${row.type}\n${row.date}`
    let name = names.get(whole)
    if (name === undefined) {
      const times = (taken.get(row.voucher) ?? 0) + 1
      taken.set(row.voucher, times)
      name = times === 1 ? row.voucher : `${row.voucher} (${times})`
      names.set(whole, name)
    }
    return name === row.voucher ? line : { at, row: { ...row, voucher: name } }
  })
  return { lines: named, vouchers: names.size, by: 'key' }
}

function split(lines: readonly Line[], apart: (a: Line, b: Line) => boolean): Line[][] {
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && !apart(last.at(-1)!, line)) last.push(line)
    else groups.push([line])
  }
  return groups
}

const amountOf = ({ row }: Line): number => (typeof row.amount === 'number' ? row.amount : Number.NaN)
const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, line) => sum + amountOf(line), 0)

/** Parted after each line where the running sum is zero. A line of zero stays with those before it. */
function atZero(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = []
  let open: Line[] = []
  let sum = 0
  for (const line of lines) {
    if (open.length === 0 && amountOf(line) === 0 && groups.length > 0) {
      groups.at(-1)!.push(line)
      continue
    }
    open.push(line)
    sum += amountOf(line)
    if (sum !== 0 || open.length < 2) continue
    groups.push(open)
    open = []
  }
  return open.length > 0 ? [...groups, open] : groups
}

/** A rest that does not balance: parted by text where most of the parts then do. */
function byTextIfItHelps(lines: Line[]): Line[][] {
  const parts = split(lines, (a, b) => a.row.text !== b.row.text)
  const balanced = parts.filter((part) => sumOf(part) === 0).length
  return parts.length > 1 && balanced * 2 >= parts.length ? parts : [lines]
}
