import { voucherName } from '#i18n/format.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { idOf, type VoucherId } from '#worker/core/ids.ts'
import type { Issue } from '#worker/core/problem.ts'
import type { DraftAnswer } from '#worker/drafts/draft-answer.ts'
import type { TriedAnswer } from '#worker/ledger/job.ts'
import type { ColumnLayout } from '#worker/screens/screen-layout.ts'
import { type Desk, emptyDesk, type Header, isEmptyDesk, withIds, withRoom } from '#worker/sheets/sheet.ts'
import type { Template } from '#worker/templates/template.ts'
import { Arriving, until } from './arriving.ts'
import { correctionOn, tryCorrection } from './correction.ts'
import { withPlaces } from './draft-cells.ts'
import { DraftLink } from './draft-link.ts'
import type { DraftStore } from './draft-store.ts'
import { type Fresh, type Known, newDraft, type Received, withDifference, withPosted } from './draft-sync.ts'
import type { Setting } from './edit.ts'
import { type History, noHistory, redone, remembered, undone } from './history.ts'
import type { Bookings } from './hold-to-shown.ts'
import { type Court, judge, judgeOn, type Memory, type Placed, type Verdict, type VoucherVerdict } from './judge.ts'
import { KnownTexts } from './known-texts.ts'
import { OpenItems } from './open-items.ts'
import { inRequests, type Line, type TriedVouchers, tryVouchers } from './send.ts'

const BYTES = 17
let chance = new Uint8Array(0)
let used = 0
/** Random bytes of one id, taken from many that were asked for at once: a pasted list needs thousands. */
function random(): Uint8Array {
  if (used === chance.length) {
    chance = crypto.getRandomValues(new Uint8Array(BYTES * 256))
    used = 0
  }
  used += BYTES
  return chance.subarray(used - BYTES, used)
}
export const newId = (): VoucherId => idOf('vch', random())
export const newDraftId = (): string => idOf('dra', random())
/** This window's own beginning of the keys it makes, so that no two windows make the same. */
const session = idOf('r', random()).slice(2, 14)
let made = 0
/** Of a row in a draft: no two of one draft are the same. */
export const newKey = (): string => session + (made++).toString(36)

/** How long one pauses before what was typed is tried against the server, in milliseconds. */
const PAUSE_MS = 200
const LONG_PAUSE_MS = 1_000
/** A draft of so many rows is saved when one pauses, not at every change. */
const SAVED_AT_ONCE = 400
/** Tries remembered. */
const MOST_TRIES = 4_000
/** Rows judged before a change is shown: more than fit on a screen. The rest of a long list follows in slices. */
const JUDGED_AT_ONCE = 200
const JUDGED_IN_A_SLICE = 1_000

/** `ledgerVersion`: the ledger it was tried against; none for what a refused posting said. */
export type Tried = {
  issues: readonly Issue[]
  ledgerVersion?: number
  /** The try it was ready in: its token speaks for all `n` that were ready in it. */
  together?: { token: string; n: number } | undefined
  /** What it would be booked as, where it was ready. */
  booked?: Bookings | undefined
  /** It is in the ledger already, exactly so. */
  posted?: boolean
  /** What balance accounts and parties would stand at afterwards, in øre. */
  balances?: TriedAnswer['balancesAfter']
}

/** The draft one works on: what stands on the desk, what the rules and the server say of it, and where it is kept. */
export class Entry {
  desk: Desk
  court: Court
  readonly line: Line
  readonly today: IsoDate
  readonly #store: DraftStore
  readonly #changed: () => void
  readonly #linked: () => void
  readonly #judged: (before: Verdict) => void
  verdict: Verdict & { memory: Memory }
  /** One has asked for posting: from now on what is missing is an error. */
  attempted = false
  /** Being sent: nothing may change meanwhile. */
  busy = false
  /** Ids that were sent, and had no answer. */
  sending: readonly string[] = []
  /** When the books were read, in UTC, where there is no network and they are as this machine had them. */
  booksKeptAt: string | null = null
  /** When this machine last kept it. */
  savedAt: string | undefined
  isKept = true
  /** The draft on the server. */
  readonly link: DraftLink
  readonly items: OpenItems
  readonly arriving = new Arriving(this)
  /** Vouchers of texts that were used before. */
  readonly known: KnownTexts
  /** What others have just written, until one has seen it. */
  fresh: Fresh = new Map()
  /** What is filled in or repeated on a new line. */
  columns: readonly ColumnLayout[] = []
  /** What a key typed in the text cell unfolds into. */
  templates: readonly Template[] = []
  /** Whether one is in the middle of a cell. */
  isEditing: () => boolean = () => false
  #history: History<Desk> = noHistory()
  readonly #tried = new Map<string, Tried>()
  /** Differences between what was shown and what would be booked that one has been told, by content. */
  readonly told = new Map<string, string>()
  /** Reads what the company's rules are now. */
  renewBooks: () => Promise<void> = async () => {}
  /** Hears which version the ledger is at, when something is posted. */
  atVersion: (version: number) => void = () => {}
  #trying: AbortController | undefined
  isTrying = false
  #tryTimer: ReturnType<typeof setTimeout> | undefined
  #saveTimer: ReturnType<typeof setTimeout> | undefined
  #judgeTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: {
    court: Court
    line: Line
    today: IsoDate
    store: DraftStore
    header: Header
    changed: () => void
    /** What others wrote was put on the desk; before, it was so. */
    taken?: (before: Desk, answer: DraftAnswer) => void
    /** Where the draft is kept has changed, and nothing on the desk. */
    linked?: () => void
    /** What waited is judged now; nothing on the desk has changed. */
    judged?: (before: Verdict) => void
    /** Who writes here, for those who write in the same cell. */
    name?: string
    /** The draft that was asked for, as the server has it. */
    opened?: { desk: Desk; known: Known }
  }) {
    this.court = options.court
    this.line = options.line
    this.today = options.today
    this.items = new OpenItems(options.line, options.changed)
    this.known = new KnownTexts(options.line)
    this.#store = options.store
    this.#changed = options.changed
    this.#linked = () => options.linked?.()
    this.#judged = options.judged ?? options.changed
    const kept = options.store.kept
    const from = kept ?? options.opened
    this.desk = from?.desk ?? emptyDesk(newId(), options.header)
    this.link = new DraftLink(
      {
        line: this.line,
        name: options.name ?? '',
        desk: () => this.desk,
        // A long list is judged first: one waits for that, and not for the sending.
        isBusy: () => this.busy || this.verdict.waiting > 0,
        calm: () => this.calm(),
        take: (received, answer) => this.#take(received, answer, options.taken),
        changed: () => this.#linked(),
      },
      from?.known ?? newDraft(newDraftId()),
    )
    this.sending = kept?.sending ?? []
    this.savedAt = kept?.at
    this.verdict = this.#judge()
    this.#tryLater()
  }

  get setting(): Setting {
    return { books: this.court.books, today: this.today, columns: this.columns, templates: this.templates }
  }
  get isEmpty(): boolean {
    return isEmptyDesk(this.desk)
  }
  /** Vouchers still to be posted. */
  get open(): readonly VoucherVerdict[] {
    return this.verdict.vouchers.filter(({ group }) => !group.posted)
  }
  get isReady(): boolean {
    if (this.verdict.waiting > 0 || this.open.length === 0) return false
    return this.open.every((v) => v.ready && !this.#hasServedError(v))
  }

  /** Puts another state on the desk, and keeps the one before for undo. */
  change(next: Desk, remember = true): void {
    if (this.busy || next === this.desk) return
    const before = this.desk
    const isEmptied = isEmptyDesk(next) && !isEmptyDesk(before)
    this.#put(isEmptied && this.sending.length === 0 ? withoutIds(next) : next)
    if (remember) this.#history = remembered(this.#history, before, this.desk)
  }
  undo(): void {
    const back = undone(this.#history, this.desk, withDifference)
    if (!back || this.busy) return
    this.#history = back.history
    this.#put(back.state)
  }
  redo(): void {
    const on = redone(this.#history, this.desk, withDifference)
    if (!on || this.busy) return
    this.#history = on.history
    this.#put(on.state)
  }
  /** What was done to this desk is taken back, and can be done again. */
  isBack(to: Desk): boolean {
    return this.#history.future.some(({ before }) => before === to)
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0
  }

  /** An empty desk for the next voucher, with type and date kept. What was posted cannot be undone. */
  startNext(): void {
    this.#history = noHistory()
    this.known.forget()
    this.attempted = false
    this.fresh = new Map()
    this.link.begin(newDraftId())
    this.#put(this.#nextDesk())
  }
  #nextDesk(): Desk {
    const { type, voucherDate } = this.desk.header
    return emptyDesk(newId(), { type, voucherDate, documentDate: '', text: '', reason: '' })
  }

  /** The same lines as another voucher than the one that was sent. */
  makeNew(): void {
    const rows = this.desk.rows.map((row) => (row.posted ? { ...row, posted: '' } : row))
    this.change({ ...this.desk, id: newId(), rows })
  }
  /** Vouchers of a pasted list that are in the ledger already. */
  get postedBefore(): readonly VoucherVerdict[] {
    return this.open.filter((voucher) => this.triedOf(voucher)?.posted)
  }
  /** They are to be vouchers of their own all the same. */
  makeNewOfPosted(): void {
    const ids = new Map(this.postedBefore.map(({ group }) => [group.id, newId()]))
    const rows = this.desk.rows.map((row) => ({ ...row, id: ids.get(row.id as VoucherId) ?? row.id }))
    this.change({ ...this.desk, id: ids.get(this.desk.id) ?? this.desk.id, rows })
  }

  /** Puts away what stands here, to begin anew; it can be undone, unless some of it is posted. */
  clear(): void {
    if (this.busy) return
    if (this.desk.rows.some((row) => row.posted)) this.startNext()
    else {
      this.attempted = false
      this.change(this.#nextDesk())
    }
  }

  /** What posting did to the desk; there is no way back over it. */
  settle(next: Desk): void {
    this.#history = noHistory()
    this.known.forget()
    this.#put(next)
  }

  judgeAgain(): void {
    this.verdict = this.#judge(this.verdict.memory)
    this.#changed()
  }
  /** What still waits is judged now: somebody asks for all of it. */
  judgeAll(): void {
    if (this.verdict.waiting === 0) return
    this.verdict = this.#judge(this.verdict.memory, Number.POSITIVE_INFINITY)
    this.#changed()
  }
  useBooks(court: Court): void {
    this.court = court
    this.judgeAgain()
  }

  level(placed: Placed): 'error' | 'warning' | undefined {
    if (placed.level !== 'unfinished') return placed.level
    return this.attempted ? 'error' : undefined
  }

  /** What the server said of a voucher as it stands; undefined when it has not been asked. */
  triedOf(voucher: VoucherVerdict): Tried | undefined {
    return this.#tried.get(voucher.content)
  }
  noteIssues(content: string, tried: Tried): void {
    if (this.#tried.size > MOST_TRIES) this.#tried.clear()
    this.#tried.set(content, tried)
  }

  /** Tries against the server what has not been tried as it stands. Ends without a word when there is no answer. */
  async tryNow(): Promise<void> {
    clearTimeout(this.#tryTimer)
    this.#trying?.abort()
    const trying = new AbortController()
    this.#trying = trying
    if (this.verdict.waiting > 0) return // tried when all of it is judged
    const wanted = this.open.filter(
      (v) => !this.triedOf(v) && hasLine(v) && (this.desk.mode === 'voucher' || v.judgement.ok),
    )
    this.isTrying = wanted.length > 0
    for (const request of inRequests(wanted)) {
      const answer = await this.tryTogether(request, trying.signal)
      if (trying.signal.aborted) return
      if (!answer) break
    }
    this.isTrying = false
    if (wanted.length > 0) this.#changed()
  }

  /** Tries vouchers in one request, and keeps what the server said of each. Undefined when there is no answer. */
  async tryTogether(vouchers: readonly VoucherVerdict[], signal?: AbortSignal): Promise<TriedVouchers | undefined> {
    const drafts = vouchers.map(({ draft }) => draft)
    const correction = correctionOn(this.desk)
    const sent = correction
      ? await tryCorrection(this.line, correction, drafts[0], signal)
      : await tryVouchers(this.line, drafts, signal)
    if (signal?.aborted || sent.kind !== 'done') return undefined
    const { ledgerVersion, dryRunToken, vouchers: tried } = sent.answer
    const n = tried.filter(({ status }) => status === 'ready').length
    const together = dryRunToken ? { token: dryRunToken, n } : undefined
    if (this.#tried.size + tried.length > MOST_TRIES) this.#tried.clear() // before, so that those of one try stay together
    vouchers.forEach(({ content }, i) => {
      const { status, issues = [], entries = [], schedules: plans = [], balancesAfter: balances = [] } = tried[i] ?? {}
      this.noteIssues(content, {
        issues: atRoot(issues),
        ledgerVersion,
        ...(status === 'ready' && { together, booked: { entries, plans } }),
        balances,
        posted: status === 'posted',
      })
    })
    this.judgeAgain()
    return sent.answer
  }

  save(): void {
    clearTimeout(this.#saveTimer)
    if (this.isEmpty && this.sending.length === 0) {
      this.#store.drop()
      this.savedAt = undefined
      return
    }
    const at = new Date().toISOString()
    this.isKept = this.#store.save({ at, desk: this.desk, sending: this.sending, known: this.link.known })
    if (this.isKept) this.savedAt = at
  }

  /** What others wrote in a row has been seen. */
  noteSeen(key: string): void {
    if (!this.fresh.has(key)) return
    this.fresh = new Map([...this.fresh].filter(([other]) => other !== key))
  }

  /** Nothing is sent, and nobody is in the middle of a cell. */
  calm(): Promise<void> {
    return until(() => !this.busy && !this.isEditing())
  }

  #take(
    { desk, fresh }: Received,
    answer: DraftAnswer,
    taken: ((before: Desk, answer: DraftAnswer) => void) | undefined,
  ): void {
    const before = this.desk
    const names = new Map(answer.posted.map((voucher) => [voucher.id, voucherName(voucher)]))
    const next = withPosted(desk, names)
    if (fresh.size > 0) this.fresh = new Map([...this.fresh, ...fresh])
    if (next !== before) this.#put(next)
    else this.#saveSoon()
    taken?.(before, answer)
  }

  /** A long draft is kept when one pauses, not at every change. */
  #saveSoon(): void {
    if (this.desk.rows.length <= SAVED_AT_ONCE) this.save()
    else {
      clearTimeout(this.#saveTimer)
      this.#saveTimer = setTimeout(() => {
        if (this.verdict.waiting > 0) return this.#saveSoon()
        this.save()
        this.#linked()
      }, PAUSE_MS)
    }
  }

  #put(next: Desk): void {
    this.desk = withPlaces(withIds({ ...next, rows: withRoom(next.rows) }, newId), newKey)
    this.link.noteChange()
    this.verdict = this.#judge(this.verdict.memory)
    this.#saveSoon()
    this.#tryLater()
    this.#changed()
  }

  #judge(before?: Memory, most = JUDGED_AT_ONCE): Verdict & { memory: Memory } {
    clearTimeout(this.#judgeTimer)
    const verdict = judge(this.desk, this.court, this.#served, before, most)
    if (verdict.waiting > 0) this.#judgeLater(verdict.memory)
    return verdict
  }
  /** In slices, so that what one sees and types is never held up by what one does not see. */
  #judgeLater(memory: Memory): void {
    this.#judgeTimer = setTimeout(() => {
      if (judgeOn(this.desk, this.court, memory, JUDGED_IN_A_SLICE) > 0) return this.#judgeLater(memory)
      const before = this.verdict
      this.verdict = this.#judge(memory)
      this.#tryLater()
      this.#judged(before)
    })
  }

  #tryLater(): void {
    clearTimeout(this.#tryTimer)
    this.#trying?.abort()
    this.#tryTimer = setTimeout(
      () => void this.tryNow(),
      this.desk.rows.length > SAVED_AT_ONCE ? LONG_PAUSE_MS : PAUSE_MS,
    )
  }

  readonly #served = (voucher: VoucherVerdict): readonly Issue[] | undefined =>
    this.#tried.size === 0 ? undefined : this.triedOf(voucher)?.issues

  #hasServedError(voucher: VoucherVerdict): boolean {
    return this.triedOf(voucher)?.issues.some((issue) => issue.severity === 'error') ?? false
  }
}

/** What is written on an emptied desk is nothing that stood there: it has ids of its own. */
const withoutIds = (desk: Desk): Desk => ({
  ...desk,
  id: newId(),
  rows: desk.rows.map((row) => (row.id === '' ? row : { ...row, id: '' })),
})

const hasLine = ({ draft }: VoucherVerdict): boolean =>
  (draft.lines as { account: string; amount?: number }[]).some(
    (line) => line.account !== '' && line.amount !== undefined,
  )

/** In an answer to several, issues point at `#/vouchers/3/lines/…`; here each voucher stands for itself. */
export const atRoot = (issues: readonly Issue[]): Issue[] =>
  issues.map((issue) => ({
    ...issue,
    pointer: issue.pointer.replace(/^#\/vouchers\/\d+/, '#'),
    ...(issue.fix && { fix: { ...issue.fix, pointer: issue.fix.pointer.replace(/^#\/vouchers\/\d+/, '#') } }),
  }))
