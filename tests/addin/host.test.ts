import { beforeAll, describe, expect, test } from 'vitest'
import { level } from './host/api-sets.ts'
import { openWindow, type Window } from './host/client-in-node.ts'
import { FLAG } from './host/protocol.ts'
import { User } from './host/user.ts'
import { Workbook } from './host/workbook.ts'

let workbook: Workbook
let window: Window
beforeAll(() => {
  workbook = new Workbook()
  window = openWindow(workbook)
})

type Context = Excel.RequestContext
type Work<T> = (sheet: Excel.Worksheet, context: Context) => Promise<T>
/** The result of the work, or the code of its error. */
const excel = <T>(work: Work<T>, on: Window = window): Promise<T | string> =>
  on.Excel.run((context) => work(context.workbook.worksheets.getActiveWorksheet(), context)).catch(
    (error: any) => error.code ?? error.message,
  )
const loaded =
  (address: string, prepare: (range: Excel.Range) => void = () => {}): Work<unknown> =>
  async (sheet, context) => {
    const range = sheet.getRange(address)
    prepare(range)
    range.load('values')
    await context.sync()
    return range.values
  }

describe('the client is Microsoft’s own: what it refuses here it refuses in Excel', () => {
  test('a read without load, before sync, or of another property throws', async () => {
    expect(await excel(async (sheet) => sheet.getRange('A1').values)).toBe('PropertyNotLoaded')
    expect(await excel(async (sheet) => sheet.getRange('A1').load('values').values)).toBe('PropertyNotLoaded')
    const other = await excel(async (sheet, context) => {
      const range = sheet.getRange('A1').load('address')
      await context.sync()
      return range.values
    })
    expect(other).toBe('PropertyNotLoaded')
  })
  test('a null object says so after sync, and not before', async () => {
    const asked =
      (early: boolean): Work<boolean> =>
      async (_, context) => {
        const sheet = context.workbook.worksheets.getItemOrNullObject('Nei')
        if (early) return sheet.isNullObject
        await context.sync()
        return sheet.isNullObject
      }
    expect(await excel(asked(false))).toBe(true)
    expect(await excel(asked(true))).toBe('PropertyNotLoaded')
  })
  test('an object of another context is refused', async () => {
    const stolen = (await excel(async (sheet) => sheet.getRange('A1') as unknown)) as Excel.Range
    const code = await excel(async (_, context) => {
      stolen.load('values')
      await context.sync()
      return stolen.values
    })
    expect(code).toMatch(/^Invalid/)
  })
})

describe('the host refuses what Excel refuses, and is loud about what it does not know', () => {
  test('missing sheet, wrong shape, unknown member', async () => {
    expect(
      await excel(async (_, c) => (c.workbook.worksheets.getItem('Nei').getRange('A1').load('values'), c.sync())),
    ).toBe('ItemNotFound')
    expect(await excel(async (s, c) => ((s.getRange('A1:B2').values = [[1, 2, 3]]), c.sync()))).toBe('InvalidArgument')
    expect(await excel(async (_, c) => (c.workbook.pivotTables.refreshAll(), c.sync()))).toBe('HostNotImplemented')
    expect([...window.host.missing]).toEqual(['Workbook.PivotTables'])
    window.host.missing.clear()
  })
  test('a request over 5 MB, and a cell being edited', async () => {
    const rows = Array.from({ length: 6000 }, () => ['x'.repeat(1000)])
    expect(await excel(async (s, c) => ((s.getRange('A1:A6000').values = rows), c.sync()))).toBe(
      'RequestPayloadSizeLimitExceeded',
    )
    workbook.editMode = true
    expect(await excel(loaded('A1'))).toBe('InvalidOperationInCellEditMode')
    workbook.editMode = false
  })
  test('a batch is not atomic: what came before the failing action stays', async () => {
    await excel(async (s, c) => {
      s.getRange('A1').values = [[7]]
      s.getRange('B1:B2').values = [[1, 2]]
      await c.sync()
    })
    expect(await excel(loaded('A1:B1'))).toEqual([[7, '']])
  })
  test('a text becomes a number, a formula or a day, unless the cell is text first', async () => {
    const typed = [['0012345'], ['=1+1'], ['2026-01-31'], ['1,5']]
    expect(await excel(loaded('C1:C4', (r) => void (r.values = typed)))).toEqual([[12345], [0], [46053], ['1,5']])
    const asText = (r: Excel.Range) => {
      r.numberFormat = '@' as never
      r.values = typed
    }
    expect(await excel(loaded('D1:D4', asText))).toEqual(typed)
  })
  test('an older Excel lacks what came later', async () => {
    window.host.level = level('1.6')
    expect(await excel(async (_s, c) => (c.workbook.getActiveCell().load('address'), c.sync()))).toBe('ApiNotFound')
    window.host.level = level('1.21')
    expect(await excel(async (_s, c) => (c.workbook.getActiveCell().load('address'), c.sync()))).toBeUndefined()
  })
})

describe('two windows on one workbook', () => {
  test('each sees what the other wrote, and is told whose it was', async () => {
    const other = openWindow(workbook)
    const heard: string[] = []
    const listen = (w: Window, name: string) =>
      excel(async (_, context) => {
        context.workbook.worksheets.onChanged.add(
          async (e) => void heard.push(`${name} ${e.address} ${e.source} ${e.triggerSource}`),
        )
        await context.sync()
      }, w)
    await listen(window, 'one')
    await listen(other, 'other')
    await excel(async (s, c) => ((s.getRange('F1').values = [[5]]), c.sync()), other)
    expect(await excel(loaded('F1'))).toEqual([[5]])
    new User(workbook).type('Ark1', 'G1', [['1 250,50']])
    await expect
      .poll(() => heard.toSorted())
      .toEqual([
        'one F1 Remote Unknown',
        'one G1 Local Unknown',
        'other F1 Local ThisLocalAddin',
        'other G1 Local Unknown',
      ])
    expect(await excel(loaded('G1'))).toEqual([[1250.5]])
    other.crash()
  })
})

describe('what a person does with a table', () => {
  test('it grows, sorts, and its rows and columns are copied, deleted and moved', async () => {
    const book = new Workbook()
    const own = openWindow(book)
    await excel(async (sheet, context) => {
      sheet.getRange('B2:D4').values = [
        ['Navn', 'Beløp', '_nøkkel'],
        ['b', 2, 'k1'],
        ['a', 1, 'k2'],
      ]
      const table = sheet.tables.add('B2:D4', true)
      table.name = 'tblPrøve'
      table.columns.getItemAt(2).getRange().columnHidden = true
      await context.sync()
    }, own)
    const user = new User(book)
    user.fill('tblPrøve', 2, { Navn: 'c', Beløp: '3' })
    user.sort('tblPrøve', (x, y) => (x.Navn! < y.Navn! ? -1 : 1))
    expect(user.rows('tblPrøve').map((r) => [r.Navn, r.Beløp, r._nøkkel])).toEqual([
      ['a', 1, 'k2'],
      ['b', 2, 'k1'],
      ['c', 3, ''],
    ])
    user.copyRows('tblPrøve', 0, 2, 2)
    user.deleteRows('tblPrøve', 0, 1)
    expect(user.rows('tblPrøve').map((r) => r._nøkkel)).toEqual(['k1', 'k2', 'k1', ''])
    user.moveColumn('tblPrøve', '_nøkkel', 0)
    expect(user.rows('tblPrøve')[0]).toEqual({ _nøkkel: 'k1', Navn: 'b', Beløp: 2 })
    expect(book.sheets[0]!.hiddenColumns).toEqual(new Set([1]))
    expect([...own.host.missing]).toEqual([])
  })
})

describe('functions', () => {
  const info = (...matrix: ('scalar' | 'matrix')[]) => ({
    parameters: matrix.map((dimensionality) => ({ dimensionality, optional: false })),
  })
  test('cells are calculated, spill, fail with their texts, and follow what they rest on', async () => {
    const book = new Workbook()
    const own = openWindow(book)
    const { CustomFunctions } = own
    CustomFunctions.associate('PRØVE.DOBLE', async (n: number) => n * 2)
    CustomFunctions.associate('PRØVE.TABELL', (rows: number[][]) => rows.map(([n]) => [n, n! * 10]))
    CustomFunctions.associate('PRØVE.FEIL', () => {
      throw new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, 'Finnes ikke')
    })
    const calculation = own.host.calculates(
      new Map([
        ['PRØVE.DOBLE', info('scalar')],
        ['PRØVE.TABELL', info('matrix')],
        ['PRØVE.FEIL', info()],
      ]),
    )
    const user = new User(book, 'en')
    user.type('Ark1', 'A1', [[21], [3]])
    user.type('Ark1', 'B1', [['=PRØVE.DOBLE(A1)+SUM(A1:A2)'], ['=PRØVE.FEIL()'], ['=PRØVE.TABELL(A1:A2)']])
    await calculation.idle()
    expect(await excel(loaded('B1:C4'), own)).toEqual([
      [66, ''],
      ['#N/A', ''],
      [21, 210],
      [3, 30],
    ])
    expect(calculation.errorTexts.get('Ark1!B2')).toBe('Finnes ikke')
    user.type('Ark1', 'A1', [[1]])
    await calculation.idle()
    expect(await excel(loaded('B1'), own)).toEqual([[6]])
    user.type('Ark1', 'C3', [['i veien']])
    await calculation.idle()
    expect(await excel(loaded('B3'), own)).toEqual([['#SPILL!']])
  })
  test('one of an array may fail; an unknown name is an error and no hang; a cancelled cell is told', async () => {
    const { CustomFunctions, host } = window
    const { Error: FunctionError, ErrorCode } = CustomFunctions
    CustomFunctions.associate('ARRAY', () => [[1, new FunctionError(ErrorCode.notAvailable, 'x')]])
    let cancelled = ''
    CustomFunctions.associate(
      'SLOW',
      (_: number, call: any) => new Promise(() => (call.onCanceled = () => (cancelled = call.address))),
    )
    const [array, unknown] = await host.recalculate([
      { name: 'ARRAY', args: [], address: 'Ark1!A3' },
      { name: 'NOSUCH', args: [], address: 'Ark1!A9' },
    ])
    expect((array as unknown[][])[0]![0]).toBe(1)
    expect(JSON.stringify(array)).toContain('x')
    expect(unknown).toHaveProperty('error')
    const cancel = await host.follow({ name: 'SLOW', args: [1], address: 'Ark1!A1' }, FLAG.cancelable)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await cancel()
    await expect.poll(() => cancelled).toBe('Ark1!A1')
  })
})
