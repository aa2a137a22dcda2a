/// <reference types="office-js" />
import type { Locale } from '#i18n/format.ts'
import { problemText } from '#i18n/problem-text.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { type Company, type LedgerApi, NoAnswer, Refused } from '../api/ledger-api.ts'
import { mayDo } from '../api/may-do.ts'
import { patient, type Run } from '../excel/run.ts'
import { readBinding } from '../excel/workbook-part.ts'
import type { FunctionsPart } from '../functions/associate.ts'
import type { BudgetModel } from '../registers/budget-model.ts'
import type { ComparisonModel } from '../registers/comparison-model.ts'
import type { ListModel } from '../registers/list-model.ts'
import type { ListId } from '../registers/list-register.ts'
import type { MovementModel } from '../registers/movement-model.ts'
import type { OpeningModel } from '../registers/opening-model.ts'
import type { Keep, Session } from '../session.ts'
import { fileMark } from '../sheet/file-mark.ts'
import { type Desk, openDesk, UnfitWorkbook } from '../vouchers/desk.ts'
import type { AuditModel } from './audit-model.ts'
import { usedWith } from './company-list.ts'
import type { FigureModel } from './figure-model.ts'
import type { Busy, PaneHands } from './pane-hands.ts'
import { BEGINNING, type Notice, type PaneState, SIGNED_OUT, type Tab, UNSAID } from './pane-state.ts'
import { readProblemTexts, readTexts } from './pane-texts.ts'
import type { SheetKind } from './sheet-kinds.tsx'
import { VoucherModel } from './voucher-model.ts'

export type PanePorts = {
  run: Run
  session: Session
  api: LedgerApi
  functions: FunctionsPart
  /** What the functions follow: language and company. */
  setting: { locale: Locale; company: string | undefined; workbook?: string }
  /** Where the browser keeps the choice of language, and which companies were used. */
  keep: Pick<Keep, 'get' | 'set'>
  /** The kinds of sheets there are. */
  kinds: readonly SheetKind[]
  /** Where the file lies that is open; undefined before it is saved. */
  file(): string | undefined
  /** Hands a file to the user. */
  saveFile: PaneHands['saveFile']
  now(): number
}

/** How long one waits after the last change before the sheet is judged, in milliseconds. */
const SETTLE_MS = 300
/** How long after nobody answered it is tried again to get in. */
const AGAIN_MS = 5_000
/** And how long after the last posting that was heard of, before it is counted which figures are older. */
const COUNT_MS = 500

/** The pane: who is signed in, which company, what happens around, without a word of how it looks. Its parts do the work. */
export class PaneModel {
  readonly api: LedgerApi
  readonly #ports: PanePorts
  readonly #run: Run
  #state: PaneState
  #desk: Desk | undefined
  #stop: AbortController | undefined
  #settleTimer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #hands: PaneHands
  readonly vouchers: VoucherModel
  #figures: FigureModel | undefined
  #audit: AuditModel | undefined
  readonly #lists = new Map<ListId, ListModel>()

  constructor(ports: PanePorts) {
    this.#ports = ports
    this.#run = patient(ports.run, () => this.#set({ notice: { level: 'warning', key: 'editing' } }))
    this.api = ports.api
    this.#state = { ...BEGINNING, locale: ports.setting.locale }
    const hands: PaneHands = {
      run: this.#run,
      api: ports.api,
      get functions() {
        return ports.functions.runtime! // read before whatever works with figures
      },
      now: ports.now,
      state: () => this.#state,
      set: (change) => this.#set(change),
      desk: () => this.#desk,
      withDesk: (what, work) => this.#withDesk(what, work),
      fail: (error) => this.fail(error),
      saveFile: ports.saveFile,
      goTo: (address, sheet) => this.goTo(address, sheet),
      newest: (ledgerVersion) => this.heard(ledgerVersion),
    }
    this.vouchers = new VoucherModel(hands)
    this.#hands = hands
  }

  /** Figures in cells, and books proven; after `readReports`. */
  get figures(): FigureModel {
    return this.#figures!
  }
  get audit(): AuditModel {
    return this.#audit!
  }
  /** Read beside the views that they belong to. */
  async readReports(): Promise<FigureModel> {
    const [{ AuditModel }, { FigureModel }] = await Promise.all([
      import('./audit-model.ts'),
      import('./figure-model.ts'),
      this.#ports.functions.read(),
    ])
    this.#audit ??= new AuditModel(this.#hands)
    this.#figures ??= new FigureModel(this.#hands)
    return this.#figures
  }

  /** The parts of sheets, each read when it is first needed: not everybody budgets, and a company is taken over once. */
  budgets!: BudgetModel
  opening!: OpeningModel
  movements!: MovementModel
  comparison!: ComparisonModel
  async readBudgets(): Promise<BudgetModel> {
    const { BudgetModel } = await import('../registers/budget-model.ts')
    this.budgets ??= new BudgetModel(this.#hands)
    return this.budgets
  }
  async readOpening(): Promise<OpeningModel> {
    const { OpeningModel } = await import('../registers/opening-model.ts')
    this.opening ??= new OpeningModel(this.#hands)
    return this.opening
  }
  async readMovements(): Promise<MovementModel> {
    const { MovementModel } = await import('../registers/movement-model.ts')
    this.movements ??= new MovementModel(this.#hands)
    return this.movements
  }
  async readComparison(): Promise<ComparisonModel> {
    const { ComparisonModel } = await import('../registers/comparison-model.ts')
    this.comparison ??= new ComparisonModel(this.#hands)
    return this.comparison
  }

  /** The part of a register's sheet, after `readList`. */
  list = (id: ListId): ListModel => this.#lists.get(id)!
  async readList(id: ListId): Promise<ListModel> {
    const { ListModel } = await import('../registers/list-model.ts')
    const list = this.#lists.get(id) ?? new ListModel(this.#hands, id)
    this.#lists.set(id, list)
    return list
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
    this.#set(SIGNED_OUT)
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
      if (this.#ports.session.signedIn) this.fail(error)
      if (this.#state.screen === 'starting') this.#set({ screen: 'sign-in' })
      if (error instanceof NoAnswer) setTimeout(() => this.#enterAgain(), AGAIN_MS)
    }
  }
  /** Somebody who is signed in, and whom nobody answered, need not sign in once more. */
  #enterAgain(): void {
    if (this.#state.screen === 'sign-in' && this.#ports.session.signedIn && !this.#state.busy) this.#enter()
  }

  async choose(company: Company): Promise<void> {
    await this.#do('open', () => this.#open(company))
  }
  /** Ids of the companies last opened from this browser, newest first. */
  get usedCompanies(): string[] {
    return this.#ports.keep.get('companies')?.split(' ') ?? []
  }
  /** To the list of companies; a workbook that is bound stays bound. */
  toCompanies(): void {
    this.#set({ screen: 'companies', notice: undefined })
  }

  async #open(company: Company): Promise<void> {
    const { locale } = this.#state
    const [desk] = await Promise.all([
      openDesk({
        run: this.#run,
        api: this.api,
        company,
        locale: () => this.#state.locale,
        file: this.#ports.file,
        reason: () => this.#state.reason.text.trim() || undefined,
        today: () => dayInOslo(new Date(this.#ports.now()).toISOString() as Instant),
      }),
      readProblemTexts(locale),
    ])
    this.#desk = desk
    const mayPost = mayDo(company, 'ledger:post')
    const tab = mayPost || this.#state.tab !== 'vouchers' ? this.#state.tab : 'report'
    const shown = { tab, bound: this.#desk.binding, notice: undefined, locale, ...UNSAID }
    this.#set({ screen: 'work', company, mayPost, ...shown })
    this.heard(this.#desk.ledgerVersion)
    this.#ports.setting.company = company.id
    this.#ports.keep.set('companies', usedWith(this.usedCompanies, company.id).join(' '))
    this.#ports.functions.onRead(() => this.#watchFigures())
    for (const kind of await this.#kindsHere()) await kind.opened?.(this)
  }

  #watchFigures(): void {
    const source = this.#source()
    if (!source || this.#watched.has(source)) return
    this.#watched.add(source)
    source.onChange(({ ledgerVersion, takenAt, waiting, offline }) =>
      this.#set({ ledgerVersion, takenAt, waiting, offline }),
    )
  }
  readonly #watched = new WeakSet<object>()
  /** The open company's figures; undefined as long as no cell has asked for any. */
  #source() {
    const { company } = this.#state
    return company && this.#ports.functions.runtime?.source(company.id)
  }

  setTab(tab: Tab, front = this.#state.front): void {
    this.#set({ tab, front, notice: undefined, changes: undefined })
    if (tab === 'report') this.#selected().catch((error) => this.fail(error))
  }
  #selected = async (): Promise<void> => (await this.readReports()).selected()
  async setLocale(locale: Locale): Promise<void> {
    await Promise.all([readTexts(locale), readProblemTexts(locale)])
    this.#ports.keep.set('language', locale)
    this.#ports.setting.locale = locale
    this.#set({ locale })
    this.#changed()
  }
  /** Shows what is known once more: something else than the state has changed. */
  redraw(): void {
    this.#set({})
  }
  dismiss(): void {
    this.#set({ notice: undefined })
  }

  /** Shows a cell of the voucher sheet, or of another that is named. */
  async goTo(address: string, sheet = this.#state.vouchers?.sheet): Promise<void> {
    if (!sheet) return
    await this.#run(async (context) => {
      const worksheet = context.workbook.worksheets.getItem(sheet)
      worksheet.activate()
      worksheet.getRange(address).select()
      await context.sync()
    }).catch((error) => this.fail(error))
  }

  /** Makes a sheet of a kind, and shows what the pane says of it. */
  async insert(kind: SheetKind): Promise<void> {
    this.#set({ tab: 'vouchers', front: kind.id })
    await kind.insert(this)
  }
  /** Asks this Excel what the simulated one is thought to answer. */
  async runProbes(): Promise<void> {
    await this.#do('probes', async () => {
      const { hostOf, runProbes } = await import('../probes/run-probes.ts')
      const onProgress = (done: number, of: number) => this.#set({ busy: { what: 'probes', progress: { done, of } } })
      const answers = await runProbes(this.#ports.run, onProgress)
      this.#set({ probes: { ...hostOf(), answers } })
    })
  }
  /** Stops before the next request: what was sent is finished and written down first. */
  stop(): void {
    this.#stop?.abort()
  }

  // — what happens around —

  async #listen(): Promise<void> {
    await this.#run(async (context) => {
      const { worksheets } = context.workbook
      worksheets.onChanged.add(async (event) => {
        if (event.triggerSource === 'ThisLocalAddin') return
        if (event.source === 'Local') {
          this.#ports.session.touch()
          this.#typed.push(event.address)
        }
        this.#settle()
      })
      worksheets.onSelectionChanged.add(async () => {
        this.#ports.session.touch()
        if (this.#state.screen !== 'work') return
        if (this.#state.tab === 'report') await this.#selected()
        else if (this.#state.tab === 'vouchers' && this.#state.front === 'vouchers') await this.vouchers.selected()
      })
      worksheets.onActivated.add(async ({ worksheetId }) => this.#inFront(worksheetId))
      await context.sync()
    })
  }
  #settle(): void {
    clearTimeout(this.#settleTimer)
    this.#settleTimer = setTimeout(() => this.#changed(), SETTLE_MS)
  }
  async #changed(): Promise<void> {
    if (!this.#desk || this.#state.screen !== 'work') return
    if (this.#state.busy) return this.#settle()
    const typed = this.#typed.splice(0)
    for (const kind of await this.#kindsHere()) await kind.changed?.(this, typed)
  }
  /** The kinds that have a sheet in the workbook or had one until now, or that something waits of: the rest need not be read, nor loaded. */
  async #kindsHere(): Promise<SheetKind[]> {
    const tables = await this.#run(async (context) => {
      const all = context.workbook.tables
      all.load('items/name')
      await context.sync()
      return all.items.map(({ name }) => name)
    }).catch((): string[] => [])
    const had = this.#here
    this.#here = new Set(this.#ports.kinds.filter(({ owns }) => tables.some(owns)).map(({ id }) => id))
    return this.#ports.kinds.filter(({ id, unfinished }) => this.#here.has(id) || had.has(id) || unfinished?.(this))
  }
  #here: ReadonlySet<SheetKind['id']> = new Set()
  /** Addresses that the user wrote in since the sheets were last judged. */
  readonly #typed: string[] = []

  /** A sheet came to the front: if it is one of ours, the pane shows what belongs to it. */
  async #inFront(worksheet: string): Promise<void> {
    if (this.#state.screen !== 'work') return
    const tables = await this.#run(async (context) => {
      const own = context.workbook.worksheets.getItem(worksheet).tables
      own.load('items/name')
      await context.sync()
      return own.items.map(({ name }) => name)
    }).catch(() => [])
    const kind = this.#ports.kinds.find(({ owns }) => tables.some(owns))
    if (!kind) return
    this.#set({ front: kind.id })
    await kind.inFront?.(this, tables.find(kind.owns)!)
  }

  /** Something was done: what is shown may be older than the ledger. `items`: open items are others. */
  heard(ledgerVersion: number, sequence = 0, items = false): void {
    const company = this.#state.company?.id
    const { runtime } = this.#ports.functions
    const { ledgerVersion: shown, sequence: told = sequence } = this.#source()?.state ?? {}
    if (!company || !runtime || shown === undefined)
      this.#set({ ledgerVersion: Math.max(ledgerVersion, this.#state.ledgerVersion ?? 0), takenAt: this.#ports.now() })
    else if (ledgerVersion > shown || sequence > told) {
      if (items || ledgerVersion > shown) runtime.listsBehind.add(company)
      clearTimeout(this.#staleTimer)
      this.#staleTimer = setTimeout(async () => {
        const stale = await (await import('./follow-events.ts')).countOlder(runtime, company)
        if (this.#state.company?.id === company) this.#set({ stale })
      }, COUNT_MS)
    }
  }
  #staleTimer: ReturnType<typeof setTimeout> | undefined

  async #withDesk(what: Busy, work: (desk: Desk, signal: AbortSignal) => Promise<void>): Promise<void> {
    const desk = this.#desk
    if (!desk) return
    const { workbook, company } = desk.binding
    await this.#do(what, async (signal) => {
      this.#ports.setting.workbook = [workbook, this.#sheetInFront(), company, await fileMark(desk.file())].join('/')
      desk.lease.patience = { signal, onWait: (waits) => this.#set({ busy: { what: waits ? 'otherWindow' : what } }) }
      return work(desk, signal)
    })
  }
  /** The sheet one works on, where it is one of ours, as a header has it. */
  #sheetInFront(): string {
    const { front, lists, vouchers, budget, opening, movements, comparison } = this.#state
    const kinds = { vouchers, budget, opening, movements, comparison, ...lists }
    return encodeURIComponent(kinds[front]?.sheet ?? '')
  }
  async #do(what: Busy, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const stop = new AbortController()
    this.#stop = stop
    this.#set({ busy: { what }, notice: undefined })
    try {
      await work(stop.signal)
    } catch (error) {
      this.fail(error)
    } finally {
      this.#set({ busy: undefined })
    }
  }
  /** Tells what went wrong. */
  fail(error: unknown): void {
    this.#set({ notice: { level: 'error', ...this.#words(error) } })
  }
  #words(error: unknown): Pick<Notice, 'key' | 'text'> {
    if (error instanceof Refused) {
      const told = error.issues.find((issue) => issue.message)?.message ?? error.title
      return { text: told || problemText(error.code, (error.body.params as never) ?? {}, this.#state.locale) }
    }
    if (error instanceof NoAnswer) return { key: 'offline' }
    if (error instanceof UnfitWorkbook) return { key: error.key }
    console.error(error)
    // A part of the pane that was not read, in the words of each browser: without a network, or gone after a release.
    if (error instanceof TypeError && /import/i.test(error.message)) return { key: 'unread' }
    return { key: 'failed' }
  }
}
