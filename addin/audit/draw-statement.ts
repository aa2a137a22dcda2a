import type { SealedHead } from '#worker/reports/report-seal.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { type Asked, type BlockCell, type Drawing, type Drawn, headOf } from './block-report.ts'

type Named = { nameNb: string; nameEn: string; amounts: (number | null)[] }
type Statement = SealedHead & {
  budgets?: { id: string; revision: number }[]
  checks: { holds: boolean }[]
  lines: (Named & { key: string; kind: string; accounts: (Named & { account: string })[] })[]
}

/** The report behind a block, and its three columns. */
const SOURCES = {
  'income-statement': ['income-statement', 'actual,last-year,last-year-deviation'],
  'balance-sheet': ['balance-sheet', 'closing,last-year,last-year-deviation'],
  'budget-variance': ['income-statement', 'actual,budget,budget-deviation'],
} as const

/** A statement line by line, the accounts of each below it, as the report signs them. */
export async function statement({ api, company, locale, kind }: Drawing, asked: Asked): Promise<Drawn> {
  const [path, columns] = SOURCES[kind as keyof typeof SOURCES]
  const report = await api.get<Statement>(company, `reports/${path}`, { ...asked, columns })
  const nameOf = (of: Named) => (locale === 'nb' ? of.nameNb : of.nameEn)
  const shown = ({ amounts }: Named): BlockCell[] => amounts.map((amount) => (amount === null ? '' : kronerOf(amount)))
  const nothing: BlockCell[] = ['', '', '']
  const { budgets } = report
  return {
    ...headOf(report),
    ...(budgets && { budgets: budgets.map(({ id, revision }) => `${id}@${revision}`).join(' ') }),
    cells: report.lines.flatMap((line) => [
      [line.key, '', nameOf(line), ...(line.kind === 'heading' ? nothing : shown(line))],
      ...line.accounts.map((account) => [line.key, account.account, nameOf(account), ...shown(account)]),
    ]),
    agrees: report.checks.every(({ holds }) => holds),
  }
}
