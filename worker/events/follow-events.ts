import type { Database } from '#worker/database/connect.ts'
import type { Event } from './event.ts'
import { readEvents } from './store.ts'

/** Pauses between looks at the database, in milliseconds: quick at first, then once a second. */
const PAUSES = [100, 200, 300, 500, 700]
const LONGEST_PAUSE = 1_000

type Follow = {
  db: Database
  after: number
  limit: number
  /** When to give up, in milliseconds as Date.now() tells them. */
  until: number
  /** Throws when the caller may not read any longer. Asked before each look but the first. */
  stillAllowed: () => Promise<void>
  signal?: AbortSignal
}

/** The next events after a place in the feed, as soon as there are any; none when the time is up or the caller has gone. */
export async function followEvents({ db, after, limit, until, stillAllowed, signal }: Follow): Promise<Event[]> {
  for (let look = 0; ; look++) {
    if (look > 0) await stillAllowed()
    const events = await readEvents(db, after, limit)
    const left = until - Date.now()
    if (events.length > 0 || left <= 0 || signal?.aborted) return events
    const pause = Math.min(PAUSES[look] ?? LONGEST_PAUSE, left)
    await new Promise((resume) => setTimeout(resume, pause))
    if (signal?.aborted) return []
  }
}
