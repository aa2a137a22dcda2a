/// <reference types="office-js" />
import type { Run } from './run.ts'
import { contentOf, partOf, xmlOf } from './workbook-part.ts'

const LEASE = 'https://hovedbok.example/excel/lease/1'
/** How long a window that writes ids on rows is waited for once nothing more is heard of it, in milliseconds. */
const LONGEST = 20_000

type Lease = { by: string; until: number }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * One window at a time posts from a workbook: two that write ids on rows at once, while a third hand sorts them, would write over
 * each other. It stands in the workbook, so it is no promise between machines that have not heard of each other yet; that a voucher
 * is booked once rests on its id.
 */
export class SheetLease {
  readonly #run: Run
  readonly #longest: number
  readonly #by = crypto.randomUUID()
  #until = 0

  constructor(run: Run, longest = LONGEST) {
    this.#run = run
    this.#longest = longest
  }

  /** Does work while no other window does its own. Waits for one that does, and for one that has gone not longer than it said. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    while (!(await this.#run((context) => this.#take(context)))) await pause(50 + 100 * Math.random())
    try {
      return await work()
    } finally {
      await this.#run((context) => this.#write(context, 0)).catch(() => {}) // it runs out by itself
    }
  }

  /** Work goes on: the others are to wait as long again. Asks nothing of Excel as long as most of the time is left. */
  async renew(): Promise<void> {
    if (this.#until - Date.now() > this.#longest / 2) return
    await this.#run((context) => this.#write(context, Date.now() + this.#longest))
  }

  /** Writes first and looks then: of two that try at once, the later sees the other, and gives way. */
  async #take(context: Excel.RequestContext): Promise<boolean> {
    if (this.#others(await xmlOf(context, LEASE))) return false
    await this.#write(context, Date.now() + this.#longest)
    const parts = await xmlOf(context, LEASE)
    const isMine = parts.some(({ text }) => leaseOf(text)?.by === this.#by)
    if (isMine && !this.#others(parts)) return true
    await this.#write(context, 0)
    return false
  }

  #others(parts: readonly { text: string }[]): boolean {
    return parts.some(({ text }) => {
      const lease = leaseOf(text)
      return lease !== undefined && lease.by !== this.#by && lease.until > Date.now()
    })
  }

  /** In its own part, or in one whose time is over, so that they do not grow in number. */
  async #write(context: Excel.RequestContext, until: number): Promise<void> {
    const parts = await xmlOf(context, LEASE)
    const mine =
      parts.find(({ text }) => leaseOf(text)?.by === this.#by) ??
      parts.find(({ text }) => (leaseOf(text)?.until ?? 0) <= Date.now())
    this.#until = until
    const xml = partOf(LEASE, { by: this.#by, until } satisfies Lease)
    if (mine) context.workbook.customXmlParts.getItem(mine.id).setXml(xml)
    else if (until > 0) context.workbook.customXmlParts.add(xml)
    await context.sync()
  }
}

function leaseOf(text: string): Lease | undefined {
  const lease = contentOf(text) as Partial<Lease> | null | undefined
  return typeof lease?.by === 'string' && typeof lease.until === 'number' ? (lease as Lease) : undefined
}
