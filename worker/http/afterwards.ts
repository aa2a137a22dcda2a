import type { Context, ExecutionContext } from 'hono'
import type { Env } from './env.ts'
import { faultOf, log } from './log.ts'

/** Work that goes on when the answer has been sent, and that nobody waits for. Where no Worker runs there is none. */
export function afterwards(c: Context<Env>, work: () => Promise<unknown>): void {
  let worker: ExecutionContext
  try {
    worker = c.executionCtx
  } catch {
    return
  }
  worker.waitUntil(
    work().catch((error) => log('error', 'afterwards', { requestId: c.var.requestId, ...faultOf(error) })),
  )
}
