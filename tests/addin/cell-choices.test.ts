import { expect, test } from 'vitest'
import { ledgerApi } from '#addin/api/ledger-api.ts'
import { FigureModel } from '#addin/pane/figure-model.ts'
import { VoucherModel } from '#addin/pane/voucher-model.ts'
import { chosenCell, voucherView } from '#addin/pane/voucher-view.ts'
import { CellChoices } from '#addin/vouchers/cell-choices.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { readSheet, show } from '#addin/vouchers/voucher-desk.ts'
import { OPERATOR, testApp } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { Workbook } from './host/workbook.ts'
import { fetchThrough, goodNetwork, openBook, openPane, thisYear } from './support/desk.ts'
import { paneHands } from './support/pane-hands.ts'

const app = testApp()
type Book = Awaited<ReturnType<typeof openBook>>

/** What the pane offers in a cell of the voucher sheet, and what happens when one is chosen. */
async function inCell(book: Book, row: number, column: string) {
  const view = voucherView((await readSheet(book.desk, false))!)
  const place = [...view.columns].find(([, id]) => id === column)![0]
  const cell = chosenCell(view, { sheet: view.sheet, row: view.firstRow + row, column: place })!
  let arrived = () => {}
  const choices = new CellChoices(book.desk, () => arrived())
  return {
    cell,
    options: (text: string) => choices.options(cell, text).options.map(({ code, name, note }) => [code, name, note]),
    items: () =>
      new Promise<void>((resolve) => {
        arrived = resolve
        choices.options(cell, '')
      }),
    async choose(text: string, nth = 0) {
      const changes = choices.changes(cell, choices.options(cell, text).options[nth]!.value)
      await show(book.desk, (await readSheet(book.desk, false))!, changes)
    },
  }
}

test('lists of any length are offered in the cells, from a sheet nobody sees, and follow the registers', async () => {
  const company = await withParties(await app.company())
  const book = await openBook(app, undefined, company)
  const [sheet, lists] = book.workbook.sheets.slice(-2) as [
    (typeof book.workbook.sheets)[0],
    (typeof book.workbook.sheets)[0],
  ]
  expect([lists.name, lists.visibility]).toEqual(['_Hovedbok', 'VeryHidden'])
  const columns = Object.keys(book.user.rows('tblBilag')[0]!)
  const offered = (caption: string): unknown[] => {
    const rule = sheet.validations.find(({ area }) => area.c === columns.indexOf(caption))?.rule as any
    const area = rule.list.source.split('!')[1].replaceAll('$', '')
    return book.workbook.grid(book.workbook.at(lists, area), (cell) => cell?.value).flat()
  }
  expect(offered('Konto')).toContain('1920 Bankinnskudd')
  expect(offered('Konto').length).toBeGreaterThan(200)
  expect(offered('Motkonto')).toEqual(offered('Konto'))
  expect(offered('Kunde/Leverandør')).toContain('20001 Kontor Norge AS')
  expect(offered('Bilagsart')).toContain('HB Hovedbok')
  expect(offered('Mva-beregning')).toEqual(['Brutto', 'Netto', 'Uten'])
  for (let i = 0; i < 40; i++)
    await company.call('/dimensions/project/values', { body: { code: `P${i + 10}`, name: `Prosjekt ${i}` } })
  const { hands, state } = paneHands(book)
  const functions = { renew: async () => {}, sources: new Map() } as never
  const figures = new FigureModel({ ...hands, functions })
  await new VoucherModel(hands).look()
  await figures.refresh()
  expect(offered('Prosjekt')).toHaveLength(40)
  expect(book.workbook.sheets.filter(({ name }) => name === '_Hovedbok')).toHaveLength(1)
  // What is chosen in a list reads as its code.
  book.user.fill('tblBilag', 0, {
    Bilagsart: 'HB Hovedbok',
    Bilagsdato: `01.03.${thisYear}`,
    Konto: '6800 Kontorrekvisita',
    'Mva-kode': '1 Inngående',
    Motkonto: '2400 Leverandørgjeld',
    'Kunde/Leverandør': '20001 Kontor Norge AS',
    Prosjekt: 'P12 Prosjekt 2',
    Beløp: 125,
    Tekst: 'Papir',
  })
  const { posted } = (await postVouchers(book.desk))!
  expect(posted.map(({ judgement }) => judgement.entries.map((e) => [e.account, e.party, e.amount]))).toEqual([
    [
      ['6800', null, 100_00],
      ['2710', null, 25_00],
      ['2400', '20001', -125_00],
    ],
  ])
  // A code may hold spaces: of what is no code and name as they stand, no part is taken for a code.
  for (const body of [
    { code: 'Nord', name: 'Nordavdelingen' },
    { code: 'Nord 2', name: 'Avdeling to' },
  ])
    await company.call('/dimensions/project/values', { body })
  // A sheet that is called something else since takes no lists, and the figures are drawn all the same.
  sheet.name = 'Bilag i mars'
  await figures.refresh()
  expect([state().notice?.key, offered('Prosjekt').length]).toEqual(['unchanged', 40])
  const codes = ['Nord 2 Avdeling to', 'Nord Nordavdelingen', 'Nord 2', 'Nord 3 Avdeling tre', 'Nord 2 Avdeling']
  for (const [i, Prosjekt] of codes.entries()) book.user.fill('tblBilag', 1 + i, { Konto: '6800', Beløp: 1, Prosjekt })
  const lines = (await readSheet(book.desk, false))!.vouchers.flatMap(({ draft }) => draft.lines)
  expect(lines.slice(-5).map(({ fields }) => (fields.dimensions as { project: string }).project)).toEqual([
    'Nord 2',
    'Nord',
    'Nord 2',
    'Nord 3 Avdeling tre',
    'Nord 2 Avdeling',
  ])
  expect([...book.window.host.missing]).toEqual([])
})

test('accounts and parties are found in the pane; a payment settles the open items one chooses', async () => {
  const company = await withParties(await app.company())
  const ledger = deskOf(company)
  const first = await ledger.book(`${thisYear}-01-05`, '1500:10001', 800_00, { invoiceNumber: '41' })
  const second = await ledger.book(`${thisYear}-01-09`, '1500:10001', 450_00, { invoiceNumber: '42' })
  const book = await openBook(app, undefined, company)
  const head = { Bilagsart: 'HB', Bilagsdato: `01.03.${thisYear}`, Tekst: 'Innbetaling' }
  book.user.fill('tblBilag', 0, { ...head, Konto: '1500', Motkonto: '1920' })

  const party = await inCell(book, 0, 'party')
  expect(party.options('fjord')).toEqual([['10001', 'Fjordvik Handel AS', '1500']])
  expect(party.options('kontor')).toEqual([]) // a supplier does not stand on 1500
  await party.choose('fjord')
  expect((await inCell(book, 1, 'account')).options('bankinn')[0]!.slice(0, 2)).toEqual(['1920', 'Bankinnskudd'])

  const items = await inCell(book, 0, 'matches')
  await items.items()
  expect(items.options('').map(([code]) => code)).toEqual(['41', '42'])
  await items.choose('41')
  const more = await inCell(book, 0, 'matches')
  await more.items()
  expect(more.options('')[0]![0]).toBe('✓ 41')
  await more.choose('42')
  expect(book.user.rows('tblBilag')[0]!.Beløp).toBe(-1250)
  expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
  const open = await ledger.open()
  expect([open[first.item], open[second.item]]).toEqual([undefined, undefined])
})

test('a proposal is not written on a row that is another than the pane showed', async () => {
  const book = await openBook(app)
  const { hands, state } = paneHands(book)
  const model = new VoucherModel(hands)
  book.user.fill('tblBilag', 0, { Konto: '1920', Beløp: 1, Tekst: 'Første' })
  book.user.fill('tblBilag', 1, { Konto: '2900', Beløp: -1, Tekst: 'Andre' })
  await model.look()
  book.user.insertRows('tblBilag', 0, 1) // by somebody else, before Excel has told of it
  await model.fix({ at: 1, column: 'account', value: '6800' })
  expect(
    book.user
      .rows('tblBilag')
      .map(({ Konto }) => String(Konto))
      .slice(0, 3),
  ).toEqual(['', '1920', '2900'])
  expect(state().notice?.key).toBe('moved')
  await model.fix({ at: 2, column: 'account', value: '6800' })
  expect(String(book.user.rows('tblBilag')[2]!.Konto)).toBe('6800')
  expect(state().notice?.key).toBe('moved') // nothing new is told
})

test('items that nobody can read stop the voucher, in words on their cell', async () => {
  const book = await openBook(app)
  book.user.fill('tblBilag', 0, { Konto: '1920', Beløp: 1, Motkonto: '2900', Utligner: '41' })
  const { vouchers } = (await readSheet(book.desk, true))!
  expect(vouchers[0]!.placed.find(({ column }) => column === 'matches')).toMatchObject({
    code: 'row/matches',
    level: 'error',
  })
})

test('a workbook that counts its days from 1904 is refused; what is written from a workbook says so in the log of changes', async () => {
  const company = await app.company()
  const workbook = new Workbook()
  workbook.dates1904 = true
  await expect(openPane(app, company, workbook)).rejects.toThrow('dates1904')
  workbook.dates1904 = false
  const { desk } = await openPane(app, company, workbook)
  const api = ledgerApi({
    base: '',
    token: async () => OPERATOR,
    locale: () => 'nb',
    fetch: fetchThrough(app, goodNetwork()),
    workbook: () => `${desk.binding.workbook}/${encodeURIComponent('Øyas bilag')}`,
  })
  await api.call(`/api/v1/companies/${company.id}/parties`, { body: { kind: 'customer', number: '10009', name: 'Ny' } })
  const { entries } = await api.get<{ entries: { origin: object }[] }>(company.id, 'audit-log/entries', { limit: 1 })
  expect(entries[0]!.origin).toMatchObject({ workbook: desk.binding.workbook, sheet: 'Øyas bilag' })
})
