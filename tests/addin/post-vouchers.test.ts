import { describe, expect, test } from 'vitest'
import { NoAnswer } from '#addin/api/ledger-api.ts'
import { insertVoucherSheet } from '#addin/excel/voucher-sheet.ts'
import { checkVouchers } from '#addin/vouchers/check-vouchers.ts'
import { columnsAsChosen, readChosenLayout } from '#addin/vouchers/chosen-columns.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { asNewVouchers } from '#addin/vouchers/undo-vouchers.ts'
import { columnsOf, ownCaptions, readSheet, turnTo } from '#addin/vouchers/voucher-desk.ts'
import { testApp } from '#tests/support/app.ts'
import { User } from './host/user.ts'
import { Workbook } from './host/workbook.ts'
import {
  type Book,
  type Fault,
  goodNetwork,
  ledger,
  networkOf,
  openBook,
  openPane,
  pair,
  shown,
  thisYear,
  write,
} from './support/desk.ts'

const app = testApp()

test('a sheet is made, filled and posted; number, status and what it was sent as stand on the rows', async () => {
  const book = await openBook(app)
  write(book, ...pair('Til kassen'), ...pair('Til kassen igjen', 75))
  const result = await postVouchers(book.desk)
  expect(result).toMatchObject({
    posted: [{ state: 'posted' }, { state: 'posted' }],
    refused: [],
    unknown: [],
    unsettled: [],
  })
  const name = `HB ${thisYear}`
  expect(shown(book, 'Status', 'Bilagsnr', 'Melding', 'Kontonavn', '_rad')).toEqual([
    ['Bokført', `${name}-1`, '', 'Bankinnskudd', 'r1'],
    ['Bokført', `${name}-1`, '', expect.any(String), 'r2'],
    ['Bokført', `${name}-2`, '', 'Bankinnskudd', 'r1'],
    ['Bokført', `${name}-2`, '', expect.any(String), 'r2'],
  ])
  const vouchers = await ledger(book)
  expect(vouchers.map((v) => [v.text, v.amount])).toEqual([
    ['Til kassen igjen', 7500],
    ['Til kassen', 125050],
  ])
  expect(vouchers.map((v) => v.contentHash)).toEqual([2, 0].map((i) => book.user.rows('tblBilag')[i]!._hash))
  expect([...book.window.host.missing]).toEqual([])
})

describe('never twice', () => {
  test('a lost answer is asked for again, and the ledger repeats it', async () => {
    const book = await openBook(app, networkOf('lost'))
    write(book, ...pair('Tapt svar'))
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect(await ledger(book)).toHaveLength(1)
  })
  test('no answer at all: the row says so, and nothing is sent before the server has been asked', async () => {
    const book = await openBook(app, networkOf('lost', 'never', undefined))
    write(book, ...pair('Ukjent'))
    expect((await postVouchers(book.desk))!.unknown).toHaveLength(1)
    expect(shown(book, 'Status')[0]).toEqual(['Sendt – ukjent'])
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    expect(shown(book, 'Status', 'Bilagsnr')[0]).toEqual(['Bokført', `HB ${thisYear}-1`])
    expect(await ledger(book)).toHaveLength(1)
  })
  test('rows of a sheet that lost what they carried are the voucher that its copy sent without an answer, changed as they are', async () => {
    const faults: Fault[] = ['never', 'never']
    const network = { ...goodNetwork(), next: () => faults.shift() }
    const book = await openBook(app, network)
    const anew = async (pane: { window: { crash(): void } }, table: string) => {
      pane.window.crash()
      await book.company.db.execute('delete from sheet_lease')
      const next = await openPane(app, book.company, book.workbook, network)
      await turnTo(next.desk, table)
      return next
    }
    write(book, ...pair('Eldre tekst'))
    expect((await postVouchers(book.desk))!.unknown).toHaveLength(1)
    book.user.fill('tblBilag', 0, { Tekst: 'Nyere tekst' })
    for (const column of ['_nøkkel', '_hash', '_rad', 'Status']) book.user.clearColumn('tblBilag', column)
    book.user.copySheet('Bilag', 'Kopi')
    const copy = await anew(book, 'tblBilag2')
    faults.push('lost', 'never')
    expect((await postVouchers(copy.desk))!.unknown).toHaveLength(1)
    await postVouchers((await anew(copy, 'tblBilag')).desk)
    expect((await ledger(book)).map((v) => v.text)).toEqual(['Nyere tekst'])
  })
  test('a request that never arrived is sent again under the same id', async () => {
    const book = await openBook(app, networkOf('never', 'never', undefined))
    write(book, ...pair('Kom aldri fram'))
    await postVouchers(book.desk)
    const id = book.user.rows('tblBilag')[0]!._nøkkel
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect((await ledger(book)).map((v) => v.id)).toEqual([id])
  })
  test('double click, second window, sorted table and reopened workbook', async () => {
    const book = await openBook(app)
    write(book, ...pair('Bare én gang'), ...pair('En annen', 10))
    const other = await openPane(app, book.company, book.workbook)
    await Promise.all([postVouchers(book.desk), postVouchers(book.desk), postVouchers(other.desk)])
    book.user.sort('tblBilag', (a, b) => Number(b.Beløp || -1e9) - Number(a.Beløp || -1e9))
    await postVouchers(other.desk)
    other.window.crash()
    const reopened = await openPane(app, book.company, book.workbook)
    await postVouchers(reopened.desk)
    expect(await ledger(book)).toHaveLength(2)
    expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført', 'Bokført', 'Bokført'])
  })
  test('copied rows say so; made new on purpose they are posted', async () => {
    const book = await openBook(app)
    write(book, ...pair('Husleie'))
    await postVouchers(book.desk)
    book.user.copyRows('tblBilag', 0, 2, 2)
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    expect(shown(book, 'Status', 'Melding')[2]).toEqual([
      'Bokført',
      `Kopi av HB ${thisYear}-1, som allerede er bokført. Ingenting blir ført på nytt.`,
    ])
    book.user.fill('tblBilag', 2, { Bilagsdato: `01.04.${thisYear}` })
    await postVouchers(book.desk)
    expect(shown(book, 'Status')[2]).toEqual(['Endret etter bokføring'])
    expect(await ledger(book)).toHaveLength(1)
    await asNewVouchers(book.desk, (v) => v.copy)
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect(await ledger(book)).toHaveLength(2)
    expect(shown(book, 'Status', 'Bilagsnr')[2]).toEqual(['Bokført', `HB ${thisYear}-2`])
  })
  test('a copied sheet: one works on the one in front; its rows are replays, its new rows are posted, and the other is as it was', async () => {
    const book = await openBook(app)
    write(book, ...pair('Husleie'), ...pair('Strøm', 10))
    await postVouchers(book.desk, { only: new Set([(await readSheet(book.desk, true))!.vouchers[0]!.id]) })
    book.user.copySheet('Bilag', 'Bilag november')
    const rows = (table: string) => book.user.rows(table).filter((r) => r.Konto !== '')
    // What was sent is a copy in the new sheet; what was not is the same voucher, whichever sheet it is posted from.
    await turnTo(book.desk, 'tblBilag2')
    expect((await postVouchers(book.desk, { table: 'tblBilag' }))?.posted).toBeUndefined()
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect(rows('tblBilag2').map((r) => [r.Status, r.Melding])).toEqual([
      ['Bokført', `Kopi av HB ${thisYear}-1, som allerede er bokført. Ingenting blir ført på nytt.`],
      ['Bokført', `Kopi av HB ${thisYear}-1, som allerede er bokført. Ingenting blir ført på nytt.`],
      ['Bokført', ''],
      ['Bokført', ''],
    ])
    expect(rows('tblBilag').map((r) => r.Status)).toEqual(['Bokført', 'Bokført', 'Klar', 'Klar'])
    await turnTo(book.desk, 'tblBilag')
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    expect(rows('tblBilag')[2]).toMatchObject({ Status: 'Bokført', Bilagsnr: `HB ${thisYear}-2` })
    expect(await ledger(book)).toHaveLength(2)
    // The next month on purpose: dates changed, then made new. Rows that are new there are posted there.
    await turnTo(book.desk, 'tblBilag2')
    book.user.fill('tblBilag2', 0, { Bilagsdato: `01.04.${thisYear}` })
    pair('Vask', 30).forEach((row, i) => book.user.fill('tblBilag2', 4 + i, row))
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    await asNewVouchers(book.desk, (v) => v.copy && v.state === 'changed')
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect((await ledger(book)).map((v) => v.text)).toEqual(['Husleie', 'Vask', 'Strøm', 'Husleie'])
    // The sheet of the table is gone: the other is worked on. Whoever stands in it may have one more.
    const [first] = book.workbook.tables.filter((t) => t.name === 'tblBilag')
    book.workbook.tables = book.workbook.tables.filter((t) => t !== first)
    expect((await readSheet(book.desk, true))!.reading.table).toBe('tblBilag2')
    const making = { columns: columnsOf(book.desk), locale: 'nb' as const, own: {}, books: book.desk.books }
    book.user.activate('Ark1')
    expect(await book.run((context) => insertVoucherSheet(context, making))).toBe('tblBilag2')
    expect(await book.run((context) => insertVoucherSheet(context, making))).toBe('tblBilag3')
    expect([...book.window.host.missing]).toEqual([])
  })
  test('rows pasted into another workbook are recognised by the server', async () => {
    const book = await openBook(app)
    write(book, ...pair('Reist videre'))
    await postVouchers(book.desk)
    const rows = book.user.rows('tblBilag').slice(0, 2) as Record<string, string | number>[]
    const other = await openBook(app, goodNetwork(), book.company)
    write(other, ...rows)
    expect((await postVouchers(other.desk))!.posted).toHaveLength(0)
    expect(shown(other, 'Status', 'Bilagsnr')[0]).toEqual(['Bokført', `HB ${thisYear}-1`])
    expect(await ledger(book)).toHaveLength(1)
  })
  test('hidden columns that were emptied, or deleted with all they held, come back', async () => {
    const book = await openBook(app)
    write(book, ...pair('Husket'))
    await postVouchers(book.desk)
    for (const caption of ['_rad', '_nøkkel', '_hash', 'Status', 'Bilagsnr']) book.user.clearColumn('tblBilag', caption)
    await postVouchers(book.desk)
    expect(shown(book, 'Status', 'Bilagsnr', '_rad')[1]).toEqual(['Bokført', `HB ${thisYear}-1`, 'r2'])
    book.user.rename('tblBilag', '_nøkkel', 'Noe annet')
    await postVouchers(book.desk)
    expect(await ledger(book)).toHaveLength(1)
    expect(book.user.rows('tblBilag')[0]!._nøkkel).toMatch(/^vch_/)
  })
  test('emptied one after the other while the rows are edited and sorted: the pane knows them by its last reading', async () => {
    const book = await openBook(app)
    write(book, ...pair('Glemt'), ...pair('En annen', 70))
    await postVouchers(book.desk)
    for (const caption of ['_rad', '_nøkkel', '_hash', 'Status', 'Bilagsnr']) book.user.clearColumn('tblBilag', caption)
    book.user.fill('tblBilag', 0, { Tekst: 'Glemt, og endret' })
    book.user.sort('tblBilag', (a, b) => Number(b.Konto || -1) - Number(a.Konto || -1))
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    expect(shown(book, 'Tekst', 'Status', 'Bilagsnr').filter(([text]) => text !== '')).toEqual([
      ['Glemt, og endret', 'Endret etter bokføring', `HB ${thisYear}-1`],
      ['En annen', 'Bokført', `HB ${thisYear}-2`],
    ])
    expect(await ledger(book)).toHaveLength(2)
  })
  test('emptied and edited while no pane was open: what books the same as a voucher that is gone is not sent unasked', async () => {
    const book = await openBook(app)
    write(book, ...pair('Borte'))
    await postVouchers(book.desk)
    book.window.close()
    for (const caption of ['_rad', '_nøkkel', '_hash', 'Status', 'Bilagsnr']) book.user.clearColumn('tblBilag', caption)
    book.user.fill('tblBilag', 0, { Tekst: 'Borte, og endret' })
    const { desk } = await openPane(app, book.company, book.workbook)
    for (let i = 0; i < 2; i++) expect((await postVouchers(desk))!.posted).toHaveLength(0)
    expect(shown(book, 'Status', 'Bilagsnr', '_nøkkel')[0]).toEqual(['Endret etter bokføring', '', ''])
    expect(shown(book, 'Melding')[0]).toEqual([expect.stringContaining(`samme som HB ${thisYear}-1`)])
    await asNewVouchers(desk, (v) => v.copy)
    expect((await postVouchers(desk))!.posted).toHaveLength(1)
    expect(shown(book, 'Status', 'Bilagsnr')[0]).toEqual(['Bokført', `HB ${thisYear}-2`])
  })
  test('what was edited while it was written down, and so never left, is not in the file either', async () => {
    const book = await openBook(app)
    write(book, ...pair('Urolig'))
    let edits = 0
    book.window.host.before = () => book.user.fill('tblBilag', 0, { Tekst: `Urolig ${++edits}` })
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    book.window.close()
    const { desk } = await openPane(app, book.company, book.workbook)
    expect(desk.record.memory.size).toBe(0)
    expect(await ledger(book)).toHaveLength(0)
  })
})

test('a sheet with moved, renamed and extra columns, in English', async () => {
  const book = await openBook(app)
  book.user.moveColumn('tblBilag', 'Konto', 0)
  book.user.rename('tblBilag', 'Beløp', 'Amount')
  book.user.rename('tblBilag', 'Melding', 'message')
  const [one, other] = pair('Flyttet').map(({ Beløp, ...rest }) => ({ ...rest, Amount: Beløp! }))
  write(book, one!, other!)
  expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
  expect(shown(book, 'Status', 'message', 'Kontonavn')[0]).toEqual(['Bokført', '', 'Bankinnskudd'])
})

test('a sheet has the columns as one laid out one’s grid, and its vouchers post as in any other', async () => {
  const company = await app.company()
  const id = `lay_${'a'.repeat(26)}`
  const columns = [
    { field: 'status' },
    { field: 'account', width: 150 },
    { field: 'date' },
    { field: 'vatCode', hidden: true },
    { field: 'documentDate' },
  ]
  const layout = { screen: 'voucher-entry', name: 'Mitt', shared: false, definition: { columns, frozen: 3 } }
  await company.call(`/screen-layouts/${id}`, { method: 'PUT', body: layout, headers: { 'if-match': '"0"' } })
  const settings = { method: 'PUT', body: { value: { last: id } } }
  expect((await app.call(`/api/v1/me/settings/voucher-entry.${company.id}`, settings)).status).toBe(200)
  const workbook = new Workbook()
  const { desk, run } = await openPane(app, company, workbook)
  const chosen = await readChosenLayout(desk.api, company.id)
  const making = { locale: 'nb', own: ownCaptions(desk), books: desk.books, frozen: chosen?.frozen } as const
  await run((context) => insertVoucherSheet(context, { ...making, columns: columnsAsChosen(columnsOf(desk), chosen) }))
  const book = { desk, user: new User(workbook) } as Book
  const headings = Object.keys(book.user.rows('tblBilag')[0]!)
  const { sheet } = workbook.table('tblBilag')!
  const shownHeadings = headings.filter((_, i) => !sheet.hiddenColumns.has(i))
  expect(shownHeadings.slice(0, 7)).toEqual([
    'Status',
    'Melding',
    'Bilag-ref',
    'Bilagsart',
    'Bilagsnr',
    'Konto',
    'Kontonavn',
  ])
  expect([shownHeadings.includes('Mva-kode'), shownHeadings.includes('Dokumentdato')]).toEqual([false, true])
  write(book, ...pair('Eget oppsett'))
  expect((await postVouchers(desk))!.posted).toHaveLength(1)
})

test('documents named by stamp number are on the vouchers; one that is not there stops its own alone', async () => {
  const book = await openBook(app)
  const stamps: { id: string; stamp: number }[] = []
  for (const n of [1, 2]) {
    const sent = await book.company.call('/documents', {
      raw: new TextEncoder().encode(`%PDF-1.7\n${n}\n%%EOF`),
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(sent.status).toBe(201)
    stamps.push(sent.json)
  }
  const [one, two] = stamps as [(typeof stamps)[0], (typeof stamps)[0]]
  const [first, second] = pair('Med vedlegg')
  write(book, { ...first, Vedlegg: two.stamp }, { ...second, Vedlegg: `${one.stamp}, ${two.id}` })
  pair('Ukjent vedlegg', 10).forEach((row, i) =>
    book.user.fill('tblBilag', 2 + i, i === 0 ? { ...row, Vedlegg: '99' } : row),
  )
  expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
  expect(shown(book, 'Status', 'Melding')[2]).toEqual(['Feil', expect.stringMatching(/Vedlegg nevner et dokument/)])
  const [posted, ...others] = await ledger(book)
  expect(others).toEqual([])
  const stored = await book.desk.api.voucher(book.company.id, posted.id)
  expect(stored!.documents!.map((d) => d.stamp).sort()).toEqual([one.stamp, two.stamp].sort())
  // Another window, and rows sorted otherwise: what was posted is what stands there.
  book.user.sort('tblBilag', (a, b) => Number(a.Beløp || 1e9) - Number(b.Beløp || 1e9))
  const other = await openPane(app, book.company, book.workbook)
  expect((await postVouchers(other.desk))!.posted).toHaveLength(0)
  expect(shown(book, 'Status').flat().sort()).toEqual(['Bokført', 'Bokført', 'Feil', 'Feil'])
  expect(await ledger(book)).toHaveLength(1)
})

test('checking marks cells with words and a fix, and posts nothing', async () => {
  const book = await openBook(app)
  const [a, b] = pair('Feil konto')
  write(book, { ...a!, Konto: '6801' }, b!, ...pair('Riktig'))
  const checked = await checkVouchers(book.desk)
  expect(checked!.judged.vouchers.map((v) => v.state)).toEqual(['error', 'ready'])
  expect(shown(book, 'Status', 'Melding', '_merker')[0]).toEqual([
    'Feil',
    'Konto 6801 finnes ikke. Mente du 6800 Kontorrekvisita?',
    '|account!',
  ])
  expect(await ledger(book)).toHaveLength(0)
  expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
  expect(shown(book, 'Status').flat()).toEqual(['Feil', 'Feil', 'Bokført', 'Bokført'])
})

test('1,000 vouchers of 5 lines: at most 5 requests, each row with status and number', async () => {
  const book = await openBook(app)
  const rows = Array.from({ length: 1_000 }, (_, i) => [
    ['HB', `01.03.${thisYear}`, 1920, 40 + i, `Nr. ${i}`, String(i)],
    ['', '', 2900, -10 - i, '', String(i)],
    ...[1, 2, 3].map(() => ['', '', 2900, -10, '', String(i)]),
  ]).flat()
  const table = book.workbook.table('tblBilag')!
  const captions = Object.keys(book.user.rows('tblBilag')[0]!)
  const wide = rows.map(([type, day, account, amount, text, ref]) =>
    captions.map(
      (c) =>
        ({ Bilagsart: type, Bilagsdato: day, Konto: account, Beløp: amount, Tekst: text, 'Bilag-ref': ref })[c] ?? '',
    ),
  )
  book.user.type(table.sheet.name, 'A2', wide as never)
  book.network.requests.length = 0
  const before = book.window.host.requests
  const result = (await postVouchers(book.desk))!
  // What it costs in Excel: a reading, a writing and a reading again for each request, however many rows there are.
  expect(book.window.host.requests - before).toBeLessThan(40)
  expect(result.posted).toHaveLength(1_000)
  expect(book.network.requests.filter((r) => r.includes('/batch'))).toHaveLength(5)
  expect(new Set(shown(book, 'Status').flat())).toEqual(new Set(['Bokført']))
  expect(new Set(shown(book, 'Bilagsnr').flat()).size).toBe(1_000)
}, 60_000)

test('the turn cannot be prolonged: what was posted until then stands on its rows, and the rest is left', async () => {
  const book = await openBook(app)
  write(book, ...pair('Kontrollert'))
  await checkVouchers(book.desk)
  write(book, ...pair('Kontrollert'), ...pair('Skrevet etterpå', 20))
  const { lease } = book.desk
  const { renew } = lease
  let times = 0
  lease.renew = () => (++times === 2 ? Promise.reject(new NoAnswer()) : renew())
  expect(await postVouchers(book.desk)).toMatchObject({
    posted: [{ state: 'posted' }],
    unknown: [],
    unsettled: [],
    stopped: expect.any(NoAnswer),
  })
  expect(shown(book, 'Status', 'Bilagsnr').filter((_, i) => i % 2 === 0)).toEqual([
    ['Bokført', `HB ${thisYear}-1`],
    ['Klar', ''],
  ])
})

describe('what was tried is what is posted', () => {
  const tokens = (book: Book) => book.network.bodies.filter((body) => body.includes('"dryRunToken"')).length
  test('posting carries the token of the check', async () => {
    const book = await openBook(app)
    write(book, ...pair('Prøvd'), ...pair('Prøvd også', 10))
    await checkVouchers(book.desk)
    expect((await postVouchers(book.desk))!.posted).toHaveLength(2)
    expect(tokens(book)).toBe(1)
  })
  test('somebody else’s posting in between changes nothing; one’s own edit after the check goes without the token', async () => {
    const book = await openBook(app)
    const other = await openBook(app, goodNetwork(), book.company)
    write(book, ...pair('Min'))
    await checkVouchers(book.desk)
    write(other, ...pair('Din', 99))
    await postVouchers(other.desk)
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect(tokens(book)).toBe(1)
    book.user.fill('tblBilag', 2, pair('Ny', 5)[0]!)
    book.user.fill('tblBilag', 3, pair('Ny', 5)[1]!)
    await checkVouchers(book.desk)
    book.user.fill('tblBilag', 2, { Tekst: 'Enda nyere' })
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
    expect(tokens(book)).toBe(1)
  })
  test('a co-author who posted one of them first: the rest is posted all the same, and nothing twice', async () => {
    const book = await openBook(app)
    write(book, ...pair('En'), ...pair('To', 10))
    await checkVouchers(book.desk)
    const other = await openPane(app, book.company, book.workbook)
    const [first] = (await checkVouchers(other.desk))!.judged.vouchers
    await postVouchers(other.desk, { only: new Set([first!.id]) })
    await postVouchers(book.desk)
    expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført', 'Bokført', 'Bokført'])
    expect(await ledger(book)).toHaveLength(2)
  })
  test('a rate that changed after the check is refused, nothing is posted, and the rows are as they were', async () => {
    const book = await openBook(app)
    write(
      book,
      { Bilagsart: 'HB', Bilagsdato: `01.03.${thisYear}`, Konto: '6800', Beløp: 1250, 'Mva-kode': '1' },
      { Konto: '1920', Beløp: -1250 },
    )
    await checkVouchers(book.desk)
    await book.company.db.execute('update vat_rate set rate = 1000')
    await book.company.db.execute('update company set facts_version = facts_version + 1')
    await expect(postVouchers(book.desk)).rejects.toMatchObject({ code: 'dry-run/stale' })
    expect(await ledger(book)).toHaveLength(0)
    await checkVouchers(book.desk)
    expect((await postVouchers(book.desk))!.posted).toHaveLength(1)
  })
})

test('all or nothing: one request for all of them, and none is posted while one cannot be', async () => {
  const book = await openBook(app)
  write(book, ...pair('Én'), ...pair('To', 20), { Bilagsart: 'HB', Konto: '1920', Beløp: 5, Tekst: 'Uten dato' })
  const together = () => postVouchers(book.desk, { together: true })
  expect(await together()).toMatchObject({ posted: [], refused: [{ state: 'error' }], tooMany: false })
  book.user.fill('tblBilag', 4, { Konto: '1920', Beløp: 30, Tekst: 'Tre', Bilagsdato: `01.02.${thisYear}` })
  book.user.fill('tblBilag', 5, { Konto: '2900', Beløp: -30 })
  // Its month is locked between the reading of the books and the posting.
  const { api } = book.desk
  const { post } = api
  const months = { fromMonth: `${thisYear}-02`, toMonth: `${thisYear}-02` }
  api.post = async (...args) => {
    await book.company.call('/locks', { body: { ...months, level: 'hard', reason: 'Oppgjør' } })
    return post(...args)
  }
  expect((await together())!.posted).toHaveLength(0)
  expect(await ledger(book)).toHaveLength(0)
  expect(shown(book, 'Status', 'Melding').filter(([status]) => status === 'Feil')).toEqual([
    ['Feil', expect.stringContaining('Februar')],
    ['Feil', ''],
  ])
  api.post = post
  expect((await together())!.refused).toHaveLength(1) // as the books say now
  book.user.fill('tblBilag', 4, { Bilagsdato: `01.03.${thisYear}` })
  // Nor while rows stand twice that only the user can tell apart.
  const twice = book.user.rows('tblBilag').slice(0, 2)
  for (const [i, row] of twice.entries()) book.user.fill('tblBilag', 6 + i, row)
  expect(await together()).toMatchObject({ posted: [], refused: [{ copy: true }] })
  book.user.deleteRows('tblBilag', 6, 2)
  book.network.requests.length = 0
  expect((await together())!.posted).toHaveLength(3)
  expect(book.network.requests.filter((request) => request.endsWith('/vouchers/batch'))).toHaveLength(1)
  expect(shown(book, 'Status').flat()).toEqual(Array.from({ length: 6 }, () => 'Bokført'))
  expect(await ledger(book)).toHaveLength(3)
})
