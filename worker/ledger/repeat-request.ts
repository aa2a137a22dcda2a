import type { Context } from 'hono'
import { sha256 } from '#worker/core/hash.ts'
import type { InStatement } from '#worker/database/connect.ts'
import type { Env } from '#worker/http/env.ts'
import { givenAgain, isAboutKey, keepAnswer, readKept, requestKey } from '#worker/http/request-key.ts'

type Answer = { status: 200 | 201; body: object }
/** The statements that keep a 201 with this body, for the end of the batch whose last change it answers. */
export type Keep = (body: object) => InStatement[]

/**
 * Makes a company's request repeatable by its Idempotency-Key header, as `once` does, where the answer itself can stand in the
 * batch that it answers: what could be done twice puts `keep` there, so that both stand or neither; of two at once with one key
 * the slower finds the answer of the first. The route says `repeats: 'itself'`. Without the header it is simply done.
 * @throws Problem 422 request/key-reused when the key came with other content before; 400 for a key that cannot be kept.
 */
export async function repeatable(
  c: Context<Env>,
  content: unknown,
  work: (keep: Keep) => Promise<Answer>,
): Promise<Response> {
  const key = requestKey(c)
  if (key === undefined) {
    const { status, body } = await work(() => [])
    return c.json(body, status)
  }
  const requestHash = await sha256(JSON.stringify(content))
  const answerBefore = async () => {
    const kept = await readKept({ db: c.var.db, place: undefined }, key)
    return kept && givenAgain(c, kept, requestHash)
  }
  const before = await answerBefore()
  if (before) return before
  const keeping = (status: number, body: object, condition: string) =>
    keepAnswer(undefined, key, { requestHash, status, answer: JSON.stringify(body) }, condition)
  let isKept = false
  const keep: Keep = (body) => {
    isKept = true
    return keeping(201, body, 'where changes() > 0')
  }
  try {
    const { status, body } = await work(keep)
    // The vouchers' own ids already make the posting happen once; then the row only keeps the wording of the first answer.
    if (!isKept) await c.var.db.batch(keeping(status, body, 'where true on conflict do nothing'), 'write')
    return c.json(body, status)
  } catch (error) {
    const first = isAboutKey(error) ? await answerBefore() : undefined
    if (!first) throw error
    return first
  }
}
