import type { Issue } from '#worker/core/problem.ts'
import type { Dimensions } from './budget-cell.ts'

/** The registers a line is held against. */
export type Known = {
  accounts: { has: (account: string) => boolean }
  dimensions: ReadonlyMap<string, { nameNb: string; nameEn: string; values: { has: (value: string) => boolean } }>
}

/**
 * Warnings for accounts and dimension values that are not in the registers. A budget keeps such lines, since the account may
 * come later; reports leave them out, so they are marked wherever they are shown. `list` is what the pointers lead into.
 */
export function markUnknown(
  lines: readonly { account: string; dimensions: Dimensions; rowKey?: string | null }[],
  known: Known,
  list: 'lines' | 'rows',
): Issue[] {
  return lines.flatMap(({ account, dimensions, rowKey }, i) => {
    const warning = (code: string, field: string, params: NonNullable<Issue['params']>): Issue => ({
      code,
      severity: 'warning',
      pointer: `#/${list}/${i}/${field}`,
      ...(rowKey && { rowKey }),
      params,
    })
    const issues = known.accounts.has(account) ? [] : [warning('account/unknown', 'account', { account })]
    for (const [key, value] of Object.entries(dimensions)) {
      const dimension = known.dimensions.get(key)
      if (dimension?.values.has(value)) continue
      issues.push(
        warning('dimension/unknown', `dimensions/${key}`, {
          dimension: key,
          value,
          ...(dimension && { dimensionNb: dimension.nameNb, dimensionEn: dimension.nameEn }),
        }),
      )
    }
    return issues
  })
}
