import type { LedgerApi } from '../api/ledger-api.ts'
import type { Binding } from '../excel/workbook-part.ts'

/** Whoever waits asks again after this long, more seldom each time, and never later than the turn is free. In milliseconds. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 4_000

/** How the user hears of waiting, and stops it. */
export type Patience = { readonly onWait?: (waits: boolean) => void; readonly signal?: AbortSignal }

/**
 * One window at a time posts from a workbook, on whichever machine: two that write ids on rows at once, while a third hand sorts
 * them, would write over each other. That a voucher is booked once does not rest on this, but on its id.
 */
export class SheetLease {
  readonly #api: LedgerApi
  readonly #binding: Binding
  readonly #holder = crypto.randomUUID()
  #prolongAt = 0
  /** Of the work that is begun next; whoever works for a user sets it. */
  patience: Patience = {}

  constructor(api: LedgerApi, binding: Binding) {
    this.#api = api
    this.#binding = binding
  }

  /**
   * Does work while no other window does its own. Waits for one that does; one that has gone holds its turn for a minute at most.
   * Undefined when the user stopped waiting. @throws NoAnswer, Refused when the turn cannot be asked for.
   */
  async hold<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (!(await this.#take(this.patience))) return undefined
    try {
      return await work()
    } finally {
      const { company, workbook } = this.#binding
      await this.#api.dropLease(company, workbook, this.#holder).catch(() => {}) // it runs out by itself
    }
  }

  /** Work goes on: the others are to wait longer. Asks nothing as long as half of the turn is left. False when the user stopped. */
  renew = async (): Promise<boolean> => Date.now() < this.#prolongAt || this.#take(this.patience)

  async #take({ onWait, signal }: Patience): Promise<boolean> {
    const { company, workbook } = this.#binding
    for (let tries = 0; !signal?.aborted; tries++) {
      const asked = Date.now()
      const { mine, leftMs } = await this.#api.takeLease(company, workbook, this.#holder)
      if (mine) {
        this.#prolongAt = asked + leftMs / 2
        if (tries > 0) onWait?.(false)
        return true
      }
      if (tries === 0) onWait?.(true)
      const pause = Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE) * (0.5 + Math.random())
      await pauseFor(Math.min(pause, leftMs + 1), signal)
    }
    return false
  }
}

/** A pause that the user may cut short. */
const pauseFor = (ms: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    const cut = () => {
      clearTimeout(timer)
      resolve()
    }
    signal?.addEventListener('abort', cut, { once: true })
  })
