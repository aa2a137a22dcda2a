import { lineOf } from '#worker/http/log.ts'

/** A request that takes longer is told, in milliseconds. */
const SLOW_MS = 1_000

/**
 * A line of the database server's log, for what failed or was slow: which database, for which request of the Worker, and how it went.
 * Undefined for what needs no telling. Never statements or parameters.
 */
export function serverLine(asked: { path: string; requestId: string | undefined; status: number; ms: number }) {
  const { path, requestId, status, ms } = asked
  if (status < 500 && ms < SLOW_MS) return undefined
  const [, first = '', ...rest] = path.split('/')
  const database = first === 'v1' ? rest[1] : first
  return lineOf(status < 500 ? 'warn' : 'error', status < 500 ? 'database-slow' : 'database-failed', {
    database,
    requestId: requestId?.split(','),
    status,
    ms: Math.ceil(ms),
  })
}
