import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Comment } from './comment.ts'

/**
 * Adds a comment to a voucher, once for each id. Gives the comment as it stands.
 * @throws Problem 409 comment/id-reused for an id that is on another voucher.
 */
export async function addComment(
  { db, by, at }: Acting,
  voucher: { id: string; ledgerVersion: number },
  { id = idOf('cmt', crypto.getRandomValues(new Uint8Array(17))), text }: { id?: string | undefined; text: string },
): Promise<Comment> {
  await db.batch(
    [
      {
        sql: `insert into voucher_comment (id, ledger_version, text, recorded_at, by)
              select ?, cast(? as integer), ?, ?, ? where true on conflict (id) do nothing`,
        args: [id, String(voucher.ledgerVersion), text, at, by],
      },
      insertEventsIfChanged({
        type: 'voucher.commented',
        at,
        by,
        subject: voucher.id,
        changes: { comment: [null, id] },
      }),
    ],
    'write',
  )
  const kept = (await readComments(db, voucher.ledgerVersion)).find((comment) => comment.id === id)
  if (!kept) throw new Problem(409, 'comment/id-reused')
  return kept
}

/** Comments on a voucher, oldest first. */
export async function readComments(db: Database, ledgerVersion: number): Promise<Comment[]> {
  const { rows } = await db.execute({
    sql: 'select id, text, recorded_at, by from voucher_comment where ledger_version = cast(? as integer) order by sequence',
    args: [String(ledgerVersion)],
  })
  return rows.map((r) => ({
    id: String(r.id),
    text: String(r.text),
    recordedAt: String(r.recorded_at) as Comment['recordedAt'],
    by: String(r.by),
  }))
}
