import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { kroner } from '#i18n/format.ts'
import { testApp } from '#tests/support/app.ts'
import { demoCompany } from '#tests/support/demo-company.ts'
import { pdfTexts } from '#tests/support/pdf.ts'
import { evaluated, workbookOf } from '#tests/support/sheet.ts'

const app = testApp()
let demo: string
let budget: { id: string; name: string }

beforeAll(async () => {
  demo = await demoCompany(app)
  budget = (await app.call(`${demo}/budgets`)).json.budgets[0]
})

const file = app.bytes
const year = 'fromDate=2026-01-01&toDate=2026-12-31'
/** Each report as a file, what it is asked, and figures of its JSON that every form must have, in øre. */
const REPORTS: [name: string, query: string, figures: (report: any) => number[]][] = [
  ['key-figures', year, (r) => r.figures.slice(0, 3).flatMap((f: any) => [f.above, f.below])],
  ['liquidity', 'toDate=2026-10-01&weeks=8', (r) => [r.cash, r.spans.at(-1).balance]],
  ['changes', `since=900&${year}`, (r) => [r.vouchers[0].amount, r.accounts[0].change]],
  ['explanation', `line=annual-result&${year}`, (r) => [r.from, r.to, r.steps[0].amount]],
  ['vat-specification', 'term=2026-T2', (r) => [r.groups[0].lines[0].base, r.accounts[0].booked, r.toPay * 100]],
]

describe('reports made of others go out in every form', () => {
  test.each(REPORTS)('%s', async (name, query, figures) => {
    const report = (await app.call(`${demo}/reports/${name}?${query}`)).json
    const expected = figures(report).filter((n) => n !== 0)
    expect(expected.length).toBeGreaterThan(0)
    const [sheet] = workbookOf(await file(`${demo}/exports/${name}?${query}`)).sheets
    const cells = sheet!.rows.flatMap((row) => [...row.values()])
    const numbers = cells.flatMap(({ value }) => (typeof value === 'number' ? [Math.round(value * 100)] : []))
    for (const amount of expected) expect(numbers).toContain(amount)
    for (const { formula, value } of cells)
      if (formula) expect([formula, evaluated(sheet!, formula)]).toEqual([formula, Math.round(Number(value) * 100)])
    const text = (await pdfTexts(await file(`${demo}/exports/${name}?${query}&format=pdf`)))
      .join('\n')
      .replace(/[^\S\n]/g, ' ')
    for (const amount of expected) expect(text).toContain(kroner(amount, 'nb').replace(/\s/g, ' '))
    const machine = (await file(`${demo}/exports/${name}?${query}&format=csv-machine`)).toString().split('\r\n')
    expect(machine.length).toBeGreaterThan(5)
  })

  test('a budget by account and month, on paper too', async () => {
    const { json } = await app.call(`${demo}/budgets/${budget.id}/lines`)
    const first = json.lines.find((line: any) => line.amounts[0])
    const [sheet] = workbookOf(await file(`${demo}/exports/budgets/${budget.id}`)).sheets
    const row = sheet!.rows.find((r) => r.get('A')?.value === first.account)!
    expect(Math.abs(Math.round(Number(row.get('D')!.value) * 100))).toBe(Math.abs(first.amounts[0]))
    const text = (await pdfTexts(await file(`${demo}/exports/budgets/${budget.id}?format=pdf`))).join('\n')
    expect(text).toContain(budget.name)
    await expect(file(`${demo}/exports/budgets/bud_00000000000000000000000000`)).rejects.toThrow('budget/unknown')
  })

  test('what cannot be answered is refused with its code, never given as an empty file', async () => {
    for (const [path, code] of [
      ['vat-specification?term=2026-T9', 'vat-term/unknown'],
      ['changes?since=999999', 'ledger-version/unknown'],
      ['changes?since=20&atVersion=10', 'report/versions-reversed'],
      ['key-figures?fromDate=2026-12-31&toDate=2026-01-01', 'period/reversed'],
      ['key-figures?fromDate=1999-01-01&toDate=1999-12-31', 'fiscal-year/missing'],
      ['explanation?line=no-such-line', 'report-layout/line-unknown'],
      ['explanation?line=annual-result&department=99', 'dimension/unknown'],
    ] as const) {
      const { status, text } = await app.call(`${demo}/exports/${path}`)
      expect([path, status, text.includes(code)]).toEqual([path, 422, true])
    }
  })
})

function png(colour: number, pixel: number[]): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(data.length)
    head.write(name, 4)
    return Buffer.concat([head, data, Buffer.alloc(4)])
  }
  const about = Buffer.alloc(13)
  about.writeUInt32BE(4, 0)
  about.writeUInt32BE(2, 4)
  about.set([8, colour, 0, 0, 0], 8)
  // The second row says only what it differs from the first by.
  const rows = Buffer.from([0, ...pixel, ...pixel, ...pixel, ...pixel, 2, ...Array(pixel.length * 4).fill(0)])
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([mark, chunk('IHDR', about), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

test('the company’s logo stands on the first page, transparent or not; a damaged one is left out', async () => {
  const cases = [
    [png(2, [200, 30, 40]), /\/Subtype\/Image\/Width 4\/Height 2\/ColorSpace\/DeviceRGB/],
    [png(6, [200, 30, 40, 128]), /\/SMask \d+ 0 R/],
    [
      Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 3, 0, 5, 1, 1, 0x11, 0, 0xff, 0xd9]),
      /Width 5\/Height 3.*DCTDecode/,
    ],
  ] as const
  for (const [raw, written] of cases) {
    const put = await app.call(`${demo}/profile/logo`, { method: 'PUT', raw: new Uint8Array(raw), headers: {} })
    expect(put.status).toBe(200)
    const pdf = (await file(`${demo}/exports/trial-balance?${year}&format=pdf`)).toString('latin1')
    expect(pdf).toMatch(written)
    expect(pdf).toMatch(/\/Logo \d+ 0 R/)
  }
  const damaged = png(6, [1, 2, 3, 4]).subarray(0, 50)
  expect((await app.call(`${demo}/profile/logo`, { method: 'PUT', raw: new Uint8Array(damaged) })).status).toBe(200)
  expect((await file(`${demo}/exports/trial-balance?${year}&format=pdf`)).toString('latin1')).not.toContain('/Logo')
})
