import { describe, expect, test } from 'vitest'
import { OPENING_TABLE } from '#addin/registers/opening-sheet.ts'
import { gaugeText, takeoverBeside } from '#addin/registers/takeover-view.ts'
import { testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { thisYear } from './support/desk.ts'
import { day, fillIn, openOpening } from './support/opening-book.ts'

const app = testApp()
const open = () => openOpening(app)

describe('the opening sheet', () => {
  test('is judged while it is filled in, kept, booked once, and booked again only when it changes', async () => {
    const book = await open()
    fillIn(book)
    await book.model.look()
    expect(book.view().takeover).toBeUndefined()
    expect(book.rows().map((row) => row.Status)).toEqual(['Klar', 'Klar', 'Klar', 'Klar'])
    expect(book.view()).toMatchObject({
      sum: 0,
      wrong: [],
      gauges: [{ account: '1500', amount: 50_000, target: 50_000 }],
    })
    await book.model.book()
    await book.model.book()
    expect(book.view()).toMatchObject({ state: 'booked', voucher: { series: 'AB', number: 1 } })
    expect(book.rows().map((row) => row.Status)).toEqual(['Bokført', 'Bokført', 'Bokført', 'Bokført'])
    const { items } = (await book.company.call('/open-items')).json
    expect(items.map((i: any) => [i.party, i.invoiceNumber, i.paymentReference, i.rest])).toEqual([
      ['10001', '0881', '00018', 50_000],
    ])
    book.fill(0, { Beløp: 2000 })
    book.fill(3, { Beløp: -2500 })
    await book.model.book()
    await book.model.book()
    expect(book.view()).toMatchObject({ state: 'booked', voucher: { number: 3 } })
    expect((await book.company.call('/vouchers')).json.vouchers).toHaveLength(3)
    expect(book.failures).toEqual([])
  })

  test('what is booked is told as changed as soon as the sheet holds something else, and as booked again where it does not', async () => {
    const book = await open()
    await book.company.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
    // As another program writes it: the sheet reads each of these in its own way, and nobody changed anything.
    const row = (rowKey: string, account: string, amount: number, of: object = {}) => ({
      rowKey,
      account,
      amount,
      ...of,
    })
    const rows = [
      row('a', '1920', 100_050, { dimensions: { department: '10' }, text: ' Drift ' }),
      row('b', '1500', 50_000),
      row('c', '1500', 50_000, { party: '10001', invoiceNumber: '0881', paymentReference: '00018', dueDate: day }),
      row('d', '2050', -150_050),
    ]
    await book.put(rows, 0)
    await book.model.refresh()
    const { version } = await book.kept()
    const done = await book.company.call(`/opening-balances/${day}/booking`, { body: {} })
    expect([version, done.json]).toMatchObject([1, { state: 'booked' }])
    await book.model.refresh()
    const shown = async () => {
      await book.model.look()
      return [book.view().state, new Set(book.rows().map((r) => r.Status))]
    }
    const [booked, changed] = [
      ['booked', new Set(['Bokført'])],
      ['changed', new Set(['Klar'])],
    ]
    expect(await shown()).toEqual(booked)
    for (const [field, value] of Object.entries({ Tekst: 'Sparing', Beløp: 7, Avdeling: '', Konto: 1910 })) {
      const before = book.user.rows(OPENING_TABLE)[0]![field]
      book.fill(0, { [field]: value })
      expect((await shown())[0]).toBe('changed')
      book.fill(0, { [field]: before as string | number })
      expect(await shown()).toEqual(booked)
    }
    book.user.sort(OPENING_TABLE, (a, b) => Number(a.Beløp || 1e9) - Number(b.Beløp || 1e9))
    expect(await shown()).toEqual(booked)
    book.fill(4, { Konto: 1250, Beløp: 5 })
    book.fill(5, { Konto: 1900, Beløp: -5 })
    expect(await shown()).toEqual(changed)
    await book.model.book()
    expect(book.view()).toMatchObject({ state: 'booked', voucher: { number: 3 } })
    expect(book.failures).toEqual([])
  })

  test('tells what is missing at its cell, and what cannot be read is not sent', async () => {
    const book = await open()
    fillIn(book)
    book.fill(2, { Beløp: 400 })
    book.fill(4, { Konto: 9999, Beløp: 'ca. 5' })
    await book.model.look()
    expect(book.view().wrong.map((w) => w.text.replaceAll('\u00a0', ' '))).toEqual([
      'Konto 1500: postene er 400,00, men saldoen er 500,00. Det mangler 100,00.',
      '«ca. 5» kan ikke leses som et beløp.',
      'Feltet mangler. Fyll det ut.',
      'Konto 9999 finnes ikke. Velg en konto fra kontoplanen.',
      'Åpningsbalansen går ikke opp. Det mangler 100,00 i debet.',
    ])
    const marks = book.user.rows(OPENING_TABLE).map((row) => String(row._merker))
    expect([marks[0], marks[4]]).toEqual(['', '|amount!|account!'])
    await book.model.save()
    expect((await book.company.call(`/opening-balances/${day}`)).json.code).toBe('opening-balance/unknown')
  })

  test('a copied row is a row of its own; a colleague’s save is not written over', async () => {
    const book = await open()
    fillIn(book)
    await book.model.save()
    book.user.copyRows(OPENING_TABLE, 2, 1, 3)
    book.user.sort(OPENING_TABLE, (a, b) => Number(a.Beløp || 1e9) - Number(b.Beløp || 1e9))
    await book.model.save()
    const kept = (await book.company.call(`/opening-balances/${day}`)).json
    expect([kept.version, kept.rows.length, new Set(kept.rows.map((r: any) => r.rowKey)).size]).toEqual([2, 5, 5])
    await book.company.call(`/opening-balances/${day}`, { method: 'PUT', body: { rows: kept.rows.slice(1) } })
    book.fill(0, { Tekst: 'ny' })
    await expect(book.model.save()).rejects.toThrow('version/stale')
    // What the colleague has kept comes in; what stands only here stays, and the sheet can be saved again.
    await book.model.refresh()
    const [removed] = kept.rows
    expect(book.view().news.map(({ text }) => text)).toEqual([
      `${[removed.account, removed.party, removed.invoiceNumber].filter(Boolean).join(' ')} står bare her. Slett raden, eller lagre den på nytt.`,
    ])
    await book.model.save()
    expect(book.view().news).toEqual([])
    const after = (await book.company.call(`/opening-balances/${day}`)).json
    expect([after.version, after.rows.length]).toEqual([4, 5])
  })

  test('a copy is told as a copy also where the network failed the first time others’ changes were fetched', async () => {
    const book = await open()
    fillIn(book)
    await book.model.save()
    book.user.copyRows(OPENING_TABLE, 0, 1, 4)
    book.network.cut = /opening-balances/
    await expect(book.model.refresh()).rejects.toThrow()
    book.network.cut = undefined
    await book.model.refresh()
    expect(book.news()).toEqual([
      '1920 er kopiert fra en annen rad her, og lagres som en egen rad. Slett den om den ikke skal med.',
    ])
  })

  test('one’s own new rows are not told as removed by others: those typed, copied and read from a report', async () => {
    const book = await open()
    const path = `/opening-balances/${day}`
    const put = (rows: unknown[], version: number) =>
      book.company.call(path, { method: 'PUT', body: { rows }, headers: { 'if-match': `"${version}"` } })
    const theirs = (rowKey: string) => ({ rowKey, account: '1920', amount: 100 })
    book.fill(0, { Konto: 2050, Beløp: -1 })
    await put([theirs('a')], 0)
    await expect(book.model.save()).rejects.toThrow('version/stale')
    book.report('Rapport', [
      ['Konto', 'Saldo'],
      [1250, 77],
      [2050, -77],
    ])
    await book.model.readFront()
    await book.model.refresh()
    await book.model.refresh()
    const come = ['– → 1920', '1920 Beløp: – → 1,00']
    expect(book.news()).toEqual([])
    await book.model.save()
    book.user.copyRows(OPENING_TABLE, 1, 1, 2)
    await put([...(await book.company.call(path)).json.rows, theirs('b')], 2)
    await expect(book.model.save()).rejects.toThrow('version/stale')
    await book.model.refresh()
    const copy = '1250 er kopiert fra en annen rad her, og lagres som en egen rad. Slett den om den ikke skal med.'
    expect(book.news()).toEqual([...come, copy])
    await book.model.save()
    await book.model.refresh()
    expect(book.news()).toEqual([])
    expect((await book.company.call(path)).json.rows).toHaveLength(6)
  })

  test('a sheet that was deleted and is made again has nothing of the list that was read into the old one', async () => {
    const book = await open()
    book.report('Rapport', [
      ['Konto', 'Saldo'],
      [1920, 77],
      [2050, -77],
    ])
    await book.model.readFront()
    const { sheet, list } = book.view()
    expect(list).toBeDefined()
    book.deleteSheet(sheet)
    await book.model.insertSheet(day)
    expect([book.view().list, book.rows(), book.failures]).toEqual([undefined, [], []])
  })

  test('a dimension that a colleague emptied is emptied, and rows that are all removed leave the day of the sheet', async () => {
    const book = await open()
    await book.company.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
    const put = (rows: unknown[], version: number) =>
      book.company.call(`/opening-balances/${day}`, {
        method: 'PUT',
        body: { rows },
        headers: { 'if-match': `"${version}"` },
      })
    const row = { rowKey: 'a', account: '1920', amount: 100 }
    await put([{ ...row, dimensions: { department: '10' } }], 0)
    await book.model.refresh()
    expect(book.rows().map((r) => r.Avdeling)).toEqual(['10'])
    await put([row], 1)
    await book.model.refresh()
    expect([book.rows().map((r) => r.Avdeling), book.news()]).toEqual([[''], ['1920 Avdeling: 10 → –']])
    await put([], 2)
    await book.model.refresh()
    await book.model.look()
    expect(book.view()).toMatchObject({
      openingDate: day,
      rows: 1,
      news: [{ text: expect.stringMatching(/^1920 står/) }],
    })
    await book.model.save()
    expect((await book.company.call(`/opening-balances/${day}`)).json).toMatchObject({ version: 4, rows: [row] })
    expect(book.failures).toEqual([])
  })

  test('a copied sheet is worked on when it is in front: it is saved and booked from there, and the first is then told as older', async () => {
    const book = await open()
    fillIn(book)
    await book.model.save()
    book.user.copySheet(book.view().sheet, 'Kopi')
    const copied = book.tables().at(-1)!
    expect(copied).not.toBe(OPENING_TABLE)
    await book.model.turnTo(copied)
    expect(book.view()).toMatchObject({ sheet: 'Kopi', rows: 4, sum: 0, wrong: [] })
    book.user.fill(copied, 0, { Beløp: 2000 })
    book.user.fill(copied, 3, { Beløp: -2500 })
    await book.model.save()
    const kept = (await book.company.call(`/opening-balances/${day}`)).json
    expect([kept.version, kept.rows.length, kept.rows[0].amount]).toEqual([2, 4, 200_000])
    expect(book.rows().map((row) => row.Beløp)).toEqual([1000.5, 500, 500, -1500.5])
    // The sheet it was copied from is of the version before: it does not write over what was saved since.
    await book.model.turnTo(OPENING_TABLE)
    expect(book.view().sheet).not.toBe('Kopi')
    await expect(book.model.save()).rejects.toThrow('version/stale')
    await book.model.turnTo(copied)
    await book.model.book()
    expect(book.view()).toMatchObject({ sheet: 'Kopi', state: 'booked' })
    expect((await book.company.call('/vouchers')).json.vouchers).toHaveLength(1)
  })

  test('of a take-over with movements, history and open items have a sheet each, and the gauges come to zero', async () => {
    const book = await open()
    const items = `${thisYear}-02-28`
    const plan = { variant: 'movements', openingDate: day, cutOverDate: `${thisYear}-03-01` }
    await book.company.call('/takeover', { method: 'PUT', body: plan, headers: { 'if-match': '"0"' } })
    await book.model.insertSheet(day)
    book.fill(0, { Konto: 1500, Beløp: 500 })
    await book.model.look()
    // The gauges do not say that a sheet which is not booked goes up: its sum is the sheet's own, and accounts wait for the booking.
    const { sum, state, takeover } = book.view()
    expect([sum, state, takeover!.openingSum]).toEqual([50_000, 'draft', 50_000])
    const { json: planned } = await book.company.call('/takeover')
    expect(takeoverBeside(planned, `${thisYear}-06-01` as IsoDate, sum)).toBeUndefined() // a sheet of another day
    const waiting = { ...takeover!.gauges[0]!, isPending: true }
    expect([gaugeText(waiting, 'nb'), gaugeText({ ...waiting, isPending: false }, 'nb')]).toEqual([
      'ikke bokført ennå',
      'i balanse',
    ])
    book.fill(1, { Konto: 2050, Beløp: -500 })
    await book.model.book()
    const left = () => book.view().takeover!.gauges.map(({ account, amount, target }) => [account, amount, target])
    expect(left()).toEqual([
      ['1499', 50_000, 0],
      ['2399', 0, 0],
      ['1500', 0, 50_000],
    ])
    await book.model.choose()
    expect(book.days()).toContainEqual({ date: items, isItems: true })
    await book.model.insertSheet(items)
    // The list was never kept, and is judged as what it is to the plan all the same.
    expect(book.view()).toMatchObject({ openingDate: items, gauges: [{ account: '1500', amount: 0, target: 50_000 }] })
    expect(book.tables()).toHaveLength(2)
    const item = { Konto: 1500, 'Kunde/Leverandør': '10001', Faktura: '0881' }
    book.user.fill(book.tables()[1]!, 0, { ...item, Beløp: 300 })
    book.user.fill(book.tables()[1]!, 1, { ...item, Faktura: '0882', Beløp: 200 })
    await book.model.book()
    expect(left()).toEqual([
      ['1499', 0, 0],
      ['2399', 0, 0],
      ['1500', 50_000, 50_000],
    ])
    await book.model.insertSheet(day)
    expect([book.view().openingDate, book.tables().length, book.failures]).toEqual([day, 2, []])
    // What is left before the take-over can be finished is what the web page has.
    const { checklist } = (await book.company.call('/takeover')).json
    const ticked = (sheet: typeof checklist) => sheet.filter((check: any) => check.done).map((check: any) => check.key)
    expect(book.view().checks?.checklist).toEqual(checklist)
    expect(ticked(checklist)).toContain('interim-accounts-zero')
    expect(ticked(checklist)).not.toContain('movements-booked')
    const other = `${thisYear - 1}-01-01`
    await book.model.insertSheet(other)
    expect([book.view().openingDate, book.view().checks]).toEqual([other, undefined])
  })

  test('the checklist of the take-over follows what is saved', async () => {
    const book = await open()
    const plan = { variant: 'opening', openingDate: day, cutOverDate: day }
    await book.company.call('/takeover', { method: 'PUT', body: plan, headers: { 'if-match': '"0"' } })
    await book.model.insertSheet(day)
    const isBalanced = () => book.view().checks!.checklist.find(({ key }) => key === 'opening-balanced')?.done
    book.fill(0, { Konto: 1920, Beløp: 500 })
    await book.model.save()
    expect(isBalanced()).toBe(false)
    book.fill(1, { Konto: 2050, Beløp: -500 })
    await book.model.save()
    expect(isBalanced()).toBe(true)
  })

  test('a printed list of balances is read from the sheet in front as the web page reads it, turned, undone, and asked where two columns count', async () => {
    const book = await open()
    const { model, report } = book
    report('Rapport', [
      ['Saldobalanse 31.12'],
      ['Konto', 'Navn', 'Debet', 'Kredit'],
      [1920, 'Bank', 1000.5, ''],
      ['', 'Sum eiendeler', 1000.5, ''],
      [2050, 'Egenkapital', '', 1000.5],
    ])
    await model.readFront()
    const balances = () => book.rows().map((row) => [row.Konto, row.Beløp])
    expect(balances()).toEqual([
      [1920, 1000.5],
      [2050, -1000.5],
    ])
    expect(book.view().list).toMatchObject({ asked: undefined })
    expect(book.view().list!.says.join(' ')).toMatch(
      /Rader: 2, fra 5.*Beløp er debet minus kredit.*Overskrifter og summer/,
    )
    expect(book.view()).toMatchObject({ sum: 0, wrong: [] })
    await model.turn()
    expect(balances()).toEqual([
      [1920, -1000.5],
      [2050, 1000.5],
    ])
    await model.undo()
    expect([balances(), book.view().list]).toEqual([[], undefined])
    report('Poster', [
      ['Kundenr', 'Kunde', 'Fakturanr', 'Fakturadato', 'Forfall', 'Restbeløp'],
      ['10001', 'Berg AS', 'F-881', '03.12.2025', '02.01.2026', '1.250'],
    ])
    await model.readFront()
    const { asked } = book.view().list!
    expect([asked?.choices.length, balances()]).toEqual([2, []])
    await model.answer(asked!.of, asked!.choices[0]!.value)
    await model.letStand()
    expect(book.rows()[0]).toMatchObject({
      Konto: 1500,
      'Kunde/Leverandør': '10001',
      Faktura: 'F-881',
      Forfall: 46_024,
    })
    expect(book.view().list).toBeUndefined()
    expect(book.failures).toEqual([])
  })

  test('a list is turned and undone in the sheet it was read into, and answered from the cells that were asked about', async () => {
    const book = await open()
    const { model, report, user } = book
    await model.insertSheet(`${thisYear}-02-28`)
    const other = book.tables()[1]!
    const filled = () => user.rows(other).filter((row) => row.Beløp !== '')
    await model.turnTo(OPENING_TABLE)
    report('Rapport', [
      ['Konto', 'Saldo'],
      [1920, 1000],
      [2050, -1000],
    ])
    await model.readFront()
    const before = book.rows().map((row) => row.Beløp)
    await model.turnTo(other)
    expect([book.view().openingDate, book.view().list]).toEqual([`${thisYear}-02-28`, undefined])
    await model.turn()
    await model.undo()
    await model.letStand()
    expect([before, filled(), book.rows().map((row) => row.Beløp)]).toEqual([[1000, -1000], [], [1000, -1000]])
    await model.turnTo(OPENING_TABLE)
    await model.undo()
    expect(book.rows()).toEqual([])
    report('To år', [
      ['Konto', 'Saldo 2024', 'Saldo 2025'],
      [1920, 1, 2],
      [2050, -1, -2],
    ])
    await model.readFront()
    const { of, choices } = book.view().list!.asked!
    report('Noe annet', [
      ['Konto', 'Saldo'],
      [1920, 77],
      [2050, -77],
    ])
    await model.answer(of, choices.at(-1)!.value)
    expect(book.rows().map((row) => row.Beløp)).toEqual([2, -2])
    expect(book.failures).toEqual([])
  })
})
