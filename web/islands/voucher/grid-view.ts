import Handsontable from 'handsontable/base'
import type { BaseEditor } from 'handsontable/editors/baseEditor'
import { nbNO, registerLanguageDictionary } from 'handsontable/i18n'
import { registerPlugin } from 'handsontable/plugins'
import { Autofill } from 'handsontable/plugins/autofill'
import { ManualColumnMove } from 'handsontable/plugins/manualColumnMove'
import { ManualColumnResize } from 'handsontable/plugins/manualColumnResize'
import { baseRenderer } from 'handsontable/renderers/baseRenderer'
import { entryText } from '#i18n/entry-text.ts'
import type { Edit } from '#worker/sheets/sheet.ts'
import { BLANK, fieldOf, isBlank, type Row } from '#worker/sheets/sheet.ts'
import { cellEditorFor } from './cell-editor.ts'
import type { Column, Layout } from './columns.ts'
import { isNeeded, nextCell } from './columns.ts'
import type { GridPort } from './grid-port.ts'
import type { Verdict } from './judge.ts'
import { shownIn } from './shown.ts'

registerPlugin(Autofill)
registerPlugin(ManualColumnMove)
registerPlugin(ManualColumnResize)
registerLanguageDictionary(nbNO)

const ROW = 29
const HEADER = 30
const ROW_NUMBERS = 40
/** Rows shown before the grid begins to scroll: what leaves room for the fields above and the answers below. */
const mostRows = (): number => Math.max(8, Math.min(30, Math.floor((innerHeight - 530) / ROW)))

export type Range = { top: number; bottom: number; left: number; right: number }

/** The Handsontable of the page: shows what the port holds, and tells it what was typed. It changes no data itself. */
export class GridView {
  readonly #port: GridPort
  readonly #mount: HTMLElement
  readonly #hot: Handsontable
  /** Handsontable's own list, kept in step with the desk's rows. */
  readonly #source: Row[]
  #layout: Layout
  #shape = ''
  #height = 0
  #size = ''

  constructor(mount: HTMLElement, port: GridPort) {
    this.#port = port
    this.#mount = mount
    this.#source = [...port.desk().rows]
    this.#layout = port.layout(this.#room())
    const Editor = cellEditorFor(port, (col) => this.#layout.columns[col]!)
    this.#height = this.#wantedHeight()
    this.#hot = new Handsontable(mount, {
      data: this.#source as never,
      ...this.#columnSettings(),
      editor: Editor as never,
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
      cells: (row: number, col: number) => ({ readOnly: port.lock(row, col) !== undefined }),
      beforeChange: (changes: (unknown[] | null)[], source: string) => this.#changed(changes, source),
      beforeKeyDown: (event: KeyboardEvent) => this.#key(event),
      afterSelection: (row: number, col: number) => {
        const column = this.#layout.columns[Math.max(col, 0)]
        if (column) port.moved(row, column.field)
      },
      manualColumnMove: true,
      manualColumnResize: true,
      // The order and the widths are ours: the grid is drawn by them, and moves nothing by itself.
      beforeColumnMove: (moved: number[], to: number) => {
        const [from] = moved
        if (from !== undefined && from !== to) queueMicrotask(() => port.moveColumn(from, to))
        return false
      },
      afterColumnResize: (width: number, col: number) => {
        const column = this.#layout.columns[col]
        if (column) port.widenColumn(column.field, Math.max(30, Math.trunc(width)))
      },
      licenseKey: port.licenceKey,
      language: port.locale === 'nb' ? 'nb-NO' : 'en-US',
      themeName: 'ht-theme-main',
      injectCoreCss: false, // it is in the page's stylesheet, where our own policy allows it
      height: this.#height,
      rowHeaders: true,
      rowHeaderWidth: ROW_NUMBERS,
      columnHeaderHeight: HEADER,
      wordWrap: false,
      autoRowSize: false,
      autoColumnSize: false,
      enterBeginsEditing: false,
      outsideClickDeselects: false,
      allowInvalid: true,
      undo: false,
      readOnlyCellClassName: 'hb-read-only', // its own comes with colours that no other rule can change
      fillHandle: { autoInsertRow: false, direction: 'vertical' },
      viewportRowRenderingOffset: 6,
      // The height is set here, where it is drawn at once: only another width is news.
      beforeRefreshDimensions: (last: { width: number }, now: { width: number }) => last.width !== now.width,
    } as never)
    this.#hot.rootElement.setAttribute('aria-label', entryText(port.locale, 'gridLabel'))
    new ResizeObserver(() => this.#resized()).observe(mount.parentElement!)
  }

  /** Another size of the window; that the grid itself has grown is no reason to draw it again. */
  #resized(): void {
    const size = `${this.#room()} ${mostRows()}`
    if (size !== this.#size) this.refresh()
  }

  /** Shows what stands on the desk now. */
  refresh(): void {
    const { rows } = this.#port.desk()
    const room = this.#room()
    this.#size = `${room} ${mostRows()}`
    this.#layout = this.#port.layout(room)
    const sameLength = this.#source.length === rows.length
    this.#source.length = 0
    for (const row of rows) this.#source.push(row)
    const hot = this.#hot
    hot.suspendRender()
    if (!sameLength) hot.updateData(this.#source as never)
    const height = this.#wantedHeight()
    const shape = JSON.stringify(this.#layout)
    if (shape !== this.#shape || height !== this.#height) {
      this.#height = height
      hot.updateSettings({ ...(shape !== this.#shape && this.#columnSettings()), height } as never)
      this.#shape = shape
    } else hot.render()
    hot.resumeRender()
  }

  /** Whether the rows that are drawn have the same vouchers behind them, judged just as before. */
  standsAfter(before: Verdict): boolean {
    const [first, last] = [this.#hot.getFirstRenderedVisibleRow(), this.#hot.getLastRenderedVisibleRow()]
    if (first === null || last === null) return false
    const now = this.#port.verdict()
    for (let row = first; row <= last; row++) if (before.voucherAt.get(row) !== now.voucherAt.get(row)) return false
    return true
  }

  /** Several changes drawn as one. */
  atOnce(does: () => void): void {
    this.#hot.batchRender(does)
  }

  get frozen(): number {
    return this.#layout.frozen
  }
  get columns(): readonly Column[] {
    return this.#layout.columns
  }
  /** Pixels from the grid's left edge to the right edge of a column, for what stands under it. */
  rightOf(field: string): number {
    let right = ROW_NUMBERS + 1
    for (const column of this.columns) {
      right += column.width
      if (column.field === field) return right
    }
    return right
  }

  /** Where a field of the draft stands: an amount may have two columns. */
  fieldOf(field: string): string {
    const isThere = this.columns.some((column) => column.field === field)
    return isThere || field !== 'amount' ? field : 'debit'
  }

  get isEditing(): boolean {
    return this.#hot.getActiveEditor()?.isOpened() ?? false
  }
  get hasFocus(): boolean {
    return this.#mount.contains(document.activeElement)
  }
  /** What is written in an open editor counts. */
  commit(): void {
    if (this.isEditing) this.#hot.getActiveEditor()!.finishEditing(false)
  }

  selected(): Range | undefined {
    const range = this.#hot.getSelectedRangeLast()
    if (!range) return undefined
    const [from, to] = [range.getTopStartCorner(), range.getBottomEndCorner()]
    return {
      top: Math.max(from.row!, 0),
      bottom: Math.max(to.row!, 0),
      left: Math.max(from.col!, 0),
      right: Math.max(to.col!, 0),
    }
  }
  current(): { row: number; field: string } | undefined {
    const highlight = this.#hot.getSelectedRangeLast()?.highlight
    const column = highlight && this.columns[highlight.col!]
    return column && highlight.row! >= 0 ? { row: highlight.row!, field: column.field } : undefined
  }
  select(row: number, field: string): void {
    const col = Math.max(
      this.columns.findIndex((column) => column.field === field),
      0,
    )
    this.#hot.selectCell(Math.min(row, this.#source.length - 1), col)
    this.#hot.listen()
  }
  /** Opens a cell, so that what can be chosen in it is offered. */
  open(row: number, field: string): void {
    this.select(row, field)
    const editor = this.#hot.getActiveEditor()
    editor?.enableFullEditMode()
    editor?.beginEditing()
  }
  /** Writes in the cell one is in, as if it were typed there. */
  write(text: string): void {
    const editor = this.#hot.getActiveEditor() as (BaseEditor & { TEXTAREA: HTMLTextAreaElement }) | undefined
    if (!editor) return
    editor.beginEditing('')
    editor.setValue(text)
    editor.TEXTAREA.dispatchEvent(new Event('input'))
  }
  /** What Enter and Tab do. */
  goOn(isBack: boolean, key: string): void {
    this.commit()
    // What posts the voucher puts the focus itself, where the next one begins.
    if (!this.#port.isBusy()) this.step(isBack ? -1 : 1, key === 'Enter')
  }
  /** The row one is in has another number now: somebody else put a line above it. */
  follow(row: number): void {
    const at = this.current()
    if (at && at.row !== row && this.hasFocus) this.select(row, at.field)
  }
  /** To the cell one was in, or the first. */
  focus(): void {
    const at = this.current()
    this.select(at?.row ?? 0, at?.field ?? 'account')
  }

  /** Goes on: with Enter to what a line needs, with Tab to every cell one can type in. */
  step(way: 1 | -1, onlyNeeded: boolean): void {
    const at = this.current()
    if (!at) return
    const { books } = this.#port
    const { rows, header } = this.#port.desk()
    const from = { row: at.row, col: this.columns.findIndex((column) => column.field === at.field) }
    const isOpen = (row: number, col: number) => this.#port.lock(row, col) === undefined
    const needed = (row: number, col: number) => isNeeded(rows[row]!, this.columns[col]!, books, header.type)
    const idle = isBlank(rows[at.row] ?? BLANK) && at.field === 'account' && rows.slice(at.row).every(isBlank)
    const next =
      idle && way > 0
        ? undefined
        : nextCell(
            from,
            way,
            { rows: rows.length, cols: this.columns.length },
            (row, col) => isOpen(row, col) && (!onlyNeeded || needed(row, col)),
          )
    if (next) this.#hot.selectCell(next.row, next.col)
    else this.#port.leave(way > 0 ? 'on' : 'back')
  }

  #key(event: KeyboardEvent): boolean {
    const { picker } = (this.#hot.getActiveEditor() ?? {}) as { picker?: { key(event: KeyboardEvent): boolean } }
    if (this.isEditing && picker?.key(event)) {
      event.preventDefault()
      event.stopPropagation()
      return false
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return true
    if (event.key === 'Home' && !event.shiftKey && !this.isEditing) {
      // Handsontable's own stops at the first column that is not frozen, and the account is frozen.
      event.preventDefault()
      this.select(this.current()?.row ?? 0, 'account')
      return false
    }
    if (event.key !== 'Enter' && event.key !== 'Tab') return true
    event.preventDefault()
    event.stopPropagation()
    this.goOn(event.shiftKey, event.key)
    return false
  }

  /** Deleting, filling and cutting come as changes; typing goes straight to the port. */
  #changed(changes: (unknown[] | null)[], source: string): boolean {
    if (source === 'loadData' || source === 'updateData') return true
    const edits = changes.flatMap((change): Edit[] =>
      change ? [{ row: change[0] as number, field: String(change[1]), value: change[3] }] : [],
    )
    const filled = source === 'Autofill.fill' ? this.#filled(edits) : edits
    queueMicrotask(() =>
      this.#port.edit(
        filled.filter(
          ({ row, field }) =>
            this.#port.lock(
              row,
              this.columns.findIndex((c) => c.field === field),
            ) === undefined,
        ),
      ),
    )
    return false
  }

  /** What is dragged down is the value itself, not what Handsontable reads from its list: that has no departments or sides. */
  #filled(edits: readonly Edit[]): Edit[] {
    const range = this.selected()
    const from = this.#port.desk().rows[range?.top ?? 0] ?? BLANK
    return edits.map((edit) => ({ ...edit, value: fieldOf(from, edit.field) }))
  }

  #paint(td: HTMLTableCellElement, at: number, col: number): void {
    const port = this.#port
    const column = this.#layout.columns[col]
    if (!column) return
    const { rows, header } = port.desk()
    const row = rows[at] ?? BLANK
    const verdict = port.verdict()
    const { text, faint } = shownIn(row, at, column, {
      books: port.books,
      locale: port.locale,
      header,
      verdict,
      status: port.status,
      matches: (of) => port.items.shown(of),
    })
    if (td.firstChild?.nodeType === Node.TEXT_NODE && td.childNodes.length === 1) td.firstChild.nodeValue = text
    else td.textContent = text
    const lock = port.lock(at, col)
    const placed = verdict.cells.get(at)?.get(column.field === 'accountName' ? 'account' : moneyField(column.field))
    const level = levelOf(
      placed?.map(port.level),
      column.field === 'accountName' && !placed?.some((p) => p.code === 'account/unknown'),
    )
    const names = [
      column.kind === 'amount' || column.field === 'vatAmount' ? 'hb-num' : '',
      column.kind === 'account' || column.kind === 'date' ? 'hb-accno' : '',
      level
        ? `hb-${level}`
        : column.kind === 'computed'
          ? 'hb-computed'
          : lock
            ? row.posted
              ? 'hb-computed'
              : 'hb-locked'
            : '',
      faint ? 'hb-faint' : '',
      column.field === 'status' && row.posted ? 'hb-done' : '',
    ].filter(Boolean)
    const by = port.freshBy(at, column.field)
    if (by !== undefined) {
      names.push('hb-other')
      td.title = by
    } else if (td.title) td.removeAttribute('title')
    if (names.length > 0) td.classList.add(...names)
    if (level === 'error') td.setAttribute('aria-invalid', 'true')
  }

  #columnSettings() {
    const { columns, frozen } = this.#layout
    this.#shape = JSON.stringify(this.#layout)
    return {
      columns: columns.map((column) => ({
        data: column.field,
        ...((column.kind === 'amount' || column.field === 'vatAmount') && { headerClassName: 'htRight' }),
        ...(column.kind === 'computed' && { editor: false }),
      })),
      colHeaders: columns.map((column) => column.title),
      colWidths: columns.map((column) => column.width),
      fixedColumnsStart: frozen,
    }
  }

  #room(): number {
    return Math.max(0, this.#mount.parentElement!.clientWidth - ROW_NUMBERS - 2)
  }
  #wantedHeight(): number {
    const wide = this.#layout.columns.reduce((sum, column) => sum + column.width, 0) > this.#room()
    return Math.min(this.#source.length, mostRows()) * ROW + HEADER + 2 + (wide ? 16 : 0)
  }
}

const moneyField = (field: string): string => (field === 'debit' || field === 'credit' ? 'amount' : field)

function levelOf(
  levels: readonly ('error' | 'warning' | undefined)[] | undefined,
  ignored: boolean,
): 'error' | 'warning' | undefined {
  if (!levels || ignored) return undefined
  return levels.includes('error') ? 'error' : levels.includes('warning') ? 'warning' : undefined
}
