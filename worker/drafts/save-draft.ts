import { addDays, dayInOslo, type Instant } from '#worker/core/dates.ts'
import { InvariantError } from '#worker/core/money.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { DraftChanges } from './draft-row.ts'
import { draftIn, forgetOld, readingOf, type StoredDraft, writeRows } from './store.ts'

/** How long a deleted draft can be had back. */
export const KEPT_DAYS = 30

/** The moment before which deleted drafts are forgotten. */
export const forgottenBefore = (at: Instant): Instant =>
  `${addDays(dayInOslo(at), -KEPT_DAYS)}T00:00:00.000Z` as Instant

/**
 * Writes what one has in a draft, and gives what others have written since: the rows of theirs that one has not seen, those
 * among them that one sent oneself and that were therefore not taken. One batch; sent twice it does nothing the second time.
 */
export async function saveDraft({ db, by, at }: Acting, draft: string, changes: DraftChanges): Promise<StoredDraft> {
  const { since } = changes
  const rows = changes.rows.map((row) => ({ ...row, removed: row.removed ?? false }))
  const writing = writeRows({ draft, since, rows, by, at })
  const reading = readingOf(draft, since)
  const forgetting = since === 0 ? [forgetOld(forgottenBefore(at))] : []
  const results = await db.batch([...writing, ...reading, ...forgetting], 'write')
  const saved = draftIn(results.slice(writing.length, writing.length + reading.length))
  if (!saved) throw new InvariantError(`draft ${draft} was written and is not there`)
  const wrote = results[1]!.rowsAffected > 0
  return wrote ? { ...saved, rows: saved.rows.filter((row) => row.version !== saved.version) } : saved
}
