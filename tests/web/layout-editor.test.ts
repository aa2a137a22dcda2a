import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { memberOf } from '#tests/support/visitor.ts'
import { actIn, afterAct, linesOf, rowsOf } from '#web/reports/layout-rows.ts'
import { STANDARD_LAYOUTS } from '#worker/reports/standard-layouts.ts'

const app = testApp()

test('a layout is the same after it was rows', () => {
  for (const { lines } of STANDARD_LAYOUTS)
    expect(linesOf(rowsOf(lines))).toEqual({ lines: lines.map((line) => ({ ...line })) })
})

test('sums follow their lines when rows are moved, taken away or put in', () => {
  const rows = rowsOf([
    { key: 'a', nameNb: 'A', nameEn: 'A', side: 'credit', accounts: ['3000:3999'] },
    { key: 'b', nameNb: 'B', nameEn: 'B', side: 'debit', accounts: ['4000:4999'] },
    { key: 'c', nameNb: 'C', nameEn: 'C', side: 'credit', sum: ['a', 'b'] },
  ])
  const content = (act: string) =>
    afterAct(rows, actIn(act)!, 'credit').map((row) => `${row.key} ${row.content}`.trim())
  expect(content('up:2')).toEqual(['a 3000:3999', 'c 1 + 3', 'b 4000:4999'])
  expect(content('down:0')).toEqual(['b 4000:4999', 'a 3000:3999', 'c 2 + 1'])
  expect(content('add:0')).toEqual(['a 3000:3999', 'line-4', 'b 4000:4999', 'c 1 + 3'])
  expect(content('remove:1')).toEqual(['a 3000:3999', 'c 1'])
  const range = [...rows.slice(0, 2), { ...rows[2]!, content: '1–2' }]
  expect(linesOf(range)).toMatchObject({ lines: [{}, {}, { sum: ['a', 'b'] }] })
  expect(linesOf([...rows.slice(0, 2), { ...rows[2]!, content: '1 + 9' }])).toEqual({ unreadable: 3 })
  expect(actIn('save')).toBeUndefined()
})

test('a layout of one’s own is edited row by row with figures beside, and kept when it is sound', async () => {
  const company = await app.company()
  const browser = await memberOf(app, company.id, 'accountant')
  const path = `/companies/${company.id}/reports/layouts`
  const form = (html: string): Record<string, string> => {
    const fields = Object.fromEntries(
      [...html.matchAll(/<input [^>]*name="([a-z]+\d+|from|version)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]),
    )
    for (const [, name, options] of html.matchAll(/<select [^>]*name="([a-z]\d+)"[^>]*>(.*?)<\/select>/gs))
      fields[name!] = /value="([^"]*)" selected/.exec(options!)![1]!
    return fields
  }
  const first = await browser.get(`${path}/new?from=income-statement`)
  const start = form(first.html)
  const added = await browser.post(`${path}/new`, { ...start, nameNb: 'Vår rapport', do: 'add:0' })
  expect(added.status).toBe(200)
  expect(added.html).toContain('value="Vår rapport"')
  const fields: Record<string, string> = { ...form(added.html), nameNb: 'Vår rapport' }
  expect(fields.k1).toMatch(/^line-/)

  const unnamed = await browser.post(`${path}/new`, { ...fields, do: 'save' })
  expect(unnamed.html).toContain('Linje 2 kan ikke leses.')

  const twice = await browser.post(`${path}/new`, { ...fields, n1: 'Dobbelt', t1: 'sum', c1: '99', do: 'show' })
  expect(twice.html).toContain('Oppsettet kan ikke lagres slik det står')

  const saved = await browser.post(`${path}/new`, { ...fields, n1: 'Overskrift', t1: 'heading', do: 'save' })
  expect(saved.status).toBe(303)
  const id = saved.headers.get('location')!.split('/').at(-1)!
  const { html } = await browser.get(`${path}/${id}`)
  expect(html).toContain('value="Overskrift"')
  const report = await company.call(`/reports/income-statement?layout=${id}&includeZero=true`)
  expect(report.json.lines.map((line: any) => line.nameNb)).toContain('Overskrift')
})
