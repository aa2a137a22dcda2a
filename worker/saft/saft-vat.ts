import type { IsoDate } from '#worker/core/dates.ts'
import { bp } from '#worker/core/money.ts'
import { standardVatCodes, standardVatRates } from '#worker/vat/standard-vat-codes.ts'
import { rateOn, type VatCode } from '#worker/vat/vat.ts'
import { basisPointsOf } from './saft-amount.ts'
import type { SaftLine, SaftTax, SaftTaxCode } from './saft-file.ts'
import type { ToldList } from './told-list.ts'
import type { AccountHabits, LineTax } from './vat-lines.ts'

/** Base and tax of one VAT code in one term, in øre, debit positive. */
export type VatSums = { base: number; tax: number }

/** What a tax code is answered to be that has nothing to do with VAT. */
export const NO_VAT = 'none'

/** The standard code that a code of the file says it is, without leading zeros; its own where the file says nothing. */
export const standardOf = (code: string, table: ReadonlyMap<string, SaftTaxCode>): string =>
  (table.get(code)?.standard || code).replace(/^0+(?=\d)/, '')

/**
 * The file's tax codes as standard tax codes, and what the file says of VAT by term and code, for comparing with what was
 * booked. A code without a standard one is told, and what it says is counted under itself: nothing of ours answers to it.
 */
export class SaftVat {
  private readonly codes = new Map<string, VatCode | null>()
  private readonly table: ReadonlyMap<string, SaftTaxCode>
  private readonly available: ReadonlyMap<string, VatCode>
  private readonly told: ToldList
  /** By `term code`. */
  readonly inFile = new Map<string, VatSums>()
  readonly habits: AccountHabits = usualAccounts()

  constructor(table: ReadonlyMap<string, SaftTaxCode>, available: ReadonlySet<string>, told: ToldList) {
    this.table = table
    this.available = new Map(standardVatCodes.filter((c) => available.has(c.code)).map((c) => [c.code, c]))
    this.told = told
  }

  /** The tax of a line with our code; undefined for a line without one. `day` decides the rate where the file names none. */
  taxOf(line: SaftLine, day: IsoDate): LineTax | undefined {
    const tax = line.tax?.[0]
    if (!tax) return undefined
    const code = this.codeOf(tax.code)
    if (!code) {
      if (tax.code !== '' && standardOf(tax.code, this.table) !== NO_VAT)
        this.add(tax.code, line.amount, signedAmount(tax, line), day)
      return undefined
    }
    return { code, rate: rateOf(tax, code, day), base: tax.base, amount: signedAmount(tax, line) }
  }

  /** Counts what the file says of a base line, in the term of its day. */
  count(tax: LineTax, base: number, day: IsoDate) {
    this.add(tax.code.code, base, tax.amount, day)
  }

  private add(code: string, base: number, tax: number, day: IsoDate) {
    const sums = sumsAt(this.inFile, termOf(day), code)
    sums.base += base
    sums.tax += tax
  }

  private codeOf(code: string): VatCode | null {
    const known = this.codes.get(code)
    if (known !== undefined) {
      if (known === null && code !== '' && standardOf(code, this.table) !== NO_VAT)
        this.told.add('tax-code-unknown', { taxCode: code })
      return known
    }
    const found = this.available.get(standardOf(code, this.table)) ?? null
    this.codes.set(code, found)
    return found ?? this.codeOf(code)
  }
}

/** VAT terms of two months: 2025-T1 is January and February. */
export const termOf = (day: string): string => `${day.slice(0, 4)}-T${(Number(day.slice(5, 7)) + 1) >> 1}`

export function sumsAt(all: Map<string, VatSums>, term: string, code: string): VatSums {
  const key = `${term} ${code}`
  let sums = all.get(key)
  if (!sums) {
    sums = { base: 0, tax: 0 }
    all.set(key, sums)
  }
  return sums
}

/** Tax stands on the side of the line's amount (norway.md 6.3); 1.10 does not sign it, and some files always write debit. */
function signedAmount(tax: SaftTax, line: SaftLine): number {
  if (line.amount === 0 || tax.amount === 0) return tax.amount
  if (tax.unsigned) return line.amount > 0 ? Math.abs(tax.amount) : -Math.abs(tax.amount)
  return tax.amount > 0 === line.amount > 0 ? tax.amount : -tax.amount
}

function rateOf(tax: SaftTax, code: VatCode, day: IsoDate) {
  if (code.rateClass === null) return null
  const stated = tax.percent === '' ? undefined : basisPointsOf(tax.percent)
  return stated === undefined ? (rateOn(code, day, standardVatRates) ?? null) : bp(stated)
}

function usualAccounts(): AccountHabits {
  const habits: AccountHabits = new Map()
  for (const { code, outputAccount, inputAccount } of standardVatCodes) {
    if (outputAccount && !habits.has(outputAccount)) habits.set(outputAccount, `${code} output`)
    if (inputAccount && !habits.has(inputAccount)) habits.set(inputAccount, `${code} input`)
  }
  return habits
}
