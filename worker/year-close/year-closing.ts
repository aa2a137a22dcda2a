import * as z from 'zod/mini'
import type { IsoDate } from '#worker/core/dates.ts'
import { VoucherId } from '#worker/core/ids.ts'
import { type Ore, ore, sum } from '#worker/core/money.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { type Account, type AccountType, isBalanceAccount, isClosedOn } from '#worker/ledger/account.ts'
import type { FiscalYear, LockLevel } from '#worker/ledger/books.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'

/** How a year is closed. `id` is the voucher's that moves the result, made by the client: the idempotency key. */
export const NewClosing = z.strictObject({
  id: VoucherId,
  /** Where the result is moved from, a result account; 8960 unless told. */
  transferAccount: z.optional(FilledText(70)),
  /** Where it goes, an equity account; 2050 unless told. */
  equityAccount: z.optional(FilledText(70)),
  reason: FilledText(255),
})
export type NewClosing = z.infer<typeof NewClosing>

/** Result and equity of the Norwegian standard chart: transfer to other equity. Source: norway.md, the chart of NS 4102. */
export const TRANSFER = '8960'
export const EQUITY = '2050'

export type Figure = { account: string; type: AccountType; opening: Ore; debit: Ore; credit: Ore; closing: Ore }
/** A figure as it is frozen: [account, opening, debit, credit, closing], øre. */
export type FrozenFigure = readonly [account: string, opening: number, debit: number, credit: number, closing: number]

/** What income and cost sum to at the end of the year, in øre; profit is negative. 0 when the result is moved to equity. */
export const resultOf = (figures: readonly Figure[]): Ore =>
  sum(figures.filter((f) => !isBalanceAccount(f.type)).map((f) => f.closing))

export const frozen = (figures: readonly Figure[]): FrozenFigure[] =>
  figures.map((f) => [f.account, f.opening, f.debit, f.credit, f.closing])

/** Accounts whose closing is another than when the year was closed: what it was, what it is, øre. */
export function differencesFrom(
  then: readonly FrozenFigure[],
  now: readonly FrozenFigure[],
): { account: string; asClosed: Ore; now: Ore; difference: Ore }[] {
  const closing = (figures: readonly FrozenFigure[]) => new Map(figures.map((f) => [f[0], f[4]]))
  const [before, after] = [closing(then), closing(now)]
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((account) => {
    const [was, is] = [before.get(account) ?? 0, after.get(account) ?? 0]
    return was === is ? [] : [{ account, asClosed: ore(was), now: ore(is), difference: ore(is - was) }]
  })
}

type Facts = {
  year: FiscalYear
  result: Ore
  /** The result of years before that no voucher has moved to equity, in øre. */
  earlierResult: Ore
  accounts: ReadonlyMap<string, Account>
  levels: readonly LockLevel[]
  today: IsoDate
}

/** What keeps a year from being closed: it is not over, an earlier result is still to be moved, accounts that do not fit. */
export function checkClosing(
  { transferAccount = TRANSFER, equityAccount = EQUITY }: Pick<NewClosing, 'transferAccount' | 'equityAccount'>,
  { year, result, earlierResult, accounts, levels, today }: Facts,
): Issue[] {
  const issues: Issue[] = []
  const params = { year: year.year, lastDate: year.lastDate }
  if (today <= year.lastDate) issues.push(error('fiscal-year/not-over', '#', params))
  if (earlierResult !== 0)
    issues.push(error('fiscal-year/earlier-result', '#', { ...params, amount: Math.abs(earlierResult) }))
  if (result === 0) return issues
  if (levels.at(-1) === 'hard') issues.push(error('fiscal-year/locked', '#', params))
  const fits = (number: string, pointer: string, wanted: (type: AccountType) => boolean) => {
    const account = accounts.get(number)
    if (!account) issues.push(error('account/unknown', pointer, { account: number }))
    else if (isClosedOn(account.closedFrom, year.lastDate))
      issues.push(error('account/closed', pointer, { account: number, closedFrom: account.closedFrom }))
    else if (!wanted(account.type) || account.control !== null)
      issues.push(error('field/invalid', pointer, { reason: 'account-type', account: number }))
  }
  fits(transferAccount, '#/transferAccount', (type) => !isBalanceAccount(type))
  fits(equityAccount, '#/equityAccount', (type) => type === 'equity')
  return issues
}

/**
 * The voucher that moves a year's result to equity, dated the year's last day: income and cost sum to 0 after it, and the next
 * year opens with the result in equity.
 */
export const closingDraft = (
  { id, transferAccount = TRANSFER, equityAccount = EQUITY, reason }: NewClosing,
  year: FiscalYear,
  result: Ore,
  text: string,
): VoucherDraft => ({
  id,
  type: 'year-end',
  voucherDate: year.lastDate,
  text,
  reason,
  lines: [
    { rowKey: 'result', account: transferAccount, amount: ore(-result) },
    { rowKey: 'equity', account: equityAccount, amount: result },
  ],
})
