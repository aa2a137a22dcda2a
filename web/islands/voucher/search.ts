import type { Locale } from '#i18n/format.ts'
import { percent } from '#i18n/format.ts'
import { vatModeWords } from '#i18n/vat-mode-text.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { type Account, allowsVatCode, isClosedOn, type PartyKind } from '#worker/ledger/account.ts'
import type { Books, Party } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import type { Template } from '#worker/templates/template.ts'
import { isValidOn, rateOn } from '#worker/vat/vat.ts'

/** What an account field lacks: a party, or an account, with what was typed of it. */
export type Making =
  | { what: PartyKind; name: string; controlAccount?: string | undefined }
  | { what: 'account'; number: string }

/** A value one can choose: `value` is put in the cell, or the lines of an earlier `voucher` are, or it is made first; the rest is shown. */
export type Option = { value: string; code: string; name: string; note?: string; voucher?: string; making?: Making }
/** `chosen` is taken by Enter; -1 leaves what was typed. */
export type Found = { options: readonly Option[]; chosen: number }

const NOTHING: Found = { options: [], chosen: -1 }
/** How many one looks through at a glance. */
const MOST = 12

type InLanguage = { nameNb: string; nameEn: string }
export const nameOf = (of: InLanguage, locale: Locale): string => (locale === 'nb' ? of.nameNb : of.nameEn)

/** Accounts by number or name; `-` searches suppliers and `+` customers, with their control account. */
export function accountOptions(text: string, books: Books, locale: Locale, day: string): Found {
  const t = text.trim()
  const sign = /^[-+]/.exec(t)?.[0]
  if (sign) return partyOptions(t.slice(1), books, (p) => (sign === '-') === (p.kind === 'supplier'))
  const { account, party } = accountAndParty(t)
  if (books.accounts.get(account)?.control)
    return partyOptions(party ?? '', books, (p) => p.controlAccount === account, party !== null)
  if (t === '') return NOTHING
  const open = isoDate(day)
  const accounts = [...books.accounts.values()].filter((a) => !open || !isClosedOn(a.closedFrom, open))
  if (/^\d+$/.test(t)) return byNumber(t, accounts, locale)
  const hits = ranked(t, accounts, (a) => nameOf(a, locale)).map((a) => accountOption(a, locale))
  const parties =
    hits.length < MOST
      ? ranked(
          t,
          activeParties(books, () => true),
          (p) => p.name,
        ).map(partyOption)
      : []
  return first([...hits, ...parties])
}

const accountOption = (a: Account, locale: Locale): Option => ({
  value: a.number,
  code: a.number,
  name: nameOf(a, locale),
  ...(a.externalNumber && a.externalNumber !== a.number && { note: a.externalNumber }),
})
const partyOption = (p: Party): Option => ({
  value: `${p.controlAccount}:${p.number}`,
  code: p.number,
  name: p.name,
  note: p.controlAccount,
})

/** Template keys that a text begins, or whose name has it. One is taken when it is written out or chosen: a text is a text. */
export function templateOptions(text: string, templates: readonly Template[]): Found {
  const t = text.trim().toLowerCase()
  const hits = templates.filter(
    ({ active, key, content }) =>
      active && (key.toLowerCase().startsWith(t) || (t !== '' && content.name.toLowerCase().includes(t))),
  )
  const options = hits.slice(0, MOST).map(({ key, content }) => ({ value: key, code: key, name: content.name }))
  return { options, chosen: options.findIndex(({ value }) => value.toLowerCase() === t) }
}

/** A number is taken as typed, unless it is an account or can become only one. */
function byNumber(digits: string, accounts: readonly Account[], locale: Locale): Found {
  const own = accounts.filter((a) => a.number.startsWith(digits))
  const old = accounts.filter((a) => a.externalNumber?.startsWith(digits) && !own.includes(a))
  const hits = [...own, ...old].slice(0, MOST)
  const exact = hits.findIndex((a) => a.number === digits)
  return { options: hits.map((a) => accountOption(a, locale)), chosen: hits.length === 1 ? 0 : exact }
}

const activeParties = (books: Books, wanted: (party: Party) => boolean): Party[] =>
  [...books.parties.values()].filter((p) => p.active && wanted(p))

/** Parties by number or name. */
export function partyOptions(
  text: string,
  books: Books,
  wanted: (party: Party) => boolean,
  mayTakeFirst = true,
): Found {
  const parties = activeParties(books, wanted)
  const t = text.trim()
  if (t === '') return { options: parties.slice(0, MOST).map(partyOption), chosen: -1 }
  const hits = /^\d+$/.test(t) ? parties.filter((p) => p.number.startsWith(t)) : ranked(t, parties, (p) => p.name)
  const exact = hits.findIndex((p) => p.number === t)
  return {
    options: hits.slice(0, MOST).map(partyOption),
    chosen: exact >= 0 ? exact : hits.length > 0 && mayTakeFirst ? 0 : -1,
  }
}

/** Those whose name holds every word of the text: first where it begins so, or with the first of them, then where a word does, then anywhere. */
function ranked<T>(text: string, all: readonly T[], name: (of: T) => string): T[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
  const scored: { of: T; rank: number }[] = []
  for (const of of all) {
    const own = name(of).toLowerCase()
    if (!wanted.every((word) => own.includes(word))) continue
    const begins = own.startsWith(wanted.join(' ')) ? 0 : own.startsWith(wanted[0]!) ? 1 : undefined
    const rank = begins ?? (own.includes(` ${wanted[0]}`) ? 2 : 3)
    scored.push({ of, rank })
  }
  return scored
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ of }) => of)
}

const first = (options: readonly Option[]): Found => ({
  options: options.slice(0, MOST),
  chosen: options.length > 0 ? 0 : -1,
})

/** VAT codes the account may bear on that day, with their rate. */
export function vatOptions(text: string, field: string, books: Books, locale: Locale, day: string): Found {
  const account = books.accounts.get(accountAndParty(field).account)
  const on = (isoDate(day) ?? '9999-12-31') as IsoDate
  const codes = [...books.vatCodes.values()].filter(
    (code) => isValidOn(code, on) && (!account || allowsVatCode(account, code)),
  )
  const options = codes.map((code) => {
    const rate = rateOn(code, on, books.vatRates)
    return {
      value: code.code,
      code: code.code,
      name: nameOf(code, locale),
      ...(rate ? { note: percent(rate, locale) } : {}),
    }
  })
  return narrowed(text, options)
}

export function dimensionOptions(text: string, key: string, books: Books, day: string): Found {
  const on = isoDate(day)
  const values = books.dimensions.get(key)?.values.filter((value) => !on || !isClosedOn(value.closedFrom, on)) ?? []
  return narrowed(
    text,
    values.map((value) => ({ value: value.code, code: value.code, name: value.name })),
  )
}

const isCreditNote = ({ key }: { key: string }): boolean => key.endsWith('credit-note')

export function typeOptions(text: string, books: Books, locale: Locale): Found {
  const active = [...new Set(books.voucherTypes.values())].filter((type) => type.active)
  // What is meant when a name fits both: "inng" is an incoming invoice.
  const types = active.toSorted((a, b) => Number(isCreditNote(a)) - Number(isCreditNote(b)))
  return narrowed(
    text,
    types.map((type) => ({ value: type.series, code: type.series, name: nameOf(type, locale) })),
  )
}

export const vatModeOptions = (text: string, locale: Locale): Found =>
  narrowed(
    text,
    Object.values(vatModeWords[locale]).map((word) => ({ value: word, code: word, name: '' })),
  )

/** What a VAT code asks to be told of the line. */
export const specificationOptions = (text: string, vatCode: string, books: Books): Found =>
  narrowed(
    text,
    (books.vatCodes.get(vatCode)?.specifications ?? []).map((value) => ({ value, code: value, name: '' })),
  )

/** A short list: all of it until one types, then by code or name. */
function narrowed(text: string, options: readonly Option[]): Found {
  const t = text.trim().toLowerCase()
  if (t === '') return { options: options.slice(0, 40), chosen: -1 }
  const exact = options.findIndex((option) => option.code.toLowerCase() === t)
  if (exact >= 0)
    return {
      options: [options[exact]!, ...options.filter((o, i) => i !== exact && o.code.toLowerCase().startsWith(t))],
      chosen: 0,
    }
  const byCode = options.filter((option) => option.code.toLowerCase().startsWith(t))
  const byName = ranked(
    t,
    options.filter((option) => !byCode.includes(option)),
    (option) => option.name,
  )
  return first([...byCode, ...byName])
}
