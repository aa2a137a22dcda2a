import { roundedQuotient } from '#worker/core/money.ts'

/** A line of the standard income statement or balance sheet, in øre as that statement shows it, or several of them together. */
type Part = { line: string; minus?: true; average?: true }
export type KeyFigure = {
  key: string
  /** Per cent, a plain ratio such as 1.42, or days. */
  unit: 'percent' | 'ratio' | 'days'
  above: readonly Part[]
  below: readonly Part[]
}

const part = (line: string, more: Omit<Part, 'line'> = {}): Part => ({ line, ...more })
const minus = (line: string): Part => part(line, { minus: true })
const average = (line: string): Part => part(line, { average: true })

/**
 * The usual key figures as data: what stands above the line of the fraction and what below. Balance figures are those at the
 * end of the days; `average` is half the sum of opening and closing.
 */
export const KEY_FIGURES: readonly KeyFigure[] = [
  { key: 'current-ratio', unit: 'ratio', above: [part('current')], below: [part('short-term')] },
  { key: 'quick-ratio', unit: 'ratio', above: [part('current'), minus('inventories')], below: [part('short-term')] },
  { key: 'equity-ratio', unit: 'percent', above: [part('equity')], below: [part('assets')] },
  { key: 'debt-ratio', unit: 'ratio', above: [part('debt')], below: [part('equity')] },
  {
    key: 'gross-margin',
    unit: 'percent',
    above: [part('operating-income'), minus('goods'), minus('inventory-change')],
    below: [part('operating-income')],
  },
  { key: 'operating-margin', unit: 'percent', above: [part('operating-result')], below: [part('operating-income')] },
  {
    key: 'result-ratio',
    unit: 'percent',
    above: [part('result-before-tax'), part('financial-cost'), part('group-interest-cost')],
    below: [part('operating-income')],
  },
  { key: 'payroll-share', unit: 'percent', above: [part('payroll')], below: [part('operating-income')] },
  {
    key: 'return-on-assets',
    unit: 'percent',
    above: [part('result-before-tax'), part('financial-cost'), part('group-interest-cost')],
    below: [average('assets')],
  },
  { key: 'return-on-equity', unit: 'percent', above: [part('result-before-tax')], below: [average('equity')] },
  {
    key: 'interest-cover',
    unit: 'ratio',
    above: [part('result-before-tax'), part('financial-cost'), part('group-interest-cost')],
    below: [part('financial-cost'), part('group-interest-cost')],
  },
]

/** What a line came to: at the end (or in the days), and at their beginning; øre. */
export type LineAmounts = ReadonlyMap<string, { closing: number; opening: number }>
export type KeyFigureValue = {
  key: string
  unit: KeyFigure['unit']
  /** Ten-thousandths: 14200 is 1.42 or 142 %. Null where there is nothing to divide by. */
  value: number | null
  above: number
  below: number
  parts: { line: string; side: 'above' | 'below'; amount: number; minus: boolean; average: boolean }[]
}

/** A key figure from the lines, with each part, so that the formula can be shown with its figures. */
export function keyFigureOf(figure: KeyFigure, lines: LineAmounts): KeyFigureValue {
  const parts = (['above', 'below'] as const).flatMap((side) =>
    figure[side].map(({ line, minus = false, average = false }) => {
      const { closing = 0, opening = 0 } = lines.get(line) ?? {}
      const amount = average ? Number(roundedQuotient(BigInt(opening) + BigInt(closing), 2n)) : closing
      return { line, side, amount, minus, average }
    }),
  )
  const total = (side: 'above' | 'below') =>
    parts.filter((p) => p.side === side).reduce((sum, { amount, minus }) => sum + (minus ? -amount : amount), 0)
  const [above, below] = [total('above'), total('below')]
  const value = below === 0 ? null : Number(roundedQuotient(BigInt(above) * 10_000n, BigInt(below)))
  return { key: figure.key, unit: figure.unit, value, above, below, parts }
}
