import { counted, fill, kroner, type Locale, month as monthText } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import type { MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'
import { typedAmount } from '../opening/opening-page.ts'
import { connectSheet } from '../sheets/connect-sheet.ts'
import { clashText, showLink } from '../sheets/link-view.ts'
import type { SheetOptions } from '../sheets/start-sheet.ts'
import type { TypedRow } from '../sheets/typed-rows.ts'
import { unreadAmount } from '../sheets/unread-amount.ts'
import type { Column, Layout } from '../voucher/columns.ts'
import { byId, h } from '../voucher/element.ts'
import type { Range } from '../voucher/grid-view.ts'
import { accountOptions, nameOf } from '../voucher/search.ts'
import { SheetView } from '../voucher/sheet-view.ts'
import { monthTitle } from './month-title.ts'
import type { MovementDesk } from './movement-desk.ts'

const ROOM = 6
const [SUM, NAME] = ['sum', 'accountName']

export type MovementAnswer = MovementSheet & { version: number }
type Options = SheetOptions<MovementAnswer>
/** Something done with the sheet as a whole, shown before it is let stand. */
type Offered = { says: string[]; before: readonly TypedRow[] }

/** The page of the sheet of movements: rows, what each month lacks, and what looks like balances. */
export class MovementPage {
  readonly #desk: MovementDesk
  readonly #options: Options
  readonly #locale: Locale
  readonly #view: SheetView
  readonly #words
  #blank: TypedRow[] = []
  #said = ''
  #offered: Offered | undefined

  constructor(desk: MovementDesk, locale: Locale, options: Options) {
    this.#desk = desk
    this.#options = options
    this.#locale = locale
    this.#words = takeoverTexts[locale].sheet
    this.#arrange()
    byId('grid-loading').remove()
    this.#view = new SheetView(byId('movement-grid'), {
      locale,
      licenceKey: options.licenceKey,
      label: this.#words.gridLabel,
      rowCount: () => this.#rows().length,
      layout: (room) => this.#layout(room),
      text: (at, field) => this.#text(at, field),
      states: (at, field) => this.#states(at, field),
      typed: (at, field) => this.#rows()[at]?.cells[field] ?? '',
      isOpen: (_, field) => options.writable && field !== NAME && field !== SUM,
      found: (_, __, text) => accountOptions(text, desk.books, locale, desk.plan.openingDate),
      edit: (edits) => this.#edit(edits),
      moved: () => this.#showUnder(),
    })
    connectSheet({
      view: this.#view,
      options,
      locale,
      columns: 'movements',
      says: (row, field) => this.#says(row, field),
      textOf: (range) => this.#textOf(range),
      edit: (edits) => this.#edit(edits),
      paste: (text, at) => this.#paste(text, at),
      next: () => this.#next(),
      undo: () => {
        if (desk.undo()) this.#said = this.#words.undoneStep
        this.refresh()
      },
      redo: () => void desk.redo(),
    })
  }

  start(): void {
    this.refresh()
    this.#view.select(0, 'account')
    byId('movements').dataset.ready = 'yes'
  }

  get isEditing(): boolean {
    return this.#view.isEditing
  }

  changed(): void {
    this.#options.link.noteChange()
    this.refresh()
  }
  /** Rows of others were put among these: what was pasted or turned can no longer be taken back as a whole. */
  taken(): void {
    this.#offered = undefined
    this.changed()
  }
  showState(): void {
    const unread = this.#desk.read.reduce((n, row) => n + row.unread.length, 0)
    showLink(this.#options.link, unread, this.#locale)
  }

  refresh(): void {
    this.#arrange()
    this.#view.refresh()
    this.#showMonths()
    this.#showOffer()
    this.#showUnder()
    this.showState()
  }

  #arrange(): void {
    const taken = new Set(this.#desk.rows.map((row) => row.id))
    this.#blank = this.#blank.filter((row) => !taken.has(row.id))
    while (this.#options.writable && this.#blank.length < ROOM) this.#blank.push({ id: this.#desk.newId(), cells: {} })
  }
  #rows = (): readonly TypedRow[] => [...this.#desk.rows, ...this.#blank]

  #layout(room: number): Layout {
    const { account, accountName, sum } = this.#words
    const columns: Column[] = [
      { field: 'account', title: account, kind: 'account', width: 72 },
      { field: NAME, title: accountName, kind: 'computed', width: room < 700 ? 130 : 200 },
      ...this.#desk.months.map(({ month }): Column => {
        return { field: month, title: monthTitle(month, this.#locale), kind: 'amount', width: 104 }
      }),
      { field: SUM, title: sum, kind: 'amount', width: 118 },
    ]
    return { columns, frozen: room < 900 ? 1 : 2 }
  }

  #text(at: number, field: string): { text: string; faint: boolean } {
    const row = this.#rows()[at]
    const read = this.#desk.read[at]
    if (!row) return { text: '', faint: false }
    if (!read) return { text: '', faint: false }
    if (field === NAME) {
      const account = this.#desk.books.accounts.get(read.row.account)
      return { text: account ? nameOf(account, this.#locale) : '', faint: true }
    }
    if (field === SUM) {
      const amounts = Object.values(read.row.amounts)
      const sum = amounts.reduce<number>((n, amount) => n + amount, 0)
      return { text: amounts.length > 0 ? kroner(sum, this.#locale) : '', faint: true }
    }
    if (field === 'account') return { text: read.row.account, faint: false }
    const amount = read.row.amounts[field as Month]
    return { text: amount === undefined ? (row.cells[field] ?? '') : kroner(amount, this.#locale), faint: false }
  }

  #states(at: number, field: string): string[] {
    const says = this.#says(at, field)
    if (says) return [`hb-${says.level}`]
    return field === NAME || field === SUM ? ['hb-computed'] : []
  }

  #says(at: number, field: string): { level: 'error' | 'warning'; text: string } | undefined {
    const unread = this.#desk.read[at]?.unread.find((u) => u.field === field)
    if (unread) {
      const text = fill(this.#words.unreadable, { text: unread.text }, this.#locale)
      return { level: 'error', text: unreadAmount(unread.text, this.#locale, text) }
    }
    const own = this.#desk.issuesAt(at).filter(({ pointer }) => pointer.endsWith(`/${field}`))
    const issue = own.find(({ severity }) => severity === 'error') ?? own[0]
    const id = this.#rows()[at]?.id
    const clash = this.#options.link.clashes.find((one) => one.id === id && one.field === field)
    if (!issue && clash) return { level: 'warning', text: clashText(clash, this.#locale) }
    return issue && { level: issue.severity, text: withText(issue, this.#locale).message }
  }

  #edit(edits: readonly { row: number; field: string; value: string }[]): void {
    this.#said = ''
    const rows = this.#rows()
    for (const { row, field } of edits) if (rows[row]) this.#options.link.seen(rows[row].id, field)
    this.#desk.edit(
      edits.flatMap(({ row, field, value }) =>
        rows[row] && field !== NAME && field !== SUM ? [{ id: rows[row].id, field, value }] : [],
      ),
    )
  }

  #textOf({ top, bottom, left, right }: Range): string {
    const columns = this.#view.columns.slice(left, right + 1)
    return this.#rows()
      .slice(top, bottom + 1)
      .map((row, i) => columns.map(({ field }) => row.cells[field] ?? this.#text(top + i, field).text).join('\t'))
      .join('\n')
  }

  #paste(text: string, at: { row: number; field: string }): void {
    if (!this.#options.writable) return
    const cells = cellsOf(text)
    const months = this.#desk.months.map(({ month }) => month)
    const pasted = cells.length > 1 ? readMovementTable(cells, months) : undefined
    if (pasted) {
      const { rows, ignored, skipped } = pasted
      const before = this.#desk.rows
      const params = { rows: rows.length, months: pasted.months.length, skipped }
      const says = [fill(this.#words.pasted, params, this.#locale)]
      if (ignored.length > 0) says.push(fill(this.#words.pastedOutside, { columns: ignored.join(', ') }, this.#locale))
      this.#offered = { says, before }
      const added = rows.map((own): TypedRow => ({ id: this.#desk.newId(), cells: own }))
      this.#desk.replace([...before, ...added])
      return
    }
    const first = this.#view.columns.findIndex((column) => column.field === at.field)
    while (this.#rows().length < at.row + cells.length) this.#blank.push({ id: this.#desk.newId(), cells: {} })
    this.#edit(
      cells.flatMap((row, r) =>
        row.flatMap((value, c) => {
          const column = this.#view.columns[first + c]
          return column ? [{ row: at.row + r, field: column.field, value }] : []
        }),
      ),
    )
  }

  /** What was read or turned, to be let stand or undone; else the months that look like balances, and what can be done. */
  #showOffer(): void {
    const element = byId('offer')
    const { turn, keep, pastedKeep, pastedUndo, turned } = this.#words
    const button = (text: string, variant: string, does: () => void) =>
      h('button', { class: 'ds-button', 'data-variant': variant, type: 'button', onclick: does }, text)
    const notice = (level: string | undefined, says: string[], ...buttons: HTMLElement[]) =>
      h(
        'div',
        { class: 'hb-notice', 'data-level': level },
        ...says.map((text) => h('p', {}, text)),
        h('div', { class: 'hb-question' }, ...buttons),
      )
    const offered = this.#offered
    const suspect = this.#desk.judgement.months.filter(({ cumulative, kept }) => cumulative && !kept)
    element.hidden = !offered && suspect.length === 0
    if (offered)
      element.replaceChildren(
        notice(
          undefined,
          offered.says,
          button(pastedKeep, 'secondary', () => {
            this.#offered = undefined
            this.refresh()
            this.#view.focus()
          }),
          button(pastedUndo, 'tertiary', () => {
            this.#offered = undefined
            this.#desk.replace(offered.before)
            this.#view.focus()
          }),
        ),
      )
    else if (suspect.length > 0) {
      const months = suspect.map(({ month }) => month)
      const named = months.map((month) => monthText(month, this.#locale)).join(', ')
      element.replaceChildren(
        notice(
          'warning',
          [fill(this.#words.cumulative, { months: named }, this.#locale)],
          button(turn, 'secondary', () => {
            this.#offered = { says: [turned], before: this.#desk.rows }
            this.#desk.turn(months, (amount) => typedAmount(amount, this.#locale))
          }),
          button(keep, 'tertiary', () => this.#desk.keep(months)),
        ),
      )
    } else element.replaceChildren()
  }

  #showMonths(): void {
    const { monthRest, monthRight, monthEmpty, monthCumulative, ready, empty, notReady } = this.#words
    const { months } = this.#desk.judgement
    byId('gauges').replaceChildren(
      ...months.map(({ month, sum, accounts, cumulative, kept }) => {
        const suspect = cumulative !== null && !kept
        const says =
          accounts === 0
            ? monthEmpty
            : suspect
              ? monthCumulative
              : sum === 0
                ? monthRight
                : fill(monthRest, { rest: -sum }, this.#locale)
        return h(
          'div',
          {
            class: 'hb-gauge',
            'data-rest': sum !== 0 || suspect ? 'yes' : undefined,
            'data-empty': accounts === 0 ? 'yes' : undefined,
          },
          h('span', {}, monthTitle(month, this.#locale)),
          h('small', {}, says),
        )
      }),
    )
    const { errors } = this.#desk
    const moved = months.some(({ accounts }) => accounts > 0)
    byId('movements-say').textContent = errors > 0 ? counted(errors, notReady, this.#locale) : moved ? ready : empty
    document.getElementById('book')?.setAttribute('aria-disabled', errors > 0 || !moved ? 'true' : 'false')
  }

  #showUnder(): void {
    const view = this.#view as SheetView | undefined
    const at = view?.current()
    const says = at && this.#says(at.row, at.field)
    const whole = this.#desk.judgement.issues.filter(({ pointer }) => !/^#\/rows\/\d/.test(pointer))
    const cell = byId('cell-says')
    cell.dataset.level = says?.level ?? (this.#said ? '' : (whole[0]?.severity ?? ''))
    cell.textContent =
      says?.text ??
      (this.#said ||
        whole
          .slice(0, 3)
          .map((issue) => withText(issue, this.#locale).message)
          .join(' '))
  }

  #next(): void {
    const at = this.#view.current() ?? { row: 0, field: 'account' }
    const { columns } = this.#view
    const size = this.#desk.rows.length * columns.length
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
