import { describe, expect, test } from 'vitest'
import { BudgetModel } from '#addin/registers/budget-model.ts'
import { BUDGET_TABLE } from '#addin/registers/budget-sheet.ts'
import { testApp } from '#tests/support/app.ts'
import { thisYear } from './support/desk.ts'
import { openHands } from './support/pane-hands.ts'

const app = testApp()
const month = (n: number) => `${thisYear}-${String(n).padStart(2, '0')}`

/** A company with a budget, a workbook with its sheet, and a person at the keyboard. */
async function open(lines: object[]) {
  const company = await app.company()
  const { json: budget } = await company.call('/budgets', { body: { year: thisYear, name: 'Budsjett' } })
  const path = `/budgets/${budget.id}`
  const post = (some: object[]) => company.call(`${path}/lines`, { body: { lines: some } })
  if (lines.length > 0) await post(lines)
  const { desk, hands, failures, state, user, workbook, network } = await openHands(app, company, {
    now: Date.parse('2026-03-15T12:00:00Z'),
  })
  const model = new BudgetModel(hands, 2)
  await model.insertSheet(budget.id)
  const bodies = () => network.bodies.map((body) => JSON.parse(body)).filter((body) => body.lines)
  return {
    company,
    hands,
    tables: () => workbook.tables.map(({ name }) => name),
    api: desk.api,
    post,
    model,
    user,
    view: () => state().budget!,
    failures,
    bodies,
    rows: () => user.rows(BUDGET_TABLE).filter((row) => row.Konto !== ''),
    fill: (row: number, values: Record<string, string | number>) => user.fill(BUDGET_TABLE, row, values),
    lines: async () => (await company.call(`${path}/lines`)).json.lines as any[],
  }
}
const cell = (account: string, n: number, amount: number | null, was: number | null = null) => ({
  account,
  cells: [{ month: month(n), amount, was }],
})

describe('the budget sheet', () => {
  test('is pulled in the sign people say, and sends nothing as long as nothing changes', async () => {
    const book = await open([cell('3000', 1, -12_345), cell('6300', 2, 100_000), cell('9876', 1, 5)])
    expect(book.rows().map((row) => [row.Konto, row.Jan, row.Feb, row.Status])).toEqual([
      [3000, 123.45, '', ''],
      [6300, '', 1000, ''],
      [9876, 0.05, '', 'Sjekk'],
    ])
    expect(book.view()).toMatchObject({ unsaved: 0, lines: 3, wrong: [], result: 12_345 - 100_005 })
    expect(book.view().doubtful.map((d) => d.text)).toEqual([
      'Konto 9876 finnes ikke i kontoplanen. Linjen lagres, men rapporter tar den ikke med.',
    ])
    await book.model.save()
    expect(book.bodies().at(-1)).toEqual({ lines: [] })
    expect(book.failures).toEqual([])
  })

  test('sends only changed cells, spreads a sum that is typed, and keeps an unknown account', async () => {
    const book = await open([cell('3000', 1, -10_000), cell('6300', 1, 5_000)])
    book.fill(0, { Jan: '1 250,50' })
    book.fill(1, { Sum: 1200 })
    book.fill(2, { Konto: '9998', Feb: 7 })
    await book.model.look()
    const rows = book.rows()
    expect(rows.map((row) => row.Status)).toEqual(['Endret', 'Endret', 'Ny'])
    expect(rows[1]!.Jan).toBe(1200)
    await book.model.save()
    const sent = (lines: any[]) => lines.map((l) => [l.account, ...l.cells.map((c: any) => [c.amount, c.was])])
    // More lines than one request takes go in the next.
    expect(book.bodies().map(({ lines }) => sent(lines))).toEqual([
      [
        ['3000', [-125_050, -10_000]],
        ['6300', [120_000, 5_000]],
      ],
      [['9998', [700, null]]],
    ])
    expect((await book.lines()).map((l) => l.account)).toEqual(['3000', '6300', '9998'])
    expect(book.view()).toMatchObject({ unsaved: 0, saved: { cells: 3 } })
    expect(book.rows().map((row) => row.Status)).toEqual(['Lagret', 'Lagret', 'Sjekk'])
  })

  test('a sum is spread by its key by name; what cannot be read waits with words', async () => {
    const book = await open([])
    book.fill(0, { Konto: 6300, Fordeling: 'Jevnt', Sum: 1000 })
    book.fill(1, { Konto: 6800, Jan: 'ca. 5' })
    book.fill(2, { Jan: 5 })
    await book.model.look()
    expect(book.rows()[0]!.Des).toBe(83.37)
    expect(book.view().wrong.map((w) => w.text)).toEqual([
      `Januar ${thisYear}: «ca. 5» kan ikke leses som et beløp.`,
      'Skriv en konto.',
    ])
    expect(book.user.rows(BUDGET_TABLE).map((row) => row._merker)).toEqual(
      expect.arrayContaining(['', '|m0!', '|account!']),
    )
    await book.model.save()
    const [line] = await book.lines()
    expect([line.account, line.spread, line.amounts[11]]).toEqual(['6300', 'even', 8_337])
  })

  test('what somebody else changed is marked with both amounts and never written over', async () => {
    const book = await open([cell('6300', 1, 10_000), cell('6300', 2, 10_000)])
    await book.post([cell('6300', 1, 77_700, 10_000)])
    book.fill(0, { Jan: 200, Feb: 300 })
    await book.model.save()
    expect((await book.lines())[0].amounts.slice(0, 2)).toEqual([77_700, 30_000])
    expect(book.rows()[0]!.Status).toBe('Konflikt')
    expect(book.view().conflicts.map((c) => c.text.replaceAll('\u00a0', ' '))).toEqual([
      `Januar ${thisYear}: en annen skrev 777,00, du skrev 200,00.`,
    ])
    // What one part told is kept where the next is refused.
    book.fill(1, { Konto: 6800, Jan: 1 })
    book.fill(2, { Konto: 6860, Jan: 1 })
    const { call } = book.api
    let calls = 0
    book.api.call = (async (...args: Parameters<typeof call>) => {
      if (String(args[0]).endsWith('/lines') && ++calls > 1) throw new Error('gone')
      return call(...args)
    }) as typeof call
    await expect(book.model.save()).rejects.toThrow('gone')
    book.api.call = call
    await book.model.look()
    expect([book.view().conflicts.length, book.view().saved?.cells]).toEqual([1, 1])
    // Pressing again tells again; only a choice decides.
    await book.model.save()
    expect((await book.lines())[0].amounts[0]).toBe(77_700)
    await book.model.takeMine()
    await book.model.save()
    expect((await book.lines())[0].amounts[0]).toBe(20_000)
    await book.post([cell('6300', 1, 500, 20_000)])
    book.fill(0, { Jan: 1 })
    await book.model.save()
    await book.model.takeTheirs()
    expect([book.rows()[0]!.Jan, book.view().unsaved]).toEqual([5, 0])
  })

  test('sorted, moved and copied rows and columns stay the lines they are', async () => {
    const book = await open([cell('3000', 1, -100), cell('6300', 1, 200), cell('6800', 1, 300)])
    book.user.sort(BUDGET_TABLE, (a, b) => Number(b.Konto || -1) - Number(a.Konto || -1))
    book.user.moveColumn(BUDGET_TABLE, 'Kommentar', 2)
    book.user.addColumn(BUDGET_TABLE, 'Mitt')
    await book.model.look()
    expect(book.view()).toMatchObject({ unsaved: 0, wrong: [] })
    book.user.copyRows(BUDGET_TABLE, 0, 1, 1)
    await book.model.look()
    expect(book.view().wrong.map((w) => w.text)).toEqual([
      'Konto 6800 står to ganger med samme dimensjoner. Ta bort den ene.',
    ])
    book.fill(1, { Konto: 6860 })
    await book.model.save()
    expect((await book.lines()).map((l) => [l.account, l.amounts[0]])).toEqual([
      ['3000', -100],
      ['6300', 200],
      ['6800', 300],
      ['6860', 300],
    ])
    // Another account on a line of its own moves the line; an emptied row empties it.
    book.fill(2, { Konto: 6310 })
    const last = book.rows().length - 1
    book.fill(last, { Konto: '', Jan: '' })
    await book.model.save()
    expect((await book.lines()).map((l) => l.account)).toEqual(['6310', '6800', '6860'])
  })

  test('others’ changes come in on request, new lines too, and unsaved cells stay', async () => {
    const book = await open([cell('6300', 1, 100), cell('6300', 2, 200)])
    book.fill(0, { Feb: 9 })
    await book.post([cell('6300', 1, 5_000, 100), cell('7000', 3, 700)])
    await book.model.refresh()
    expect(book.rows().map((row) => [row.Konto, row.Jan, row.Feb, row.Mar, row.Status])).toEqual([
      [6300, 50, 9, '', 'Endret'],
      [7000, '', '', 7, ''],
    ])
    await book.model.save()
    expect((await book.lines())[0].amounts.slice(0, 2)).toEqual([5_000, 900])
  })

  test('another sign shows the same amounts turned', async () => {
    const book = await open([cell('3000', 1, -100), cell('6300', 1, 200)])
    await book.model.useSign('debit')
    expect(book.rows().map((row) => row.Jan)).toEqual([-1, 2])
    expect(book.view()).toMatchObject({ unsaved: 0, sign: 'debit' })
    await book.model.useSign('result')
    expect(book.rows().map((row) => row.Jan)).toEqual([1, -2])
  })

  test('an approved budget is refused, and nothing is lost', async () => {
    const book = await open([cell('6300', 1, 100)])
    const { budgets } = (await book.company.call('/budgets')).json
    await book.company.call(`/budgets/${budgets[0].id}`, { method: 'PATCH', body: { state: 'approved' } })
    book.fill(0, { Jan: 5 })
    await expect(book.model.save()).rejects.toThrow('budget/not-draft')
    await book.model.look()
    expect([book.rows()[0]!.Jan, book.view().unsaved]).toEqual([5, 1])
  })
})

test('next year’s budget and a second version are begun from the sheet; each saves in its own, and a copied sheet in that of its rows', async () => {
  const book = await open([cell('3000', 1, -100_000), cell('6300', 2, 50_000)])
  const from = { budget: book.view().budget.id }
  await book.model.make({ year: thisYear, name: 'Forsiktig', from, change: -1_000 })
  expect(book.view()).toMatchObject({ budget: { name: 'Forsiktig' }, lines: 2, unsaved: 0, result: 90_000 - 45_000 })
  await book.model.make({ year: thisYear, name: 'Tomt', change: 0 })
  expect(book.view()).toMatchObject({ budget: { name: 'Tomt' }, lines: 0 })
  const name = () => book.view().budget.name
  // An empty sheet is known for what it is, also by whoever opens the workbook next.
  book.user.fill('tblBudsjett3', 1, { Konto: '6540', Jan: 10 })
  const next = new BudgetModel(book.hands)
  await next.turnTo('tblBudsjett3')
  await next.save()
  expect([name(), book.view().saved?.cells]).toEqual(['Tomt', 1])
  // A copied sheet is worked on when it is in front, and what it saves goes where its rows are from.
  book.user.copySheet('Budsjett 2', 'Kopi')
  const copied = book.tables().at(-1)!
  await book.model.turnTo(copied)
  expect(name()).toBe('Forsiktig')
  book.user.fill(copied, 0, { Mar: 77 })
  await book.model.save()
  await book.model.turnTo(BUDGET_TABLE)
  expect([name(), book.view().lines, book.view().unsaved]).toEqual(['Budsjett', 2, 0])
  expect(await book.lines()).toHaveLength(2)
  await book.model.insertSheet(from.budget)
  expect(book.user.rows('tblBudsjett2')[0]!.Mar).toBe('')
  expect(name()).toBe('Budsjett')
  expect(book.failures).toEqual([])
})
