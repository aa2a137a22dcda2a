import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { FilledText } from '#worker/core/text.ts'

const Year = z.int('field/invalid').check(z.minimum(1900, 'field/invalid'), z.maximum(2200, 'field/invalid'))
const ShortText = z.optional(z.string('field/invalid').check(z.maxLength(100, 'field/invalid')))
/** What an auditor is to see, and for how many days. */
const scope = {
  firstYear: Year,
  lastYear: Year,
  days: z.int('field/invalid').check(z.minimum(1, 'field/invalid'), z.maximum(400, 'field/invalid')),
  firm: ShortText,
  message: z.optional(z.string('field/invalid').check(z.maxLength(500, 'field/invalid'))),
}

/** Ordered by the company, for somebody with an e-mail address. */
export const CompanyOrder = z.strictObject({ email: FilledText(254), name: FilledText(100), ...scope })
/** Ordered by the auditor, of a company they know the number of. */
export const AuditorOrder = z.strictObject({ organisationNumber: FilledText(11), ...scope })
/** What the administrator grants: as ordered, or something else. */
export const Grant = z.strictObject({
  firstYear: z.optional(scope.firstYear),
  lastYear: z.optional(scope.lastYear),
  days: z.optional(scope.days),
})
export type CompanyOrder = z.infer<typeof CompanyOrder>
export type AuditorOrder = z.infer<typeof AuditorOrder>
export type Grant = z.infer<typeof Grant>

export type AuditAccess = {
  id: string
  company: string | null
  companyName: string | null
  organisationNumber: string | null
  user: string | null
  email: string
  name: string
  firm: string
  orderedFrom: 'auditor' | 'company'
  orderedBy: string
  orderedAt: Instant
  message: string
  firstYear: number
  lastYear: number
  days: number
  grantedAt: Instant | null
  grantedBy: string | null
  endsAt: Instant | null
  endedAt: Instant | null
  endedBy: string | null
  outcome: 'refused' | 'withdrawn' | 'ended' | null
}

/** `invited`: granted to somebody who has not taken up the invitation; `over`: the days have gone. */
export type AuditState = 'ordered' | 'invited' | 'active' | 'over' | 'refused' | 'withdrawn' | 'ended'

export function stateOf(a: Pick<AuditAccess, 'outcome' | 'grantedAt' | 'endsAt' | 'user'>, now: Instant): AuditState {
  if (a.outcome !== null) return a.outcome
  if (a.grantedAt === null) return 'ordered'
  if (a.endsAt! <= now) return 'over'
  return a.user === null ? 'invited' : 'active'
}

const DAY_MS = 24 * 3600_000
/** When access that is granted now ends. */
export const endsAt = (now: Instant, days: number): Instant =>
  new Date(Date.parse(now) + days * DAY_MS).toISOString() as Instant
