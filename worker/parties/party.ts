import * as z from 'zod/mini'
import { isOrganisationNumber, isPayableAccount } from '#worker/core/identifiers.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import type { Account, PartyKind } from '#worker/ledger/account.ts'

/** A customer or supplier as every system knows one, and SAF-T carries it. Numbers are text; days are whole days. */
export type PartyCard = {
  kind: PartyKind
  number: string
  name: string
  organisationNumber: string | null
  controlAccount: string
  address: string | null
  postalCode: string | null
  city: string | null
  country: string | null
  email: string | null
  phone: string | null
  /** Norwegian, or an IBAN. */
  bankAccount: string | null
  paymentTermsDays: number | null
  active: boolean
}

/** The same with what only our own register knows of it. */
export type RegisteredParty = PartyCard & {
  defaultAccount: string | null
  defaultVatCode: string | null
  /** Values its vouchers carry unless one says otherwise, by dimension. */
  defaultDimensions: Record<string, string> | null
  externalNumber: string | null
  /** Whatever one should know of it; several lines. */
  note: string | null
}

/** Money would go elsewhere than before: what fraud by e-mail asks for. A first bank account leads nowhere else. */
export const changesBankAccount = (
  before: Pick<RegisteredParty, 'bankAccount'>,
  after: Pick<RegisteredParty, 'bankAccount'>,
): boolean => before.bankAccount !== null && before.bankAccount !== after.bankAccount

const own = {
  name: FilledText(256),
  organisationNumber: z.nullable(
    z.string('field/invalid').check(z.refine(isOrganisationNumber, 'organisation-number/invalid')),
  ),
  controlAccount: FilledText(70),
  address: z.nullable(Text(256)),
  postalCode: z.nullable(Text(20)),
  city: z.nullable(Text(100)),
  country: z.nullable(z.string('field/invalid').check(z.regex(/^[A-Z]{2}$/, 'field/invalid'))),
  email: z.nullable(Text(254).check(z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'field/invalid'))),
  phone: z.nullable(Text(30)),
  bankAccount: z.nullable(z.string('field/invalid').check(z.refine(isPayableAccount, 'bank-account/invalid'))),
  paymentTermsDays: z.nullable(z.int('field/invalid').check(z.gte(0, 'field/invalid'), z.lte(3650, 'field/invalid'))),
  defaultAccount: z.nullable(FilledText(70)),
  defaultVatCode: z.nullable(FilledText(20)),
  defaultDimensions: z.nullable(z.record(FilledText(40), FilledText(35))),
  externalNumber: z.nullable(Text(70)),
  note: z.nullable(Text(4_000)),
  active: z.boolean('field/invalid'),
}

/** Stands behind an account and a colon on a voucher line. */
export const PartyNumber = FilledText(35).check(z.regex(/^[^\s:]+$/, 'field/invalid'))

/** A new customer or supplier; without a number it gets the next in its series. */
export const NewParty = z.strictObject({
  ...z.partial(z.object(own)).shape,
  kind: z.enum(['customer', 'supplier'], {
    error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
  }),
  number: z.optional(PartyNumber),
  name: own.name,
})
export type NewParty = z.infer<typeof NewParty>

/** What may change. Kind and number stand on posted entries and do not. */
export const PartyChange = z.strictObject(z.partial(z.object(own)).shape)
export type PartyChange = z.infer<typeof PartyChange>

/** What a party may point at, as it stands in the company. */
export type PartyFacts = {
  accounts: ReadonlyMap<string, Pick<Account, 'control'>>
  vatCodes: ReadonlySet<string>
  /** Of each dimension its values. */
  dimensions: ReadonlyMap<string, ReadonlySet<string>>
}

export const partyFrom = (wanted: NewParty, number: string, facts: PartyFacts): RegisteredParty => ({
  kind: wanted.kind,
  number,
  name: wanted.name,
  organisationNumber: wanted.organisationNumber ?? null,
  controlAccount: wanted.controlAccount ?? controlAccountFor(wanted.kind, facts) ?? '',
  address: wanted.address ?? null,
  postalCode: wanted.postalCode ?? null,
  city: wanted.city ?? null,
  country: wanted.country ?? null,
  email: wanted.email ?? null,
  phone: wanted.phone ?? null,
  bankAccount: wanted.bankAccount ?? null,
  paymentTermsDays: wanted.paymentTermsDays ?? null,
  defaultAccount: wanted.defaultAccount ?? null,
  defaultVatCode: wanted.defaultVatCode ?? null,
  defaultDimensions: wanted.defaultDimensions ?? null,
  externalNumber: wanted.externalNumber ?? null,
  note: wanted.note ?? null,
  active: wanted.active ?? true,
})

/** The chart's first control account of the kind. */
const controlAccountFor = (kind: PartyKind, { accounts }: PartyFacts): string | undefined =>
  [...accounts]
    .filter(([, account]) => account.control === kind)
    .map(([number]) => number)
    .sort()[0]

/** What keeps a party from standing like this: accounts and VAT codes that do not exist or do not fit. */
export function checkParty(party: RegisteredParty, facts: PartyFacts): Issue[] {
  const issues: Issue[] = []
  const control = facts.accounts.get(party.controlAccount)
  if (party.controlAccount === '') issues.push(error('field/required', '#/controlAccount', {}))
  else if (!control) issues.push(error('account/unknown', '#/controlAccount', { account: party.controlAccount }))
  else if (control.control !== party.kind)
    issues.push(error('party/wrong-kind', '#/controlAccount', { party: party.number, account: party.controlAccount }))
  if (party.defaultAccount !== null && !facts.accounts.has(party.defaultAccount))
    issues.push(error('account/unknown', '#/defaultAccount', { account: party.defaultAccount }))
  if (party.defaultVatCode !== null && !facts.vatCodes.has(party.defaultVatCode))
    issues.push(error('vat-code/unknown', '#/defaultVatCode', { vatCode: party.defaultVatCode }))
  for (const [dimension, value] of Object.entries(party.defaultDimensions ?? {}))
    if (!facts.dimensions.get(dimension)?.has(value))
      issues.push(error('dimension/unknown', `#/defaultDimensions/${dimension}`, { dimension, value }))
  return issues
}

const SERIES = { customer: '1', supplier: '2' } as const
/** Digits in the shortest and longest number that is given out. */
const SHORTEST = 5
const LONGEST = 9

/**
 * The next number of a series: customers from 10000, suppliers from 20000. When five digits are used up it goes on with six,
 * from 100000 or 200000. `highest` holds, for numbers of digits only that begin with the series' digit, the highest of each
 * length. Undefined when all lengths are used up. Source: features.md SUB-04.
 */
export function nextNumber(kind: PartyKind, highest: ReadonlyMap<number, string>): string | undefined {
  for (let length = SHORTEST; length <= LONGEST; length++) {
    const taken = highest.get(length)
    const next = taken === undefined ? `${SERIES[kind]}${'0'.repeat(length - 1)}` : String(Number(taken) + 1)
    if (next.length === length && next.startsWith(SERIES[kind])) return next
  }
  return undefined
}

export const seriesOf = (kind: PartyKind): string => SERIES[kind]
