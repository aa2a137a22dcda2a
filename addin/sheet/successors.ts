import type { Sent } from './sent-voucher.ts'
import type { RowGroup } from './voucher-groups.ts'

/**
 * Rows of a voucher that was put right are those of the one that took its place, unless that one stands elsewhere in the
 * workbook, or they still say what was reversed. `others`: ids in the workbook's other voucher sheets.
 */
export async function withSuccessors(
  groups: readonly RowGroup[],
  corrections: ReadonlyMap<string, Sent>,
  others: ReadonlySet<string> | undefined,
  asSent: (group: RowGroup) => Promise<boolean>,
): Promise<RowGroup[]> {
  const standing = new Set(groups.map(({ held }) => held))
  const next: RowGroup[] = []
  for (const group of groups) {
    const chain = group.held && group.copy === 0 ? successorsOf(group.held, corrections) : []
    const elsewhere = chain.some((id) => standing.has(id) || others?.has(id))
    const succeeds = chain.length > 0 && !elsewhere && !(await asSent(group))
    next.push(succeeds ? { ...group, held: chain.at(-1)! } : group)
  }
  return next
}

/** What took a voucher's place in the ledger, what took the place of that, and so on. */
function successorsOf(id: string, corrections: ReadonlyMap<string, Sent>): string[] {
  const chain: string[] = []
  for (let next = corrections.get(id); next?.name && !chain.includes(next.id); next = corrections.get(next.id))
    chain.push(next.id)
  return chain
}
