import { addMonths, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import { allocate, negate, ore } from '#worker/core/money.ts'
import type { Books, FiscalYear } from './books.ts'
import type { Entry } from './entry.ts'
import { type ScriptMonth, type ScriptOf, type Share, scriptNamed } from './script.ts'

type Dims = Readonly<Record<string, string>> | null

/** Where a line's script shares it out: the dimension and the shares, its own or those of the split key it names. */
export function sharesOf(
  script: ScriptOf<'FORDEL'>,
  books: Pick<Books, 'dimensions' | 'splitKeys'>,
): { dimension: string; shares: readonly Share[] } | undefined {
  if ('key' in script) {
    const key = books.splitKeys?.find((k) => k.code.toLowerCase() === script.key.toLowerCase() && k.active)
    return key && { dimension: key.dimension, shares: key.shares }
  }
  const dimension = script.dimension ?? [...books.dimensions.keys()][0]
  return dimension === undefined ? undefined : { dimension, shares: script.shares }
}

/** A line's entries as its script turns them: shared out over dimension values, and put off to a balance account. */
export function withScript(entries: readonly Entry[], script: string | undefined, books: Books): Entry[] {
  if (!script) return [...entries]
  const allocation = scriptNamed(script, 'FORDEL')
  const shares = allocation && sharesOf(allocation, books)
  const shared = shares ? entries.flatMap((entry) => shareOut(entry, shares.dimension, shares.shares)) : [...entries]
  const spread = scriptNamed(script, 'SPRE')
  return spread ? [...shared, ...putOff(shared, spread.through, books)] : shared
}

/** What carries a dimension is shared out, the odd øre in the last share; VAT that is deducted has none, and stays whole. */
function shareOut(entry: Entry, dimension: string, shares: readonly Share[]): Entry[] {
  if (entry.origin === 'vat' && entry.vatSide !== 'cost') return [entry]
  const weights = shares.map((share) => share.weight)
  const amounts = allocate(entry.amount, weights)
  const foreign = entry.currencyAmount === null ? undefined : allocate(ore(entry.currencyAmount), weights)
  return shares.map(({ code }, i) => ({
    ...entry,
    amount: amounts[i]!,
    currencyAmount: foreign ? foreign[i]! : null,
    dimensions: sorted({ ...entry.dimensions, [dimension]: code }),
  }))
}

/** The whole of it leaves income or cost again, to the balance account that the months take it from. */
function putOff(entries: readonly Entry[], through: string, books: Books): Entry[] {
  return groupsOf(entries).flatMap(({ account, dimensions, amount, of }) => [
    plainEntry(of, account, negate(amount), dimensions),
    plainEntry(of, through, amount, allowedOn(through, dimensions, books)),
  ])
}

export type Group = { account: string; dimensions: Dims; amount: Entry['amount']; of: Entry }

/** What a line booked of income, cost or asset, VAT without deduction included, by dimensions. */
export function groupsOf(entries: readonly Entry[]): Group[] {
  const groups = new Map<string, Group>()
  for (const entry of entries) {
    if (entry.origin === 'vat' && entry.vatSide !== 'cost') continue
    const key = JSON.stringify(entry.dimensions)
    const known = groups.get(key)
    if (known) known.amount = ore(known.amount + entry.amount)
    else groups.set(key, { account: entry.account, dimensions: entry.dimensions, amount: entry.amount, of: entry })
  }
  return [...groups.values()]
}

/** Entries that a script made stand apart from the line's own, under a row key that says so. */
export const PUT_OFF = '/spread'

const plainEntry = (of: Entry, account: string, amount: Entry['amount'], dimensions: Dims): Entry => ({
  rowKey: `${of.rowKey}${PUT_OFF}`,
  origin: 'line',
  account,
  partyKind: null,
  party: null,
  amount,
  vatCode: null,
  vatRate: null,
  vatSide: null,
  vatSpecification: null,
  vatAmountReason: null,
  vatOverridden: false,
  dimensions,
  text: of.text,
  currency: null,
  currencyAmount: null,
  rate: null,
  rateUnit: null,
  rateSource: null,
  quantity: null,
  invoiceNumber: null,
  dueDate: null,
  paymentReference: null,
})

/** The dimensions that an account takes: those it forbids stay behind. */
export function allowedOn(account: string, dimensions: Dims, books: Pick<Books, 'dimensions'>): Dims {
  const kept = Object.entries(dimensions ?? {}).filter(
    ([key]) => books.dimensions.get(key)?.rules[account] !== 'forbidden',
  )
  return kept.length === 0 ? null : Object.fromEntries(kept)
}

const sorted = (dimensions: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * The month a script names. Periods count from the fiscal year's first month, 1; 0 is the month before the year, and one more
 * than its last the month after. Undefined for a period beyond those.
 */
export function monthNamed(named: ScriptMonth, year: FiscalYear): Month | undefined {
  if ('month' in named) return named.month
  const last = monthsBetween(monthOf(year.firstDate), monthOf(year.lastDate)).length + 1
  return named.period > last ? undefined : addMonths(monthOf(year.firstDate), named.period - 1)
}
