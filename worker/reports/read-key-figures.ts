import type { Database } from '#worker/database/connect.ts'
import { KEY_FIGURES, keyFigureOf, type LineAmounts } from './key-figures.ts'
import type { Question } from './question-store.ts'
import { type FinancialStatement, readFinancialStatement } from './read-financial-statement.ts'
import { sealHash } from './report-seal.ts'

/**
 * The usual key figures of some days and of the same days a year before, from the standard income statement and balance sheet
 * at one version, each with its formula and its parts in øre.
 * @throws Problem 422 request/invalid, as the statements do.
 */
export async function readKeyFigures(db: Database, q: Question, period?: string | undefined) {
  const income = await readFinancialStatement(db, q, {
    statement: 'income',
    period,
    columns: 'actual,last-year',
    includeZero: true,
  })
  const { fromDate, toDate, atVersion } = income
  const lastYear = income.columns[1]!
  const at = { ...q, fromDate, toDate, asKnownAt: undefined, atVersion }
  const ask = (days: { fromDate: string; toDate: string }) =>
    readFinancialStatement(
      db,
      { ...at, ...(days as typeof at) },
      {
        statement: 'balance',
        columns: 'opening,closing',
        includeZero: true,
      },
    )
  const hasYear = await ask({ fromDate: lastYear.fromDate, toDate: lastYear.toDate }).catch(() => undefined)
  const balance = await ask({ fromDate, toDate })
  const figures = figuresOf(income, 0, balance)
  const before = hasYear && figuresOf(income, 1, hasYear)
  const names = new Map([...income.lines, ...balance.lines].map((l) => [l.key, [l.nameNb, l.nameEn] as const]))
  const rows = figures.map((figure, i) => ({
    ...figure,
    lastYear: before?.[i]?.value ?? null,
    parts: figure.parts.map((part) => {
      const [nameNb, nameEn] = names.get(part.line) ?? ['', '']
      return { ...part, nameNb, nameEn }
    }),
  }))
  const { ledgerVersion, chainHead, dimensions } = income
  const head = { ledgerVersion, atVersion, chainHead, fromDate, toDate }
  return {
    report: 'key-figures',
    ...head,
    lastYear: { fromDate: lastYear.fromDate, toDate: lastYear.toDate },
    ...(dimensions && { dimensions }),
    figures: rows,
    checks: [...income.checks, ...balance.checks.filter(({ key }) => !income.checks.some((c) => c.key === key))],
    hash: await sealHash(
      'key-figures',
      head,
      q.filter.dimensions,
      rows.map(({ key, value, above, below, lastYear }) => [key, value, above, below, lastYear]),
    ),
  }
}

export type KeyFigures = Awaited<ReturnType<typeof readKeyFigures>>

function figuresOf(income: FinancialStatement, column: number, balance: FinancialStatement) {
  const lines: LineAmounts = new Map([
    ...income.lines.map((l) => [l.key, { opening: 0, closing: l.amounts[column] ?? 0 }] as const),
    ...balance.lines.map((l) => [l.key, { opening: l.amounts[0] ?? 0, closing: l.amounts[1] ?? 0 }] as const),
  ])
  return KEY_FIGURES.map((figure) => keyFigureOf(figure, lines))
}
