import { beforeAll, describe, expect, test, vi } from 'vitest'
import { drawBlock } from '#addin/audit/block-report.ts'
import { refreshBlock } from '#addin/audit/refresh-block.ts'
import { pullBlock, readSeals, type Seal } from '#addin/audit/sealed-block.ts'
import { cellName } from '#addin/excel/cell-name.ts'
import { changedCells, readShown } from '#addin/excel/figure-cells.ts'
import { freezeFigures } from '#addin/excel/freeze-figures.ts'
import { readSelectedCell } from '#addin/excel/selected-cell.ts'
import { readFormula } from '#addin/functions/read-formula.ts'
import { cellsOfVoucher } from '#addin/reports/cells-of-voucher.ts'
import { drillDown, figureNow, voucherOfCell } from '#addin/reports/drill-down.ts'
import { writeEntries } from '#addin/reports/entries-sheet.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { calculating } from './support/calculating.ts'
import { thisYear as year } from './support/desk.ts'
import { functionBooks } from './support/function-books.ts'

const app = testApp()
let company: Awaited<ReturnType<typeof app.company>>
const posted: string[] = []
const ACCOUNTS = ['1920', '6300', '6800', '6801', '3000', '2900']

async function post(i: number) {
  const [debit, credit] = [ACCOUNTS[i % 5]!, ACCOUNTS[(i * 3 + 1) % 6]!]
  const amount = 100 * (7 * i + 13)
  const answer = await company.call('/vouchers', {
    body: simpleDraft({
      voucherDate: `${year}-${String((i % 9) + 1).padStart(2, '0')}-${String((i % 27) + 1).padStart(2, '0')}`,
      text: `Nr. ${i}`,
      ...(i % 3 === 0 && { dimensions: { department: '10' } }),
      lines: [
        { rowKey: 'a', account: debit, amount },
        { rowKey: 'b', account: credit === debit ? '1900' : credit, amount: -amount },
      ],
    }),
  })
  if (answer.status !== 201) throw new Error(answer.text)
  posted.push(answer.json.id)
}

beforeAll(async () => {
  company = await app.company()
  await company.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
  await company.call('/accounts', {
    body: { number: '6801', nameNb: 'Rekvisita', nameEn: 'Supplies', type: 'expense' },
  })
  for (let i = 0; i < 24; i++) await post(i)
})

const open = () => calculating(app, company)
type Book = ReturnType<typeof open>
async function drilled(book: Book, address: string, sheet = 'Ark1') {
  book.user.select(sheet, address)
  const cell = await book.run(readSelectedCell)
  return cell && { cell, ...(await drillDown(cell, book.runtime))! }
}

test('a formula is read when all it does is add up', () => {
  const of = (formula: string) =>
    readFormula(formula)?.map((term) => `${term.sign === 1 ? '+' : '-'}${'id' in term ? term.id : term.address}`)
  expect(of('=LEDGER.SALDO("1920",2026)-LEDGER.BALANCE(A1,B1)')).toEqual(['+BALANCE', '-BALANCE'])
  expect(of('=SUM(B2:B9)')).toEqual(['+B2:B9'])
  expect(of("=SUM(B2:B4,C1)-(D1-'Ark 2'!E$1)")).toEqual(['+B2:B4', '+C1', '-D1', "+'Ark 2'!E$1"])
  expect(of('=-B2+SUM(LEDGER.BEVEGELSE(3000,2026),B3)')).toEqual(['-B2', '+MOVEMENT', '+B3'])
  for (const other of [
    '=A1*2',
    '=IF(A1,B1,C1)',
    '=LEDGER.SALDO(1920',
    '=MAX(A1:A2)',
    '=1+A1',
    'tekst',
    '=',
    '=SUM()',
    5,
  ])
    expect(readFormula(other), String(other)).toBeUndefined()
})

describe('what is behind a cell', () => {
  test('entries sum to the figure, for a hundred random cells', async () => {
    const book = open()
    const functions = ['SALDO', 'BEVEGELSE', 'INNGÅENDE', 'DEBET', 'KREDIT']
    const accounts = ['1920', '6300:6899', '68*', '1900:1999;-6300', '3000']
    const periods = [`${year}-01:${year}-06`, `${year}-03`, `${year}-Q2`, `${year}-05-10`]
    const formulas = Array.from({ length: 100 }, (_, i) => {
      const dims = i % 4 === 1 ? ',"AVD=10"' : i % 4 === 3 ? ',"AVD=ingen"' : ''
      return [`=LEDGER.${functions[i % 5]}("${accounts[(i >> 1) % 5]}","${periods[(i >> 2) % 4]}"${dims})`]
    })
    book.user.type('Ark1', 'A1', formulas)
    await book.calculation.idle()
    for (let i = 0; i < formulas.length; i++) {
      const found = (await drilled(book, `A${i + 1}`))!
      expect([formulas[i], found.sum / 100, found.figure / 100]).toEqual([
        formulas[i],
        found.cell.value,
        found.cell.value,
      ])
    }
  })
  test('a line of a report, of the standard layout and by name, and from a voucher to the cell', async () => {
    const book = open()
    book.user.type('Ark1', 'A1', [
      [`=LEDGER.BEVEGELSE("@sales",${year})`],
      [`=LEDGER.SALDO("@no-such-line",${year})`],
      [`=LEDGER.KONTONAVN("3000")`],
    ])
    await book.calculation.idle()
    const sales = (await drilled(book, 'A1'))!
    expect([sales.sum / 100, sales.lines.length > 0]).toEqual([sales.cell.value, true])
    const [own] = sales.lines
    const voucher = (await book.api.voucher(company.id, own!.voucherId))!
    book.user.type('Ark1', 'D1', [[`=LEDGER.OPPSTILLING("resultat",${year},"kvartaler",2)`]])
    book.user.type('Ark1', 'K1', [[`=LEDGER.POSTERINGER("3000",${year})`]])
    await book.calculation.idle()
    const list = vi.spyOn(book.runtime, 'list')
    const told = () => book.run((context) => cellsOfVoucher(context, book.runtime, company.id, voucher))
    const { cells, outdated } = await told()
    expect(outdated).toBe(0)
    expect(cells.map((c) => c.address)).toEqual(expect.arrayContaining(['A1']))
    expect(new Set(cells.map((c) => c.address[0]))).not.toContain('K')
    expect(list.mock.calls.map(([id]) => id)).toEqual(['STATEMENT']) // once, though it fills many cells
    // A list that shows other rows than the ledger gives now says of no row what it counts.
    const first = book.workbook.cell(book.workbook.sheets[0]!, 1, 3)!
    book.workbook.setCell(book.workbook.sheets[0]!, 1, 3, { ...first, value: 'En annen linje' })
    const after = await told()
    expect(after.outdated).toBeGreaterThan(0)
    expect(after.cells.some(({ address }) => address === 'E2')).toBe(false)
    book.user.select('Ark1', 'A3')
    expect(await drillDown((await book.run(readSelectedCell))!, book.runtime)).toBeUndefined()
  })
  test('a subtotal of such cells, and a result of subtotals, over headings and arrays', async () => {
    const book = open()
    book.user.type('Ark1', 'A1', [['Kostnader'], ['6300'], ['6800'], ['6801']])
    book.user.type('Ark1', 'B1', [['Beløp'], ['=LEDGER.TALL(A2:A4,"' + year + '","bevegelse")']])
    book.user.type('Ark1', 'B5', [['=SUM(B1:B4)'], [`=-LEDGER.BEVEGELSE(3000,${year})`], ['=B6-B5'], ['=B7*2']])
    await book.calculation.idle()
    const result = (await drilled(book, 'B7'))!
    expect(result.sum / 100).toBe(result.cell.value)
    expect(result.accounts).toBe(4)
    expect(await drilled(book, 'B8')).toBeUndefined()
    expect(await drilled(book, 'A1')).toBeUndefined()
    expect([...book.window.host.missing]).toEqual([])
  })
  test('every figure of statements, trial balance, VAT and budget has behind it what it is the sum of; rows of lists their voucher', async () => {
    const own = await functionBooks(app)
    const book = calculating(app, own)
    const lists = {
      A1: `=LEDGER.OPPSTILLING("resultat",${year},"budsjett",2)`,
      F1: `=LEDGER.OPPSTILLING("resultat",${year},"kvartaler")`,
      L1: `=LEDGER.OPPSTILLING("balanse",${year},"i fjor",2)`,
      Q1: `=LEDGER.SALDOBALANSE(${year},2,"AVD=10")`,
      X1: `=LEDGER.MVA("${year}-T2")`,
      AC1: `=LEDGER.MVA("${year}-T2","3","grunnlag")`,
      AC2: `=LEDGER.AVVIK("6800",${year})`,
      AC4: `=-LEDGER.MVA("${year}-T2","3","grunnlag")`,
      AC5: `=LEDGER.AVVIK("6800",${year},,"pct")`,
      AC3: `=LEDGER.BUDSJETT("6800","${year}-Q1")-LEDGER.BUDGET("6800","${year}-02",,"Hoved")`,
    }
    for (const [address, formula] of Object.entries(lists)) book.user.type('Ark1', address, [[formula]])
    book.user.type('Ark1', 'AE1', [[`=LEDGER.POSTERINGER("6800",${year})`]])
    book.user.type('Ark1', 'AK1', [[`=LEDGER.BILAGSLISTE("${year}-04-20","${year}-04-20",,,,"selskap=*")`]])
    book.user.type('Ark1', 'AR1', [[`=LEDGER.ÅPNEPOSTER("kunde")`]])
    await book.calculation.idle()
    // Of the large ones some, and another in each column.
    const areas = { 'B2:D60': 7, 'G2:J60': 7, 'M2:O60': 5, 'S2:V20': 1, 'Z2:AA3': 1, 'AC1:AC4': 1 }
    for (const [area, nth] of Object.entries(areas)) {
      const place = book.workbook.at(book.workbook.sheets[0]!, area)
      let [seen, figures] = [0, 0]
      for (let r = place.r; r < place.r + place.h; r++)
        for (let c = place.c; c < place.c + place.w; c++) {
          const value = book.workbook.cell(book.workbook.sheets[0]!, r, c)?.value
          if (typeof value !== 'number' || seen++ % nth > 0) continue
          const found = await drilled(book, cellName(r, c))
          if (area.startsWith('M') && found?.sum === undefined) continue // a sum with the result in it, which has no entries there
          figures++
          expect([cellName(r, c), found && [found.sum / 100, found.figure / 100]]).toEqual([
            cellName(r, c),
            [value, value],
          ])
        }
      expect([area, figures > 0]).toEqual([area, true])
    }
    const budget = (await drilled(book, 'AC2'))!
    expect([budget.share, (await drilled(book, 'AC5'))!.share]).toEqual([false, true])
    expect(budget.budget).toEqual([{ month: `${year}-02`, amount: -80_00 }])
    expect(budget.lines.map(({ amount }) => amount)).toEqual([250_00, 100_00])
    for (const [address, name] of [
      ['AF2', 'HB'],
      ['AN2', 'UF'],
      ['AS2', 'UF'],
    ] as const) {
      book.user.select('Ark1', address)
      const { voucher } = (await voucherOfCell((await book.run(readSelectedCell))!, book.runtime))!
      expect([address, (await book.api.voucher(own.id, voucher))?.series]).toEqual([address, name])
    }
    // A list that shows other rows than are drawn now: what stands in that place is not what is behind the cell.
    for (const [address, shown] of [
      ['Q2', '9999'],
      ['AG2', 'HB 1-1'],
    ] as const) {
      const [sheet] = book.workbook.sheets
      const { r, c } = book.workbook.at(sheet!, address)
      book.workbook.setCell(sheet!, r, c, { ...book.workbook.cell(sheet!, r, c)!, value: shown })
      book.user.select('Ark1', cellName(r, c + 2))
      const cell = (await book.run(readSelectedCell))!
      await expect(voucherOfCell(cell, book.runtime)).rejects.toMatchObject({ key: 'moved' })
    }
    expect([...book.window.host.missing]).toEqual([])
  })
  test('a row of the sealed journal opens its voucher', async () => {
    const book = open()
    const of = { api: book.api, company: company.id, locale: 'nb', kind: 'voucher-journal' } as const
    const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
    const drawn = await drawBlock({ ...of, query })
    const { table } = await book.run((context) =>
      pullBlock(context, drawn, { ...of, query, now: `${year}-03-15T12:00:00Z` }),
    )
    book.user.sort(table, (a, b) => Number(b.Versjon) - Number(a.Versjon))
    book.user.select(book.workbook.table(table)!.sheet.name, 'F3')
    const { voucher } = (await voucherOfCell((await book.run(readSelectedCell))!, book.runtime))!
    const row = book.user.rows(table)[1]!
    expect(String(row.Bilag).replace(/\s/, ' ')).toBe(
      `HB ${year}-${(await book.api.voucher(company.id, voucher))!.number}`,
    )
  })
  test('figures of a pulled report, sorted and moved, at the version it was pulled at', async () => {
    const book = open()
    const of = { api: book.api, company: company.id, locale: 'nb', kind: 'trial-balance' } as const
    const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
    const drawn = await drawBlock({ ...of, query })
    const { table } = await book.run((context) =>
      pullBlock(context, drawn, { ...of, query, now: `${year}-03-15T12:00:00.000Z` }),
    )
    book.user.sort(table, (a, b) => Number(b.Konto) - Number(a.Konto))
    book.user.moveColumn(table, 'Utgående', 0)
    const captions = Object.keys(book.user.rows(table)[0]!)
    for (const caption of ['Debet', 'Kredit', 'Utgående']) {
      const found = (await drilled(book, `${String.fromCharCode(65 + captions.indexOf(caption))}3`, 'Saldobalanse'))!
      expect([caption, found.sum / 100]).toEqual([caption, found.cell.value])
    }
    expect(await drilled(book, 'A1', 'Saldobalanse')).toBeUndefined()
  })
  test('both figures where others have posted since; the entries go to a sheet', async () => {
    const book = open()
    book.user.type('Ark1', 'A1', [[`=LEDGER.BEVEGELSE("6300",${year})`]])
    await book.calculation.idle()
    const before = (await drilled(book, 'A1'))!
    await post(1)
    expect((await drilled(book, 'A1'))!.figure).toBe(before.figure)
    expect(await figureNow(before.cell, book.runtime)).toBe(before.figure + 100 * 20)
    const name = await book.run((context) => writeEntries(context, before.cell, before, 'nb'))
    const { cells } = book.workbook.sheet(name)!
    const values = [...cells.values()].map((cell) => cell.value)
    expect(values).toContain(before.figure / 100)
    expect(values.some((v) => String(v).startsWith('Hovedbok: Ark1!A1 LEDGER.BEVEGELSE'))).toBe(true)
  })
})

test('a figure of one customer has that customer’s entries behind it, and its voucher leads to it alone', async () => {
  const own = await functionBooks(app)
  const book = calculating(app, own)
  await own.call('/parties', { body: { kind: 'supplier', number: '10001', name: 'Navnebror AS' } })
  const formulas = ['KUNDE=10001', 'LEV=10001', 'PART=10001'].map((dims) => [
    `=LEDGER.SALDO("1000:3999",${year},"${dims}")`,
  ])
  book.user.type('Ark1', 'A1', formulas)
  await book.calculation.idle()
  const behind = []
  for (const address of ['A1', 'A2', 'A3']) behind.push((await drilled(book, address))!)
  expect(behind.map(({ cell, sum, lines }) => [cell.value, sum, lines.length])).toEqual([
    [1250, 1250_00, 1],
    [0, 0, 0],
    [1250, 1250_00, 1],
  ])
  const voucher = (await book.api.voucher(own.id, behind[0]!.lines[0]!.voucherId))!
  const { cells } = await book.run((context) => cellsOfVoucher(context, book.runtime, own.id, voucher))
  expect(cells.map(({ address }) => address)).toEqual(['A1', 'A3'])
})

test('from a voucher to every cell it counts in, and no other', async () => {
  const book = open()
  const rows = ACCOUNTS.map((account, i) => [
    `=LEDGER.SALDO("${account}","${year}-05")`,
    `=LEDGER.BEVEGELSE("${account}:${account}","${year}-0${i + 2}")`,
    `=LEDGER.DEBET("${account.slice(0, 2)}*","${year}-Q1","AVD=10")+LEDGER.KREDIT("${account}",${year})`,
  ])
  book.user.type('Ark1', 'B2', rows)
  book.user.type(
    'Ark1',
    'A12',
    ACCOUNTS.map((account) => [account]),
  )
  book.user.type('Ark1', 'B11', [[`${year}-01`, `${year}-04`, `${year}-Q3`]])
  book.user.type('Ark1', 'B12', [['=LEDGER.TALL(A12:A17,B11:D11,"bevegelse")']])
  await book.calculation.idle()
  const addresses = [...'BCD'].flatMap((c) => [2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 16, 17].map((r) => `${c}${r}`))
  const behind = new Map<string, NonNullable<Awaited<ReturnType<typeof drilled>>>>()
  for (const address of addresses) behind.set(address, (await drilled(book, address))!)
  for (const id of posted.slice(0, 10)) {
    const voucher = (await book.api.voucher(company.id, id))!
    const { cells: told } = await book.run((context) => cellsOfVoucher(context, book.runtime, company.id, voucher))
    // A cell counts the voucher when its entries, one by one, are among those behind it.
    const expected: string[] = []
    for (const [address, found] of behind) {
      const isBehind =
        found.lines.some((line) => line.voucherId === id) ||
        (found.cell.calls.every(({ id }) => id !== 'FIGURES') &&
          found.opening !== 0 &&
          (await countsInOpening(book, found.cell, voucher.ledgerVersion)))
      if (isBehind) expected.push(address)
    }
    expect(told.map(({ address }) => address).toSorted()).toEqual(expected.toSorted())
  }
}, 120_000)
const openings = new Map<string, Promise<number>>()
/** Whether an opening is another with the voucher than without it. */
async function countsInOpening(book: Book, cell: Awaited<ReturnType<typeof readSelectedCell>>, version: number) {
  const at = (atVersion: number) => {
    const key = `${cell!.address} ${atVersion}`
    const known = openings.get(key) ?? openingAt(atVersion)
    openings.set(key, known)
    return known
  }
  const openingAt = async (atVersion: number) => {
    const calls = cell!.calls.map((call) => ({
      ...call,
      args: [call.args[0], call.args[1], call.args[2] ?? null, `atVersion=${atVersion}`],
    }))
    return (await drillDown({ ...cell!, calls }, book.runtime))!.opening
  }
  return (await at(version)) !== (await at(version - 1))
}

describe('drawn anew', () => {
  test('cells that changed are told, old and new, sums among them', async () => {
    const book = open()
    book.user.type('Ark1', 'A1', [
      [`=LEDGER.BEVEGELSE("6300",${year})`],
      [`=LEDGER.BEVEGELSE("1500",${year})`],
      ['=A1+1'],
    ])
    await book.calculation.idle()
    const before = await book.run(readShown)
    const [was] = book.grid('A1')[0] as number[]
    await post(1)
    book.runtime.refresh()
    book.calculation.start()
    await book.calculation.idle()
    expect(changedCells(before, await book.run(readShown))).toEqual([
      { sheet: 'Ark1', address: 'A1', before: was, after: was! + 20 },
      { sheet: 'Ark1', address: 'A3', before: was! + 1, after: was! + 21 },
    ])
  })
  test('a pulled report grows in its place; the user’s own column follows its rows', async () => {
    const book = open()
    const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31`, account: '6300' }
    const of = { api: book.api, company: company.id, locale: 'nb', kind: 'general-ledger' } as const
    const drawn = await drawBlock({ ...of, query })
    const now = `${year}-07-01T22:30:00Z`
    const { table } = await book.run((context) => pullBlock(context, drawn, { ...of, query, now }))
    const { sheet } = book.workbook.table(table)!
    const last = drawn.cells.length - 1
    book.user.addColumn(table, 'Mitt')
    book.user.addColumn(table, 'Halve')
    book.user.fill(table, 1, { Mitt: 'se her' })
    book.user.fill(table, last, { Halve: `=G${last + 2}/2+$K$1`, Mitt: "'=ikke en formel" })
    const noted = book.user.rows(table)[1]!.Bilag
    const halved = book.user.rows(table)[last]!.Bilag
    await post(1)
    const [seal] = await book.run(readSeals)
    const refreshed = (one: Seal) =>
      book.run((context) => refreshBlock(context, { ...of, now, atVersion: posted.length }, one))
    const done = (await refreshed(seal!))!
    expect(done.blocked).toBe(false)
    expect(done.changed.length).toBeGreaterThan(0)
    const rows = book.user.rows(table)
    expect(rows).toHaveLength(drawn.cells.length + 1)
    expect(rows.filter((row) => row.Mitt === 'se her').map((row) => row.Bilag)).toEqual([noted])
    // The row moved, and the formula reads its own amount still.
    const moved = rows.findIndex((row) => row.Bilag === halved)
    expect(moved).toBe(last + 1)
    const own = book.workbook.cell(sheet, moved + 1, 9)
    expect(own?.formula).toBe(`=G${moved + 2}/2+$K$1`)
    expect(rows[moved]!.Mitt).toBe('=ikke en formel')
    const feet = [...sheet.cells.values()].filter((cell) => String(cell.value).startsWith('Hovedbok: '))
    expect(feet).toHaveLength(1)
    expect(feet[0]!.value).toContain(`hentet 02.07.${year} 00:30.`) // half past midnight in Oslo
    // A line typed between: it stays, and the one under the report below it.
    const [under, typed] = [`A${rows.length + 4}`, `A${rows.length + 3}`]
    book.user.type(sheet.name, under, [[feet[0]!.value]])
    book.user.type(sheet.name, typed, [['Mellom']])
    const [between] = await book.run(readSeals)
    expect((await refreshed(between!))!.blocked).toBe(false)
    const textAt = (row: number) => book.workbook.cell(sheet, row, 0)?.value
    expect([textAt(rows.length + 2), textAt(rows.length + 3)]).toEqual(['Mellom', feet[0]!.value])
    book.user.type(sheet.name, typed, [[feet[0]!.value], ['']])
    // Something of the user's right below: nothing is written over.
    book.user.type(sheet.name, `A${rows.length + 4}`, [['Mitt notat']])
    await post(1)
    const [again] = await book.run(readSeals)
    expect((await refreshed(again!))!.blocked).toBe('room')
    expect([...book.window.host.missing]).toEqual([])
  })

  test('frozen: texts stay texts, a KID keeps its zeros, and a list tells what each cell was', async () => {
    const own = await app.company()
    await own.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Kunde AS' } })
    const asked = await own.call('/vouchers', {
      body: simpleDraft({
        type: 'outgoing-invoice',
        voucherDate: `${year}-01-05`,
        text: '=2+3',
        lines: [
          {
            rowKey: 'a',
            account: '1500:10001',
            amount: 100_00,
            invoiceNumber: '1-2',
            dueDate: `${year}-02-05`,
            paymentReference: '00018',
          },
          { rowKey: 'b', account: '3000', amount: -100_00 },
        ],
      }),
    })
    expect(asked.status).toBe(201)
    const book = calculating(app, own)
    book.user.type('Ark1', 'A1', [[`=LEDGER.SALDO("1500",${year})`], [`=LEDGER.SALDO("9999",${year})`]])
    book.user.type('Ark1', 'A4', [[`=LEDGER.ÅPNEPOSTER("kunde","${year}-12-31",,"faktura;kid;tekst;rest")`]])
    await book.calculation.idle()
    const told = { at: `${year}-07-01T22:30:00Z`, user: 'Kari', version: 1, locale: 'nb' as const }
    expect(await book.run((context) => freezeFigures(context, told))).toEqual({ frozen: 9, left: 1 })
    await book.calculation.idle()
    const [sheet] = book.workbook.sheets
    const shown = (address: string) => {
      const { r, c } = book.workbook.at(sheet!, address)
      const { value, formula } = book.workbook.cell(sheet!, r, c)!
      return formula ?? value
    }
    expect(['A1', 'A5', 'B5', 'C5', 'D5'].map(shown)).toEqual([100, '1-2', '00018', '=2+3', 100])
    expect(shown('A2')).toMatch(/^=LEDGER/)
    const list = book.workbook.sheet('Frosne tall')!
    const texts = [...list.cells.values()].map((cell) => cell.value)
    expect(texts).toContain(`=LEDGER.SALDO("1500",${year})`)
    expect(texts).toContain('A4:D5')
    expect(texts).toContain(`Hovedbok: frosset 02.07.${year} 00:30 av Kari, tall fra versjon 1.`)
    expect([...book.window.host.missing]).toEqual([])
  })
})
