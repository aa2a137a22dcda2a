import type { Context } from 'hono'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import type { Env } from '#worker/http/env.ts'

/** How long an answer is kept, in milliseconds; those that are older go when the next is written. */
const KEPT_MS = 30 * 24 * 3600_000

type Answer = { status: 200 | 201; body: object }
/** The statements that keep a 201 with this body, for the end of the batch whose last change it answers. */
export type Keep = (body: object) => InStatement[]

/**
 * Makes a request repeatable by its Idempotency-Key header: the first answer is kept for 30 days and given again.
 * Without the header it is simply done. What could be done twice puts `keep` in its own batch, so that both stand or neither;
 * of two at once with one key the slower finds the answer of the first.
 * @throws Problem 422 request/key-reused when the key came with other content before; 400 for a key that cannot be kept.
 */
export async function repeatable(
  c: Context<Env>,
  content: unknown,
  work: (keep: Keep) => Promise<Answer>,
): Promise<Response> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) {
    const { status, body } = await work(() => [])
    return c.json(body, status)
  }
  if (key.length === 0 || key.length > 128 || !isStorable(key))
    throw new Problem(400, 'request/unreadable', { params: { reason: 'Idempotency-Key: 1–128' } })
  const requestHash = await sha256(JSON.stringify(content))
  const before = await answerBefore()
  if (before) return before
  let isKept = false
  const keep: Keep = (body) => {
    isKept = true
    return statements(201, body, 'where changes() > 0')
  }
  try {
    const { status, body } = await work(keep)
    // The vouchers' own ids already make the posting happen once; then the row only keeps the wording of the first answer.
    if (!isKept) await c.var.db.batch(statements(status, body, 'where true on conflict do nothing'), 'write')
    return c.json(body, status)
  } catch (error) {
    const first = refusalOf(error)?.kind === 'taken' && isAboutKey(error) ? await answerBefore() : undefined
    if (!first) throw error
    return first
  }

  async function answerBefore(): Promise<Response | undefined> {
    const { rows } = await c.var.db.execute({ sql: 'select * from request_key where key = ?', args: [key!] })
    const row = rows[0]
    if (row && row.request_hash !== requestHash) throw new Problem(422, 'request/key-reused')
    return row && c.json({ ...JSON.parse(String(row.answer)), replayed: true }, 200)
  }

  function statements(status: number, body: object, condition: string): InStatement[] {
    const now = Date.now()
    return [
      {
        sql: `insert into request_key (key, request_hash, status, answer, recorded_at) select ?, ?, ?, ?, ? ${condition}`,
        args: [key!, requestHash, status, JSON.stringify(body), new Date(now).toISOString()],
      },
      { sql: 'delete from request_key where recorded_at < ?', args: [new Date(now - KEPT_MS).toISOString()] },
    ]
  }
}

/** A key that is taken is no number that is taken. */
export const isAboutKey = (error: unknown): boolean => /request_key/.test(String(error))
