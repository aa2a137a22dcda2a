/// <reference types="office-js" />
/** What Excel answers to one small thing; whatever it is, it can be written as JSON. */
export type Probe = {
  readonly name: string
  /** Works in a sheet of its own that is thrown away afterwards. */
  readonly ask: (sheet: Excel.Worksheet, context: Excel.RequestContext) => Promise<unknown>
}

const probe = (name: string, ask: Probe['ask']): Probe => ({ name, ask })

/** The value, format and kind that Excel makes of what the API writes into a cell. */
const entered = (value: unknown, format?: string): Probe =>
  probe(`entry ${JSON.stringify(value)}${format ? ` in ${format}` : ''}`, async (sheet, context) => {
    const cell = sheet.getRange('B2')
    if (format) cell.numberFormat = [[format]]
    cell.values = [[value]]
    cell.load('values, formulas, numberFormat, valueTypes')
    await context.sync()
    return [cell.values[0]![0], cell.formulas[0]![0], cell.numberFormat[0]![0], cell.valueTypes[0]![0]]
  })

/** What an action that Excel is thought to refuse is refused with; "accepted" when it is not. */
const refused = (name: string, act: (sheet: Excel.Worksheet, context: Excel.RequestContext) => unknown): Probe =>
  probe(`refused: ${name}`, async (sheet, context) => {
    await act(sheet, context)
    await context.sync()
    return 'accepted'
  })

const smallTable = async (sheet: Excel.Worksheet, context: Excel.RequestContext) => {
  sheet.getRange('B2:D4').values = [
    ['Navn', 'Antall', 'Navn'],
    ['a', 1, 'x'],
    ['b', 2, 'y'],
  ]
  const table = sheet.tables.add('B2:D4', true)
  await context.sync()
  return table
}

const ENTRIES: readonly Probe[] = [
  ...['0012345', '=1+1', '2026-01-31', '31.01.2026', '1,5', '1.5', '1 000', '1e3', '50%', '1/2', 'TRUE', 'sann'].map(
    (v) => entered(v),
  ),
  ...["'0012", ' 5', '5-', '(5)', '−5', '+5', '-5', '@A1', '#N/A', '', 'kr 5'].map((v) => entered(v)),
  entered(1_234_567_890_123_456),
  entered(0.1),
  entered(true),
  entered(46_053, 'dd.mm.yyyy'),
  ...['0012345', '=1+1', '2026-01-31', '-5', '1e3'].map((v) => entered(v, '@')),
  entered('1,5', '#,##0.00'),
  entered('2026-01-31', 'dd.mm.yyyy'),
]

const RULES: readonly Probe[] = [
  probe('a property that was not loaded', async (sheet) => sheet.getRange('A1').values),
  probe(
    'a null object before sync',
    async (_, context) => context.workbook.worksheets.getItemOrNullObject('-').isNullObject,
  ),
  probe('a missing sheet as a null object', async (_, context) => {
    const missing = context.workbook.worksheets.getItemOrNullObject('hb finnes ikke')
    await context.sync()
    return missing.isNullObject
  }),
  probe('what a batch did before its failing action', async (sheet, context) => {
    sheet.getRange('A1').values = [[7]]
    sheet.getRange('B1:B2').values = [[1, 2]]
    const failed = await context.sync().then(
      () => 'no failure',
      (error) => error.code,
    )
    const cell = sheet.getRange('A1').load('values')
    await context.sync()
    return [failed, cell.values[0]![0]]
  }),
  probe('the used range of an empty sheet', async (sheet, context) => {
    const used = sheet.getUsedRangeOrNullObject()
    used.load('address')
    await context.sync()
    return used.isNullObject
  }),
  probe('text of a figure with a format', async (sheet, context) => {
    const cell = sheet.getRange('A1')
    cell.numberFormat = [['#,##0.00']]
    cell.values = [[1234.5]]
    cell.load('values')
    await context.sync()
    return cell.values
  }),
]

const REFUSALS: readonly Probe[] = [
  refused('a sheet that is not there', (_, context) =>
    context.workbook.worksheets.getItem('hb finnes ikke').load('name'),
  ),
  refused('an array of another shape', (sheet) => (sheet.getRange('A1:B2').values = [[1, 2, 3]])),
  refused('an address that is none', (sheet) => sheet.getRange('A0').load('values')),
  refused('a row beyond the last', (sheet) => sheet.getRangeByIndexes(1_048_576, 0, 1, 1).load('values')),
  refused('a table name that is a cell', async (sheet, context) => ((await smallTable(sheet, context)).name = 'A1')),
  refused('a table name with a space', async (sheet, context) => ((await smallTable(sheet, context)).name = 'to ord')),
  refused('a table over a table', async (sheet, context) => {
    await smallTable(sheet, context)
    sheet.tables.add('C3:E6', true)
  }),
  refused('a list of more than 255 characters', (sheet) => {
    sheet.getRange('A1').dataValidation.rule = { list: { inCellDropDown: true, source: 'x'.repeat(256) } }
  }),
  refused(
    'a format in local notation',
    (sheet) => (sheet.getRange('A1').numberFormat = [['dd.mm.\u00e5\u00e5\u00e5\u00e5']]),
  ),
  refused('custom XML that is none', (_, context) => context.workbook.customXmlParts.add('tekst')),
  refused('a request of more than 5 MB', (sheet) => {
    sheet.getRange('A1:A6000').values = Array.from({ length: 6000 }, () => ['x'.repeat(1000)])
  }),
]

const TABLES: readonly Probe[] = [
  probe('captions of a table, one of them twice', async (sheet, context) => {
    const header = (await smallTable(sheet, context)).getHeaderRowRange().load('values')
    await context.sync()
    return header.values[0]
  }),
  probe('a caption that is a number', async (sheet, context) => {
    sheet.getRange('B2:C3').values = [
      [2026, 'x'],
      [1, 2],
    ]
    const header = sheet.tables.add('B2:C3', true).getHeaderRowRange().load('values')
    await context.sync()
    return header.values[0]
  }),
  probe('a table made of its captions alone', async (sheet, context) => {
    sheet.getRange('B2:C2').values = [['x', 'y']]
    const body = sheet.tables.add('B2:C2', true).getDataBodyRange().load('address, values')
    await context.sync()
    return [body.address.split('!')[1], body.values]
  }),
  probe('a row right below a table, written by the API', async (sheet, context) => {
    const table = await smallTable(sheet, context)
    sheet.getRange('B5').values = [['c']]
    const body = table.getDataBodyRange().load('rowCount')
    await context.sync()
    return body.rowCount
  }),
  probe('a table resized to fewer rows', async (sheet, context) => {
    const table = await smallTable(sheet, context)
    table.resize('B2:D3')
    const left = sheet.getRange('B4').load('values')
    const body = table.getDataBodyRange().load('rowCount')
    await context.sync()
    return [body.rowCount, left.values[0]![0]]
  }),
  probe('a column added to a table', async (sheet, context) => {
    const table = await smallTable(sheet, context)
    table.columns.add(undefined, undefined, 'Ny')
    const range = table.getRange().load('address')
    await context.sync()
    return range.address.split('!')[1]
  }),
  probe('the tables that a cell stands in', async (sheet, context) => {
    await smallTable(sheet, context)
    const inside = sheet.getRange('C3').getTables(false).load('items/name')
    const outside = sheet.getRange('A1').getTables(false).load('items/name')
    await context.sync()
    return [inside.items.length, outside.items.length]
  }),
  probe('where a row crosses a table', async (sheet, context) => {
    const table = await smallTable(sheet, context)
    const row = sheet.getRange('C3').getEntireRow().getIntersectionOrNullObject(table.getRange()).load('address')
    await context.sync()
    return row.address.split('!')[1]
  }),
]

const REST: readonly Probe[] = [
  probe('custom XML found by its namespace', async (_, context) => {
    const namespace = 'https://hovedbok.example/excel/probe'
    const part = context.workbook.customXmlParts.add(`<p xmlns="${namespace}">\u00e6 &amp; \u00f8</p>`)
    const found = context.workbook.customXmlParts.getByNamespace(namespace).load('items/id')
    await context.sync()
    const text = found.items[0]!.getXml()
    await context.sync()
    part.delete()
    await context.sync()
    return [found.items.length, text.value]
  }),
  probe('the contents of a range, cleared', async (sheet, context) => {
    const cell = sheet.getRange('A1')
    cell.numberFormat = [['@']]
    cell.values = [['x']]
    cell.clear('Contents' as Excel.ClearApplyTo)
    cell.load('values, numberFormat')
    await context.sync()
    return [cell.values[0]![0], cell.numberFormat[0]![0]]
  }),
  probe('a range, cleared of all', async (sheet, context) => {
    const cell = sheet.getRange('A1')
    cell.numberFormat = [['@']]
    cell.values = [['x']]
    cell.clear()
    cell.load('values, numberFormat')
    await context.sync()
    return [cell.values[0]![0], cell.numberFormat[0]![0]]
  }),
  probe('a fill that was set and cleared', async (sheet, context) => {
    const cell = sheet.getRange('A1')
    cell.format.fill.color = '#FBEAE9'
    const set = sheet.getRange('A1').format.fill.load('color')
    await context.sync()
    cell.format.fill.clear()
    const cleared = sheet.getRange('A1').format.fill.load('color')
    await context.sync()
    return [set.color, cleared.color]
  }),
  probe('who is told of an own writing', async (sheet, context) => {
    const heard: unknown[] = []
    const handler = context.workbook.worksheets.onChanged.add(
      async ({ address, source, triggerSource, changeType }) => {
        heard.push([address, source, triggerSource, changeType])
      },
    )
    await context.sync()
    sheet.getRange('C3').values = [[5]]
    await context.sync()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    handler.remove()
    await context.sync()
    return heard
  }),
  probe('the formula of a sum, and its value', async (sheet, context) => {
    sheet.getRange('A1:A2').values = [[2], [3]]
    const cell = sheet.getRange('A3')
    cell.formulas = [['=SUM(A1:A2)']]
    await context.sync()
    cell.load('formulas')
    await context.sync()
    return cell.formulas[0]![0]
  }),
  probe('hidden columns', async (sheet, context) => {
    sheet.getRange('B:B').columnHidden = true
    const [one, two] = [sheet.getRange('B1').load('columnHidden'), sheet.getRange('A1:B1').load('columnHidden')]
    await context.sync()
    return [one.columnHidden, two.columnHidden]
  }),
]

/** All of them, in the order they are asked. */
export const PROBES: readonly Probe[] = [...ENTRIES, ...RULES, ...REFUSALS, ...TABLES, ...REST]
