// Ranges and what hangs on them: formats, conditional formats, validation.
import { type Area, addressOf } from './a1.ts'
import type { HostType } from './model.ts'
import { need, view } from './model-workbook.ts'
import { typedNumberFormat } from './number-format.ts'
import { NULL, refuse } from './protocol.ts'
import { inA1, inR1C1 } from './r1c1.ts'
import { enteredByApi } from './value-entry.ts'
import { type Cell, newCell, type Range, type Sheet } from './workbook.ts'

type OfRange = { range: Range }
const part = (type: string) => (range: Range) => view(type, range, { range })
const columnsOf = (g: Range): number[] => Array.from({ length: g.w }, (_, i) => g.c + i)
const rowsOf = (g: Range): number[] => Array.from({ length: g.h }, (_, i) => g.r + i)
/** Null where only some are. */
const hiddenOf = (of: readonly number[], hidden: ReadonlySet<number>): boolean | null =>
  of.every((at) => hidden.has(at)) ? true : of.some((at) => hidden.has(at)) ? null : false

function write(g: Range, matrix: unknown): void {
  g.workbook.grid(g, (cell) => cell?.spillOf !== undefined && refuse('InvalidOperation', 'part of a spill'))
  g.workbook.put(g, matrix, enteredByApi)
  g.workbook.changed(g)
}
const TYPES: Readonly<Record<string, string>> = { number: 'Double', string: 'String', boolean: 'Boolean' }
const valueTypeOf = (cell: Cell | undefined): string => {
  const value = cell?.value ?? ''
  if (value === '') return 'Empty'
  return /^#(N\/A|VALUE!|REF!|DIV\/0!|NUM!|NAME\?|NULL!)$/.test(String(value)) ? 'Error' : TYPES[typeof value]!
}
/** Values told by the API: a number is what it is, a failed formula is its error's name. */
const valueIn = (cell: Cell | undefined) => cell?.value ?? ''

export const EXCEL_RANGE: Record<string, HostType> = {
  Range: {
    defaults: ['values', 'formulas', 'numberFormat', 'address', 'rowCount', 'columnCount', 'rowIndex', 'columnIndex'],
    props: {
      Format: part('RangeFormat'),
      DataValidation: part('DataValidation'),
      ConditionalFormats: part('ConditionalFormatCollection'),
      Worksheet: (g: Range) => g.sheet,
    },
    gets: {
      Values: (g: Range) => g.workbook.grid(g, valueIn),
      ValueTypes: (g: Range) => g.workbook.grid(g, valueTypeOf),
      Formulas: (g: Range) => g.workbook.grid(g, (cell) => cell?.formula ?? valueIn(cell)),
      FormulasR1C1: (g: Range) =>
        g.workbook.grid(g, (cell, r, c) => (cell?.formula ? inR1C1(cell.formula, r, c) : valueIn(cell))),
      NumberFormat: (g: Range) => g.workbook.grid(g, (cell) => cell?.format ?? 'General'),
      Text: (g: Range) => g.workbook.grid(g, (cell) => String(valueIn(cell))),
      Address: (g: Range) => g.workbook.addressOf(g),
      RowCount: (g: Range) => g.h,
      ColumnCount: (g: Range) => g.w,
      RowIndex: (g: Range) => g.r,
      ColumnIndex: (g: Range) => g.c,
      CellCount: (g: Range) => g.h * g.w,
      ColumnHidden: (g: Range) => hiddenOf(columnsOf(g), g.sheet.hiddenColumns),
      RowHidden: (g: Range) => hiddenOf(rowsOf(g), g.sheet.hiddenRows),
    },
    sets: {
      Values: write,
      Formulas: write,
      FormulasR1C1: (g: Range, matrix) =>
        write(
          g,
          (matrix as unknown[][]).map((row, i) =>
            row.map((value, j) =>
              typeof value === 'string' && value.startsWith('=') ? inA1(value, g.r + i, g.c + j) : value,
            ),
          ),
        ),
      NumberFormat: (g: Range, formats) =>
        g.workbook.put(g, formats, (before, format) =>
          format === null ? before : { ...(before ?? newCell()), format: typedNumberFormat(format) },
        ),
      ColumnHidden: (g: Range, hidden: boolean) => {
        for (const c of columnsOf(g)) hidden ? g.sheet.hiddenColumns.add(c) : g.sheet.hiddenColumns.delete(c)
      },
    },
    methods: {
      // The client writes more than 1,500 cells in slices of rows, and asks about the shape first.
      _ValidateArraySize: (g: Range, rows, columns) =>
        rows === g.h && columns === g.w ? undefined : refuse('InvalidArgument', `the array is ${rows} × ${columns}`),
      GetBoundingRect: (g: Range, other: Range) => {
        const [r, c] = [Math.min(g.r, other.r), Math.min(g.c, other.c)]
        const [h, w] = [Math.max(g.r + g.h, other.r + other.h) - r, Math.max(g.c + g.w, other.c + other.w) - c]
        return g.workbook.range(g.sheet, { r, c, h, w })
      },
      _KeepReference() {},
      _RemoveReference() {},
      GetCell: (g: Range, r, c) => g.workbook.range(g.sheet, { r: g.r + r, c: g.c + c, h: 1, w: 1 }),
      GetRow: (g: Range, r) => g.workbook.range(g.sheet, { r: g.r + r, c: g.c, h: 1, w: g.w }),
      GetColumn: (g: Range, c) => g.workbook.range(g.sheet, { r: g.r, c: g.c + c, h: g.h, w: 1 }),
      GetEntireColumn: (g: Range) => g.workbook.range(g.sheet, { r: 0, c: g.c, h: 1_048_576, w: g.w }),
      GetOffsetRange: (g: Range, r, c) => g.workbook.range(g.sheet, { r: g.r + r, c: g.c + c, h: g.h, w: g.w }),
      GetResizedRange: (g: Range, r, c) => g.workbook.range(g.sheet, { r: g.r, c: g.c, h: g.h + r, w: g.w + c }),
      GetUsedRangeOrNullObject: (g: Range) => {
        const used = g.workbook.usedArea(g.sheet)
        if (!used) return NULL
        const [r, c] = [Math.max(g.r, used.r), Math.max(g.c, used.c)]
        const [h, w] = [Math.min(g.r + g.h, used.r + used.h) - r, Math.min(g.c + g.w, used.c + used.w) - c]
        return h > 0 && w > 0 ? g.workbook.range(g.sheet, { r, c, h, w }) : NULL
      },
      GetTables: (g: Range, fully) =>
        view('TableCollection', g, {
          sheet: g.sheet,
          touches: (t: Area) =>
            fully
              ? t.r >= g.r && t.c >= g.c && t.r + t.h <= g.r + g.h && t.c + t.w <= g.c + g.w
              : t.r < g.r + g.h && g.r < t.r + t.h && t.c < g.c + g.w && g.c < t.c + t.w,
        }),
      GetEntireRow: (g: Range) => g.workbook.range(g.sheet, { r: g.r, c: 0, h: g.h, w: 16_384 }),
      GetIntersectionOrNullObject: (g: Range, where: Range | string) => {
        const other = typeof where === 'string' ? g.workbook.at(g.sheet, where) : where
        const [r, c] = [Math.max(g.r, other.r), Math.max(g.c, other.c)]
        const [h, w] = [Math.min(g.r + g.h, other.r + other.h) - r, Math.min(g.c + g.w, other.c + other.w) - c]
        return g.sheet === other.sheet && h > 0 && w > 0 ? g.workbook.range(g.sheet, { r, c, h, w }) : NULL
      },
      GetSpillParentOrNullObject: (g: Range) => {
        const of = g.workbook.cell(g.sheet, g.r, g.c)?.spillOf
        return of === undefined
          ? NULL
          : g.workbook.range(g.sheet, { r: Math.floor(of / 16_384), c: of % 16_384, h: 1, w: 1 })
      },
      GetSpillingToRangeOrNullObject: (g: Range) => {
        const anchor = g.r * 16_384 + g.c
        const cells = [...g.sheet.cells].filter(([, cell]) => cell.spillOf === anchor).map(([key]) => key)
        if (cells.length === 0) return NULL
        const [bottom, right] = [
          Math.max(...cells.map((k) => Math.floor(k / 16_384))),
          Math.max(...cells.map((k) => k % 16_384)),
        ]
        return g.workbook.range(g.sheet, { r: g.r, c: g.c, h: bottom - g.r + 1, w: right - g.c + 1 })
      },
      Select: (g: Range) => g.workbook.select(g),
      Clear: (g: Range, wanted) => {
        const applyTo = wanted ?? 'All' // what the caller leaves out comes as null
        // What an array spilled goes with its formula.
        const anchors = new Set(g.workbook.grid(g, (cell, r, c) => (cell?.formula ? r * 16_384 + c : -1)).flat())
        for (const [key, cell] of [...g.sheet.cells])
          if (cell.spillOf !== undefined && anchors.has(cell.spillOf)) g.sheet.cells.delete(key)
        g.workbook.put(g, '', (before) => {
          if (!before || applyTo === 'All') return undefined
          return applyTo === 'Contents'
            ? { ...before, value: '', formula: undefined }
            : { ...newCell(), value: before.value, formula: before.formula }
        })
        g.workbook.changed(g)
      },
    },
  },

  RangeFormat: {
    props: {
      Fill: ({ range }: OfRange) => view('RangeFill', range, { range }),
      Font: ({ range }: OfRange) => view('RangeFont', range, { range }),
    },
    sets: {
      ColumnWidth: ({ range }: OfRange, width) => {
        for (const c of columnsOf(range)) range.sheet.widths.set(c, width)
      },
      HorizontalAlignment() {},
      WrapText() {},
    },
    methods: { AutofitColumns() {} },
  },
  RangeFill: {
    gets: { Color: ({ range }: OfRange) => range.workbook.cell(range.sheet, range.r, range.c)?.fill ?? '#FFFFFF' },
    sets: {
      Color: ({ range }: OfRange, fill) =>
        range.workbook.put(range, fill, (before) => ({ ...(before ?? newCell()), fill })),
    },
    methods: {
      Clear: ({ range }: OfRange) =>
        range.workbook.put(range, '', (before) => before && { ...before, fill: undefined }),
    },
  },
  RangeFont: {
    sets: {
      Color: ({ range }: OfRange, color) =>
        range.workbook.put(range, color, (before) => ({ ...(before ?? newCell()), color })),
      Bold: ({ range }: OfRange, bold) =>
        range.workbook.put(range, bold, (before) => ({ ...(before ?? newCell()), bold })),
      Italic() {},
      Size: ({ range }: OfRange, size) =>
        range.workbook.put(range, size, (before) => ({ ...(before ?? newCell()), size })),
    },
  },

  DataValidation: {
    sets: {
      Rule: ({ range }: OfRange, rule) => {
        const source = rule?.list?.source
        if (typeof source === 'string' && !source.startsWith('=') && source.length > 255)
          refuse('InvalidArgument', 'a list of more than 255 characters')
        range.sheet.validations = range.sheet.validations.filter((v) => addressOf(v.area) !== addressOf(range))
        range.sheet.validations.push({ area: { r: range.r, c: range.c, h: range.h, w: range.w }, rule })
      },
      ErrorAlert() {},
      IgnoreBlanks() {},
    },
    methods: {
      Clear: ({ range }: OfRange) => {
        range.sheet.validations = range.sheet.validations.filter((v) => addressOf(v.area) !== addressOf(range))
      },
    },
  },

  ConditionalFormatCollection: {
    items: ({ range }: OfRange) =>
      range.sheet.conditionalFormats.map((cf) => ({ ...cf, type: 'ConditionalFormat', sheet: range.sheet })),
    methods: {
      Add: ({ range }: OfRange, type) => {
        if (type !== 'Custom') refuse('HostNotImplemented', `conditional format ${type}`)
        const format = {
          id: range.workbook.newId('CF'),
          area: { r: range.r, c: range.c, h: range.h, w: range.w },
          formula: '',
          fill: undefined,
          color: undefined,
        }
        range.sheet.conditionalFormats.push(format)
        return { type: 'ConditionalFormat', workbook: range.workbook, sheet: range.sheet, id: format.id }
      },
      GetItem: ({ range }: OfRange, id) => {
        need(range.sheet.conditionalFormats.find((cf) => cf.id === id))
        return { type: 'ConditionalFormat', workbook: range.workbook, sheet: range.sheet, id }
      },
      ClearAll: ({ range }: OfRange) => void (range.sheet.conditionalFormats = []),
    },
  },
  ConditionalFormat: {
    props: {
      Custom: (cf: { sheet: Sheet; id: string }) => ({ ...cf, type: 'CustomConditionalFormat' }),
      CustomOrNullObject: (cf: { sheet: Sheet; id: string }) => ({ ...cf, type: 'CustomConditionalFormat' }),
    },
    gets: { Id: (cf) => cf.id },
    sets: { StopIfTrue() {}, Priority() {} },
  },
  CustomConditionalFormat: {
    props: {
      Rule: (cf) => ({ ...cf, type: 'ConditionalFormatRule' }),
      Format: (cf) => ({ ...cf, type: 'ConditionalRangeFormat' }),
    },
  },
  ConditionalFormatRule: {
    sets: {
      Formula: ({ sheet, id }: { sheet: Sheet; id: string }, formula) => void (formatOf(sheet, id).formula = formula),
    },
  },
  ConditionalRangeFormat: {
    props: {
      Fill: (cf) => ({ ...cf, type: 'ConditionalRangeFill' }),
      Font: (cf) => ({ ...cf, type: 'ConditionalRangeFont' }),
    },
  },
  ConditionalRangeFill: {
    sets: { Color: ({ sheet, id }: { sheet: Sheet; id: string }, fill) => void (formatOf(sheet, id).fill = fill) },
  },
  ConditionalRangeFont: {
    sets: {
      Color: ({ sheet, id }: { sheet: Sheet; id: string }, color) => void (formatOf(sheet, id).color = color),
      Bold() {},
    },
  },
}

const formatOf = (sheet: Sheet, id: string) => need(sheet.conditionalFormats.find((cf) => cf.id === id))
