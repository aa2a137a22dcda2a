import { Problem } from '#worker/core/problem.ts'
import type { Job, JobAnswer } from './job.ts'
import { touchedBy } from './judge-job.ts'

export type Waiting = { job: Job; resolve: (answer: JobAnswer) => void; reject: (error: unknown) => void }

/** Vouchers written in one commit at most. */
const GROUP = 200
/** Jobs that may wait; whoever comes then is sent away at once, and nobody waits longer than this, in milliseconds. */
const MOST_WAITING = 500
const DEADLINE_MS = 10_000

/** The jobs that wait for a company's writer: an end to how many, and to how long. */
export class JobQueue {
  private waiting: Waiting[] = []

  get next(): Waiting | undefined {
    return this.waiting[0]
  }

  /**
   * Waits for the job's answer; `added` is told once it stands in the queue.
   * @throws Problem 503 service/busy when too many wait, or it takes too long: then nobody knows yet whether it was done.
   */
  async add(job: Job, added: () => void): Promise<JobAnswer> {
    if (this.waiting.length >= MOST_WAITING) throw new Problem(503, 'service/busy')
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.giveUp(waiting), DEADLINE_MS)
      const done =
        <T>(answer: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer)
          answer(value)
        }
      const waiting: Waiting = { job, resolve: done(resolve), reject: done(reject) }
      this.waiting.push(waiting)
      added()
    })
  }

  /**
   * The next jobs that fit in one commit; a voucher id stands in it only once, so that a double is seen as a replay, and a
   * second reversal of a voucher sees the first.
   */
  takeGroup(): Waiting[] {
    const ids = new Set<string>()
    const group: Waiting[] = []
    let size = 0
    for (const waiting of this.waiting) {
      const own = touchedBy(waiting.job)
      const fits =
        !(group.length > 0 && (isAlone(waiting.job) || isAlone(group[0]!.job))) &&
        (group.length === 0 || size + own.length <= GROUP) &&
        own.every((id) => !ids.has(id))
      if (!fits) break
      for (const id of own) ids.add(id)
      size += own.length
      group.push(waiting)
    }
    this.waiting = this.waiting.slice(group.length)
    return group
  }

  /** A job that waits is not done any more; of one that is on its way the same request again will tell. */
  private giveUp(waiting: Waiting): void {
    this.waiting = this.waiting.filter((other) => other !== waiting)
    waiting.reject(new Problem(503, 'service/busy'))
  }
}

/** Jobs on plans read for themselves which months stand and which wait, so nothing else may change that in their commit. */
const isAlone = (job: Job): boolean =>
  job.do === 'post-waiting' || job.do === 'reverse-schedule' || (job.do === 'post' && job.atVersion !== undefined)
