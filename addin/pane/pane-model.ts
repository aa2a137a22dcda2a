/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import type { addinPane } from '#i18n/nb/addin-pane.ts'
import { problemText } from '#i18n/problem-text.ts'
import { mayDo, type Role } from '#worker/access/permission.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { type Company, type LedgerApi, NoAnswer, Refused } from '../api/ledger-api.ts'
import { freeze, recalculate } from '../excel/figure-cells.ts'
import { patient, type Run } from '../excel/run.ts'
import { readSelectedCell } from '../excel/selected-cell.ts'
import { insertVoucherSheet } from '../excel/voucher-sheet.ts'
import { readBinding } from '../excel/workbook-part.ts'
import type { FunctionRuntime } from '../functions/function-runtime.ts'
import { drillDown } from '../reports/drill-down.ts'
import type { Session } from '../session.ts'
import type { CellValue } from '../sheet/read-cell.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import { askUnknown } from '../vouchers/ask-unknown.ts'
import { checkVouchers } from '../vouchers/check-vouchers.ts'
import { type PostResult, postVouchers } from '../vouchers/post-vouchers.ts'
import { annulVouchers, asNewVouchers, clearForReuse, correctVouchers } from '../vouchers/undo-vouchers.ts'
import { usualVatCodes } from '../vouchers/usual-vat-codes.ts'
import {
  columnsOf,
  type Desk,
  inTurn,
  openDesk,
  ownCaptions,
  readSheet,
  refreshBooks,
  show,
} from '../vouchers/voucher-desk.ts'
import { AuditModel } from './audit-model.ts'
import { BEGINNING, type Notice, type PaneState, type Tab } from './pane-state.ts'
import { voucherView } from './voucher-view.ts'

export type PanePorts = {
  run: Run
  session: Session
  api: LedgerApi
  functions: FunctionRuntime
  /** What the functions follow: language and company. */
  setting: { locale: Locale; company: string | undefined }
  /** Keeps the choice of language. */
  keepLocale(locale: Locale): void
  now(): number
}

/** How long one waits after the last change before the sheet is judged, in milliseconds. */
const SETTLE_MS = 300

/** All that the pane knows and does, without a word of how it looks. */
export class PaneModel {
  readonly api: LedgerApi
  readonly #ports: PanePorts
  readonly #run: Run
  #state: PaneState
  #desk: Desk | undefined
  readonly #runtime: FunctionRuntime
  #stop: AbortController | undefined
  #settleTimer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()
  readonly audit: AuditModel

  constructor(ports: PanePorts) {
    this.#ports = ports
    this.#run = patient(ports.run, () => this.#set({ notice: { level: 'warning', key: 'editing' } }))
    this.api = ports.api
    this.#runtime = ports.functions
    this.#state = { ...BEGINNING, locale: ports.setting.locale }
    this.audit = new AuditModel({
      run: this.#run,
      now: ports.now,
      state: () => this.#state,
      set: (change) => this.#set(change),
      withDesk: (what, work) => this.#withDesk(what, work),
    })
  }

  get state(): PaneState {
    return this.#state
  }
  get desk(): Desk | undefined {
    return this.#desk
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  #set(change: Partial<PaneState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** Opens the pane: signed in or not, bound to a company or not. Listens to the sheet from now on. */
  async start(): Promise<void> {
    this.#ports.session.onChange(() => {
      if (!this.#ports.session.signedIn) this.#leave()
    })
    await this.#listen()
    if (this.#ports.session.signedIn) await this.#enter()
    else this.#set({ screen: 'sign-in' })
  }

  async signIn(): Promise<void> {
    await this.#do('signIn', async () => {
      if (await this.#ports.session.signIn()) await this.#enter()
    })
  }
  async useKey(key: string): Promise<void> {
    this.#ports.session.useKey(key)
    await this.#do('signIn', () => this.#enter())
  }
  signOut(): void {
    this.#ports.session.signOut()
  }
  #leave(): void {
    this.#desk = undefined
    this.#ports.setting.company = undefined
    this.#set({
      screen: 'sign-in',
      company: undefined,
      companies: [],
      vouchers: undefined,
      result: undefined,
      drill: undefined,
      audit: undefined,
      verified: undefined,
    })
  }

  async #enter(): Promise<void> {
    try {
      const me = (await this.api.call<{ name: string }>('/api/v1/me')).body
      const companies = await this.api.companies()
      const bound = await this.#run(readBinding)
      this.#set({ companies, bound, user: me.name })
      const own = bound
        ? companies.find((c) => c.id === bound.company)
        : companies.length === 1
          ? companies[0]
          : undefined
      if (own) await this.#open(own)
      else this.#set({ screen: 'companies' })
    } catch (error) {
      if (this.#ports.session.signedIn) this.#fail(error)
      if (this.#state.screen === 'starting') this.#set({ screen: 'sign-in' })
    }
  }

  async choose(company: Company): Promise<void> {
    await this.#do('open', () => this.#open(company))
  }
  /** To the list of companies; a workbook that is bound stays bound. */
  toCompanies(): void {
    this.#set({ screen: 'companies', notice: undefined })
  }

  async #open(company: Company): Promise<void> {
    const { locale } = this.#state
    this.#desk = await openDesk({
      run: this.#run,
      api: this.api,
      company,
      locale: () => this.#state.locale,
      today: () => dayInOslo(new Date(this.#ports.now()).toISOString() as Instant),
    })
    const mayPost = mayDo(company.role as Role, 'ledger:post')
    const tab = mayPost || this.#state.tab !== 'vouchers' ? this.#state.tab : 'report'
    this.#set({ screen: 'work', company, mayPost, tab, bound: this.#desk.binding, notice: undefined, locale })
    this.#newest(this.#desk.ledgerVersion)
    this.#ports.setting.company = company.id
    this.#watchFigures(company.id)
    await askUnknown(this.#desk).catch((error) => this.#fail(error))
    await this.look()
  }

  #watchFigures(company: string): void {
    const source = this.#runtime.source(company)
    source.onChange(({ ledgerVersion, takenAt, waiting, offline }) =>
      this.#set({ ledgerVersion, takenAt, waiting, offline }),
    )
  }

  setTab(tab: Tab): void {
    this.#set({ tab, notice: undefined })
    if (tab === 'report') this.selected()
  }
  setLocale(locale: Locale): void {
    this.#ports.keepLocale(locale)
    this.#ports.setting.locale = locale
    this.#set({ locale })
    this.look()
  }
  dismiss(): void {
    this.#set({ notice: undefined })
  }

  // — the voucher sheet —

  async insertSheet(): Promise<void> {
    await this.#withDesk('insert', async (desk) => {
      await refreshBooks(desk)
      await this.#run((context) =>
        insertVoucherSheet(context, {
          columns: columnsOf(desk),
          locale: this.#state.locale,
          own: ownCaptions(desk),
          books: desk.books,
        }),
      )
      await this.#look(desk, false)
    })
  }

  /** Judges the sheet as it stands and shows it, without asking the server. */
  async look(): Promise<void> {
    const desk = this.#desk
    if (!desk) return
    await inTurn(desk, () => this.#look(desk, this.#state.checkedAt !== undefined)).catch((error) => this.#fail(error))
  }
  async #look(desk: Desk, strict: boolean, changed: readonly string[] = []): Promise<void> {
    const judged = await readSheet(desk, strict)
    if (!judged) {
      this.#set({ vouchers: undefined })
      return
    }
    const shown = await show(desk, judged, usualVatCodes(judged.reading, changed, desk.books, desk.today()), [], strict)
    this.#set({ vouchers: voucherView(shown, desk.books, this.#state.locale) })
  }

  async check(): Promise<void> {
    await this.#withDesk('check', async (desk) => {
      const checked = await checkVouchers(desk)
      if (!checked) return
      this.#set({
        result: undefined,
        checkedAt: new Date(this.#ports.now()).toISOString(),
        vouchers: voucherView(checked.judged, desk.books, this.#state.locale),
      })
    })
  }

  async post(): Promise<void> {
    await this.#withDesk('post', async (desk) => {
      this.#stop = new AbortController()
      const result = await postVouchers(desk, {
        signal: this.#stop.signal,
        onProgress: (progress) => this.#set({ busy: { what: 'post', progress } }),
      })
      if (result) this.#posted(desk, result)
    })
  }
  /** Stops before the next request: what was sent is finished and written down first. */
  stop(): void {
    this.#stop?.abort()
  }
  #posted(desk: Desk, result: PostResult): void {
    this.#newest(Math.max(0, ...result.posted.map((v) => v.sent!.name!.ledgerVersion)))
    this.#set({
      result: { ...result, at: new Date(this.#ports.now()).toISOString() },
      checkedAt: undefined,
      vouchers: voucherView(result.judged, desk.books, this.#state.locale),
    })
  }
  /** Back from what was posted to the sheet. */
  toSheet(): void {
    this.#set({ result: undefined })
  }

  async correct(vouchers: readonly SheetVoucher[]): Promise<void> {
    await this.#withDesk('correct', async (desk) => {
      const result = await correctVouchers(desk, new Set(vouchers.map((v) => v.id)))
      if (result) this.#posted(desk, result)
    })
  }
  async annul(vouchers: readonly SheetVoucher[]): Promise<void> {
    await this.#withDesk('annul', async (desk) => {
      await annulVouchers(desk, new Set(vouchers.map((v) => v.id)))
      await this.#look(desk, true)
    })
  }
  async makeNew(): Promise<void> {
    await this.#withDesk('check', async (desk) => {
      await asNewVouchers(desk, (v) => v.copy)
      await this.#look(desk, true)
    })
  }
  async clear(): Promise<void> {
    await this.#withDesk('clear', async (desk) => {
      await clearForReuse(desk)
      await this.#look(desk, false)
    })
  }
  async askAgain(): Promise<void> {
    await this.#withDesk('ask', async (desk) => {
      await inTurn(desk, () => askUnknown(desk))
      await this.#look(desk, true)
    })
  }

  /** Puts a proposed value in its cell, and judges again. */
  async fix(change: { at: number; column: string; value: CellValue }): Promise<void> {
    await this.#withDesk('fix', async (desk) => {
      const judged = await readSheet(desk, true)
      if (judged)
        this.#set({ vouchers: voucherView(await show(desk, judged, [change]), desk.books, this.#state.locale) })
    })
  }
  /** Shows a cell of the voucher sheet, or of another that is named. */
  async goTo(address: string, sheet = this.#state.vouchers?.sheet): Promise<void> {
    if (!sheet) return
    await this.#run(async (context) => {
      const worksheet = context.workbook.worksheets.getItem(sheet)
      worksheet.activate()
      worksheet.getRange(address).select()
      await context.sync()
    }).catch((error) => this.#fail(error))
  }

  // — figures —

  /** What is behind the selected cell. */
  async selected(): Promise<void> {
    if (!this.#desk) return
    try {
      const cell = await this.#run(readSelectedCell)
      if (!cell) {
        this.#set({ drill: undefined, peek: undefined })
        return
      }
      this.#set({ drill: { cell, drilled: undefined, text: undefined }, peek: undefined })
      const drilled = await drillDown(cell, this.#runtime)
      if (this.#state.drill?.cell === cell) this.#set({ drill: { cell, drilled, text: undefined } })
    } catch (error) {
      const { drill } = this.#state
      if (drill) this.#set({ drill: { ...drill, text: this.#runtime.failure(error).text } })
      else this.#fail(error)
    }
  }
  async peek(voucher: string): Promise<void> {
    const { company } = this.#state
    if (!company) return
    try {
      this.#set({ peek: await this.api.voucher(company.id, voucher) })
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Draws every figure of the workbook anew, all from the newest version. When nobody answers, nothing is touched. */
  async refresh(): Promise<void> {
    await this.#withDesk('refresh', async (desk) => {
      await refreshBooks(desk) // asks first whether the server is there: cells that are not calculated keep what they show
      this.#runtime.refresh()
      this.#set({ stale: 0 })
      await this.#run(recalculate)
    })
  }
  /** Values in place of formulas. @returns how many, for the notice. */
  async freeze(): Promise<void> {
    await this.#withDesk('freeze', async () => {
      const { frozen, left } = await this.#run(freeze)
      this.#set({
        notice: {
          level: left > 0 ? 'warning' : 'done',
          key: left > 0 ? 'frozenSome' : 'frozen',
          params: { frozen, left },
        },
      })
    })
  }

  // — what happens around —

  async #listen(): Promise<void> {
    await this.#run(async (context) => {
      context.workbook.worksheets.onChanged.add(async (event) => {
        if (event.triggerSource === 'ThisLocalAddin') return
        if (event.source === 'Local') this.#typed.push(event.address)
        clearTimeout(this.#settleTimer)
        this.#settleTimer = setTimeout(() => this.#changed(), SETTLE_MS)
      })
      context.workbook.worksheets.onSelectionChanged.add(async () => {
        if (this.#state.tab === 'report' && this.#state.screen === 'work') await this.selected()
      })
      await context.sync()
    })
  }
  async #changed(): Promise<void> {
    const desk = this.#desk
    if (!desk || this.#state.screen !== 'work' || this.#state.busy) return
    const typed = this.#typed.splice(0)
    await inTurn(desk, () => this.#look(desk, this.#state.checkedAt !== undefined, typed)).catch((error) =>
      this.#fail(error),
    )
  }
  /** Addresses that the user wrote in since the sheet was last judged. */
  readonly #typed: string[] = []

  /** Somebody posted: figures of the version shown are older than the ledger. */
  heard(ledgerVersion: number): void {
    this.#newest(ledgerVersion)
  }
  #newest(ledgerVersion: number): void {
    const { company, ledgerVersion: shown = 0 } = this.#state
    const figures = company ? this.#runtime.source(company.id).figures : 0
    if (figures === 0) this.#set({ ledgerVersion: Math.max(ledgerVersion, shown), takenAt: this.#ports.now() })
    else if (ledgerVersion > shown) this.#set({ stale: figures })
  }

  async #withDesk(what: keyof typeof addinPane.busy, work: (desk: Desk) => Promise<void>): Promise<void> {
    const desk = this.#desk
    if (desk) await this.#do(what, () => work(desk))
  }
  async #do(what: keyof typeof addinPane.busy, work: () => Promise<void>): Promise<void> {
    this.#set({ busy: { what }, notice: undefined })
    try {
      await work()
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#set({ busy: undefined })
    }
  }
  #fail(error: unknown): void {
    this.#set({ notice: { level: 'error', ...this.#words(error) } })
  }
  #words(error: unknown): Pick<Notice, 'key' | 'text'> {
    if (error instanceof Refused) {
      const told = error.issues.find((issue) => issue.message)?.message ?? error.title
      return { text: told || problemText(error.code, (error.body.params as never) ?? {}, this.#state.locale) }
    }
    if (error instanceof NoAnswer) return { key: 'offline' }
    console.error(error)
    return { key: 'failed' }
  }
}
