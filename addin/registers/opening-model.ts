/// <reference types="office-js" />
import { fill } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { type PastedOpening, readOpeningTable, turned } from '#web/islands/opening/paste-opening.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { judgeOpening, type OpeningJudgement } from '#worker/opening-balance/opening-judgement.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import { itemsDateOf, type OpeningPart, partOf } from '#worker/opening-balance/takeover-plan.ts'
import { Refused } from '../api/ledger-api.ts'
import { readFrontSheet } from '../excel/front-sheet.ts'
import {
  insertRegister,
  newRowKey,
  nextTable,
  type RegisterChange,
  type RegisterKind,
  type RegisterReading,
  readRegister,
  registerTable,
  registerTables,
  undoOf,
  writeRegister,
} from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { textOf } from '../sheet/read-cell.ts'
import { type Desk, inTurn, refreshBooks } from '../vouchers/desk.ts'
import { fetchedRows, freeRow } from './fetched-rows.ts'
import type { Marked } from './judge-budget.ts'
import { stateOf, toldOpening } from './judge-opening.ts'
import { copiesIn, leftHere, neverKept, newKeys, onlyHere } from './left-here.ts'
import { cellsOfTyped, openingListView } from './opening-list.ts'
import {
  cellsOfOpening,
  OPENING_TABLE,
  openingKind,
  openingOf,
  openingRows,
  type SheetOpeningRow,
  stampsOf,
} from './opening-sheet.ts'
import type { KeptOpening } from './opening-view.ts'
import { isOfTakeover, type PlannedTakeover, readTakeover, takeoverBeside } from './takeover-view.ts'

const NO_ID = `vch_${'0'.repeat(26)}` as VoucherId
const nameOf = ({ account, party, invoiceNumber }: OpeningRow): string =>
  [account, party, invoiceNumber].filter(Boolean).join(' ')
const stampOf = (openingDate: string, version: number): string => `${openingDate}|${version}`
type Found = {
  reading: RegisterReading
  openingDate: IsoDate
  version: number
  rows: SheetOpeningRow[]
  judgement: OpeningJudgement
}

type List = {
  /** The sheet that it is read into: in another one nothing of it is offered. */
  table: string
  cells: string[][]
  pasted: PastedOpening
  answers: Readonly<Record<string, string>>
  taken?: Taken | undefined
}
/** What was written as a whole, and the cells that undo it. */
type Taken = { reading: RegisterReading; undo: RegisterChange[] }

/** The opening sheet: filled in, judged by the rules that book it, kept on the server, and booked. */
export class OpeningModel {
  readonly #hands: PaneHands
  #kept: KeptOpening | undefined
  #takeover: PlannedTakeover | undefined
  /** A list that was read, and how the rows of it that were taken are undone. */
  #list: List | undefined
  /** What was told when a sheet was last brought up to date. */
  #news: { table: string; news: readonly Marked[]; overOwn?: Taken | undefined } | undefined
  /** The rows of each day and version that this pane knows: what the sheet held when it was brought in or saved. */
  readonly #known = new Map<string, readonly OpeningRow[]>()
  /** The sheet one works on: the one in front, until another comes there. */
  #table: string | undefined
  constructor(hands: PaneHands) {
    this.#hands = hands
  }

  /** Fiscal years to begin with, and the opening balances there are. */
  async choose(): Promise<void> {
    await this.#hands.withDesk('insert', async (desk) => {
      const { openings } = await this.#hands.api.get<{ openings: { openingDate: string }[] }>(
        desk.binding.company,
        'opening-balances',
      )
      const plan = await readTakeover(this.#hands.api, desk.binding.company)
      const itemsDay = plan?.variant === 'movements' ? itemsDateOf(plan) : undefined
      const days = [
        ...openings.map((o) => o.openingDate),
        ...desk.books.fiscalYears.map((y) => y.firstDate),
        ...(plan ? [plan.openingDate, itemsDateOf(plan)] : []),
      ]
      const openingDays = [...new Set(days)].sort().map((date) => ({ date, isItems: date === itemsDay }))
      this.#hands.set({ openingDays })
      await this.#look(desk)
    })
  }

  async insertSheet(openingDate: string): Promise<void> {
    const { run, state } = this.#hands
    await this.#hands.withDesk('insert', async (desk) => {
      await refreshBooks(desk)
      const kept = await this.#fetch(desk, openingDate)
      const kind = openingKind(desk.books)
      const { locale } = state()
      const t = openingTexts[locale]
      const { version = 0, rows = [] } = kept ?? {}
      const day = openingDate as IsoDate
      // An empty sheet tells its day too, in the first row that stands ready.
      const filled =
        rows.length > 0
          ? rows.map((row) => cellsOfOpening(row, day, version, desk.books))
          : [{ opening: neverKept(`${day}|${version}`) }]
      const table = await run((context) => this.#tableFor(context, kind, openingDate))
      const isNew = await run((context) =>
        insertRegister(context, { ...kind, table }, locale, {
          name: t.sheetName,
          head: [
            fill(`${t.sheetName} {date:day}`, { date: day }, locale),
            fill(t.sheetHead, { company: desk.binding.companyName, date: day }, locale),
          ],
          rows: filled.map((cells) => kind.columns.map(({ id }) => (cells as Record<string, never>)[id])),
        }),
      )
      this.#kept = kept
      this.#table = table
      if (isNew) this.#dropList()
      if (isNew) this.#news = undefined
      await this.#look(desk)
    })
  }

  /** The sheet that a day has, else the next there may be. */
  async #tableFor(context: Excel.RequestContext, kind: RegisterKind, openingDate: string): Promise<string> {
    const names = await registerTables(context, OPENING_TABLE)
    for (const table of names) {
      const reading = await readRegister(context, { ...kind, table })
      if (reading && openingOf(reading)?.openingDate === openingDate) return table
    }
    return nextTable(OPENING_TABLE, names)
  }

  async #fetch(desk: Desk, openingDate: string): Promise<KeptOpening | undefined> {
    const { api } = this.#hands
    const { company } = desk.binding
    this.#takeover = await readTakeover(api, company)
    try {
      return this.#know(await api.get<KeptOpening>(company, `opening-balances/${openingDate}`))
    } catch (error) {
      if (error instanceof Refused && error.code === 'opening-balance/unknown') return undefined
      throw error
    }
  }

  #know(kept: KeptOpening): KeptOpening {
    this.#known.set(stampOf(kept.openingDate, kept.version), kept.rows)
    return kept
  }

  async look(): Promise<void> {
    const desk = this.#hands.desk()
    if (desk) await inTurn(desk, () => this.#look(desk)).catch((error) => this.#hands.fail(error))
  }

  /** Another opening sheet came to the front: the pane works on that one. */
  async turnTo(table: string): Promise<void> {
    const desk = this.#hands.desk()
    if (!desk || table === this.#table) return
    await inTurn(desk, async () => {
      this.#table = table
    })
    await this.look()
  }
  /** The list that was read into the sheet one works on. */
  get #listHere(): List | undefined {
    return this.#list?.table === this.#table ? this.#list : undefined
  }
  get #newsHere() {
    return this.#news?.table === this.#table ? this.#news : undefined
  }
  #dropList(): void {
    if (this.#listHere) this.#list = undefined
  }
  /** In the sheet that one works on. */
  #kindOf = ({ books }: Desk) => ({ ...openingKind(books), table: this.#table ?? OPENING_TABLE })

  async #read(desk: Desk): Promise<Found | undefined> {
    const reading = await this.#hands.run(async (context) => {
      this.#table = await registerTable(context, OPENING_TABLE, this.#table)
      return readRegister(context, this.#kindOf(desk))
    })
    const of = reading && openingOf(reading)
    if (!reading || !of) return undefined
    if (this.#kept?.openingDate !== of.openingDate) this.#kept = await this.#fetch(desk, of.openingDate)
    const rows = openingRows(reading, of.openingDate, this.#kept?.rows ?? [], newRowKey)
    const content = { rows: rows.map(({ row }) => row), resultAccount: this.#kept?.resultAccount ?? null }
    return {
      reading,
      ...of,
      rows,
      judgement: judgeOpening(content, of.openingDate, NO_ID, desk.books, this.#partOf(of.openingDate, desk)),
    }
  }
  /** What the day is to the take-over, also before the list was ever kept. */
  #partOf = (date: IsoDate, { books }: Desk): OpeningPart =>
    this.#kept?.part ??
    partOf(date, this.#takeover, ({ gauges }) =>
      Object.fromEntries(
        gauges.flatMap(({ account, target }) => (books.accounts.get(account)?.control ? [[account, target]] : [])),
      ),
    )

  /** Judges the sheet as it stands, and writes how each row does. */
  async #look(desk: Desk): Promise<void> {
    const found = await this.#read(desk)
    if (!found) {
      this.#hands.set({ opening: undefined })
      return
    }
    const { reading, rows, judgement } = found
    const { locale } = this.#hands.state()
    const state = stateOf(found, this.#kept, desk.books)
    const { changes, wrong, doubtful } = toldOpening(found, state === 'booked', desk.books, locale)
    if (changes.length > 0)
      await this.#hands.run((context) => writeRegister(context, this.#kindOf(desk), reading, changes))
    const { sum, gauges, result, counts, newParties } = judgement
    this.#hands.set({
      opening: {
        sheet: reading.sheet,
        openingDate: found.openingDate,
        state,
        voucher: this.#kept?.voucher ?? null,
        resultAccount: this.#kept?.resultAccount ?? null,
        rows: rows.length,
        sum,
        gauges,
        result,
        counts,
        newParties: newParties.length,
        list: this.#listHere && openingListView(this.#listHere.pasted, locale),
        checks: isOfTakeover(found.openingDate, this.#takeover) ? this.#takeover : undefined,
        takeover: takeoverBeside(this.#takeover, found.openingDate, sum),
        wrong,
        doubtful,
        news: this.#newsHere?.news ?? [],
        overOwn: this.#newsHere?.overOwn !== undefined,
      },
    })
  }

  /** Keeps the rows on the server, where colleagues and the web page see them. Nothing is booked. */
  save = (): Promise<void> => this.#keep()
  /** Where income and cost of the old year are moved to. */
  useResultAccount = (account: string | null): Promise<void> => this.#keep(account)
  #keep = (resultAccount?: string | null): Promise<void> =>
    this.#inTurn('save', async (desk) => {
      const isSaved = await this.#save(desk, resultAccount)
      // The checklist is of the saved figures.
      if (isSaved && this.#takeover) this.#takeover = await readTakeover(this.#hands.api, desk.binding.company)
      await this.#look(desk)
    })

  /** Row keys first, so that a row is the same one however often it is sent; then the rows. What cannot be read is not sent. */
  async #save(desk: Desk, resultAccount = this.#kept?.resultAccount ?? null): Promise<boolean> {
    await refreshBooks(desk)
    const found = await this.#read(desk)
    if (!found || found.rows.some(({ unread }) => unread.length > 0)) return false
    const { reading, rows, openingDate, version } = found
    const kind = this.#kindOf(desk)
    const keys = newKeys(found)
    const keyed = (await this.#hands.run((context) => writeRegister(context, kind, reading, keys))) ?? reading
    const { body } = await this.#hands.api.call<KeptOpening>(
      `/api/v1/companies/${desk.binding.company}/opening-balances/${openingDate}`,
      {
        method: 'PUT',
        body: { rows: rows.map(({ row }) => row), resultAccount },
        headers: { 'if-match': `"${version}"` },
        repeat: false,
      },
    )
    this.#kept = this.#know(body)
    this.#dropList()
    this.#news = undefined
    const stampIn = stampsOf(openingDate, body)
    const changes = keyed.rows.flatMap((row): RegisterChange[] => {
      const isOurs = textOf(row.cells.rowKey) !== '' || textOf(row.cells.opening) !== ''
      const stamp = stampIn(row)
      return isOurs && textOf(row.cells.opening) !== stamp ? [{ at: row.at, column: 'opening', value: stamp }] : []
    })
    await this.#hands.run((context) => writeRegister(context, kind, keyed, changes))
    return true
  }

  /** Saves, and books the whole as one voucher; what is booked already as it stands is not booked again. */
  async book(): Promise<void> {
    await this.#inTurn('post', async (desk) => {
      if (await this.#save(desk)) {
        const { openingDate, state } = this.#kept!
        const { body } = await this.#hands.api.call<KeptOpening>(
          `/api/v1/companies/${desk.binding.company}/opening-balances/${openingDate}/booking`,
          { body: { replace: state === 'changed' } },
        )
        this.#kept = body
        this.#takeover = await readTakeover(this.#hands.api, desk.binding.company)
        await refreshBooks(desk)
      }
      await this.#look(desk)
    })
  }

  /**
   * Brings in the list as it is kept: what others changed in place, new rows below. One's own unsaved cells stay, and so do rows that
   * only stand here, which are told of, as copies are.
   */
  async refresh(): Promise<void> {
    await this.#inTurn('refresh', async (desk) => {
      await refreshBooks(desk)
      const { locale } = this.#hands.state()
      const sheet = await this.#read(desk)
      if (!sheet) return
      const { openingDate } = sheet
      // First, as it may fail: nothing is written by then.
      const kept = await this.#fetch(desk, openingDate)
      const stood = await this.#read(desk)
      if (stood?.openingDate !== openingDate) return
      const copies = copiesIn(stood, ({ row }) => nameOf(row), locale)
      await this.#hands.run((context) => writeRegister(context, this.#kindOf(desk), stood.reading, newKeys(stood)))
      const found = await this.#read(desk)
      if (!found) return
      const { reading } = found
      const base = this.#known.get(stampOf(openingDate, found.version))
      this.#kept = kept
      const { version = 0, rows = [] } = kept ?? {}
      const kind = this.#kindOf(desk)
      const fetched = fetchedRows(found, base, rows, {
        kind,
        cellsOf: (row) => cellsOfOpening(row, openingDate, version, desk.books),
        nameOf,
        locale,
      })
      const fresh = fetched.changes
      const told = new Set(fresh.map(({ at, column }) => `${at} ${column}`))
      const here = onlyHere(found, rows)
      const left = new Set(here.map(({ at }) => at))
      const stampIn = stampsOf(openingDate, kept)
      const stamps = reading.rows.flatMap((row): RegisterChange[] => {
        const { at, cells } = row
        if (textOf(cells.opening) === '' || told.has(`${at} opening`)) return []
        return [{ at, column: 'opening', value: left.has(at) ? '' : stampIn(row) }]
      })
      // Where nothing is kept, a row that stands ready tells day and version.
      if (rows.length === 0)
        stamps.push({ at: freeRow(found.rows), column: 'opening', value: neverKept(stampOf(openingDate, version)) })
      const after = await this.#hands.run((context) => writeRegister(context, kind, reading, [...fresh, ...stamps]))
      const gone = here.map((one) => leftHere(reading, one.at, nameOf(one.row), locale))
      const overOwn = after && fetched.undo.length > 0 ? { reading: after, undo: fetched.undo } : undefined
      this.#news = { table: kind.table, news: [...fetched.news, ...copies, ...gone], overOwn }
      await this.#look(desk)
    })
  }

  /**
   * Reads balances or open items from the sheet in front, as the old system printed them, by the reader of the web page. The rows are
   * added when nothing is left to ask, and can be turned or undone.
   */
  async readFront(): Promise<void> {
    await this.#inTurn('insert', async (desk) => {
      const found = await this.#read(desk)
      if (!found) return
      const cells = await this.#hands.run((context) => readFrontSheet(context, found.reading.sheet))
      await this.#readList(desk, found, cells, {})
    })
  }
  /** The answer to what was asked of a list: of the cells that were read then, whatever is in front by now. */
  answer = (of: string, value: string): Promise<void> =>
    this.#inTurn('insert', async (desk) => {
      const found = await this.#read(desk)
      const { cells, answers } = this.#listHere ?? {}
      if (found && cells) await this.#readList(desk, found, cells, { ...answers, [of]: value })
      else await this.#look(desk)
    })
  async #readList(desk: Desk, found: Found, cells: string[][] | undefined, answers: List['answers']): Promise<void> {
    const { set, state } = this.#hands
    const pasted = cells && readOpeningTable(cells, desk.books, answers)
    this.#list = pasted && { table: this.#table!, cells, pasted, answers }
    if (!pasted) set({ notice: { level: 'warning', text: openingTexts[state().locale].pastedNothing } })
    else if (pasted.questions.length === 0) {
      await this.#take(desk, found, this.#list!)
      await this.#hands.goTo('A1', found.reading.sheet)
    }
    await this.#look(desk)
  }
  async #take(desk: Desk, { reading, rows, openingDate, version }: Found, list: List): Promise<void> {
    const first = freeRow(rows)
    const changes = list.pasted.rows.flatMap((typed, i): RegisterChange[] =>
      [
        ...cellsOfTyped(typed, openingDate),
        ['rowKey', newRowKey()],
        ['opening', neverKept(`${openingDate}|${version}`)],
      ].map(([column, value]) => ({ at: first + i, column: column as string, value })),
    )
    const kind = this.#kindOf(desk)
    const after = await this.#hands.run((context) => writeRegister(context, kind, reading, changes))
    this.#list = { ...list, taken: after && { reading: after, undo: undoOf(reading, changes) } }
  }
  async #takeBack(desk: Desk): Promise<void> {
    const taken = this.#listHere ? this.#listHere.taken : this.#newsHere?.overOwn
    const kind = this.#kindOf(desk)
    if (taken) await this.#hands.run((context) => writeRegister(context, kind, taken.reading, taken.undo))
    this.#letGo()
  }
  undo = (): Promise<void> =>
    this.#inTurn('fix', async (desk) => {
      await this.#takeBack(desk)
      await this.#look(desk)
    })
  /** The same rows with the other sign. */
  turn = (): Promise<void> =>
    this.#inTurn('fix', async (desk) => {
      const list = this.#listHere
      await this.#takeBack(desk)
      const found = await this.#read(desk)
      if (list && found)
        await this.#take(desk, found, { ...list, pasted: { ...list.pasted, rows: turned(list.pasted.rows) } })
      await this.#look(desk)
    })
  /** What was done last is no longer to be undone: the list that was read, else what others' took the place of. */
  #letGo(): void {
    if (this.#listHere) this.#list = undefined
    else if (this.#newsHere) this.#news = { ...this.#newsHere, overOwn: undefined }
  }
  async letStand(): Promise<void> {
    this.#letGo()
    await this.look()
  }
  #inTurn = (what: Parameters<PaneHands['withDesk']>[0], work: (desk: Desk) => Promise<void>): Promise<void> =>
    this.#hands.withDesk(what, (desk) => inTurn(desk, () => work(desk)))

  async goTo(address: string): Promise<void> {
    const { opening } = this.#hands.state()
    if (opening && address) await this.#hands.goTo(address, opening.sheet)
  }
}
