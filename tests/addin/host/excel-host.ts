import { level } from './api-sets.ts'
import { Calculation, type Call, type FunctionInfo, type Result } from './calculation.ts'
import type { HostObject, HostType } from './model.ts'
import { EVENT, FLAG, type HostEvent, MESSAGE } from './protocol.ts'
import { runBatch } from './run-batch.ts'
import type { Workbook } from './workbook.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Every window that has the workbook open, so that what one changes is told to all. */
const windows = new WeakMap<Workbook, Set<ExcelHost>>()

/** One add-in window's end of the bridge: answers its requests, sends it events, and plays Excel's calculation for it. */
export class ExcelHost {
  readonly workbook: Workbook
  /** 'Type.Member' of all that the add-in touched, and of what it touched that nobody modelled. A test ends with the latter empty. */
  readonly used = new Set<string>()
  readonly missing = new Set<string>()
  /** Number of results in each hand-back of results of functions. */
  handBacks: number[] = []
  /** Kinds of events that the add-in listens to. */
  readonly hears = new Set<number>()
  /** Requests answered so far. */
  requests = 0
  /** Features of the client's own that this Excel has turned on; 2: results handed back each 200 ms at most, instead of 500. */
  features: number[] = []
  /** How many times as fast the window's own clock runs: the client waits half a second before it hands results back. */
  clock = 1
  /** Which ExcelApi set this Excel has; members of later ones are refused. */
  level = level('1.21')
  /** How cells are handed over in a recalculation. */
  handOver = { portion: 500, gapMs: 5 }
  /** Called before each request is answered: the place for somebody else's doings in between. */
  before: (() => void | Promise<void>) | undefined
  readonly #references = new Map<string, HostObject>()
  readonly #waiting = new Map<number, (result: Result) => void>()
  readonly #send: (text: string) => unknown
  #invocation = 1
  #calculation: Calculation | undefined

  /** @param send gives one message to the window. */
  constructor(workbook: Workbook, send: (text: string) => unknown) {
    this.workbook = workbook
    this.#send = send
    const all = windows.get(workbook) ?? new Set()
    windows.set(workbook, all.add(this))
  }
  /** The window is gone: closed, reloaded or crashed. */
  close(): void {
    windows.get(this.workbook)?.delete(this)
  }

  /** The window's message in, the answer out; undefined for what wants none. */
  async answer(text: string): Promise<string | undefined> {
    const envelope = JSON.parse(text)
    if (envelope.type !== MESSAGE.request) return undefined
    await this.before?.()
    this.requests++
    const { body } = envelope.message
    this.workbook.acting = this
    const request = typeof body === 'string' ? JSON.parse(body) : body
    const ran = runBatch(request, Buffer.byteLength(text), {
      workbook: this.workbook,
      references: this.#references,
      types: this.#types,
      used: this.used,
      missing: this.missing,
      level: this.level,
    })
    this.workbook.acting = undefined
    tellAll(this.workbook)
    const message = { statusCode: 200, headers: {}, body: ran }
    return JSON.stringify({ id: envelope.id, type: MESSAGE.response, message })
  }

  event(entries: readonly HostEvent[]): unknown {
    return this.#send(JSON.stringify({ type: MESSAGE.hostEvents, message: { entries } }))
  }

  /** Lets this window calculate the workbook's formulas with the functions that its metadata declares. */
  calculates(functions: ReadonlyMap<string, FunctionInfo>): Calculation {
    this.#calculation = new Calculation(this.workbook, functions, (calls) => this.recalculate(calls))
    this.workbook.onCells = (sheet, area) => this.#calculation!.follow(sheet, area)
    Object.assign(this.workbook, { recalculate: (sheet?: never) => this.#calculation!.start(sheet) })
    return this.#calculation
  }

  /** Hands cells to the add-in in portions, as a recalculation does, and waits for all their results. */
  async recalculate(calls: readonly Call[]): Promise<Result[]> {
    const { portion, gapMs } = this.handOver
    const results: Promise<Result>[] = []
    for (let i = 0; i < calls.length; i += portion) {
      const entries = calls.slice(i, i + portion).map((call) => {
        const id = this.#invocation++
        results.push(
          new Promise((resolve) =>
            this.#waiting.set(id, (result) => {
              this.#waiting.delete(id)
              resolve(result)
            }),
          ),
        )
        return this.#invoke(id, call, FLAG.none)
      })
      await this.event(entries)
      if (gapMs > 0 && i + portion < calls.length) await pause(gapMs)
    }
    return Promise.all(results)
  }

  /** A cell that stays: `onResult` is called with each result. Gives what cancels it. */
  async follow(call: Call, flags: number, onResult: (result: Result) => void = () => {}): Promise<() => unknown> {
    const id = this.#invocation++
    this.#waiting.set(id, onResult)
    await this.event([this.#invoke(id, call, flags)])
    return () => this.event([[EVENT.customFunctions, EVENT.cancel, '', { invocationId: id }]])
  }

  #invoke(id: number, { name, args, address }: Call, flags: number): HostEvent {
    return [EVENT.customFunctions, EVENT.invoke, '', [id, name, structuredClone(args), address, flags]]
  }

  readonly #types: Readonly<Record<string, HostType>> = {
    'Microsoft.ExcelServices.CustomFunctions': {
      methods: {
        SetInvocationArrayResults: (_, rows) => this.#receive(rows),
        SetInvocationResults: (_, rows) => this.#receive(rows.map((r: any) => [r.id, !r.failed, r.value, r.errorCode])),
        _SetOsfControlContainerReadyForCustomFunctions() {},
        _GetEnabledFeatures: () => this.features,
      },
    },
  }
  #receive(rows: readonly [number, boolean, unknown, number][]): void {
    this.handBacks.push(rows.length)
    for (const [id, ok, value, code] of rows)
      this.#waiting.get(id)?.(ok ? (value as Result) : { error: code, message: String(value ?? '') })
  }
}

/** Sends every window what has happened in the workbook since the last time. */
export function tellAll(workbook: Workbook): void {
  const happened = workbook.takeEvents()
  if (happened.length === 0) return
  for (const host of windows.get(workbook) ?? []) {
    const heard = happened.map(({ event }) => event(host)).filter(([, kind]) => host.hears.has(kind))
    if (heard.length > 0) setTimeout(() => host.event(heard), 0)
  }
}
