import type { CompanyAccess } from '#worker/access/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { runJob } from '#worker/ledger/run-job.ts'

type Company = Pick<CompanyAccess, 'id' | 'database'>

/**
 * Posts the months of schedules that waited for a fiscal year which is there now. What is locked or closed goes on waiting.
 * Gives how many vouchers were posted; a second run posts none.
 * @throws Problem as posting does.
 */
export async function postWaiting(env: Bindings, company: Company, by: string): Promise<number> {
  for (let posted = 0; ; ) {
    const done = await runJob(env, company, { do: 'post-waiting', by, rights: { softLock: false } })
    const now = 'vouchers' in done ? done.vouchers.length : 0
    posted += now
    if (now === 0) return posted
  }
}
