import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { databaseOf, OPERATOR, simpleDraft, testApp } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { pdfTexts } from '#tests/support/pdf.ts'
import { type Cell, evaluated, workbookOf } from '#tests/support/sheet.ts'
import { firstRun } from '#worker/companies/first-run.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { readPartyStatementTable } from '#worker/exports/read-tables.ts'
import { openItemsTable } from '#worker/exports/tables/sub-ledger-tables.ts'
import { app as worker } from '#worker/index.ts'
import { inOrder } from '#worker/subledger/item-order.ts'
import { listOpenItems } from '#worker/subledger/list-open-items.ts'

const app = testApp()
let demo: string

beforeAll(async () => {
  await app.call('/api/v1/companies')
  const principal = { kind: 'operator', id: 'operator', name: 'operator' } as const
  const made = await firstRun({
    env: app.env,
    control: controlDatabase(app.env),
    principal,
    today: '2026-11-21' as IsoDate,
  })
  demo = `/api/v1/companies/${made.company}`
})

async function file(path: string, language = 'nb') {
  const headers = { authorization: `Bearer ${OPERATOR}`, 'accept-language': language }
  const response = await worker.request(path, { headers }, app.env)
  const bytes = Buffer.from(await response.arrayBuffer())
  if (response.status !== 200) throw new Error(bytes.toString())
  return { bytes, headers: response.headers }
}
const json = async (path: string) => (await app.call(path)).json
const cellsOf = (rows: Map<string, Cell>[]) => rows.map((row) => [...row.values()].map((c) => c.value))
/** The last column's figure in the row that begins with this. */
const rowCalled = (rows: Map<string, Cell>[], name: string) => rows.findLast((row) => row.get('A')?.value === name)!
const year = 'fromDate=2026-01-01&toDate=2026-12-31'

/** Every report, what it is asked as a file and as JSON, and the totals that all forms must have, in øre. */
const REPORTS: [name: string, path: string, query: string, totals: (r: any) => number[]][] = [
  ['trial-balance', '/reports/trial-balance', year, (r) => [r.totals.debit, r.totals.credit]],
  [
    'trial-balance',
    '/reports/trial-balance',
    'fromDate=2026-01-20&toDate=2026-03-03&department=10',
    (r) => [r.totals.opening, r.totals.debit, r.totals.credit, r.totals.closing],
  ],
  ['general-ledger', '/reports/general-ledger', `${year}&account=1500`, (r) => [r.debit - r.credit, r.closing]],
  ['general-ledger', '/reports/general-ledger', `${year}&account=3000:3999`, (r) => [r.debit - r.credit, r.closing]],
  ['voucher-journal', '/reports/trial-balance', year, () => [0]],
  [
    'party-balances',
    '/reports/party-balances',
    `kind=customer&${year}`,
    (r) => [r.totals.opening, r.totals.debit, r.totals.credit, r.totals.closing],
  ],
  ['open-items', '/open-items', 'kind=supplier', (r) => [r.totals.rest]],
  ['ageing', '/open-items/ageing', 'kind=customer', (r) => [r.totals.notDue, ...r.totals.pastDue, r.totals.total]],
]

describe('the same totals in every form', () => {
  test.each(REPORTS)('%s', async (name, path, query, totals) => {
    const expected = totals(await json(`${demo}${path}?${query}`))
    const workbook = workbookOf((await file(`${demo}/exports/${name}?${query}`)).bytes)
    const [sheet] = workbook.sheets
    const last = [...sheet!.rows.at(-1)!.values()].map((c) =>
      typeof c.value === 'number' ? Math.round(c.value * 100) : c.value,
    )
    for (const amount of expected) expect(last).toContain(amount)
    for (const row of sheet!.rows)
      for (const cell of row.values())
        if (cell.formula)
          expect([cell.formula, evaluated(sheet!, cell.formula)]).toEqual([
            cell.formula,
            Math.round(Number(cell.value) * 100),
          ])
    expect(sheet!.rows.at(-1)!.get('A')!.value).toBe('Sum')

    const machine = (await file(`${demo}/exports/${name}?${query}&format=csv-machine`)).bytes.toString()
    const sums = columnSums(machine)
    if (name !== 'trial-balance' || query.includes('department')) {
      const moved = name === 'general-ledger' ? [expected[0]!] : expected
      for (const amount of moved) expect([...sums.values()]).toContain(amount)
    }
    const nb = (await file(`${demo}/exports/${name}?${query}&format=csv`)).bytes.toString()
    expect(nb.charCodeAt(0)).toBe(0xfeff)
    expect(nb.split('\r\n').length).toBe(machine.split('\r\n').length)

    const text = (await pdfTexts((await file(`${demo}/exports/${name}?${query}&format=pdf`)).bytes)).join('\n')
    for (const amount of expected) expect(text).toContain(nbKroner(amount))
    expect(text).toContain('Grunnlag')
  })

  test('income statement and balance sheet: sums are formulas that come to the report’s own figures', async () => {
    for (const name of ['income-statement', 'balance-sheet']) {
      const report = await json(`${demo}/reports/${name}?period=2026`)
      const { sheets } = workbookOf((await file(`${demo}/exports/${name}?period=2026`)).bytes)
      let formulas = 0
      for (const row of sheets[0]!.rows)
        for (const cell of row.values())
          if (cell.formula) {
            formulas++
            expect([cell.formula, evaluated(sheets[0]!, cell.formula)]).toEqual([
              cell.formula,
              Math.round(Number(cell.value) * 100),
            ])
          }
      expect(formulas).toBeGreaterThan(30)
      for (const line of report.lines.filter((l: any) => l.total)) {
        const row = rowCalled(sheets[0]!.rows, line.nameNb)
        expect(Math.round(Number(row.get('C')!.value) * 100)).toBe(line.amounts[0])
      }
      const text = (await pdfTexts((await file(`${demo}/exports/${name}?period=2026&format=pdf`)).bytes)).join('\n')
      for (const line of report.lines.filter((l: any) => l.total)) expect(text).toContain(nbKroner(line.amounts[0]))
    }
  })
})

describe('a workbook', () => {
  test('holds real numbers and dates, a frozen head, and what proves it', async () => {
    const { bytes, headers } = await file(`${demo}/exports/general-ledger?${year}&account=1920`)
    expect(headers.get('content-disposition')).toContain(
      encodeURIComponent('Hovedbok Lofthus Snekkeri AS 01.01.2026–31.12.2026.xlsx'),
    )
    const { sheets, parts } = workbookOf(bytes)
    expect(sheets.map((s) => s.name)).toEqual(['Hovedbok', 'Grunnlag'])
    expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(
      /<pane ySplit="6" topLeftCell="A7" activePane="bottomLeft" state="frozen"\/>/,
    )
    expect(parts.get('xl/workbook.xml')).toContain('_xlnm.Print_Titles" localSheetId="0">\'Hovedbok\'!$6:$6<')
    const entry = sheets[0]!.rows.find((row) => row.get('A')?.value === '1920')!
    expect(typeof entry.get('B')!.value).toBe('number') // a day, as sheets count them
    expect(entry.get('B')!.value).toBeGreaterThan(46_000)
    const version = (await json(`${demo}/reports/trial-balance?${year}`)).atVersion
    expect(cellsOf(sheets[1]!.rows).map((r) => r.join(': ').replaceAll('\u00a0', ''))).toContain(
      `Hovedbokversjon: ${version}`,
    )
    expect(cellsOf(sheets[1]!.rows).flat()).toContainEqual(expect.stringMatching(/^[0-9a-f]{64}$/))
  })

  test('in English, in the words of English', async () => {
    const { sheets } = workbookOf((await file(`${demo}/exports/trial-balance?${year}`, 'en')).bytes)
    expect(sheets.map((s) => s.name)).toEqual(['Trial balance', 'Basis'])
    expect(cellsOf(sheets[0]!.rows)[3]).toEqual(['Account', 'Account name', 'Opening', 'Debit', 'Credit', 'Closing'])
  })

  test('the same bytes for the same question, but for when it was asked', async () => {
    const read = async () => workbookOf((await file(`${demo}/exports/accounts`)).bytes).parts
    const [a, b] = [await read(), await read()]
    const stamp = /\d\d\.\d\d\.\d{4} \d\d:\d\d/g
    for (const [name, text] of a) expect(text.replace(stamp, '')).toBe(b.get(name)!.replace(stamp, ''))
  })

  test('opens in LibreOffice with the same figures and no formula but ours', async (context) => {
    const office = ['soffice', 'libreoffice'].find((name) => isThere(name))
    if (!office) {
      console.warn('SKIPPED: LibreOffice is not installed; workbooks were read by our own reader only')
      return context.skip()
    }
    const folder = mkdtempSync(join(tmpdir(), 'hovedbok-office-'))
    try {
      writeFileSync(join(folder, 'tb.xlsx'), (await file(`${demo}/exports/trial-balance?${year}`)).bytes)
      execFileSync(office, ['--headless', '--convert-to', 'csv', '--outdir', folder, join(folder, 'tb.xlsx')], {
        timeout: 60_000,
      })
      const lines = readFileSync(join(folder, 'tb.csv'), 'utf8').trim().split('\n')
      expect(lines.at(-1)).toMatch(/^Sum,/)
      expect(lines.join()).not.toMatch(/#(VALUE|NAME|REF)|Err:/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 90_000)
})

describe('what somebody typed never runs', () => {
  const PAYLOADS = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x";"y")',
    '"=1"',
    '=1;=2',
    '-2+3+cmd',
    '@a',
    '_x0041_=1',
  ]
  test.each(['xlsx', 'csv', 'csv-machine', 'pdf'])('as %s', async (format) => {
    const company = await app.company({ fromYear: 2026, toYear: 2026 })
    for (const text of PAYLOADS) {
      const posted = await company.call('/vouchers', { body: { ...simpleDraft(), voucherDate: '2026-05-05', text } })
      expect(posted.status, posted.text).toBe(201)
    }
    const { bytes } = await file(`${company.path}/exports/voucher-journal?format=${format}`)
    if (format === 'xlsx') {
      const { sheets, parts } = workbookOf(bytes)
      const formulas = sheets[0]!.rows.flatMap((row) => [...row.values()].flatMap((c) => c.formula ?? []))
      expect(formulas).toHaveLength(1) // the total's own
      const texts = sheets[0]!.rows.map((row) => String(row.get('D')?.value ?? ''))
      for (const text of PAYLOADS.filter((t) => !t.includes('\t') && !t.includes('_x'))) expect(texts).toContain(text)
      expect(parts.get('xl/worksheets/sheet1.xml')).toContain('_x005F_x0041_=1')
    } else if (format === 'pdf') expect((await pdfTexts(bytes)).join()).toContain('=1+1')
    else {
      const separator = format === 'csv' ? ';' : ','
      for (const cell of cellsIn(bytes.toString().replace(/^\ufeff/, ''), separator))
        expect(/^[=+@\t＝＋－＠]/.test(cell) || /^-(?!\d+[.,]\d\d$)/.test(cell)).toBe(false)
    }
  })
})

test('a page of paper: pages counted, heads repeated, æøå and minus as letters', async () => {
  const pages = await pdfTexts((await file(`${demo}/exports/general-ledger?${year}&format=pdf`)).bytes)
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.every((text) => text.includes('Konto') && text.includes('Saldo'))).toBe(true)
  expect(pages[1]).toContain('Lofthus Snekkeri AS · Hovedbok · 01.01.2026–31.12.2026')
  expect(pages[1]).toContain('Side 2 av')
  expect(pages.join()).toContain('Råvarer')
  expect(pages.join()).toMatch(/−\d/)
  const { bytes } = await file(`${demo}/exports/general-ledger?${year}&account=1400&format=pdf`)
  expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7')
  // The subset of the font, not all of it: an account's page is small.
  expect(bytes.length).toBeLessThan(40_000)
})

test('a letter that Latin lacks is set in extended Latin, one that both lack as a question mark', async () => {
  const company = await app.company({ name: 'Čálliid Lágádus AS', fromYear: 2026, toYear: 2026 })
  const draft = { ...simpleDraft(), voucherDate: '2026-05-05', text: 'Sámi Ŋ đ 漢 – “x”' }
  expect((await company.call('/vouchers', { body: draft })).status).toBe(201)
  const [page] = await pdfTexts((await file(`${company.path}/exports/voucher-journal?format=pdf`)).bytes)
  expect(page).toContain('Čálliid Lágádus AS')
  expect(page).toContain('Sámi Ŋ đ ? – “x”')
})

test('bilag, kontoutdrag, lists and the year-end table go out too', async () => {
  const { vouchers } = await json(`${demo}/vouchers?limit=1`)
  const [page] = await pdfTexts((await file(`${demo}/exports/vouchers/${vouchers[0].id}`)).bytes)
  expect(page).toMatch(/Bilag [A-Z]+.\d{4}-\d+/)
  expect(page).toContain('Forrige hash')
  const statement = await json(`${demo}/parties/customer/10001/statement?${year}`)
  const [sheet] = workbookOf((await file(`${demo}/exports/parties/customer/10001/statement?${year}`)).bytes).sheets
  expect(Math.round(Number(sheet!.rows.at(-1)!.get('G')!.value) * 100)).toBe(statement.closing)
  const yearEnd = (await file(`${demo}/exports/year-end?${year}&format=csv-machine`)).bytes.toString()
  expect(yearEnd.split('\r\n')[0]).toBe('account,accountName,groupingCategory,groupingCode,opening,movement,closing')
  expect(yearEnd).toMatch(/^1500,Kundefordringer,balanseverdiForOmloepsmiddel,1500,/m)
  expect(columnSums(yearEnd).get('closing')).toBe(0)
  for (const kind of ['customer', 'supplier']) {
    const rows = (await file(`${demo}/exports/parties?kind=${kind}&format=csv-machine`)).bytes
      .toString()
      .trim()
      .split('\r\n')
    const { parties } = await json(`${demo}/parties?kind=${kind}&limit=5000`)
    expect(rows.length - 1).toBe(parties.length)
  }
  expect((await app.call(`${demo}/exports/trial-balance?format=docx`)).status).toBe(422)
  expect((await app.call(`${demo}/exports/vouchers/vch_x`)).status).toBe(404)
})

describe('a list goes out as it is narrowed and sorted, and says by what', () => {
  const read = async (path: string) => {
    const csv: string = (await file(`${demo}/exports/${path}&format=csv-machine`)).bytes.toString()
    const [head, ...rows] = csv
      .trim()
      .split('\r\n')
      .map((line) => cellsIn(line, ','))
    const [sheet] = workbookOf((await file(`${demo}/exports/${path}`)).bytes).sheets
    const column = (name: string) => rows.map((row) => row[head!.indexOf(name)]!)
    const filters = cellsOf(sheet!.rows.slice(0, 5)).flat().join(' ').replaceAll('\u00a0', ' ')
    return { column, filters }
  }

  test('vouchers', async () => {
    const query = 'account=1920&minAmount=100000&order=-amount'
    const { vouchers } = await json(`${demo}/vouchers?${query}&limit=5000`)
    const { vouchers: all } = await json(`${demo}/vouchers?limit=5000`)
    expect([vouchers.length > 1, vouchers.length < all.length]).toEqual([true, true])
    const { column, filters } = await read(`vouchers?${query}`)
    expect(column('voucherId')).toEqual(vouchers.map((v: any) => v.id))
    expect(column('amount').map((kroner) => Number(kroner.replace('.', '')))).toEqual(
      vouchers.map((v: any) => v.amount),
    )
    expect(filters).toContain('konto 1920, beløp fra 1 000,00')
    const party = column('party').findIndex((name) => name !== '')
    expect(column('party')[party]).toMatch(/^\d{5} \S/)
    const { filters: numbered } = await read('vouchers?series=IF&fiscalYear=2026&number=1')
    expect(numbered).toContain('«IF 2026-1»')
    expect((await app.call(`${demo}/exports/vouchers?order=colour`)).status).toBe(422)
  })

  test('open items, by party and age unless told', async () => {
    const plain = await read('open-items?kind=customer')
    const parties = plain.column('party')
    expect(parties).toEqual(parties.toSorted())
    expect(new Set(parties).size).toBeGreaterThan(1)
    const rests = (await read('open-items?kind=customer&order=-rest')).column('rest')
    expect(Math.max(...rests.map((rest) => Math.abs(Number(rest))))).toBe(Math.abs(Number(rests[0])))
    const late = (await json(`${demo}/open-items?kind=customer&overdue=true`)).items.at(-1).party
    const query = `kind=customer&party=${late}&overdue=true`
    const { items } = await json(`${demo}/open-items?${query}`)
    const { column, filters } = await read(`open-items?${query}`)
    expect(items.length).toBeGreaterThan(0)
    expect(column('rest').toSorted()).toEqual(items.map((i: any) => (i.rest / 100).toFixed(2)).toSorted())
    expect(new Set(column('party'))).toEqual(new Set([late]))
    expect(filters).toContain(`Part ${late}, Forfalte`)
    expect((await read(`ageing?kind=customer&party=${late}`)).filters).toContain(`Part ${late}`)
  })

  test('what is narrowed to one account or party says so', async () => {
    expect((await read('open-items?kind=customer&account=1501')).filters).toContain('Utvalg: Konto 1501')
    expect((await read(`party-balances?kind=customer&party=10001&${year}`)).filters).toContain('Utvalg: Part 10001')
    expect((await read(`general-ledger?account=3000:3999&${year}`)).filters).toContain('Utvalg: Konto 3000:3999')
    expect((await read(`general-ledger?line=sales&${year}`)).filters).toContain('Utvalg: Linje sales')
    expect((await read(`changes?since=900&account=1920&${year}`)).filters).toContain('Utvalg: Konto 1920')
  })

  test('the ageing of one party is held against its balance, of all against the control accounts', async () => {
    const proof = async (query: string) =>
      cellsOf(workbookOf((await file(`${demo}/exports/ageing?kind=customer${query}`)).bytes).sheets[1]!.rows).flat()
    expect(await proof('')).toContain('Sum åpne poster = samlekonti: stemmer')
    expect(await proof('&party=10001')).not.toContain('Sum åpne poster = samlekonti: stemmer')
    expect(await proof('&party=10001')).toContain('Sum åpne poster = utgående saldo: stemmer')
  })

  test('a general ledger is of the customer or the supplier of a number, as it is asked', async () => {
    const of = (kind: string) => app.call(`${demo}/exports/general-ledger?party=10001&partyKind=${kind}&${year}`)
    expect((await of('customer')).status).toBe(200)
    expect((await of('supplier')).json.issues[0].code).toBe('party/unknown')
  })

  test('a statement of many pages is of one ledger version: what is posted meanwhile is not in it', async () => {
    const company = await withParties(await app.company({ fromYear: 2026, toYear: 2026 }))
    const { book } = deskOf(company)
    for (const [i, amount] of [100, 200, 400].entries()) await book(`2026-01-1${i}`, '1500:10001', amount)
    const asking = {
      ...{ locale: 'nb' as const, company: { name: 'Prøve AS', organisationNumber: null }, by: 'Liv', address: '' },
      ...{ at: new Date().toISOString() as Instant, today: '2026-11-21' as IsoDate },
    }
    const who = { kind: 'customer', party: '10001' }
    const { pages } = await readPartyStatementTable(company.db, asking, {}, who, 2)
    const amounts: unknown[] = []
    for await (const rows of pages) {
      amounts.push(...rows.map(({ cells }) => cells[5]))
      if (amounts.length === 3) await book('2026-02-01', '1500:10001', 800)
    }
    expect(amounts).toEqual([null, 100, 200, 400, 700])
  })

  test('open items are sorted as asked over all pages, and where they are too many, the head says that they are not', async () => {
    const db = databaseOf(app.env, demo.split('/').at(-1)!)
    const at = new Date().toISOString() as Instant
    const today = '2026-11-21' as IsoDate
    const company = { name: 'Lofthus', organisationNumber: null }
    const asking = { locale: 'nb' as const, company, by: 'Liv', at, today, address: '' }
    const page = (cursor?: string) => listOpenItems(db, { kind: 'customer', cursor, limit: 3 }, today)
    const { items } = await listOpenItems(db, { kind: 'customer', limit: 5_000 }, today)
    expect(items.length).toBeGreaterThan(6)
    const shown = async (most?: number) => {
      const query = { kind: 'customer', order: '-rest' } as const
      const { head, pages } = openItemsTable(asking, await page(), page, query, most)
      const rests: unknown[] = []
      for await (const rows of pages) rests.push(...rows.filter(({ kind }) => !kind).map(({ cells }) => cells[13]))
      return { rests, head: head.flat().join(' ') }
    }
    const sorted = await shown()
    expect(sorted.rests).toEqual(inOrder(items, '-rest').map(({ rest }) => rest))
    expect(sorted.head).not.toContain('Rekkefølge')
    const many = {
      ...(await page()),
      items: Array(12_000).fill(items[0]),
      totals: { count: 12_000, rest: 0 },
      cursor: null,
    }
    const sizes: number[] = []
    for await (const rows of openItemsTable(asking, many, page, { order: '-rest' }).pages) sizes.push(rows.length)
    expect(sizes).toEqual([5_000, 5_000, 2_000, 1])
    const unsorted = await shown(items.length - 1)
    expect(unsorted.rests).toEqual(items.map(({ rest }) => rest))
    expect(unsorted.head).toContain(`Rekkefølge slik de ble bokført; flere enn ${items.length - 1} sorteres ikke`)
  })

  test('accounts and parties', async () => {
    const accounts = await read('accounts?text=bank&used=true')
    expect(accounts.column('number')).toContain('1920')
    for (const name of accounts.column('nameNb')) expect(name.toLowerCase()).toContain('bank')
    expect(accounts.filters).toContain('«bank», Bare i bruk')
    const { parties } = await json(`${demo}/parties?kind=customer&limit=5000`)
    const found = await read(`parties?kind=customer&q=${parties[1].number}`)
    expect(found.column('number')).toEqual([parties[1].number])
    expect(found.filters).toContain(`«${parties[1].number}»`)
  })
})

describe('the address to check a file by', () => {
  const addressIn = async (path: string) => {
    const { sheets } = workbookOf((await file(`${demo}/exports/${path}`)).bytes)
    return cellsOf(sheets[1]!.rows).find(([label]) => label === 'Kontroller selv')?.[1] as string | undefined
  }

  test.each([
    ...['trial-balance', 'general-ledger', 'voucher-journal', 'year-end', 'key-figures'].map(
      (name) => `${name}?${year}`,
    ),
    ...['income-statement?period=2026', 'balance-sheet?period=2026', `explanation?line=annual-result&${year}`],
    ...['liquidity?weeks=8', 'changes?since=900', 'vat-specification?term=2026-T2'],
    ...[`party-balances?kind=customer&${year}`, 'ageing?kind=customer', `parties/customer/10001/statement?${year}`],
    ...['open-items?kind=customer&order=-rest', 'open-items?kind=customer&overdue=true&asAtDate=2026-06-30'],
  ])('%s: gives the figures at the version of the file', async (path) => {
    const address = (await addressIn(`${path}&language=nb`))!
    const { status, json: read, text } = await app.call(address)
    expect([status, read.atVersion], text).toEqual([200, Number(/atVersion=(\d+)$/.exec(address)![1])])
    expect(address).not.toMatch(/language=|order=/)
  })

  test('names the day of an ageing, and is left out where another day would give others', async () => {
    const day = await addressIn('ageing?kind=customer')
    expect(day).toMatch(/ageing\?kind=customer&asAtDate=\d{4}-\d\d-\d\d&atVersion=/)
    expect(await addressIn('ageing?kind=customer&asAtDate=2026-06-30')).toContain('asAtDate=2026-06-30&')
    expect(await addressIn('open-items?kind=customer&overdue=true')).toBeUndefined()
  })

  test.each([
    ...['trial-balance?department=10', 'general-ledger?account=1920', 'voucher-journal?', 'year-end?'],
    ...['party-balances?kind=customer', 'parties/customer/10001/statement?'],
  ])('%s: names the days of the figures, which another year would be others', async (path) => {
    const address = (await addressIn(path))!
    const { status, json: read } = await app.call(address)
    expect([status, read.fromDate]).toEqual([200, '2026-01-01'])
    expect(address).toContain(`fromDate=${read.fromDate}&toDate=${read.toDate}`)
    expect(address).toContain(path.split('?')[1])
  })

  test('is not told where no route gives what stood there', async () => {
    const { vouchers } = await json(`${demo}/vouchers?limit=1`)
    for (const path of [
      ...[
        'accounts?used=true',
        'parties?kind=supplier&q=a',
        'vouchers?account=1920',
        `vouchers/${vouchers[0].id}?format=xlsx`,
      ],
      ...['dimensions/project?', 'comparison?', 'verifications?', 'old-ledger?'],
    ])
      expect([path, await addressIn(path)]).toEqual([path, undefined])
  })
})

/** Sums of the columns of amounts, in øre, by column. */
function columnSums(csv: string): Map<string, number> {
  const [head, ...rows] = csv
    .trim()
    .split('\r\n')
    .map((line) => cellsIn(line, ','))
  const amounts = (i: number) => rows.map((row) => row[i] ?? '').filter((c) => c !== '')
  return new Map(
    head!.flatMap((name, i) =>
      amounts(i).length > 0 && amounts(i).every((c) => /^-?\d+\.\d\d$/.test(c))
        ? [[name, amounts(i).reduce((sum, c) => sum + Number(c.replace('.', '')), 0)] as const]
        : [],
    ),
  )
}

const cellsIn = (csv: string, separator: string): string[] =>
  [...csv.matchAll(new RegExp(`(?:^|${separator}|\\r\\n)(?:"((?:[^"]|"")*)"|([^${separator}"\\r]*))`, 'g'))].map((m) =>
    (m[1] ?? m[2] ?? '').replaceAll('""', '"'),
  )
const nbKroner = (ore: number): string => {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return `${ore < 0 ? '−' : ''}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ' ')},${digits.slice(-2)}`
}
function isThere(name: string): boolean {
  try {
    execFileSync('which', [name], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
