import { BYTES, CELLS, GROUPS } from '#worker/reports/report-limits.ts'
import { type FiguresAnswer, Refused } from '../api/ledger-api.ts'
import { type BatchRequest, type FigureQuery, keyOf, requestsOf } from './figure-query.ts'

/** Quiet for this long, and the cells have stopped coming; when few wait, nobody should. All in milliseconds. */
const QUIET = 150
const QUIET_FEW = 20
const FEW = 20
const LONGEST_GATHERING = 1_000
/** An answer is waited for this long, twice. The library gives a cell up after 60 s. */
const TIMEOUT = 22_000
const ERRORS_LIVE = 10_000
const MOST_KNOWN = 200_000
/** Quiet for this long after an answer, figures are put away for when nobody answers. */
const KEEP_AFTER = 500

/** Why a figure cannot be told; the text is for the cell's error menu. */
export class FigureFault extends Error {}

export type SourceState = {
  /** The version that every figure shown is drawn from. */
  ledgerVersion: number | undefined
  sequence: number | undefined
  /** When that version was asked for first, in milliseconds since 1970. */
  takenAt: number | undefined
  /** Cells that wait for an answer. */
  waiting: number
  /** The last request got no answer: figures of before are shown. */
  offline: boolean
}

type Ask = (request: BatchRequest['batch'], signal: AbortSignal) => Promise<FiguresAnswer>
type Waiting = {
  query: FigureQuery
  promise: Promise<number>
  resolve: (ore: number) => void
  reject: (fault: FigureFault) => void
}
/** `until`: for so long and no longer, for what was not told by the version that is shown. */
type Known = { ore: number; query: FigureQuery; until?: number } | { fault: FigureFault; until: number }
/** Figures that outlive the page, by their keys, in øre; and when and at which version they were drawn. */
export type KeptFigures = {
  ledgerVersion: number
  takenAt: number
  figures: readonly (readonly [key: string, ore: number])[]
}
/** Where they are kept: for one company. */
export type Keeper = { load(): Promise<KeptFigures | undefined>; save(kept: KeptFigures): Promise<void> }
/** Asks which cells of some groups are out of date since an event. */
type AskStale = (after: number, groups: BatchRequest['batch']['groups']) => Promise<{ groups: { cells: number[] }[] }>

/**
 * Figures of one company for all cells of a workbook. Cells ask one by one; what they ask is gathered until they stop coming,
 * sent as one request, and all answers are handed back in one task, so that Excel takes them at once. Every figure is drawn
 * from the same version of the ledger until `refresh`. Amounts in øre.
 */
export class FigureSource {
  readonly #ask: Ask
  readonly #askStale: AskStale | undefined
  readonly #keeper: Keeper | undefined
  #keepTimer: ReturnType<typeof setTimeout> | undefined
  readonly #texts: { offline: () => string }
  readonly #limits = { cells: CELLS, bytes: BYTES, groups: GROUPS }
  #known = new Map<string, Known>()
  /** Figures of the version before in øre, for when no answer comes. */
  #before: ReadonlyMap<string, number> = new Map()
  #waiting = new Map<string, Waiting>()
  #sent = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #firstAt = 0
  #round = 0
  #pinned: number | undefined
  /** The question that will tell the version; whoever needs it meanwhile waits. */
  #pinning: Promise<unknown> | undefined
  #state: SourceState = {
    ledgerVersion: undefined,
    sequence: undefined,
    takenAt: undefined,
    waiting: 0,
    offline: false,
  }
  readonly #listeners = new Set<(state: SourceState) => void>()
  /** Requests sent so far. */
  requests = 0

  constructor(ask: Ask, texts: { offline: () => string }, askStale?: AskStale, keeper?: Keeper) {
    this.#ask = ask
    this.#askStale = askStale
    this.#keeper = keeper
    this.#texts = texts
  }

  get state(): SourceState {
    return { ...this.#state, waiting: this.#waiting.size + this.#sent }
  }
  /** How many figures are known at the version shown. */
  get figures(): number {
    return this.#known.size
  }
  onChange(listener: (state: SourceState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The figure in øre. @throws FigureFault with a text for the cell. */
  figure(query: FigureQuery): Promise<number> | number {
    const key = keyOf(query)
    const known = this.#known.get(key)
    if (known && (known.until === undefined || known.until > Date.now())) {
      if ('ore' in known) return known.ore
      const refused = Promise.reject<number>(known.fault)
      refused.catch(() => {}) // a cell of several figures tells of the first
      return refused
    }
    const waiting = this.#waiting.get(key)
    if (waiting) return waiting.promise
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    promise.catch(() => {}) // a cell that was deleted meanwhile listens no longer
    if (this.#waiting.size === 0) this.#firstAt = Date.now()
    this.#waiting.set(key, { query, promise, resolve, reject })
    this.#schedule()
    return promise
  }

  /** From now on figures are drawn from the newest version. */
  refresh(): void {
    const figures = this.#figures()
    if (figures.length > 0) this.#before = new Map(figures)
    this.#known = new Map()
    this.#pinned = undefined
    this.#pinning = undefined
    this.#round++
  }

  /**
   * Keys of the figures that somebody's doings since they were drawn may have changed. Figures that stand at a version of their
   * own are never among them.
   */
  async stale(): Promise<Set<string>> {
    const { sequence } = this.#state
    const queries = new Map(
      [...this.#known].flatMap(([key, known]) =>
        isOfVersion(known) && known.query.atVersion === undefined && known.query.asKnownAt === undefined
          ? [[key, known.query] as const]
          : [],
      ),
    )
    const found = new Set<string>()
    if (sequence === undefined || !this.#askStale) return new Set(queries.keys())
    for (const { batch, keys } of requestsOf(queries, undefined, this.#limits)) {
      const { groups } = await this.#askStale(sequence, batch.groups)
      for (const [g, { cells }] of groups.entries()) for (const i of cells) found.add(keys[g]![i]!)
    }
    return found
  }

  /**
   * The same as `refresh`, but figures that nothing has touched are kept: they are what they would be anew. First the newest
   * version is told, then what is stale since, so that nothing kept can be older than that version.
   */
  async renew(): Promise<void> {
    const before = this.#known
    const [round, { sequence }] = [this.#round, this.#state]
    try {
      const { ledgerVersion, sequence: newest } = await this.#twice({ atVersion: 'latest', groups: [] })
      const stale = await this.stale()
      if (round !== this.#round || sequence === undefined) return this.refresh()
      this.refresh()
      this.#known = new Map([...before].filter(([key, known]) => isOfVersion(known) && !stale.has(key)))
      this.#pinned = ledgerVersion
      this.#state = { ...this.#state, ledgerVersion, sequence: newest, takenAt: Date.now(), offline: false }
      this.#tell()
    } catch {
      this.refresh()
    }
  }

  /** The version that everything is drawn from until `refresh`; asked for when no figure has told it yet. */
  async version(): Promise<number> {
    if (this.#pinned === undefined) {
      this.#pinning ??= this.#request({ batch: { atVersion: 'latest', groups: [] }, keys: [] }, new Map())
      await this.#pinning
    }
    return this.#pinned ?? this.version()
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    const longest = this.#firstAt + LONGEST_GATHERING - Date.now()
    const full = this.#waiting.size >= this.#limits.cells
    const quiet = this.#waiting.size < FEW ? QUIET_FEW : QUIET
    this.#timer = setTimeout(() => this.#send(), full ? 0 : Math.max(0, Math.min(quiet, longest)))
  }

  async #send(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = new Map()
    this.#sent += batch.size
    this.#tell()
    const round = this.#round
    const outcome = await this.#answers(batch)
    this.#sent -= batch.size
    const known = round === this.#round ? this.#known : new Map<string, Known>()
    if (known.size + batch.size > MOST_KNOWN) known.clear()
    for (const [key, { resolve, reject }] of batch) {
      const answer = outcome.get(key)!
      if (answer.until === undefined || answer.until > Date.now()) known.set(key, answer)
      if ('ore' in answer) resolve(answer.ore)
      else reject(answer.fault)
    }
    this.#tell()
    if (!this.#state.offline) this.#keep()
  }

  /** Figures of the version shown, by their keys. */
  #figures(): [key: string, ore: number][] {
    return [...this.#known].flatMap(([key, known]) =>
      isOfVersion(known) ? [[key, known.ore] as [string, number]] : [],
    )
  }
  #keep(): void {
    const keeper = this.#keeper
    if (!keeper) return
    clearTimeout(this.#keepTimer)
    this.#keepTimer = setTimeout(() => {
      const { ledgerVersion, takenAt } = this.#state
      const figures = this.#figures()
      if (ledgerVersion !== undefined && takenAt !== undefined && figures.length > 0)
        keeper.save({ ledgerVersion, takenAt, figures }).catch(() => {}) // a browser that keeps nothing
    }, KEEP_AFTER)
  }
  /** What an earlier page kept, where this one knows no better. */
  async #takeKept(): Promise<void> {
    const kept =
      this.#before.size === 0 && this.#pinned === undefined && (await this.#keeper?.load().catch(() => undefined))
    if (!kept) return
    this.#before = new Map(kept.figures)
    this.#state = { ...this.#state, ledgerVersion: kept.ledgerVersion, takenAt: kept.takenAt }
  }

  /** The first request tells the version; the others are drawn from it, two at a time. */
  async #answers(batch: ReadonlyMap<string, Waiting>): Promise<Map<string, Known>> {
    const queries = new Map([...batch].map(([key, { query }]) => [key, query]))
    const answers = new Map<string, Known>()
    try {
      if (this.#pinned === undefined) await this.#pinning?.catch(() => {})
      const [first, ...others] = requestsOf(queries, this.#pinned, this.#limits)
      const asked = this.#request(first!, answers, queries)
      if (this.#pinned === undefined) this.#pinning = asked
      await asked
      const left = others.map((request) => ({
        ...request,
        batch: { ...request.batch, atVersion: this.#pinned ?? 'latest' } as const,
      }))
      for (let i = 0; i < left.length; i += 2)
        await Promise.all(left.slice(i, i + 2).map((request) => this.#request(request, answers, queries)))
      this.#state.offline = false
    } catch (error) {
      this.#state.offline = !(error instanceof Refused)
      if (this.#state.offline) await this.#takeKept()
      const text = error instanceof Refused && error.title ? error.title : this.#texts.offline()
      const fault = new FigureFault(text)
      const until = Date.now() + ERRORS_LIVE
      for (const [key, query] of queries) {
        const ore = this.#state.offline ? this.#before.get(key) : undefined
        if (!answers.has(key)) answers.set(key, ore === undefined ? { fault, until: 0 } : { ore, query, until })
      }
    }
    return answers
  }

  async #request(
    { batch, keys }: BatchRequest,
    answers: Map<string, Known>,
    queries: ReadonlyMap<string, FigureQuery> = new Map(),
  ): Promise<void> {
    const round = this.#round
    const answer = await this.#twice(batch).catch((error) => {
      if (round === this.#round) this.#pinning = undefined
      throw error
    })
    if (batch.atVersion === 'latest' && round === this.#round && this.#pinned === undefined) {
      this.#pinned = answer.ledgerVersion
      // A later answer is of the same version, but comes from further on in the feed: what is older is told from here.
      this.#state = {
        ...this.#state,
        ledgerVersion: answer.ledgerVersion,
        sequence: answer.sequence,
        takenAt: Date.now(),
      }
    }
    const until = Date.now() + ERRORS_LIVE
    answer.groups.forEach(({ amounts, issues }, g) => {
      const texts = new Map(issues.map((issue) => [issue.cell, issue.message]))
      amounts.forEach((ore, i) => {
        const key = keys[g]![i]!
        answers.set(
          key,
          ore === null ? { fault: new FigureFault(texts.get(i) ?? ''), until } : { ore, query: queries.get(key)! },
        )
      })
    })
  }

  async #twice(batch: BatchRequest['batch']): Promise<FiguresAnswer> {
    for (let attempt = 0; ; attempt++) {
      this.requests++
      try {
        return await this.#ask(batch, AbortSignal.timeout(TIMEOUT))
      } catch (error) {
        if (error instanceof Refused || attempt > 0) throw error
      }
    }
  }

  #tell(): void {
    const { state } = this
    for (const listener of this.#listeners) listener(state)
  }
}

/** A figure as the version that is shown has it: no fault, and none that stands in for it. */
const isOfVersion = (known: Known): known is Extract<Known, { ore: number }> =>
  'ore' in known && known.until === undefined
