// The workbook behind the bridge: sheets, cells, tables, settings, XML parts. It knows nothing of the protocol's messages but
// the events it queues. Two hosts on one workbook are two co-authors.
import { type Area, addressOf, areaOf, checked, contains, overlaps, quoted, sheetAndAddress } from './a1.ts'
import { EVENT, type HostEvent, LIMIT, refuse, WHOLE_WORKBOOK } from './protocol.ts'

export type Value = string | number | boolean
export type Cell = {
  value: Value
  formula: string | undefined
  format: string
  /** A cell that an array spills into, by the place of the formula. */
  spillOf: number | undefined
  fill: string | undefined
  /** The text's colour, weight and size in points; Excel's own when none was set. */
  color?: string
  bold?: boolean
  size?: number
}
export const newCell = (): Cell => ({
  value: '',
  formula: undefined,
  format: 'General',
  spillOf: undefined,
  fill: undefined,
})

export type ConditionalFormat = {
  id: string
  area: Area
  formula: string
  fill: string | undefined
  color: string | undefined
}
export type Sheet = {
  type: 'Worksheet'
  workbook: Workbook
  id: string
  name: string
  visibility: string
  cells: Map<number, Cell>
  hiddenColumns: Set<number>
  hiddenRows: Set<number>
  widths: Map<number, number>
  conditionalFormats: ConditionalFormat[]
  validations: { area: Area; rule: unknown }[]
  frozenRows: number
  /** How it is printed; what is not set is Excel's own. */
  page: { orientation?: string; zoom?: unknown; titleRows?: string }
  tabColor: string
}
/** `r` is the header's row; `h` counts it. */
export type Table = Area & {
  type: 'Table'
  workbook: Workbook
  id: string
  name: string
  sheet: Sheet
  style: string
  columnIds: number[]
}
export type Range = Area & { type: 'Range'; workbook: Workbook; sheet: Sheet }
/** A window, as far as the workbook knows it: the kinds of events it has asked to hear. */
export type Listener = { readonly hears: Set<number> }
export type XmlPart = { type: 'CustomXmlPart'; workbook: Workbook; id: string; xml: string }

const isSame = (a: string, b: unknown): boolean => a.toLowerCase() === String(b).toLowerCase()

export class Workbook {
  readonly type = 'Workbook'
  sheets: Sheet[] = []
  tables: Table[] = []
  xmlParts: XmlPart[] = []
  settings = new Map<string, unknown>()
  /** Days are counted from 1904, as an old Mac did. */
  dates1904 = false
  selection: Range
  active: Sheet
  /** There is nothing to print on: what is set of pages is refused. */
  printer = true
  /** The user is typing in a cell: Excel refuses every request. */
  editMode = false
  /** Whose request is being answered: changes it makes are told as its own to itself, as remote to the others. */
  acting: Listener | undefined
  #outbox: { by: Listener | undefined; event: (for_: Listener) => HostEvent }[] = []
  #lastId = 0
  /** Called when cells change, so that formulas follow. */
  onCells: ((sheet: Sheet, area: Area) => void) | undefined

  constructor() {
    this.active = this.addSheet('Ark1')
    this.selection = this.range(this.active, { r: 0, c: 0, h: 1, w: 1 })
  }

  newId = (prefix: string): string => `${prefix}${++this.#lastId}`

  addSheet(name: string): Sheet {
    if (!/^[^\\/?*[\]:]{1,31}$/.test(name) || this.sheet(name)) refuse('InvalidArgument', `sheet name ${name}`)
    const sheet: Sheet = {
      type: 'Worksheet',
      workbook: this,
      id: `{${this.newId('S')}}`,
      name,
      visibility: 'Visible',
      cells: new Map(),
      hiddenColumns: new Set(),
      hiddenRows: new Set(),
      widths: new Map(),
      conditionalFormats: [],
      validations: [],
      frozenRows: 0,
      page: {},
      tabColor: '',
    }
    this.sheets.push(sheet)
    return sheet
  }
  sheet = (key: unknown): Sheet | undefined => this.sheets.find((s) => s.id === key || isSame(s.name, key))
  table = (key: unknown): Table | undefined => this.tables.find((t) => t.id === key || isSame(t.name, key))

  range = (sheet: Sheet, area: Area): Range => ({ type: 'Range', workbook: this, sheet, ...checked(area) })
  /** "B2:C4" on the sheet given, or on the one that the address names. */
  at(sheet: Sheet, address: string): Range {
    const named = sheetAndAddress(address)
    const on = named.sheet === undefined ? sheet : (this.sheet(named.sheet) ?? refuse('ItemNotFound', address))
    return this.range(on, areaOf(named.address) ?? refuse('InvalidArgument', `address ${address}`))
  }
  addressOf = (g: Range): string => `${quoted(g.sheet.name)}!${addressOf(g)}`

  cell = (sheet: Sheet, r: number, c: number): Cell | undefined => sheet.cells.get(r * LIMIT.columns + c)
  setCell(sheet: Sheet, r: number, c: number, cell: Cell | undefined): void {
    const key = r * LIMIT.columns + c
    if (cell) sheet.cells.set(key, cell)
    else sheet.cells.delete(key)
  }
  /** A matrix with f(cell) for each cell of the range. */
  grid<T>(g: Range, f: (cell: Cell | undefined, r: number, c: number) => T): T[][] {
    if (g.h * g.w > 5_000_000) refuse('InvalidArgument', 'more than 5,000,000 cells')
    const rows: T[][] = []
    for (let r = g.r; r < g.r + g.h; r++) {
      const row: T[] = []
      for (let c = g.c; c < g.c + g.w; c++) row.push(f(this.cell(g.sheet, r, c), r, c))
      rows.push(row)
    }
    return rows
  }
  /** Puts one value in all cells, or a matrix of exactly the range's shape. */
  put(g: Range, matrix: unknown, enter: (before: Cell | undefined, value: unknown) => Cell | undefined): void {
    const rows = Array.isArray(matrix) ? matrix : undefined
    if (rows && (rows.length !== g.h || rows.some((row) => !Array.isArray(row) || row.length !== g.w)))
      refuse('InvalidArgument', `the array is ${rows.length} × ${rows[0]?.length}, the range ${g.h} × ${g.w}`)
    for (let i = 0; i < g.h; i++)
      for (let j = 0; j < g.w; j++) {
        const before = this.cell(g.sheet, g.r + i, g.c + j)
        const value = rows ? rows[i][j] : matrix
        this.setCell(g.sheet, g.r + i, g.c + j, enter(before, value))
      }
  }
  /** The smallest area that holds everything written; undefined when nothing is. */
  usedArea(sheet: Sheet): Area | undefined {
    let area: { r1: number; c1: number; r2: number; c2: number } | undefined
    for (const [key, cell] of sheet.cells) {
      if (cell.value === '' && !cell.formula) continue
      const [r, c] = [Math.floor(key / LIMIT.columns), key % LIMIT.columns]
      area = area
        ? { r1: Math.min(area.r1, r), c1: Math.min(area.c1, c), r2: Math.max(area.r2, r), c2: Math.max(area.c2, c) }
        : { r1: r, c1: c, r2: r, c2: c }
    }
    return area && { r: area.r1, c: area.c1, h: area.r2 - area.r1 + 1, w: area.c2 - area.c1 + 1 }
  }

  addTable(sheet: Sheet, area: Area, hasHeaders: boolean): Table {
    if (!hasHeaders) refuse('HostNotImplemented', 'a table without headers')
    if (this.tables.some((t) => t.sheet === sheet && overlaps(t, area))) refuse('InvalidOperation', 'overlaps a table')
    const table: Table = {
      type: 'Table',
      workbook: this,
      id: `{${this.newId('T')}}`,
      name: this.newId('Tabell'),
      sheet,
      ...area,
      h: Math.max(2, area.h),
      style: 'TableStyleMedium2',
      columnIds: Array.from({ length: area.w }, (_, i) => i + 1),
    }
    this.tables.push(table)
    this.#nameColumns(table)
    return table
  }
  /** Captions are texts, none is empty, and none stands twice. */
  #nameColumns({ sheet, r, c, w }: Table): void {
    const taken = new Set<string>()
    for (let i = 0; i < w; i++) {
      const cell = this.cell(sheet, r, c + i) ?? newCell()
      const wanted = String(cell.value) || `Kolonne${i + 1}`
      let name = wanted
      for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}${n}`
      taken.add(name.toLowerCase())
      if (name !== cell.value) this.setCell(sheet, r, c + i, { ...cell, value: name })
    }
  }
  tableAt = (sheet: Sheet, r: number, c: number): Table | undefined =>
    this.tables.find((t) => t.sheet === sheet && contains(t, r, c))

  /** Queues what listeners are told about a change, and lets formulas follow it. */
  changed(g: Range, changeType = 'RangeEdited'): void {
    const by = this.acting
    const address = addressOf(g)
    this.#outbox.push({
      by,
      event: (for_) => [
        EVENT.sheets,
        EVENT.dataChanged,
        WHOLE_WORKBOOK,
        JSON.stringify({
          address,
          changeType,
          worksheetId: g.sheet.id,
          source: by === undefined || by === for_ ? 'Local' : 'Remote',
          triggerSource: by === for_ ? 'ThisLocalAddin' : 'Unknown',
          shiftDirection: 'None',
        }),
      ],
    })
    this.onCells?.(g.sheet, g)
  }
  select(g: Range): void {
    this.selection = g
    this.activate(g.sheet)
    const payload = JSON.stringify({ address: addressOf(g), worksheetId: g.sheet.id })
    this.#outbox.push({ by: undefined, event: () => [EVENT.sheets, EVENT.selectionChanged, WHOLE_WORKBOOK, payload] })
  }
  activate(sheet: Sheet): void {
    if (this.active === sheet) return
    this.active = sheet
    const payload = JSON.stringify({ worksheetId: sheet.id })
    this.#outbox.push({ by: undefined, event: () => [EVENT.sheets, EVENT.activated, WHOLE_WORKBOOK, payload] })
  }
  /** What has happened since the last time, for all who listen. */
  takeEvents(): { by: Listener | undefined; event: (for_: Listener) => HostEvent }[] {
    return this.#outbox.splice(0)
  }
}
