import * as z from 'zod/mini'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import type { Books } from '#worker/ledger/books.ts'
import { readScript } from '#worker/ledger/script.ts'

/** A split key as it is written: shares as in a script, `10=70;20=30`. */
export const SplitKeyContent = z.strictObject({
  name: FilledText(100),
  dimension: FilledText(35),
  shares: FilledText(500),
  active: z.optional(z.boolean()),
})
export type SplitKeyContent = z.infer<typeof SplitKeyContent>

/** A code that a script can name: nothing that parts arguments. */
export const SplitKeyCode = FilledText(35).check(z.regex(/^[\p{L}\p{N}_.-]+$/u, 'field/invalid'))

/** The shares that a text says, and what is wrong with them. */
export function sharesOf(
  { dimension: key, shares }: Pick<SplitKeyContent, 'dimension' | 'shares'>,
  books: Pick<Books, 'dimensions'>,
): { shares: { code: string; weight: number }[]; issues: Issue[] } {
  const dimension = books.dimensions.get(key)
  if (!dimension) return { shares: [], issues: [error('dimension/unknown', '#/dimension', { dimension: key })] }
  const lead = 'FORDEL('
  const { scripts, fault } = readScript(`${lead}${shares})`)
  const script = scripts[0]
  if (fault || script?.name !== 'FORDEL' || !('shares' in script) || script.dimension !== undefined) {
    const at = Math.max(1, (fault?.at ?? lead.length + 1) - lead.length)
    const said = fault ?? { reason: 'share', found: shares, form: '' }
    return { shares: [], issues: [error('script/invalid', '#/shares', { ...said, at, form: '10=70;20=30' })] }
  }
  const names = { dimension: key, dimensionNb: dimension.nameNb, dimensionEn: dimension.nameEn }
  const issues = script.shares
    .filter((s) => !dimension.byCode.has(s.code))
    .map((s) => error('dimension/unknown', '#/shares', { ...names, value: s.code }))
  return { shares: [...script.shares], issues }
}

/** The shares as one writes them. */
export const sharesText = (shares: readonly { code: string; weight: number }[]): string =>
  shares.map((s) => `${s.code}=${s.weight / 1_000_000}`).join(';')
