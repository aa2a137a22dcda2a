/// <reference types="office-js" />
import { fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import { movementMonthsOf, type TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { asMovements } from '#worker/takeover/cumulative.ts'
import { judgeMovements, openingSums } from '#worker/takeover/movement-judgement.ts'
import { Refused } from '../api/ledger-api.ts'
import {
  insertRegister,
  type RegisterChange,
  type RegisterReading,
  type RegisterRow,
  readRegister,
  writeRegister,
} from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { readAmountCell, textOf } from '../sheet/read-cell.ts'
import { type Desk, inTurn, refreshBooks } from '../vouchers/desk.ts'
import { type Found, type Ground, judgedMovements, type Kept, missingOf, suspectOf } from './judge-movements.ts'
import { cellsOfMovement, movementKind, movementRows, readPrinted, versionOf } from './movement-sheet.ts'

/** Something done with the sheet as a whole: what is said of it, and the cells that undo it. */
type Offered = { says: string; reading: RegisterReading; undo: RegisterChange[] }

const carried = ({ cells }: RegisterRow): string => textOf(cells.rowKey)
const newId = (): string => idOf('row', crypto.getRandomValues(new Uint8Array(17)))

/** The sheet of movements: filled in, judged by the rules that book it, kept on the server, and booked month by month. */
export class MovementModel {
  readonly #hands: PaneHands
  #ground: Ground | undefined
  #keptMonths: readonly Month[] = []
  #offered: Offered | undefined
  constructor(hands: PaneHands) {
    this.#hands = hands
  }

  async #fetch(desk: Desk): Promise<Ground> {
    const { api } = this.#hands
    const { company } = desk.binding
    await refreshBooks(desk)
    const [plan, kept] = await Promise.all([
      api.get<TakeoverPlan>(company, 'takeover'),
      api.get<Kept>(company, 'takeover/movements'),
    ])
    const opened = await api
      .get<{ rows: OpeningRow[] }>(company, `opening-balances/${plan.openingDate}`)
      .catch((error: unknown) => {
        if (error instanceof Refused && error.code === 'opening-balance/unknown') return { rows: [] }
        throw error
      })
    const months = movementMonthsOf(plan, desk.books).map(({ month }) => month)
    this.#keptMonths = kept.keptMonths
    this.#ground = { plan, months, opening: openingSums(opened.rows, desk.books), kept }
    return this.#ground
  }

  async insertSheet(): Promise<void> {
    const { run, state, set } = this.#hands
    await this.#hands.withDesk('insert', async (desk) => {
      const { locale } = state()
      const words = takeoverTexts[locale].sheet
      const { months, kept } = await this.#fetch(desk)
      if (months.length === 0) {
        set({ notice: { level: 'warning', text: words.sheetNone } })
        return
      }
      const kind = movementKind(months)
      await run((context) =>
        insertRegister(context, kind, locale, {
          name: words.sheetName,
          head: [
            fill(words.heading, { from: months[0]!, to: months.at(-1)! }, locale),
            fill(words.sheetHead, { company: desk.binding.companyName }, locale),
          ],
          rows: kept.rows.map((row) => {
            const cells = cellsOfMovement(row, months, kept.version)
            return kind.columns.map(({ id }) => cells[id])
          }),
        }),
      )
      await this.#look(desk)
    })
  }

  async look(): Promise<void> {
    const desk = this.#hands.desk()
    if (desk) await inTurn(desk, () => this.#look(desk)).catch((error) => this.#hands.fail(error))
  }

  async #read(desk: Desk): Promise<Found | undefined> {
    const { plan, months, opening, kept } = this.#ground ?? (await this.#fetch(desk))
    const reading = await this.#hands.run((context) => readRegister(context, movementKind(months)))
    if (!reading) return undefined
    const rows = movementRows(reading, months, kept.rows, newId)
    const sheet = { rows: rows.map(({ row }) => row), keptMonths: [...this.#keptMonths] }
    return { reading, version: versionOf(reading), rows, judgement: judgeMovements(sheet, plan, opening, desk.books) }
  }

  /** Judges the sheet as it stands, and writes how each row does. */
  async #look(desk: Desk): Promise<void> {
    const found = await this.#read(desk)
    if (!found) {
      this.#hands.set({ movements: undefined })
      return
    }
    const ground = this.#ground!
    const { view, changes } = judgedMovements(found, ground, this.#keptMonths, desk.books, this.#hands.state().locale)
    const kind = movementKind(ground.months)
    if (changes.length > 0)
      await this.#hands.run((context) => writeRegister(context, kind, found.reading, changes, carried))
    this.#hands.set({ movements: { ...view, offered: this.#offered?.says } })
  }

  /** Reads accounts and months from the sheet in front, as the old system printed them; the rows are added, and can be undone. */
  async readFront(): Promise<void> {
    const { run, set, state } = this.#hands
    await this.#inTurn('insert', async (desk) => {
      const found = await this.#read(desk)
      if (!found) return
      const { months } = this.#ground!
      const { locale } = state()
      const words = takeoverTexts[locale].sheet
      const printed = await run(async (context) => {
        const sheet = context.workbook.worksheets.getActiveWorksheet()
        const used = sheet.getUsedRangeOrNullObject()
        sheet.load('name')
        used.load('values, numberFormat')
        await context.sync()
        if (used.isNullObject || sheet.name === found.reading.sheet) return undefined
        return readPrinted(used.values, used.numberFormat as string[][], months)
      })
      if (!printed) {
        const text = fill(words.pastedNothing, { year: months[0]!.slice(0, 4) }, locale)
        set({ notice: { level: 'warning', text } })
        return
      }
      const { rows, ignored, skipped } = printed
      const first = Math.max(-1, ...found.rows.map(({ at }) => at)) + 1
      const changes = rows.flatMap((own, i): RegisterChange[] => [
        ...Object.entries(own).map(([column, text]) => ({ at: first + i, column, value: figureOf(text) })),
        { at: first + i, column: 'rowKey', value: newId() },
        { at: first + i, column: 'opening', value: String(found.version) },
      ])
      const says = [
        fill(words.pasted, { rows: rows.length, months: printed.months.length, skipped }, locale),
        ...(ignored.length > 0 ? [fill(words.pastedOutside, { columns: ignored.join(', ') }, locale)] : []),
      ]
      await this.#offer(found.reading, changes, says.join(' '))
      await this.#look(desk)
      await this.#hands.goTo('A1', found.reading.sheet)
    })
  }

  /** Turns the months that look like balances into movements: shown in the sheet, to be let stand or undone. */
  async turn(): Promise<void> {
    await this.#inTurn('fix', async (desk) => {
      const found = await this.#read(desk)
      if (!found) return
      const { plan, months, opening } = this.#ground!
      const columns = movementMonthsOf(plan, desk.books)
      const turning = new Set(suspectOf(found.judgement))
      const rows = found.rows.map(({ row }) => row)
      const turned = asMovements(rows, turning, columns, opening, desk.books)
      const changes = turned.flatMap((row, i): RegisterChange[] => {
        const { at } = found.rows[i]!
        const { cells } = found.reading.rows[at]!
        return Object.entries(cellsOfMovement(row, months, found.version)).flatMap(([column, value]) =>
          column === 'account' || textOf(cells[column]) === textOf(value) ? [] : [{ at, column, value }],
        )
      })
      await this.#offer(found.reading, changes, takeoverTexts[this.#hands.state().locale].sheet.turned)
      await this.#look(desk)
    })
  }

  /** They are movements all the same. */
  async keep(): Promise<void> {
    await this.#inTurn('save', async (desk) => {
      const found = await this.#read(desk)
      if (!found) return
      this.#keptMonths = [...new Set([...this.#keptMonths, ...suspectOf(found.judgement)])]
      await this.#save(desk)
      await this.#look(desk)
    })
  }

  async #offer(reading: RegisterReading, changes: readonly RegisterChange[], says: string): Promise<void> {
    const kind = movementKind(this.#ground!.months)
    const after = await this.#hands.run((context) => writeRegister(context, kind, reading, changes, carried))
    if (!after) return
    const undo = changes.map(({ at, column }) => ({ at, column, value: reading.rows[at]?.cells[column] ?? '' }))
    this.#offered = { says, reading: after, undo }
  }
  /** Lets stand what was read or turned. */
  async letStand(): Promise<void> {
    this.#offered = undefined
    await this.look()
  }
  async undo(): Promise<void> {
    await this.#inTurn('fix', async (desk) => {
      const offered = this.#offered
      if (!offered) return
      const kind = movementKind(this.#ground!.months)
      await this.#hands.run((context) => writeRegister(context, kind, offered.reading, offered.undo, carried))
      this.#offered = undefined
      await this.#look(desk)
    })
  }

  /** Keeps the rows on the server, where colleagues and the web page see them. Nothing is booked. */
  async save(): Promise<void> {
    await this.#inTurn('save', async (desk) => {
      await this.#save(desk)
      await this.#look(desk)
    })
  }
  /** Row keys first, so that a row is the same one however often it is sent; then the rows. What cannot be read is not sent. */
  async #save(desk: Desk): Promise<boolean> {
    const found = await this.#read(desk)
    const { months } = this.#ground!
    if (!found || found.rows.some(({ unread }) => unread.length > 0)) return false
    if (missingOf(found.reading, months).length > 0) return false
    const { reading, rows, version } = found
    const kind = movementKind(months)
    const keys = rows.flatMap(({ at, row }): RegisterChange[] =>
      textOf(reading.rows[at]!.cells.rowKey) === row.rowKey ? [] : [{ at, column: 'rowKey', value: row.rowKey }],
    )
    const keyed = (await this.#hands.run((context) => writeRegister(context, kind, reading, keys, carried))) ?? reading
    const { body } = await this.#hands.api.call<Kept>(`/api/v1/companies/${desk.binding.company}/takeover/movements`, {
      method: 'PUT',
      body: { rows: rows.map(({ row }) => row), keptMonths: this.#keptMonths },
      headers: { 'if-match': `"${rows.length === 0 || version === 0 ? this.#ground!.kept.version : version}"` },
      repeat: false,
    })
    await this.#stamp(keyed, body)
    return true
  }
  async #stamp(reading: RegisterReading, kept: Kept): Promise<void> {
    const ground = this.#ground!
    this.#ground = { ...ground, kept }
    this.#offered = undefined
    const stamp = String(kept.version)
    const changes = reading.rows.flatMap((row): RegisterChange[] =>
      carried(row) !== '' && textOf(row.cells.opening) !== stamp
        ? [{ at: row.at, column: 'opening', value: stamp }]
        : [],
    )
    await this.#hands.run((context) => writeRegister(context, movementKind(ground.months), reading, changes, carried))
  }

  /** Saves, and books each month as one voucher; a month that is booked already as it stands is not booked again. */
  async book(): Promise<void> {
    await this.#inTurn('post', async (desk) => {
      if (await this.#save(desk))
        await this.#done(desk, 'booking', { replace: this.#hands.state().movements?.stands ?? false })
      await this.#look(desk)
    })
  }
  /** Undoes the booking by one reversal a month; the rows stay. */
  async reverse(): Promise<void> {
    await this.#inTurn('post', async (desk) => {
      await this.#done(desk, 'reversal', {})
      await this.#look(desk)
    })
  }
  async #done(desk: Desk, what: 'booking' | 'reversal', body: object): Promise<void> {
    const path = `/api/v1/companies/${desk.binding.company}/takeover/movements/${what}`
    const answer = await this.#hands.api.call<Kept>(path, { body })
    this.#ground = { ...this.#ground!, kept: answer.body }
    await refreshBooks(desk)
  }

  /** Brings in the sheet as it is kept: changed rows in place, new ones below, and rows that only stand here stay. */
  async refresh(): Promise<void> {
    await this.#inTurn('refresh', async (desk) => {
      const { months, kept } = await this.#fetch(desk)
      const found = await this.#read(desk)
      if (!found) return
      const { reading } = found
      const places = new Map(reading.rows.map((row) => [carried(row), row.at]))
      let free = Math.max(-1, ...found.rows.map((row) => row.at)) + 1
      const changes = kept.rows.flatMap((row): RegisterChange[] => {
        const at = places.get(row.rowKey) ?? free++
        const before = reading.rows[at]?.cells ?? {}
        return Object.entries(cellsOfMovement(row, months, kept.version)).flatMap(([column, value]) =>
          textOf(before[column]) === textOf(value) ? [] : [{ at, column, value }],
        )
      })
      const kind = movementKind(months)
      const after = await this.#hands.run((context) => writeRegister(context, kind, reading, changes, carried))
      await this.#stamp(after ?? reading, kept)
      await this.#look(desk)
    })
  }

  async goTo(address: string): Promise<void> {
    const { movements } = this.#hands.state()
    if (movements && address) await this.#hands.goTo(address, movements.sheet)
  }

  #inTurn = (what: Parameters<PaneHands['withDesk']>[0], work: (desk: Desk) => Promise<void>): Promise<void> =>
    this.#hands.withDesk(what, (desk) => inTurn(desk, () => work(desk)))
}

const figureOf = (text: string) => {
  const read = readAmountCell(text)
  return /,/.test(text) && read.kind === 'value'
    ? kronerOf(read.value)
    : /^[1-9]\d{0,14}$/.test(text)
      ? Number(text)
      : text
}
