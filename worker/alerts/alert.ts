import type { Instant } from '#worker/core/dates.ts'

/**
 * What a person should know of and perhaps act on. `new-device`, `many-failures`, `factors-reset`: their own sign-in. The rest concern a company,
 * and are told its administrators.
 */
export const ALERT_KINDS = [
  'new-device',
  'many-failures',
  'factors-reset',
  'key-created',
  'rights-changed',
  'everything-exported',
  'webhook-created',
  'webhook-disabled',
  'period-reopened',
  'verification-failed',
  'verification-not-run',
  'backup-failed',
  'schedule-not-run',
  'deletion-asked',
  'company-deleted',
  'deletion-failed',
] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** An alert before anyone is told: `subject` is what it is about, by its id; params are put into its text. */
export type NewAlert = {
  kind: AlertKind
  subject: string
  params: Readonly<Record<string, string>>
  at: Instant
}

/** An alert as one person has it. */
export type Alert = {
  id: string
  kind: AlertKind
  company: { id: string; name: string } | null
  office: { id: string; name: string } | null
  subject: string
  params: Readonly<Record<string, string>>
  raisedAt: Instant
  seenAt: Instant | null
}
