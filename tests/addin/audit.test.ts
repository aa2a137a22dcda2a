import { beforeAll, describe, expect, test } from 'vitest'
import { auditBooks } from '#addin/audit/audit-books.ts'
import { BLOCK_KINDS, type BlockKind } from '#addin/audit/block-columns.ts'
import { drawBlock } from '#addin/audit/block-report.ts'
import { documentZip } from '#addin/audit/document-zip.ts'
import { serialOfMoment } from '#addin/audit/draw-events.ts'
import { digitShares } from '#addin/audit/first-digits.ts'
import { journalTests } from '#addin/audit/journal-tests.ts'
import { type Recomputed, recomputeChain, within } from '#addin/audit/recompute-chain.ts'
import { refreshBlock } from '#addin/audit/refresh-block.ts'
import { drawSample, METHODS } from '#addin/audit/sample.ts'
import { type BlockCheck, checkBlock, pullBlock, putBack, readSeals, type Seal } from '#addin/audit/sealed-block.ts'
import { readHead, standsInChain } from '#addin/audit/told-head.ts'
import { booksHold, brokenBlocks } from '#addin/audit/verdict.ts'
import { blockLines, computedLines } from '#addin/pane/audit-lines.ts'
import { FigureModel } from '#addin/pane/figure-model.ts'
import { serialOf } from '#addin/sheet/excel-value.ts'
import { addinCheck } from '#i18n/nb/addin-check.ts'
import { addinPane } from '#i18n/nb/addin-pane.ts'
import { addinReport } from '#i18n/nb/addin-report.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { pdf, png } from '#tests/support/files.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { User } from './host/user.ts'
import { Workbook } from './host/workbook.ts'
import { calculating } from './support/calculating.ts'
import { openPane, thisYear as year } from './support/desk.ts'
import { paneHands } from './support/pane-hands.ts'

const app = testApp()
let company: Awaited<ReturnType<typeof app.company>>
let key: string
const [SIMPLE, VOUCHERS] = [12, 13]
const texts = {
  ...addinPane,
  check: addinCheck,
  report: addinReport,
  notices: { ...addinPane.notices, ...addinReport.notices },
}

beforeAll(async () => {
  company = await app.company()
  for (let i = 0; i < SIMPLE; i++)
    await company.call('/vouchers', {
      body: simpleDraft({
        voucherDate: `${year}-01-${10 + i}`,
        text: i === 3 ? '' : `Bilag ${i}`,
        lines: [
          { rowKey: 'a', account: '6800', amount: 100_00 * (i + 1) },
          { rowKey: 'b', account: '1920', amount: -100_00 * (i + 1) },
        ],
      }),
    })
  await company.call('/parties', {
    body: { kind: 'customer', number: '10001', name: 'Kunde AS' },
    key: await company.key('accountant'),
  })
  await company.call('/vouchers', {
    body: simpleDraft({
      type: 'outgoing-invoice',
      voucherDate: `${year}-02-20`,
      lines: [
        { rowKey: 'a', account: '1500:10001', amount: 1250_00, invoiceNumber: '1', dueDate: `${year}-03-06` },
        { rowKey: 'b', account: '3000', amount: -1250_00, vatCode: '3' },
      ],
    }),
  })
  const budget = (await company.call('/budgets', { body: { year, name: 'Hoved' } })).json
  const lines = [{ account: '6800', cells: [{ month: `${year}-02`, amount: 80_00, was: null }] }]
  await company.call(`/budgets/${budget.id}/lines`, { body: { lines } })
  key = await company.key('auditor')
})

/** A workbook that an auditor has open. */
async function opened() {
  const workbook = new Workbook()
  const { desk, run, window } = await openPane(app, company, workbook, undefined, key)
  const of = { api: desk.api, company: company.id }
  const pull = async (kind: BlockKind) => {
    const query = { fromDate: `${year}-01-01`, toDate: `${year}-12-31` }
    const drawn = await drawBlock({ ...of, locale: 'nb', kind, query })
    return run((context) =>
      pullBlock(context, drawn, { kind, locale: 'nb', query, now: `${year}-03-15T12:00:00.000Z` }),
    )
  }
  const seals = () => run(readSeals)
  const checked = async (): Promise<BlockCheck> => {
    const [seal] = await seals()
    return run((context) => checkBlock(context, desk.api, company.id, seal!))
  }
  const audit = () => auditBooks({ run, ...of })
  return { workbook, user: new User(workbook), run, desk, window, pull, seals, checked, audit }
}

describe('the books, computed in the add-in', () => {
  /** The same API, whose chain was altered on the way. */
  const told = async (
    alter: (links: [string, any[]][], page: { ledgerVersion: number; chainHead: string }) => void,
    partly = false,
  ) => {
    const { desk } = await opened()
    const get = async (...args: Parameters<typeof desk.api.get>) => {
      const page: any = await desk.api.get(...args)
      if (args[1] === 'chain') alter(page.links, page)
      return page
    }
    return recomputeChain({ ...desk.api, get } as typeof desk.api, company.id, { partly })
  }

  test('they hold: chain, numbers and balances, without the server’s word', async () => {
    const { audit, window } = await opened()
    const found = await audit()
    expect(booksHold(found)).toBe(true)
    expect(found.found).toMatchObject({
      ledgerVersion: VOUCHERS,
      entries: 2 * VOUCHERS + 1,
      gaps: [],
      broken: undefined,
    })
    expect(found.found.balances.get('6800')).toBe(100_00 * 78)
    expect([...window.host.missing]).toEqual([])
  })
  test('contents that are withheld are told of, and are a fault where all years are granted', async () => {
    const withhold = (links: [string, any][]) => (links[4]![1] = null)
    expect((await told(withhold)).broken).toEqual({ ledgerVersion: 5, voucher: '', fault: 'withheld' })
    const found = await told(withhold, true)
    expect([found.broken, found.withheld]).toEqual([undefined, 1])
    const lines = computedLines({ found, differing: [], blocks: [] }, texts, 'nb')
    expect(lines.map(({ holds, title }) => [holds, title])).toEqual([
      [true, 'Kjeden er hel så langt du har tilgang'],
      [false, 'Nummer mangler eller står to ganger'],
      [undefined, 'Saldobalansen er ikke kontrollert'],
    ])
    expect(lines[0]!.detail).toContain('1 bilag er utenfor tilgangen')
  })
  test('any single field changed in any voucher or entry is found, and the voucher is named', async () => {
    let fields = 0
    await told((links) => (fields = links[0]![1].length))
    for (let at = 1; at < fields - 1; at++) {
      const found = await told((links) => (links[4]![1][at] = `${links[4]![1][at]}x`))
      expect([at, found.broken?.ledgerVersion, found.broken?.fault]).toEqual([at, 5, 'hash'])
    }
    let width = 0
    await told((links) => (width = links[0]![1].at(-1)[0].length))
    for (let at = 0; at < width; at++) {
      const found = await told((links) => (links[6]![1].at(-1)[1][at] = 7))
      expect([at, found.broken?.ledgerVersion]).toEqual([at, 7])
    }
  })
  test.each<[string, Parameters<typeof told>[0], Recomputed['broken']]>([
    ['a voucher removed', (links) => links.splice(4, 1), { ledgerVersion: 5, voucher: `HB ${year}-6`, fault: 'order' }],
    [
      'two that changed places',
      (links) => links.splice(4, 2, links[5]!, links[4]!),
      { ledgerVersion: 5, voucher: `HB ${year}-6`, fault: 'order' },
    ],
    ['the tail cut', (links) => links.splice(10), { ledgerVersion: 10, voucher: '', fault: 'head' }],
    [
      'the tail cut, and the count with it',
      (links, page) => (links.splice(10), (page.ledgerVersion = 10)),
      { ledgerVersion: 10, voucher: '', fault: 'head' },
    ],
  ])('%s is found', async (_, alter, broken) => expect((await told(alter)).broken).toEqual(broken))
  test('a trial balance that is not the sum of the entries is found', async () => {
    const { desk, run } = await opened()
    const get = async (...args: Parameters<typeof desk.api.get>) => {
      const page: any = await desk.api.get(...args)
      if (args[1] === 'reports/trial-balance') page.rows[0].closing += 1
      return page
    }
    const api = { ...desk.api, get } as typeof desk.api
    expect((await auditBooks({ run, api, company: company.id })).differing).toHaveLength(1)
  })
})

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
      blockLines(found, texts, 'nb').map(({ holds, detail }) => [holds, detail.split('. ')[1]!.slice(0, 30)]),
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
    const [line] = blockLines(await audit(), texts, 'nb')
    expect(line!.detail).toBe(
      `Saldobalanse, 01.01.${year}–31.12.${year}, versjon ${(await checked()).seal.atVersion}. Beregnet på nytt, 0 celler avviker`,
    )
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
    const [line] = blockLines(found, texts, 'nb')
    expect([line!.holds, line!.detail]).toEqual([undefined, expect.stringContaining('Budsjettet er endret')])
    user.fill(table, 1, { Beløp: 1 })
    expect((await checked()).wrong.map(({ address }) => address)).toEqual(['D3'])
  })
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

describe('what an auditor looks into', () => {
  const voucher = (i: number, amount: number, over = {}) =>
    ({
      id: `vch_${i}`,
      series: 'HB',
      fiscalYear: year,
      number: i,
      date: `${year}-01-02`,
      text: 'x',
      recordedAt: `${year}-01-07T10:00:00.000Z`,
      by: 'a',
      reverses: false,
      amount,
      likeness: String(i),
      ...over,
    }) as never
  const list = Array.from({ length: 500 }, (_, i) => voucher(i + 1, (i + 1) * 1_000))
  test('the same seed draws the same vouchers, another seed others, and never one twice', () => {
    for (const method of METHODS) {
      const drawn = drawSample(list, { method, count: 25, seed: 4711 })
      expect(drawSample(list, { method, count: 25, seed: 4711 })).toEqual(drawn)
      expect(new Set(drawn.map((v) => v.id)).size).toBe(25)
      if (method !== 'largest') expect(drawSample(list, { method, count: 25, seed: 4712 })).not.toEqual(drawn)
    }
    expect(drawSample(list, { method: 'largest', count: 2, seed: 1 }).map((v) => v.amount)).toEqual([500_000, 499_000])
  })
  test('of some days alone; a head from paper or mail is held against the chain', () => {
    const hashes = ['9f86d081884c7d65', '60303ae22b998861']
    const found = { hashes, list: [voucher(1, 1), voucher(2, 2, { date: `${year}-02-01` })] } as never
    const days = { fromDate: `${year}-02-01`, toDate: `${year}-02-28` }
    expect(within(found, days).list.map((v) => v.number)).toEqual([2])
    expect(within(found, undefined).list).toHaveLength(2)
    const foot = 'Hovedbok: version 2, head 60303ae22b998861, 2026-01-01 to 2026-12-31, drawn 2026-03-15 12:00 UTC.'
    for (const text of [
      '2-60303ae22b998861',
      'Hovedbok: versjon 2, hode 60303AE2, 01.01 til 31.12',
      '0002 60303ae22b',
      foot,
    ])
      expect([text, standsInChain(found, readHead(text)!)]).toEqual([text, true])
    expect(standsInChain(found, readHead('2-9f86d081')!)).toBe(false)
    expect(standsInChain(found, readHead('versjon 184 223, hode 9f86d081')!)).toBeUndefined()
    for (const version of ['versjon 184 223', 'version 184,223', 'versjon 184.223', '12.03.2026: 184223'])
      expect([version, readHead(`${version}, head 9f86d081`)!.ledgerVersion]).toEqual([version, 184_223])
    for (const text of ['', '184', '9f86d081', '184-9f86', 'hode'])
      expect([text, readHead(text)]).toEqual([text, undefined])
  })
  test('by monetary unit the large are drawn more often than by chance', () => {
    const mean = (method: 'unit' | 'random') =>
      Array.from({ length: 20 }, (_, seed) => drawSample(list, { method, count: 25, seed }))
        .flat()
        .reduce((sum, { amount }, _i, all) => sum + amount / all.length, 0)
    expect(mean('unit')).toBeGreaterThan(1.2 * mean('random'))
  })
  test('journal tests tell weekends, late, round, doubled, reversed and nameless vouchers', () => {
    const tests = (over: object) => journalTests([voucher(1, 12_345, over)]).map((f) => f.test)
    expect(tests({ recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07' })).toEqual([])
    expect(tests({ recordedAt: '2026-01-10T10:00:00.000Z', date: '2026-01-07' })).toEqual(['weekend'])
    expect(tests({ recordedAt: '2026-04-08T10:00:00.000Z', date: '2026-01-07' })).toEqual(['late'])
    expect(tests({ recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07', amount: 2_000_000 })).toEqual(['round'])
    expect(tests({ recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07', reverses: true, text: ' ' })).toEqual([
      'reversal',
      'noText',
    ])
    const twins = [1, 2].map((i) =>
      voucher(i, 5, { likeness: 'a', recordedAt: '2026-01-07T10:00:00.000Z', date: '2026-01-07' }),
    )
    expect(journalTests(twins).map((f) => f.test)).toEqual(['twice', 'twice'])
  })
  test('and what came into a month after it was locked, by the law of its own days', () => {
    const lock = {
      scope: 'all',
      fromMonth: '2026-01',
      toMonth: '2026-02',
      level: 'hard',
      recordedAt: '2026-01-08T00:00:00.000Z',
    }
    const found = (date: string, over: object, own: object = {}) =>
      journalTests([voucher(1, 12_345, { date, ...over })], [{ ...lock, ...own }]).map((f) => f.test)
    const after = { recordedAt: '2026-01-09T10:00:00.000Z' }
    expect(found('2026-01-07', after)).toEqual(['afterLock'])
    expect(found('2026-01-07', { recordedAt: '2026-01-07T10:00:00.000Z' })).toEqual([])
    expect(found('2026-03-02', after)).toEqual([])
    expect(found('2026-01-07', after, { level: 'open' })).toEqual([])
    expect(found('2026-01-07', after, { scope: 'vat' })).toEqual([])
  })
  test('a digit that amounts begin with too often is told, and so are its vouchers; natural amounts are left alone', () => {
    const natural = Array.from({ length: 600 }, (_, i) => voucher(i + 1, Math.round(1_000 * 10 ** ((i * 7) / 600))))
    expect(digitShares(natural).filter((d) => d.conspicuous)).toEqual([])
    const invented = Array.from({ length: 80 }, (_, i) => voucher(1_000 + i, 49_000 + i * 7))
    const all = [...natural, ...invented]
    expect(
      digitShares(all)
        .filter((d) => d.conspicuous)
        .map((d) => d.digit),
    ).toEqual([4])
    const told = journalTests(all).filter((f) => f.test === 'firstDigit')
    expect(told).toHaveLength(digitShares(all)[3]!.count)
    expect(digitShares(invented).some((d) => d.conspicuous)).toBe(false)
  })
})

test('documents of a sample: one archive with a list, each hash computed from the bytes; a changed file is told', async () => {
  const { desk } = await opened()
  const send = (raw: Uint8Array<ArrayBuffer>) =>
    company.call('/documents', { raw, headers: { 'content-type': 'application/octet-stream' } })
  const { json: one } = await send(pdf('a'))
  const { json: other } = await send(png)
  const found = await recomputeChain(desk.api, company.id)
  const [first, second, third] = found.list
  for (const [voucher, ids] of [[first, [one.id, other.id]] as const, [second, [other.id]] as const])
    await company.call(`/vouchers/${voucher!.id}/documents`, { body: { documents: ids } })
  const sample = [first!, second!, third!]
  const zip = (api = desk.api) => documentZip(api, company.id, sample, 'nb', () => {}, new AbortController().signal)
  const { bytes, listed, without } = await zip()
  expect([listed.map(({ stamp, agrees }) => [stamp, agrees]), without]).toEqual([
    [
      [one.stamp, true],
      [other.stamp, true],
      [other.stamp, true],
    ],
    1,
  ])
  const archive = Buffer.concat(bytes)
  expect(archive.readUInt32LE(0)).toBe(0x04034b50)
  for (const name of ['Liste.csv', ...listed.map(({ file }) => file)]) expect(archive.includes(name)).toBe(true)
  const file = async (...args: Parameters<typeof desk.api.file>) => {
    const real = await desk.api.file(...args)
    real[9]! ^= 1
    return real
  }
  expect((await zip({ ...desk.api, file })).listed.every(({ agrees }) => !agrees)).toBe(true)
})
