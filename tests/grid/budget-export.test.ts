import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { BudgetDesk } from '#web/islands/budget/budget-desk.ts'
import { takePasted } from '#web/islands/budget/take-pasted.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { readBudgetTable } from '#worker/sheets/paste-budget.ts'
import { cellsOf } from '#worker/sheets/paste-text.ts'

const app = testApp()
const year = new Date().getFullYear()

test('a budget is made by form, taken out as CSV, and pasted back without a change; two are compared', async () => {
  const company = await app.company()
  for (const code of ['10', '20'])
    await company.call('/dimensions/department/values', { body: { code, name: `Avdeling ${code}` } })
  const browser = await memberOf(app, company.id, 'administrator')
  const made = await browser.post(`/companies/${company.id}/budgets`, { year: String(year), name: 'Plan' })
  expect(made.status).toBe(303)
  const id = made.location!.split('/').at(-1)!
  const path = `/budgets/${id}`
  const month = (n: number) => `${year}-${String(n).padStart(2, '0')}`
  await company.call(`${path}/lines`, {
    body: {
      lines: [
        {
          account: '3000',
          dimensions: { department: '10' },
          cells: [{ month: month(1), amount: -10_000_001, was: null }],
        },
        { account: '3000', dimensions: { department: '20' }, cells: [{ month: month(12), amount: -5, was: null }] },
        {
          account: '6300',
          cells: [
            { month: month(2), amount: 0, was: null },
            { month: month(3), amount: -123_456, was: null },
          ],
          spread: { value: 'even', was: '' },
          comment: { value: '=1+1; "sitat"', was: '' },
        },
        { account: '9876', cells: [{ month: month(6), amount: 7, was: null }] },
      ],
    },
  })
  for (const language of ['nb', 'en']) {
    const { html: csv, headers } = await browser.get(
      `/companies/${company.id}/budgets/${id}/rows.csv?language=${language}`,
    )
    expect(headers.get('content-type')).toContain('text/csv')
    const { budget, lines } = (await company.call(`${path}/lines`)).json
    const books = booksOf((await company.call('/books')).json)
    const facts = {
      months: budget.months,
      books,
      actuals: new Map(),
      seasons: [],
      locale: 'nb',
      sign: 'natural',
    } as const
    const desk = new BudgetDesk({
      facts,
      lines,
      revision: budget.revision,
      writable: true,
      send: async () => ({ kind: 'lost' }),
      fetchLines: async () => undefined,
      changed: () => {},
    })
    // As a spreadsheet would put it on the clipboard.
    const cells = cellsOf(language === 'nb' ? csv : csv.replaceAll(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, ';'))
    const pasted = readBudgetTable(cells, facts)!
    expect([language, pasted.lines.length]).toEqual([language, 4])
    desk.replace(takePasted(desk.rows, pasted.lines, pasted.recognised.sign, facts, desk.newId, true))
    expect(desk.isUnsaved).toBe(false)
  }
  const copied = await browser.post(`/companies/${company.id}/budgets`, {
    year: String(year),
    name: 'Høyere',
    from: `budget:${id}`,
    change: '10',
  })
  const other = copied.location!.split('/').at(-1)!
  const compared = textOf((await browser.get(`/companies/${company.id}/budgets/${other}/comparison?with=${id}`)).html)
  expect(compared).toContain('Høyere mot Plan')
  expect(compared).toContain('110 000')
  const wrong = await browser.post(`/companies/${company.id}/budgets`, { year: String(year), name: 'X', change: 'ti' })
  expect(wrong.status).toBe(422)
  const page = textOf((await browser.get(`/companies/${company.id}/budgets/${other}`)).html)
  expect(page).toContain('Utkast')
  await browser.post(`/companies/${company.id}/budgets/${other}`, { state: 'approved' })
  expect(textOf((await browser.get(`/companies/${company.id}/budgets/${other}`)).html)).toContain(
    'Budsjettet er vedtatt og kan bare leses.',
  )
  const reader = await memberOf(app, company.id, 'reader')
  expect((await reader.post(`/companies/${company.id}/budgets/${other}`, { state: 'draft' })).status).toBe(403)
})
