import * as z from 'zod/mini'
import { addDays, dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { Issue } from '#worker/core/problem.ts'

/** How long a deletion can be undone, in days. */
export const GRACE_DAYS = 30
/** How long books are kept after the end of the fiscal year, in years. Source: bokføringsloven § 13. Some must be kept longer. */
export const RETENTION_YEARS = 5

/** Why books may go while they must be kept: they are kept elsewhere, or there never was a duty to keep them. */
export const GROUNDS = ['kept-elsewhere', 'no-bookkeeping'] as const
export type Ground = (typeof GROUNDS)[number] | 'retention-over' | 'never-opened'

export const DeletionAsked = z.strictObject({
  /** The company's name as it stands, so that nobody deletes another than they mean. */
  name: z.string().check(z.maxLength(256)),
  ground: z.optional(z.enum(GROUNDS)),
})
export type DeletionAsked = z.infer<typeof DeletionAsked>

/** What a company holds, in numbers. `lastBooked` is the last day of the newest fiscal year with vouchers. */
export type Extent = {
  vouchers: number
  entries: number
  documents: number
  ledgerVersion: number
  chainHead: string
  lastBooked: IsoDate | null
}

export type Deletion = {
  id: string
  company: string
  askedAt: Instant
  askedBy: string
  ground: Ground
  retentionUntil: IsoDate | null
  deletesAt: Instant
  undoneAt: Instant | null
  doneAt: Instant | null
  proof: string | null
  proofHash: string | null
  signature: string | null
}

/** The day until which the books must be kept; null for a test company, and where nothing was booked. */
export function retentionUntil(lastBooked: IsoDate | null, test: boolean): IsoDate | null {
  if (lastBooked === null || test) return null
  const year = Number(lastBooked.slice(0, 4)) + RETENTION_YEARS
  const day = `${year}${lastBooked.slice(4)}`
  return (day.endsWith('-02-29') ? `${year}-02-28` : day) as IsoDate
}

/** Why a company may not be deleted as it was asked. */
export function checkDeletion(
  asked: DeletionAsked,
  company: { name: string; retentionUntil: IsoDate | null },
  today: IsoDate,
): Issue[] {
  const issues: Issue[] = []
  const wrong = (code: string, pointer: string, params = {}) =>
    issues.push({ code, severity: 'error', pointer, params })
  if (asked.name.trim() !== company.name) wrong('company-deletion/other-name', '#/name', { name: company.name })
  if (isRetained(company.retentionUntil, today) && asked.ground === undefined)
    wrong('company-deletion/must-be-kept', '#/ground', { until: company.retentionUntil! })
  return issues
}

export const isRetained = (until: IsoDate | null, today: IsoDate): boolean => until !== null && today <= until

/** When a deletion that is asked for now is carried out, at the earliest. */
export const deletesAt = (at: Instant): Instant => `${addDays(dayInOslo(at), GRACE_DAYS)}T00:00:00.000Z` as Instant

/** What is left of a company: figures and hashes, and no name of anybody. */
export type Found = Extent & { books: string; backups: number }
export const PROOF_FORMAT = 'hovedbok/deletion/1'

/**
 * The proof as the text that is hashed and signed: one line of JSON, fields in this order. `objectsLeft`: objects in the bucket under its
 * id, counted when the rest was removed.
 */
export function proofOf(deletion: Deletion, found: Found, objectsLeft: number, deletedAt: Instant): string {
  const { id, company, askedAt, askedBy, ground, retentionUntil } = deletion
  const { books, vouchers, entries, documents, backups, ledgerVersion, chainHead } = found
  return JSON.stringify({
    ...{ format: PROOF_FORMAT, id, company, books, askedAt, askedBy, ground, retentionUntil, deletedAt },
    ...{ ledgerVersion, chainHead, removed: { database: 1, vouchers, entries, documents, backups }, objectsLeft },
  })
}
