import * as en from '#i18n/en/imports.ts'
import { fill } from '#i18n/format.ts'
import { made } from '#i18n/nb/imports.ts'
import {
  type Account,
  type AccountType,
  accountTypeOf,
  OBSERVATION_ACCOUNT,
  type PartyKind,
} from '#worker/ledger/account.ts'
import type { SaftAccount, SaftParty } from './saft-file.ts'
import {
  isSameParty,
  type NewAccount,
  type NewParty,
  newAccount,
  organisationNumberOf,
  type PartyIdentity,
  partyRow,
} from './saft-register.ts'
import type { ToldList } from './told-list.ts'

export type ChartAccount = {
  number: string
  type: AccountType
  /** Undefined until the first entry decides; fixed from then on, since entries rest on it. */
  control: PartyKind | null | undefined
  isVat: boolean
  isNew: boolean
  /** It has entries, so what it controls is settled. */
  isUsed: boolean
  mayBeControl: PartyKind | null
}
/** A party that the company has. */
export type OwnParty = PartyIdentity & { kind: PartyKind; number: string }
/** Which accounts are control accounts, known from a reading of the whole file. */
export type Controls = ReadonlyMap<string, PartyKind | null>

/** A party turned up on an account whose entries have none: the whole file must be known before it can be booked. */
export class WholeFileNeeded extends Error {}

/**
 * The accounts and parties that entries are booked on: the company's own, the file's, and those that only transactions name,
 * which are made and told. Accounts keep the numbers and names of the file.
 *
 * A control account is one that a party's balance stands on, or a receivables or payables account that lines with a party
 * stand on. Its lines without one go to a technical party, so that sub-ledger and account always agree.
 */
export class SaftChart {
  readonly accounts = new Map<string, ChartAccount>()
  newAccounts: NewAccount[] = []
  newParties: NewParty[] = []
  /** Accounts of the company that become control accounts; only those without entries can. */
  newControls: (readonly [account: string, control: PartyKind])[] = []
  private readonly parties = new Set<string>()
  private readonly own = new Map<string, OwnParty>()
  private readonly votes = new Map<string, { customer: number; supplier: number }>()
  private readonly technical = new Map<PartyKind, string>()
  private readonly controls: Controls | undefined
  private readonly told: ToldList

  constructor(
    existing: {
      accounts: readonly Account[]
      used: ReadonlySet<string>
      parties: readonly OwnParty[]
    },
    told: ToldList,
    controls?: Controls,
  ) {
    this.told = told
    this.controls = controls
    for (const { number, type, control, groupingCode, externalNumber } of existing.accounts)
      this.accounts.set(number, {
        number,
        type,
        control,
        // An account that an import made before it was cut off is read as when it was new.
        isVat: isVatAccount(number, groupingCode ?? '', externalNumber ?? ''),
        isNew: false,
        isUsed: existing.used.has(number),
        mayBeControl: null,
      })
    for (const party of existing.parties) {
      const key = `${party.kind} ${party.number}`
      this.parties.add(key)
      this.own.set(key, party)
    }
  }

  addAccount(file: SaftAccount) {
    const known = this.accounts.get(file.id)
    if (known) return
    const account = newAccount(file)
    this.keep(account, file.standardAccount)
  }

  /** A customer or supplier of the file, with the accounts that its balances stand on. Gives its control account. */
  addParty(party: SaftParty): string {
    const accounts = party.balances.map((b) => b.account).filter((number) => number !== '')
    for (const number of accounts) {
      this.account(number)
      const votes = this.votes.get(number) ?? { customer: 0, supplier: 0 }
      votes[party.kind]++
      this.votes.set(number, votes)
    }
    const control = accounts[0] ?? this.usualControl(party.kind)
    this.insert(party, control)
    return control
  }

  /** All master data is in: the accounts that balances of parties stand on are control accounts. */
  endMasters() {
    for (const [number, { customer, supplier }] of this.votes) {
      const account = this.accounts.get(number)!
      const kind = customer >= supplier ? 'customer' : 'supplier'
      if (customer > 0 && supplier > 0) this.told.add('account-no-control', { account: number, kind })
      if (account.isNew || (account.control === null && !account.isUsed)) this.settle(account, kind)
    }
    for (const [number, kind] of this.controls ?? []) {
      const account = this.accounts.get(number)
      if (account && !account.control && !account.isUsed) this.settle(account, kind)
    }
  }

  /** The account with that number; one that no chart has is made, and told. */
  account(number: string): ChartAccount {
    const known = this.accounts.get(number)
    if (known) return known
    this.told.add('account-made', { account: number })
    const named = (text: string, locale: 'nb' | 'en') => fill(text, { account: number }, locale)
    return this.keep(newAccount({ id: number }, named(made.account, 'nb'), named(en.made.account, 'en')), '')
  }

  /** Who an entry on this account belongs to, or nobody. Control accounts always have someone. */
  partyOn(account: ChartAccount, customer: string, supplier: string): { kind: PartyKind; number: string } | null {
    if (account.control === undefined) this.decide(account, customer, supplier)
    const { control } = account
    if (!control) {
      if (customer === '' && supplier === '') return null
      if (account.isNew && !this.controls && fitsIn(account.mayBeControl, customer, supplier))
        throw new WholeFileNeeded()
      this.told.add('party-not-kept', { account: account.number })
      return null
    }
    const own = control === 'customer' ? customer : supplier
    if (own !== '') return { kind: control, number: this.party(control, own, account.number) }
    const other = control === 'customer' ? supplier : customer
    if (other !== '') return { kind: control, number: this.party(control, mirrored(control, other), account.number) }
    const number = this.technicalParty(control, account.number)
    this.told.add('party-missing', { account: account.number, kind: control, party: number })
    return { kind: control, number }
  }

  /** The account that takes what the opening balance lacks, made when it is not there. */
  observation(): ChartAccount {
    const known = this.accounts.get(OBSERVATION_ACCOUNT)
    if (known) return known
    return this.keep(newAccount({ id: OBSERVATION_ACCOUNT }, made.observation, en.made.observation), '')
  }

  /** The party that holds what belongs to nobody. */
  technicalParty(kind: PartyKind, control: string): string {
    const known = this.technical.get(kind)
    if (known !== undefined) return known
    let number = '0'
    while (this.parties.has(`${kind} ${number}`) && number.length < 10) number += '0'
    this.technical.set(kind, number)
    this.insert({ kind, id: number, name: made[kind] }, control)
    return number
  }

  /** The technical party of an import before this one stays the same. */
  knowTechnical(kind: PartyKind, number: string) {
    this.technical.set(kind, number)
  }

  /** Our own party, as `kind number`, for one of the file on an account; undefined where the account is no control account. */
  keyOf(account: string, kind: PartyKind, id: string): string | undefined {
    const control = this.accounts.get(account)?.control
    return control ? `${control} ${control === kind ? id : mirrored(control, id)}` : undefined
  }

  private decide(account: ChartAccount, customer: string, supplier: string) {
    const fits = fitsIn(account.mayBeControl, customer, supplier)
    this.settle(
      account,
      this.controls ? (this.controls.get(account.number) ?? null) : fits ? account.mayBeControl : null,
    )
  }

  private settle(account: ChartAccount, control: PartyKind | null) {
    account.control = control
    const fresh = this.newAccounts.find((a) => a.number === account.number)
    if (fresh) fresh.control = control
    else if (control) this.newControls.push([account.number, control])
  }

  private party(kind: PartyKind, number: string, control: string): string {
    if (!this.parties.has(`${kind} ${number}`)) {
      this.told.add('party-made', { kind, party: number })
      this.insert({ kind, id: number, name: number }, control)
    }
    return number
  }

  private insert(party: Partial<SaftParty> & Pick<SaftParty, 'kind' | 'id' | 'name'>, control: string) {
    const key = `${party.kind} ${party.id}`
    if (this.parties.has(key)) return this.compare(party, this.own.get(key))
    this.parties.add(key)
    const row = partyRow(party, control, this.technical.get(party.kind) === party.id)
    if (party.registrationNumber && !row.organisationNumber && /^\d{9}$/.test(party.registrationNumber))
      this.told.add('organisation-number', { value: party.registrationNumber })
    this.newParties.push(row)
  }

  /** Who has the number here may be somebody else; a name that is only the number tells nothing. */
  private compare({ kind, id, name, registrationNumber = '' }: Parameters<SaftChart['insert']>[0], own?: OwnParty) {
    if (!own || name === id || own.name === id) return
    const organisationNumber = organisationNumberOf(registrationNumber)
    if (!isSameParty({ name, organisationNumber }, own))
      this.told.add('party-other-name', { kind, party: id, name, own: own.name })
  }

  /** Where a party without any balance account belongs: the usual receivables or payables account. */
  private usualControl(kind: PartyKind): string {
    const usual = kind === 'customer' ? '1500' : '2400'
    const fitting = [...this.accounts.values()].filter((a) => a.control === kind || a.mayBeControl === kind)
    const found = fitting.find((a) => a.control === kind) ?? fitting.find((a) => a.number === usual) ?? fitting[0]
    if (found) return found.number
    if (!this.accounts.has(usual)) {
      const [nb, english] =
        kind === 'customer' ? [made.receivables, en.made.receivables] : [made.payables, en.made.payables]
      this.told.add('account-made', { account: usual })
      const account = this.keep(newAccount({ id: usual }, nb, english), '')
      this.settle(account, kind)
    }
    return usual
  }

  private keep(account: NewAccount, standardAccount: string): ChartAccount {
    const { number, type, groupingCode } = account
    const kept: ChartAccount = {
      number,
      type,
      control: undefined,
      isVat: isVatAccount(number, groupingCode ?? '', standardAccount),
      isNew: true,
      isUsed: false,
      mayBeControl: mayBeControl(number, groupingCode ?? '', standardAccount),
    }
    this.accounts.set(number, kept)
    this.newAccounts.push(account)
    return kept
  }
}

const fitsIn = (kind: PartyKind | null, customer: string, supplier: string): boolean =>
  (kind === 'customer' && customer !== '') || (kind === 'supplier' && supplier !== '')

/** A supplier on a receivables account, or the other way round, as a party of the account's kind. */
const mirrored = (control: PartyKind, other: string): string =>
  `${control === 'customer' ? 'S' : 'C'}-${other}`.slice(0, 35)

/** Receivables and payables, by grouping code, old standard account or number (NS 4102 structure). */
export function mayBeControl(number: string, groupingCode: string, standardAccount: string): PartyKind | null {
  const known = groupingCode || standardAccount
  if (known === '1500' || known === '15') return 'customer'
  if (known === '2400' || known === '24') return 'supplier'
  if (/^15[0-4]/.test(number) && !groupingCode) return 'customer'
  return /^24[0-4]/.test(number) && !groupingCode ? 'supplier' : null
}

/** Accounts that VAT is booked on; settlement with the state is among them in small charts. */
const isVatAccount = (number: string, groupingCode: string, standardAccount: string): boolean =>
  groupingCode === '2740' ||
  /^27[0-4]/.test(number) ||
  (/^27[0-4]?\d?$/.test(standardAccount) && !/^27[5-9]/.test(number) && accountTypeOf(number, null) === 'liability')
