import type { Company } from '../api/ledger-api.ts'

/** Companies that count in a group: a copy that rests is the books of another once more. */
export const inUse = (companies: readonly Company[]): Company[] => companies.filter(({ pausedAt }) => !pausedAt)

/** Companies that are meant by an id, an organisation number or a name; a copy that rests where no other is meant. */
export function companiesNamed(companies: readonly Company[], named: string): Company[] {
  const wanted = named.toLowerCase()
  const own = companies.filter(({ id }) => id === wanted)
  if (own.length > 0) return own
  const found = companies.filter(
    ({ organisationNumber, name }) => organisationNumber === wanted || name.toLowerCase() === wanted,
  )
  const used = inUse(found)
  return used.length > 0 ? used : found
}
