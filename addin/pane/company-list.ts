import type { Company } from '../api/ledger-api.ts'

/** Companies that are remembered as used, newest first. */
const REMEMBERED = 20

/** The companies used, with one more. */
export const usedWith = (used: readonly string[], id: string): string[] =>
  [id, ...used.filter((other) => other !== id)].slice(0, REMEMBERED)

/**
 * Companies to choose among: those last used first, then the others in their order, resting copies last. Of a text, those whose
 * name holds it, or whose number begins with it.
 */
export function companyList(companies: readonly Company[], used: readonly string[], text = ''): Company[] {
  const wanted = text.trim().toLowerCase()
  const number = wanted.replace(/\s/g, '')
  const placeOf = ({ id, pausedAt }: Company) => {
    const at = used.indexOf(id)
    return at >= 0 ? at : REMEMBERED + (pausedAt ? 1 : 0)
  }
  return companies
    .filter(
      ({ name, organisationNumber }) =>
        name.toLowerCase().includes(wanted) || (number !== '' && organisationNumber?.startsWith(number)),
    )
    .sort((a, b) => placeOf(a) - placeOf(b))
}
