import { Problem } from '#worker/core/problem.ts'

/** Long polls and streams that one caller may have open at a time in one isolate. */
const MOST = 20
const open = new Map<string, number>()

/**
 * Takes one of the places a caller has for answers that stay open; gives what frees it again.
 * @throws Problem 429 request/too-many.
 */
export function takePlace(caller: string): () => void {
  const now = open.get(caller) ?? 0
  if (now >= MOST) throw new Problem(429, 'request/too-many', { params: { seconds: 10 } })
  open.set(caller, now + 1)
  let free = false
  return () => {
    if (free) return
    free = true
    const left = (open.get(caller) ?? 1) - 1
    if (left > 0) open.set(caller, left)
    else open.delete(caller)
  }
}
