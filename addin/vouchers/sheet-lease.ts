import type { LedgerApi } from '../api/ledger-api.ts'
import type { Binding } from '../excel/workbook-part.ts'

/** A turn is prolonged when less than this is left of it, in milliseconds; the server gives a minute at a time. */
const PROLONG_AT = 30_000
const PAUSES_MS = [100, 200, 400, 800] as const

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * One window at a time posts from a workbook, on whichever machine: two that write ids on rows at once, while a third hand sorts
 * them, would write over each other. That a voucher is booked once does not rest on this, but on its id.
 */
export class SheetLease {
  readonly #api: LedgerApi
  readonly #binding: Binding
  readonly #holder = crypto.randomUUID()
  #until = 0

  constructor(api: LedgerApi, binding: Binding) {
    this.#api = api
    this.#binding = binding
  }

  /**
   * Does work while no other window does its own. Waits for one that does, and tells that it does; one that has gone holds its turn
   * for a minute at most. @throws NoAnswer, Refused when the turn cannot be asked for.
   */
  async hold<T>(work: () => Promise<T>, onWait?: () => void): Promise<T> {
    await this.#take(onWait)
    try {
      return await work()
    } finally {
      const { company, workbook } = this.#binding
      await this.#api.dropLease(company, workbook, this.#holder).catch(() => {}) // it runs out by itself
    }
  }

  /** Work goes on: the others are to wait a minute more. Asks nothing as long as half of it is left. */
  async renew(): Promise<void> {
    if (this.#until - Date.now() < PROLONG_AT) await this.#take()
  }

  async #take(onWait?: () => void): Promise<void> {
    const { company, workbook } = this.#binding
    for (let tries = 0; ; tries++) {
      const asked = Date.now()
      const { mine } = await this.#api.takeLease(company, workbook, this.#holder)
      if (mine) {
        this.#until = asked + 2 * PROLONG_AT
        return
      }
      onWait?.()
      await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]! * (0.5 + Math.random()))
    }
  }
}
