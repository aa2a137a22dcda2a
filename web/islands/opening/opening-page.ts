import type { Locale } from '#i18n/format.ts'
import { fill, kroner, plainKroner } from '#i18n/format.ts'
import { type OpeningKey, openingText, openingTexts } from '#i18n/opening-text.ts'
import { isError } from '#worker/core/problem.ts'
import type { OpeningContent } from '#worker/opening-balance/opening-row.ts'
import type { SheetOptions } from '../sheets/start-sheet.ts'
import type { TypedRow } from '../sheets/typed-rows.ts'
import { TypedSheetView } from '../sheets/typed-sheet-view.ts'
import type { Column, Layout } from '../voucher/columns.ts'
import { byId, h } from '../voucher/element.ts'
import { said } from '../voucher/key-caps.ts'
import { accountOptions, dimensionOptions, type Found, nameOf } from '../voucher/search.ts'
import { openingColumns, type ReadRow } from './opening-cells.ts'
import type { OpeningDesk } from './opening-desk.ts'
import { type PastedOpening, readOpeningTable, turned } from './paste-opening.ts'
import { showPastedOpening } from './pasted-panel.ts'

const AMOUNTS = new Set(['amount', 'currencyAmount'])
const WIDTHS: Readonly<Record<string, number>> = {
  account: 72,
  accountName: 190,
  party: 144,
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

/** The page of an opening balance: rows, gauges, and what must be corrected before it can be booked. */
export class OpeningPage {
  readonly #desk: OpeningDesk
  readonly #locale: Locale
  readonly #sheet: TypedSheetView<ReadRow>
  #pasted: Taken | undefined

  constructor(desk: OpeningDesk, locale: Locale, options: SheetOptions<OpeningAnswer>) {
    this.#desk = desk
    this.#locale = locale
    this.#sheet = new TypedSheetView<ReadRow>({
      desk,
      locale,
      options,
      page: 'opening',
      mount: 'opening-grid',
      label: this.#t('gridLabel'),
      columns: 'opening',
      computed: new Set(['accountName']),
      layout: (room) => this.#layout(room),
      text: (row, read, field) => this.#text(row, read, field),
      found: (field, text) => this.#found(field, text),
      unreadText: ({ key, text }) => this.#t(key, { text }),
      takeTable: (cells) => this.#takeTable(cells),
      saidOfAll: () => desk.issuesOfAll.filter(isError),
      undone: this.#t('undoneStep'),
      shown: () => {
        this.#showGauges()
        this.#showPasted()
      },
    })
    this.#result.addEventListener('change', () => desk.useResultAccount(this.#result.value || null))
  }
  get #result(): HTMLSelectElement {
    return byId<HTMLSelectElement>('result-account')
  }

  start(): void {
    this.#sheet.start(this.#desk.rows.length)
  }
  get isEditing(): boolean {
    return this.#sheet.isEditing
  }
  changed(): void {
    this.#sheet.changed()
  }
  /** Rows of others were put among these: what was pasted can no longer be taken away as a whole. */
  taken(): void {
    this.#pasted = undefined
    this.#sheet.changed()
  }
  showState(): void {
    this.#sheet.showState()
  }

  #t = (key: OpeningKey, params: Record<string, string | number> = {}): string => openingText(this.#locale, key, params)

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

  #text(row: TypedRow, read: ReadRow | undefined, field: string): { text: string; faint: boolean } {
    if (field === 'accountName') return { text: this.#accountText(read), faint: true }
    if (field === 'account') return { text: read?.row.account || row.cells.account || '', faint: false }
    if (field === 'party') return { text: read?.row.party || row.cells.party || '', faint: false }
    if (field === 'name') return this.#partyName(row, read)
    if (AMOUNTS.has(field) && read) {
      const amount = read.row[field as 'amount']
      if (amount !== null) return { text: kroner(amount, this.#locale), faint: false }
    }
    return { text: row.cells[field] ?? '', faint: false }
  }
  #accountText(read: ReadRow | undefined): string {
    const account = read && this.#desk.books.accounts.get(read.row.account)
    if (!read || !account) return ''
    const name = nameOf(account, this.#locale)
    return account.control && read.row.party === '' ? `${name}, ${this.#t('expected')}` : name
  }
  #partyName({ cells }: TypedRow, read: ReadRow | undefined): { text: string; faint: boolean } {
    if (cells.name) return { text: cells.name, faint: false }
    if (!read || read.row.party === '') return { text: '', faint: false }
    const { parties } = this.#desk.books
    const found = parties.get(`customer:${read.row.party}`) ?? parties.get(`supplier:${read.row.party}`)
    return { text: found?.name ?? '', faint: true }
  }

  #found(field: string, text: string): Found {
    const { books, openingDate } = this.#desk
    if (field !== 'account') return dimensionOptions(text, field.slice(11), books, openingDate)
    return accountOptions(text, books, this.#locale, openingDate)
  }

  #takeTable(cells: string[][]): boolean {
    const pasted = readOpeningTable(cells, this.#desk.books)
    if (pasted) this.#take({ ...pasted, cells, answers: {}, before: this.#desk.rows })
    return pasted !== undefined
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
      this.#sheet.refresh()
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
      else this.#sheet.refresh()
      this.#sheet.focus()
    }
    showPastedOpening(element, pasted, this.#locale, {
      answer: (of, value) => this.#answer(of, value),
      keep: () => close(),
      turn: () => this.#take({ ...pasted, rows: turned(pasted.rows) }),
      undo: () => close(pasted.before),
    })
  }

  #showGauges(): void {
    this.#result.value = this.#desk.resultAccount ?? ''
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
      errors > 0
        ? said(this.#t('notReady', { count: errors }))
        : counts.accounts + counts.items > 0
          ? this.#t('ready')
          : '',
    ]
    byId('opening-says').textContent = told.filter(Boolean).join(' · ')
    byId('book').setAttribute('aria-disabled', errors > 0 || counts.accounts + counts.items < 2 ? 'true' : 'false')
  }
}

/** An amount as it is typed in a cell. */
export const typedAmount = (amount: number, locale: Locale): string =>
  plainKroner(amount, locale).replace(/[.,]00$/, '')
