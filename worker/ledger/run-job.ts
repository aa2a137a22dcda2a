import type { CompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Bindings } from '#worker/http/env.ts'
import { counters } from '#worker/http/metrics.ts'
import type { Job, JobAnswer, PostedAnswer, RefusedAnswer } from './job.ts'

type Done = JobAnswer & { ok: true }
type Company = Pick<CompanyAccess, 'id' | 'database' | 'origin'>

/** The one writer of a company. */
export const writerOf = ({ LEDGER_WRITER }: Bindings, company: string) =>
  LEDGER_WRITER.get(LEDGER_WRITER.idFromName(company))

/**
 * Hands a job to the company's one writer and gives its answer.
 * @throws Problem as the writer says; 503 service/busy when the writer cannot be reached.
 */
export async function runJob(env: Bindings, company: Company, job: Job): Promise<Done> {
  const writer = writerOf(env, company.id)
  // An import says where it came from once, in its own event, and not with each of its vouchers.
  const origin = job.do === 'book' ? undefined : company.origin
  const asked = { ...job, ...(origin !== undefined && { origin }), requestId: env.TRACE?.id }
  counters.jobsWaiting++
  const text = await writer
    .run(company.database, JSON.stringify(asked))
    .catch(() => {
      throw new Problem(503, 'service/busy')
    })
    .finally(() => counters.jobsWaiting--)
  const answer = JSON.parse(text) as JobAnswer
  if (answer.ok) {
    if ('vouchers' in answer) counters.posts += answer.vouchers.filter(isNew).length
    return answer
  }
  const { status, code, issues, params, extra } = answer.problem
  throw new Problem(status, code, { issues, params, extra })
}

const isNew = (voucher: PostedAnswer | RefusedAnswer): boolean => voucher.status === 'posted' && !voucher.replayed
