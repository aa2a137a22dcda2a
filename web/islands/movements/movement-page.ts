import { counted, fill, kroner, type Locale, month as monthText } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import type { MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'
import { typedAmount } from '../opening/opening-page.ts'
import type { SheetOptions } from '../sheets/start-sheet.ts'
import type { TypedRow } from '../sheets/typed-rows.ts'
import { TypedSheetView } from '../sheets/typed-sheet-view.ts'
import type { Column, Layout } from '../voucher/columns.ts'
import { byId, h } from '../voucher/element.ts'
import { said } from '../voucher/key-caps.ts'
import { accountOptions, nameOf } from '../voucher/search.ts'
import { monthTitle } from './month-title.ts'
import type { MovementDesk, ReadMovement } from './movement-desk.ts'

const [SUM, NAME] = ['sum', 'accountName']

export type MovementAnswer = MovementSheet & { version: number }
/** Something done with the sheet as a whole, shown before it is let stand. */
type Offered = { says: string[]; before: readonly TypedRow[] }

/** The page of the sheet of movements: rows, what each month lacks, and what looks like balances. */
export class MovementPage {
  readonly #desk: MovementDesk
  readonly #locale: Locale
  readonly #sheet: TypedSheetView<ReadMovement>
  readonly #words
  #offered: Offered | undefined

  constructor(desk: MovementDesk, locale: Locale, options: SheetOptions<MovementAnswer>) {
    this.#desk = desk
    this.#locale = locale
    this.#words = takeoverTexts[locale].sheet
    this.#sheet = new TypedSheetView<ReadMovement>({
      desk,
      locale,
      options,
      page: 'movements',
      mount: 'movement-grid',
      label: this.#words.gridLabel,
      columns: 'movements',
      computed: new Set([NAME, SUM]),
      layout: (room) => this.#layout(room),
      text: (row, read, field) => this.#text(row, read, field),
      found: (_, text) => accountOptions(text, desk.books, locale, desk.plan.openingDate),
      unreadText: ({ text }) => fill(this.#words.unreadable, { text }, locale),
      takeTable: (cells) => this.#takeTable(cells),
      saidOfAll: () => desk.issuesOfAll.slice(0, 3),
      undone: this.#words.undoneStep,
      shown: () => {
        this.#showMonths()
        this.#showOffer()
      },
    })
  }

  start(): void {
    this.#sheet.start(0)
  }
  get isEditing(): boolean {
    return this.#sheet.isEditing
  }
  changed(): void {
    this.#sheet.changed()
  }
  /** Rows of others were put among these: what was pasted or turned can no longer be taken back as a whole. */
  taken(): void {
    this.#offered = undefined
    this.#sheet.changed()
  }
  showState(): void {
    this.#sheet.showState()
  }

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

  #text(row: TypedRow, read: ReadMovement | undefined, field: string): { text: string; faint: boolean } {
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

  #takeTable(cells: string[][]): boolean {
    const months = this.#desk.months.map(({ month }) => month)
    const pasted = readMovementTable(cells, months)
    if (!pasted) return false
    const { rows, ignored, skipped } = pasted
    const before = this.#desk.rows
    const params = { rows: rows.length, months: pasted.months.length, skipped }
    const says = [fill(this.#words.pasted, params, this.#locale)]
    const { rows: after, ...over } = this.#desk.withReport(pasted)
    if (over.replaced + over.emptied > 0) says.push(fill(this.#words.pastedOver, over, this.#locale))
    if (ignored.length > 0) says.push(fill(this.#words.pastedOutside, { columns: ignored.join(', ') }, this.#locale))
    this.#offered = { says, before }
    this.#desk.replace(after)
    return true
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
            this.#sheet.refresh()
            this.#sheet.focus()
          }),
          button(pastedUndo, 'tertiary', () => {
            this.#offered = undefined
            this.#desk.replace(offered.before)
            this.#sheet.focus()
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
    byId('movements-say').textContent =
      errors > 0 ? said(counted(errors, notReady, this.#locale)) : moved ? ready : empty
    document.getElementById('book')?.setAttribute('aria-disabled', errors > 0 || !moved ? 'true' : 'false')
  }
}
