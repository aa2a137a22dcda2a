import { type IsoDate, type Month, monthOf } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { isBalanceAccount, type PartyKind } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { OpeningContent } from '#worker/opening-balance/opening-row.ts'
import { interimOf, type MovementMonth, type TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import type { LedgerFigures } from './store.ts'

/** Two figures that must be the same: of the old system and of the ledger, in øre. */
export type Pair = { old: Ore; ledger: Ore }
export type MonthProof = MovementMonth & {
  accounts: number
  /** Sums of what the accounts stood at by the end of the month, debit and credit by themselves. */
  debit: Pair
  credit: Pair
  differences: ({ account: string } & Pair)[]
}
export type PartyProof = { kind: PartyKind; parties: number; sum: Pair; differences: ({ party: string } & Pair)[] }
/** A customer or supplier that does not stand at what the old system says. */
export type PartyPair = { kind: PartyKind; party: string } & Pair
export type ControlProof = { account: string } & Pair
export type TakeoverProof = { months: MonthProof[]; control: ControlProof[]; parties: PartyProof[]; agrees: boolean }

/** What was brought in, as it was filled in. */
export type BroughtIn = {
  opening: OpeningContent
  movements: readonly MovementRow[]
  /** Columns of movements; for balances alone, the day itself. */
  columns: readonly MovementMonth[]
  /** The voucher of the open items: its lines with a party. */
  items: Pick<VoucherDraft, 'lines'> | null
  targets: Readonly<Record<string, Ore>>
}

/**
 * Compares the sheets of the old system with what stands in the ledger: each account at the end of each month, each control
 * account at the cut-over, each party. Customers are one account until the cut-over, and suppliers: there their control accounts
 * and the interim account are one and the same. Source: features.md moonshot 11.
 */
export function proveTakeover(
  plan: TakeoverPlan,
  brought: BroughtIn,
  ledger: LedgerFigures,
  books: Books,
): TakeoverProof {
  const interim = interimOf(plan)
  const place = (account: string): string => {
    const kind = books.accounts.get(account)?.control
    if (plan.variant === 'opening') return account
    return kind ? interim[kind] : account
  }
  const old = oldMovements(plan, brought, books, place)
  const ours = new Map<Month, Map<string, number>>()
  const columnOf = columnFor(brought.columns)
  for (const { account, month, amount } of ledger.accounts) add(ours, columnOf(month), place(account), amount)
  const months = provedMonths(brought.columns, old, ours)
  const standing = sumsBy(ledger.accounts, ({ account }) => account)
  const control: ControlProof[] = [
    ...(plan.variant === 'movements' ? Object.values(interim).map((account) => ({ account, old: 0 })) : []),
    ...Object.entries(brought.targets).map(([account, amount]) => ({ account, old: amount })),
  ].map(({ account, old: target }) => ({ account, old: ore(target), ledger: ore(standing.get(account) ?? 0) }))
  const parties = (['customer', 'supplier'] as const).map((kind) => provedParties(kind, brought.items, ledger, books))
  const agrees =
    months.every(({ differences }) => differences.length === 0) &&
    control.every((pair) => pair.old === pair.ledger) &&
    parties.every(({ differences }) => differences.length === 0)
  return { months, control, parties, agrees }
}

type Sums = Map<Month, Map<string, number>>
function add(sums: Sums, month: Month, account: string, amount: number): void {
  const of = sums.get(month) ?? new Map<string, number>()
  of.set(account, (of.get(account) ?? 0) + amount)
  sums.set(month, of)
}

/** The column that a month of the ledger belongs to: its own, or the next one there is. */
const columnFor =
  (columns: readonly MovementMonth[]) =>
  (month: Month): Month =>
    columns.find((column) => column.month >= month)?.month ?? columns.at(-1)?.month ?? month

/** What the old system's accounts opened with and moved by, by column. */
function oldMovements(
  plan: TakeoverPlan,
  { opening, movements, columns }: BroughtIn,
  books: Books,
  place: (account: string) => string,
): Sums {
  const sums: Sums = new Map()
  const first = columnFor(columns)(monthOf(plan.openingDate))
  for (const { account, party, amount } of opening.rows) {
    const own = books.accounts.get(account)
    // Of balances alone, a control account is the sum of its items; the row without a party only says what that must be.
    if (plan.variant === 'opening' && own?.control && party === '') continue
    const moved = own && !isBalanceAccount(own.type) ? (opening.resultAccount ?? account) : account
    add(sums, first, place(moved || controlOf(party, books)), amount ?? 0)
  }
  for (const { account, amounts } of movements)
    for (const [month, amount] of Object.entries(amounts) as [Month, Ore][]) add(sums, month, place(account), amount)
  return sums
}

/** The control account of a party whose row names none. */
const controlOf = (party: string, { parties }: Books): string =>
  (parties.get(`customer:${party}`) ?? parties.get(`supplier:${party}`))?.controlAccount ?? ''

/** What every account stands at by the end of each column. Reports open income and cost anew each year from the same movements. */
function provedMonths(columns: readonly MovementMonth[], old: Sums, ours: Sums): MonthProof[] {
  const [before, now] = [new Map<string, number>(), new Map<string, number>()]
  return columns.map((column): MonthProof => {
    for (const [sums, standing] of [
      [old, before],
      [ours, now],
    ] as const)
      for (const [account, amount] of sums.get(column.month) ?? [])
        standing.set(account, (standing.get(account) ?? 0) + amount)
    const accounts = [...new Set([...before.keys(), ...now.keys()])].sort()
    const pairs = accounts.map((account) => ({
      account,
      old: ore(before.get(account) ?? 0),
      ledger: ore(now.get(account) ?? 0),
    }))
    const side = (sign: 1 | -1): Pair => ({
      old: ore(pairs.reduce((n, pair) => n + (pair.old * sign > 0 ? pair.old : 0), 0)),
      ledger: ore(pairs.reduce((n, pair) => n + (pair.ledger * sign > 0 ? pair.ledger : 0), 0)),
    })
    return {
      ...column,
      accounts: accounts.length,
      debit: side(1),
      credit: side(-1),
      differences: pairs.filter((pair) => pair.old !== pair.ledger),
    }
  })
}

const sumsBy = <T extends { amount: number }>(of: readonly T[], key: (row: T) => string): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const row of of) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.amount)
  return sums
}

function provedParties(
  kind: PartyKind,
  items: BroughtIn['items'],
  ledger: LedgerFigures,
  { accounts }: Pick<Books, 'accounts'>,
): PartyProof {
  const listed = (items?.lines ?? []).flatMap((line) => {
    const { account, party } = accountAndParty(line.account)
    return party !== null && accounts.get(account)?.control === kind ? [{ party, amount: line.amount ?? 0 }] : []
  })
  const old = sumsBy(listed, ({ party }) => party)
  const ours = sumsBy(
    ledger.parties.filter((row) => row.kind === kind),
    ({ party }) => party,
  )
  const all = [...new Set([...old.keys(), ...ours.keys()])].sort()
  const pairs = all.map((party) => ({ party, old: ore(old.get(party) ?? 0), ledger: ore(ours.get(party) ?? 0) }))
  return {
    kind,
    parties: all.length,
    sum: {
      old: ore(pairs.reduce((n, pair) => n + pair.old, 0)),
      ledger: ore(pairs.reduce((n, pair) => n + pair.ledger, 0)),
    },
    differences: pairs.filter((pair) => pair.old !== pair.ledger),
  }
}

/** The one column of balances alone. */
export const openingColumn = (openingDate: IsoDate): MovementMonth => ({
  month: monthOf(openingDate),
  voucherDate: openingDate,
})
