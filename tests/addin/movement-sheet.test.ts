import { expect, test } from 'vitest'
import { MovementModel } from '#addin/registers/movement-model.ts'
import { MOVEMENT_TABLE } from '#addin/registers/movement-sheet.ts'
import { testApp } from '#tests/support/app.ts'
import { thisYear as year } from './support/desk.ts'
import { openHands } from './support/pane-hands.ts'

const app = testApp()
const plan = {
  variant: 'movements',
  openingDate: `${year}-01-01`,
  cutOverDate: `${year}-04-01`,
  interimCustomers: '1499',
  interimSuppliers: '2399',
}

async function open(opening: readonly (readonly [string, number])[] = []) {
  const company = await app.company()
  const planned = await company.call('/takeover', { method: 'PUT', body: plan, headers: { 'if-match': '"0"' } })
  expect(planned.status).toBe(200)
  if (opening.length > 0) {
    const rows = opening.map(([account, kroner], i) => ({ rowKey: `r${i}`, account, amount: kroner * 100 }))
    const headers = { 'if-match': '"0"' }
    await company.call(`/opening-balances/${plan.openingDate}`, { method: 'PUT', body: { rows }, headers })
  }
  const { hands, failures, state, user, workbook, window } = await openHands(app, company, { keepsFailures: true })
  const model = new MovementModel(hands)
  await model.insertSheet()
  return {
    company,
    workbook,
    window,
    model,
    user,
    failures,
    /** The pane is closed and opened again: nothing is remembered but what stands in the workbook. */
    reopen: () => new MovementModel(hands),
    view: () => state().movements!,
    notice: () => state().notice?.text,
    fill: (row: number, values: Record<string, string | number>) => user.fill(MOVEMENT_TABLE, row, values),
    rows: () => user.rows(MOVEMENT_TABLE).filter((row) => row.Konto !== ''),
    kept: async () => (await company.call('/takeover/movements')).json,
  }
}
type Book = Awaited<ReturnType<typeof open>>
const figures = (book: Book) =>
  book.rows().map((row) => [row.Konto, row[`jan ${year}`], row[`feb ${year}`], row[`mar ${year}`]])

test('movements are judged while they are filled in, kept, booked a month at a time, once, and undone', async () => {
  const book = await open()
  book.fill(0, { Konto: 1920, [`jan ${year}`]: '1 000,50', [`feb ${year}`]: 200 })
  book.fill(1, { Konto: '1500:10001', [`jan ${year}`]: -1000.5 })
  book.fill(2, { Konto: 3000, [`feb ${year}`]: -150, [`mar ${year}`]: 'x' })
  await book.model.look()
  expect(book.rows().map((row) => [row.Status, row.Kontonavn])).toEqual([
    ['Klar', 'Bankinnskudd'],
    ['Klar', 'Kundefordringer'],
    ['Feil', expect.any(String)],
  ])
  expect(book.view().months.map(({ says }) => says)).toEqual(['går opp', 'mangler −50,00', 'tom'])
  expect(book.view().wrong.map(({ address, text }) => [address, text.slice(0, 20)])).toEqual([
    ['G7', '«x» kan ikke leses s'],
    ['', expect.any(String)],
  ])
  await book.model.book()
  expect((await book.kept()).rows).toEqual([])
  book.fill(2, { [`feb ${year}`]: -200, [`mar ${year}`]: '' })
  await book.model.book()
  await book.model.book()
  expect(book.failures).toEqual([])
  expect(book.view()).toMatchObject({ state: 'booked', stands: true, wrong: [] })
  expect(book.rows().map((row) => row.Status)).toEqual(['Bokført', 'Bokført', 'Bokført'])
  // What customers moved stands on 1499 until their open items take its place.
  const gauges = book.view().gauges.map(({ account, amount, target, lines }) => [account, amount, target, lines.length])
  expect(gauges).toEqual([
    ['1499', -100_050, 0, 1],
    ['2399', 0, 0, 0],
    ['1500', 0, -100_050, 0],
  ])
  const { vouchers } = (await book.company.call('/vouchers')).json
  expect(vouchers.map((v: any) => [v.series, v.voucherDate, v.amount])).toEqual([
    ['BV', `${year}-02-28`, 20_000],
    ['BV', `${year}-01-31`, 100_050],
  ])
  // A colleague's change, and one of one's own that is older than it.
  const { version, rows, keptMonths } = await book.kept()
  rows[0].amounts[`${year}-02`] = 300_00
  rows[2].amounts[`${year}-02`] = -300_00
  const headers = { 'if-match': `"${version}"` }
  await book.company.call('/takeover/movements', { method: 'PUT', body: { rows, keptMonths }, headers })
  book.fill(0, { [`jan ${year}`]: 5 })
  await book.model.save()
  expect(book.failures.splice(0).map((error: any) => error.code)).toEqual(['version/stale'])
  await book.model.refresh()
  expect(figures(book)).toEqual([
    [1920, 5, 300, ''],
    ['1500:10001', -1000.5, '', ''],
    [3000, '', -300, ''],
  ])
  expect(book.view().state).toBe('changed')
  expect(book.view().news.map(({ text }) => text)).toEqual([
    `1920 feb ${year}: 200,00 → 300,00`,
    `3000 feb ${year}: −200,00 → −300,00`,
  ])
  book.fill(0, { [`jan ${year}`]: '1000,50' })
  await book.model.book()
  expect(book.view().state).toBe('booked')
  await book.model.reverse()
  expect([book.failures, book.view().state]).toEqual([[], 'reversed'])
  expect([...book.window.host.missing]).toEqual([])
})

test('a sheet that was made before anything was kept does not write over what a colleague kept since', async () => {
  const book = await open()
  const { version } = await book.kept()
  const rows = [{ rowKey: 'theirs', account: '1920', amounts: { [`${year}-01`]: 100 } }]
  const headers = { 'if-match': `"${version}"` }
  await book.company.call('/takeover/movements', { method: 'PUT', body: { rows }, headers })
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -1 })
  const later = book.reopen()
  await later.look()
  await later.save()
  expect(book.failures.splice(0).map((error: any) => error.code)).toEqual(['version/stale'])
  expect((await book.kept()).rows).toMatchObject(rows)
})

test('the old system’s report is read from the sheet in front, balances are turned into movements, and both can be undone', async () => {
  const book = await open([
    ['1920', 950],
    ['1460', 500],
    ['1250', 900],
    ['2050', -2350],
  ])
  const { user, workbook } = book
  await book.model.readFront()
  expect(book.notice()).toMatch(/^Fant ingen kolonner/)
  const serial = (month: number) => Date.UTC(year, month, 1) / 86_400_000 + 25_569
  const sheet = workbook.addSheet('Rapport')
  workbook.active = sheet
  user.type('Rapport', 'A1', [['Saldoliste']])
  user.type('Rapport', 'A2', [['Konto', 'Navn', serial(0), serial(1), serial(2)]])
  for (const column of [2, 3, 4]) workbook.cell(sheet, 1, column)!.format = 'mmm-yy'
  user.type('Rapport', 'A3', [
    [1920, 'Bank', 1000, 1100, 1200.5],
    [1460, 'Varer', 500, 510, 520],
    [1250, 'Inventar', 900, 900, 900],
    ['', 'Sum eiendeler', 2400, 2510, 2620.5],
    [2050, 'Egenkapital', -2400, -2510, -2620.5],
  ])
  await book.model.readFront()
  expect(book.view().offered).toBe('Lest 4 konti i 3 måneder. Hoppet over 1 rader uten konto. Ikke brukt: Navn.')
  expect(figures(book)[0]).toEqual([1920, 1000, 1100, 1200.5])
  await book.model.undo()
  expect(figures(book)).toEqual([])
  await book.model.readFront()
  await book.model.letStand()
  expect(book.view()).toMatchObject({ offered: undefined, suspect: `januar ${year}, februar ${year}, mars ${year}` })
  await book.model.turn()
  expect(figures(book)[0]).toEqual([1920, 50, 100, 100.5])
  await book.model.undo()
  expect(figures(book)[0]).toEqual([1920, 1000, 1100, 1200.5])
  await book.model.keep()
  expect(book.view().suspect).toBe('')
  expect((await book.kept()).keptMonths).toEqual([1, 2, 3].map((month) => `${year}-0${month}`))
  expect(book.failures).toEqual([])
})

test('typed rows that were turned and undone are found where they were sorted to, and are not told as removed', async () => {
  const book = await open([
    ['1920', 950],
    ['2050', -950],
  ])
  const months = (...kroner: number[]) => ({
    [`jan ${year}`]: kroner[0]!,
    [`feb ${year}`]: kroner[1]!,
    [`mar ${year}`]: kroner[2]!,
  })
  book.fill(0, { Konto: 1920, ...months(1000, 1100, 1200.5) })
  book.fill(1, { Konto: 2050, ...months(-1000, -1100, -1200.5) })
  await book.model.turn()
  book.user.sort(MOVEMENT_TABLE, (a, b) => Number(b.Konto) - Number(a.Konto))
  await book.model.undo()
  expect(figures(book)).toEqual([
    [2050, -1000, -1100, -1200.5],
    [1920, 1000, 1100, 1200.5],
  ])
  await book.model.turn()
  await book.model.refresh()
  expect([book.view().news, book.failures]).toEqual([[], []])
})

test('the checklist of the take-over follows what is saved', async () => {
  const book = await open()
  const isBalanced = () => book.view().checks.checklist.find(({ key }) => key === 'movements-balanced')?.done
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  await book.model.save()
  expect(isBalanced()).toBe(false)
  book.fill(1, { Konto: 1920, [`jan ${year}`]: 100 })
  await book.model.save()
  expect([isBalanced(), book.failures]).toEqual([true, []])
})
