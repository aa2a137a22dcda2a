import { columnHelp } from '#i18n/column-help.ts'
import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { DraftAnswer } from '#worker/drafts/draft-answer.ts'
import type { LiveMessage } from '#worker/ledger/room.ts'
import type { Edit } from '#worker/sheets/sheet.ts'
import { BLANK, type Desk, isBlank } from '#worker/sheets/sheet.ts'
import { Choices, type Chosen } from './choices.ts'
import { connectClipboard } from './clipboard.ts'
import { layoutOf, lockOf } from './columns.ts'
import { cure, run, type Work } from './commands.ts'
import { lineToWrite, ReadingOrder } from './desk-actions.ts'
import { DocumentsView } from './documents-view.ts'
import { draftNews, isAbout, restoreDraft } from './draft-news.ts'
import { edited, withHead, withoutRows } from './edit.ts'
import { byId } from './element.ts'
import { showEntries } from './entries-view.ts'
import type { Entry } from './entry.ts'
import { FindView } from './find-view.ts'
import type { GridPort } from './grid-port.ts'
import { GridView } from './grid-view.ts'
import { columnTitle, HeaderView } from './header-view.ts'
import { showHeading, showKept, showTried, timeOf } from './heading-view.ts'
import { type Shown, showIssues } from './issues-view.ts'
import type { Placed, Verdict, VoucherVerdict } from './judge.ts'
import { said } from './key-caps.ts'
import { type Command, commandOf } from './keys.ts'
import { LinesView } from './lines-view.ts'
import { makeFor } from './making.ts'
import { showNotice } from './notice-view.ts'
import type { PasteMemory } from './paste-memory.ts'
import { showPasted } from './pasted-view.ts'
import { MOST_ROWS, type Outcome, type Pasted, Pasting } from './pasting.ts'
import { PeopleView } from './people-view.ts'
import { type Notice, type PostingPort, post, statusOf } from './posting.ts'
import { shownAt, textOfRange } from './range-text.ts'
import { showRest } from './rest-view.ts'
import { nameOf } from './search.ts'
import { TypedAhead } from './typed-ahead.ts'
import { WantedColumns } from './wanted-columns.ts'

type Options = Chosen & {
  licenceKey: string
  vouchersPath: string
  mayMake: boolean
  restoredAt: string | undefined
  /** The draft that stands here was asked for by its address. */
  asked: boolean
  pasteMemory: PasteMemory
}

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
  readonly #ahead: TypedAhead
  readonly #people: PeopleView
  readonly #choices: Choices
  readonly #find: FindView
  readonly #small = matchMedia('(max-width: 699px)')
  #pasted: Pasted | undefined
  #draft = ''
  /** Hears that another draft stands here. */
  draftChanged: () => void = () => {}
  readonly #wanted = new WantedColumns(() => {
    this.#choices.useColumns()
    this.refresh()
  })
  #at = { row: 0, field: 'account' }
  readonly #ordered = new ReadingOrder()

  constructor(entry: Entry, options: Options) {
    this.#entry = entry
    this.#options = options
    this.#locale = entry.court.locale
    this.#people = new PeopleView(this.#locale, entry.line.tab ?? '')
    byId('grid-loading').remove()
    this.#header = new HeaderView({
      entry,
      change: (header) => entry.change(withHead(entry.desk, header, entry.setting)),
      leave: () => this.#grid.focus(),
    })
    this.#choices = new Choices(entry, options, {
      grid: () => this.#grid,
      wanted: () => this.#wanted.all,
      changed: () => this.refresh(),
      say: (text) => this.#say(text),
    })
    const port = this.#gridPort()
    this.#grid = new GridView(byId('voucher-grid'), port)
    this.#find = new FindView({
      locale: this.#locale,
      size: () => ({ rows: entry.desk.rows.length, cols: this.#grid.columns.length }),
      text: (row, col) => shownAt(entry, this.#grid.columns, row, col),
      at: () => ({ row: this.#at.row, col: this.#fields().indexOf(this.#at.field) }),
      goTo: ({ row, col }) => this.#grid.select(row, this.#fields()[col]!),
      close: () => this.#grid.focus(),
    })
    entry.isEditing = () => this.#grid.isEditing
    this.#lines = new LinesView(byId('lines'), port, (row) => entry.change(withoutRows(entry.desk, row, row)))
    this.#pasting = new Pasting(entry, this.#fields, options.pasteMemory)
    this.#work = {
      entry,
      grid: this.#grid,
      header: this.#header,
      documents: document.getElementById('entry-documents') ? new DocumentsView(entry) : undefined,
      shown: () => this.#shown(),
      here: () => this.#here(),
      explained: () => this.#explained(),
      columnHelp: () => `${this.#columnTitle(this.#at.field)}: ${columnHelp(this.#locale, 'voucher', this.#at.field)}`,
      say: (text) => this.#say(text),
      goTo: (placed) => this.#goTo(placed),
      find: this.#find,
      beginNew: () => void this.#beginNew(),
      drafts: () => location.assign(this.#options.vouchersPath.replace(/vouchers$/, 'drafts')),
      setCurrency: () => this.#enterIn(),
      choices: this.#choices,
      paste: (text, at, isAhead) => this.#grid.atOnce(() => this.#show(this.#pasting.paste(text, at), isAhead)),
      post: () => {
        this.#pasted = undefined // what is posted can no longer be read in another way
        void this.#ahead.during(() => post(entry, this))
      },
    }
    this.#ahead = new TypedAhead(this.#work)
    connectClipboard(this.#grid, {
      textOf: (range) => textOfRange(this.#entry, this.#grid.columns, range),
      copied: (text) => {
        this.#pasting.ownCopy = text
      },
      edit: port.edit,
      paste: (text, at) => this.#ahead.paste(text, at),
    })
    document.addEventListener('keydown', (event) => this.#key(event), { capture: true })
    byId('post').addEventListener('click', () => this.#do('post'))
    byId('mode-manual').addEventListener('click', () => this.#enterIn(false))
    byId('mode-currency').addEventListener('click', () => this.#enterIn(true))
    byId('dry-run').addEventListener('click', () => this.#do('dryRun'))
    window.addEventListener('pagehide', () => entry.save())
    this.#small.addEventListener('change', () => this.refresh())
  }

  /** Where one begins: in the lines of a draft asked for, or an empty one's first field; one that merely stood here is offered. */
  start(): void {
    const { restoredAt, asked } = this.#options
    const isRestored = restoredAt !== undefined && !this.#entry.isEmpty && !asked
    this.refresh()
    if (isRestored) {
      const goOn = () => {
        this.#showNotice(undefined)
        this.#grid.focus()
      }
      const answers = [
        { key: 'goOn', does: goOn },
        { key: 'beginNew', does: () => void this.#beginNew() },
      ] as const
      this.#showNotice({ level: undefined, key: 'restored', params: { time: timeOf(restoredAt) }, answers })
    }
    const isElsewhere = document.activeElement !== document.body && document.activeElement !== null
    if (this.#small.matches || isRestored || isElsewhere) return
    if (asked) this.#grid.select(0, 'account')
    else this.#header.focus('type')
  }

  begin(): void {
    this.refresh()
    if (this.#small.matches) return
    this.#grid.select(0, 'account')
    this.#ahead.begun()
  }

  /** What waited is judged: the rows in sight may stand as they are drawn. */
  judged(before: Verdict): void {
    this.refresh(this.#grid.standsAfter(before))
  }

  refresh(gridStands = false): void {
    const entry = this.#entry
    if (this.#draft !== entry.link.known.draft) {
      this.#draft = entry.link.known.draft
      this.#people.forget()
      this.#people.show(this.#draft)
      this.draftChanged()
    }
    this.#choices.useType()
    const small = this.#small.matches
    byId('lines').hidden = !small
    document.querySelector<HTMLElement>('.hb-sheet')!.hidden = small
    byId('rest').hidden = small
    if (small) this.#lines.refresh()
    else if (!gridStands) this.#grid.refresh()
    const shown = this.#shown()
    this.#header.refresh(shown)
    this.#work.documents?.refresh(shown)
    this.#showPasted()
    showHeading(entry)
    showKept(entry)
    this.#showVoucher(shown)
  }

  #showPasted(): void {
    const at = this.#pasting.takenBack()
    if (at) this.#pasted = undefined
    showPasted(byId('pasted'), this.#pasted, {
      entry: this.#entry,
      answer: (of, value) => this.#show(this.#pasting.answer(of, value)),
      undo: () => this.#closePasted(() => this.#pasting.undo()),
      asOne: () => this.#closePasted(() => this.#pasting.asOne()),
      close: () => this.#closePasted(() => {}),
    })
    if (at && !this.#small.matches) this.#grid.select(at.row, at.field)
  }

  /** What hangs on the cell and voucher one is in: its cure, its entries, and what it lacks. */
  #showVoucher(shown = this.#shown()): void {
    const voucher = this.#voucher()
    showIssues(byId('issues'), shown, this.#here()[0], this.#entry, {
      locale: this.#locale,
      columnTitle: (field) => this.#columnTitle(field),
      goTo: (placed) => this.#goTo(placed),
      fix: (placed, way) => cure(placed, this.#work, way),
    })
    showEntries(byId('entry-table'), voucher, this.#entry)
    showTried(this.#entry, voucher)
    showRest(byId('rest'), this.#grid, this.#entry, voucher, {
      run: (command) => this.#do(command),
      sides: this.#wanted.all.sides === true,
      setSides: (sides) => this.#wanted.setSides(sides),
      clear: (postedOnly) => this.#clear(postedOnly),
    })
  }

  tell(notice: Notice): void {
    const makeNew = () => {
      this.#entry.makeNew()
      this.#showNotice(undefined)
      this.#grid.focus()
    }
    this.#showNotice(notice.offersNew ? { ...notice, answers: [{ key: 'makeNew', does: makeNew }] } : notice)
  }
  #showNotice(notice: Notice | undefined): void {
    showNotice(notice, { locale: this.#locale, vouchersPath: this.#options.vouchersPath, stays: this.#ahead.isKeeping })
  }

  /** What others wrote or posted is on the desk now. The cell one is in stays the one one is in. */
  taken(before: Desk, answer: DraftAnswer): void {
    const { key = '' } = before.rows[this.#at.row] ?? BLANK
    const row = key === '' ? -1 : this.#entry.desk.rows.findIndex((other) => other.key === key)
    if (row >= 0) this.#grid.follow(row)
    const notice = draftNews(before, this.#entry, answer, this.#options.user)
    if (!notice) return
    const restore = () => void restoreDraft(this.#entry).then(() => this.#showNotice(undefined))
    const isDeleted = notice.key === 'draftDeleted' || notice.key === 'draftDeletedOwn'
    const answers = isDeleted
      ? [{ key: 'restoreDraft', does: restore } as const]
      : [{ key: 'beginNew', does: () => void this.#beginNew() } as const]
    this.#showNotice({ ...notice, answers })
  }

  showKept(): void {
    showKept(this.#entry)
  }

  /** Something happened in the company. */
  hear(message: LiveMessage): void {
    const entry = this.#entry
    this.#people.hear(message, entry.link.known.draft)
    this.#people.show(entry.link.known.draft)
    if (isAbout(entry, message)) entry.link.hurry()
  }

  /** The draft goes to the others in the list, and an empty one stands here; not before the list has all that is not posted. */
  async #beginNew(anyhow = false): Promise<void> {
    const stays = !anyhow && this.#entry.open.length > 0 && !(await this.#entry.link.leave())
    const answers = [{ key: 'beginAnyhow' as const, does: () => void this.#beginNew(true) }]
    if (stays) return this.#showNotice({ level: 'warning', key: 'beginNewAway', answers })
    this.#showNotice(undefined)
    this.#pasted = undefined
    this.#entry.startNext()
    if (!this.#small.matches) this.#header.focus('type')
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
      templates: () => entry.templates,
      licenceKey: this.#options.licenceKey,
      known: (text, come) => entry.known.options(text, entry, come),
      takeKnown: (row, voucher, typed) => void entry.known.take(entry, row, voucher, typed),
      items: entry.items,
      desk: () => entry.desk,
      isBusy: () => entry.busy,
      verdict: () => entry.verdict,
      layout: (room) =>
        layoutOf(entry.desk, entry.court.books, this.#locale, this.#wanted.all, room, this.#choices.definition),
      moveColumn: (from, to) => this.#choices.move(from, to),
      widenColumn: (field, width) => this.#choices.widen(field, width),
      level: (placed) => entry.level(placed),
      freshBy: (row, field) => {
        const fresh = entry.fresh.get(entry.desk.rows[row]?.key ?? '')
        return fresh?.fields.has(field === 'debit' || field === 'credit' ? 'amount' : field) ? fresh.name : undefined
      },
      status: (row) => statusOf(entry, row),
      lock: (row, col) => {
        const column = this.#grid?.columns[col]
        if (!column) return undefined
        return entry.busy ? 'posting' : lockOf(entry.desk.rows[row] ?? BLANK, column, entry.court.books)
      },
      edit: (edits) => this.#edit(edits),
      mayMake: this.#options.mayMake,
      make: (row, making) => makeFor(row, making, this.#work),
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
    const { hasFocus: inGrid, isEditing, columns } = this.#grid
    const isWriting = isEditing || (!inGrid && (event.target as HTMLElement).matches('input, textarea'))
    const where = { inGrid, isWriting, mayBeText: columns.find((c) => c.field === this.#at.field)?.kind === 'text' }
    const command = commandOf(event, where, this.#choices.keys)
    if (this.#ahead.keep(event, commandOf(event, { ...where, inGrid: true }, this.#choices.keys)) || !command) return
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
    this.#entry.noteSeen(this.#entry.desk.rows[row]?.key ?? '')
    this.#at = { row, field }
    const fault = this.#here().find((p) => this.#entry.level(p) !== undefined)
    this.#say(fault?.message ?? this.#explained(), fault !== undefined) // a fault is seen in the list beside it, heard here
    queueMicrotask(() => this.#showVoucher()) // after the grid has drawn its selection
  }

  #explained(): string {
    const column = this.#grid.columns.find((c) => c.field === this.#at.field)
    const row = this.#entry.desk.rows[this.#at.row] ?? BLANK
    const lock = column && lockOf(row, column, this.#entry.court.books)
    if (lock && lock !== 'status') return entryText(this.#locale, lock, { voucher: row.posted })
    return column?.kind === 'account' && isBlank(row) ? entryText(this.#locale, 'supplierHint') : ''
  }

  #say(text: string, isSpoken = false): void {
    byId('cell-says').textContent = said(text)
    byId('cell-says').classList.toggle('hb-spoken', isSpoken)
  }

  #goTo(placed: Placed): void {
    const { row, field } = placed.row < 0 && placed.field === 'lines' ? lineToWrite(this.#entry.desk) : placed
    if (row >= 0) this.#grid.select(row, this.#grid.fieldOf(field))
    else if (field === 'documents') this.#work.documents?.focus()
    else this.#header.focus(field)
  }

  #show(outcome: Outcome | undefined, noticeStays = false): void {
    if (!outcome) return
    if ('tooMany' in outcome) {
      this.tell({ level: 'error', key: 'tooManyRows', params: { n: outcome.tooMany, max: MOST_ROWS } })
      return
    }
    this.#pasted = outcome.pasted
    if (!noticeStays) this.#showNotice(undefined)
    this.#showPasted() // the desk itself was shown when it changed
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
    this.#showNotice(undefined)
    if (!postedOnly || entry.open.length === 0) entry.clear()
    else entry.settle({ ...entry.desk, rows: entry.desk.rows.filter((row) => !row.posted) })
    this.#grid.select(0, 'account')
  }

  #enterIn(currency?: boolean): void {
    this.#wanted.enterIn(currency)
    this.#grid.focus()
  }

  /** Every issue with how loudly it is shown; what is unfinished is listed until posting is asked for. */
  #shown(): Shown[] {
    const inOrder = this.#ordered.of(this.#entry.verdict, () => this.#fields())
    return inOrder.flatMap((placed): Shown[] => {
      const level = this.#entry.level(placed)
      if (level) return [{ ...placed, shown: level }]
      // The line one is writing is not nagged about.
      return placed.row === this.#at.row && this.#grid.hasFocus ? [] : [{ ...placed, shown: 'unfinished' }]
    })
  }

  #here(): readonly Placed[] {
    const { row, field } = this.#at
    const own = field === 'debit' || field === 'credit' ? 'amount' : field === 'accountName' ? 'account' : field
    return this.#entry.verdict.cells.get(row)?.get(own) ?? []
  }

  readonly #voucher = (): VoucherVerdict | undefined =>
    this.#entry.verdict.voucherAt.get(this.#at.row) ?? this.#entry.verdict.vouchers[0]
  readonly #fields = (): readonly string[] => this.#grid.columns.map((column) => column.field)
  #columnTitle(field: string): string {
    const column = this.#grid.columns.find((c) => c.field === this.#grid.fieldOf(field))
    if (column) return column.title
    const dimension = this.#entry.court.books.dimensions.get(field.replace('dimensions/', ''))
    return dimension ? nameOf(dimension, this.#locale) : columnTitle(field, this.#locale)
  }
}
