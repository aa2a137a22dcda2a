import * as z from 'zod/mini'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { type Account, type AccountType, isBalanceAccount, type PartyKind } from '#worker/ledger/account.ts'
import { PartyNumber } from '#worker/parties/party.ts'
import type { SaftAnswers } from '#worker/saft/saft-answers.ts'
import type { OwnParty } from '#worker/saft/saft-chart.ts'
import { isSameParty, newAccount } from '#worker/saft/saft-register.ts'
import { NO_VAT } from '#worker/saft/saft-vat.ts'
import { type MappingReason, type ProposedAccount, proposeAccounts } from './account-proposal.ts'
import type { MetParty } from './party-proposal.ts'
import type { SaftSwitch } from './store.ts'
import type { Surveyed } from './switch-survey.ts'

/** What a person says of the files; what is not named stays as proposed. An empty text takes an answer back. */
export const SwitchAnswers = z.strictObject({
  /** Our account by the file's number: one of the chart, or the file's own. */
  accounts: z.record(FilledText(70), Text(70)),
  /** Names of parties the file does not describe, by `customer 10001`. */
  parties: z.record(FilledText(50), Text(256)),
  /** Names of analysis types the file does not describe. */
  dimensions: z.record(FilledText(70), Text(70)),
  /** Our VAT code for a tax code that is none of the standard ones, or `none`. */
  taxCodes: z.record(FilledText(70), Text(20)),
  /** Our number by `customer 10001`, for parties that meet one of ours: its number for the same one, a free one for another. */
  partyNumbers: z.record(FilledText(50), Text(35)),
  /** A file of another organisation number is wanted here all the same. */
  otherCompany: z.boolean('field/invalid'),
  /** What settles what: as the rules of the sub-ledger say, the oldest first where nothing agrees, or nothing. */
  openItems: z.enum(['match', 'oldest-first', 'leave'], 'field/invalid'),
})
export type SwitchAnswers = z.infer<typeof SwitchAnswers>
export const SwitchChange = z.partial(SwitchAnswers)

export type MappedAccount = Omit<ProposedAccount, 'reason'> & { reason: MappingReason | 'before' | 'chosen' }

/** Every account of the files with the one of ours it becomes, and why: as it was booked, where booking has begun. */
export function mappedAccounts(
  { found, answers, mapping, begun }: Pick<SaftSwitch, 'found' | 'answers' | 'mapping' | 'begun'>,
  chart: readonly Account[],
): MappedAccount[] {
  if (begun && mapping)
    return found.accounts.map((account) => {
      const [to, reason] = mapping[account.number] ?? [null, 'asked']
      return { ...account, to, reason }
    })
  const ours = new Set(chart.map((a) => a.number))
  return proposeAccounts(found.accounts, chart).map((proposed): MappedAccount => {
    const before = found.before?.[proposed.number]
    const again = before !== undefined && before !== proposed.to && ours.has(before)
    const account: MappedAccount = again ? { ...proposed, to: before, reason: 'before' } : proposed
    const to = answers.accounts[account.number]
    return to === undefined || to === account.to ? account : { ...account, to, reason: 'chosen' }
  })
}

/**
 * What was answered of the files booked before, as far as these files ask it. That a file goes into another company is asked each time.
 */
export function carriedOver(
  found: Surveyed,
  { answers, mapping }: Pick<SaftSwitch, 'answers' | 'mapping'>,
): { before: Record<string, string>; answers: SwitchAnswers } {
  const asked = (of: Record<string, string>, keys: readonly string[]) =>
    Object.fromEntries(keys.flatMap((key) => (of[key] === undefined ? [] : [[key, of[key]]])))
  // One that only transactions name was made under the name it was given.
  const named = found.met.filter((met) => met.name === '' && answers.parties[keyOfParty(met)] === met.own.name)
  return {
    before: Object.fromEntries(
      found.accounts.flatMap(({ number }) => (mapping?.[number] ? [[number, mapping[number][0]]] : [])),
    ),
    answers: {
      accounts: {},
      parties: asked(answers.parties, found.parties.map(keyOfParty)),
      dimensions: asked(
        answers.dimensions,
        found.dimensions.map(({ type }) => type),
      ),
      taxCodes: asked(
        answers.taxCodes,
        (found.taxCodes ?? []).map(({ code }) => code),
      ),
      partyNumbers: {
        ...Object.fromEntries(named.map((met) => [keyOfParty(met), met.own.number])),
        ...asked(answers.partyNumbers, found.met.map(keyOfParty)),
      },
      otherCompany: false,
      openItems: answers.openItems,
    },
  }
}

/** Tax codes that are answered to be a VAT code which the company lacks. */
export const checkTaxCodes = (answers: SwitchAnswers, codes: readonly { code: string }[]): Issue[] =>
  Object.entries(answers.taxCodes).flatMap(([taxCode, code]): Issue[] =>
    code === NO_VAT || codes.some((c) => c.code === code)
      ? []
      : [{ code: 'vat-code/unknown', severity: 'error', pointer: `#/taxCodes/${taxCode}`, params: { vatCode: code } }],
  )

/** What is wrong with where accounts go: an account that nobody has, or one that would move between balance and result. */
export function checkMapping(mapped: readonly MappedAccount[], chart: readonly Account[]): Issue[] {
  const ours = new Map(chart.map((a) => [a.number, a]))
  const kept = new Map(mapped.flatMap((a) => (a.to === a.number ? [[a.number, natureOf(a)]] : [])))
  return mapped.flatMap((account): Issue[] => {
    const { number, to } = account
    if (to === null) return []
    const pointer = `#/accounts/${number}`
    // An account of the chart, or one of the files that keeps its number.
    const target = ours.get(to)?.type ?? kept.get(to)
    if (!target) return [{ code: 'account/unknown', severity: 'error', pointer, params: { account: to } }]
    const moves = isBalanceAccount(natureOf(account)) !== isBalanceAccount(target)
    return moves
      ? [{ code: 'saft-switch/wrong-nature', severity: 'error', pointer, params: { account: number, to } }]
      : []
  })
}

const natureOf = ({ number, groupingCategory, standardAccount }: MappedAccount): AccountType =>
  newAccount({ id: number, groupingCategory, standardAccount }, '', '').type

export type MappedParty = Omit<MetParty, 'reason'> & { to: string | null; reason: MetParty['reason'] | 'chosen' }

/** Every party that meets one of ours, with the number it gets. */
export const mappedParties = ({ found, answers }: Pick<SaftSwitch, 'found' | 'answers'>): MappedParty[] =>
  found.met.map((met): MappedParty => {
    const chosen = answers.partyNumbers[keyOfParty(met)]
    if (chosen !== undefined) return { ...met, to: chosen, reason: 'chosen' }
    return { ...met, to: met.reason === 'asked' ? null : met.own.number }
  })

/**
 * Answers that are of no party met, and numbers that no party can have or that somebody else has: a new one is neither among our own
 * as they are now, unless it is this party that an earlier file made there, nor given twice.
 */
export function checkParties(
  met: readonly MappedParty[],
  { found, answers: { partyNumbers, parties } }: Pick<SaftSwitch, 'found' | 'answers'>,
  own: readonly OwnParty[],
): Issue[] {
  const keys = new Set(met.map(keyOfParty))
  const ours = new Map(own.map((party) => [keyOfParty(party), party]))
  const given = new Set<string>()
  const wrong = (key: string): Issue => ({
    code: 'field/invalid',
    severity: 'error',
    pointer: `#/partyNumbers/${key}`,
    params: {},
  })
  const unknown = Object.keys(partyNumbers).filter((key) => !keys.has(key))
  const numbers = met.flatMap((party): Issue[] => {
    const { kind, to, organisationNumber } = party
    const key = keyOfParty(party)
    if (to === null) return []
    const target = ours.get(`${kind} ${to}`)
    const name = party.name || (parties[key] ?? '')
    const isOurs = to === party.own.number || to === found.numbersBefore?.[key]
    if (target && (isOurs || isSameParty({ name, organisationNumber }, target))) return []
    if (!PartyNumber.safeParse(to).success) return [wrong(key)]
    if (target || given.has(`${kind} ${to}`))
      return [{ ...wrong(key), code: 'party/exists', params: { kind, party: to } }]
    given.add(`${kind} ${to}`)
    return []
  })
  return [...unknown.map(wrong), ...numbers]
}

const keyOfParty = ({ kind, number }: { kind: PartyKind; number: string }): string => `${kind} ${number}`

/** The answers as booking takes them; an account or a party that keeps its number is not named. */
export function saftAnswersOf(
  mapped: readonly MappedAccount[],
  met: readonly MappedParty[],
  { parties, dimensions, taxCodes }: SwitchAnswers,
): SaftAnswers {
  return {
    newNumbers: new Set(
      met.flatMap(({ kind, number, to, own }) =>
        to === null || to === own.number || to === number ? [] : [`${kind} ${to}`],
      ),
    ),
    partyNumbers: new Map(
      met.flatMap(({ kind, number, to }) => (to === null || to === number ? [] : [[`${kind} ${number}`, to]])),
    ),
    accounts: new Map(mapped.flatMap(({ number, to }) => (to === null || to === number ? [] : [[number, to]]))),
    parties: Object.entries(parties).flatMap(([key, name]) => {
      const [kind, number] = [key.slice(0, key.indexOf(' ')), key.slice(key.indexOf(' ') + 1)]
      return name.trim() === '' ? [] : [{ kind: kind as PartyKind, number, name: name.trim() }]
    }),
    dimensions: new Map(Object.entries(dimensions).filter(([, name]) => name.trim() !== '')),
    taxCodes: new Map(Object.entries(taxCodes)),
  }
}
