import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { openComparison, TABLE, year } from './support/comparison-book.ts'
import { thisYear } from './support/desk.ts'

const app = testApp()
const open = () => openComparison(app)

test('last year is filled in, judged, kept as it stands and shown in the reports; the same again changes nothing', async () => {
  const book = await open()
  expect(book.workbook.sheets.map(({ name }) => name)).toContain('Fjorårstall')
  book.fill(0, { Konto: 3000, [`jan ${year}`]: '-1 000,50', [`des ${year}`]: -200 })
  book.fill(1, { Konto: '6300 Leie', [`jan ${year}`]: 400 })
  book.fill(2, { Konto: 9999, [`feb ${year}`]: 'x' })
  await book.model.look()
  expect(book.rows().map((row) => [row.Status, row.Kontonavn])).toEqual([
    ['Klar', 'Salg varer, høy sats'],
    ['Klar', expect.any(String)],
    ['Feil', ''],
  ])
  expect(book.view().wrong.map(({ address, text }) => [address, text.slice(0, 24)])).toEqual([
    ['F7', '«x» kan ikke leses som e'],
    ['C7', expect.stringContaining('9999')],
  ])
  await book.model.save()
  expect([book.saves(), (await book.kept()).rows]).toEqual([0, []])
  book.fill(2, { Konto: '', [`feb ${year}`]: '' })
  await book.model.look()
  expect(book.view()).toMatchObject({ saved: false, balances: false, wrong: [] })
  expect(book.view().months[0]).toMatchObject({ month: `${year}-01`, accounts: 2, result: 60_050 })
  await book.model.save()
  expect(book.failures).toEqual([])
  expect(book.view().saved).toBe(true)
  const kept = await book.kept()
  expect(kept).toMatchObject({ version: 1, rows: [{ account: '3000' }, { account: '6300' }] })
  await book.model.save()
  expect(await book.kept()).toEqual(kept)
  const march = `fromDate=${thisYear}-01-01&toDate=${thisYear}-01-31&columns=actual,last-year`
  const { lines } = (await book.company.call(`/reports/income-statement?${march}`)).json
  const accounts = lines.flatMap((line: any) => line.accounts ?? [])
  expect(accounts.find((a: any) => a.account === '3000').amounts).toEqual([0, 100_050])
  expect((await book.company.call('/vouchers')).json.vouchers).toEqual([])
  expect([...book.window.host.missing]).toEqual([])
})

test('what others changed meanwhile refuses a save, comes in when it is asked for, and is told cell by cell', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  book.fill(1, { Konto: 1920, [`jan ${year}`]: 90 })
  await book.model.save()
  expect(book.view()).toMatchObject({ balances: true, months: [{ sum: -1_000 }, ...Array(11).fill({ sum: 0 })] })
  const { rows, version } = await book.kept()
  rows[0].amounts[`${year}-02`] = -30_000
  rows.push({ rowKey: 'theirs', account: '6300', amounts: { [`${year}-01`]: 1_000 }, dimensions: {} })
  expect((await book.put(rows, version)).status).toBe(200)
  expect((await book.put(rows, version)).json.code).toBe('version/stale')
  book.fill(0, { [`jan ${year}`]: -5 })
  await book.model.save()
  expect(book.codes()).toEqual(['version/stale'])
  await book.model.refresh()
  expect(book.figures()).toEqual([
    [3000, -5, -300, ''],
    [1920, 90, '', ''],
    [6300, 10, '', ''],
  ])
  expect(book.view().news.map(({ text }) => text.replace(/\u00a0/g, ' '))).toEqual([
    `3000 feb ${year}: – → −300,00`,
    '– → 6300',
    `6300 jan ${year}: – → 10,00`,
  ])
  await book.model.save()
  const kept = (await book.kept()).rows
  expect([kept[0].amounts, book.view().saved, book.view().news, book.failures]).toEqual([
    { [`${year}-01`]: -500, [`${year}-02`]: -30_000 },
    true,
    [],
    [],
  ])
})

test('a printed result is read from the sheet in front: the sign is recognised, asked where it is not proved, and all of it undone', async () => {
  const book = await open()
  const { user, workbook } = book
  const sheet = workbook.addSheet('Rapport')
  workbook.active = sheet
  user.type('Rapport', 'A1', [
    ['Konto', 'Navn', 'Januar', 'Februar', 'Notat'],
    [3000, 'Salg', 1000, 1100.5, ''],
    [6300, 'Leie', -400, -400, ''],
    ['', 'Sum', 600, 700.5, ''],
  ])
  await book.model.readFront()
  expect(book.view().offered).toContain('Kostnader er negative, som i et resultatregnskap.')
  expect(book.figures()).toEqual([
    [3000, -1000, -1100.5, ''],
    [6300, 400, 400, ''],
  ])
  await book.model.undo()
  expect([book.figures(), book.view().offered]).toEqual([[], undefined])
  user.type('Rapport', 'A3', [['', '', '', '', '']])
  await book.model.readFront()
  expect([book.view().asked?.choices.map(({ value }) => value), book.figures()]).toEqual([
    ['natural', 'debit', 'result'],
    [],
  ])
  await book.model.undo()
  expect(book.view().asked).toBeUndefined()
  await book.model.readFront()
  const other = workbook.addSheet('Annet')
  workbook.active = other
  user.type('Annet', 'A1', [
    ['Konto', 'Januar'],
    [3000, 77],
  ])
  await book.model.answer('natural')
  await book.model.letStand()
  expect(book.view()).toMatchObject({ asked: undefined, offered: undefined })
  expect(book.figures()).toEqual([[3000, -1000, -1100.5, '']])
  await book.model.save()
  expect([(await book.kept()).rows.length, book.failures]).toEqual([1, []])
})

test('a report of more months goes into the rows of its accounts, with what one typed in others left standing', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -1, [`des ${year}`]: -9 })
  await book.readReport('Januar', [
    ['Konto', 'Januar', 'Februar'],
    [3000, 1000, 500],
    [6300, -400, ''],
  ])
  const first = [
    [3000, -1000, -500, -9],
    [6300, 400, '', ''],
  ]
  expect(book.figures()).toEqual(first)
  await book.model.letStand()
  await book.readReport('Mer', [
    ['Konto', 'Januar', 'Februar'],
    [3000, 1000, ''],
    [6300, -400, -300],
    [1920, -5, ''],
  ])
  expect(book.figures()).toEqual([
    [3000, -1000, '', -9],
    [6300, 400, 300, ''],
    [1920, 5, '', ''],
  ])
  await book.model.undo()
  expect([book.figures(), book.failures]).toEqual([first, []])
})

test('figures that a report replaces and empties are counted, and a month it has no figure of is left alone', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: '-1 000,00', [`feb ${year}`]: -2, [`des ${year}`]: -9 })
  book.fill(1, { Konto: 6300, [`jan ${year}`]: 9 })
  await book.readReport('Rapport', [
    ['Konto', 'Januar', 'Februar', 'Desember'],
    [3000, 1000, '', ''],
    [6300, -400, -300, ''],
  ])
  expect(book.view().offered).toContain('1 tall erstattet, 1 tømt.')
  expect(book.figures()).toEqual([
    [3000, -1000, '', -9],
    [6300, 400, 300, ''],
  ])
  expect(book.failures).toEqual([])
})

test('what was read into rows that were typed is undone in them, wherever they are sorted to', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -1 })
  book.fill(1, { Konto: 6300, [`jan ${year}`]: 9 })
  await book.readReport('Rapport', [
    ['Konto', 'Januar', 'Februar'],
    [3000, 1000, 500],
    [6300, -400, -300],
  ])
  book.user.sort(TABLE, (a, b) => Number(b.Konto) - Number(a.Konto))
  await book.model.undo()
  expect(book.figures()).toEqual([
    [6300, 9, '', ''],
    [3000, -1, '', ''],
  ])
  expect(book.failures).toEqual([])
})

test('one’s own new rows are not told as removed by others: those typed, copied and read from a report', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -1 })
  const theirs = { rowKey: 'theirs', account: '1920', amounts: { [`${year}-01`]: 100 } }
  await book.put([theirs], 0)
  await book.model.save()
  expect(book.codes()).toEqual(['version/stale'])
  await book.readReport('Rapport', [
    ['Konto', 'Januar'],
    [3000, 1000],
    [6300, -400],
  ])
  await book.model.refresh()
  expect(book.view().news.map(({ text }) => text.replace(/\u00a0/g, ' '))).toEqual([
    '– → 1920',
    `1920 jan ${year}: – → 1,00`,
  ])
  await book.model.save()
  book.user.copyRows(TABLE, 2, 1, 3)
  await book.put([...(await book.kept()).rows, { ...theirs, rowKey: 'more', account: '2050' }], 2)
  await book.model.save()
  expect(book.codes()).toEqual(['version/stale'])
  await book.model.refresh()
  expect(
    book
      .view()
      .news.map(({ text }) => text)
      .filter((text) => text.includes('bare her')),
  ).toEqual([])
  await book.model.save()
  expect([(await book.kept()).rows.length, book.failures]).toEqual([5, []])
})

test('the way out of a question leaves what was read before it, and the next report leaves the question', async () => {
  const book = await open()
  await book.readReport('Alt', [
    ['Konto', 'Januar'],
    [3000, 1000],
    [6300, -400],
  ])
  const read = [
    [3000, -1000, '', ''],
    [6300, 400, '', ''],
  ]
  const one = [
    ['Konto', 'Januar'],
    [3000, 5],
  ]
  await book.readReport('Halvt', one)
  expect(book.view().asked).toBeDefined()
  await book.model.undo()
  expect([book.view().asked, book.figures()]).toEqual([undefined, read])
  await book.readReport('Halvt igjen', one)
  await book.readReport('Uleselig', [['Hei']])
  expect([book.view().asked, book.figures()]).toEqual([undefined, read])
  await book.model.undo()
  expect([book.figures(), book.failures]).toEqual([[], []])
})

test('a row that a colleague removed stays, is told by name, and is saved again only as one’s own', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  book.fill(1, { Konto: 6300, [`jan ${year}`]: 90 })
  await book.model.save()
  const { rows, version } = await book.kept()
  await book.put(rows.slice(0, 1), version)
  await book.model.refresh()
  const told = { address: 'C6', text: '6300 står bare her. Slett raden, eller lagre den på nytt.' }
  expect([book.view().news, book.view().saved]).toEqual([[told], false])
  const stamps = () => book.rows().map((row) => row._nøkkel)
  expect(stamps()).toEqual(['2', ''])
  // All of them removed: the sheet still tells its version.
  await book.put([], 2)
  await book.model.refresh()
  expect([book.view().news.map(({ text }) => text.slice(0, 4)), stamps()]).toEqual([['3000'], ['', '']])
  const later = book.reopen()
  await later.look()
  await later.save()
  expect([(await book.kept()).rows.length, book.failures]).toEqual([2, []])
})

test('a sheet that was made before anything was kept does not write over what a colleague kept since', async () => {
  const book = await open()
  expect((await book.put([{ rowKey: 'theirs', account: '6300', amounts: { [`${year}-01`]: 1_000 } }], 0)).status).toBe(
    200,
  )
  const later = book.reopen()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  await later.look()
  await later.save()
  expect(book.codes()).toEqual(['version/stale'])
  expect((await book.kept()).rows).toMatchObject([{ rowKey: 'theirs' }])
  await later.refresh()
  await later.save()
  expect([(await book.kept()).rows.map((row: any) => row.account), book.failures]).toEqual([['3000', '6300'], []])
  // All rows deleted, and their stamps with them: the pane knows what it brought in.
  book.user.deleteRows(TABLE, 0, 2)
  await later.save()
  expect([(await book.kept()).rows, book.failures]).toEqual([[], []])
})

test('a month in which nothing moved is no figure of the sheet, and a dimension is', async () => {
  const { put, kept } = await open()
  const row = (amounts: object, more = {}) => ({ rowKey: 'a', account: '3000', amounts, ...more })
  const some = { [`${year}-02`]: -100 }
  await put([row({ ...some, '9999-12': 0, [`${year + 1}-12`]: 0 })], 0)
  const { months, rows } = await kept()
  expect([months.length, rows[0].amounts]).toEqual([12, some])
  expect((await put([row({ ...some, [`${year}-03`]: 0 })], 1)).json.version).toBe(1)
  const dimensioned = await put([row(some, { dimensions: { department: '1' } })], 1)
  expect(dimensioned.json).toMatchObject({ version: 2, rows: [{ dimensions: { department: '1' } }] })
})

test('an account that is unknown and a month that is not compared are refused whole', async () => {
  const { put, kept } = await open()
  const row = (account: string, month: string) => ({ rowKey: month, account, amounts: { [month]: 100 } })
  const { status, json } = await put(
    [row('3000', `${year}-03`), row('12', `${year}-01`), row('3000', `${year - 3}-01`)],
    0,
  )
  expect([status, json.issues.map((issue: any) => [issue.code, issue.pointer])]).toEqual([
    422,
    [
      ['account/unknown', '#/rows/1/account'],
      ['takeover/month-outside', `#/rows/2/amounts/${year - 3}-01`],
    ],
  ])
  expect(await kept()).toMatchObject({ version: 0, rows: [] })
})

test('without a plan the months are those before the opening balance, else before the first fiscal year', async () => {
  const company = await app.company()
  const first = async () => (await company.call('/comparison')).json.months[0].month
  const { fiscalYears } = (await company.call('/fiscal-years')).json
  expect(await first()).toBe(`${Number(fiscalYears[0].firstDate.slice(0, 4)) - 1}-01`)
  const rows = [{ rowKey: 'a', account: '1920', amount: 100 }]
  const day = `${thisYear}-01-01`
  await company.call(`/opening-balances/${day}`, { method: 'PUT', body: { rows }, headers: { 'if-match': '"0"' } })
  expect(await first()).toBe(`${year}-01`)
})
