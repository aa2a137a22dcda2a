/// <reference types="office-js" />
import { fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import { placesOf } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { type PastedMovements, readMovementTable } from '#worker/sheets/paste-movements.ts'
import { readFrontSheet } from '../excel/front-sheet.ts'
import {
  insertRegister,
  newRowKey,
  type RegisterChange,
  type RegisterReading,
  readRegister,
  rowKeyOf,
  undoOf,
  writeRegister,
} from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { type CellValue, readAmountCell, textOf } from '../sheet/read-cell.ts'
import { type Desk, inTurn, refreshBooks } from '../vouchers/desk.ts'
import { fetchedRows, freeRow, shownCell } from './fetched-rows.ts'
import type { Marked } from './judge-budget.ts'
import { missingOf, type ReadMonths } from './judge-months.ts'
import { copiesIn, leftHere, neverKept, newKeys, onlyHere, unkeptStamp } from './left-here.ts'
import { accountIn, cellsOfMovement, movementKind, movementRows, versionOf } from './movement-sheet.ts'

/** What a sheet of months rests on: its columns, and its rows as they are kept. */
export type MonthGround = { months: readonly Month[]; kept: { version: number; rows: readonly MovementRow[] } }

/** What a kind of such sheets is, besides accounts and months. */
export type MonthSheetOf<Ground extends MonthGround> = {
  table: string
  /** Where it is kept, under the company. */
  path: string
  fetch(desk: Desk): Promise<Ground>
  heading(ground: Ground, desk: Desk): { name: string; head: string[] }
  /** What is sent beside the rows. */
  beside(): object
  /** Judges the sheet and tells the pane; gives the cells that are to say it. Undefined: there is no sheet. */
  show(found: ReadMonths | undefined, desk: Desk): RegisterChange[]
}

/** Rows as they were read from a report, and what is said of it. */
export type Taken = { rows: Record<string, CellValue>[]; says: string[] }
type Take = (printed: PastedMovements) => Taken | undefined
/** A question of a report, and the report it is of. */
export type Asked = { text: string; choices: readonly { value: string; text: string }[]; printed: PastedMovements }
/** Something done with the sheet as a whole: what is said of it, and the cells that undo it. */
type Offered = { says: string; reading: RegisterReading; undo: RegisterChange[] }

/** A sheet of accounts down and months across: made, read, kept on the server, and brought up to date with what others saved. */
export class MonthSheet<Ground extends MonthGround> {
  readonly #hands: PaneHands
  readonly #of: MonthSheetOf<Ground>
  #ground: Ground | undefined
  #offered: Offered | undefined
  #asked: Asked | undefined
  #news: Marked[] = []
  /** The version that this pane last brought into the sheet, for one that lost the rows that told it. Nothing brought in is 0. */
  #version = 0
  /** The rows of each version that this pane knows: what the sheet held when it was brought in or saved. */
  readonly #known = new Map<number, readonly MovementRow[]>()
  constructor(hands: PaneHands, of: MonthSheetOf<Ground>) {
    this.#hands = hands
    this.#of = of
  }

  /** After the sheet was read once. */
  get ground(): Ground {
    return this.#ground!
  }
  /** What was read or turned, until it is let stand or undone. */
  get offered(): string | undefined {
    return this.#offered?.says
  }
  /** What must be answered before anything of a report is taken. */
  get asked(): Asked | undefined {
    return this.#asked
  }
  ask(asked: Asked | undefined): void {
    this.#asked = asked
  }
  /** Cells that became another figure when the sheet was last brought up to date. */
  get news(): readonly Marked[] {
    return this.#news
  }
  /** Something of what the sheet rests on is known anew. */
  rest(on: Partial<Ground>): void {
    this.#ground = { ...this.ground, ...on }
  }
  get #kind() {
    return movementKind(this.ground.months, this.#of.table)
  }
  #write = (reading: RegisterReading, changes: readonly RegisterChange[]): Promise<RegisterReading | undefined> =>
    this.#hands.run((context) => writeRegister(context, this.#kind, reading, changes))

  async #fetch(desk: Desk): Promise<Ground> {
    await refreshBooks(desk)
    this.#ground = await this.#of.fetch(desk)
    const { version, rows } = this.#ground.kept
    this.#known.set(version, rows)
    return this.#ground
  }

  async insert(desk: Desk): Promise<void> {
    const { run, state } = this.#hands
    const ground = await this.#fetch(desk)
    const { months, kept } = ground
    if (months.length === 0) {
      this.#warn(takeoverTexts[state().locale].sheet.sheetNone)
      return
    }
    const kind = this.#kind
    const { name, head } = this.#of.heading(ground, desk)
    // An empty sheet tells its version too, in the first row that stands ready: what others keep later is not written over.
    const filled: Record<string, CellValue>[] =
      kept.rows.length > 0
        ? kept.rows.map((row) => cellsOfMovement(row, months, kept.version))
        : [{ opening: neverKept(String(kept.version)) }]
    const rows = filled.map((cells) => kind.columns.map(({ id }) => cells[id] ?? ''))
    const isNew = await run((context) => insertRegister(context, kind, state().locale, { name, head, rows }))
    if (isNew) {
      this.#version = kept.version
      this.#news = []
      this.#offered = undefined
      this.#asked = undefined
    }
    await this.look(desk)
  }
  #warn = (text: string): void => this.#hands.set({ notice: { level: 'warning', text } })

  /** `lines` tell which row owns a key that more than one carries: the one that still is what it was. */
  async read(desk: Desk, lines?: readonly MovementRow[]): Promise<ReadMonths | undefined> {
    const { months, kept } = this.#ground ?? (await this.#fetch(desk))
    const reading = await this.#hands.run((context) => readRegister(context, this.#kind))
    const version = reading && (versionOf(reading) ?? this.#version)
    return reading && { reading, version: version!, rows: movementRows(reading, months, lines ?? kept.rows, newRowKey) }
  }

  /** The sheet with a key in each filled row, by which the row is the same one wherever it is sorted to. */
  async keyed(desk: Desk): Promise<ReadMonths | undefined> {
    const found = await this.read(desk)
    const keys = found ? newKeys(found) : []
    if (!found || keys.length === 0) return found
    await this.#write(found.reading, keys)
    return this.read(desk)
  }

  /** Judges the sheet as it stands, and writes how each row does. */
  async look(desk: Desk): Promise<void> {
    const found = await this.read(desk)
    const changes = this.#of.show(found, desk)
    if (found && changes.length > 0) await this.#write(found.reading, changes)
  }
  /** The same, in its turn; what goes wrong is told. */
  async lookInTurn(): Promise<void> {
    const desk = this.#hands.desk()
    if (desk) await inTurn(desk, () => this.look(desk)).catch((error) => this.#hands.fail(error))
  }

  /** Reads accounts and months from the sheet in front, as the old system printed them. */
  async readFront(desk: Desk, take?: Take): Promise<void> {
    const found = await this.read(desk)
    if (!found) return
    const { months } = this.ground
    const { locale } = this.#hands.state()
    const cells = await this.#hands.run((context) => readFrontSheet(context, found.reading.sheet))
    const printed = cells && readMovementTable(cells, months)
    if (printed) await this.take(desk, printed, take)
    else this.#warn(fill(takeoverTexts[locale].sheet.pastedNothing, { year: months[0]!.slice(0, 4) }, locale))
    if (!printed) await this.look(desk)
  }
  /** Puts what was printed into the sheet, to be let stand or undone. `take` gives nothing while something is left to ask. */
  async take(desk: Desk, printed: PastedMovements, take: Take = asPrinted): Promise<void> {
    const taken = take(printed)
    const found = taken && (await this.keyed(desk))
    const { locale } = this.#hands.state()
    const words = takeoverTexts[locale].sheet
    if (found) {
      const { ignored, skipped } = printed
      const { months } = printed
      const changes = placed(taken.rows, months, found)
      const stood = changes.filter(({ at, column, value }) => {
        const before = months.includes(column as Month) ? found.reading.rows[at]?.cells[column] : ''
        return textOf(before) !== '' && shownCell(before, 'amount', locale) !== shownCell(value, 'amount', locale)
      })
      const emptied = stood.filter(({ value }) => textOf(value) === '').length
      const says = [
        fill(words.pasted, { rows: taken.rows.length, months: months.length, skipped }, locale),
        ...taken.says,
        ...(stood.length > 0 ? [fill(words.pastedOver, { replaced: stood.length - emptied, emptied }, locale)] : []),
        ...(ignored.length > 0 ? [fill(words.pastedOutside, { columns: ignored.join(', ') }, locale)] : []),
      ]
      await this.offer(found.reading, changes, says.join(' '))
    }
    await this.look(desk)
    if (found) await this.#hands.goTo('A1', found.reading.sheet)
  }

  async offer(reading: RegisterReading, changes: readonly RegisterChange[], says: string): Promise<void> {
    const after = await this.#write(reading, changes)
    if (!after) return
    this.#offered = { says, reading: after, undo: undoOf(reading, changes) }
  }
  /** Lets stand what was read or turned. */
  async letStand(): Promise<void> {
    this.#offered = undefined
    await this.lookInTurn()
  }
  async undo(desk: Desk): Promise<void> {
    const offered = this.#offered
    if (offered) await this.#write(offered.reading, offered.undo)
    this.#offered = undefined
    await this.look(desk)
  }

  /** Row keys first, so that a row is the same one however often it is sent; then the rows. What cannot be read is not sent. */
  async save(desk: Desk): Promise<boolean> {
    const read = await this.read(desk)
    if (!read || read.rows.some(({ unread }) => unread.length > 0)) return false
    if (missingOf(read.reading, this.ground.months).length > 0) return false
    const { reading, rows, version } = read
    const keyed = (await this.#write(reading, newKeys(read))) ?? reading
    const { path, beside } = this.#of
    const { body } = await this.#hands.api.call<Ground['kept']>(`/api/v1/companies/${desk.binding.company}/${path}`, {
      method: 'PUT',
      body: { rows: rows.map(({ row }) => row), ...beside() },
      headers: { 'if-match': `"${version}"` },
      repeat: false,
    })
    this.#news = []
    await this.#stamp(keyed, body)
    return true
  }
  async #stamp(reading: RegisterReading, kept: Ground['kept']): Promise<void> {
    this.rest({ kept } as Partial<Ground>)
    this.#known.set(kept.version, kept.rows)
    this.#offered = undefined
    this.#version = kept.version
    const keys = new Set(kept.rows.map(({ rowKey }) => rowKey))
    const changes = reading.rows.flatMap((row): RegisterChange[] => {
      const stamp = keys.has(rowKeyOf(row)) ? String(kept.version) : unkeptStamp(row, '')
      return rowKeyOf(row) === '' || textOf(row.cells.opening) === stamp
        ? []
        : [{ at: row.at, column: 'opening', value: stamp }]
    })
    if (keys.size === 0) {
      const at = reading.rows.find((row) => rowKeyOf(row) === '')?.at ?? reading.rows.length
      changes.push({ at, column: 'opening', value: neverKept(String(kept.version)) })
    }
    await this.#write(reading, changes)
  }

  /**
   * Brings in the sheet as it is kept: what others changed in place, new rows below. One's own unsaved cells stay, and so do rows that
   * only stand here, which are told of, as copies are.
   */
  async refresh(desk: Desk): Promise<void> {
    const { locale } = this.#hands.state()
    // Which rows are copies is told by the sheet as it was kept before.
    const before = this.#ground?.kept.rows
    // First, as it may fail: nothing is written by then.
    const { months, kept } = await this.#fetch(desk)
    const stood = await this.read(desk, before)
    if (!stood) return
    const copies = copiesIn(stood, ({ row }) => row.account, locale)
    await this.#write(stood.reading, newKeys(stood))
    const base = this.#known.get(stood.version)
    const found = await this.read(desk)
    if (!found) return
    const { reading } = found
    const { changes, news, undo } = fetchedRows(found, base, kept.rows, {
      kind: this.#kind,
      cellsOf: (row) => cellsOfMovement(row, months, kept.version),
      nameOf: ({ account }) => account,
      locale,
    })
    const after = (await this.#write(reading, changes)) ?? reading
    const here = onlyHere(found, kept.rows)
    this.#news = [...news, ...copies, ...here.map(({ at, row }) => leftHere(reading, at, row.account, locale))]
    await this.#stamp(after, kept)
    if (undo.length > 0) this.#offered = { says: takeoverTexts[locale].sheet.overOwn, reading: after, undo }
    await this.look(desk)
  }
}

/**
 * Rows of a report as cells: an account that has a row gets these months in it, as wherever a report is read, and the others come below.
 */
function placed(rows: Taken['rows'], months: readonly string[], found: ReadMonths): RegisterChange[] {
  const before = placesOf(
    rows.map(({ account }) => accountIn(account ?? '')),
    found.rows.map(({ at, row }) => ({ at, ...row })),
  )
  let free = freeRow(found.rows)
  return rows.flatMap((own, i): RegisterChange[] => {
    const at = before[i]?.at ?? free++
    const cells: Record<string, CellValue> = before[i]
      ? Object.fromEntries(months.map((month) => [month, own[month] ?? '']))
      : { ...own, rowKey: newRowKey(), opening: neverKept(String(found.version)) }
    return Object.entries(cells).map(([column, value]) => ({ at, column, value }))
  })
}

const asPrinted = ({ rows }: PastedMovements): Taken => ({
  says: [],
  rows: rows.map((own) => Object.fromEntries(Object.entries(own).map(([column, text]) => [column, cellOf(text)]))),
})
/** A text of a report as a cell: figures and accounts become numbers. */
export function cellOf(text: string): CellValue {
  const read = readAmountCell(text)
  if (/,/.test(text) && read.kind === 'value') return kronerOf(read.value)
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : text
}
