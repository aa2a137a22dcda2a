import { organisationNumber } from '#i18n/format.ts'
import { Problem } from '#worker/core/problem.ts'
import { organisationNumberOf } from './saft-register.ts'

/** The organisation numbers of a file and of the company it goes into, as they are written, where they are two. */
export function otherCompany(registrationNumber: string, own: string | null | undefined) {
  const theirs = organisationNumberOf(registrationNumber)
  return theirs && own && theirs !== own
    ? { file: organisationNumber(theirs), own: organisationNumber(own) }
    : undefined
}

/** A file of another company goes in only where somebody has said so. @throws Problem 422 saft/other-company. */
export function checkCompany(registrationNumber: string, own: string | null | undefined, confirmed = false): void {
  const other = otherCompany(registrationNumber, own)
  if (other && !confirmed) throw new Problem(422, 'saft/other-company', { params: other })
}
