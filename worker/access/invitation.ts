import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'
import { MemberRole } from './api-key.ts'
import type { Invitation } from './invitation-store.ts'
import { OFFICE_ROLES, type OfficeRole } from './permission.ts'

const common = {
  email: FilledText(254),
  name: z.optional(z.string('field/invalid').check(z.maxLength(100, 'field/invalid'))),
  language: z.optional(z.enum(['nb', 'en'], { error: 'field/invalid' })),
  /** How many days the link works. */
  days: z.optional(z.int('field/invalid').check(z.minimum(1, 'field/invalid'), z.maximum(60, 'field/invalid'))),
}

/** Somebody to invite to a company. */
export const NewInvitation = z.strictObject({ ...common, role: MemberRole })
/** Somebody to invite to an accounting office. */
export const NewOfficeInvitation = z.strictObject({
  ...common,
  role: z.enum(OFFICE_ROLES as readonly [OfficeRole, ...OfficeRole[]], {
    error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid'),
  }),
})

export const InvitationAnswer = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  language: z.enum(['nb', 'en']),
  by: z.string(),
  sentAt: z.string(),
  expiresAt: z.string(),
})
/** `path` is the link, where no e-mail could be sent; then it cannot be read again. */
export const InvitedAnswer = z.extend(InvitationAnswer, { mailed: z.boolean(), path: z.nullable(z.string()) })

export const invitationAnswer = ({ id, email, name, role, language, by, sentAt, expiresAt }: Invitation) => ({
  id,
  email,
  name,
  role,
  language,
  by,
  sentAt,
  expiresAt,
})
/** With the link where its receiver has no e-mail of it, which is told once: its path on this site. */
export const invitedAnswer = ({ invitation, token }: { invitation: Invitation; token: string | undefined }) => ({
  ...invitationAnswer(invitation),
  mailed: invitation.mailed,
  path: token === undefined ? null : `/invitation/${token}`,
})
