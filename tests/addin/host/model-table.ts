// Tables. What Excel does when a person sorts or inserts stands in user.ts.
import { isCellName } from './a1.ts'
import type { HostType } from './model.ts'
import { need, orNull, view } from './model-workbook.ts'
import { refuse } from './protocol.ts'
import { enteredByApi } from './value-entry.ts'
import type { Range, Sheet, Table, Workbook } from './workbook.ts'

type OfTable = { table: Table }
type Collection = { workbook: Workbook; sheet?: Sheet; touches?: (area: Table) => boolean }

export const wholeOf = (t: Table): Range => t.workbook.range(t.sheet, { r: t.r, c: t.c, h: t.h, w: t.w })
export const bodyOf = (t: Table): Range =>
  t.workbook.range(t.sheet, { r: t.r + 1, c: t.c, h: Math.max(1, t.h - 1), w: t.w })
export const headerOf = (t: Table): Range => t.workbook.range(t.sheet, { r: t.r, c: t.c, h: 1, w: t.w })
export const captionsOf = (t: Table): string[] => t.workbook.grid(headerOf(t), (cell) => String(cell?.value ?? ''))[0]!

const column = (table: Table, index: number) => view('TableColumn', table, { table, index, id: table.columnIds[index] })

export const EXCEL_TABLE: Record<string, HostType> = {
  TableCollection: {
    items: ({ workbook, sheet, touches }: Collection) =>
      workbook.tables.filter((t) => (!sheet || t.sheet === sheet) && (!touches || touches(t))),
    methods: {
      GetItem: ({ workbook }: Collection, key) => need(workbook.table(key)),
      GetItemOrNullObject: ({ workbook }: Collection, key) => orNull(workbook.table(key)),
      Add: ({ workbook, sheet }: Collection, where, hasHeaders) => {
        const range: Range = typeof where === 'string' ? workbook.at(sheet ?? workbook.active, where) : where
        return workbook.addTable(range.sheet, { r: range.r, c: range.c, h: range.h, w: range.w }, hasHeaders)
      },
    },
  },

  Table: {
    defaults: ['name', 'id'],
    props: {
      Rows: (t: Table) => view('TableRowCollection', t, { table: t }),
      Columns: (t: Table) => view('TableColumnCollection', t, { table: t }),
      Worksheet: (t: Table) => t.sheet,
    },
    gets: { Name: (t: Table) => t.name, Id: (t: Table) => t.id, Style: (t: Table) => t.style },
    sets: {
      Name: (t: Table, name: string) => {
        const other = t.workbook.table(name)
        if (!/^[\p{L}_\\][\p{L}\d_.\\]*$/u.test(name) || isCellName(name) || (other && other !== t))
          refuse('InvalidArgument', `table name ${name}`)
        t.name = name
      },
      Style: (t: Table, style) => void (t.style = style),
      ShowBandedRows() {},
      ShowTotals: (_t, on) => (on ? refuse('HostNotImplemented', 'totals row') : undefined),
    },
    methods: {
      GetRange: wholeOf,
      GetDataBodyRange: bodyOf,
      GetHeaderRowRange: headerOf,
      Resize: (t: Table, where) => {
        const range: Range = typeof where === 'string' ? t.workbook.at(t.sheet, where) : where
        if (range.r !== t.r || range.c !== t.c) refuse('InvalidArgument', 'the header must stay where it is')
        while (t.columnIds.length < range.w) t.columnIds.push(Math.max(...t.columnIds) + 1)
        Object.assign(t, { h: range.h, w: range.w, columnIds: t.columnIds.slice(0, range.w) })
      },
      Delete: (t: Table) => void (t.workbook.tables = t.workbook.tables.filter((other) => other !== t)),
    },
  },

  TableRowCollection: {
    gets: { Count: ({ table }: OfTable) => table.h - 1 },
    methods: {
      Add: ({ table: t }: OfTable, index, matrix) => {
        if (index !== null && index !== undefined) refuse('HostNotImplemented', 'rows inserted in the middle')
        const added = t.workbook.range(t.sheet, { r: t.r + t.h, c: t.c, h: matrix.length, w: t.w })
        t.h += matrix.length
        t.workbook.put(added, matrix, enteredByApi)
        t.workbook.changed(added)
      },
    },
  },

  TableColumnCollection: {
    items: ({ table }: OfTable) => table.columnIds.map((_, index) => column(table, index)),
    gets: { Count: ({ table }: OfTable) => table.w },
    methods: {
      GetItem: ({ table }: OfTable, key) => {
        const index = typeof key === 'number' ? table.columnIds.indexOf(key) : captionsOf(table).indexOf(key)
        return index < 0 ? need(undefined) : column(table, index)
      },
      Add: ({ table: t }: OfTable, index, _values, name) => {
        if (index !== null && index !== undefined) refuse('HostNotImplemented', 'columns inserted in the middle')
        t.columnIds.push(Math.max(0, ...t.columnIds) + 1)
        t.w++
        const caption = t.workbook.range(t.sheet, { r: t.r, c: t.c + t.w - 1, h: 1, w: 1 })
        t.workbook.put(caption, name, enteredByApi)
        t.workbook.changed(caption, 'ColumnInserted')
        return column(t, t.w - 1)
      },
      GetItemAt: ({ table }: OfTable, index) => (index < table.w ? column(table, index) : need(undefined)),
    },
  },
  TableColumn: {
    defaults: ['id', 'name', 'index'],
    gets: {
      Id: ({ table, index }: OfTable & { index: number }) => table.columnIds[index],
      Name: ({ table, index }: OfTable & { index: number }) => captionsOf(table)[index],
      Index: ({ index }) => index,
    },
    methods: {
      GetDataBodyRange: ({ table: t, index }: OfTable & { index: number }) =>
        t.workbook.range(t.sheet, { r: t.r + 1, c: t.c + index, h: Math.max(1, t.h - 1), w: 1 }),
      GetRange: ({ table: t, index }: OfTable & { index: number }) =>
        t.workbook.range(t.sheet, { r: t.r, c: t.c + index, h: t.h, w: 1 }),
    },
  },
}
