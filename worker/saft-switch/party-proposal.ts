import type { PartyKind } from '#worker/ledger/account.ts'
import type { OwnParty } from '#worker/saft/saft-chart.ts'
import type { SaftParty } from '#worker/saft/saft-file.ts'
import { isSameParty, organisationNumberOf } from '#worker/saft/saft-register.ts'

/**
 * A party of the files that meets one of ours: `own` has its organisation number under another number, and is proposed, or has its
 * number and seems to be somebody else, which is asked. `name` is empty for one that the files do not describe.
 */
export type MetParty = {
  kind: PartyKind
  number: string
  name: string
  organisationNumber: string | null
  own: OwnParty
  /** A number that nobody has, here or in the files. */
  free: string
  reason: 'organisation-number' | 'asked'
}

/** Parties met that are listed; with more, the registers are two, and nothing is booked before they are told apart. */
export const MOST_MET = 5_000
/** Numbers beyond these are no part of a series that one goes on with. */
const LONGEST_IN_SERIES = 9

/** Finds who of the files' parties the company has already, and under which number. Source: features.md IMP-01. */
export class PartyMeetings {
  private readonly byNumber = new Map<string, OwnParty>()
  private readonly byOrganisation = new Map<string, OwnParty | null>()
  private readonly met = new Map<string, Omit<MetParty, 'free'>>()
  private readonly unlisted = new Set<string>()
  private readonly highest = { customer: 0, supplier: 0 }

  constructor(own: readonly OwnParty[]) {
    for (const party of own) {
      const { kind, number, organisationNumber } = party
      this.byNumber.set(`${kind} ${number}`, party)
      this.passes(kind, number)
      const key = `${kind} ${organisationNumber}`
      // Two with one organisation number are told apart by nothing.
      if (organisationNumber) this.byOrganisation.set(key, this.byOrganisation.has(key) ? null : party)
    }
  }

  /** A party that a file describes. */
  add({ kind, id: number, name, registrationNumber }: Pick<SaftParty, 'kind' | 'id' | 'name' | 'registrationNumber'>) {
    this.passes(kind, number)
    if (this.byNumber.size === 0) return
    const organisationNumber = organisationNumberOf(registrationNumber)
    const same = this.byNumber.get(`${kind} ${number}`)
    if (same && isSameParty({ name, organisationNumber }, same)) return
    const known = organisationNumber === null ? undefined : this.byOrganisation.get(`${kind} ${organisationNumber}`)
    const own = known ?? same
    if (!own) return
    const reason = known ? 'organisation-number' : 'asked'
    this.keep({ kind, number, name, organisationNumber, own, reason })
  }

  /** A party that only transactions name: whose it is under that number here nothing tells, unless it never had a name. */
  addNameless(kind: PartyKind, number: string) {
    this.passes(kind, number)
    const own = this.byNumber.get(`${kind} ${number}`)
    if (own && own.name !== number)
      this.keep({ kind, number, name: '', organisationNumber: null, own, reason: 'asked' })
  }

  result(): MetParty[] {
    return [...this.met.values()].map((party) => ({ ...party, free: String(++this.highest[party.kind]) }))
  }

  /** How many are met beyond those listed. */
  get beyond(): number {
    return this.unlisted.size
  }

  private keep(party: Omit<MetParty, 'free'>) {
    const key = `${party.kind} ${party.number}`
    if (this.met.size < MOST_MET || this.met.has(key)) this.met.set(key, party)
    else this.unlisted.add(key)
  }

  private passes(kind: PartyKind, number: string) {
    if (!/^\d+$/.test(number) || number.length > LONGEST_IN_SERIES) return
    this.highest[kind] = Math.max(this.highest[kind], Number(number))
  }
}
