import { describe, expect, test } from 'vitest'
import { insertVoucherSheet } from '#addin/excel/voucher-sheet.ts'
import { postVouchers } from '#addin/vouchers/post-vouchers.ts'
import { annulVouchers, asNewVouchers } from '#addin/vouchers/undo-vouchers.ts'
import { columnsOf, readSheet, turnTo } from '#addin/vouchers/voucher-desk.ts'
import { testApp } from '#tests/support/app.ts'
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
  test.each([
    ['posted since', false],
    ['annulled since', true],
  ])(
    'a copied sheet carries what was sent two contents ago, or nothing: it is the voucher that was %s',
    async (_, annulled) => {
      const book = await openBook(app, networkOf('never', 'never', 'never', 'never'))
      const copySheet = (name: string, table: string, kept: string) => {
        book.user.copySheet('Bilag', name)
        for (const column of ['_rad', '_nøkkel', '_hash', 'Status', 'Bilagsnr'])
          if (column !== kept) book.user.clearColumn(table, column)
      }
      const postedFrom = async ({ desk }: Pick<Book, 'desk'>, table: string) => {
        await turnTo(desk, table)
        return (await postVouchers(desk))!.posted.map((v) => v.id)
      }
      write(book, ...pair('Første'))
      expect(await postedFrom(book, 'tblBilag')).toEqual([])
      copySheet('Med hash', 'tblBilag2', '_hash')
      book.user.fill('tblBilag2', 0, { Tekst: 'Første, og rettet' })
      book.user.fill('tblBilag', 0, { Tekst: 'Andre' })
      expect(await postedFrom(book, 'tblBilag')).toEqual([])
      book.user.fill('tblBilag', 0, { Tekst: 'Tredje' })
      const posted = await postedFrom(book, 'tblBilag')
      expect(posted).toHaveLength(1)
      copySheet('Uten', 'tblBilag3', '')
      await turnTo(book.desk, 'tblBilag')
      if (annulled) await annulVouchers(book.desk, new Set(posted))
      book.window.close()
      const opened = await openPane(app, book.company, book.workbook)
      expect([await postedFrom(opened, 'tblBilag2'), await postedFrom(opened, 'tblBilag3')]).toEqual([[], []])
      expect(await ledger(book)).toHaveLength(annulled ? 2 : 1)
    },
  )
  test('hashes of before stand in the workbook so that older versions read the newest, and what they wrote is read', async () => {
    const book = await openBook(app, networkOf('never', 'never', 'never', 'never'))
    write(book, ...pair('Første'))
    for (const text of ['Første', 'Andre', 'Tredje']) {
      book.user.fill('tblBilag', 0, { Tekst: text })
      await postVouchers(book.desk)
    }
    const was = [...book.desk.record.memory.values()][0]!.was!
    expect(was).toHaveLength(2)
    const part = book.workbook.xmlParts.find(({ xml }) => xml.includes('/sent/'))!
    expect(part.xml).toContain(`,"${was[0]}",["${was[1]}"]]`)
    part.xml = part.xml.replace(`,["${was[1]}"]`, '')
    const { desk } = await openPane(app, book.company, book.workbook)
    await readSheet(desk, true)
    expect([...desk.record.memory.values()]).toMatchObject([{ outcome: 'posted', was: [was[0]] }])
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
