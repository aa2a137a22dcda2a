import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { openComparison, TABLE, year } from './support/comparison-book.ts'

const app = testApp()
const open = () => openComparison(app)

test('undo of a read puts formulas back as formulas; a row that was moved gets one that counts in its own row, else its figure', async () => {
  const book = await open()
  const { user, workbook } = book
  const [jan, feb, mar] = [`jan ${year}`, `feb ${year}`, `mar ${year}`]
  book.fill(0, { Konto: 6300, [jan]: 9, [feb]: '=E5*2', [mar]: '=E6+1' })
  book.fill(1, { Konto: 3000, [jan]: '=-5*2', [feb]: -2 })
  const formulas = () => {
    const { sheet } = user.table(TABLE)
    return [4, 5].map((r) =>
      [4, 5, 6].map((c) => workbook.cell(sheet, r, c)?.formula ?? workbook.cell(sheet, r, c)?.value),
    )
  }
  const stood = formulas()
  expect(stood).toEqual([
    [9, '=E5*2', '=E6+1'],
    ['=-5*2', -2, ''],
  ])
  const read = (name: string) =>
    book.readReport(name, [
      ['Konto', 'Januar', 'Februar', 'Mars'],
      [3000, 1000, 500, 1],
      [6300, -400, -300, -7],
    ])
  await read('Rapport')
  expect(formulas()).toEqual([
    [400, 300, 7],
    [-1000, -500, -1],
  ])
  await book.model.undo()
  expect(formulas()).toEqual(stood)
  const figure = user.rows(TABLE)[0]![mar]
  await read('Igjen')
  user.sort(TABLE, (a, b) => Number(a.Konto || 9e9) - Number(b.Konto || 9e9))
  await book.model.undo()
  expect(formulas()).toEqual([
    ['=-5*2', -2, ''],
    [9, '=E6*2', figure],
  ])
  expect(book.failures).toEqual([])
})

test('what others changed goes to the row that owns its key, wherever a copy of it stands, and copies are told as copies', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  book.fill(1, { Konto: 6300, [`jan ${year}`]: 90 })
  await book.model.save()
  // A copy above with another account, and a plain one below.
  book.user.copyRows(TABLE, 0, 1, 0)
  book.fill(0, { Konto: 3100 })
  book.user.copyRows(TABLE, 1, 1, 3)
  const { rows, version } = await book.kept()
  rows[0].amounts[`${year}-01`] = -55_500
  await book.put(rows, version)
  await book.model.refresh()
  expect(book.figures().map((row) => row.slice(0, 2))).toEqual([
    [3100, -100],
    [3000, -555],
    [6300, 90],
    [3000, -100],
  ])
  const copied = 'er kopiert fra en annen rad her, og lagres som en egen rad. Slett den om den ikke skal med.'
  expect(book.view().news.slice(1)).toEqual([
    { address: 'C5', text: `3100 ${copied}` },
    { address: 'C8', text: `3000 ${copied}` },
  ])
  await book.model.save()
  const kept = await book.kept()
  expect(kept.rows.map((row: any) => [row.account, row.rowKey === rows[0].rowKey])).toEqual([
    ['3100', false],
    ['3000', true],
    ['6300', false],
    ['3000', false],
  ])
  expect(book.failures).toEqual([])
})

test('a copy is told as a copy also where the network failed the first time others’ changes were fetched', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  await book.model.save()
  book.user.copyRows(TABLE, 0, 1, 1)
  book.network.cut = /comparison/
  await book.model.refresh()
  expect(book.failures.splice(0)).toHaveLength(1)
  book.network.cut = undefined
  await book.model.refresh()
  expect(book.view().news.map(({ text }) => text)).toEqual([
    '3000 er kopiert fra en annen rad her, og lagres som en egen rad. Slett den om den ikke skal med.',
  ])
  expect(book.failures).toEqual([])
})

test('a copy is told as a copy also after a save that was refused, until it is saved', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, [`jan ${year}`]: -100 })
  await book.model.save()
  book.fill(1, { Konto: 6300, [`jan ${year}`]: 90 })
  book.user.copyRows(TABLE, 0, 2, 2)
  const { rows, version } = await book.kept()
  await book.put([{ ...rows[0], amounts: { [`${year}-01`]: -200 } }], version)
  for (const _ of 'ab') {
    await book.model.save()
    expect(book.failures.splice(0)).toHaveLength(1)
  }
  const told = ['3000', '6300'].map(
    (account) =>
      `${account} er kopiert fra en annen rad her, og lagres som en egen rad. Slett den om den ikke skal med.`,
  )
  const copies = () => book.view().news.flatMap(({ text }) => (text.includes('kopiert') ? [text] : []))
  await book.model.refresh()
  expect(copies()).toEqual(told.slice(0, 1))
  await book.model.refresh()
  expect(copies()).toEqual(told.slice(0, 1))
  // The copy of a row that was never kept is told, too, once the row it was made from has a key.
  book.user.copyRows(TABLE, 1, 1, 4)
  await book.put([{ ...rows[0], amounts: { [`${year}-01`]: -300 } }], version + 1)
  await book.model.save()
  expect(book.failures.splice(0)).toHaveLength(1)
  await book.model.refresh()
  expect(copies()).toEqual(told)
  await book.model.save()
  await book.model.refresh()
  expect([copies(), (await book.kept()).rows.length, book.failures]).toEqual([[], 5, []])
})

test('a report of whole accounts beside rows by department is warned of, with the row of the sheet and a cure', async () => {
  const book = await open()
  const jan = `${year}-01`
  const row = (rowKey: string, department: string, amounts: object) => ({
    rowKey,
    account: '3000',
    amounts,
    dimensions: { department },
  })
  await book.put([row('a', '1', { [jan]: -60_000 }), row('b', '2', { [jan]: -40_000 })], 0)
  await book.model.refresh()
  await book.readReport('Rapport', [
    ['Konto', 'Januar'],
    [3000, 1000],
    [6300, -400],
  ])
  expect(book.view().months[0]).toMatchObject({ result: 160_000 })
  const told =
    'Konto 3000 står også med dimensjon i rad 5, og begge er med. Er dette hele kontoen, ta bort radene med dimensjon, eller denne.'
  expect(book.view().doubtful).toEqual([{ address: 'C7', text: told }])
  expect(book.rows().map((r) => [r.Status, r.Melding])).toEqual([
    ['Klar', ''],
    ['Klar', ''],
    ['Sjekk', told],
    ['Klar', ''],
  ])
  // What has no dimension in other months is nothing twice.
  book.fill(2, { [`jan ${year}`]: '', [`feb ${year}`]: -5 })
  await book.model.look()
  expect([book.view().doubtful, book.failures]).toEqual([[], []])
})

test('one’s own unsaved cells, rows and rows taken away stand when others’ are fetched; where both wrote, theirs is told', async () => {
  const book = await open()
  const [jan, feb] = [`jan ${year}`, `feb ${year}`]
  book.fill(0, { Konto: 3000, [jan]: -100, [feb]: -200 })
  book.fill(1, { Konto: 6300, [jan]: 90 })
  book.fill(2, { Konto: 1920, [jan]: 10 })
  await book.model.save()
  const { rows, version } = await book.kept()
  rows[0].amounts = { [`${year}-01`]: -7_700, [`${year}-02`]: -8_800 }
  await book.put(rows, version)
  book.fill(0, { [jan]: 'x' })
  book.user.deleteRows(TABLE, 2, 1)
  await book.model.refresh()
  expect(book.figures().map((row) => row.slice(0, 3))).toEqual([
    [3000, 'x', -88],
    [6300, 90, ''],
  ])
  expect(book.view().news).toEqual([
    { address: 'F5', text: `3000 feb ${year}: −200,00 → −88,00` },
    { address: 'E5', text: `3000 jan ${year}: noen andre lagret −77,00 samtidig. Ditt står.` },
  ])
  expect([book.view().offered, book.failures]).toEqual([undefined, []])
})

test('a pane that was opened anew tells each figure that became another’s, and puts them back by Angre, so that a save keeps them', async () => {
  const book = await open()
  const jan = `jan ${year}`
  book.fill(0, { Konto: 3000, [jan]: -100 })
  await book.model.save()
  const { rows, version } = await book.kept()
  rows[0].amounts[`${year}-02`] = -30_000
  rows.push({ rowKey: 'theirs', account: '6300', amounts: { [`${year}-01`]: 1_000 }, dimensions: {} })
  await book.put(rows, version)
  book.fill(0, { [jan]: -5 })
  const model = book.reopen()
  await model.refresh()
  expect(book.figures().map((row) => row.slice(0, 3))).toEqual([
    [3000, -100, -300],
    [6300, 10, ''],
  ])
  expect(book.view().news.map(({ text }) => text)).toEqual([
    `3000 jan ${year}: −5,00 → −100,00`,
    `3000 feb ${year}: – → −300,00`,
    '– → 6300',
    `6300 jan ${year}: – → 10,00`,
  ])
  expect(book.view().offered).toMatch(/^Vinduet vet ikke/)
  await model.undo()
  expect(book.figures().map((row) => [row[0], row[1], row[2]])).toEqual([
    [3000, -5, ''],
    [6300, 10, ''],
  ])
  await model.save()
  expect((await book.kept()).rows.map((row: any) => row.amounts)).toEqual([
    { [`${year}-01`]: -500 },
    { [`${year}-01`]: 1_000 },
  ])
  expect(book.failures).toEqual([])
})

test('a sheet that was deleted and is made again asks nothing of the report that was read into the old one', async () => {
  const book = await open()
  const { workbook } = book
  workbook.active = workbook.addSheet('Rapport')
  book.user.type('Rapport', 'A1', [
    ['Konto', 'Januar'],
    [3000, 1000],
  ])
  await book.model.readFront()
  expect(book.view().asked).toBeDefined()
  const { sheet } = book.view()
  workbook.tables.splice(0, workbook.tables.length, ...workbook.tables.filter((t) => t.sheet.name !== sheet))
  workbook.sheets.splice(0, workbook.sheets.length, ...workbook.sheets.filter((s) => s.name !== sheet))
  await book.model.insertSheet()
  expect([book.view().asked, book.rows(), book.failures]).toEqual([undefined, [], []])
})
