import type { Locale } from '#i18n/format.ts'
import { fill, kroner, plainKroner } from '#i18n/format.ts'
import { type OpeningKey, openingText, openingTexts } from '#i18n/opening-text.ts'
import { withText } from '#i18n/problem-text.ts'
import type { OpeningContent } from '#worker/opening-balance/opening-row.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'
import { connectSheet } from '../sheets/connect-sheet.ts'
import { clashText, showLink } from '../sheets/link-view.ts'
import type { SheetOptions } from '../sheets/start-sheet.ts'
import type { TypedRow } from '../sheets/typed-rows.ts'
import { unreadAmount } from '../sheets/unread-amount.ts'
import type { Column, Layout } from '../voucher/columns.ts'
import { byId, h } from '../voucher/element.ts'
import type { Range } from '../voucher/grid-view.ts'
import { accountOptions, dimensionOptions, type Found, nameOf } from '../voucher/search.ts'
import { SheetView } from '../voucher/sheet-view.ts'
import { openingColumns } from './opening-cells.ts'
import type { OpeningDesk } from './opening-desk.ts'
import { type PastedOpening, readOpeningTable, turned } from './paste-opening.ts'
import { showPastedOpening } from './pasted-panel.ts'

const ROOM = 6
const AMOUNTS = new Set(['amount', 'currencyAmount'])
const WIDTHS: Readonly<Record<string, number>> = {
  account: 72,
  accountName: 190,
  party: 124,
  name: 180,
  paymentReference: 120,
  amount: 118,
  currency: 60,
  text: 200,
}

export type OpeningAnswer = OpeningContent & { version: number }
type Taken = PastedOpening & {
  cells: readonly string[][]
  answers: Readonly<Record<string, string>>
  before: readonly TypedRow[]
}
type Options = SheetOptions<OpeningAnswer>

/** The page of an opening balance: rows, gauges, and what must be corrected before it can be booked. */
export class OpeningPage {
  readonly #desk: OpeningDesk
  readonly #options: Options
  readonly #locale: Locale
  readonly #view: SheetView
  #blank: TypedRow[] = []
  #pasted: Taken | undefined
  #said = ''

  constructor(desk: OpeningDesk, locale: Locale, options: Options) {
    this.#desk = desk
    this.#options = options
    this.#locale = locale
    this.#arrange()
    byId('grid-loading').remove()
    this.#view = new SheetView(byId('opening-grid'), {
      locale,
      licenceKey: options.licenceKey,
      label: this.#t('gridLabel'),
      rowCount: () => this.#rows().length,
      layout: (room) => this.#layout(room),
      text: (at, field) => this.#text(at, field),
      states: (at, field) => this.#states(at, field),
      typed: (at, field) => this.#rows()[at]?.cells[field] ?? '',
      isOpen: (_, field) => options.writable && field !== 'accountName',
      found: (_, field, text) => this.#found(field, text),
      edit: (edits) => this.#edit(edits),
      moved: () => this.#showUnder(),
    })
    connectSheet({
      view: this.#view,
      options,
      locale,
      columns: 'opening',
      says: (row, field) => this.#says(row, field),
      textOf: (range) => this.#textOf(range),
      edit: (edits) => this.#edit(edits),
      paste: (text, at) => this.#paste(text, at),
      next: () => this.#next(),
      undo: () => {
        if (desk.undo()) this.#said = this.#t('undoneStep')
        this.refresh()
      },
      redo: () => void desk.redo(),
    })
    const result = byId<HTMLSelectElement>('result-account')
    result.value = desk.resultAccount ?? ''
    result.addEventListener('change', () => desk.useResultAccount(result.value || null))
  }

  start(): void {
    this.refresh()
    this.#view.select(this.#desk.rows.length === 0 ? 0 : this.#desk.rows.length, 'account')
    byId('opening').dataset.ready = 'yes'
  }

  get isEditing(): boolean {
    return this.#view.isEditing
  }

  changed(): void {
    this.#options.link.noteChange()
    this.refresh()
  }
  /** Rows of others were put among these: what was pasted can no longer be taken away as a whole. */
  taken(): void {
    this.#pasted = undefined
    byId<HTMLSelectElement>('result-account').value = this.#desk.resultAccount ?? ''
    this.changed()
  }
  showState(): void {
    const unread = this.#desk.read.reduce((n, row) => n + row.unread.length, 0)
    showLink(this.#options.link, unread, this.#locale)
  }

  refresh(): void {
    this.#arrange()
    this.#view.refresh()
    this.#showGauges()
    this.#showPasted()
    this.#showUnder()
    this.showState()
  }

  #t = (key: OpeningKey, params: Record<string, string | number> = {}): string => openingText(this.#locale, key, params)

  #arrange(): void {
    const taken = new Set(this.#desk.rows.map((row) => row.id))
    this.#blank = this.#blank.filter((row) => !taken.has(row.id))
    while (this.#options.writable && this.#blank.length < ROOM) this.#blank.push({ id: this.#desk.newId(), cells: {} })
  }
  #rows = (): readonly TypedRow[] => [...this.#desk.rows, ...this.#blank]

  #layout(room: number): Layout {
    const { captions } = openingTexts[this.#locale]
    const { books } = this.#desk
    const used = openingColumns(books).filter((field) => {
      const dimension = field.startsWith('dimensions/') ? books.dimensions.get(field.slice(11)) : undefined
      return !dimension || dimension.values.length > 0 || this.#desk.rows.some((row) => row.cells[field])
    })
    const columns = used.map((field): Column => {
      const dimension = field.startsWith('dimensions/') ? books.dimensions.get(field.slice(11)) : undefined
      return {
        field,
        title: dimension ? nameOf(dimension, this.#locale) : (captions[field] ?? field),
        kind: AMOUNTS.has(field)
          ? 'amount'
          : field === 'account'
            ? 'account'
            : field === 'accountName'
              ? 'computed'
              : dimension
                ? 'dimension'
                : 'text',
        width: WIDTHS[field] ?? 96,
      }
    })
    const sum = columns.reduce((n, column) => n + column.width, 0)
    const last = columns.length - 1
    columns[last] = { ...columns[last]!, width: columns[last]!.width + Math.max(0, room - sum) }
    return { columns, frozen: room < 900 ? 1 : 2 }
  }

  #text(at: number, field: string): { text: string; faint: boolean } {
    const row = this.#rows()[at]
    const read = this.#desk.read[at]
    if (!row) return { text: '', faint: false }
    if (field === 'accountName') return { text: this.#accountText(at), faint: true }
    if (field === 'account') return { text: read?.row.account || row.cells.account || '', faint: false }
    if (field === 'party') return { text: read?.row.party || row.cells.party || '', faint: false }
    if (field === 'name') return this.#partyName(at)
    if (AMOUNTS.has(field) && read) {
      const amount = read.row[field as 'amount']
      if (amount !== null) return { text: kroner(amount, this.#locale), faint: false }
    }
    return { text: row.cells[field] ?? '', faint: false }
  }
  #accountText(at: number): string {
    const read = this.#desk.read[at]
    const account = read && this.#desk.books.accounts.get(read.row.account)
    if (!read || !account) return ''
    const name = nameOf(account, this.#locale)
    return account.control && read.row.party === '' ? `${name}, ${this.#t('expected')}` : name
  }
  #partyName(at: number): { text: string; faint: boolean } {
    const own = this.#rows()[at]!.cells.name
    if (own) return { text: own, faint: false }
    const row = this.#desk.read[at]?.row
    if (!row || row.party === '') return { text: '', faint: false }
    const { parties } = this.#desk.books
    const found = parties.get(`customer:${row.party}`) ?? parties.get(`supplier:${row.party}`)
    return { text: found?.name ?? '', faint: true }
  }

  #states(at: number, field: string): string[] {
    const says = this.#says(at, field)
    if (says) return [`hb-${says.level}`]
    return field === 'accountName' ? ['hb-computed'] : []
  }

  #says(at: number, field: string): { level: 'error' | 'warning'; text: string } | undefined {
    const unread = this.#desk.read[at]?.unread.find((u) => u.field === field)
    if (unread) {
      const text = this.#t(unread.key, { text: unread.text })
      const isAmount = unread.key === 'unreadable'
      return { level: 'error', text: isAmount ? unreadAmount(unread.text, this.#locale, text) : text }
    }
    const own = this.#desk
      .issuesAt(at)
      .filter(({ pointer }) => pointer.endsWith(`/${field}`) && pointer.split('/').slice(3).join('/') === field)
    const issue = own.find(({ severity }) => severity === 'error') ?? own[0]
    const id = this.#rows()[at]?.id
    const clash = this.#options.link.clashes.find((one) => one.id === id && one.field === field)
    if (!issue && clash) return { level: 'warning', text: clashText(clash, this.#locale) }
    return issue && { level: issue.severity, text: withText(issue, this.#locale).message }
  }

  #found(field: string, text: string): Found {
    const { books, openingDate } = this.#desk
    if (field !== 'account') return dimensionOptions(text, field.slice(11), books, openingDate)
    return accountOptions(text, books, this.#locale, openingDate)
  }

  #edit(edits: readonly { row: number; field: string; value: string }[]): void {
    this.#said = ''
    const rows = this.#rows()
    for (const { row, field } of edits) if (rows[row]) this.#options.link.seen(rows[row].id, field)
    this.#desk.edit(
      edits.flatMap(({ row, field, value }) =>
        rows[row] && field !== 'accountName' ? [{ id: rows[row].id, field, value }] : [],
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
    const pasted = cells.length > 1 ? readOpeningTable(cells, this.#desk.books) : undefined
    if (pasted) {
      this.#take({ ...pasted, cells, answers: {}, before: this.#desk.rows })
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
  /** Reads the list again with an answer; none of it is taken while something is left to ask. */
  #answer(of: string, value: string): void {
    const { cells, answers, before } = this.#pasted!
    const said = { ...answers, [of]: value }
    this.#take({ ...readOpeningTable(cells, this.#desk.books, said)!, cells, answers: said, before })
  }
  #take(pasted: Taken): void {
    this.#pasted = pasted
    if (pasted.questions.length > 0) {
      this.refresh()
      return
    }
    const added = pasted.rows.map((cells): TypedRow => ({ id: this.#desk.newId(), cells }))
    this.#desk.replace([...pasted.before, ...added])
  }

  #showPasted(): void {
    const element = byId('pasted')
    const pasted = this.#pasted
    element.hidden = pasted === undefined
    if (!pasted) {
      element.replaceChildren()
      return
    }
    const close = (rows?: readonly TypedRow[]) => {
      this.#pasted = undefined
      if (rows) this.#desk.replace(rows)
      else this.refresh()
      this.#view.focus()
    }
    showPastedOpening(element, pasted, this.#locale, {
      answer: (of, value) => this.#answer(of, value),
      keep: () => close(),
      turn: () => this.#take({ ...pasted, rows: turned(pasted.rows) }),
      undo: () => close(pasted.before),
    })
  }

  #showGauges(): void {
    const { sum, gauges, result, counts, newParties } = this.#desk.judgement
    const gauge = (name: string, amount: number, target: number, right: OpeningKey) =>
      h(
        'div',
        { class: 'hb-gauge', 'data-rest': amount === target ? undefined : 'yes' },
        h('span', {}, name),
        h('b', { class: 'hb-num' }, kroner(amount, this.#locale)),
        h(
          'small',
          {},
          amount === target
            ? this.#t(right)
            : `${target === 0 ? '' : `${this.#t('gaugeOf', { target })}, `}${this.#t('gaugeRest', { rest: target - amount })}`,
        ),
      )
    byId('gauges').replaceChildren(
      gauge(this.#t('gaugeSum'), sum, 0, 'gaugeZero'),
      ...gauges.map((g) => gauge(this.#t('gaugeControl', { account: g.account }), g.amount, g.target, 'gaugeRight')),
      ...(result === 0
        ? []
        : [
            h(
              'div',
              { class: 'hb-gauge' },
              h('span', {}, this.#t('result')),
              h('b', { class: 'hb-num' }, kroner(result, this.#locale)),
              h('small', {}, ''),
            ),
          ]),
    )
    const errors = this.#desk.errors
    const told = [
      fill(this.#t('counts', counts), {}, this.#locale),
      ...(newParties.length > 0 ? [this.#t('newParties', { count: newParties.length })] : []),
      errors > 0 ? this.#t('notReady', { count: errors }) : counts.accounts + counts.items > 0 ? this.#t('ready') : '',
    ]
    byId('opening-says').textContent = told.filter(Boolean).join(' · ')
    byId('book').setAttribute('aria-disabled', errors > 0 || counts.accounts + counts.items < 2 ? 'true' : 'false')
  }

  #showUnder(): void {
    const view = this.#view as SheetView | undefined
    const at = view?.current()
    const says = at && this.#says(at.row, at.field)
    const whole = this.#desk.judgement.issues.filter(
      ({ pointer, severity }) => severity === 'error' && !/^#\/rows\/\d/.test(pointer),
    )
    const cell = byId('cell-says')
    cell.dataset.level = says?.level ?? (this.#said || whole.length === 0 ? '' : 'error')
    cell.textContent =
      says?.text ?? (this.#said || whole.map((issue) => withText(issue, this.#locale).message).join(' '))
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

/** An amount as it is typed in a cell. */
export const typedAmount = (amount: number, locale: Locale): string =>
  plainKroner(amount, locale).replace(/[.,]00$/, '')
