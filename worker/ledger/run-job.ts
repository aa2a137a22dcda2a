import type { CompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Job, JobAnswer } from './job.ts'

type Done = JobAnswer & { ok: true }

/**
 * Hands a job to the company's one writer and gives its answer.
 * @throws Problem as the writer says; 503 service/busy when the writer cannot be reached.
 */
export async function runJob(env: Bindings, company: Pick<CompanyAccess, 'id' | 'database'>, job: Job): Promise<Done> {
  const writer = env.LEDGER_WRITER.get(env.LEDGER_WRITER.idFromName(company.id))
  const text = await writer.run(company.database, JSON.stringify(job)).catch(() => {
    throw new Problem(503, 'service/busy')
  })
  const answer = JSON.parse(text) as JobAnswer
  if (answer.ok) return answer
  const { status, code, issues, params, extra } = answer.problem
  throw new Problem(status, code, { issues, params, extra })
}
