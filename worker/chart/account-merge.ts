import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { isClosedOn } from '#worker/ledger/account.ts'
import type { ChartAccount } from './chart-account.ts'

/** Into which account, from which day, and why. */
export const NewMerge = z.strictObject({ into: FilledText(70), fromDate: IsoDate, reason: FilledText(500) })
export type NewMerge = z.infer<typeof NewMerge>

/** An account that was merged into another; its entries stay where they were booked. */
export type AccountMerge = {
  account: string
  into: string
  fromDate: string
  reason: string
  by: string
  recordedAt: string
}

type Facts = {
  into: ChartAccount | undefined
  merges: readonly AccountMerge[]
  /** Open items on the account, of any party. */
  openItems: number
  vatCodes: readonly string[]
}

/**
 * What keeps an account from being merged into another: a merge alters no booked figure, so the two must be of one nature, and
 * nothing may be left open or be posted by a VAT code on the one that goes. Source: features.md COA-03.
 */
export function checkMerge(account: ChartAccount, { into: number, fromDate }: NewMerge, facts: Facts): Issue[] {
  const { into, merges, openItems, vatCodes } = facts
  const from = account.number
  if (!into) return [error('account/unknown', '#/into', { account: number })]
  const issues: Issue[] = []
  const merged = merges.find((m) => m.account === from || m.account === number)
  if (merged) issues.push(error('account/merged', '#/into', { account: merged.account, into: merged.into }))
  else if (from === number || into.type !== account.type || into.control !== account.control)
    issues.push(error('account/merge-differs', '#/into', { account: from, into: number }))
  else if (isClosedOn(into.closedFrom, fromDate))
    issues.push(error('account/closed', '#/into', { account: number, closedFrom: into.closedFrom }))
  if (openItems > 0) issues.push(error('account/merge-open-items', '#', { account: from, count: openItems }))
  if (vatCodes.length > 0) issues.push(error('account/in-use', '#', { account: from, reason: 'vat-code', vatCodes }))
  return issues
}

/** The account that an account's figures are told under, through all merges. */
export function standsFor(account: string, merges: ReadonlyMap<string, string>): string {
  let into = account
  for (let next = merges.get(into); next !== undefined; next = merges.get(into)) into = next
  return into
}

type Sums = {
  account: string
  nameNb: string
  nameEn: string
  opening: number
  debit: number
  credit: number
  closing: number
}
type Names = ReadonlyMap<string, { nameNb: string; nameEn: string }>

/**
 * Rows of a report with merged accounts told under the one they were merged into, in øre. Every sum stays: a row is moved, never
 * changed. `merged` names the accounts that a row holds beside its own.
 */
export function foldMerged<R extends Sums>(
  rows: readonly R[],
  { into, names }: { into: ReadonlyMap<string, string>; names: Names },
): (R & { merged: string[] })[] {
  const folded = new Map<string, R & { merged: string[] }>()
  for (const row of rows) {
    const account = standsFor(row.account, into)
    const own = folded.get(account)
    const named = row.account === account ? row : { ...row, account, ...(own ?? names.get(account)) }
    folded.set(account, {
      ...named,
      opening: (own?.opening ?? 0) + row.opening,
      debit: (own?.debit ?? 0) + row.debit,
      credit: (own?.credit ?? 0) + row.credit,
      closing: (own?.closing ?? 0) + row.closing,
      merged: [...(own?.merged ?? []), ...(row.account === account ? [] : [row.account])],
    })
  }
  return [...folded.values()].sort((a, b) => (a.account < b.account ? -1 : 1))
}
