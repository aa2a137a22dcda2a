import { DurableObject } from 'cloudflare:workers'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Job, JobAnswer } from './job.ts'
import { Writer } from './writer.ts'

/**
 * The Durable Object that holds one company's writer. It keeps its database client for its whole life, which an ordinary
 * request must not: here all requests share one context.
 */
export class LedgerWriter extends DurableObject<Bindings> {
  private writer: Writer | undefined

  /** A job and its answer as JSON: one text each way crosses faster than objects do. */
  async run(database: string, job: string): Promise<string> {
    this.writer ??= new Writer(
      companyDatabase(this.env, database),
      { signingKey: this.env.SIGNING_KEY },
      () => new Date().toISOString() as Instant,
    )
    return JSON.stringify(await this.writer.run(JSON.parse(job) as Job).catch(asAnswer))
  }
}

function asAnswer(error: unknown): JobAnswer {
  if (error instanceof Problem) {
    const { status, code, issues, params, extra } = error
    return { ok: false, problem: { status, code, issues, params, extra } }
  }
  console.error(
    JSON.stringify({
      writer: error instanceof Error ? error.name : 'error',
      code: (error as { code?: string }).code ?? '',
    }),
  )
  return { ok: false, problem: { status: 500, code: 'internal/error', issues: [], params: {}, extra: {} } }
}
