import type { IsoDate } from '#worker/core/dates.ts'
import { type BasisPoints, bp, mulDiv, negate, type Ore, ore } from '#worker/core/money.ts'

/** One VAT code: a standard tax code, its direction and the accounts its VAT is booked on. */
export type VatCode = {
  code: string
  /** `output` sales, `input` purchases, `reverse` the buyer accounts for the VAT, `none` no VAT treatment. */
  direction: 'output' | 'input' | 'reverse' | 'none'
  rateClass: string | null
  deductible: boolean
  outputAccount: string | null
  inputAccount: string | null
  validFrom: string | null
  validTo: string | null
  /** Values of `spesifikasjon` in the VAT return that the code allows. */
  specifications: readonly string[]
  nameNb: string
  nameEn: string
}
/** The rate of a class, in basis points, from a day until the next row of that class. */
export type VatRate = { rateClass: string; validFrom: string; rate: number }

export type VatMode = 'gross' | 'net' | 'none'
export type VatSide = 'output' | 'input' | 'cost'
/** A line's amount parted in base and VAT; `entries` are the VAT entries beside the base. Sums are kept to the øre. */
export type VatSplit = { base: Ore; vat: Ore; entries: readonly { side: VatSide; account: string; amount: Ore }[] }

/** Whether a code may be used on that day. */
export const isValidOn = (code: VatCode, day: IsoDate): boolean =>
  (!code.validFrom || code.validFrom <= day) && (!code.validTo || day <= code.validTo)

/** The rate of a code on a day; undefined where it has none (no VAT treatment, or a day before its first rate). */
export function rateOn(code: VatCode, day: IsoDate, rates: readonly VatRate[]): BasisPoints | undefined {
  let newest: VatRate | undefined
  for (const row of rates)
    if (row.rateClass === code.rateClass && row.validFrom <= day && (!newest || row.validFrom > newest.validFrom))
      newest = row
  return newest && bp(newest.rate)
}

/** VAT contained in a gross amount: 12 500 øre at 25 % holds 2 500. Half an øre is rounded away from zero. */
export const vatInGross = (gross: Ore, rate: BasisPoints): Ore => mulDiv(gross, rate, 10_000 + rate)

/** VAT on top of a net amount: 10 000 øre at 25 % bears 2 500. Half an øre is rounded away from zero. */
export const vatOnNet = (net: Ore, rate: BasisPoints): Ore => mulDiv(net, rate, 10_000)

/** The VAT a line's amount gives by its mode, in øre with the amount's sign. Reverse charge: the amount is the base. */
export function vatOfLine(amount: Ore, code: VatCode, rate: BasisPoints, mode: VatMode): Ore {
  if (code.direction === 'none') return ore(0)
  if (code.direction === 'reverse') return vatOnNet(amount, rate)
  if (mode === 'none') return ore(0)
  return mode === 'gross' ? vatInGross(amount, rate) : vatOnNet(amount, rate)
}

/**
 * Parts a line in base and VAT entries. `vat` is the computed or overriding VAT of the line.
 *
 * Sales and purchases: base and one VAT entry. Reverse charge (81–92): the amount is the base; VAT payable against VAT
 * deductible, or against the line's own account where it cannot be deducted.
 * Source: features.md 4.6 VAT rules 1–3; norway.md section 4, posting.
 */
export function splitVat(amount: Ore, vat: Ore, code: VatCode, mode: VatMode, account: string): VatSplit {
  if (vat === 0) return { base: amount, vat, entries: [] }
  if (code.direction === 'reverse') {
    const due = { side: 'output' as const, account: code.outputAccount!, amount: negate(vat) }
    const other = code.deductible
      ? { side: 'input' as const, account: code.inputAccount!, amount: vat }
      : { side: 'cost' as const, account, amount: vat }
    return { base: amount, vat, entries: [other, due] }
  }
  const base = mode === 'gross' ? ore(amount - vat) : amount
  const [side, vatAccount] =
    code.direction === 'output' ? (['output', code.outputAccount!] as const) : (['input', code.inputAccount!] as const)
  return { base, vat, entries: [{ side, account: vatAccount, amount: vat }] }
}
