import type { DraftAnswer } from '#worker/drafts/draft-answer.ts'
import { type DraftRow, HEADER, ROWS_AT_ONCE } from '#worker/drafts/draft-row.ts'
import type { Desk } from '#worker/sheets/sheet.ts'
import { type Known, newDraft, type Received, received, unsentRows } from './draft-sync.ts'
import { type Line, type Sent, sendJson } from './send.ts'

/** How long one pauses before what was written is sent, in milliseconds. */
const PAUSE_MS = 400
/** How long between tries while there is no answer, in seconds. The browser's word that it is back on line is taken at once. */
const RETRY_SECONDS = [1, 2, 4, 8, 15, 30] as const

export type LinkState = 'saved' | 'unsent' | 'saving' | 'offline' | 'signed-out' | 'refused'

export type LinkPort = {
  readonly line: Line
  readonly name: string
  desk(): Desk
  /** Being posted: nothing is sent meanwhile. */
  isBusy(): boolean
  /** When one is not in the middle of a cell: rows of others must not move under one's hands. */
  calm(): Promise<void>
  /** Puts what others wrote on the desk. */
  take(received: Received, answer: DraftAnswer): void
  /** The state is another, or something was saved. */
  changed(): void
}

/**
 * Keeps a draft in step with the server. What is to be sent is always the difference between what stands here and what both
 * last had, so nothing is queued, nothing is sent in vain, and a day without a network is one request like any other.
 */
export class DraftLink {
  readonly #port: LinkPort
  known: Known
  state: LinkState = 'saved'
  /** When the server last had everything. */
  savedAt: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined
  #again = false
  #tries = 0

  constructor(port: LinkPort, known: Known) {
    this.#port = port
    this.known = known
  }

  /** Another draft stands on the desk from now on. */
  begin(draft: string): void {
    clearTimeout(this.#timer)
    this.known = newDraft(draft)
    this.savedAt = undefined
    this.#setState('saved')
  }

  /** Something was written: it is sent when one pauses. */
  noteChange(): void {
    if (this.state === 'signed-out') return
    if (this.state === 'saved') this.#setState('unsent')
    if (this.state !== 'offline') this.#later(PAUSE_MS)
  }

  /** Something was written elsewhere, or the network is back: asked at once. */
  hurry(): void {
    this.#tries = 0
    this.#later(0)
  }

  /** Whether another draft may stand here: what waits leaves in one request at once, or is sent and answered for first. */
  async leave(): Promise<boolean> {
    return this.#sendsNow() || (await this.sendAll())
  }
  #sendsNow(): boolean {
    const { length } = this.#unsent()
    const isOpen = this.state === 'saved' || this.state === 'unsent' || this.state === 'saving'
    if (length > 0 && (!isOpen || length > ROWS_AT_ONCE || this.#port.isBusy())) return false
    if (length > 0) void this.#exchange()
    return true
  }

  /** Sends all that waits, and gives whether the server has it. A draft that nobody has written in waits for nothing. */
  async sendAll(): Promise<boolean> {
    const { draft } = this.known
    await this.#running
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const { length } = this.#unsent()
      if (length === 0 || length >= before || this.state === 'offline')
        return length === 0 && this.known.draft === draft
      before = length
      await this.sync()
    }
  }
  #unsent(): DraftRow[] {
    const unsent = unsentRows(this.#port.desk(), this.known)
    return this.known.since === 0 && unsent.every((row) => row.key === HEADER) ? [] : unsent
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.sync(), ms)
  }

  /** Sends what the server does not have, takes what others wrote, and ends when both have the same. */
  async sync(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#running) {
      this.#again = true
      return this.#running
    }
    this.#running = this.#exchange().finally(() => {
      this.#running = undefined
    })
    await this.#running
    if (this.#again) {
      this.#again = false
      this.#later(0)
    }
  }

  async #exchange(): Promise<void> {
    const port = this.#port
    const { known } = this
    if (port.isBusy()) return this.#later(PAUSE_MS)
    const unsent = this.#unsent()
    if (known.since === 0 && unsent.length === 0) return this.#setState('saved') // it is not made
    const sent = unsent.slice(0, ROWS_AT_ONCE)
    if (sent.length > 0 && this.state !== 'offline') this.#setState('saving')
    const answer = await sendJson<DraftAnswer>(port.line, `/voucher-drafts/${known.draft}/changes`, {
      since: known.since,
      rows: sent,
    })
    if (this.known !== known) return // another draft stands here now
    if (answer.kind !== 'done') return this.#failed(answer)
    this.#tries = 0
    if (answer.answer.rows.length > 0) await port.calm()
    if (this.known !== known) return
    this.#take(answer.answer, sent)
    const left = unsentRows(port.desk(), this.known)
    if (left.length > 0) return this.#later(sent.length < unsent.length ? 0 : PAUSE_MS)
    this.savedAt = new Date().toISOString()
    this.#setState('saved')
  }

  #take(answer: DraftAnswer, sent: Parameters<typeof received>[3]): void {
    const port = this.#port
    const now = received(port.desk(), this.known, answer, sent, port.name)
    this.known = now.known
    port.take(now, answer)
  }

  #failed(answer: Exclude<Sent<DraftAnswer>, { kind: 'done' }>): void {
    this.#setState(answer.kind === 'lost' ? 'offline' : answer.kind)
    if (answer.kind !== 'lost') return
    const seconds = RETRY_SECONDS[Math.min(this.#tries++, RETRY_SECONDS.length - 1)]!
    this.#later(seconds * 1_000)
  }

  #setState(state: LinkState): void {
    this.state = state
    this.#port.changed()
  }
}
