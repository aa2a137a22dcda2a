// Load that does not wait for its answers: requests are due at fixed times, and each is timed from when it was due. A client that
// waits sends less to a server that is slow, and never sees how long the others would have waited (coordinated omission).
import type { Connection } from './connection.ts'
import { quantile } from './line.ts'

export type Asked = { kind: string; method: string; path: string; body?: string }
export type Answered = {
  kind: string
  /** When it was due, in milliseconds since the start. */
  dueMs: number
  /** From when it was due until its whole answer was there. */
  ms: number
  status: number
  body: string
  head: string
}

/** Connections at most: beyond them a request waits in the generator, and its time runs. */
const MOST = 512

/**
 * Sends `perSecond × seconds` requests at even distances, whatever becomes of them, and waits for all answers. A connection that
 * breaks is status 0.
 */
export async function openLoop(
  connect: () => Promise<Connection>,
  { perSecond, seconds, next }: { perSecond: number; seconds: number; next: (i: number) => Asked },
): Promise<Answered[]> {
  const count = Math.round(perSecond * seconds)
  const answers: Answered[] = []
  const free: Connection[] = await Promise.all(Array.from({ length: Math.min(count, 50) }, connect))
  const waiting: ((connection: Connection) => void)[] = []
  let made = free.length
  const take = async (): Promise<Connection> => {
    const one = free.pop()
    if (one) return one
    if (made < MOST) {
      made++
      return connect()
    }
    return new Promise((resolve) => waiting.push(resolve))
  }
  const give = (connection: Connection) => {
    const first = waiting.shift()
    if (first) first(connection)
    else free.push(connection)
  }
  const began = performance.now()
  const send = async (i: number) => {
    const dueMs = (i / perSecond) * 1000
    const { kind, method, path, body } = next(i)
    const connection = await take()
    const reply = await connection.send(method, path, body).catch(() => ({ status: 0, body: '', head: '' }))
    answers.push({ kind, dueMs, ms: performance.now() - began - dueMs, ...reply })
    give(connection)
  }
  const sent: Promise<void>[] = []
  for (let i = 0; i < count; ) {
    const now = performance.now() - began
    for (; i < count && (i / perSecond) * 1000 <= now; i++) sent.push(send(i))
    if (i < count) await new Promise((resolve) => setTimeout(resolve, Math.max(0, (i / perSecond) * 1000 - now)))
  }
  await Promise.all(sent)
  for (const connection of free) connection.close()
  return answers
}

/** Quantiles of so many answers, in milliseconds. */
export function percentiles(answers: readonly Answered[]) {
  const ms = answers.map((a) => a.ms)
  const at = (q: number) => Number(quantile(ms, q).toPrecision(4))
  return { p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99), p999Ms: at(0.999), maxMs: at(1) }
}
