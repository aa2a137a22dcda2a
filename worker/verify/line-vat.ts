import { ore, sum } from '#worker/core/money.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import type { Posted } from '#worker/ledger/hash-chain.ts'
import { isValidOn, rateOn, type VatCode, type VatRate, vatInGross, vatOnNet } from '#worker/vat/vat.ts'

export type VatFacts = { vatCodes: ReadonlyMap<string, VatCode>; vatRates: readonly VatRate[]; vatAmountLimit: number }
export type VatFault = { kind: 'amount' | 'code'; rowKey: string; fault: string; [detail: string]: string | number }

/**
 * What is wrong with the VAT of a posted voucher, line by line, from its entries alone: VAT that is not that of the line's
 * gross, net or base and was not typed over with a reason; a code or rate that is not the one of the VAT date. Amounts in øre.
 * Imported vouchers keep the VAT of the other system (decisions.md 1); only their codes are looked at. Reversals carry their
 * original's rates.
 */
export function faultsOfVat(v: Posted, entries: readonly Entry[], facts: VatFacts): VatFault[] {
  const faults: VatFault[] = []
  for (const [rowKey, line] of linesOf(entries)) {
    const base = baseOf(line)
    const vatEntries = line.filter((e) => e.origin === 'vat')
    const treated = line.find((e) => e.vatRate !== null)
    if (!treated) {
      if (vatEntries.length > 0 && v.importJob === null)
        faults.push({ kind: 'amount', rowKey, fault: 'vat-without-rate' })
      continue
    }
    const code = treated.vatCode === null ? undefined : facts.vatCodes.get(treated.vatCode)
    if (!code) {
      faults.push({ kind: 'code', rowKey, fault: 'unknown-code', vatCode: treated.vatCode ?? '' })
      continue
    }
    if (v.importJob !== null) continue
    faults.push(...rateFaults(v, code, line, facts).map((fault) => ({ ...fault, rowKey })))
    if (base)
      faults.push(...amountFaults(code, base, vatEntries, facts.vatAmountLimit).map((fault) => ({ ...fault, rowKey })))
    else faults.push({ kind: 'amount', rowKey, fault: 'vat-without-line' })
  }
  return faults
}

function linesOf(entries: readonly Entry[]): Map<string, Entry[]> {
  const lines = new Map<string, Entry[]>()
  for (const entry of entries) {
    const line = lines.get(entry.rowKey)
    if (line) line.push(entry)
    else lines.set(entry.rowKey, [entry])
  }
  return lines
}

/** What the VAT was computed of: the line's own entry, or the shares that a script made of it. */
function baseOf(line: readonly Entry[]): Entry | undefined {
  const own = line.filter((e) => e.origin === 'line')
  return own[0] && { ...own[0], amount: sum(own.map((e) => e.amount)) }
}

type Fault = Omit<VatFault, 'rowKey'> & { kind: VatFault['kind']; fault: string }

function rateFaults(v: Posted, code: VatCode, line: readonly Entry[], { vatRates }: VatFacts): Fault[] {
  const expected = rateOn(code, v.vatDate, vatRates)
  if (!isValidOn(code, v.vatDate) || expected === undefined)
    return [{ kind: 'code', fault: 'not-valid-on-date', vatCode: code.code, vatDate: v.vatDate }]
  const other = line.find((e) => e.vatRate !== expected || e.vatCode !== code.code)
  return other ? [{ kind: 'code', fault: 'other-rate', vatCode: code.code, rate: other.vatRate ?? 0, expected }] : []
}

function amountFaults(code: VatCode, base: Entry, vatEntries: readonly Entry[], limit: number): Fault[] {
  const rate = base.vatRate!
  const of = (side: Entry['vatSide']) =>
    vatEntries.filter((e) => e.vatSide === side).reduce((sum, e) => sum + e.amount, 0)
  const wrong = (found: number, expected: number): Fault => ({
    kind: 'amount',
    fault: 'amount',
    vatCode: code.code,
    found,
    expected,
  })
  if (code.direction === 'reverse') {
    const expected = vatOnNet(base.amount, rate)
    const [due, deducted] = [of('output'), of(code.deductible ? 'input' : 'cost')]
    if (due !== -deducted) return [wrong(due, -deducted)]
    return deducted === expected || isAllowed(base, deducted - expected, limit) ? [] : [wrong(deducted, expected)]
  }
  const vat = of('input') + of('output') + of('cost')
  const gross = vatInGross(ore(base.amount + vat), rate)
  const net = vatOnNet(base.amount, rate)
  if (vat === gross || vat === net) return []
  const off = Math.min(Math.abs(vat - gross), Math.abs(vat - net))
  return isAllowed(base, off, limit) ? [] : [wrong(vat, gross)]
}

/** VAT that was typed over is flagged, and lies within the company's limit or has a reason. */
const isAllowed = (base: Entry, off: number, limit: number): boolean =>
  base.vatOverridden && (Math.abs(off) <= limit || base.vatAmountReason !== null)
