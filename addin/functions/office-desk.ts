import type { ReportBatch } from '#worker/reports/report-batch.ts'
import { CELLS, COMPANIES } from '#worker/reports/report-limits.ts'
import { type FiguresAnswer, type LedgerApi, Refused } from '../api/ledger-api.ts'

/** Companies that are asked within so many milliseconds of each other are asked together. */
const GATHERING = 10

type Asked = {
  company: string
  batch: ReportBatch
  signal: AbortSignal
  resolve: (answer: FiguresAnswer) => void
  reject: (error: unknown) => void
}

/** What many companies' cells ask at the same time goes in one request; what one alone asks goes straight to it. */
export class OfficeDesk {
  readonly #api: LedgerApi
  #asked: Asked[] = []

  constructor(api: LedgerApi) {
    this.#api = api
  }

  ask(company: string, batch: ReportBatch, signal: AbortSignal): Promise<FiguresAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<FiguresAnswer>()
    if (this.#asked.length === 0) setTimeout(() => this.#send(), GATHERING)
    this.#asked.push({ company, batch, signal, resolve, reject })
    return promise
  }

  #send(): void {
    const waiting = this.#asked
    this.#asked = []
    for (let from = 0; from < waiting.length; ) {
      let cells = 0
      let to = from
      while (to < waiting.length && to - from < COMPANIES) {
        cells += cellsOf(waiting[to]!)
        if (cells > CELLS && to > from) break
        to++
      }
      this.#together(waiting.slice(from, to))
      from = to
    }
  }

  async #together(asked: readonly Asked[]): Promise<void> {
    const [one] = asked
    if (asked.length === 1)
      return this.#api.figures(one!.company, one!.batch, one!.signal).then(one!.resolve, one!.reject)
    try {
      const answers = await this.#api.figuresOf(
        asked.map(({ company, batch }) => ({ company, ...batch })),
        one!.signal,
      )
      for (const [i, { resolve, reject }] of asked.entries()) {
        const answer = answers[i]!
        if (answer instanceof Refused) reject(answer)
        else resolve(answer)
      }
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }
}

const cellsOf = ({ batch }: Asked): number => batch.groups.reduce((n, { cells }) => n + cells.length, 0)
