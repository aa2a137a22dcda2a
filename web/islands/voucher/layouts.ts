import { idOf } from '#worker/core/ids.ts'
import type { ColumnLayout, LayoutDefinition, ScreenLayout } from '#worker/screens/screen-layout.ts'
import type { Column } from './columns.ts'
import type { Line } from './send.ts'

const SCREEN = 'voucher-entry'
/** How long one pauses before a layout is saved, in milliseconds. */
const PAUSE_MS = 600

export type LayoutsPort = {
  readonly line: Line
  readonly user: string
  /** What a layout of one's own is called until one gives it a name. */
  readonly ownName: string
  changed(): void
  failed(message: string): void
}

type Texts = Readonly<Record<string, string>>
/** `byType`: what was chosen here, by voucher type; `before`: in whatever company, as it once was kept. `columns`: how they were last arranged, in whatever company. */
type Kept = {
  layouts: readonly ScreenLayout[]
  /** The office with whose clients one may share. */
  office: string | null
  byType: Texts
  before: Texts
  columns: Texts
}
/** Whose a layout is. */
export type Sharing = 'oneself' | 'company' | 'office'
const BEFORE = '/api/v1/me/settings/voucher-entry'
/** Of its own for each company: what one chooses in two windows is not written over. */
const choiceIn = (line: Line): string => `${BEFORE}.${line.base.split('/').at(-1)}`
const COLUMNS = '/api/v1/me/settings/voucher-columns'

/** Reads a choice; without an answer it is the one given, and entry goes on. */
async function read<T>(line: Line, path: string, otherwise: T): Promise<T> {
  const answer = await line.fetch(path, { headers: { accept: 'application/json' } }).catch(() => undefined)
  return answer?.ok ? ((await answer.json()) as T) : otherwise
}

export async function fetchLayouts(line: Line): Promise<Kept> {
  const [{ layouts, office }, { value: byType }, { value: before }, { value: columns }] = await Promise.all([
    read(line, `${line.base}/screen-layouts?screen=${SCREEN}`, { layouts: [] as ScreenLayout[], office: null }),
    read(line, choiceIn(line), { value: {} as Texts }),
    read(line, BEFORE, { value: {} as Texts }),
    read(line, COLUMNS, { value: {} as Texts }),
  ])
  return { layouts, office, byType, before, columns }
}

export const fetchChosen = async (
  line: Line,
  setting: 'shortcuts' | 'paste-answers',
): Promise<Record<string, string>> =>
  (await read(line, `/api/v1/me/settings/${setting}`, { value: {} as Record<string, string> })).value

/**
 * How the columns stand: for each voucher type the layout one chose for it, else the one chosen first; in a company where one has
 * chosen none, as one last arranged them elsewhere. A change is saved as it is made, into one's own layout; what is shared is only
 * changed by saying so.
 */
export class Layouts {
  readonly #port: LayoutsPort
  #layouts: ScreenLayout[]
  #byType: Texts
  readonly #before: Texts
  /** As one last arranged them. */
  #carried: LayoutDefinition | undefined
  #type = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly office: string | null

  constructor(port: LayoutsPort, { layouts, office, byType, before, columns }: Kept) {
    this.#port = port
    this.office = office
    this.#layouts = [...layouts]
    this.#byType = byType
    this.#before = before
    this.#carried = arranged(columns)
  }

  get all(): readonly ScreenLayout[] {
    return this.#layouts
  }
  /** What was chosen here; before companies were told apart it was kept by type alone. */
  get #choice(): string | undefined {
    const here = this.#byType[this.#type] ?? this.#byType.last
    if (here !== undefined) return here
    const before = this.#before[this.#type] ?? this.#before.last
    return this.#layouts.some((layout) => layout.id === before) ? before : undefined
  }
  get chosen(): ScreenLayout | undefined {
    return this.#layouts.find((layout) => layout.id === this.#choice)
  }
  get definition(): LayoutDefinition | undefined {
    return this.#choice === undefined ? this.#carried : this.chosen?.definition
  }
  isOwn(layout: ScreenLayout | undefined): boolean {
    return layout !== undefined && !layout.shared && layout.owner === this.#port.user
  }

  /** Another voucher type stands on the desk. True when its columns are others. */
  useType(type: string): boolean {
    const before = this.definition
    this.#type = type.replace(/\W/g, '') || 'none'
    return before !== this.definition
  }

  /** Takes a layout for the voucher type that stands on the desk; none is the one that comes with the product. */
  choose(id: string): void {
    this.#byType = { ...this.#byType, [this.#type]: id, ...(!this.#byType.last && { last: id }) }
    void this.#put(choiceIn(this.#port.line), { value: this.#byType })
    this.#carry()
    this.#port.changed()
  }

  /** The columns as they stand now go with one to other companies. */
  #carry(): void {
    if (!this.definition) return
    const value = arrangementOf(this.definition)
    this.#carried = arranged(value)
    void this.#put(COLUMNS, { value })
  }

  /** Changes columns: of one's own layout, which is made when one has none. */
  change(definition: LayoutDefinition): void {
    const { chosen } = this
    if (chosen && this.isOwn(chosen)) {
      this.#replace({ ...chosen, definition })
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => {
        void this.#save(chosen.id)
        this.#carry()
      }, PAUSE_MS)
      this.#port.changed()
    } else this.saveAs(this.#freeName(), 'oneself', definition)
  }

  /** A new layout of the columns as they stand, for oneself, for all here, or for all clients of the office. */
  saveAs(name: string, of: Sharing, columns: LayoutDefinition = this.definition ?? { columns: [] }): void {
    const id = idOf('lay', crypto.getRandomValues(new Uint8Array(17)))
    const made = { id, screen: SCREEN, owner: this.#port.user, shared: of !== 'oneself', name, version: 0 }
    this.#layouts.push(
      of === 'office' ? { ...made, office: true, definition: forClients(columns) } : { ...made, definition: columns },
    )
    void this.#save(id)
    this.choose(id)
  }

  remove(id: string): void {
    this.#layouts = this.#layouts.filter((layout) => layout.id !== id)
    void this.#port.line.fetch(`${this.#port.line.base}/screen-layouts/${id}`, { method: 'DELETE' }).catch(() => {})
    this.choose('')
  }

  #replace(layout: ScreenLayout): void {
    this.#layouts = this.#layouts.map((other) => (other.id === layout.id ? layout : other))
  }

  #freeName(): string {
    const { ownName } = this.#port
    const taken = new Set(this.#layouts.map((layout) => layout.name))
    for (let n = 1; ; n++) {
      const name = n === 1 ? ownName : `${ownName} ${n}`
      if (!taken.has(name)) return name
    }
  }

  async #save(id: string): Promise<void> {
    const layout = this.#layouts.find((other) => other.id === id)
    if (!layout) return
    const { screen, name, shared, office, definition } = layout
    const path = `${this.#port.line.base}/screen-layouts/${id}`
    const saved = await this.#put(path, { screen, name, shared, ...(office && { office }), definition })
    if (!saved) return
    const now = this.#layouts.find((other) => other.id === id)
    if (now) this.#replace({ ...now, version: (saved as ScreenLayout).version })
  }

  async #put(path: string, body: unknown): Promise<unknown> {
    const { line } = this.#port
    const headers = { 'content-type': 'application/json', accept: 'application/json', 'accept-language': line.locale }
    const init = { method: 'PUT', headers, body: JSON.stringify(body) }
    const answer = await line.fetch(path, init).catch(() => undefined)
    if (answer?.ok) return answer.json()
    const problem = (await answer?.json().catch(() => undefined)) as { title?: string } | undefined
    if (problem?.title) this.#port.failed(problem.title)
    return undefined
  }
}

/** Another client has departments of its own: what is filled in of those stays behind. */
const forClients = ({ columns, ...rest }: LayoutDefinition): LayoutDefinition => ({
  ...rest,
  columns: columns.map(({ fill, ...column }) =>
    fill === undefined || column.field.startsWith('dimensions/') ? column : { ...column, fill },
  ),
})

/**
 * How columns are arranged, by field in their order: the width, or that it is hidden. What is filled in stays behind: another
 * company has departments of its own.
 */
export const arrangementOf = ({ frozen, columns }: LayoutDefinition): Texts => ({
  ...(frozen !== undefined && { [FROZEN]: String(frozen) }),
  ...Object.fromEntries(columns.map(({ field, width, hidden }) => [field, hidden ? HIDDEN : String(width ?? '')])),
})
const FROZEN = '/frozen'
const HIDDEN = 'hidden'

/** The definition of an arrangement; undefined where there is none. */
export function arranged({ [FROZEN]: frozen, ...columns }: Texts): LayoutDefinition | undefined {
  const fields = Object.entries(columns)
  if (fields.length === 0) return undefined
  return {
    columns: fields.map(([field, text]) => {
      if (text === HIDDEN) return { field, hidden: true }
      return text === '' ? { field } : { field, width: Number(text) }
    }),
    ...(frozen !== undefined && { frozen: Number(frozen) }),
  }
}

/** The definition of columns as they stand, with one of them changed. */
export function withColumn(
  definition: LayoutDefinition | undefined,
  order: readonly Pick<Column, 'field'>[],
  field: string,
  change: Partial<ColumnLayout>,
): LayoutDefinition {
  const known = new Map(definition?.columns.map((column) => [column.field, column]))
  const hidden = definition?.columns.filter((column) => !order.some((other) => other.field === column.field)) ?? []
  const columns = [...order.map((column) => known.get(column.field) ?? { field: column.field }), ...hidden]
  const changed = columns.map((column) => (column.field === field ? cleared({ ...column, ...change }) : column))
  return {
    ...definition,
    columns: columns.some((c) => c.field === field) ? changed : [...changed, { field, ...change }],
  }
}

const cleared = (column: ColumnLayout): ColumnLayout =>
  Object.fromEntries(Object.entries(column).filter(([, value]) => value !== undefined && value !== '')) as ColumnLayout

/** The definition with a column moved to another place among those that are shown. */
export function withMoved(
  definition: LayoutDefinition | undefined,
  order: readonly Pick<Column, 'field'>[],
  from: number,
  to: number,
): LayoutDefinition {
  const fields = order.map((column) => column.field)
  const [moved] = fields.splice(from, 1)
  if (moved === undefined) return definition ?? { columns: [] }
  fields.splice(to, 0, moved)
  return withColumn(
    definition,
    fields.map((field) => ({ field })),
    moved,
    {},
  )
}
