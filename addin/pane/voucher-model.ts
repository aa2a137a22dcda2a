/// <reference types="office-js" />
import { Refused } from '../api/ledger-api.ts'
import { readPlace } from '../excel/active-place.ts'
import type { CellChange } from '../sheet/settle.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import { type Desk, inTurn, refreshBooks } from '../vouchers/desk.ts'
import type { PostResult } from '../vouchers/post-vouchers.ts'
import type { Judged } from '../vouchers/voucher-desk.ts'
import type { PaneHands } from './pane-hands.ts'

/** How often a sheet that changed while it was written is judged anew before the next change is waited for. */
const AGAIN = 3

/** The rules of the ledger and the sheet: read when a workbook has a voucher sheet, or is to have one. */
const parts = () => import('../vouchers/voucher-parts.ts')
/** Read when an account was typed. */
const usual = () => import('../vouchers/usual-vat-codes.ts')
/** Read beside the first judgement of the sheet: by the time one checks or posts they are there. */
const posting = () => import('../vouchers/posting-parts.ts')
/** Read when first needed: a workbook's sheet is made once. */
const making = async () => {
  const [sheet, columns] = await Promise.all([
    import('../excel/voucher-sheet.ts'),
    import('../vouchers/chosen-columns.ts'),
  ])
  return { ...sheet, ...columns }
}
/** Read when first needed: most vouchers are right, and are not undone. */
const undo = () => import('../vouchers/undo-vouchers.ts')
const goneParts = () => import('../vouchers/gone-vouchers.ts')
/** How long one waits after the last letter of a reason before the sheet is judged by it, in milliseconds. */
const SETTLE_MS = 300

/** The voucher sheet: made, judged, posted, corrected. */
export class VoucherModel {
  readonly #hands: PaneHands
  constructor(hands: PaneHands) {
    this.#hands = hands
  }

  /** Asks what became of what was sent without an answer, before anything else, and judges the sheet. */
  async opened(): Promise<void> {
    const desk = this.#hands.desk()
    if (!desk) return
    posting().catch(() => {}) // asked for again when they are needed
    const { askUnknown } = await parts()
    await askUnknown(desk).catch((error) => this.#hands.fail(error))
    this.#missing = undefined
    await this.look()
  }

  async insertSheet(): Promise<void> {
    const { run, state } = this.#hands
    await this.#hands.withDesk('insert', async (desk) => {
      const [{ columnsAsChosen, insertVoucherSheet, readChosenLayout }, { columnsOf, ownCaptions }] = await Promise.all(
        [making(), parts()],
      )
      const [chosen] = await Promise.all([readChosenLayout(desk.api, desk.binding.company), refreshBooks(desk)])
      const table = await run((context) =>
        insertVoucherSheet(context, {
          columns: columnsAsChosen(columnsOf(desk), chosen),
          frozen: chosen?.frozen,
          locale: state().locale,
          own: ownCaptions(desk),
          books: desk.books,
        }),
      )
      await this.turnTo(table)
    })
  }

  /** Another voucher sheet came to the front: the pane works on that one. */
  async turnTo(table: string): Promise<void> {
    const desk = this.#hands.desk()
    if (!desk || (desk.table === table && this.#hands.state().vouchers)) return
    const { turnTo } = await parts()
    await turnTo(desk, table)
    this.#hands.set({ result: undefined, checkedAt: undefined })
    await this.look()
  }

  /** Judges the sheet as it stands and shows it, without asking the server. `typed`: addresses the user wrote in. */
  async look(typed: readonly string[] = []): Promise<void> {
    const desk = this.#hands.desk()
    if (!desk) return
    const strict = this.#hands.state().checkedAt !== undefined
    await this.#lookInTurn(desk, strict, typed).catch((error) => this.#hands.fail(error))
  }
  #lookInTurn = (desk: Desk, strict: boolean, typed: readonly string[] = []): Promise<void> =>
    inTurn(desk, () => this.#look(desk, strict, typed))
  async #look(desk: Desk, strict: boolean, typed: readonly string[] = [], again = AGAIN): Promise<void> {
    const { readSheet, show } = await parts()
    const judged = await readSheet(desk, strict)
    if (!judged) {
      this.#hands.set({ vouchers: undefined })
      return this.#tellGone(desk, undefined)
    }
    const codes = typed.length > 0 ? (await usual()).usualVatCodes(judged.reading, typed, desk.books, desk.today()) : []
    const shown = await show(desk, judged, codes, [], strict)
    await this.#show(shown)
    await this.#tellGone(desk, shown)
    // The user typed or sorted while it was written, so what was written was taken back: the sheet still says nothing.
    if (shown.moved && again > 0) await this.#look(desk, strict, [], again - 1)
  }
  async #show(judged: Judged): Promise<void> {
    const { voucherView } = await parts()
    this.#hands.set({ vouchers: voucherView(judged) })
  }

  /** Posted vouchers whose rows were deleted, once for each that are; asked for again when something else changes. */
  async #tellGone(desk: Desk, judged: Judged | undefined): Promise<void> {
    const { missingIn } = await parts()
    const missing = (await missingIn(desk, judged)).join()
    if (missing === this.#missing) return
    this.#missing = missing
    // Where nobody answers they are told of with the next change.
    const forget = () => {
      this.#missing = undefined
      return undefined
    }
    const gone = missing === '' ? undefined : await (await goneParts()).goneVouchers(desk, judged).catch(forget)
    this.#hands.set({ gone: gone?.count ? gone : undefined })
    if (gone?.needsReason) this.#askReason()
  }
  #missing: string | undefined
  /** Annuls a voucher whose rows are gone. */
  annulGone = (id: string): Promise<void> =>
    this.#settleGone(async (desk) => {
      const annulled = await (await goneParts()).annulGone(desk, id)
      if (annulled) this.#clearReason()
      else if (annulled === false) this.#hands.set({ notice: { level: 'warning', key: 'stands' } })
    })
  /** Vouchers are to stand though their rows are gone: those, or all. */
  letStand = (ids?: ReadonlySet<string>): Promise<void> =>
    this.#settleGone(async (desk) => (await goneParts()).letStand(desk, ids))
  #settleGone = (work: (desk: Desk) => Promise<void>): Promise<void> =>
    this.#hands.withDesk('annul', async (desk) => {
      await work(desk).catch(this.#asksReason)
      this.#missing = undefined
      await this.#lookInTurn(desk, true)
    })

  /** Why one books in a month with a soft lock: vouchers that need it are judged with it. */
  explain(text: string): void {
    this.#hands.set({ reason: { text, asked: true } })
    clearTimeout(this.#explaining)
    this.#explaining = setTimeout(() => this.look(), SETTLE_MS)
  }
  #explaining: ReturnType<typeof setTimeout> | undefined
  #askReason = (): void => {
    const { set, state } = this.#hands
    set({ reason: { ...state().reason, asked: true } })
  }
  /** A reason is for what was done with it. */
  #clearReason = (): void => this.#hands.set({ reason: { text: '', asked: false } })
  #asksReason = (error: unknown): never => {
    const wants = error instanceof Refused && error.issues.some(({ params }) => params?.reason === 'reason-needed')
    if (wants) this.#askReason()
    throw error
  }

  async check(): Promise<void> {
    await this.#hands.withDesk('check', (desk) => this.#check(desk))
  }
  async #check(desk: Desk): Promise<void> {
    const { set, now } = this.#hands
    const { checkVouchers } = await posting()
    const checked = await checkVouchers(desk)
    if (!checked) return
    set({ result: undefined, checkedAt: new Date(now()).toISOString() })
    await this.#show(checked.judged)
    this.#missing = undefined // what was moved to a sheet of another kind may have been deleted there since
    await inTurn(desk, () => this.#tellGone(desk, checked.judged))
  }

  /** Whether all are to be posted at once, or none. */
  together(together: boolean): void {
    this.#hands.set({ together })
  }
  async post(): Promise<void> {
    const { set } = this.#hands
    await this.#hands.withDesk('post', async (desk, signal) => {
      const onProgress = (progress: { done: number; of: number }) => set({ busy: { what: 'post', progress } })
      try {
        const { postVouchers } = await posting()
        const { together } = this.#hands.state()
        const result = await postVouchers(desk, { signal, onProgress, together, ...this.#seen() })
        if (result) await this.#posted(result)
        else await this.look()
      } catch (error) {
        // What was tried is no longer what would be booked: it is tried again, so that the user sees what has changed.
        if (error instanceof Refused && error.code === 'dry-run/stale') await this.#check(desk).catch(() => {})
        throw error
      }
    })
  }
  /** The table that the user saw: nothing is done in another that came to the front. */
  #seen(): { table?: string } {
    const table = this.#hands.state().vouchers?.table
    return table === undefined ? {} : { table }
  }
  async #posted(result: PostResult): Promise<void> {
    const { set, now, newest } = this.#hands
    newest(Math.max(0, ...result.posted.map((v) => v.sent!.name!.ledgerVersion)))
    set({ result: { ...result, at: new Date(now()).toISOString() }, checkedAt: undefined })
    await this.#show(result.judged)
    if (result.posted.length > 0 && result.refused.length + result.unknown.length === 0) this.#clearReason()
    if (result.tooMany) set({ notice: { level: 'error', key: 'tooMany' } })
    if (result.stopped !== undefined) this.#hands.fail(result.stopped)
  }
  /** Back from what was posted to the sheet. */
  toSheet(): void {
    this.#hands.set({ result: undefined })
  }

  async correct(vouchers: readonly SheetVoucher[]): Promise<void> {
    await this.#hands.withDesk('correct', async (desk) => {
      const { correctVouchers } = await import('../vouchers/correct-vouchers.ts')
      const ids = new Set(vouchers.map((v) => v.id))
      const result = await correctVouchers(desk, ids, this.#seen()).catch(this.#asksReason)
      if (result) await this.#posted(result)
      else await this.look()
    })
  }
  async annul(vouchers: readonly SheetVoucher[]): Promise<void> {
    await this.#hands.withDesk('annul', async (desk) => {
      const { annulVouchers } = await undo()
      const done = await annulVouchers(desk, new Set(vouchers.map((v) => v.id))).catch(this.#asksReason)
      if (done) this.#clearReason()
      await this.#lookInTurn(desk, true)
    })
  }
  async makeNew(): Promise<void> {
    const { table } = this.#seen()
    await this.#hands.withDesk('check', async (desk) => {
      const { asNewVouchers } = await undo()
      await asNewVouchers(desk, (v) => v.copy, table)
      await this.#lookInTurn(desk, true)
    })
  }
  async clear(): Promise<void> {
    const { table } = this.#seen()
    await this.#hands.withDesk('clear', async (desk) => {
      const { clearForReuse } = await undo()
      await clearForReuse(desk, table)
      await this.#lookInTurn(desk, false)
    })
  }
  async askAgain(): Promise<void> {
    await this.#hands.withDesk('ask', async (desk) => {
      const { askUnknown } = await parts()
      await inTurn(desk, () => askUnknown(desk))
      await this.#lookInTurn(desk, true)
    })
  }

  /** Makes ready for one more voucher in the sheet. */
  async startBelow(): Promise<void> {
    const { run, state } = this.#hands
    if (!state().vouchers) return this.insertSheet()
    await this.#hands.withDesk('insert', async (desk) => {
      const [{ readSheet }, { startVoucherBelow }] = await Promise.all([
        parts(),
        import('../excel/voucher-rows-below.ts'),
      ])
      await inTurn(desk, async () => {
        const judged = await readSheet(desk, false)
        if (judged) await run((context) => startVoucherBelow(context, judged))
        await this.#look(desk, false)
      })
    })
  }

  /** Goes to the next cell at fault after the last one gone to, from the first again after the last. */
  async nextIssue(): Promise<void> {
    const { vouchers } = this.#hands.state()
    const issues = [...(vouchers?.wrong.issues ?? []), ...(vouchers?.doubtful.issues ?? [])]
    const issue = issues[this.#nextIssue % Math.max(1, issues.length)]
    if (!vouchers || !issue) return
    this.#nextIssue++
    this.#hands.set({ notice: { level: issue.issue.level, text: `${issue.address}: ${issue.issue.message}` } })
    await this.#hands.goTo(issue.address, vouchers.sheet)
  }
  #nextIssue = 0

  /** The voucher that stands in the selected row, and the entries it would give. */
  async selected(): Promise<void> {
    const { run, set, state } = this.#hands
    if (!state().vouchers) return
    const place = await run(readPlace).catch(() => undefined)
    set({ place })
  }

  /** Puts proposed or chosen values in their cells, and judges again. Rows that are others than the pane showed are not written. */
  async fix(...changes: CellChange[]): Promise<void> {
    const { vouchers } = this.#hands.state()
    await this.#hands.withDesk('fix', async (desk) => {
      const { isMoved, readSheet, show } = await parts()
      const shown = await inTurn(desk, async () => {
        const judged = await readSheet(desk, true)
        if (!judged) return undefined
        const stands =
          vouchers?.table === judged.reading.table &&
          !isMoved(vouchers.read, judged.reading.rows, changes, judged.reading.columns)
        return stands ? show(desk, judged, changes) : { ...judged, moved: true }
      })
      if (!shown) return
      await this.#show(shown)
      if (shown.moved) this.#hands.set({ notice: { level: 'warning', key: 'moved' } })
    })
  }
}
