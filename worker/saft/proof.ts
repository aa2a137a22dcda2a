import type { DifferenceKind } from '#i18n/import-text.ts'
import { OBSERVATION_ACCOUNT, type PartyKind } from '#worker/ledger/account.ts'
import type { FileBalances } from './file-balances.ts'
import type { SaftTotals } from './saft-file.ts'
import type { VatSums } from './saft-vat.ts'

/** All amounts in øre, debit positive. */
export type OurFigures = { opening: number; debit: number; credit: number; closing: number }
type FileFigures = { opening: number; closing: number }
export type ProofRow = { account: string; file: FileFigures | null; ours: OurFigures; difference: number }
export type PartyProofRow = {
  kind: PartyKind
  party: string
  file: FileFigures | null
  ours: OurFigures
  difference: number
}
export type VatProofRow = { period: string; vatCode: string; file: VatSums; ours: VatSums }
/** What the accounts moved by in a month, all that moved up added together; `differing` are those that did not move alike. */
export type MonthProofRow = {
  month: string
  accounts: number
  file: number
  ours: number
  differing: { account: string; file: number; ours: number }[]
}
/** How much a month differs by, in øre, whichever way: differences of two accounts do not hide each other. */
export const offBy = ({ differing }: Pick<MonthProofRow, 'differing'>): number =>
  differing.reduce((sum, { file, ours }) => sum + Math.abs(ours - file), 0)
export type Proof = {
  fromDate: string
  toDate: string
  accounts: ProofRow[]
  parties: PartyProofRow[]
  /** Parties in all, and how many of them the file states balances of; not in proofs made before it was counted. */
  partyCount?: { all: number; stated: number }
  months: MonthProofRow[]
  vat: VatProofRow[]
}

/** Where the file does not agree with itself or our books with the file; `difference` is ours less the file's. */
export type Difference = {
  kind: DifferenceKind
  account?: string
  partyKind?: PartyKind
  party?: string
  taxCode?: string
  period?: string
  file: number
  ours: number
  difference: number
}

/** What was read back from our own books for the file's days. */
export type OurBooks = {
  accounts: ReadonlyMap<string, OurFigures>
  /** By `kind number`. */
  parties: ReadonlyMap<string, OurFigures>
  vat: ReadonlyMap<string, VatSums>
  months: Movements
}

/** What each account moved by in a month, in øre, by month and account; opening balances are no movement. */
export type Movements = ReadonlyMap<string, ReadonlyMap<string, number>>

const NO_MOVEMENTS: ReadonlyMap<string, number> = new Map()
const NOTHING: OurFigures = { opening: 0, debit: 0, credit: 0, closing: 0 }
/** Parties listed in an answer; beyond this only those that differ. */
const PARTIES_LISTED = 5_000

/**
 * The proof of an import: what the file says of each account and party against what our trial balance and sub-ledger answer
 * for the same days. Accounts that only one of the two knows are in it too.
 */
export function proofOf(
  days: { fromDate: string; toDate: string },
  file: FileBalances,
  ours: OurBooks,
  ownParty: (kind: PartyKind, id: string, account: string) => string | undefined,
  inFile: { vat: ReadonlyMap<string, VatSums>; months: Movements },
): Proof {
  const numbers = new Set([...file.accounts.keys(), ...ours.accounts.keys()])
  const accounts = [...numbers].sort().flatMap((account): ProofRow[] => {
    const own = ours.accounts.get(account) ?? NOTHING
    const stated = file.accounts.get(account)
    if (!stated && own.opening === 0 && own.closing === 0 && own.debit === 0 && own.credit === 0) return []
    const figures = stated ? { opening: stated.opening, closing: stated.closing } : null
    return [{ account, file: figures, ours: own, difference: own.closing - (figures?.closing ?? 0) }]
  })
  const parties = partyProof(file, ours, ownParty)
  return {
    ...days,
    accounts,
    parties: parties.length <= PARTIES_LISTED ? parties : parties.filter(isOff),
    partyCount: { all: parties.length, stated: parties.filter((p) => p.file).length },
    months: monthProof(inFile.months, ours.months),
    vat: vatProof(inFile.vat, ours.vat),
  }
}

function monthProof(file: Movements, ours: Movements): MonthProofRow[] {
  return [...new Set([...file.keys(), ...ours.keys()])].sort().map((month): MonthProofRow => {
    const [theirs, own] = [file.get(month) ?? NO_MOVEMENTS, ours.get(month) ?? NO_MOVEMENTS]
    const accounts = [...new Set([...theirs.keys(), ...own.keys()])].sort()
    const pairs = accounts.map((account) => ({
      account,
      file: theirs.get(account) ?? 0,
      ours: own.get(account) ?? 0,
    }))
    const up = (of: (pair: (typeof pairs)[number]) => number) => pairs.reduce((n, pair) => n + Math.max(0, of(pair)), 0)
    return {
      month,
      accounts: pairs.filter((pair) => pair.file !== 0 || pair.ours !== 0).length,
      file: up((pair) => pair.file),
      ours: up((pair) => pair.ours),
      differing: pairs.filter((pair) => pair.file !== pair.ours),
    }
  })
}

function partyProof(
  file: FileBalances,
  ours: OurBooks,
  ownParty: (kind: PartyKind, id: string, account: string) => string | undefined,
): PartyProofRow[] {
  const stated = new Map<string, FileFigures>()
  for (const { kind, id, account, opening, closing } of file.parties) {
    const key = ownParty(kind, id, account)
    if (key === undefined) continue
    const sums = stated.get(key) ?? { opening: 0, closing: 0 }
    stated.set(key, { opening: sums.opening + opening, closing: sums.closing + closing })
  }
  return [...new Set([...stated.keys(), ...ours.parties.keys()])].sort().map((key): PartyProofRow => {
    const [kind, party] = [key.slice(0, key.indexOf(' ')) as PartyKind, key.slice(key.indexOf(' ') + 1)]
    const own = ours.parties.get(key) ?? NOTHING
    const figures = stated.get(key) ?? null
    return { kind, party, file: figures, ours: own, difference: figures ? own.closing - figures.closing : 0 }
  })
}

const isOff = (r: PartyProofRow): boolean =>
  r.difference !== 0 || (r.file !== null && r.file.opening !== r.ours.opening)

function vatProof(file: ReadonlyMap<string, VatSums>, ours: ReadonlyMap<string, VatSums>): VatProofRow[] {
  return [...file]
    .filter(([, sums]) => sums.base !== 0 || sums.tax !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sums]) => {
      const [period, vatCode] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]
      return { period, vatCode, file: sums, ours: ours.get(key) ?? { base: 0, tax: 0 } }
    })
}

/** Every fault, one by one: what does not agree is listed, never hidden (norway.md 6.5). */
export function differencesOf(
  proof: Proof,
  openingMissing: number,
  stated: SaftTotals,
  counted: { entries: number; debit: number; credit: number },
): Difference[] {
  const found: Difference[] = []
  const compare = (
    kind: DifferenceKind,
    file: number | null | undefined,
    ours: number,
    about: Partial<Difference> = {},
  ) => {
    if (file === null || file === undefined || file === ours) return
    found.push({ kind, ...about, file, ours, difference: ours - file })
  }
  if (openingMissing !== 0) compare('opening-sum', -openingMissing, 0)
  for (const { account, file, ours } of proof.accounts) {
    // What stands on 1999 is the opening's own fault, told once.
    const observed = file === null && account === OBSERVATION_ACCOUNT ? openingMissing : 0
    compare('account-opening', (file?.opening ?? 0) + observed, ours.opening, { account })
    compare('account-closing', (file?.closing ?? 0) + observed, ours.closing, { account })
  }
  for (const { kind, party, file, ours } of proof.parties) {
    compare('party-opening', file?.opening, ours.opening, { partyKind: kind, party })
    compare('party-closing', file?.closing, ours.closing, { partyKind: kind, party })
  }
  for (const { month, differing } of proof.months)
    for (const { account, file, ours } of differing) compare('account-month', file, ours, { account, period: month })
  compare('total-entries', stated.entries, counted.entries)
  compare('total-debit', stated.debit, counted.debit)
  compare('total-credit', stated.credit, counted.credit)
  for (const { period, vatCode, file, ours } of proof.vat) {
    compare('vat-base', file.base, ours.base, { taxCode: vatCode, period })
    compare('vat-tax', file.tax, ours.tax, { taxCode: vatCode, period })
  }
  return found
}
