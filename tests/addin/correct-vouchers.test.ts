import { describe, expect, test } from 'vitest'
import { NoAnswer } from '#addin/api/ledger-api.ts'
import { fileMark } from '#addin/sheet/file-mark.ts'
import { checkVouchers } from '#addin/vouchers/check-vouchers.ts'
import { correctVouchers } from '#addin/vouchers/correct-vouchers.ts'
import { annulGone, goneVouchers, letStand } from '#addin/vouchers/gone-vouchers.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { annulVouchers, asNewVouchers, clearForReuse, reversalOf } from '#addin/vouchers/undo-vouchers.ts'
import { readSheet, turnTo } from '#addin/vouchers/voucher-desk.ts'
import { testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { User } from './host/user.ts'
import { type Book, ledger, networkOf, openBook, openPane, pair, shown, thisYear, write } from './support/desk.ts'
import { copyOf } from './support/fault-run.ts'

const app = testApp()
const reverseElsewhere = async ({ desk }: Book, id: string) =>
  desk.api.reverse(desk.binding.company, id, await reversalOf(desk, id, `${thisYear}-03-01` as IsoDate))

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

test('annulling that stops on its way shows what was reversed, and what had no answer is asked about', async () => {
  const book = await openBook(app, networkOf(undefined, undefined, 'lost', 'never'))
  write(book, ...pair('En'), ...pair('To', 10), ...pair('Tre', 20))
  const { posted } = (await postVouchers(book.desk))!
  await expect(annulVouchers(book.desk, new Set(posted.map((v) => v.id)))).rejects.toBeInstanceOf(NoAnswer)
  const states = () => shown(book, 'Status').flat()
  const [booked, reversed] = ['Bokført', 'Tilbakeført']
  expect(states()).toEqual([reversed, reversed, booked, booked, booked, booked])
  // The second is reversed, and only its answer was lost: the next window knows that it is to ask.
  const reopened = await openPane(app, book.company, book.workbook)
  await checkVouchers(reopened.desk)
  expect(states()).toEqual([reversed, reversed, reversed, reversed, booked, booked])
  expect([...reopened.desk.record.memory.values()].filter(({ outcome }) => outcome === 'unknown')).toEqual([])
  await annulVouchers(reopened.desk, new Set([posted[2]!.id]))
  expect(new Set(states())).toEqual(new Set([reversed]))
  expect(await ledger(book)).toHaveLength(6)
})
test('what was not annulled leaves nothing that other rows are taken for: they stay what they were, by their number', async () => {
  const book = await openBook(app, networkOf(undefined, 'never', 'never'))
  write(book, ...pair('Står likevel', 20), ...pair('Mistet det skjulte'))
  const [stands, other] = (await postVouchers(book.desk))!.posted
  await expect(annulVouchers(book.desk, new Set([stands!.id]))).rejects.toBeInstanceOf(NoAnswer)
  for (const row of [2, 3]) book.user.fill('tblBilag', row, { _nøkkel: '', _rad: '', _hash: '', _tid: '' })
  const reopened = await openPane(app, book.company, book.workbook)
  expect((await postVouchers(reopened.desk))!.posted).toHaveLength(0)
  expect(book.user.rows('tblBilag')[2]).toMatchObject({ _nøkkel: other!.id, Status: 'Bokført' })
  expect(await ledger(book)).toHaveLength(2)
})
test('what somebody annuls while it is corrected is put right at once; two windows take turns', async () => {
  const book = await openBook(app)
  write(book, ...pair('Feil konto'), ...pair('Bort', 10))
  const [first, second] = (await postVouchers(book.desk))!.posted
  book.user.fill('tblBilag', 0, { Konto: '1900' })
  const other = await openPane(app, book.company, book.workbook)
  let annulled: Promise<unknown> | undefined
  const { api } = book.desk
  const { correct } = api
  api.correct = async (...asked) => {
    annulled = annulVouchers(other.desk, new Set([second!.id])) // waits for its turn
    await reverseElsewhere(book, first!.id)
    return correct(...asked)
  }
  const { posted, refused } = (await correctVouchers(book.desk, new Set([first!.id])))!
  expect([posted.length, refused.length]).toEqual([1, 0])
  await annulled
  const { json } = await book.company.call(`/vouchers/${posted[0]!.id}`)
  expect(json.corrects).toBe(first!.id)
  expect(await ledger(book)).toHaveLength(5)
  expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført', 'Tilbakeført', 'Tilbakeført'])
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

describe('rows that were deleted after posting', () => {
  const gone = async ({ desk }: Pick<Book, 'desk'>) => {
    const { count, first } = await goneVouchers(desk, await readSheet(desk, true))
    expect(count).toBe(first.length)
    return first.map(({ text }) => text)
  }
  test('are told of, and annulled once or let stand, also by whoever opens the file next', async () => {
    const book = await openBook(app)
    write(book, ...pair('Borte'), ...pair('La stå', 20), ...pair('Står', 30))
    const [first, second, third] = (await postVouchers(book.desk))!.posted.map((v) => v.id)
    expect(await gone(book)).toEqual([])
    book.user.deleteRows('tblBilag', 0, 4)
    expect(await gone(book)).toEqual(['Borte', 'La stå'])
    await letStand(book.desk, new Set([second!]))
    expect(await annulGone(book.desk, third!)).toBe(false)
    expect([await annulGone(book.desk, first!), await annulGone(book.desk, first!)]).toEqual([true, false])
    expect((await ledger(book)).map((v) => `${v.text} ${v.reversalOf ? 'reversal' : v.status}`).sort()).toEqual([
      'Borte reversal',
      'Borte reversed',
      'La stå posted',
      'Står posted',
    ])
    const next = await openPane(app, book.company, book.workbook)
    expect(await gone(next)).toEqual([])
    // What is cleared for other vouchers is to stand, and is not missed.
    await clearForReuse(next.desk)
    expect(await gone(next)).toEqual([])
    expect(await ledger(book)).toHaveLength(4)
  })
  test('those that were reversed elsewhere stand in nobody’s way, and a sheet that was deleted is missed as its rows are', async () => {
    const book = await openBook(app)
    const texts = Array.from({ length: 8 }, (_, i) => `Bilag ${i + 1}`)
    write(book, ...texts.flatMap((text, i) => pair(text, 10 + i)))
    const ids = (await postVouchers(book.desk))!.posted.map((v) => v.id)
    for (const id of ids.slice(0, 6)) await reverseElsewhere(book, id)
    book.user.activate('Ark1')
    book.workbook.tables = []
    book.workbook.sheets = book.workbook.sheets.filter(({ name }) => name !== 'Bilag')
    expect(await gone(book)).toEqual(texts.slice(6))
    book.network.requests.length = 0
    expect(await gone(book)).toEqual(texts.slice(6))
    expect(book.network.requests.filter((request) => request.includes('/vouchers/vch_'))).toHaveLength(2)
    expect(await annulGone(book.desk, ids[6]!)).toBe(true)
    await letStand(book.desk)
    expect(await gone(book)).toEqual([])
    expect(await ledger(book)).toHaveLength(8 + 6 + 1)
  })
  test('are missed though a list, a journal or an export of the ledger names them', async () => {
    const book = await openBook(app)
    write(book, ...pair('Slettet'))
    const [voucher] = (await postVouchers(book.desk))!.posted
    const { Bilagsnr } = book.user.rows('tblBilag')[0]!
    book.workbook.addSheet('Liste')
    book.user.type('Liste', 'A1', [
      ['Dato', 'Bilag', 'Tekst', 'Id'],
      [`01.03.${thisYear}`, Bilagsnr!, 'Slettet', voucher!.id],
    ])
    book.user.deleteRows('tblBilag', 0, 2)
    expect(await gone(book)).toEqual(['Slettet'])
    expect(await annulGone(book.desk, voucher!.id)).toBe(true)
  })
  test('are missed in the file they were posted from, whose answers were lost, and not in its copy', async () => {
    // Lost, and asked for; late, and found when sent again; never sent, and posted from a copy before it was sent again.
    const book = await openBook(app, networkOf('lost', 'lost'))
    write(book, ...pair('Tapt svar'))
    expect((await postVouchers(book.desk))!.unknown).toHaveLength(1)
    const file = copyOf(book.workbook)
    await postVouchers(book.desk)
    const copy = await openPane(app, book.company, file)
    await postVouchers(copy.desk)
    expect(await ledger(book)).toHaveLength(1)
    book.user.deleteRows('tblBilag', 0, 2)
    new User(file).deleteRows('tblBilag', 0, 2)
    expect([await gone(book), await gone(copy)]).toEqual([['Tapt svar'], []])
    book.network.requests.length = 0
    expect(await gone(book)).toEqual(['Tapt svar'])
    expect(book.network.requests).toHaveLength(1) // where it was posted is asked once

    const other = await openBook(app, networkOf('never', 'never', 'lost', 'lost'), book.company)
    write(other, ...pair('Aldri sendt', 20))
    await postVouchers(other.desk)
    const elsewhere = copyOf(other.workbook)
    const [, there] = [await postVouchers(other.desk), await openPane(app, book.company, elsewhere)]
    await postVouchers(there.desk)
    expect(await ledger(book)).toHaveLength(2)
    other.user.deleteRows('tblBilag', 0, 2)
    new User(elsewhere).deleteRows('tblBilag', 0, 2)
    await postVouchers(other.desk) // and what became of it is found
    expect([await gone(other), await gone(there)]).toEqual([['Aldri sendt'], []])
  })
  test('are asked about again where the ledger could not tell from which file, and missed once it can', async () => {
    const book = await openBook(app, networkOf('lost', 'lost'))
    write(book, ...pair('Tapt svar'))
    await postVouchers(book.desk)
    const [voucher] = await ledger(book)
    await book.company.db.execute('drop trigger event_is_final')
    const tellOf = (subject: string) =>
      book.company.db.execute({ sql: "update event set subject = ? where type = 'voucher.posted'", args: [subject] })
    await tellOf('vch_another')
    await postVouchers(book.desk)
    book.user.deleteRows('tblBilag', 0, 2)
    expect(await gone(book)).toEqual([])
    await tellOf(voucher!.id)
    expect(await gone(book)).toEqual(['Tapt svar'])
  })
  test('are missed in the copy that posted them, where the file they were first sent from never did', async () => {
    const book = await openBook(app, networkOf('never', 'never'))
    write(book, ...pair('Sendt fra kopien'))
    await postVouchers(book.desk)
    const file = copyOf(book.workbook)
    const copy = await openPane(app, book.company, file, networkOf('lost', 'lost'))
    await postVouchers(copy.desk)
    await postVouchers(book.desk)
    await postVouchers(copy.desk)
    expect(await ledger(book)).toHaveLength(1)
    book.user.deleteRows('tblBilag', 0, 2)
    new User(file).deleteRows('tblBilag', 0, 2)
    expect([await gone(book), await gone(copy)]).toEqual([[], ['Sendt fra kopien']])
  })
  test('are not missed where they only moved: to another sheet, with or without what is hidden in them, or to another file', async () => {
    const book = await openBook(app)
    write(book, ...pair('Kopiert ark'), ...pair('Arkivert', 20), ...pair('Limt inn', 30), ...pair('Annen fil', 40))
    const ids = (await postVouchers(book.desk))!.posted.map((v) => v.id)
    const rows = book.user.rows('tblBilag')
    const file = copyOf(book.workbook)
    book.user.copySheet('Bilag', 'Kopi')
    book.user.deleteRows('tblBilag2', 2, 2)
    book.user.deleteRows('tblBilag2', 4, 2)
    for (const row of [2, 3]) book.user.fill('tblBilag2', row, { _nøkkel: '', _rad: '', _hash: '', _tid: '' })
    book.workbook.addSheet('Arkiv')
    book.user.type('Arkiv', 'AZ700', [['Arkivert', rows[2]!._nøkkel!, rows[2]!._hash!]])
    book.user.deleteRows('tblBilag', 0, 6)
    expect(await gone(book)).toEqual([])
    for (const id of ids) expect(await annulGone(book.desk, id)).toBe(false)
    // A copy of the file is not where they were posted: what is deleted there stands in the other.
    const copy = await openPane(app, book.company, file)
    new User(file).deleteRows('tblBilag', 0, 8)
    expect(await gone(copy)).toEqual([])
    // Where the address does not say which file it is, any other might be this one.
    expect(await fileMark('https://files.example/_layouts/15/Doc.aspx?sourcedoc={1}')).toBeUndefined()
    for (const id of ids) expect(await annulGone(copy.desk, id)).toBe(false)
    expect(await ledger(book)).toHaveLength(4)
    // Nor is what another file sent first, though both posted it.
    write(book, {}, {}, ...pair('Fra begge', 50))
    const both = copyOf(book.workbook)
    const late = await openPane(app, book.company, both)
    await postVouchers(late.desk)
    await postVouchers(book.desk)
    expect(await ledger(book)).toHaveLength(5)
    book.user.deleteRows('tblBilag', 2, 2)
    expect(await gone(book)).toEqual([])
    new User(both).deleteRows('tblBilag', 2, 2)
    expect(await gone(late)).toEqual(['Fra begge'])
  })
})

test('a month with a soft lock takes a reason: for posting, correcting and annulling, once and under the same id', async () => {
  const book = await openBook(app, networkOf('lost', 'never', 'late'))
  write(book, ...pair('Etterslep'), ...pair('Åpen måned', 20))
  book.user.fill('tblBilag', 2, { Bilagsdato: `01.05.${thisYear}` })
  const months = { fromMonth: `${thisYear}-03`, toMonth: `${thisYear}-03` }
  const lock = await book.company.call('/locks', { body: { ...months, level: 'soft', reason: 'Oppgjør' } })
  expect(lock.status).toBe(201)
  expect((await postVouchers(book.desk, { together: true }))!.refused).toHaveLength(1)
  expect(shown(book, 'Status', 'Melding')[0]).toEqual(['Feil', expect.stringContaining('Skriv en begrunnelse')])
  expect(await ledger(book)).toHaveLength(0)
  book.desk.reason = () => 'Kom for sent'
  // Lost, not sent, and late: asked for each time, and whichever reason came first is the one that stands.
  await postVouchers(book.desk)
  book.desk.reason = () => 'Med en annen grunn'
  await postVouchers(book.desk)
  await Promise.all(book.network.late)
  await postVouchers(book.desk)
  const { posted: none } = (await postVouchers(book.desk))!
  expect(none).toEqual([])
  expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført', 'Bokført', 'Bokført'])
  const stored = async (i: number) =>
    (await book.company.call(`/vouchers/${book.user.rows('tblBilag')[i]!._nøkkel}`)).json
  expect((await ledger(book)).map((v) => v.text).sort()).toEqual(['Etterslep', 'Åpen måned'])
  expect([(await stored(0)).draft.reason, (await stored(2)).draft.reason]).toEqual(['Kom for sent', undefined])
  // A window that knows nothing of it, and has no reason, sees what was posted.
  book.workbook.xmlParts = book.workbook.xmlParts.filter(({ xml }) => !xml.includes('excel/sent'))
  const other = await openPane(app, book.company, book.workbook)
  await checkVouchers(other.desk)
  expect(shown(book, 'Status').flat()).toEqual(['Bokført', 'Bokført', 'Bokført', 'Bokført'])
  book.user.fill('tblBilag', 0, { Tekst: 'Rettet' })
  const first = (await stored(0)).id
  expect((await correctVouchers(other.desk, new Set([first])))!.posted).toHaveLength(0)
  other.desk.reason = () => 'Feil tekst'
  expect((await correctVouchers(other.desk, new Set([first])))!.posted).toHaveLength(1)
  const corrected = await stored(0)
  expect([corrected.corrects, corrected.draft.reason, corrected.text]).toEqual([first, 'Feil tekst', 'Rettet'])
  other.desk.reason = () => 'Skulle ikke vært ført'
  await annulVouchers(other.desk, new Set([corrected.id]))
  const reversals = (await ledger(book)).filter((v) => v.reversalOf !== null)
  expect(reversals.map((v) => [v.voucherDate, v.reason]).sort()).toEqual([
    [`${thisYear}-03-01`, 'Feil tekst'],
    [`${thisYear}-03-01`, 'Skulle ikke vært ført'],
  ])
  expect(shown(book, 'Status').flat()).toEqual(['Tilbakeført', 'Tilbakeført', 'Bokført', 'Bokført'])
  // Where the month is open nobody asked why, and what is still written there is not said.
  await annulVouchers(other.desk, new Set([(await stored(2)).id]))
  const { reason } = (await ledger(book)).find((v) => v.reversalOf !== null && v.voucherDate === `${thisYear}-05-01`)
  expect(reason).not.toBe('Skulle ikke vært ført')
})
