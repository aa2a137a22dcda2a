import { Problem } from '#worker/core/problem.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { forgottenBefore } from './save-draft.ts'
import { forgetOld, markDeleted, markRestored, readDraft, type StoredDraft } from './store.ts'

/** Puts a draft away. It can be had back for thirty days. @throws Problem 404 draft/unknown. */
export async function removeDraft({ db, by, at }: Acting, draft: string): Promise<void> {
  await draftCalled({ db }, draft)
  const event = { type: 'draft.deleted', at, by, subject: draft }
  await db.batch([markDeleted(draft, by, at), insertEventsIfChanged(event), forgetOld(forgottenBefore(at))], 'write')
}

/** Brings a deleted draft back. @throws Problem 404 draft/unknown. */
export async function restoreDraft({ db, by, at }: Acting, draft: string): Promise<StoredDraft> {
  await draftCalled({ db }, draft)
  await db.batch(
    [markRestored(draft), insertEventsIfChanged({ type: 'draft.restored', at, by, subject: draft })],
    'write',
  )
  return draftCalled({ db }, draft)
}

async function draftCalled({ db }: Pick<Acting, 'db'>, id: string): Promise<StoredDraft> {
  const draft = await readDraft(db, id, 0)
  if (!draft) throw new Problem(404, 'draft/unknown')
  return draft
}
