import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { connectClipboard } from './clipboard.ts'
import { layoutOf, lockOf } from './columns.ts'
import { cure, run, type Work } from './commands.ts'
import { inReadingOrder } from './desk-actions.ts'
import { type Edit, edited, withoutRows } from './edit.ts'
import { byId, h } from './element.ts'
import { showEntries } from './entries-view.ts'
import type { Entry } from './entry.ts'
import type { GridPort } from './grid-port.ts'
import { GridView, type Range } from './grid-view.ts'
import { columnTitle, HeaderView } from './header-view.ts'
import { showHeading, showKept, showTried, timeOf } from './heading-view.ts'
import { type Shown, showIssues } from './issues-view.ts'
import type { Placed, Verdict, VoucherVerdict } from './judge.ts'
import { addToKeyMap, type Command, commandOf } from './keys.ts'
import { LinesView } from './lines-view.ts'
import { type Pasted, showPasted } from './pasted-view.ts'
import { MOST_ROWS, type Outcome, Pasting } from './pasting.ts'
import { type Notice, type PostingPort, post, statusOf } from './posting.ts'
import { showRest } from './rest-view.ts'
import { nameOf } from './search.ts'
import { BLANK, isBlank } from './sheet.ts'
import { copiedText } from './shown.ts'

type Options = { licenceKey: string; vouchersPath: string; restoredAt: string | undefined }
const SIDES = 'hovedbok sides'

/** The page: everything one sees of an entry, and everything one can do to it. */
export class EntryPage implements PostingPort {
  readonly #entry: Entry
  readonly #options: Options
  readonly #locale: Locale
  readonly #grid: GridView
  readonly #header: HeaderView
  readonly #lines: LinesView
  readonly #pasting: Pasting
  readonly #work: Work
  readonly #small = matchMedia('(max-width: 699px)')
  #pasted: Pasted | undefined
  #sides = localStorage.getItem(SIDES) === 'yes'
  #at = { row: 0, field: 'account' }
  #ordered: { of: Verdict | undefined; placed: readonly Placed[] } = { of: undefined, placed: [] }

  constructor(entry: Entry, options: Options) {
    this.#entry = entry
    this.#options = options
    this.#locale = entry.court.locale
    byId('grid-loading').remove()
    this.#header = new HeaderView({
      entry,
      change: (header) => entry.change({ ...entry.desk, header }),
      leave: () => this.#grid.focus(),
    })
    const port = this.#gridPort()
    this.#grid = new GridView(byId('voucher-grid'), port)
    this.#lines = new LinesView(byId('lines'), port, (row) => entry.change(withoutRows(entry.desk, row, row)))
    this.#pasting = new Pasting(entry, () => this.#fields())
    this.#work = {
      entry,
      grid: this.#grid,
      header: this.#header,
      shown: () => this.#shown(),
      here: () => this.#here(),
      explained: () => this.#explained(),
      say: (text) => this.#say(text),
      goTo: (placed) => this.#goTo(placed),
      post: () => {
        this.#pasted = undefined // what is posted can no longer be read in another way
        post(entry, this)
      },
    }
    connectClipboard(this.#grid, {
      textOf: (range) => this.#textOf(range),
      copied: (text) => {
        this.#pasting.ownCopy = text
      },
      edit: port.edit,
      paste: (text, at) => this.#show(this.#pasting.paste(text, at)),
    })
    document.addEventListener('keydown', (event) => this.#key(event), { capture: true })
    byId('post').addEventListener('click', () => this.#do('post'))
    byId('dry-run').addEventListener('click', () => this.#do('dryRun'))
    window.addEventListener('pagehide', () => entry.save())
    this.#small.addEventListener('change', () => this.refresh())
    addToKeyMap(this.#locale)
  }

  /** Where one begins: in the lines of a draft that was kept, else in the first field. */
  start(): void {
    const { restoredAt } = this.#options
    const isRestored = restoredAt !== undefined && !this.#entry.isEmpty
    if (isRestored) this.tell({ level: undefined, key: 'restored', params: { time: timeOf(restoredAt) } })
    this.refresh()
    if (this.#small.matches) return
    if (isRestored) this.#grid.select(0, 'account')
    else this.#header.focus('type')
  }

  begin(): void {
    this.refresh()
    if (!this.#small.matches) this.#grid.select(0, 'account')
  }

  refresh(): void {
    const entry = this.#entry
    const small = this.#small.matches
    byId('lines').hidden = !small
    document.querySelector<HTMLElement>('.hb-sheet')!.hidden = small
    byId('rest').hidden = small
    if (small) this.#lines.refresh()
    else this.#grid.refresh()
    const shown = this.#shown()
    this.#header.refresh(shown)
    showPasted(byId('pasted'), this.#pasted, {
      locale: this.#locale,
      answer: (of, value) => this.#show(this.#pasting.answer(of, value)),
      undo: () => this.#closePasted(() => this.#pasting.undo()),
      asOne: () => this.#closePasted(() => this.#pasting.asOne()),
      close: () => this.#closePasted(() => {}),
    })
    showHeading(entry)
    showKept(entry)
    this.#showVoucher(shown)
  }

  /** What hangs on the cell and voucher one is in: its cure, its entries, and what it lacks. */
  #showVoucher(shown = this.#shown()): void {
    const voucher = this.#voucher()
    showIssues(byId('issues'), shown, this.#here()[0], this.#entry.isReady, {
      locale: this.#locale,
      columnTitle: (field) => this.#columnTitle(field),
      goTo: (placed) => this.#goTo(placed),
      fix: (placed) => cure(placed, this.#work),
    })
    showEntries(byId('entry-table'), voucher, this.#entry.court.books, this.#locale)
    showTried(this.#entry, voucher)
    showRest(byId('rest'), this.#grid, this.#entry, voucher, {
      run: (command) => this.#do(command),
      sides: this.#sides,
      setSides: (sides) => this.#setSides(sides),
      clear: (postedOnly) => this.#clear(postedOnly),
    })
  }

  tell({ level, key, params, vouchers = [], signIn, offersNew }: Notice): void {
    const text = entryText(this.#locale, key, params)
    const [voucher] = vouchers
    const at = voucher ? text.indexOf(voucher.name) : -1
    const link =
      voucher && h('a', { href: `${this.#options.vouchersPath}/${voucher.id}`, target: '_blank' }, voucher.name)
    const words = link && at >= 0 ? [text.slice(0, at), link, text.slice(at + voucher.name.length)] : [text]
    const makeNew = () => {
      this.#entry.makeNew()
      byId('entry-notices').replaceChildren()
      this.#grid.focus()
    }
    const anew = offersNew && [
      ' ',
      h('button', { type: 'button', class: 'hb-cure', onclick: makeNew }, entryText(this.#locale, 'makeNew')),
    ]
    const back = signIn && [' ', h('a', { href: '/', target: '_blank' }, entryText(this.#locale, 'signIn'))]
    byId('entry-notices').replaceChildren(
      h(
        'div',
        { class: 'hb-notice', 'data-level': level, 'data-told': key },
        ...words,
        ...(back || []),
        ...(anew || []),
      ),
    )
  }

  goToFirstFault(): void {
    this.refresh()
    const first = this.#shown().find((p) => p.shown === 'error')
    if (first) this.#goTo(first)
  }

  #gridPort(): GridPort {
    const entry = this.#entry
    return {
      get books() {
        return entry.court.books
      },
      locale: this.#locale,
      licenceKey: this.#options.licenceKey,
      desk: () => entry.desk,
      isBusy: () => entry.busy,
      verdict: () => entry.verdict,
      layout: (room) => layoutOf(entry.desk, entry.court.books, this.#locale, this.#sides, room),
      level: (placed) => entry.level(placed),
      status: (row) => statusOf(entry, row),
      lock: (row, col) => {
        const column = this.#grid?.columns[col]
        if (!column) return undefined
        return entry.busy ? 'posting' : lockOf(entry.desk.rows[row] ?? BLANK, column, entry.court.books)
      },
      edit: (edits) => this.#edit(edits),
      moved: (row, field) => this.#moved(row, field),
      leave: (way) => (way === 'back' ? this.#header.focus('text') : byId('post').focus()),
    }
  }

  #edit(edits: readonly Edit[]): void {
    const entry = this.#entry
    const [only] = edits
    // `+` alone in the account of a voucher that balances: this one is done, on to the next (LED-07).
    const isDone =
      edits.length === 1 && only!.field === 'account' && String(only!.value).trim() === '+' && entry.isReady
    if (isDone) run('post', this.#work)
    else entry.change(edited(entry.desk, edits, entry.setting))
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || document.querySelector('dialog[open]')) return
    const inGrid = this.#grid.hasFocus
    const isWriting = this.#grid.isEditing || (!inGrid && (event.target as HTMLElement).matches('input, textarea'))
    const column = this.#grid.columns.find((c) => c.field === this.#at.field)
    const command = commandOf(event, { inGrid, isWriting, mayBeText: column?.kind === 'text' })
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    this.#do(command)
  }

  /** What stands in the field one is in counts first. */
  #do(command: Command): void {
    this.#grid.commit()
    this.#header.commit()
    this.#lines.commit()
    run(command, this.#work)
  }

  #moved(row: number, field: string): void {
    this.#at = { row, field }
    const fault = this.#here().find((p) => this.#entry.level(p) !== undefined)
    this.#say(fault?.message ?? this.#explained())
    byId('cell-says').classList.toggle('hb-spoken', fault !== undefined) // seen in the list beside it, heard here
    queueMicrotask(() => this.#showVoucher()) // after the grid has drawn its selection
  }

  #explained(): string {
    const column = this.#grid.columns.find((c) => c.field === this.#at.field)
    const row = this.#entry.desk.rows[this.#at.row] ?? BLANK
    const lock = column && lockOf(row, column, this.#entry.court.books)
    if (lock && lock !== 'status') return entryText(this.#locale, lock, { voucher: row.posted })
    return column?.kind === 'account' && isBlank(row) ? entryText(this.#locale, 'supplierHint') : ''
  }

  #say(text: string): void {
    byId('cell-says').textContent = text
  }

  #goTo(placed: Placed): void {
    if (placed.row >= 0) this.#grid.select(placed.row, this.#grid.fieldOf(placed.field))
    else if (placed.field !== 'lines') this.#header.focus(placed.field)
    else {
      const { rows } = this.#entry.desk
      const last = rows.findLastIndex((row) => !isBlank(row))
      const open = last >= 0 && rows[last]!.amount === '' ? last : Math.min(last + 1, rows.length - 1)
      this.#grid.select(open, rows[open]?.account === '' ? 'account' : this.#grid.fieldOf('amount'))
    }
  }

  #show(outcome: Outcome | undefined): void {
    if (!outcome) return
    if ('tooMany' in outcome) {
      this.tell({ level: 'error', key: 'tooManyRows', params: { n: outcome.tooMany, max: MOST_ROWS } })
      return
    }
    this.#pasted = outcome.pasted
    byId('entry-notices').replaceChildren()
    this.refresh()
    if (!this.#small.matches) this.#grid.select(outcome.at.row, outcome.at.field)
  }

  #closePasted(then: () => void): void {
    this.#pasted = undefined
    then()
    this.refresh()
    this.#grid.focus()
  }

  #clear(postedOnly: boolean): void {
    const entry = this.#entry
    this.#pasted = undefined
    byId('entry-notices').replaceChildren()
    if (!postedOnly || entry.open.length === 0) entry.clear()
    else entry.settle({ ...entry.desk, rows: entry.desk.rows.filter((row) => !row.posted) })
    this.#grid.select(0, 'account')
  }

  #setSides(sides: boolean): void {
    this.#sides = sides
    localStorage.setItem(SIDES, sides ? 'yes' : 'no')
    this.refresh()
  }

  /** Every issue with how loudly it is shown; what is unfinished is listed until posting is asked for. */
  #shown(): Shown[] {
    return this.#inOrder().flatMap((placed): Shown[] => {
      const level = this.#entry.level(placed)
      if (level) return [{ ...placed, shown: level }]
      // The line one is writing is not nagged about.
      return placed.row === this.#at.row && this.#grid.hasFocus ? [] : [{ ...placed, shown: 'unfinished' }]
    })
  }

  /** Kept until the draft is judged again: a sheet may have thousands of them. */
  #inOrder(): readonly Placed[] {
    const { verdict } = this.#entry
    if (this.#ordered.of !== verdict)
      this.#ordered = { of: verdict, placed: inReadingOrder(verdict.placed, this.#fields()) }
    return this.#ordered.placed
  }

  #here(): readonly Placed[] {
    const { row, field } = this.#at
    const own = field === 'debit' || field === 'credit' ? 'amount' : field === 'accountName' ? 'account' : field
    return this.#entry.verdict.cells.get(row)?.get(own) ?? []
  }

  #voucher(): VoucherVerdict | undefined {
    const { verdict } = this.#entry
    return verdict.voucherAt.get(this.#at.row) ?? verdict.vouchers[0]
  }
  #fields(): readonly string[] {
    return this.#grid.columns.map((column) => column.field)
  }
  #columnTitle(field: string): string {
    const column = this.#grid.columns.find((c) => c.field === this.#grid.fieldOf(field))
    if (column) return column.title
    const dimension = this.#entry.court.books.dimensions.get(field.replace('dimensions/', ''))
    return dimension ? nameOf(dimension, this.#locale) : columnTitle(field, this.#locale)
  }

  #textOf(range: Range): string {
    const { desk, verdict, court } = this.#entry
    const status = (row: number) => statusOf(this.#entry, row)
    const around = { books: court.books, locale: this.#locale, header: desk.header, verdict, status }
    const columns = this.#grid.columns.slice(range.left, range.right + 1)
    const lines: string[] = []
    for (let row = range.top; row <= range.bottom; row++)
      lines.push(columns.map((column) => copiedText(desk.rows[row] ?? BLANK, row, column, around)).join('\t'))
    return lines.join('\r\n')
  }
}
