import type { PartyKind } from '#worker/ledger/account.ts'
import type { RegisteredParty } from './party.ts'

export type Matched = { by: 'organisation' | 'number' | 'name'; party: RegisteredParty }
/** Which party a row is: one that stands, several it might be, or none. */
export type Match = Matched | { by: 'several'; numbers: string[] } | undefined
type Wanted = {
  kind: PartyKind
  number?: string | undefined
  organisationNumber?: string | null | undefined
  name?: string | undefined
}

/** A name as two lists may write it. */
export const plainName = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ' ')

/**
 * Finds the party that a row of a list is: by organisation number, then by number, then by name. Of several with one organisation
 * number the row's own number says which, else its name. A name tells only a row without a number, never one with another
 * organisation number, and each party of that name once, so that two people called the same stay two. Source: features.md IMP-01, 4.8.
 */
export function partyMatcher(kept: readonly RegisteredParty[]) {
  const standing = new Map<string, RegisteredParty>()
  const byOrganisation = new Map<string, Set<string>>()
  const byName = new Map<string, Set<string>>()
  const taken = new Set<string>()
  const keyOf = (kind: PartyKind, text: string) => `${kind} ${text}`
  const under = (map: Map<string, Set<string>>, key: string) => [...(map.get(key) ?? [])].map((k) => standing.get(k)!)
  const list = (map: Map<string, Set<string>>, key: string, party: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(party))

  function add(party: RegisteredParty): void {
    const key = keyOf(party.kind, party.number)
    standing.set(key, party)
    if (party.organisationNumber) list(byOrganisation, keyOf(party.kind, party.organisationNumber), key)
    list(byName, keyOf(party.kind, plainName(party.name)), key)
  }
  for (const party of kept) add(party)

  return {
    /** A party as a row left it: rows below may be the same. */
    add(party: RegisteredParty): void {
      add(party)
      taken.add(keyOf(party.kind, party.number))
    },
    find(row: Wanted, changesNothing: (party: RegisteredParty) => boolean): Match {
      const { kind, number, organisationNumber, name } = row
      const same = name === undefined ? undefined : plainName(name)
      if (organisationNumber) {
        const own = under(byOrganisation, keyOf(kind, organisationNumber)).filter(
          (party) => party.organisationNumber === organisationNumber,
        )
        const party = own.find((p) => p.number === number) ?? own.find((p) => plainName(p.name) === same) ?? own.at(0)
        if (party) return { by: 'organisation', party }
      }
      if (number !== undefined) {
        const party = standing.get(keyOf(kind, number))
        return party && { by: 'number', party }
      }
      if (same === undefined) return undefined
      const named = under(byName, keyOf(kind, same)).filter(
        (p) =>
          plainName(p.name) === same &&
          (!organisationNumber || !p.organisationNumber || p.organisationNumber === organisationNumber),
      )
      const free = named.filter((p) => !taken.has(keyOf(kind, p.number)))
      const party = free.find(changesNothing) ?? named.find(changesNothing) ?? (free.length === 1 ? free[0] : undefined)
      if (party) return { by: 'name', party }
      return free.length > 1 ? { by: 'several', numbers: free.map((p) => p.number) } : undefined
    },
  }
}
