import { isoDate } from '#worker/core/dates.ts'
import type { Account } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { isValidOn } from '#worker/vat/vat.ts'

/** The account of a number: ours, else the one that had it in the system before (features.md COA-02). Nobody's stays as it is. */
export function ourNumber(number: string, { accounts }: Pick<Books, 'accounts'>): string {
  if (number === '' || accounts.has(number)) return number
  const had = [...accounts.values()].filter((account) => account.externalNumber === number)
  return had.length === 1 ? had[0]!.number : number
}

/** `6800`, `6800 Kontorrekvisita`, `2400:20017`; a name, `-supplier` or `+customer` when it can mean only one. */
export function accountFrom(text: string, books: Books): string {
  if (text === '' || (!/\s/.test(text) && books.accounts.has(accountAndParty(text).account))) return text
  const leading = /^(\d+)(?::(\S+))?(?=\s+\S|$)/.exec(text)
  const number = ourNumber(leading?.[1] ?? '', books)
  if (leading && books.accounts.has(number)) return leading[2] ? `${number}:${leading[2]}` : number
  const sign = /^[-+]/.exec(text)?.[0]
  const wanted = text
    .slice(sign ? 1 : 0)
    .trim()
    .toLowerCase()
  if (wanted === '') return text
  const hits: string[] = []
  if (!sign)
    for (const a of books.accounts.values())
      if (a.nameNb.toLowerCase() === wanted || a.nameEn.toLowerCase() === wanted) hits.push(a.number)
  for (const p of books.parties.values()) {
    if (sign && (sign === '-') !== (p.kind === 'supplier')) continue
    if (p.name.toLowerCase() === wanted || (sign && p.number === wanted)) hits.push(`${p.controlAccount}:${p.number}`)
  }
  return hits.length === 1 ? hits[0]! : text
}

/** A code, or the code that a text begins with. */
export const codeFrom = (text: string, known: (code: string) => boolean): string => {
  const leading = /^(\S+)\s/.exec(text)?.[1]
  return !known(text) && leading && known(leading) ? leading : text
}

/** A value's code, from its code, its name, or both. */
export function dimensionFrom(text: string, key: string, books: Books): string {
  const dimension = books.dimensions.get(key)
  if (!dimension || text === '' || dimension.byCode.has(text)) return text
  const named = dimension.values.filter((value) => value.name.toLowerCase() === text.toLowerCase())
  return named.length === 1 ? named[0]!.code : codeFrom(text, (code) => dimension.byCode.has(code))
}

/** The VAT code an account has by default, where the voucher bears VAT on that day. */
export function defaultVatCode(account: Account | undefined, type: string, day: string, books: Books): string {
  const key = books.voucherTypes.get(type)?.key
  const carried = key === 'opening-balance' || key === 'movement'
  const code = account?.defaultVatCode ? books.vatCodes.get(account.defaultVatCode) : undefined
  const on = isoDate(day)
  return code && books.company.vatRegistered && !carried && (!on || isValidOn(code, on)) ? code.code : ''
}

/** What a rate cell says: the rate as a decimal text, and per how many; undefined when it is none. */
export function rateOf(text: string): { rate: string; unit: 1 | 100 } | undefined {
  const read = /^(\d+(?:\.\d+)?)(\/100)?$/.exec(text)
  return read ? { rate: read[1]!, unit: read[2] ? 100 : 1 } : undefined
}
