import { beforeAll, describe, expect, test } from 'vitest'
import { BLOCK_KINDS, type BlockKind } from '#addin/audit/block-columns.ts'
import { drawBlock } from '#addin/audit/block-report.ts'
import { serialOfMoment } from '#addin/audit/draw-events.ts'
import { refreshBlock } from '#addin/audit/refresh-block.ts'
import { checkBlock, pullBlock, putBack, readSeals, type Seal } from '#addin/audit/sealed-block.ts'
import { brokenBlocks } from '#addin/audit/verdict.ts'
import { writeListSheet } from '#addin/excel/list-sheet.ts'
import { blockLines } from '#addin/pane/audit-lines.ts'
import { FigureModel } from '#addin/pane/figure-model.ts'
import { serialOf } from '#addin/sheet/excel-value.ts'
import { addinBlocks } from '#i18n/nb/addin-blocks.ts'
import { addinCheck } from '#i18n/nb/addin-check.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { User } from './host/user.ts'
import { Workbook } from './host/workbook.ts'
import { AUDIT_TEXTS, auditedBooks, openAudit, SIMPLE, VOUCHERS } from './support/audit-desk.ts'
import { calculating } from './support/calculating.ts'
import { openPane, thisYear as year } from './support/desk.ts'
import { paneHands } from './support/pane-hands.ts'

const app = testApp()
let books: Awaited<ReturnType<typeof auditedBooks>>
let company: (typeof books)['company']

beforeAll(async () => {
  books = await auditedBooks(app)
  company = books.company
})

const opened = () => openAudit(app, books)

describe('a pulled report proves itself', () => {
  test.each(BLOCK_KINDS)('%s: whole as pulled, sorted and with columns moved', async (kind) => {
    const { pull, user, checked, audit, workbook } = await opened()
    const { table } = await pull(kind)
    expect(await checked()).toMatchObject({ wrongCount: 0, foreign: [], missing: 0, ledgerAgrees: true })
    const [first] = Object.keys(user.rows(table)[0]!)
    user.sort(table, (a, b) => (String(a[first!]) < String(b[first!]) ? 1 : -1))
    user.moveColumn(table, first!, 2)
    expect(await checked()).toMatchObject({ wrongCount: 0, foreign: [], missing: 0 })
    expect(brokenBlocks(await audit())).toEqual([])
    const last = [...workbook.sheets.at(-1)!.cells.values()].map((cell) => String(cell.value))
    expect(last.some((text) => text.startsWith(`Hovedbok: versjon ${VOUCHERS}`))).toBe(true)
  })
  test('an auditor’s pack holds them all, from one version, each with what it agrees with', async () => {
    const { pull, seals, audit } = await opened()
    for (const kind of BLOCK_KINDS) await pull(kind)
    const all = await seals()
    expect(new Set(all.map(({ atVersion }) => atVersion))).toEqual(new Set([VOUCHERS]))
    expect(all.map(({ kind, agrees }) => [kind, agrees ?? null])).toEqual(
      BLOCK_KINDS.map((kind) => [kind, kind === 'event-log' ? null : true]),
    )
    expect(brokenBlocks(await audit())).toEqual([])
  })
  test('statements tell lines, the accounts below them, and what they are compared with; months of a year are enough', async () => {
    const { pull, user } = await opened()
    const cost = async (kind: BlockKind, captions: string[]) => {
      const row = user.rows((await pull(kind)).table).find(({ Konto }) => Konto === '6800')!
      return captions.map((caption) => row[caption])
    }
    const spent = (SIMPLE * (SIMPLE + 1) * 100) / 2
    expect(await cost('income-statement', ['Beløp', 'I fjor'])).toEqual([spent, 0])
    expect(await cost('budget-variance', ['Beløp', 'Budsjett', 'Avvik'])).toEqual([spent, 80, 80 - spent])
    const balance = user.rows((await pull('balance-sheet')).table)
    expect(balance.find(({ Konto }) => Konto === '1920')!.Saldo).toBe(-spent)
  })
  test('every single figure that is typed over is found, marked, and put back', async () => {
    const { pull, user, checked, run, audit, workbook } = await opened()
    const { table } = await pull('trial-balance')
    const { sheet } = workbook.table(table)!
    for (const [caption, at] of [
      ['Inngående', 'C'],
      ['Debet', 'D'],
      ['Kredit', 'E'],
      ['Utgående', 'F'],
    ] as const)
      for (const row of [0, 1, 2]) {
        user.fill(table, row, { [caption]: 1 })
        const { blocks } = await audit()
        expect(blocks[0]!.wrong.map((cell) => [cell.address, cell.sheet])).toEqual([[`${at}${row + 2}`, 1]])
        expect(workbook.cell(sheet, row + 1, at.charCodeAt(0) - 65)?.fill).toBe('#FBEAE9')
        await run((context) => putBack(context, blocks[0]!))
        expect((await checked()).wrongCount).toBe(0)
      }
  })
  test('a row that was put in or taken out, or a table that is gone, is found', async () => {
    const { pull, user, checked } = await opened()
    const { table } = await pull('general-ledger')
    user.deleteRows(table, 1, 1)
    expect(await checked()).toMatchObject({ missing: 1, foreign: [] })
    user.fill(table, 2 * VOUCHERS, { Konto: '1920', Bilag: 'HB 1900-1', Linje: 1, Beløp: 5 })
    expect((await checked()).foreign).toHaveLength(1)
    user.rename(table, 'Beløp', 'Sum')
    expect((await checked()).address).toBeUndefined()
  })
  test('figures pulled before somebody posted still hold: they are drawn again at their own version', async () => {
    const { pull, checked, audit } = await opened()
    await pull('trial-balance')
    await company.call('/vouchers', { body: simpleDraft({ text: 'Senere' }) })
    expect(await checked()).toMatchObject({ wrongCount: 0, missing: 0, ledgerAgrees: true })
    expect(brokenBlocks(await audit())).toEqual([])
  })
  test('a seal that was tampered with is no proof', async () => {
    const { pull, workbook, checked, audit } = await opened()
    const { chainHead } = await pull('trial-balance')
    for (const part of workbook.xmlParts) part.xml = part.xml.replace(chainHead, '0'.repeat(64))
    expect((await checked()).ledgerAgrees).toBe(false)
    expect(brokenBlocks(await audit())).toHaveLength(1)
  })
})

describe('the log of changes, pulled', () => {
  test('reads as the web’s does: Norwegian clocks, names and words, one row a field; codes and ids last', async () => {
    const { pull, user, workbook, checked, audit, run } = await opened()
    const { table } = await pull('event-log')
    const rows = user.rows(table)
    const posted = rows.find(({ Kode }) => Kode === 'voucher.posted')!
    expect(posted).toMatchObject({ Navn: 'Lokal operatør', Hendelse: 'Bilag bokført', Gjelder: '', Versjon: 1 })
    expect(posted.Av).toBe('operator')
    const party = rows.filter(({ Kode }) => Kode === 'party.created')
    expect(party.length).toBeGreaterThan(1)
    expect(party.map(({ Endring }) => Endring)).toContain('Navn: Kunde AS')
    expect(party.find(({ Felt }) => Felt === 'name')).toMatchObject({ Navn: 'accountant', Etter: 'Kunde AS' })
    expect(String(party[0]!.Av)).toMatch(/^key_/)
    expect(serialOfMoment(`${year}-07-01T22:30:15.400Z` as Instant)).toBeCloseTo(
      serialOf(`${year}-07-02` as IsoDate) + 1_815 / 86_400,
      8,
    )
    const all = [...workbook.sheets.at(-1)!.cells.values()].map(({ value }) => String(value))
    expect(all.find((text) => text.startsWith('Hovedbok: '))).not.toContain('Uten navn')
    // Words and names are held as figures are, for as long as nothing is named otherwise.
    user.fill(table, 0, { Navn: 'En annen', Hendelse: 'Ingenting' })
    expect((await checked()).wrong.map(({ sheet }) => sheet)).toEqual(['En annen', 'Ingenting'])
    await run(async (context) => putBack(context, await checked()))
    expect(brokenBlocks(await audit())).toEqual([])
  })
  test('without the right to see the log it stands with ids, and says so; who sees names finds no fault in it', async () => {
    const workbook = new Workbook()
    const { desk, run } = await openPane(app, company, workbook, undefined, await company.key('reader'))
    const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
    const of = { api: desk.api, company: company.id, locale: 'nb' as const, kind: 'event-log' as const, query }
    const { table } = await run(async (context) =>
      pullBlock(context, await drawBlock(of), { ...of, now: `${year}-03-15T12:00:00.000Z` }),
    )
    const row = new User(workbook).rows(table).find(({ Kode }) => Kode === 'party.created')!
    expect([row.Navn, row.Hvorfra]).toEqual([row.Av, ''])
    const cells = [...workbook.sheets.at(-1)!.cells.values()].map(({ value }) => String(value))
    expect(
      cells.some((text) => text.endsWith('Uten navn og avsender: det krever retten til å se revisjonsloggen.')),
    ).toBe(true)
    const auditor = await opened()
    const [seal] = await run(readSeals)
    const check = await run((context) => checkBlock(context, auditor.desk.api, company.id, seal!))
    expect(check).toMatchObject({ wrong: [], foreign: [], missing: 0, ledgerAgrees: true, wordsChanged: true })
    // What was pulled with the columns of before is told as such, and is no fault of the sheet.
    const old = { ...seal!, layout: undefined } as Seal
    const before = await run((context) => checkBlock(context, desk.api, company.id, old))
    const around = { api: desk.api, company: company.id, atVersion: VOUCHERS, now: `${year}-03-15T12:00:00Z` }
    expect(await run((context) => refreshBlock(context, around, old))).toMatchObject({ blocked: 'columns' })
    expect(await run((context) => refreshBlock(context, around, seal!))).toMatchObject({ blocked: false })
    const found = { blocks: [check, before].map((block) => ({ ...block, inChain: true })) } as never
    expect(brokenBlocks(found)).toEqual([])
    expect(
      blockLines(found, AUDIT_TEXTS, 'nb').map(({ holds, detail }) => [holds, detail.split('. ')[1]!.slice(0, 30)]),
    ).toEqual([
      [undefined, 'Noe i rapporten heter noe anne'],
      [undefined, 'Rapporten er hentet med kolonn'],
    ])
  })
})

describe('what stands beside the ledger’s figures', () => {
  test('the line under a report says what its seal says; another period or verdict is found and put back', async () => {
    const { pull, user, checked, run, audit, workbook } = await opened()
    const { table } = await pull('trial-balance')
    const { sheet } = workbook.table(table)!
    const address = `A${user.rows(table).length + 3}`
    const told = String([...sheet.cells.values()].find(({ value }) => String(value).startsWith('Hovedbok: '))!.value)
    for (const other of [told.replace('31.12', '31.10'), `${told} Alt stemmer.`, '']) {
      user.type(sheet.name, address, [[other]])
      const found = await checked()
      expect(found.wrong.map((one) => [one.address, one.sheet, one.ledger])).toEqual([[address, other, told]])
      expect(brokenBlocks(await audit())).toHaveLength(1)
      await run((context) => putBack(context, found))
      expect(await checked()).toMatchObject({ wrongCount: 0, wrong: [] })
    }
    const second = `A${user.rows(table).length + 4}`
    user.type(sheet.name, second, [[told.replace('31.12', '31.10')]])
    expect((await checked()).wrong.map((one) => [one.address, one.ledger])).toEqual([[second, '']])
    await run(async (context) => putBack(context, await checked()))
    expect(await checked()).toMatchObject({ wrongCount: 0, wrong: [] })
    const [line] = blockLines(await audit(), AUDIT_TEXTS, 'nb')
    expect(line!.detail).toBe(
      `Saldobalanse, 01.01.${year}–31.12.${year}, versjon ${(await checked()).seal.atVersion}. Beregnet på nytt, 0 celler avviker`,
    )
  })
  test('what the line says of sums is the ledger’s: a seal and a line that were both rewritten are found', async () => {
    const { pull, user, checked, run, audit, workbook } = await opened()
    const { table } = await pull('trial-balance')
    const { sheet } = workbook.table(table)!
    const address = `A${user.rows(table).length + 3}`
    const told = String([...sheet.cells.values()].find(({ value }) => String(value).startsWith('Hovedbok: '))!.value)
    const { holds, fails } = addinBlocks.checks['trial-balance']
    for (const part of workbook.xmlParts) part.xml = part.xml.replace('"agrees":true', '"agrees":false')
    expect((await checked()).seal.agrees).toBe(false)
    user.type(sheet.name, address, [[told.replace(holds, fails)]])
    const found = await checked()
    expect(found.wrong.map((one) => [one.address, one.ledger])).toEqual([[address, told]])
    expect(brokenBlocks(await audit())).toHaveLength(1)
    await run((context) => putBack(context, found))
    expect((await checked()).wrongCount).toBe(0)
  })
  test('rows that a filter hides are told of, and are no fault', async () => {
    const { pull, user, audit } = await opened()
    const { table } = await pull('general-ledger')
    const detail = async () => blockLines(await audit(), AUDIT_TEXTS, 'nb').map(({ holds, detail }) => [holds, detail])
    expect(await detail()).toEqual([[true, expect.not.stringContaining(addinCheck.hidden)]])
    user.filter(table, ({ Konto }) => Konto === '1920')
    expect(await detail()).toEqual([[true, expect.stringContaining(addinCheck.hidden)]])
  })
  test('a budget that was saved since is no fault of the ledger or the sheet, and is told', async () => {
    const { pull, user, checked, audit } = await opened()
    const { table } = await pull('budget-variance')
    const [budget] = (await company.call('/budgets')).json.budgets
    const lines = [{ account: '7000', cells: [{ month: `${year}-02`, amount: 10_00, was: null }] }]
    expect((await company.call(`/budgets/${budget.id}/lines`, { body: { lines } })).status).toBeLessThan(300)
    user.fill(table, 1, { Budsjett: 1 })
    expect(await checked()).toMatchObject({
      wrong: [],
      foreign: [],
      missing: 0,
      ledgerAgrees: true,
      budgetChanged: true,
    })
    const found = await audit()
    expect(brokenBlocks(found)).toEqual([])
    const [line] = blockLines(found, AUDIT_TEXTS, 'nb')
    expect([line!.holds, line!.detail]).toEqual([undefined, expect.stringContaining('Budsjettet er endret')])
    user.fill(table, 1, { Beløp: 1 })
    expect((await checked()).wrong.map(({ address }) => address)).toEqual(['D3'])
  })
})

test('a report prints one page wide, lying where it is wide, with its headings on every page; no printer is no fault', async () => {
  const { pull, workbook, checked, run } = await opened()
  const pages = () => workbook.sheets.slice(1).map(({ page }) => page)
  await pull('trial-balance')
  await pull('general-ledger')
  const list = { name: 'Liste', captions: ['Bilag'], columns: ['text'] as const, rows: [['HB 1']], foot: 'Fot' }
  await run((context) => writeListSheet(context, list))
  const onePage = { zoom: { horizontalFitToPages: 1 }, titleRows: '$1:$1' }
  expect(pages().map(({ orientation, ...page }) => [orientation, page])).toEqual([
    ['Portrait', onePage],
    ['Landscape', onePage],
    ['Portrait', onePage],
  ])
  workbook.printer = false
  await pull('vat-specification')
  expect(pages().at(-1)).toEqual({})
  expect((await checked()).wrongCount).toBe(0)
})

describe('reports drawn anew', () => {
  const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
  test('all of a workbook are of one version, whoever posts meanwhile', async () => {
    const own = await app.company()
    const post = () => own.call('/vouchers', { body: simpleDraft({ voucherDate: `${year}-01-10` }) })
    await post()
    const book = calculating(app, own)
    const pane = await openPane(app, own, book.workbook)
    const { api } = pane.desk
    for (const kind of ['trial-balance', 'voucher-journal', 'event-log'] as const) {
      const drawn = await drawBlock({ api, company: own.id, locale: 'nb', kind, query })
      await pane.run((context) =>
        pullBlock(context, drawn, { kind, locale: 'nb', query, now: `${year}-03-15T12:00:00Z` }),
      )
    }
    const { get } = api
    api.get = async (...asked) => {
      await post()
      return get(...asked) as never
    }
    await post()
    const { hands } = paneHands(pane)
    await new FigureModel({ ...hands, functions: book.runtime }).refresh()
    const seals = await pane.run(readSeals)
    expect(seals.map(({ atVersion }) => atVersion)).toEqual([2, 2, 2])
    expect(book.runtime.source(own.id).state.ledgerVersion).toBe(2)
    const log = book.user.rows(seals[2]!.table)
    expect(log.filter(({ Kode }) => Kode === 'voucher.posted')).toHaveLength(2)
    for (const seal of seals)
      expect(await pane.run((context) => checkBlock(context, api, own.id, seal))).toMatchObject({
        wrongCount: 0,
        missing: 0,
        ledgerAgrees: true,
      })
  })
  test('a report larger than Excel on the web takes at once', async () => {
    const { desk, run, user, workbook } = await opened()
    const entry = { account: '6800', series: 'HB', fiscalYear: year, voucherDate: `${year}-01-10`, amount: 100 }
    const entries = Array.from({ length: 6_500 }, (_, i) => ({
      ...entry,
      number: i + 1,
      line: 1,
      text: `Bilag ${i} `.padEnd(850, 'x'),
      balance: 100 * i,
    }))
    const head = { atVersion: 1, chainHead: 'a'.repeat(64), ...query, cursor: null }
    const api = { ...desk.api, get: async () => ({ ...head, entries }) } as unknown as typeof desk.api
    const of = { api, company: company.id, kind: 'general-ledger' as const, locale: 'nb' as const, query }
    const now = `${year}-03-15T12:00:00Z`
    const seal = await run(async (context) => pullBlock(context, await drawBlock(of), { ...of, now }))
    user.addColumn(seal.table, 'Mitt')
    user.fill(seal.table, 6_400, { Mitt: '=H6402/2' })
    entries.splice(3, 0, { ...entries[3]!, number: 12_000 })
    expect((await run((context) => refreshBlock(context, { ...of, now, atVersion: 1 }, seal)))!.blocked).toBe(false)
    const { sheet } = workbook.table(seal.table)!
    expect(workbook.cell(sheet, 6_402, 8)?.formula).toBe('=H6403/2')
    expect(user.rows(seal.table)).toHaveLength(6_501)
  })
})
