import { type BasisPoints, mulDiv, negate, type Ore, ore } from '#worker/core/money.ts'
import { type VatCode, vatOnNet } from '#worker/vat/vat.ts'
import { type ReturnGroupKey, returnGroups } from './return-groups.ts'

/** What was booked with a code at a rate in the term. Signed as booked, in øre: debit positive. */
export type BookedVat = {
  vatCode: string
  vatRate: BasisPoints
  specification: string | null
  base: Ore
  /** VAT entries by side: payable, deductible, and what was added to a cost. */
  output: Ore
  input: Ore
  cost: Ore
  overridden: number
  /** Vouchers whose document is of a term that was filed before they came. */
  moved: number
}

/** One line of the return. `due` has base and rate and bears VAT to pay; `deduction` has VAT only, and negative. */
export type VatLine = {
  kind: 'due' | 'deduction'
  vatCode: string
  specification: string | null
  rate: BasisPoints | null
  /** In øre, as the return signs them: sales and VAT to pay positive, a deduction negative. */
  base: Ore | null
  vat: Ore
  /** The same in whole kroner, as they are sent. */
  baseKroner: number | null
  vatKroner: number
  /** How many of its entries have a VAT amount that was typed and differs from the computed. */
  overridden: number
  /** How many of its vouchers have a document of an earlier term, filed before they came. */
  moved: number
  notes: VatLineNote[]
}
/** Why a line may be asked about: VAT differs from base × rate by a krone or more; its sign is the opposite of the usual. */
export type VatLineNote = 'rate-differs' | 'opposite-sign'
export type VatGroup = { key: ReturnGroupKey; lines: VatLine[] }

/** Kroner of an amount in øre, half a krone away from zero. */
const kronerOf = (amount: Ore): number => mulDiv(amount, 1, 100)

/**
 * The lines of a term's VAT return in its groups, and what is to be paid in whole kroner (negative: a refund). Each line is
 * rounded by itself and the total is their sum, so `rest` øre are left between the accounts and the return.
 * Source: norway.md sections 4 and 5.4 (R018, R019, R020, R021, R065, R066, R081, R082).
 */
export function specificationOf(booked: readonly BookedVat[], codes: ReadonlyMap<string, VatCode>) {
  const groups = returnGroups
    .map(
      ({ key, codes: own }): VatGroup => ({
        key,
        lines: own.flatMap((code) =>
          booked.filter((row) => row.vatCode === code).flatMap((row) => linesOf(row, codes.get(code)!)),
        ),
      }),
    )
    .filter(({ lines }) => lines.length > 0)
  const lines = groups.flatMap((group) => group.lines)
  const toPay = lines.reduce((sum, line) => sum + line.vatKroner, 0)
  const exact = lines.reduce((sum, line) => sum + line.vat, 0)
  return { groups, toPay, rest: ore(exact - toPay * 100) }
}

/** One line for a sale or a purchase, two for a reverse charge that may be deducted. */
function linesOf(row: BookedVat, code: VatCode): VatLine[] {
  const sales = code.direction === 'output'
  const base = sales ? negate(row.base) : row.base
  const due = line('due', row, base, negate(row.output))
  const deduction = line('deduction', row, null, negate(row.input))
  if (code.direction === 'input') return [deduction]
  return code.deductible ? [due, deduction] : [due]
}

function line(kind: VatLine['kind'], row: BookedVat, base: Ore | null, vat: Ore): VatLine {
  const notes: VatLineNote[] = []
  if (base !== null && Math.abs(vat - vatOnNet(base, row.vatRate)) >= 100) notes.push('rate-differs')
  if (kind === 'due' ? (base ?? 0) < 0 : vat > 0) notes.push('opposite-sign')
  return {
    kind,
    vatCode: row.vatCode,
    specification: row.specification,
    rate: base === null ? null : row.vatRate,
    base,
    vat,
    baseKroner: base === null ? null : kronerOf(base),
    vatKroner: kronerOf(vat),
    overridden: row.overridden,
    moved: row.moved,
    notes,
  }
}

/** A VAT account against the specification, in øre as booked; `booked = specified − later + earlier + other + settled`. */
export type VatAccountRow = {
  account: string
  nameNb: string
  nameEn: string
  /** VAT entries of the term by the date on the document. */
  specified: Ore
  /** What moved on the account in the term's days, opening balances left out. */
  booked: Ore
  /** Of `specified`: booked on a day outside the term. */
  later: Ore
  /** Of `booked`: the document belongs to another term. */
  earlier: Ore
  /** Of `booked`: entered on the account without a VAT code. */
  other: Ore
  /** Of `booked`: moved off the account by vouchers of type `vat`, the term's settlement. */
  settled: Ore
}

/** Whether the account moved by just what the specification says, settlement apart. */
export const agrees = (row: VatAccountRow): boolean => row.booked - row.settled === row.specified

/** Whether everything that parts the account from the specification is one of the named reasons. */
export const isExplained = (row: VatAccountRow): boolean =>
  row.booked === row.specified - row.later + row.earlier + row.other + row.settled
