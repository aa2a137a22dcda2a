import type { Instant } from '#worker/core/dates.ts'
import type { Changes } from '#worker/events/event.ts'

/**
 * Something that happened outside any company's books: somebody signed in, was given a role, made a key, opened a company.
 * `user` is whom it concerns, `company` or `office` where it counts; `subject` is what it happened to, by its id.
 */
export type NewControlEntry = {
  type: string
  at: Instant
  by: string
  subject: string
  user?: string | null
  company?: string | null
  office?: string | null
  changes?: Changes
}

/** Whose part of the log: a person's own, a company's (of some days, both ends counted), an office's, or all of it for the operator. */
export type LogScope =
  | { readonly user: string }
  | { readonly company: string; readonly days?: readonly { readonly from: string; readonly to: string }[] }
  | { readonly office: string }
  | 'everything'

/** A refused sign-in has nobody behind it. */
export const NOBODY = 'nobody'
