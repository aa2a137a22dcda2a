import { describe, expect, test } from 'vitest'
import { NoAnswer } from '#addin/api/ledger-api.ts'
import { insertVoucherSheet } from '#addin/excel/voucher-sheet.ts'
import { checkVouchers } from '#addin/vouchers/check-vouchers.ts'
import { columnsAsChosen, readChosenLayout } from '#addin/vouchers/chosen-columns.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { columnsOf, ownCaptions } from '#addin/vouchers/voucher-desk.ts'
import { testApp } from '#tests/support/app.ts'
import { User } from './host/user.ts'
import { Workbook } from './host/workbook.ts'
import { type Book, goodNetwork, ledger, openBook, openPane, pair, shown, thisYear, write } from './support/desk.ts'

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
