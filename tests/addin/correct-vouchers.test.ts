import { describe, expect, test } from 'vitest'
import { checkVouchers } from '#addin/vouchers/check-vouchers.ts'
import { correctVouchers } from '#addin/vouchers/correct-vouchers.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { annulVouchers, asNewVouchers } from '#addin/vouchers/undo-vouchers.ts'
import { readSheet, turnTo } from '#addin/vouchers/voucher-desk.ts'
import { testApp } from '#tests/support/app.ts'
import { User } from './host/user.ts'
import { ledger, networkOf, openBook, openPane, pair, shown, thisYear, write } from './support/desk.ts'
import { copyOf } from './support/fault-run.ts'

const app = testApp()

test('correcting reverses and posts anew; annulling reverses; both once however often they are asked for', async () => {
  const book = await openBook(app)
  write(book, ...pair('Feil beløp'), ...pair('Bort', 10))
  const { posted } = (await postVouchers(book.desk))!
  const [first, second] = posted.map((v) => v.id)
  book.user.fill('tblBilag', 0, { Konto: '1900' })
  await correctVouchers(book.desk, new Set([first!]))
  await annulVouchers(book.desk, new Set([second!]))
  await annulVouchers(book.desk, new Set([first!, second!]))
  expect(shown(book, 'Status', 'Bilagsnr')).toEqual([
    ['Bokført', `HB ${thisYear}-4`],
    ['Bokført', `HB ${thisYear}-4`],
    ['Tilbakeført', `HB ${thisYear}-2`],
    ['Tilbakeført', `HB ${thisYear}-2`],
  ])
  expect(await ledger(book)).toHaveLength(5)
})

test('a correction is both or neither, whatever is lost; it is linked to what it puts right, and read again it is posted', async () => {
  const book = await openBook(app, networkOf(undefined, 'lost'))
  write(book, ...pair('Feil konto'))
  const [first] = (await postVouchers(book.desk))!.posted
  book.user.fill('tblBilag', 0, { Konto: '1900' })
  await correctVouchers(book.desk, new Set([first!.id])) // its answer is lost, and asked for again
  expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført'])
  const vouchers = await ledger(book)
  expect(vouchers).toHaveLength(3)
  const { json } = await book.company.call(`/vouchers/${book.user.rows('tblBilag')[0]!._nøkkel}`)
  expect(json.corrects).toBe(first!.id)
  // Another window that knows nothing of it asks the ledger and sees the same.
  book.user.clearColumn('tblBilag', 'Status')
  book.workbook.xmlParts = book.workbook.xmlParts.filter(({ xml }) => !xml.includes('excel/sent'))
  const reopened = await openPane(app, book.company, book.workbook)
  await checkVouchers(reopened.desk)
  expect((await postVouchers(reopened.desk))!.posted).toHaveLength(0)
  expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført'])
  expect(await ledger(book)).toHaveLength(3)
})

describe('what was put right stays so', () => {
  test('a correction that is not sent, refused, or lost on its way leaves nothing that is posted plain', async () => {
    const book = await openBook(app, networkOf(undefined, 'never', 'never'))
    write(book, ...pair('Feil konto'))
    const [first] = (await postVouchers(book.desk))!.posted
    const ids = new Set([first!.id])
    // A fault in the rows: nothing is sent, and mended they are still what was posted.
    book.user.fill('tblBilag', 0, { Konto: '6801' })
    expect(await correctVouchers(book.desk, ids)).toMatchObject({ posted: [], refused: [{ id: first!.id }] })
    expect(shown(book, 'Melding')[0]).toEqual([expect.stringContaining('6801')])
    book.user.fill('tblBilag', 0, { Konto: '1900' })
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    // It never arrives.
    expect((await correctVouchers(book.desk, ids))!.unknown).toHaveLength(1)
    expect(shown(book, 'Status')[0]).toEqual(['Sendt – ukjent'])
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    expect(shown(book, 'Status')[0]).toEqual(['Endret etter bokføring'])
    expect(await ledger(book)).toHaveLength(1)
    expect((await correctVouchers(book.desk, ids))!.posted).toHaveLength(1)
    expect((await postVouchers(book.desk))!.posted).toHaveLength(0)
    expect(await ledger(book)).toHaveLength(3)
    expect(shown(book, 'Status', 'Bilagsnr')[1]).toEqual(['Bokført', `HB ${thisYear}-3`])
  })
  test('in a copied sheet, a copied file and another window it cannot be put right a second time', async () => {
    const book = await openBook(app)
    write(book, ...pair('Feil konto'))
    const [first] = (await postVouchers(book.desk))!.posted
    const ids = new Set([first!.id])
    book.user.copySheet('Bilag', 'Kopi')
    const file = copyOf(book.workbook)
    book.user.fill('tblBilag', 0, { Konto: '1900' })
    await correctVouchers(book.desk, ids)
    await turnTo(book.desk, 'tblBilag2')
    await readSheet(book.desk, true)
    await postVouchers(book.desk)
    expect(book.user.rows('tblBilag2')[0]!.Status).toBe('Tilbakeført')
    book.user.fill('tblBilag2', 0, { Konto: '1910' })
    expect((await correctVouchers(book.desk, ids))!.posted).toHaveLength(0)
    expect((await readSheet(book.desk, true))!.vouchers).toMatchObject([{ state: 'changed', copy: true }])
    expect(await ledger(book)).toHaveLength(3)
    // The file knows of nothing: asked to put it right, it finds what took its place, and goes on from that.
    const other = await openPane(app, book.company, file)
    new User(file).fill('tblBilag', 0, { Konto: '1910' })
    const [before] = (await readSheet(other.desk, true))!.vouchers
    expect(before).toMatchObject({ id: first!.id, state: 'changed', copy: false })
    expect((await correctVouchers(other.desk, ids))!.posted).toHaveLength(0)
    expect(await ledger(book)).toHaveLength(3)
    expect((await readSheet(other.desk, true))!.vouchers).toMatchObject([
      { state: 'changed', sent: { name: { number: 3 } } },
    ])
    expect((await postVouchers(other.desk))!.posted).toHaveLength(0)
    expect((await ledger(book)).filter((v) => v.status === 'posted' && v.reversalOf === null)).toHaveLength(1)
  })
  test('two copied sheets made new are two vouchers', async () => {
    const book = await openBook(app)
    write(book, ...pair('Husleie'))
    await postVouchers(book.desk)
    for (const [i, name] of ['Kopi', 'Kopi 2'].entries()) {
      book.user.copySheet('Bilag', name)
      await turnTo(book.desk, `tblBilag${i + 2}`)
      await asNewVouchers(book.desk, (v) => v.copy)
    }
    const keys = ['tblBilag', 'tblBilag2', 'tblBilag3'].map((table) => book.user.rows(table)[0]!._nøkkel)
    expect(new Set(keys).size).toBe(3)
    const seen = await asNewVouchers(book.desk, () => true, 'tblBilag')
    expect(seen.size).toBe(0)
  })
})
