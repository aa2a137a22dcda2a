import Handsontable from 'handsontable/base'
import { TextEditor } from 'handsontable/editors/textEditor'
import { nbNO, registerLanguageDictionary } from 'handsontable/i18n'
import { baseRenderer } from 'handsontable/renderers/baseRenderer'
import type { Locale } from '#i18n/format.ts'
import type { Column, Layout } from './columns.ts'
import type { Range } from './grid-view.ts'
import { Picker } from './picker.ts'
import type { Found } from './search.ts'

registerLanguageDictionary(nbNO)

const ROW = 29
const HEADER = 30

/** What the grid shows and asks of the page. The grid keeps nothing itself. */
export type SheetPort = {
  readonly locale: Locale
  readonly licenceKey: string
  readonly label: string
  rowCount(): number
  layout(room: number): Layout
  text(row: number, field: string): { text: string; faint: boolean }
  /** Names of the states of a cell. */
  states(row: number, field: string): readonly string[]
  typed(row: number, field: string): string
  isOpen(row: number, field: string): boolean
  found(row: number, field: string, text: string): Found
  edit(edits: readonly { row: number; field: string; value: string }[]): void
  moved(row: number, field: string): void
}

type Filler = Record<string, string>

/** The Handsontable of a plain sheet: a budget, an opening balance. What was typed goes to the port; what is shown comes from it, cell by cell. */
export class SheetView {
  readonly #port: SheetPort
  readonly #mount: HTMLElement
  readonly #hot: Handsontable
  readonly #source: Filler[] = []
  #layout: Layout
  #shape = ''
  #height = 0

  constructor(mount: HTMLElement, port: SheetPort) {
    this.#port = port
    this.#mount = mount
    this.#layout = port.layout(this.#room())
    this.#fill()
    this.#height = this.#wantedHeight()
    this.#hot = new Handsontable(mount, {
      data: this.#source as never,
      ...this.#columnSettings(),
      editor: editorFor(port, (col) => this.#layout.columns[col]!) as never,
      renderer: ((
        _: unknown,
        td: HTMLTableCellElement,
        row: number,
        col: number,
        prop: string,
        value: unknown,
        meta: never,
      ) => {
        baseRenderer(this.#hot, td, row, col, prop, value, meta)
        this.#paint(td, row, col)
      }) as never,
      cells: (row: number, col: number) => ({
        readOnly: !port.isOpen(row, this.#layout.columns[col]?.field ?? ''),
      }),
      beforeChange: (changes: (unknown[] | null)[], source: string) => this.#changed(changes, source),
      beforeKeyDown: (event: KeyboardEvent) => this.#key(event),
      afterSelection: (row: number, col: number) => {
        const column = this.#layout.columns[Math.max(col, 0)]
        if (column && row >= 0) port.moved(row, column.field)
      },
      licenseKey: port.licenceKey,
      language: port.locale === 'nb' ? 'nb-NO' : 'en-US',
      themeName: 'ht-theme-main',
      injectCoreCss: false,
      height: this.#height,
      rowHeaders: false,
      columnHeaderHeight: HEADER,
      wordWrap: false,
      autoRowSize: false,
      autoColumnSize: false,
      enterBeginsEditing: false,
      outsideClickDeselects: false,
      allowInvalid: true,
      undo: false,
      readOnlyCellClassName: 'hb-read-only',
      viewportRowRenderingOffset: 12,
    } as never)
    this.#hot.rootElement.setAttribute('aria-label', port.label)
    new ResizeObserver(() => this.refresh()).observe(mount.parentElement!)
  }

  /** Shows what there is now. */
  refresh(): void {
    const hot = this.#hot
    this.#layout = this.#port.layout(this.#room())
    const before = this.#source.length
    this.#fill()
    hot.suspendRender()
    if (before !== this.#source.length) hot.updateData(this.#source as never)
    const height = this.#wantedHeight()
    const shape = JSON.stringify(this.#layout)
    if (shape !== this.#shape || height !== this.#height) {
      this.#height = height
      hot.updateSettings({ ...(shape !== this.#shape && this.#columnSettings()), height } as never)
    } else hot.render()
    hot.resumeRender()
  }

  get columns(): readonly Column[] {
    return this.#layout.columns
  }
  get locale(): Locale {
    return this.#port.locale
  }
  get size(): { rows: number; cols: number } {
    return { rows: this.#port.rowCount(), cols: this.columns.length }
  }
  /** What a cell shows, drawn or not. */
  textAt(row: number, col: number): string {
    return this.#port.text(row, this.columns[col]!.field).text
  }
  /** The cell one is in, by its place; the first before one is in any. */
  get place(): { row: number; col: number } {
    const { row = 0, field = '' } = this.current() ?? {}
    return {
      row,
      col: Math.max(
        this.columns.findIndex((column) => column.field === field),
        0,
      ),
    }
  }
  get isEditing(): boolean {
    return this.#hot.getActiveEditor()?.isOpened() ?? false
  }
  get hasFocus(): boolean {
    return this.#mount.contains(document.activeElement)
  }
  commit(): void {
    if (this.isEditing) this.#hot.getActiveEditor()!.finishEditing(false)
  }

  selected(): Range | undefined {
    const range = this.#hot.getSelectedRangeLast()
    if (!range) return undefined
    const [from, to] = [range.getTopStartCorner(), range.getBottomEndCorner()]
    const at = (n: number | null) => Math.max(n ?? 0, 0)
    return { top: at(from.row), bottom: at(to.row), left: at(from.col), right: at(to.col) }
  }
  current(): { row: number; field: string } | undefined {
    const highlight = this.#hot.getSelectedRangeLast()?.highlight
    const column = highlight && this.columns[highlight.col!]
    return column && highlight.row! >= 0 ? { row: highlight.row!, field: column.field } : undefined
  }
  select(row: number, field: string): void {
    const col = this.columns.findIndex((column) => column.field === field)
    this.#hot.selectCell(Math.min(row, this.#source.length - 1), Math.max(col, 0))
    this.#hot.listen()
  }

  /** To the cell one was in, or the first. */
  focus(): void {
    const at = this.current()
    this.select(at?.row ?? 0, at?.field ?? this.columns[0]!.field)
  }

  /** The arrows choose in a list that is open. */
  #key(event: KeyboardEvent): boolean {
    const { picker } = (this.#hot.getActiveEditor() ?? {}) as { picker?: { key(event: KeyboardEvent): boolean } }
    if (!this.isEditing || !picker?.key(event)) return true
    event.preventDefault()
    event.stopPropagation()
    return false
  }

  /** Deleting comes as changes; typing goes straight to the port. */
  #changed(changes: (unknown[] | null)[], source: string): boolean {
    if (source === 'loadData' || source === 'updateData') return true
    const edits = changes.flatMap((change) =>
      change ? [{ row: change[0] as number, field: String(change[1]), value: String(change[3] ?? '') }] : [],
    )
    queueMicrotask(() => this.#port.edit(edits.filter(({ row, field }) => this.#port.isOpen(row, field))))
    return false
  }

  #paint(td: HTMLTableCellElement, row: number, col: number): void {
    const column = this.#layout.columns[col]
    if (!column) return
    const { text, faint } = this.#port.text(row, column.field)
    if (td.firstChild?.nodeType === Node.TEXT_NODE && td.childNodes.length === 1) td.firstChild.nodeValue = text
    else td.textContent = text
    const states = this.#port.states(row, column.field)
    const names = [
      column.kind === 'amount' ? 'hb-num' : column.kind === 'account' ? 'hb-accno' : '',
      faint ? 'hb-faint' : '',
      ...states,
    ].filter(Boolean)
    if (names.length > 0) td.classList.add(...names)
    if (states.includes('hb-error')) td.setAttribute('aria-invalid', 'true')
  }

  #fill(): void {
    const wanted = this.#port.rowCount()
    while (this.#source.length > wanted) this.#source.pop()
    while (this.#source.length < wanted) this.#source.push({})
  }

  #columnSettings() {
    const { columns, frozen } = this.#layout
    this.#shape = JSON.stringify(this.#layout)
    return {
      columns: columns.map((column) => ({
        data: column.field,
        ...(column.kind === 'amount' && { headerClassName: 'htRight' }),
        ...(column.kind === 'computed' && { editor: false }),
      })),
      colHeaders: columns.map((column) => column.title),
      colWidths: columns.map((column) => column.width),
      fixedColumnsStart: frozen,
    }
  }

  #room(): number {
    return Math.max(0, this.#mount.parentElement!.clientWidth - 2)
  }
  #wantedHeight(): number {
    const wide = this.#layout.columns.reduce((sum, column) => sum + column.width, 0) > this.#room()
    const most = Math.max(10, Math.min(40, Math.floor((innerHeight - 430) / ROW)))
    return Math.min(this.#source.length, most) * ROW + HEADER + 2 + (wide ? 16 : 0)
  }
}

/** Plain text, with suggestions where a value is one of a list. */
function editorFor(port: SheetPort, columnAt: (col: number) => Column) {
  return class SheetEditor extends TextEditor {
    picker: Picker | undefined
    /** What was chosen with the mouse, whatever is marked. */
    picked: string | undefined

    override prepare(...cell: Parameters<TextEditor['prepare']>): void {
      super.prepare(...cell)
      this.TEXTAREA.setAttribute('aria-label', this.column.title)
    }

    override beginEditing(initial?: unknown, event?: Event): void {
      const stands = this.isInFullEditMode() ? port.typed(this.row!, this.column.field) : initial
      super.beginEditing((typeof initial === 'string' ? initial : stands) as string, event)
    }

    override open(): void {
      super.open()
      const { kind } = this.column
      this.TEXTAREA.setAttribute('spellcheck', 'false')
      this.TEXTAREA.classList.toggle('hb-num', kind === 'amount')
      if (kind !== 'account' && kind !== 'dimension' && kind !== 'type') return
      this.picker = new Picker(
        this.TEXTAREA as HTMLTextAreaElement,
        port.locale,
        (text) => port.found(this.row!, this.column.field, text),
        (option) => {
          this.picked = option.value
          this.setValue(option.value)
          this.finishEditing(false)
        },
      )
      this.TEXTAREA.addEventListener('input', this.look)
      if (this.isInFullEditMode() || kind !== 'account') this.picker.update()
    }

    override close(): void {
      this.TEXTAREA.removeEventListener('input', this.look)
      for (const name of ['role', 'aria-autocomplete', 'aria-controls', 'aria-expanded', 'aria-activedescendant'])
        this.TEXTAREA.removeAttribute(name)
      this.picker?.remove()
      this.picker = undefined
      this.picked = undefined
      super.close()
    }

    override saveValue(value: unknown[][]): void {
      const typed = String(value[0]?.[0] ?? '')
      const chosen = this.picked ?? this.picker?.chosen?.value
      port.edit([{ row: this.row!, field: this.column.field, value: chosen ?? typed }])
    }

    look = (): void => this.picker?.update()
    get column(): Column {
      return columnAt(this.col!)
    }
  }
}
