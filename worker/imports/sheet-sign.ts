import { directionOf, recogniseSign, SIGNS, type Sign } from '#worker/budgets/budget-sign.ts'
import type { Books } from '#worker/ledger/books.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import type { Question } from './import-reading.ts'
import { tell } from './sheet-records.ts'

type Line = { account: string; total?: number; amounts: ReadonlyMap<number, number> }
export type ReadSign = { sign: Sign; questions: Question[] }

/** How the figures of a sheet are signed. Asked only where income and cost together do not prove it (features.md 4.8). */
export function signOf(
  lines: readonly Line[],
  books: Pick<Books, 'accounts'>,
  said: Sign | undefined,
  answer: string | undefined,
): ReadSign {
  const sums = lines.map((line) => ({
    direction: directionOf(line.account, books.accounts.get(line.account)?.type),
    amount: line.total ?? [...line.amounts.values()].reduce((a, b) => a + b, 0),
  }))
  const found = recogniseSign(sums)
  const chosen = SIGNS.find((sign) => sign === answer)
  const asked: Question = {
    of: 'sign',
    text: tell('askSign'),
    choices: SIGNS.map((sign) => ({ value: sign, text: tell(`sign-${sign}`) })),
  }
  const proved = chosen ?? said ?? (found.proof === 'income-and-cost' ? found.sign : undefined)
  return { sign: proved ?? found.sign, questions: proved ? [] : [asked] }
}

/** The sign of accounts and months as they were read. A whole trial balance sums to nothing as a ledger writes it, and then no more is to be proved. */
export function signOfMonths(
  rows: readonly Readonly<Record<string, string>>[],
  books: Pick<Books, 'accounts'>,
  answer: string | undefined,
): ReadSign {
  const lines = rows.map(({ account = '', ...cells }) => {
    const read = Object.values(cells).map((text) => readAmount(text))
    const total = read.reduce((sum, one) => sum + (one.kind === 'amount' ? one.ore : 0), 0)
    return { account, total, amounts: new Map<number, number>() }
  })
  const isBalanced = lines.reduce((sum, { total }) => sum + total, 0) === 0
  return signOf(lines, books, isBalanced ? 'debit' : undefined, answer)
}
