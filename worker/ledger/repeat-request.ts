import type { Context } from 'hono'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import type { Env } from '#worker/http/env.ts'

/** How long an answer is kept, in milliseconds; those that are older go when the next is written. */
const KEPT_MS = 30 * 24 * 3600_000

type Answer = { status: 200 | 201; body: object }

/**
 * Makes a request repeatable by its Idempotency-Key header: the first answer is kept for 30 days and given again.
 * Without the header it is simply done.
 * @throws Problem 422 request/key-reused when the key came with other content before; 400 for a key that cannot be kept.
 */
export async function repeatable(c: Context<Env>, content: unknown, work: () => Promise<Answer>): Promise<Response> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) {
    const { status, body } = await work()
    return c.json(body, status)
  }
  if (key.length === 0 || key.length > 128 || !isStorable(key))
    throw new Problem(400, 'request/unreadable', { params: { reason: 'Idempotency-Key: 1–128' } })
  const requestHash = await sha256(JSON.stringify(content))
  const { rows } = await c.var.db.execute({ sql: 'select * from request_key where key = ?', args: [key] })
  const before = rows[0]
  if (before) {
    if (before.request_hash !== requestHash) throw new Problem(422, 'request/key-reused')
    return c.json({ ...JSON.parse(String(before.answer)), replayed: true }, 200)
  }
  const { status, body } = await work()
  // The vouchers' own ids already make the posting happen once; this row only keeps the wording of the first answer.
  const now = Date.now()
  await c.var.db.batch(
    [
      {
        sql: 'delete from request_key where recorded_at < ?',
        args: [new Date(now - KEPT_MS).toISOString()],
      },
      {
        sql: `insert into request_key (key, request_hash, status, answer, recorded_at) values (?, ?, ?, ?, ?) on conflict do nothing`,
        args: [key, requestHash, status, JSON.stringify(body), new Date(now).toISOString()],
      },
    ],
    'write',
  )
  return c.json(body, status)
}
