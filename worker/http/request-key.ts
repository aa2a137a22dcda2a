import type { Context } from 'hono'
import { hex, sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import { type Database, type InStatement, mayWrite } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { BODY_LIMIT, readBytes } from './accept.ts'
import type { Env } from './env.ts'
import { faultOf, log } from './log.ts'

/** How long an answer is kept, in milliseconds; those that are older go when the next is written. */
const KEPT_MS = 30 * 24 * 3600_000
/** In the place of an answer's status while the work goes on, or when it was cut off. */
const UNFINISHED = 102
/** How long one waits for the answer to the same request that came a moment before, in milliseconds. */
const PAUSES_MS = [50, 100, 200, 400, 800]
/** A file up to this size is part of what is told apart; of a larger one its name and length are. */
const FILE_BYTES = 20_000_000

/** The request's Idempotency-Key, if it has one. @throws Problem 400 request/unreadable for one that cannot be kept. */
export function requestKey(c: Context<Env>): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key !== undefined && (key.length === 0 || key.length > 128 || !isStorable(key)))
    throw new Problem(400, 'request/unreadable', { params: { reason: 'Idempotency-Key: 1–128' } })
  return key
}

/** Where answers are kept: with the company's books; or in the control database, by company or caller. */
type Shelf = { db: Database; place: string | undefined }
type Kept = { requestHash: string; status: number; answer: string }

/** What is kept under a key, if anything. */
export async function readKept({ db, place }: Shelf, key: string): Promise<Kept | undefined> {
  const { rows } = await db.execute({
    sql: `select request_hash, status, answer from request_key where key = ?${place === undefined ? '' : ' and place = ?'}`,
    args: place === undefined ? [key] : [key, place],
  })
  const row = rows[0]
  return row && { requestHash: String(row.request_hash), status: Number(row.status), answer: String(row.answer) }
}

/** Keeps an answer. `condition` ends the insert: `where changes() > 0`, or what becomes of a key that stands. */
export function keepAnswer(place: string | undefined, key: string, kept: Kept, condition: string): InStatement[] {
  const now = Date.now()
  const own = place === undefined ? [] : [place]
  return [
    {
      sql: `insert into request_key (key, request_hash, status, answer, recorded_at${own.length > 0 ? ', place' : ''})
            select ?, ?, ?, ?, ?${own.length > 0 ? ', ?' : ''} ${condition}`,
      args: [key, kept.requestHash, kept.status, kept.answer, new Date(now).toISOString(), ...own],
    },
    { sql: 'delete from request_key where recorded_at < ?', args: [new Date(now - KEPT_MS).toISOString()] },
  ]
}

/** A key that is taken is no number that is taken. */
export const isAboutKey = (error: unknown): boolean =>
  refusalOf(error)?.kind === 'taken' && /request_key/.test(String(error))

/** The answer that is kept, as it is given again. @throws Problem 422 request/key-reused. */
export function givenAgain(c: Context<Env>, kept: Kept, requestHash: string): Response {
  if (kept.requestHash !== requestHash) throw new Problem(422, 'request/key-reused')
  if (kept.status === 204) return c.body(null, 204)
  return c.json({ ...JSON.parse(kept.answer), replayed: true }, 200)
}

/**
 * Does once what a request with an Idempotency-Key asks for, whatever it is: the first answer is kept for 30 days and given
 * again. The key is written in the very batch that writes first, in the company's database or the control one, so of two at
 * once one does the work and the other waits for its answer; what is refused leaves no key. `secrets` are fields that are told
 * once and kept nowhere: they are null in the answer that is given again.
 * @throws Problem 422 request/key-reused when the key came with other content before; 409 request/unfinished when the work goes
 * on or was cut off; 400 for a key that cannot be kept.
 */
export async function once(
  c: Context<Env>,
  key: string,
  secrets: readonly string[],
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const { control, company, db, principal } = c.var
  const shelves: Shelf[] = [{ db: control, place: company ?? principal.id }]
  if (company) shelves.unshift({ db, place: undefined })
  const requestHash = await hashOf(c)
  const before = await answerBefore()
  if (before) return before

  let claimed: Shelf | undefined
  const claiming = (shelf: Shelf): Database => {
    const batch: Database['batch'] = async (statements, mode) => {
      if (claimed || mode === 'read') return shelf.db.batch(statements, mode)
      claimed = shelf
      const claims = keepAnswer(shelf.place, key, { requestHash, status: UNFINISHED, answer: '{}' }, '')
      try {
        return (await shelf.db.batch([...claims, ...statements], mode)).slice(claims.length)
      } catch (error) {
        if (refusalOf(error)) claimed = undefined
        throw isAboutKey(error) ? new Problem(409, 'request/unfinished') : error
      }
    }
    const execute = async (...asked: Parameters<Database['execute']>) => {
      if (claimed || !mayWrite(asked[0])) return shelf.db.execute(...asked)
      const statement = typeof asked[0] === 'string' && asked[1] ? { sql: asked[0], args: asked[1] } : asked[0]
      return (await batch([statement], 'write'))[0]!
    }
    return { batch, execute: execute as Database['execute'] }
  }
  for (const shelf of shelves) c.set(shelf.db === control ? 'control' : 'db', claiming(shelf))
  await next()
  if ((c.error as Problem | undefined)?.code === 'request/unfinished') {
    const first = await answerBefore()
    if (first) return first
  }
  if (c.res.status < 500)
    await settle(claimed).catch((error) =>
      log('warn', 'answer-not-kept', { requestId: c.var.requestId, ...faultOf(error) }),
    )
  return undefined

  async function answerBefore(): Promise<Response | undefined> {
    for (const pause of [...PAUSES_MS, 0]) {
      const found = await Promise.all(shelves.map((shelf) => readKept(shelf, key)))
      const kept = found[0] ?? found[1]
      if (!kept) return undefined
      if (kept.requestHash !== requestHash || kept.status !== UNFINISHED) return givenAgain(c, kept, requestHash)
      if (pause > 0) await new Promise((resume) => setTimeout(resume, pause))
    }
    throw new Problem(409, 'request/unfinished')
  }

  /** What was done is kept with its answer; what was refused leaves no trace of its key. */
  async function settle(where: Shelf | undefined): Promise<void> {
    if (c.res.status >= 400) {
      if (where) await where.db.batch([withdrawal(where.place, key, requestHash)], 'write')
      return
    }
    const { db, place } = where ?? shelves[0]!
    const kept = { requestHash, status: c.res.status, answer: await answerOf(c.res, secrets) }
    const over = `where true on conflict do update set status = excluded.status, answer = excluded.answer
      where request_key.status = ${UNFINISHED}`
    await db.batch(keepAnswer(place, key, kept, over), 'write')
  }
}

const withdrawal = (place: string | undefined, key: string, requestHash: string): InStatement => ({
  sql: `delete from request_key where key = ? and request_hash = ? and status = ${UNFINISHED}${place === undefined ? '' : ' and place = ?'}`,
  args: place === undefined ? [key, requestHash] : [key, requestHash, place],
})

/** The answer without what is told once. */
async function answerOf(res: Response, secrets: readonly string[]): Promise<string> {
  if (!/^application\/json\b/.test(res.headers.get('content-type') ?? '')) return '{}'
  const body = (await res.clone().json()) as Record<string, unknown>
  return JSON.stringify({ ...body, ...Object.fromEntries(secrets.map((field) => [field, null])) })
}

/** What the request asks for. Its body is read here, and stands to be read again. */
async function hashOf(c: Context<Env>): Promise<string> {
  const { raw } = c.req
  const asked = `${raw.method} ${raw.url.slice(new URL(raw.url).origin.length)} ${c.req.header('x-file-name') ?? ''}`
  const isJson = /json\b/.test(c.req.header('content-type') ?? '')
  const length = c.req.header('content-length')
  if (raw.body === null || (!isJson && Number(length ?? Number.POSITIVE_INFINITY) > FILE_BYTES))
    return sha256(`${asked} ${length ?? 0}`)
  const limit = isJson ? BODY_LIMIT : FILE_BYTES
  const bytes = await readBytes(raw, limit, () => new Problem(413, 'request/too-large', { params: { limit: '4 MB' } }))
  c.req.raw = new Request(raw, { body: bytes })
  return sha256(`${asked} ${hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))}`)
}
