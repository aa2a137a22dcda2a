import * as z from 'zod/mini'
import { MemberRole } from '#worker/access/api-key.ts'
import { OFFICE_ROLES, type OfficeRole } from '#worker/access/permission.ts'
import { isOrganisationNumber } from '#worker/core/identifiers.ts'
import { FilledText } from '#worker/core/text.ts'

const OrganisationNumber = z.nullable(
  z.string('field/invalid').check(z.refine(isOrganisationNumber, 'organisation-number/invalid')),
)

/** An accounting office: its name, and its number in the register of business enterprises. */
export const OfficeDetails = z.strictObject({
  name: FilledText(100),
  organisationNumber: z.optional(OrganisationNumber),
})
export const StaffChange = z.strictObject({
  role: z.enum(OFFICE_ROLES as readonly [OfficeRole, ...OfficeRole[]], {
    error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid'),
  }),
})

/** Who of the office works for a client: at most one is responsible, and nobody is there twice. */
export const ClientStaff = z.strictObject({
  staff: z
    .array(
      z.strictObject({
        user: FilledText(40),
        duty: z.enum(['responsible', 'team'], { error: 'field/invalid' }),
        role: MemberRole,
      }),
      { error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') },
    )
    .check(
      z.maxLength(100, 'field/invalid'),
      z.refine(
        (staff) => staff.filter((one) => one.duty === 'responsible').length <= 1,
        'client-staff/one-responsible',
      ),
      z.refine((staff) => new Set(staff.map((one) => one.user)).size === staff.length, 'field/invalid'),
    ),
})
export type OfficeDetails = z.infer<typeof OfficeDetails>
export type Assignment = z.infer<typeof ClientStaff>['staff'][number]

/** An office that a company is to move to, by its number in the register. */
export const MoveRequest = z.strictObject({
  organisationNumber: z.string('field/required').check(z.refine(isOrganisationNumber, 'organisation-number/invalid')),
})

export type Staff = {
  user: string
  name: string
  email: string
  role: OfficeRole
  since: string
  clients: number
  responsibleFor: number
}
export type OfficeClient = {
  id: string
  name: string
  organisationNumber: string | null
  colour: string
  test: boolean
  staff: { user: string; name: string; duty: 'responsible' | 'team'; role: string; roleName: string | null }[]
}
export type ClientMove = {
  id: string
  company: string
  companyName: string
  fromName: string | null
  to: string
  toName: string
  askedBy: string
  askedAt: string
}
