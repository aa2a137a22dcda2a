import { expect, test } from 'vitest'
import { OPENING_TABLE } from '#addin/registers/opening-sheet.ts'
import { testApp } from '#tests/support/app.ts'
import { thisYear } from './support/desk.ts'
import { day, fillIn, openOpening } from './support/opening-book.ts'

const app = testApp()
const open = () => openOpening(app)

test('one’s own unsaved cells stand when others’ are fetched; where both wrote, theirs is told', async () => {
  const book = await open()
  fillIn(book)
  await book.model.save()
  const { rows, version } = await book.kept()
  book.fill(0, { Beløp: 1234.5 })
  book.fill(3, { Beløp: -9, Tekst: 'min' })
  book.user.deleteRows(OPENING_TABLE, 1, 1)
  rows[0].text = 'fra banken'
  rows[2].dueDate = '2026-02-28'
  rows[3].amount = -777_00
  expect((await book.put(rows, version)).status).toBe(200)
  await book.model.refresh()
  expect(book.rows().map((r) => [r.Konto, r.Beløp, r.Tekst])).toEqual([
    [1920, 1234.5, 'fra banken'],
    [1500, 500, ''],
    [2050, -9, 'min'],
  ])
  expect([book.news(), book.view().overOwn]).toEqual([
    [
      '1920 Tekst: – → fra banken',
      '1500 10001 0881 Forfall: 31.01.2026 → 28.02.2026',
      '2050 Beløp: noen andre lagret −777,00 samtidig. Ditt står.',
    ],
    false,
  ])
  await book.model.save()
  expect((await book.kept()).rows.map((r: any) => [r.account, r.amount, r.text])).toEqual([
    ['1920', 123_450, 'fra banken'],
    ['1500', 50_000, ''],
    ['2050', -900, 'min'],
  ])
  expect(book.failures).toEqual([])
})

test('a pane that was opened anew tells each cell that became another’s, and puts them back by Angre', async () => {
  const book = await open()
  fillIn(book)
  await book.model.save()
  const { rows, version } = await book.kept()
  book.fill(0, { Beløp: 5 })
  rows[0].text = 'fra banken'
  await book.put(rows, version)
  const model = book.reopen()
  await model.refresh()
  expect(book.news()).toEqual(['1920 Beløp: 5,00 → 1 000,50', '1920 Tekst: – → fra banken'])
  expect(book.view().overOwn).toBe(true)
  await model.undo()
  expect(book.rows().map((r) => [r.Beløp, r.Tekst])[0]).toEqual([5, ''])
  expect([book.view().overOwn, book.failures]).toEqual([false, []])
})

test('another day’s sheet in front does not make one forget what is one’s own here', async () => {
  const book = await open()
  fillIn(book)
  await book.model.save()
  const { rows, version } = await book.kept()
  await book.model.insertSheet(`${thisYear - 1}-12-31`)
  rows[0].text = 'fra banken'
  await book.put(rows, version)
  book.fill(0, { Beløp: 5 })
  await book.model.turnTo(OPENING_TABLE)
  await book.model.refresh()
  expect(book.rows().map((r) => [r.Beløp, r.Tekst])[0]).toEqual([5, 'fra banken'])
  expect(book.news()).toEqual(['1920 Tekst: – → fra banken'])
})

test('what others changed goes to the row that owns its key, and a copy that was typed over is a row of its own', async () => {
  const book = await open()
  book.fill(0, { Konto: 3000, Beløp: -100 })
  book.fill(1, { Konto: 1920, Beløp: 100 })
  await book.model.save()
  const { rows, version } = await book.kept()
  book.user.copyRows(OPENING_TABLE, 0, 1, 0)
  book.fill(0, { Konto: 3100 })
  rows[0].text = 'fra andre'
  await book.put(rows, version)
  await book.model.refresh()
  expect(book.rows().map((r) => [r.Konto, r.Beløp, r.Tekst])).toEqual([
    [3100, -100, ''],
    [3000, -100, 'fra andre'],
    [1920, 100, ''],
  ])
  expect(book.news()).toEqual(['3000 Tekst: – → fra andre', expect.stringMatching(/^3100 er kopiert/)])
  await book.model.save()
  expect((await book.kept()).rows.map((r: any) => r.rowKey === rows[0].rowKey)).toEqual([false, true, false])
})

test('a last row that was cleared gets its own place back, and a row that is new here one below', async () => {
  const book = await open()
  fillIn(book)
  await book.model.save()
  const { rows, version } = await book.kept()
  book.fill(3, { Konto: '', Beløp: '' })
  await book.put([...rows, { rowKey: 'y', account: '1930', amount: 7_00 }], version)
  await book.reopen().refresh()
  expect(book.rows().map((r) => [r.Konto, r.Beløp])).toEqual([
    [1920, 1000.5],
    [1500, 500],
    [1500, 500],
    [2050, -1500.5],
    [1930, 7],
  ])
  expect(book.failures).toEqual([])
})

test('a list that a colleague saved in place of one that was taken away is fetched as another list, not as one’s own', async () => {
  const book = await open()
  book.fill(0, { Konto: 1920, Beløp: 100 })
  await book.model.save()
  const { rows, version } = await book.kept()
  expect((await book.company.call(`/opening-balances/${day}`, { method: 'DELETE' })).status).toBe(204)
  const theirs = [
    { ...rows[0], amount: 250_00 },
    { rowKey: 'y', account: '2050', amount: -250_00 },
  ]
  expect((await book.put(theirs, 0)).json.version).toBe(version + 1)
  book.fill(0, { Tekst: 'min' })
  await book.model.refresh()
  expect(book.rows().map((r) => [r.Konto, r.Beløp, r.Tekst])).toEqual([
    [1920, 250, 'min'],
    [2050, -250, ''],
  ])
  await book.model.save()
  expect((await book.kept()).rows.map((r: any) => [r.account, r.amount])).toEqual([
    ['1920', 250_00],
    ['2050', -250_00],
  ])
})
