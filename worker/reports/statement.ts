import { ore, roundedQuotient } from '#worker/core/money.ts'
import { type LayoutLine, leavesOf, type Placed, type ReportAccount, type ReportLayout } from './report-layout.ts'
import { figureKey, type StatementColumn } from './statement-columns.ts'

/** Amounts in the order of the columns, in øre as the line shows them; a percentage in basis points; null: nothing to compare with. */
export type Amounts = readonly (number | null)[]
export type StatementAccount = { account: string; nameNb: string; nameEn: string; amounts: Amounts }
export type StatementLine = {
  key: string
  nameNb: string
  nameEn: string
  kind: 'heading' | 'accounts' | 'sum' | 'result' | 'unplaced'
  side: LayoutLine['side']
  total: boolean
  amounts: Amounts
  accounts: readonly StatementAccount[]
}

/** What each account comes to in a figure, by the figure's key; øre, debit positive. */
export type Drawn = {
  ofAccount: (figure: string, account: string) => number
  ofResult: (figure: string, which: NonNullable<LayoutLine['result']>) => number
}
type Raw = ReadonlyMap<string, number>

/** The sum of some figures, each by itself. */
const added = (all: readonly Raw[], keys: readonly string[]): Raw =>
  new Map(keys.map((key) => [key, ore(all.reduce((total, raw) => total + raw.get(key)!, 0))]))

/**
 * The lines of a statement. Sums add what their lines hold in debit and credit, so that no sign is turned twice; each line
 * is then shown on its own side. A deviation is plus where the result is the better for it; of a balance sheet it is the change.
 */
export function statementOf(
  layout: ReportLayout,
  placed: Placed,
  columns: readonly StatementColumn[],
  figures: readonly string[],
  drawn: Drawn,
): StatementLine[] {
  const rawOfAccount = (account: ReportAccount): Raw =>
    new Map(figures.map((key) => [key, drawn.ofAccount(key, account.number)]))
  const leaves = new Map<string, Raw>()
  const accountsOf = new Map<string, { account: ReportAccount; raw: Raw }[]>()
  for (const line of layout.lines) {
    if (line.sum) continue
    const own = (placed.byLine.get(line.key) ?? []).map((account) => ({ account, raw: rawOfAccount(account) }))
    accountsOf.set(line.key, own)
    const raw = line.result
      ? new Map(figures.map((key) => [key, drawn.ofResult(key, line.result!)]))
      : added(
          own.map((a) => a.raw),
          figures,
        )
    leaves.set(line.key, raw)
  }
  const show = (raw: Raw, side: LayoutLine['side']): Amounts =>
    columns.map((column) => shownIn(column, raw, side, layout.statement === 'income'))
  const lines = layout.lines.map((line): StatementLine => {
    const isHeading = !line.sum && !line.result && !line.accounts && !line.groupings
    const raw = line.sum
      ? added(
          leavesOf(layout, line.key).map((leaf) => leaves.get(leaf.key)!),
          figures,
        )
      : leaves.get(line.key)!
    return {
      key: line.key,
      nameNb: line.nameNb,
      nameEn: line.nameEn,
      kind: isHeading ? 'heading' : line.sum ? 'sum' : line.result ? 'result' : 'accounts',
      side: line.side,
      total: line.total ?? false,
      amounts: isHeading ? [] : show(raw, line.side),
      accounts: (accountsOf.get(line.key) ?? []).map(({ account, raw }) => ({
        account: account.number,
        nameNb: account.nameNb,
        nameEn: account.nameEn,
        amounts: show(raw, line.side),
      })),
    }
  })
  if (placed.unplaced.length === 0) return lines
  const unplaced = placed.unplaced.map((account) => ({ account, raw: rawOfAccount(account) }))
  return [
    ...lines,
    {
      key: 'unplaced',
      nameNb: '',
      nameEn: '',
      kind: 'unplaced',
      side: 'debit',
      total: false,
      amounts: show(
        added(
          unplaced.map((a) => a.raw),
          figures,
        ),
        'debit',
      ),
      accounts: unplaced.map(({ account, raw }) => ({
        account: account.number,
        nameNb: account.nameNb,
        nameEn: account.nameEn,
        amounts: show(raw, 'debit'),
      })),
    },
  ]
}

function shownIn(column: StatementColumn, raw: Raw, side: LayoutLine['side'], isIncome: boolean): number | null {
  const sign = side === 'credit' ? -1 : 1
  const amount = raw.get(figureKey(column.figure))!
  if (!column.compared) return ore(sign * amount)
  const other = raw.get(figureKey(column.compared.to))!
  const deviation = isIncome ? other - amount : sign * (amount - other)
  if (column.compared.as === 'amount') return ore(deviation)
  return other === 0 ? null : Number(roundedQuotient(BigInt(deviation) * 10_000n, BigInt(Math.abs(other))))
}

const isNothing = ({ amounts }: { amounts: Amounts }): boolean =>
  amounts.every((amount) => amount === 0 || amount === null)

/** The lines that say something: without accounts and lines that came to nothing, and headings that nothing is left under. */
export function withoutZeroes(lines: readonly StatementLine[]): StatementLine[] {
  const kept = lines
    .map((line) => ({ ...line, accounts: line.accounts.filter((account) => !isNothing(account)) }))
    .filter((line) => line.kind === 'heading' || line.total || line.accounts.length > 0 || !isNothing(line))
  return kept.filter((line, i) => {
    if (line.kind !== 'heading') return true
    const next = kept[i + 1]
    return next !== undefined && next.kind !== 'heading' && !next.total
  })
}
