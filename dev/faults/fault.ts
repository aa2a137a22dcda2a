import type { Random } from '#db/seed/demo/random.ts'

/** What came of a fault: how often it was made, and how often everything that was acknowledged stood afterwards. */
export interface Outcome {
  injected: number
  survived: number
  /** What did not hold, the first few in words. */
  wrong: readonly string[]
  /** Figures worth keeping: retries, times in milliseconds, counts. */
  more?: Record<string, unknown>
}
/** The machine lacks what the fault needs. It counts as nothing, and is said aloud. */
export interface Skipped {
  skipped: string
}

export interface Fault {
  /** Its number in docs/faults.md. */
  id: string
  what: string
  run(given: Given): Promise<Outcome | Skipped>
}

export interface Given {
  random: Random
  /** A few of each, to see that the fault still works. */
  quick: boolean
  /** Tells what goes on while it takes time. */
  say(text: string): void
}

/** Adds up what went wrong, and keeps the first of it in words. */
export class Tally {
  injected = 0
  survived = 0
  readonly wrong: string[] = []

  /** One fault was made, and this is what did not hold after it. */
  count(wrong: readonly string[], times = 1): void {
    this.injected += times
    if (wrong.length === 0) this.survived += times
    for (const one of wrong) if (this.wrong.length < 20) this.wrong.push(one)
  }

  outcome(more: Record<string, unknown> = {}): Outcome {
    const { injected, survived, wrong } = this
    return { injected, survived, wrong, more }
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))
