import { isOrganisationNumber, isPayableAccount, plainAccount } from '#worker/core/identifiers.ts'
import { cutText } from '#worker/core/text.ts'
import { type Account, accountTypeOf } from '#worker/ledger/account.ts'
import type { PartyCard } from '#worker/parties/party.ts'
import type { SaftAccount, SaftParty } from './saft-file.ts'

export type NewAccount = Account & { externalNumber: string | null }
export type NewParty = PartyCard & {
  /** Holds what belongs to nobody; found again by this. */
  technical: boolean
}

const orNull = (text: string | undefined, longest: number): string | null => text?.slice(0, longest).trim() || null

/** An account of the file as ours: its own number and name; the type from its grouping, else from its number. */
export function newAccount(
  file: Partial<SaftAccount> & Pick<SaftAccount, 'id'>,
  nameNb = file.description || file.id,
  nameEn = file.description || file.id,
): NewAccount {
  const category = file.groupingCategory && file.groupingCategory !== 'NA' ? file.groupingCategory : null
  const nature = category ? accountTypeOf(file.id, category) : accountTypeOf(file.standardAccount || file.id, null)
  return {
    number: file.id,
    nameNb,
    nameEn,
    type: nature,
    control: null,
    defaultVatCode: null,
    vatCodeRequired: false,
    allowedVatCodes: null,
    groupingCategory: category,
    groupingCode: category && file.groupingCode ? file.groupingCode : null,
    closedFrom: null,
    externalNumber: file.standardAccount || null,
  }
}

/** A party of the file as the register takes it; what fails its check digits or does not fit its field is left out. */
export function partyRow(
  party: Partial<SaftParty> & Pick<SaftParty, 'kind' | 'id' | 'name'>,
  controlAccount: string,
  technical: boolean,
): NewParty {
  const organisationNumber = organisationNumberOf(party.registrationNumber ?? '')
  const bankAccount = plainAccount(party.bankAccount ?? '')
  return {
    kind: party.kind,
    number: party.id,
    name: cutText(party.name, 256).trim() || party.id,
    organisationNumber,
    controlAccount,
    address: orNull(party.address, 256),
    postalCode: orNull(party.postalCode, 20),
    city: orNull(party.city, 100),
    country: /^[A-Z]{2}$/.test(party.country ?? '') ? party.country! : null,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(party.email ?? '') ? party.email! : null,
    phone: orNull(party.phone, 30),
    bankAccount: isPayableAccount(bankAccount) ? bankAccount : null,
    paymentTermsDays: party.paymentDays ?? null,
    active: party.passive !== true,
    technical,
  }
}

/** What tells who a party is. */
export type PartyIdentity = { name: string; organisationNumber: string | null }

/** Whether two are the same: by organisation number where both have one, else by name. */
export const isSameParty = (a: PartyIdentity, b: PartyIdentity): boolean =>
  a.organisationNumber !== null && b.organisationNumber !== null
    ? a.organisationNumber === b.organisationNumber
    : plainName(a.name) === plainName(b.name)

/** Small letters and figures only, so that punctuation and case do not part two names. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** "NO 923 609 016 MVA" is 923609016; null when its check digit is wrong. */
export function organisationNumberOf(text: string): string | null {
  const digits = text
    .replace(/\s/g, '')
    .replace(/^NO(?=\d)/i, '')
    .replace(/MVA$/i, '')
  return isOrganisationNumber(digits) ? digits : null
}
