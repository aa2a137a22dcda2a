import type { Instant } from '#worker/core/dates.ts'

/** Of scheduled backups, the last of each of so many days, and the last of each of so many months, are kept. */
const [DAYS, MONTHS] = [30, 12]

/** Whether a scheduled backup is still wanted among those that are kept, newest first. */
export function isKept(recordedAt: Instant, newestFirst: readonly { recordedAt: Instant }[]): boolean {
  return among(recordedAt, newestFirst, 10, DAYS) || among(recordedAt, newestFirst, 7, MONTHS)
}

/** Whether it is the last of its day or month, and that one of the newest so many. An instant begins with its day. */
function among(at: Instant, newestFirst: readonly { recordedAt: Instant }[], letters: 7 | 10, most: number): boolean {
  const spans = [...new Set(newestFirst.map((other) => other.recordedAt.slice(0, letters)))].slice(0, most)
  const span = at.slice(0, letters)
  return spans.includes(span) && newestFirst.find((other) => other.recordedAt.startsWith(span))?.recordedAt === at
}
