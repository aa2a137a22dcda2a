import { allocate, type Ore, ore } from '#worker/core/money.ts'
import type { VatSide } from '#worker/vat/vat.ts'

/** What of an entry decides where its tax is told. Amounts in øre. */
export type TaxedEntry = {
  rowKey: string
  origin: 'line' | 'vat'
  amount: number
  vatCode: string | null
  vatRate: number | null
  vatSide: VatSide | null
}
/** Tax on the side of the entry's amount; `base` is null where the entry is itself the VAT. */
export type EntryTax = { code: string; rate: number | null; base: number | null; amount: number }

/**
 * The tax of each entry that names one: VAT of a code is told on its base entries, by row where the rows tell, else in
 * proportion; reverse charge once, on the side of the base. VAT that stands without a base tells its own (norway.md 6.3).
 */
export function taxesOf(entries: readonly TaxedEntry[]): (EntryTax | undefined)[] {
  const taxes: (EntryTax | undefined)[] = entries.map(() => undefined)
  const codes = new Set<string>()
  for (const { vatCode } of entries) if (vatCode !== null) codes.add(vatCode)
  for (const code of codes) {
    const own = entries.flatMap((e, i) => (e.vatCode === code ? [i] : []))
    const bases = own.filter((i) => entries[i]!.origin === 'line')
    const vat = own.filter((i) => entries[i]!.origin === 'vat')
    if (bases.length === 0)
      for (const i of vat) taxes[i] = { ...taxOf(entries[i]!), base: null, amount: entries[i]!.amount }
    else {
      const amounts = amountsOn(bases, vat, entries)
      bases.forEach((i, n) => {
        taxes[i] = { ...taxOf(entries[i]!), base: entries[i]!.amount, amount: amounts[n]! }
      })
    }
  }
  return taxes
}

const taxOf = ({ vatCode, vatRate }: TaxedEntry) => ({ code: vatCode!, rate: vatRate })

function amountsOn(bases: readonly number[], vat: readonly number[], entries: readonly TaxedEntry[]): number[] {
  // Of reverse charge the two sides cancel; the one that is deducted or a cost is on the base's side.
  const twoSided =
    vat.some((i) => entries[i]!.vatSide === 'output') && vat.some((i) => entries[i]!.vatSide !== 'output')
  const told = twoSided ? vat.filter((i) => entries[i]!.vatSide !== 'output') : vat
  const rowKeys = new Set(bases.map((i) => entries[i]!.rowKey))
  const byRow = new Map<string, number>()
  for (const i of told) byRow.set(entries[i]!.rowKey, (byRow.get(entries[i]!.rowKey) ?? 0) + entries[i]!.amount)
  const rowsTell = rowKeys.size === bases.length && [...byRow.keys()].every((key) => rowKeys.has(key))
  const eachHasOwn = told.length >= bases.length || bases.length === 1
  if (rowsTell && eachHasOwn) return bases.map((i) => byRow.get(entries[i]!.rowKey) ?? 0)
  const total = ore(told.reduce((sum, i) => sum + entries[i]!.amount, 0))
  return inProportion(
    total,
    bases.map((i) => entries[i]!.amount),
  )
}

/** By base; where bases of both signs do not make shares, all on the largest. */
function inProportion(total: Ore, bases: readonly number[]): number[] {
  const sum = bases.reduce((a, b) => a + b, 0)
  const oneSign = bases.every((b) => b >= 0) || bases.every((b) => b <= 0)
  if (oneSign && sum !== 0) return allocate(total, bases.map(Math.abs))
  const largest = bases.reduce((best, b, i) => (Math.abs(b) > Math.abs(bases[best]!) ? i : best), 0)
  return bases.map((_, i) => (i === largest ? total : 0))
}
