// What a person does in the sheet, with or without the add-in: typing, sorting, inserting, deleting, copying, moving columns.
import { type Area, columnName } from './a1.ts'
import { tellAll } from './excel-host.ts'
import { bodyOf, captionsOf } from './model-table.ts'
import { typedByPerson } from './value-entry.ts'
import { type Cell, newCell, type Sheet, type Table, type Value, type Workbook } from './workbook.ts'

export class User {
  readonly #workbook: Workbook
  readonly #language: 'nb' | 'en'
  constructor(workbook: Workbook, language: 'nb' | 'en' = 'nb') {
    this.#workbook = workbook
    this.#language = language
  }

  sheet = (name: string): Sheet => this.#workbook.sheet(name)!
  table = (name: string): Table => this.#workbook.table(name)!

  /** Types into cells, from the one that the address names on. A table grows when the row right below it is written. */
  type(sheet: string, address: string, rows: readonly (readonly Value[])[]): void {
    const start = this.#workbook.at(this.sheet(sheet), address)
    const g = this.#workbook.range(start.sheet, { r: start.r, c: start.c, h: rows.length, w: rows[0]!.length })
    for (const t of this.#workbook.tables)
      if (t.sheet === g.sheet && g.r <= t.r + t.h && g.r + g.h > t.r + t.h && g.c < t.c + t.w && g.c + g.w > t.c) {
        if (g.r < t.r + 1) continue
        this.#formatNewRows(t, g.r + g.h - (t.r + t.h))
        t.h = g.r + g.h - t.r
      }
    this.#workbook.put(g, rows, (before, value) => typedByPerson(before, value as Value, this.#language))
    this.#workbook.changed(g)
    tellAll(this.#workbook)
  }

  /** Types values into a table's row by the captions of its columns; the row after the last makes a new one. */
  fill(table: string, row: number, values: Readonly<Record<string, Value>>): void {
    const t = this.table(table)
    for (const [caption, value] of Object.entries(values)) {
      const at = captionsOf(t).indexOf(caption)
      if (at < 0) throw new Error(`no column ${caption} among ${captionsOf(t)}`)
      const [r, c] = [t.r + 1 + row, t.c + at]
      if (row >= t.h - 1) {
        this.#formatNewRows(t, row - (t.h - 2))
        t.h = row + 2
      }
      const cell = typedByPerson(this.#workbook.cell(t.sheet, r, c), value, this.#language)
      this.#workbook.setCell(t.sheet, r, c, cell)
      this.#workbook.changed(this.#workbook.range(t.sheet, { r, c, h: 1, w: 1 }))
    }
    tellAll(this.#workbook)
  }

  /** A table's rows as objects by caption. */
  rows(table: string): Record<string, Value>[] {
    const t = this.table(table)
    const captions = captionsOf(t)
    return this.#workbook
      .grid(bodyOf(t), (cell) => cell?.value ?? '')
      .map((row) => Object.fromEntries(row.map((value, i) => [captions[i]!, value])))
  }

  sort(table: string, compare: (a: Record<string, Value>, b: Record<string, Value>) => number): void {
    const t = this.table(table)
    const rows = this.rows(table)
    const order = rows.map((_, i) => i).sort((a, b) => compare(rows[a]!, rows[b]!))
    this.#reorder(t, order)
  }

  /** Copies rows of a table and inserts them before a row, hidden columns and all. */
  copyRows(table: string, from: number, count: number, before: number): void {
    const t = this.table(table)
    const copies = this.#take(t, from, count)
    this.#insert(t, before, copies)
  }
  insertRows(table: string, before: number, count: number): void {
    const t = this.table(table)
    this.#insert(
      t,
      before,
      this.#take(t, Math.min(before, t.h - 2), count).map((row) =>
        row.map((cell) => cell && { ...cell, value: '' as Value }),
      ),
    )
  }
  deleteRows(table: string, from: number, count: number): void {
    const t = this.table(table)
    const last = t.h - 2
    for (let row = from; row <= last; row++)
      this.#place(t, row, row + count <= last ? this.#take(t, row + count, 1)[0]! : [])
    t.h = Math.max(2, t.h - count)
    this.#changed(t, 'RowDeleted')
  }
  /** Empties a column's cells, as one who deletes what a hidden column holds. */
  clearColumn(table: string, caption: string): void {
    const t = this.table(table)
    const c = t.c + captionsOf(t).indexOf(caption)
    for (let r = t.r + 1; r < t.r + t.h; r++)
      this.#workbook.setCell(t.sheet, r, c, { ...this.#workbook.cell(t.sheet, r, c)!, value: '' })
    this.#changed(t)
  }
  /** Moves a column to another place in its table; its id goes with it. */
  /** Writes a heading right beside the table, which takes the column in. */
  addColumn(table: string, caption: string): void {
    const t = this.table(table)
    t.columnIds.push(Math.max(0, ...t.columnIds) + 1)
    t.w++
    this.type(t.sheet.name, `${columnName(t.c + t.w - 1)}${t.r + 1}`, [[caption]])
  }
  moveColumn(table: string, caption: string, to: number): void {
    const t = this.table(table)
    const from = captionsOf(t).indexOf(caption)
    const order = Array.from({ length: t.w }, (_, i) => i).filter((i) => i !== from)
    order.splice(to, 0, from)
    const hidden = order.map((i) => t.sheet.hiddenColumns.has(t.c + i))
    for (let r = t.r; r < t.r + t.h; r++) {
      const cells = order.map((i) => this.#workbook.cell(t.sheet, r, t.c + i))
      cells.forEach((cell, i) => this.#workbook.setCell(t.sheet, r, t.c + i, cell))
    }
    t.columnIds = order.map((i) => t.columnIds[i]!)
    hidden.forEach((on, i) => (on ? t.sheet.hiddenColumns.add(t.c + i) : t.sheet.hiddenColumns.delete(t.c + i)))
    this.#changed(t)
  }
  rename(table: string, caption: string, to: string): void {
    const t = this.table(table)
    const c = t.c + captionsOf(t).indexOf(caption)
    this.#workbook.setCell(t.sheet, t.r, c, { ...this.#workbook.cell(t.sheet, t.r, c)!, value: to })
    this.#changed(t)
  }
  /** Shows only the rows of a table that a filter lets through. */
  filter(table: string, isShown: (row: Record<string, Value>) => boolean): void {
    const t = this.table(table)
    this.rows(table).forEach((row, i) => {
      if (isShown(row)) t.sheet.hiddenRows.delete(t.r + 1 + i)
      else t.sheet.hiddenRows.add(t.r + 1 + i)
    })
  }
  /** Copies a sheet with its tables, hidden columns and all, as Excel names them: the table after its own, with a number. */
  copySheet(name: string, as: string): Sheet {
    const from = this.sheet(name)
    const copy = this.#workbook.addSheet(as)
    copy.cells = new Map([...from.cells].map(([key, cell]) => [key, { ...cell }]))
    copy.hiddenColumns = new Set(from.hiddenColumns)
    copy.hiddenRows = new Set(from.hiddenRows)
    for (const t of this.#workbook.tables.filter((table) => table.sheet === from)) {
      const made = this.#workbook.addTable(copy, { r: t.r, c: t.c, h: t.h, w: t.w }, true)
      let n = 2
      while (this.#workbook.table(`${t.name}${n}`)) n++
      made.name = `${t.name}${n}`
      made.columnIds = [...t.columnIds]
    }
    this.#workbook.activate(copy)
    tellAll(this.#workbook)
    return copy
  }
  activate(sheet: string): void {
    this.#workbook.activate(this.sheet(sheet))
    tellAll(this.#workbook)
  }
  select(sheet: string, address: string): void {
    this.#workbook.select(this.#workbook.at(this.sheet(sheet), address))
    tellAll(this.#workbook)
  }

  #take = (t: Table, from: number, count: number): (Cell | undefined)[][] =>
    this.#workbook.grid({ ...bodyOf(t), r: t.r + 1 + from, h: count }, (cell) => cell && { ...cell })
  #place(t: Table, row: number, cells: readonly (Cell | undefined)[]): void {
    for (let j = 0; j < t.w; j++) {
      const cell = cells[j]
      this.#workbook.setCell(t.sheet, t.r + 1 + row, t.c + j, cell && { ...cell })
    }
  }
  #insert(t: Table, before: number, rows: readonly (Cell | undefined)[][]): void {
    const kept = this.#take(t, before, Math.max(0, t.h - 1 - before))
    t.h += rows.length
    rows.forEach((row, i) => this.#place(t, before + i, row))
    kept.forEach((row, i) => this.#place(t, before + rows.length + i, row))
    this.#changed(t, 'RowInserted')
  }
  #reorder(t: Table, order: readonly number[]): void {
    const rows = order.map((i) => this.#take(t, i, 1)[0]!)
    rows.forEach((row, i) => this.#place(t, i, row))
    this.#changed(t)
  }
  /** Rows that a table takes in get the formats of the row above, as Excel does. */
  #formatNewRows(t: Table, count: number): void {
    const above = this.#take(t, t.h - 2, 1)[0]!
    for (let i = 0; i < count; i++)
      for (let j = 0; j < t.w; j++) {
        const [r, c] = [t.r + t.h + i, t.c + j]
        const cell = this.#workbook.cell(t.sheet, r, c)
        const format = above[j]?.format ?? 'General'
        const blank: Cell = cell ?? newCell()
        this.#workbook.setCell(t.sheet, r, c, { ...blank, format })
      }
  }
  #changed(t: Table, changeType = 'RangeEdited'): void {
    const area: Area = bodyOf(t)
    this.#workbook.changed(this.#workbook.range(t.sheet, area), changeType)
    tellAll(this.#workbook)
  }
}
