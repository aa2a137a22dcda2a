import { Problem } from '#worker/core/problem.ts'
import type { Job, JobAnswer } from './job.ts'
import { touchedBy } from './judge-job.ts'

/** A job and whoever waits for its answer. `touches`: the vouchers it posts or reverses. */
export type Waiting = {
  job: Job
  touches: readonly string[]
  resolve: (answer: JobAnswer) => void
  reject: (error: unknown) => void
}

/** Vouchers written in one commit at most. */
const GROUP = 200
/** Jobs that may wait; whoever comes then is sent away at once, and nobody waits longer than this, in milliseconds. */
const MOST_WAITING = 500
const DEADLINE_MS = 10_000
/**
 * How long what waits may take, in milliseconds, so that who is let in has an answer within a second; a hundred jobs, which one
 * commit takes, may wait for as long as it takes.
 */
const MOST_WAIT_MS = 600
const ALWAYS_WAITING = 100
/** So many vouchers count as much as all that was measured before them. */
const MEMORY = 50

/** The jobs that wait for a company's writer: an end to how many, and to how long. */
export class JobQueue {
  private waiting: Waiting[] = []
  /** Everybody without an answer, with the time they came, in that order: one timer watches who has waited longest. */
  private readonly standing = new Map<Waiting, number>()
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Milliseconds that a voucher takes while others wait, by the last commits; unknown while nobody ever waited. */
  private paceMs: number | undefined

  get next(): Waiting | undefined {
    return this.waiting[0]
  }

  /**
   * Waits for the job's answer; `added` is told once it stands in the queue.
   * @throws Problem 503 service/busy when too many wait, or it takes too long: then nobody knows yet whether it was done.
   */
  async add(job: Job, added: () => void): Promise<JobAnswer> {
    if (this.isFull) throw new Problem(503, 'service/busy')
    return new Promise((resolve, reject) => {
      const done =
        <T>(answer: (value: T) => void) =>
        (value: T) => {
          this.standing.delete(waiting)
          answer(value)
        }
      const waiting: Waiting = { job, touches: touchedBy(job), resolve: done(resolve), reject: done(reject) }
      this.waiting.push(waiting)
      this.standing.set(waiting, performance.now())
      this.timer ??= setTimeout(() => this.giveUpLate(), DEADLINE_MS)
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
      const own = waiting.touches
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

  /** What a group took, in milliseconds. It tells the pace only when others came meanwhile: else the commit itself was all there was. */
  measure(group: readonly Waiting[], ms: number): void {
    if (this.waiting.length === 0) return
    const size = sizeOf(group)
    const weight = this.paceMs === undefined ? 1 : size / (size + MEMORY)
    this.paceMs = (this.paceMs ?? 0) * (1 - weight) + (ms / size) * weight
  }

  private get isFull(): boolean {
    const { length } = this.waiting
    if (length >= MOST_WAITING) return true
    return length >= ALWAYS_WAITING && sizeOf(this.waiting) * (this.paceMs ?? 0) > MOST_WAIT_MS
  }

  /** A job that waits is not done any more; of one that is on its way the same request again will tell. */
  private giveUpLate(): void {
    const now = performance.now()
    for (const [waiting, since] of this.standing) {
      const left = since + DEADLINE_MS - now
      if (left > 0) {
        this.timer = setTimeout(() => this.giveUpLate(), left)
        return
      }
      this.waiting = this.waiting.filter((other) => other !== waiting)
      waiting.reject(new Problem(503, 'service/busy'))
    }
    this.timer = undefined
  }
}

const sizeOf = (jobs: readonly Waiting[]): number => jobs.reduce((n, { touches }) => n + Math.max(1, touches.length), 0)

/** Jobs on plans read for themselves which months stand and which wait, so nothing else may change that in their commit. */
const isAlone = (job: Job): boolean =>
  job.do === 'post-waiting' || job.do === 'reverse-schedule' || (job.do === 'post' && job.atVersion !== undefined)
