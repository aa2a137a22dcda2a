import { entryText } from '#i18n/entry-text.ts'
import { type Locale, whole } from '#i18n/format.ts'
import { connectClipboard } from './clipboard.ts'
import { layoutOf, lockOf } from './columns.ts'
import { cured, inReadingOrder, nextIssue, takenRest } from './desk-actions.ts'
import { type Edit, edited, filledDown, withCopyOf, withoutRows, withRowAt } from './edit.ts'
import { byId, h } from './element.ts'
import { showEntries } from './entries-view.ts'
import type { Entry } from './entry.ts'
import type { GridPort } from './grid-port.ts'
import { GridView, type Range } from './grid-view.ts'
import { columnTitle, HeaderView } from './header-view.ts'
import { type Shown, showIssues } from './issues-view.ts'
import type { Placed, VoucherVerdict } from './judge.ts'
import { addToKeyMap, type Command, commandOf } from './keys.ts'
import { LinesView } from './lines-view.ts'
import { type Pasted, showPasted } from './pasted-view.ts'
import { MOST_ROWS, type Outcome, Pasting } from './pasting.ts'
import { type Notice, type PostingPort, post, statusOf } from './posting.ts'
import { showRest } from './rest-view.ts'
import { nameOf } from './search.ts'
import { BLANK, type Header, isBlank } from './sheet.ts'
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
  readonly #small = matchMedia('(max-width: 699px)')
  #pasted: Pasted | undefined
  #sides = localStorage.getItem(SIDES) === 'yes'
  #at: { row: number; field: string } = { row: 0, field: 'account' }
  #said = ''

  constructor(entry: Entry, options: Options) {
    this.#entry = entry
    this.#options = options
    this.#locale = entry.court.locale
    byId('grid-loading').remove()
    this.#header = new HeaderView({
      get books() {
        return entry.court.books
      },
      locale: this.#locale,
      today: entry.today,
      header: () => entry.desk.header,
      change: (header) => this.#changeHeader(header),
      leave: () => this.#grid.focus(),
    })
    this.#grid = new GridView(byId('voucher-grid'), this.#gridPort())
    this.#pasting = new Pasting(entry, () => this.#grid.columns.map((column) => column.field))
    this.#lines = new LinesView(byId('lines'), {
      ...this.#gridPort(),
      books: entry.court.books,
      removeLine: (row) => entry.change(withoutRows(entry.desk, row, row)),
    })
    connectClipboard(this.#grid, {
      textOf: (range) => this.#textOf(range),
      copied: (text) => {
        this.#pasting.ownCopy = text
      },
      edit: (edits) => this.#edit(edits),
      paste: (text, at) => this.#show(this.#pasting.paste(text, at)),
    })
    document.addEventListener('keydown', (event) => this.#key(event), { capture: true })
    byId('post').addEventListener('click', () => this.#run('post'))
    byId('dry-run').addEventListener('click', () => this.#run('dryRun'))
    window.addEventListener('pagehide', () => entry.save())
    this.#small.addEventListener('change', () => this.refresh())
    addToKeyMap(this.#locale)
  }

  /** Where one begins: in the lines of a draft that was kept, else in the first field. */
  begin(): void {
    if (this.#entry.sending.length > 0) return this.refresh()
    const { restoredAt } = this.#options
    if (restoredAt && !this.#entry.isEmpty) {
      this.tell({ level: undefined, key: 'restored', params: { time: timeOf(restoredAt) } })
      this.#options.restoredAt = undefined
    }
    this.refresh()
    if (this.#small.matches) return
    if (this.#entry.isEmpty && restoredAt === undefined && !this.#said) this.#header.focus('type')
    else this.#grid.select(0, 'account')
    this.#said = 'begun'
  }

  refresh(): void {
    const { verdict, desk } = this.#entry
    const small = this.#small.matches
    byId('lines').hidden = !small
    document.querySelector<HTMLElement>('.hb-sheet')!.hidden = small
    byId('rest').hidden = small
    if (small) this.#lines.refresh()
    else this.#grid.refresh()
    const shown = this.#shown()
    const needsReason = verdict.vouchers.some((v) =>
      v.judgement.issues.some((i) => i.params?.reason === 'reason-needed'),
    )
    this.#header.refresh(
      shown.filter((p): p is Shown & { shown: 'error' | 'warning' } => p.row < 0 && p.shown !== 'unfinished'),
      needsReason,
    )
    const voucher = this.#voucher()
    showEntries(byId('entry-table'), voucher, this.#entry.court.books, this.#locale)
    showIssues(byId('issues'), shown, this.#placedHere()[0], this.#entry.isReady, {
      locale: this.#locale,
      columnTitle: (field) => this.#columnTitle(field),
      goTo: (placed) => this.#goTo(placed),
      fix: (placed) => this.#cure(placed),
    })
    showRest(byId('rest'), this.#grid, this.#entry, voucher, this.#locale, {
      run: (command) => this.#run(command),
      sides: this.#sides,
      setSides: (sides) => this.#setSides(sides),
      clear: (posted) => this.#clear(posted),
    })
    showPasted(byId('pasted'), this.#pasted, {
      locale: this.#locale,
      answer: (of, value) => this.#show(this.#pasting.answer(of, value)),
      undo: () => this.#closePasted(() => this.#pasting.undo()),
      asOne: () => this.#closePasted(() => this.#pasting.asOne()),
      close: () => this.#closePasted(() => {}),
    })
    this.#showHeading(desk.mode === 'sheet' ? verdict.vouchers.length : 1)
    this.#showTried(voucher)
    this.#showDraft()
  }

  tell({ level, key, params, vouchers = [], signIn }: Notice): void {
    const text = entryText(this.#locale, key, params)
    const { vouchersPath } = this.#options
    const links = vouchers.map(({ id, name }) => h('a', { href: `${vouchersPath}/${id}`, target: '_blank' }, name))
    const [before, after] = links.length === 1 ? split(text, vouchers[0]!.name) : [text, '']
    const signInLink =
      signIn && h('a', { href: `/?return=${encodeURIComponent(location.pathname)}` }, entryText(this.#locale, 'signIn'))
    byId('entry-notices').replaceChildren(
      h(
        'div',
        { class: 'hb-notice', 'data-level': level, 'data-told': key },
        before,
        ...links,
        after,
        signInLink ? ' ' : undefined,
        signInLink || undefined,
      ),
    )
  }

  goToFirstFault(): void {
    const [first] = inReadingOrder(
      this.#shown().filter((p) => p.shown === 'error'),
      this.#fields(),
    )
    this.refresh()
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
      verdict: () => entry.verdict,
      layout: (room) => layoutOf(entry.desk, entry.court.books, this.#locale, this.#sides, room),
      level: (placed) => entry.level(placed),
      status: (row) => statusOf(entry, row),
      lock: (row, col) => {
        const column = this.#grid?.columns[col]
        return column && (entry.busy ? 'posting' : lockOf(entry.desk.rows[row] ?? BLANK, column, entry.court.books))
      },
      edit: (edits) => this.#edit(edits),
      paste: (text, at) => this.#show(this.#pasting.paste(text, at)),
      moved: (row, field) => this.#moved(row, field),
      leave: (way) => (way === 'back' ? this.#header.focus('text') : byId('post').focus()),
    }
  }

  #edit(edits: readonly Edit[]): void {
    const [only] = edits
    // `+` alone in the account of a voucher that balances: this one is done, on to the next (LED-07).
    if (edits.length === 1 && only!.field === 'account' && String(only!.value).trim() === '+' && this.#entry.isReady)
      return this.#run('post')
    this.#entry.change(edited(this.#entry.desk, edits, this.#entry.setting))
  }

  #changeHeader(header: Header): void {
    this.#entry.change({ ...this.#entry.desk, header })
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || document.querySelector('dialog[open]')) return
    const inGrid = this.#grid.hasFocus
    const target = event.target as HTMLElement
    const isWriting = this.#grid.isEditing || (!inGrid && target.matches('input, textarea'))
    const column = this.#grid.columns.find((c) => c.field === this.#at.field)
    const command = commandOf(event, { inGrid, isWriting, mayBeText: column?.kind === 'text' })
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    this.#grid.commit()
    this.#header.commit()
    this.#run(command)
  }

  #run(command: Command): void {
    const entry = this.#entry
    const { desk, setting } = entry
    const range: Range = this.#grid.selected() ?? { top: 0, bottom: 0, left: 0, right: 0 }
    switch (command) {
      case 'post':
        return void post(entry, this)
      case 'dryRun':
        return void entry.tryNow()
      case 'nextIssue':
      case 'previousIssue': {
        const found = inReadingOrder(this.#shown(), this.#fields())
        const loud = found.filter((p) => p.shown !== 'unfinished')
        const step = command === 'nextIssue' ? 1 : -1
        const next = nextIssue(loud.length > 0 ? loud : found, this.#grid.current(), this.#fields(), step)
        return next ? this.#goTo(next) : this.#say(entryText(this.#locale, 'issuesNone'))
      }
      case 'fix': {
        const cure =
          this.#placedHere().find((p) => p.fix) ?? inReadingOrder(this.#shown(), this.#fields()).find((p) => p.fix)
        return cure ? this.#cure(cure) : this.#say(entryText(this.#locale, 'noFix'))
      }
      case 'rest': {
        const done = takenRest(desk, range.top, entry.verdict, setting)
        if (!done) return this.#say(entryText(this.#locale, 'balanced'))
        entry.change(done.desk)
        return this.#grid.select(done.at.row, done.at.field)
      }
      case 'undo':
        return entry.undo()
      case 'redo':
        return entry.redo()
      case 'fillDown':
        return entry.change(
          filledDown(
            desk,
            range,
            this.#grid.columns
              .slice(range.left, range.right + 1)
              .filter((c) => c.kind !== 'computed')
              .map((c) => c.field),
            setting,
          ),
        )
      case 'copyLine':
        entry.change(withCopyOf(desk, range.top))
        return this.#grid.select(range.top + 1, this.#at.field)
      case 'insertLine': {
        const { voucher, id } = desk.rows[range.top] ?? BLANK
        return entry.change(withRowAt(desk, range.top, { ...BLANK, voucher, id }))
      }
      case 'deleteLine':
        return entry.change(withoutRows(desk, range.top, range.bottom))
      case 'otherPart':
        return this.#grid.hasFocus ? this.#header.focus('voucherDate') : this.#grid.focus()
      case 'explain':
        return this.#say(this.#explained() || entryText(this.#locale, 'supplierHint'))
      case 'help':
        return document.querySelector<HTMLDialogElement>('#key-map')?.showModal()
    }
  }

  #moved(row: number, field: string): void {
    this.#at = { row, field }
    const faults = this.#placedHere().filter((p) => this.#entry.level(p) !== undefined)
    this.#say(faults.length > 0 ? '' : this.#explained())
    // After the grid has drawn its selection.
    queueMicrotask(() => {
      const voucher = this.#voucher()
      showEntries(byId('entry-table'), voucher, this.#entry.court.books, this.#locale)
      this.#showTried(voucher)
      if (faults[0]) this.#say(faults[0].message)
    })
  }

  /** Why a cell is as it is, for one who wonders. */
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
    if (placed.row >= 0) return this.#grid.select(placed.row, this.#fieldInGrid(placed.field))
    if (placed.field !== 'lines') return this.#header.focus(placed.field)
    const { rows } = this.#entry.desk
    const last = rows.findLastIndex((row) => !isBlank(row))
    const open = last >= 0 && rows[last]!.amount === '' ? last : Math.min(last + 1, rows.length - 1)
    this.#grid.select(open, rows[open]?.account === '' ? 'account' : 'amount')
  }

  #cure(placed: Placed): void {
    if (!placed.fix) return
    this.#entry.change(cured(this.#entry.desk, placed.fix, this.#entry.verdict, this.#entry.setting))
    if (placed.fix.row >= 0) this.#grid.select(placed.fix.row, this.#fieldInGrid(placed.fix.field))
  }

  #show(outcome: Outcome | undefined): void {
    if (!outcome) return
    if ('tooMany' in outcome)
      return this.tell({ level: 'error', key: 'tooManyRows', params: { n: outcome.tooMany, max: MOST_ROWS } })
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
    this.#pasted = undefined
    byId('entry-notices').replaceChildren()
    if (!postedOnly || this.#entry.open.length === 0) this.#entry.clear()
    else this.#entry.settle({ ...this.#entry.desk, rows: this.#entry.desk.rows.filter((row) => !row.posted) })
    this.#grid.select(0, 'account')
  }

  #setSides(sides: boolean): void {
    this.#sides = sides
    localStorage.setItem(SIDES, sides ? 'yes' : 'no')
    this.refresh()
  }

  /** Every issue with how loudly it is shown; what is unfinished is listed until posting is asked for. */
  #shown(): Shown[] {
    const { verdict } = this.#entry
    const { row } = this.#at
    return inReadingOrder(verdict.placed, this.#fields()).flatMap((placed): Shown[] => {
      const level = this.#entry.level(placed)
      if (level) return [{ ...placed, shown: level }]
      // The line one is writing is not nagged about.
      return placed.row === row && this.#grid.hasFocus ? [] : [{ ...placed, shown: 'unfinished' }]
    })
  }

  #placedHere(): readonly Placed[] {
    const { row, field } = this.#at
    const money = field === 'debit' || field === 'credit' ? 'amount' : field === 'accountName' ? 'account' : field
    return this.#entry.verdict.cells.get(row)?.get(money) ?? []
  }

  #voucher(): VoucherVerdict | undefined {
    const { verdict } = this.#entry
    return verdict.voucherAt.get(this.#at.row) ?? verdict.vouchers[0]
  }
  #fields(): readonly string[] {
    return this.#grid.columns.map((column) => column.field)
  }
  #fieldInGrid(field: string): string {
    if (field !== 'amount' || !this.#sides) return field
    return 'debit'
  }
  #columnTitle(field: string): string {
    const column = this.#grid.columns.find((c) => c.field === field)
    if (column) return column.title
    const dimension = field.startsWith('dimensions/')
      ? this.#entry.court.books.dimensions.get(field.slice(11))
      : undefined
    return dimension ? nameOf(dimension, this.#locale) : columnTitle(field, this.#locale)
  }

  #textOf(range: Range): string {
    const { desk, verdict, court } = this.#entry
    const around = {
      books: court.books,
      locale: this.#locale,
      header: desk.header,
      verdict,
      status: (row: number) => statusOf(this.#entry, row),
    }
    const columns = this.#grid.columns.slice(range.left, range.right + 1)
    const lines: string[] = []
    for (let row = range.top; row <= range.bottom; row++)
      lines.push(columns.map((column) => copiedText(desk.rows[row] ?? BLANK, row, column, around)).join('\t'))
    return lines.join('\r\n')
  }

  #showHeading(vouchers: number): void {
    const { desk, court, isReady, open } = this.#entry
    const type = court.books.voucherTypes.get(desk.header.type)
    const heading =
      desk.mode === 'sheet'
        ? entryText(this.#locale, 'sheetHeading', { n: vouchers })
        : type
          ? entryText(this.#locale, 'draftHeading', { type: nameOf(type, this.#locale) })
          : entryText(this.#locale, 'pageTitle')
    byId('entry-heading').textContent = heading
    const button = byId('post')
    const some = desk.mode === 'sheet' && open.some((voucher) => voucher.ready)
    button.setAttribute('aria-disabled', String(this.#entry.busy || !(isReady || some)))
    const label =
      desk.mode === 'sheet'
        ? entryText(this.#locale, 'postMany', { n: open.filter((v) => v.ready).length })
        : entryText(this.#locale, 'post')
    button.querySelector('span')!.textContent = label
  }

  #showTried(voucher: VoucherVerdict | undefined): void {
    const tried = voucher && this.#entry.triedOf(voucher)
    byId('tried').textContent = tried?.ledgerVersion
      ? entryText(this.#locale, 'tried', { version: whole(tried.ledgerVersion, this.#locale) })
      : entryText(this.#locale, 'whileYouType')
  }

  #showDraft(): void {
    const footer = document.querySelector('.hb-bottom')
    if (!footer) return
    const { isKept, savedAt, isEmpty } = this.#entry
    const text = !isKept
      ? entryText(this.#locale, 'notSaved')
      : savedAt && !isEmpty
        ? entryText(this.#locale, 'saved', { time: timeOf(savedAt) })
        : entryText(this.#locale, 'emptyDraft')
    const mark = document.getElementById('draft-state') ?? h('span', { id: 'draft-state' })
    if (!mark.isConnected) footer.prepend(mark)
    if (mark.textContent !== text) mark.textContent = text
  }
}

const timeOf = (at: string): string => {
  const date = new Date(at)
  return date.toLocaleTimeString('nb-NO', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Oslo' })
}

function split(text: string, name: string): [before: string, after: string] {
  const at = text.indexOf(name)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + name.length)]
}
