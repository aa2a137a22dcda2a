import type { PartyKind } from '#worker/ledger/account.ts'
import type { Books, Party } from '#worker/ledger/books.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import { plainName } from '#worker/parties/match-party.ts'
import { dimensionFrom, ourNumber } from '#worker/sheets/cell-values.ts'
import { accountIn, amountOf } from './row-amount.ts'
import type { ReadRow } from './sheet-records.ts'

const TEXTS = ['invoiceNumber', 'invoiceDate', 'dueDate', 'currency', 'text'] as const
export type OpeningLine = { row: ReadRow; of: Partial<OpeningRow> }
export type OpeningLines = {
  lines: OpeningLine[]
  /** The control account that items without one were put on. */
  control: string
  /** Items of suppliers that were printed with plus, and are debt. */
  turned: boolean
}

/**
 * The rows of a list of balances or open items as an opening balance has them, the same for a file and a paste. A party is found by
 * number, organisation number, old number or name; one that nobody knows keeps the number it came with.
 */
export function openingLines(rows: readonly ReadRow[], kind: PartyKind | undefined, books: Books): OpeningLines {
  const control = kind ? ([...books.accounts.values()].find((a) => a.control === kind)?.number ?? '') : ''
  const named = rows.some((row) => row.values.account !== undefined)
  const find = partyFinder(kind, books)
  const lines = rows.map((row) => ({ row, of: lineOf(row, named ? '' : control, find, books) }))
  const items = lines.filter(({ of }) => of.party && typeof of.amount === 'number')
  const positive = items.filter(({ of }) => of.amount! > 0).length
  const turned = kind === 'supplier' && !named && positive * 2 > items.length
  if (turned) for (const { of } of lines) turn(of)
  return { lines, control: named ? '' : control, turned }
}

function turn(of: Partial<OpeningRow>): void {
  const minus = (value: number | null | undefined) => (value ? -value : (value ?? null)) as OpeningRow['amount']
  of.amount = minus(of.amount)
  of.currencyAmount = minus(of.currencyAmount)
}

type Named = { party: string; name: string }

function lineOf({ values, ...row }: ReadRow, control: string, find: Find, books: Books): Partial<OpeningRow> {
  const text = (field: string) => String(values[field] ?? '')
  // 1500:10001 is account and party, as on a voucher line.
  const [number = '', colon = ''] = accountIn(text('account')).split(':')
  const account = ourNumber(number, books)
  const whose = find(text('party') || colon, text('name'))
  const dimensions = Object.fromEntries(
    Object.keys(values).flatMap((field) => {
      const key = field.startsWith('dimensions/') ? field.slice(11) : undefined
      return key && text(field) !== '' ? [[key, dimensionFrom(text(field), key, books)]] : []
    }),
  )
  return {
    ...Object.fromEntries(TEXTS.map((field) => [field, text(field)])),
    ...whose,
    account: account || control,
    paymentReference: text('paymentReference').replace(/\s/g, ''),
    currency: text('currency').toUpperCase(),
    amount: amountOf({ values, ...row }) as OpeningRow['amount'],
    currencyAmount: (typeof values.currencyAmount === 'number' ? values.currencyAmount : null) as OpeningRow['amount'],
    ...(Object.keys(dimensions).length > 0 && { dimensions }),
  }
}

type Find = (cell: string, name: string) => Named

function partyFinder(kind: PartyKind | undefined, books: Books): Find {
  const own = [...books.parties.values()].filter((p) => kind === undefined || p.kind === kind)
  const numbers = new Set(own.map((p) => p.number))
  const by = (of: (party: Party) => string | undefined) => {
    const found = new Map<string, Party | null>()
    for (const party of own) {
      const key = of(party)
      if (key) found.set(key, found.has(key) ? null : party)
    }
    return (text: string): Named | undefined => {
      const party = found.get(text)
      return party ? { party: party.number, name: '' } : undefined
    }
  }
  const [byOrganisation, byOld, byName] = [
    by((p) => p.organisationNumber),
    by((p) => p.externalNumber),
    by((p) => plainName(p.name)),
  ]
  return (cell, name) => {
    if (cell === '') return (name && byName(plainName(name))) || { party: '', name }
    const [first = '', ...rest] = cell.split(/\s+/)
    const knownAs = (text: string) =>
      numbers.has(text) ? { party: text, name } : (byOrganisation(text) ?? byOld(text))
    const known = knownAs(cell) ?? knownAs(cell.replace(/[\s.]/g, '')) ?? knownAs(first) ?? byName(plainName(cell))
    if (known) return known
    // A number nobody has, with a name behind it: a party to be made. Without any figure it is a name that nobody has.
    return /\d/.test(first) ? { party: first, name: name || rest.join(' ') } : { party: '', name: name || cell }
  }
}
