import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { cellsIn, machineTable } from '#tests/support/csv.ts'
import { demoCompany } from '#tests/support/demo-company.ts'
import { pdfTexts } from '#tests/support/pdf.ts'
import { type Cell, cellsOf, evaluated, workbookOf } from '#tests/support/sheet.ts'

const app = testApp()
let demo: string

beforeAll(async () => {
  demo = await demoCompany(app)
})

const { file } = app
const json = async (path: string) => (await app.call(path)).json
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

/** Sums of the columns of amounts, in øre, by column. */
function columnSums(csv: string): Map<string, number> {
  const { head, rows } = machineTable(csv)
  const amounts = (i: number) => rows.map((row) => row[i] ?? '').filter((c) => c !== '')
  return new Map(
    head.flatMap((name, i) =>
      amounts(i).length > 0 && amounts(i).every((c) => /^-?\d+\.\d\d$/.test(c))
        ? [[name, amounts(i).reduce((sum, c) => sum + Number(c.replace('.', '')), 0)] as const]
        : [],
    ),
  )
}

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
