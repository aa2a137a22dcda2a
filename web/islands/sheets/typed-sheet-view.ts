import type { Locale } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import type { Issue } from '#worker/core/problem.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'
import type { Layout } from '../voucher/columns.ts'
import { byId } from '../voucher/element.ts'
import type { Range } from '../voucher/grid-view.ts'
import type { Found } from '../voucher/search.ts'
import { SheetView } from '../voucher/sheet-view.ts'
import { connectSheet } from './connect-sheet.ts'
import { clashText, showLink } from './link-view.ts'
import type { SheetOptions } from './start-sheet.ts'
import type { ReadRow, TypedDesk } from './typed-desk.ts'
import type { TypedRow } from './typed-rows.ts'
import { unreadAmount } from './unread-amount.ts'

/** Empty rows below what is typed. */
const ROOM = 6

type Desk<R extends ReadRow> = TypedDesk<R, { readonly issues: readonly Issue[] }>
type Shown = { text: string; faint: boolean }
/** What is a sheet's own. */
type Port<R extends ReadRow> = {
  desk: Desk<R>
  locale: Locale
  options: SheetOptions<{ version: number }>
  /** Ids of the page's element and of the grid's. */
  page: string
  mount: string
  label: string
  /** Whose columns *explain* tells of. */
  columns: Parameters<typeof connectSheet>[0]['columns']
  /** Columns that nobody types in. */
  computed: ReadonlySet<string>
  layout: (room: number) => Layout
  /** A cell as it is shown; `read` is missing for an empty row. */
  text: (row: TypedRow, read: R | undefined, field: string) => Shown
  found: (field: string, text: string) => Found
  unreadText: (unread: R['unread'][number]) => string
  /** Takes a pasted table as a whole; false when it is but cells. */
  takeTable: (cells: string[][]) => boolean
  /** What is said below the grid while no cell has something to say. */
  saidOfAll: () => readonly Issue[]
  undone: string
  /** The sheet was drawn anew: what stands around the grid follows. */
  shown: () => void
}

/** Rows typed in a grid that is saved while one types: cells and what they say, paste, undo, keys. */
export class TypedSheetView<R extends ReadRow> {
  readonly #port: Port<R>
  readonly #view: SheetView
  #blank: TypedRow[] = []
  #said = ''

  constructor(port: Port<R>) {
    this.#port = port
    const { desk, locale, options } = port
    this.#arrange()
    byId('grid-loading').remove()
    this.#view = new SheetView(byId(port.mount), {
      locale,
      licenceKey: options.licenceKey,
      label: port.label,
      rowCount: () => desk.rows.length + this.#blank.length,
      layout: port.layout,
      text: (at, field) => this.#text(at, field),
      states: (at, field) => this.#states(at, field),
      typed: (at, field) => this.#row(at)?.cells[field] ?? '',
      isOpen: (_, field) => options.writable && !port.computed.has(field),
      found: (_, field, text) => port.found(field, text),
      edit: (edits) => this.#edit(edits),
      moved: () => this.#showUnder(),
    })
    connectSheet({
      view: this.#view,
      options,
      locale,
      columns: port.columns,
      says: (row, field) => this.#says(row, field),
      textOf: (range) => this.#textOf(range),
      edit: (edits) => this.#edit(edits),
      paste: (text, at) => this.#paste(text, at),
      next: () => this.#next(),
      undo: () => {
        if (desk.undo()) this.#said = port.undone
        this.refresh()
      },
      redo: () => void desk.redo(),
    })
  }

  start(row: number): void {
    this.refresh()
    this.#view.select(row, 'account')
    byId(this.#port.page).dataset.ready = 'yes'
  }
  get isEditing(): boolean {
    return this.#view.isEditing
  }
  focus(): void {
    this.#view.focus()
  }
  changed(): void {
    this.#port.options.link.noteChange()
    this.refresh()
  }
  showState(): void {
    const { options, desk, locale } = this.#port
    showLink(options.link, desk.unread, locale)
  }
  refresh(): void {
    this.#arrange()
    this.#view.refresh()
    this.#port.shown()
    this.#showUnder()
    this.showState()
  }

  #arrange(): void {
    const { desk, options } = this.#port
    const taken = new Set(desk.rows.map((row) => row.id))
    this.#blank = this.#blank.filter((row) => !taken.has(row.id))
    while (options.writable && this.#blank.length < ROOM) this.#blank.push({ id: desk.newId(), cells: {} })
  }
  #row(at: number): TypedRow | undefined {
    const { rows } = this.#port.desk
    return at < rows.length ? rows[at] : this.#blank[at - rows.length]
  }
  #text(at: number, field: string): Shown {
    const row = this.#row(at)
    return row ? this.#port.text(row, this.#port.desk.read[at], field) : { text: '', faint: false }
  }
  #states(at: number, field: string): string[] {
    const says = this.#says(at, field)
    if (says) return [`hb-${says.level}`]
    return this.#port.computed.has(field) ? ['hb-computed'] : []
  }

  #says(at: number, field: string): { level: 'error' | 'warning'; text: string } | undefined {
    const { desk, locale, options, unreadText } = this.#port
    const unread = desk.read[at]?.unread.find((u) => u.field === field)
    if (unread) return { level: 'error', text: unreadAmount(unread.text, locale, unreadText(unread)) }
    const own = desk.issuesAt(at).filter(({ pointer }) => pointer.split('/').slice(3).join('/') === field)
    const issue = own.find(({ severity }) => severity === 'error') ?? own[0]
    const id = this.#row(at)?.id
    const clash = options.link.clashes.find((one) => one.id === id && one.field === field)
    if (!issue && clash) return { level: 'warning', text: clashText(clash, locale) }
    return issue && { level: issue.severity, text: withText(issue, locale).message }
  }

  #edit(edits: readonly { row: number; field: string; value: string }[]): void {
    const { desk, options, computed } = this.#port
    this.#said = ''
    const own = edits.flatMap(({ row, field, value }) => {
      const id = this.#row(row)?.id
      return id === undefined || computed.has(field) ? [] : [{ id, field, value }]
    })
    for (const { id, field } of own) options.link.seen(id, field)
    desk.edit(own)
  }

  #textOf({ top, bottom, left, right }: Range): string {
    const columns = this.#view.columns.slice(left, right + 1)
    const lines: string[] = []
    for (let at = top; at <= bottom && this.#row(at); at++)
      lines.push(columns.map(({ field }) => this.#row(at)!.cells[field] ?? this.#text(at, field).text).join('\t'))
    return lines.join('\n')
  }

  #paste(text: string, at: { row: number; field: string }): void {
    const { desk, options, takeTable } = this.#port
    if (!options.writable) return
    const cells = cellsOf(text)
    if (cells.length > 1 && takeTable(cells)) return
    const first = this.#view.columns.findIndex((column) => column.field === at.field)
    while (!this.#row(at.row + cells.length - 1)) this.#blank.push({ id: desk.newId(), cells: {} })
    this.#edit(
      cells.flatMap((row, r) =>
        row.flatMap((value, c) => {
          const column = this.#view.columns[first + c]
          return column ? [{ row: at.row + r, field: column.field, value }] : []
        }),
      ),
    )
  }

  #showUnder(): void {
    const { locale, saidOfAll } = this.#port
    const view = this.#view as SheetView | undefined // it tells of its first cell before it is made
    const at = view?.current()
    const says = at && this.#says(at.row, at.field)
    const whole = saidOfAll()
    const cell = byId('cell-says')
    cell.dataset.level = says?.level ?? (this.#said ? '' : (whole[0]?.severity ?? ''))
    cell.textContent = says?.text ?? (this.#said || whole.map((issue) => withText(issue, locale).message).join(' '))
  }

  #next(): void {
    const at = this.#view.current() ?? { row: 0, field: 'account' }
    const { columns } = this.#view
    const size = this.#port.desk.rows.length * columns.length
    const from = at.row * columns.length + columns.findIndex((column) => column.field === at.field)
    for (let step = 1; step <= size; step++) {
      const place = (from + step) % size
      const [row, field] = [Math.floor(place / columns.length), columns[place % columns.length]!.field]
      if (this.#says(row, field)?.level !== 'error') continue
      this.#view.select(row, field)
      return
    }
  }
}
