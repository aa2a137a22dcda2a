import { type Line, sendJson } from '../voucher/send.ts'
import type { KeptHere } from './kept-here.ts'
import { type Clash, changesBetween, type ReadableRow, type TypedRow, unsavedRows, withUnsaved } from './typed-rows.ts'

const PAUSE_MS = 900
const RETRY_MS = 4_000
/** Saves in a row that somebody else came first to, before one pauses. */
const MOST_MERGES = 5
const MOST_UNANSWERED = 20
const FORMAT = 1

/** How the server stands to what is typed. `refused` is in the server's own words, and is tried again when something changes. */
export type LinkState =
  | { kind: 'clean' | 'saving' | 'lost' | 'signed-out' }
  | { kind: 'saved'; at: string }
  | { kind: 'refused'; title: string }

export type SheetPort<Answer> = {
  line: Line
  /** Where the sheet is read with GET and kept with PUT, below the company's API. */
  path: string
  kept: KeptHere
  writable: boolean
  /** What stands here, the head row first: as typed, and as it reads. */
  typed(): readonly TypedRow[]
  readable(): readonly ReadableRow[]
  content(): unknown
  rowsOf(answer: Answer): TypedRow[]
  /** Puts other rows in place of those there are. */
  take(rows: readonly TypedRow[]): void
  /** When one is not in the middle of a cell. */
  calm(): Promise<void>
  /** The state is another. */
  changed(): void
}

/**
 * Keeps a sheet in step with the server, and on this machine until the server has it. Every keystroke is kept here at once;
 * what can be read is sent when one pauses; what somebody else saved is put together with it by row and cell.
 */
export class SheetLink<Answer extends { version: number }> {
  readonly #port: SheetPort<Answer>
  state: LinkState = { kind: 'clean' }
  /** When what was left behind on this machine was typed; told until it is saved. */
  restoredAt: string | undefined
  isKept = true
  /** Where somebody else wrote what does not stand here. */
  clashes: readonly Clash[] = []
  /** Who saved last, beside this window. */
  takenFrom: string | undefined
  #touched = false
  #base: readonly TypedRow[]
  #version: number
  /** What was sent and had no answer: the server may have it all the same. */
  #unanswered: readonly (readonly TypedRow[])[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #queue: Promise<unknown> = Promise.resolve()

  constructor(port: SheetPort<Answer>, found: Answer) {
    this.#port = port
    this.#base = port.rowsOf(found)
    this.#version = found.version
  }

  /** Takes up what was typed here and never reached the server. */
  restore(): void {
    const kept = this.#port.writable ? keptFrom(this.#port.kept.text) : undefined
    if (!kept) return
    this.restoredAt = kept.at
    this.#merge(kept.unsaved)
    this.noteChange()
  }

  /** Rows the server lacks, as far as they can be read. */
  get isUnsaved(): boolean {
    return this.#touched && changesBetween(this.#base, this.#port.readable()).length > 0
  }

  /** Something was typed: kept here now, and sent when one pauses. */
  noteChange(): void {
    if (!this.#port.writable) return
    this.#touched = true
    this.#keep()
    if (!this.isUnsaved) return
    if (this.state.kind === 'refused') this.#tell({ kind: 'clean' })
    this.#later(this.state.kind === 'lost' || this.state.kind === 'signed-out' ? RETRY_MS : PAUSE_MS)
  }
  seen(id: string, field: string): void {
    this.clashes = this.clashes.filter((clash) => clash.id !== id || clash.field !== field)
  }

  /** Saves what can be read; true when the server has it. One save at a time, each of what stands when its turn comes. */
  save(): Promise<boolean> {
    clearTimeout(this.#timer)
    return this.#inTurn(() => this.#save())
  }
  /** Somebody saved, perhaps: reads it, unless `version` is had already. */
  refresh(version = Number.POSITIVE_INFINITY, name?: string): Promise<void> {
    return this.#inTurn(async () => {
      if (version <= this.#version || !(await this.#fetch(name))) return
      if (this.isUnsaved) this.#later(0)
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work)
    this.#queue = done.catch(() => {})
    return done
  }
  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), ms)
  }

  async #save(): Promise<boolean> {
    const { line, path } = this.#port
    for (let merges = 0; merges < MOST_MERGES; merges++) {
      if (!this.isUnsaved) return true
      const sent = this.#port.readable()
      this.#tell({ kind: 'saving' })
      const headers = { 'if-match': `"${this.#version}"` }
      const result = await sendJson<Answer>(line, path, this.#port.content(), { method: 'PUT', headers })
      if (result.kind === 'done') {
        this.#has(result.answer)
        this.restoredAt = undefined
        this.#keep()
        this.#tell({ kind: 'saved', at: new Date().toISOString() })
        if (this.isUnsaved) this.#later(PAUSE_MS)
        return true
      }
      if (result.kind === 'refused' && result.code === 'version/stale' && (await this.#fetch())) continue
      if (result.kind === 'refused' && result.code !== 'version/stale') {
        this.#tell({ kind: 'refused', title: told(result.issues[0]) ?? result.title })
        return false
      }
      const known = this.#unanswered.some((other) => changesBetween(other, sent).length === 0)
      if (result.kind === 'lost' && !known) this.#unanswered = [...this.#unanswered, sent].slice(-MOST_UNANSWERED)
      this.#tell({ kind: result.kind === 'signed-out' ? 'signed-out' : 'lost' })
      this.#later(RETRY_MS)
      return false
    }
    this.#later(PAUSE_MS)
    return false
  }

  /** Reads what others saved, and puts what is unsaved here on it. False without an answer. */
  async #fetch(name?: string): Promise<boolean> {
    const { line, path, rowsOf } = this.#port
    const response = await line
      .fetch(line.base + path, { headers: { accept: 'application/json' } })
      .catch(() => undefined)
    const isGone = response?.status === 404
    if (!isGone && !response?.ok) return false
    const found = isGone ? undefined : ((await response!.json().catch(() => undefined)) as Answer | undefined)
    if (!isGone && !found) return false
    await this.#port.calm()
    const theirs = found ? rowsOf(found) : []
    const version = found?.version ?? 0
    if (version === this.#version) return true
    // An answer that was lost on its way: what stands there is what was sent from here.
    const isOwn = this.#unanswered.some((sent) => changesBetween(sent, theirs).length === 0)
    const unsaved = unsavedRows(isOwn ? theirs : this.#base, this.#port.typed(), this.#port.readable())
    this.#base = theirs
    this.#version = version
    this.#unanswered = []
    if (isOwn) return true
    this.takenFrom = name ?? this.takenFrom
    this.#merge(unsaved)
    this.#keep()
    return true
  }

  #merge(unsaved: Parameters<typeof withUnsaved>[1]): void {
    const { rows, clashes } = withUnsaved(this.#base, unsaved)
    this.clashes = [...this.clashes, ...clashes]
    this.#port.take(rows)
  }
  #has(answer: Answer): void {
    this.#base = this.#port.rowsOf(answer)
    this.#version = answer.version
    this.#unanswered = []
  }
  #keep(): void {
    const unsaved = unsavedRows(this.#base, this.#port.typed(), this.#port.readable())
    if (unsaved.length === 0) {
      this.#port.kept.drop()
      this.isKept = true
    } else this.isKept = this.#port.kept.save(JSON.stringify({ format: FORMAT, at: new Date().toISOString(), unsaved }))
  }
  #tell(state: LinkState): void {
    this.state = state
    this.#port.changed()
  }
}

const told = (issue: object | undefined): string | undefined => (issue as { message?: string } | undefined)?.message

function keptFrom(text: string | undefined): { at: string; unsaved: Parameters<typeof withUnsaved>[1] } | undefined {
  try {
    const kept = JSON.parse(text ?? 'null')
    return kept?.format === FORMAT && Array.isArray(kept.unsaved) ? kept : undefined
  } catch {
    return undefined
  }
}
