import { type BudgetKey, budgetText } from '#i18n/budget-text.ts'
import { SIGNS, type Sign } from '#worker/budgets/budget-sign.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { type Pasted, readBudgetTable } from '#worker/sheets/paste-budget.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'
import { showLink } from '../sheets/link-view.ts'
import { connectKeys, explainColumn } from '../sheets/sheet-keys.ts'
import { connectClipboard } from '../voucher/clipboard.ts'
import { byId, caps, h } from '../voucher/element.ts'
import type { Range } from '../voucher/grid-view.ts'
import { said } from '../voucher/key-caps.ts'
import type { KeyMap } from '../voucher/keys.ts'
import { accountOptions, dimensionOptions, type Found } from '../voucher/search.ts'
import { SheetView } from '../voucher/sheet-view.ts'
import { showBeside } from './beside-view.ts'
import { budgetLayout } from './budget-columns.ts'
import type { BudgetDesk } from './budget-desk.ts'
import type { Edit } from './budget-edit.ts'
import { blankRow, type Row, twins } from './budget-row.ts'
import { exactIn, isOpen, type Shown, shownRows, spreadName, textIn, typedIn } from './budget-shown.ts'
import { placeOfField, type Says, saysOf, unreadIn } from './cell-says.ts'
import { type PastedShown, showPastedSheet } from './pasted-panel.ts'
import { showPlain } from './print-view.ts'
import { takePasted } from './take-pasted.ts'

const SAVE_AFTER_MS = 700
const RETRY_AFTER_MS = 4_000
const BLANKS = 3

/** The page of a budget: everything one sees of it, and everything one can do to it. */
export class BudgetPage {
  readonly #desk: BudgetDesk
  readonly #view: SheetView
  readonly #typed = new Set<string>()
  readonly #blank: Row[] = []
  readonly #narrow = matchMedia('(max-width: 699px)')
  #shown: readonly Shown[] = []
  #twins: ReadonlySet<string> = new Set()
  #onlyBudgeted = false
  #pasted: (PastedShown & { before: readonly Row[] }) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #said = ''

  constructor(desk: BudgetDesk, licenceKey: string, keys: KeyMap) {
    this.#desk = desk
    this.#arrange()
    byId('grid-loading').remove()
    const { locale } = desk.facts
    this.#view = new SheetView(byId('budget-grid'), {
      locale,
      licenceKey,
      label: budgetText(locale, 'gridLabel'),
      rowCount: () => this.#shown.length,
      layout: (room) => budgetLayout(desk.rows, desk.facts, room),
      text: (row, field) => this.#text(row, field),
      states: (row, field) => this.#states(row, field),
      typed: (row, field) => (this.#shown[row] ? typedIn(this.#shown[row], field, desk.facts) : ''),
      isOpen: (row, field) => desk.writable && this.#shown[row] !== undefined && isOpen(this.#shown[row], field),
      found: (_, field, text) => this.#found(field, text),
      edit: (edits) => this.#edit(edits),
      moved: () => this.#showUnder(),
    })
    connectClipboard(this.#view, {
      textOf: (range) => this.#textOf(range),
      copied: () => {},
      edit: (edits) => this.#edit(edits.map((e) => ({ ...e, value: String(e.value) }))),
      paste: (text, at) => this.#paste(text, at),
    })
    connectKeys({
      view: this.#view,
      map: keys,
      save: () => void desk.save(),
      own: (event) => this.#ownKey(event),
      does: {
        nextIssue: () => this.#next(),
        undo: () => this.#step('undo'),
        redo: () => this.#step('redo'),
        fillDown: () => this.#fill('down'),
        fix: () => this.#settle(),
        explain: () => {
          const at = this.#view.current()
          explainColumn(this.#view, 'budget', locale, at && this.#says(at.row, at.field)?.text)
        },
      },
    })
    window.addEventListener('pagehide', () => void desk.save())
    window.addEventListener('beforeprint', () => this.#showPlain())
    window.addEventListener('beforeunload', (event) => {
      if (desk.isUnsaved) event.preventDefault()
    })
    this.#narrow.addEventListener('change', () => this.refresh())
    const sign = byId<HTMLSelectElement>('budget-sign')
    const kept = localStorage.getItem('hovedbok budget sign')
    sign.value = SIGNS.find((s) => s === kept) ?? 'natural'
    sign.addEventListener('change', () => {
      localStorage.setItem('hovedbok budget sign', sign.value)
      desk.useSign(sign.value as Sign)
    })
    if (sign.value !== desk.facts.sign) desk.useSign(sign.value as Sign)
    const show = byId<HTMLSelectElement>('budget-show')
    show.addEventListener('change', () => {
      this.#onlyBudgeted = show.value === 'budgeted'
      this.refresh()
    })
  }

  /** Where one begins: in the sum of the first line. */
  start(): void {
    this.refresh()
    const first = this.#shown.findIndex((shown) => !('rows' in shown))
    if (!this.#narrow.matches && first >= 0)
      this.#view.select(first, this.#shown[first]!.kind === 'new' ? 'account' : 'total')
    byId('budget').dataset.ready = 'yes'
  }

  refresh(): void {
    this.#arrange()
    const narrow = this.#narrow.matches
    document.querySelector<HTMLElement>('.hb-sheet')!.hidden = narrow
    byId('plain').dataset.shown = narrow ? 'yes' : 'no'
    if (narrow) this.#showPlain()
    else this.#view.refresh()
    this.#showPasted()
    this.#showUnder()
    this.#showState()
  }

  get isEditing(): boolean {
    return this.#view.isEditing
  }

  /** The desk changed: show it, and save it when typing rests. */
  changed(): void {
    this.refresh()
    clearTimeout(this.#timer)
    const { state } = this.#desk
    const waits = state.kind === 'lost' || state.kind === 'signed-out'
    if (this.#desk.isUnsaved && state.kind !== 'saving' && state.kind !== 'refused')
      this.#timer = setTimeout(() => void this.#desk.save(), waits ? RETRY_AFTER_MS : SAVE_AFTER_MS)
  }

  #t = (key: BudgetKey, params: Record<string, string | number> = {}): string =>
    budgetText(this.#desk.facts.locale, key, params)

  #arrange(): void {
    while (this.#desk.writable && this.#blank.length < BLANKS)
      this.#blank.push(blankRow(this.#desk.newId(), this.#desk.facts.months.length))
    const options = { onlyBudgeted: this.#onlyBudgeted, typed: this.#typed, blank: this.#blank }
    this.#shown = shownRows(this.#desk.rows, this.#desk.facts, options)
    this.#twins = twins(this.#desk.rows)
  }

  #text(at: number, field: string): { text: string; faint: boolean } {
    const shown = this.#shown[at]
    return shown ? textIn(shown, field, this.#desk.rows, this.#desk.facts) : { text: '', faint: false }
  }

  #states(at: number, field: string): string[] {
    const shown = this.#shown[at]
    if (!shown) return []
    if ('rows' in shown) return [shown.kind === 'result' ? 'hb-result-row' : 'hb-group-row']
    const says = this.#says(at, field)
    if (says) return [`hb-${says.level}`]
    return isOpen(shown, field) ? [] : ['hb-computed']
  }

  #says(at: number, field: string): Says | undefined {
    const shown = this.#shown[at]
    return shown && saysOf(shown, field, this.#desk, this.#twins)
  }

  /** A cell's field as saves and conflicts name it. */
  #placeOf = (field: string): string => placeOfField(field, this.#desk.facts)

  #found(field: string, text: string): Found {
    const { books, locale, seasons, months } = this.#desk.facts
    if (field === 'account') {
      const found = accountOptions(text, books, locale, `${months[0]}-01`)
      const options = found.options.filter((option) => !option.value.includes(':'))
      return { options, chosen: Math.min(found.chosen, options.length - 1) }
    }
    if (field === 'spread') {
      const keys = ['even', 'last-year', ...seasons.map((s) => s.key)]
      const options = keys.map((key) => ({ value: key, code: spreadName(key, { locale, seasons }), name: '' }))
      const typed = text.trim().toLowerCase()
      const hits = options.filter((o) => o.code.toLowerCase().startsWith(typed) || o.value.startsWith(typed))
      return typed === '' ? { options, chosen: -1 } : { options: hits, chosen: hits.length > 0 ? 0 : -1 }
    }
    return dimensionOptions(text, field.slice(11), books, `${months[0]}-01`)
  }

  #edit(edits: readonly { row: number; field: string; value: string }[]): void {
    const named = edits.flatMap(({ row, field, value }): Edit[] => {
      const shown = this.#shown[row]
      if (!shown || 'rows' in shown || !isOpen(shown, field)) return []
      if (shown.kind === 'new' && value.trim() !== '') {
        const at = this.#blank.findIndex((blank) => blank.id === shown.row.id)
        if (at >= 0) this.#blank.splice(at, 1)
        this.#typed.add(shown.row.id)
      }
      // What somebody types over another's amount has been seen by them.
      this.#desk.takeMine(shown.row.id, this.#placeOf(field))
      return [{ id: shown.row.id, field, value }]
    })
    this.#said = ''
    this.#desk.edit(named)
  }

  #textOf({ top, bottom, left, right }: Range): string {
    const { facts } = this.#desk
    const columns = this.#view.columns.slice(left, right + 1)
    const cell = (shown: Shown, at: number, field: string): string => {
      const kind = this.#view.columns.find((column) => column.field === field)?.kind
      const typed = 'rows' in shown ? '' : typedIn(shown, field, facts)
      if (typed !== '' || kind !== 'amount') return typed || this.#text(at, field).text
      return this.#text(at, field)
        .text.replace(/[\u00a0\s]/g, '')
        .replace('\u2212', '-')
    }
    return this.#shown
      .slice(top, bottom + 1)
      .map((shown, i) => columns.map(({ field }) => cell(shown, top + i, field)).join('\t'))
      .join('\n')
  }

  /** A sheet with accounts of its own is read as one; anything else goes into the cells where it is pasted. */
  #paste(text: string, at: { row: number; field: string }): void {
    if (!this.#desk.writable) return
    const cells = cellsOf(text)
    const { facts } = this.#desk
    const before = this.#desk.rows
    const read = (answers = {}) => readBudgetTable(cells, facts, answers)
    const pasted = cells.length > 1 || (cells[0]?.length ?? 0) > 3 ? read() : undefined
    if (pasted) {
      const shownOf = (of: Pasted) => ({ pasted: of, sign: of.recognised.sign, replace: false, before })
      this.#take({ ...shownOf(pasted), answer: (of, value) => this.#take(shownOf(read({ [of]: value })!)) })
      return
    }
    const first = this.#view.columns.findIndex((column) => column.field === at.field)
    const edits = cells.flatMap((row, r) =>
      row.flatMap((value, c) => {
        const column = this.#view.columns[first + c]
        return column ? [{ row: at.row + r, field: column.field, value }] : []
      }),
    )
    this.#edit(edits)
    this.#say(this.#t('pasteCells', { count: edits.length }))
  }

  #take(pasted: PastedShown & { before: readonly Row[] }): void {
    const { facts, newId } = this.#desk
    this.#pasted = pasted
    if (pasted.pasted.questions.length > 0) {
      this.refresh()
      return
    }
    const rows = takePasted(pasted.before, pasted.pasted.lines, pasted.sign, facts, newId, pasted.replace)
    this.#desk.replace(rows)
  }

  #showPasted(): void {
    const { locale, books } = this.#desk.facts
    const close = () => {
      this.#pasted = undefined
      this.refresh()
      this.#view.focus()
    }
    showPastedSheet(byId('pasted'), this.#pasted, {
      locale,
      books,
      actions: {
        useSign: (sign) => this.#take({ ...this.#pasted!, sign }),
        replace: () => this.#take({ ...this.#pasted!, replace: true }),
        keep: close,
        undo: () => {
          const { before } = this.#pasted!
          this.#pasted = undefined
          this.#desk.replace(before)
          this.#view.focus()
        },
      },
    })
  }

  #step(way: 'undo' | 'redo'): void {
    if (this.#desk[way]()) this.#say(this.#t(way === 'undo' ? 'undoneStep' : 'redoneStep'))
  }
  /** The row and place where somebody else wrote too, when one is in such a cell. */
  #clash(): [id: string, place: string] | undefined {
    const at = this.#view.current()
    const shown = at && this.#shown[at.row]
    const place = at ? this.#placeOf(at.field) : ''
    const isClash = shown && !('rows' in shown) && this.#desk.conflictAt(shown.row.id, place)
    return isClash ? [shown.row.id, place] : undefined
  }
  #settle(): void {
    const clash = this.#clash()
    if (clash) this.#desk.takeMine(...clash)
  }
  #ownKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): (() => void) | undefined {
    if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'r' && !this.#view.isEditing)
      return () => this.#fill('right')
    const clash = altKey && key === 'Backspace' ? this.#clash() : undefined
    return clash && (() => this.#desk.takeTheirs(...clash))
  }

  /** The first cell of a selection goes into the others, to the right or down. */
  #fill(way: 'right' | 'down'): void {
    const range = this.#view.selected()
    if (!range) return
    const edits: { row: number; field: string; value: string }[] = []
    for (let row = range.top; row <= range.bottom; row++)
      for (let col = range.left; col <= range.right; col++) {
        const [fromRow, fromCol] = way === 'right' ? [row, range.left] : [range.top, col]
        const from = this.#shown[fromRow]
        const { field } = this.#view.columns[col]!
        if ((row === fromRow && col === fromCol) || !from) continue
        edits.push({ row, field, value: typedIn(from, this.#view.columns[fromCol]!.field, this.#desk.facts) })
      }
    this.#edit(edits)
  }

  /** To the next cell that something is said of. */
  #next(): void {
    const at = this.#view.current() ?? { row: 0, field: 'account' }
    const { columns } = this.#view
    const size = this.#shown.length * columns.length
    const from = at.row * columns.length + columns.findIndex((column) => column.field === at.field)
    for (let step = 1; step <= size; step++) {
      const place = (from + step) % size
      const [row, field] = [Math.floor(place / columns.length), columns[place % columns.length]!.field]
      if (!this.#says(row, field)) continue
      this.#view.select(row, field)
      return
    }
  }

  #say(text: string): void {
    this.#said = text
    this.#showUnder()
  }

  /** What is said of the cell one is in, and its line month by month. */
  #showUnder(): void {
    const view = this.#view as SheetView | undefined
    if (!view) return
    const at = view.current()
    const says = at && this.#says(at.row, at.field)
    const shown = at && this.#shown[at.row]
    const exact = at && shown && exactIn(shown, at.field, this.#desk.facts)
    const row = shown && !('rows' in shown) ? shown.row : undefined
    const place = at ? this.#placeOf(at.field) : ''
    const buttons = row && this.#desk.conflictAt(row.id, place) && this.#desk.writable
    const button = (key: BudgetKey, cap: string, does: () => void) =>
      h(
        'button',
        { class: 'ds-button', 'data-variant': 'tertiary', type: 'button', onclick: does },
        this.#t(key),
        ' ',
        ...caps(said(cap)),
      )
    const cell = byId('cell-says')
    cell.dataset.level = says?.level ?? ''
    cell.replaceChildren(
      says?.text ?? (this.#said || (exact ? this.#t('exact', { amount: exact }) : '')),
      ...(buttons
        ? [
            ' ',
            button('takeMine', 'Alt Enter', () => this.#desk.takeMine(row.id, place)),
            button('takeTheirs', 'Alt Backspace', () => this.#desk.takeTheirs(row.id, place)),
          ]
        : []),
    )
    const today = dayInOslo(new Date().toISOString() as Instant)
    showBeside(byId('beside'), shown, this.#desk.rows, this.#desk.facts, today)
  }

  #showPlain(): void {
    showPlain(byId('plain'), this.#shown, this.#desk.rows, this.#desk.facts)
  }

  #showState(): void {
    const { state, savedAt, conflicts, writable, isKept, restoredAt, takenFrom, isUnsaved, rows } = this.#desk
    if (writable) {
      const told = state.kind === 'clean' && savedAt && !isUnsaved ? ({ kind: 'saved', at: savedAt } as const) : state
      const unread = rows.reduce((n, row) => n + unreadIn(row, this.#desk.facts), 0)
      showLink({ state: told, isKept, restoredAt, takenFrom }, unread, this.#desk.facts.locale)
    }
    const notice = byId('budget-notices')
    notice.replaceChildren(
      ...(conflicts.size > 0
        ? [
            h(
              'div',
              { class: 'hb-notice', 'data-level': 'warning' },
              this.#t('conflicts', { count: conflicts.size }),
              ' ',
              said(this.#t('nextConflict')),
            ),
          ]
        : []),
    )
  }
}
