import { createMiddleware } from 'hono/factory'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from './env.ts'
import { counters } from './metrics.ts'

/**
 * How long the requests in hand may take, in milliseconds, so that who is let in has an answer within a second; so many may be in hand
 * for as long as they take.
 */
const MOST_WAIT_MS = 300
const ALWAYS_IN_HAND = 64
/** So many in hand keep the machine busy: only then does the time between two answers tell how quick it is. */
const BUSY = 32
/** So many answers count as much as all that was measured before them. */
const MEMORY = 100

/** The requests that this isolate has taken and not answered, and how quickly it answers. */
export class Crowd {
  private inHand = 0
  /** Milliseconds from one answer to the next while others wait. */
  private paceMs = 0
  private answeredAt: number | undefined

  /** Whether whoever comes now would wait too long. */
  get isFull(): boolean {
    return this.inHand >= ALWAYS_IN_HAND && this.inHand * this.paceMs > MOST_WAIT_MS
  }

  enter(): void {
    this.inHand++
  }

  leave(now: number): void {
    this.inHand--
    const since = this.answeredAt
    this.answeredAt = this.inHand >= BUSY ? now : undefined
    if (since !== undefined) this.paceMs += (now - since - this.paceMs) / MEMORY
  }
}

const crowd = new Crowd()

/**
 * Sends whoever comes away at once when there are more than can be answered in time: before the body is read, the caller known and any
 * database asked, since that is what the wait is made of. The writer's own queue (worker/ledger/job-queue.ts) bounds the rest.
 * @throws Problem 503 service/busy.
 */
export const shedLoad = createMiddleware<Env>(async (_, next) => {
  if (crowd.isFull) {
    counters.requestsShed++
    throw new Problem(503, 'service/busy')
  }
  crowd.enter()
  try {
    await next()
  } finally {
    crowd.leave(performance.now())
  }
})
