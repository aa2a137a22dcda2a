import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()
const jan = `${year}-01`
const feb = `${year}-02`
type Company = Awaited<ReturnType<typeof company>>

async function withBudget(name = 'Budsjett') {
  const c = await company()
  const made = await c.call('/budgets', { body: { year, name } })
  expect(made.status).toBe(201)
  const id: string = made.json.id
  return { c, id, path: `/budgets/${id}`, made: made.json }
}
const cell = (account: string, month: string, amount: number | null, was: number | null = null, more: object = {}) => ({
  account,
  cells: [{ month, amount, was }],
  ...more,
})
const save = (c: Company, path: string, lines: object[], more: object = {}) =>
  c.call(`${path}/lines`, { body: { lines, ...more } })
const issuesOf = (answer: { json: any }) => answer.json.issues.map((i: any) => `${i.code} ${i.pointer}`)

describe('versions of a budget', () => {
  test('the first of a year is the main one, until another is made so', async () => {
    const { c, id, made } = await withBudget('Nøktern')
    expect(made).toMatchObject({ year, name: 'Nøktern', state: 'draft', main: true, revision: 0, version: 1 })
    expect(made.months).toHaveLength(12)
    const other = await c.call('/budgets', { body: { year, name: 'Offensiv', note: 'Ny butikk' } })
    expect(other.json.main).toBe(false)
    const patched = await c.call(`/budgets/${other.json.id}`, { method: 'PATCH', body: { main: true } })
    expect([patched.status, patched.json.main]).toEqual([200, true])
    const { budgets } = (await c.call('/budgets')).json
    expect(budgets.map((b: any) => [b.name, b.main])).toEqual([
      ['Offensiv', true],
      ['Nøktern', false],
    ])
    expect((await c.call(`/budgets/${other.json.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await c.call(`/budgets/${id}`)).json.main).toBe(true)
  })

  test('an approved one is taken back to draft; a locked one only by an administrator', async () => {
    const { c, path } = await withBudget()
    const key = await c.key('accountant')
    const state = (state: string, key?: string) =>
      c.call(path, { method: 'PATCH', body: { state }, ...(key && { key }) })
    await save(c, path, [cell('3000', jan, -100)])
    await state('approved', key)
    const refused = await save(c, path, [cell('3000', jan, -200, -100)])
    expect([refused.status, refused.json.code]).toEqual([422, 'budget/not-draft'])
    expect(refused.json.title).toBe(
      'Budsjettet Budsjett er vedtatt. Ta det tilbake til utkast for å endre det, eller kopier det til et nytt.',
    )
    expect((await c.call(path, { method: 'DELETE' })).json.code).toBe('budget/not-draft')
    expect((await state('draft', key)).status).toBe(200)
    expect((await save(c, path, [cell('3000', jan, -200, -100)])).json.saved).toBe(true)
    await state('locked', key)
    expect((await state('draft', key)).json.code).toBe('permission/missing')
    expect((await state('draft')).status).toBe(200)
  })

  test('what is wrong with a version is told', async () => {
    const { c, path } = await withBudget()
    const refusals = [
      await c.call('/budgets', { body: { year, name: 'Budsjett' } }),
      await c.call('/budgets', { body: { year: 1950, name: 'Gammelt' } }),
      await c.call('/budgets', { body: { year, name: ' ' } }),
      await c.call('/budgets/bud_none'),
      await c.call('/budgets/bud_none/lines'),
      await c.call('/budgets/bud_none', { method: 'DELETE' }),
      await c.call(path, { method: 'PATCH', body: { name: 'X' }, headers: { 'if-match': '"7"' } }),
      await save(c, '/budgets/bud_none', [cell('3000', jan, 1)]),
    ]
    expect(refusals.map((r) => `${r.status} ${r.json.code}`)).toEqual([
      '422 budget/name-taken',
      '404 fiscal-year/unknown',
      '422 request/invalid',
      '404 budget/unknown',
      '404 budget/unknown',
      '404 budget/unknown',
      '409 version/stale',
      '404 budget/unknown',
    ])
  })
})

describe('changed cells', () => {
  test('only what is changed is sent; the answer is the difference', async () => {
    const { c, path } = await withBudget()
    const first = await save(c, path, [
      cell('3000', jan, -100_000),
      cell('6300', jan, 25_000, null, {
        dimensions: { department: null, project: '' },
        comment: { value: 'Ny leie', was: '' },
      }),
    ])
    expect(first.json).toMatchObject({ saved: true, revision: 1, unchanged: 0, conflicts: [], issues: [] })
    expect(first.json.differences.map((d: any) => [d.account, d.field, d.before, d.after])).toEqual([
      ['3000', jan, null, -100_000],
      ['6300', jan, null, 25_000],
      ['6300', 'comment', '', 'Ny leie'],
    ])
    const again = await save(c, path, [cell('3000', jan, -100_000)])
    expect(again.json).toMatchObject({ saved: false, revision: 1, unchanged: 1, differences: [], conflicts: [] })
    const { lines } = (await c.call(`${path}/lines`)).json
    expect(lines.map((l: any) => [l.account, l.dimensions, l.comment, l.amounts.slice(0, 2)])).toEqual([
      ['3000', {}, '', [-100_000, null]],
      ['6300', {}, 'Ny leie', [25_000, null]],
    ])
    expect((await c.call('/events')).json.events.at(-1)).toMatchObject({
      type: 'budget.saved',
      touched: [
        { account: '3000', period: jan },
        { account: '6300', period: jan },
      ],
      changes: { [`3000 ${jan}`]: [null, -100_000] },
    })
  })

  test('a cell that somebody else changed is kept and told with both values; the rest is saved', async () => {
    const { c, path } = await withBudget()
    await save(c, path, [cell('3000', jan, -100), cell('3000', feb, -200)])
    const key = await c.key('accountant')
    await c.call(`${path}/lines`, { key, body: { lines: [cell('3000', jan, -150, -100)] } })
    const mine = await save(c, path, [
      {
        rowKey: 'r9',
        account: '3000',
        cells: [
          { month: jan, amount: -175, was: -100 },
          { month: feb, amount: -250, was: -200 },
        ],
      },
    ])
    expect(mine.json.saved).toBe(true)
    expect(mine.json.conflicts).toEqual([
      {
        line: 0,
        rowKey: 'r9',
        account: '3000',
        dimensions: {},
        field: jan,
        was: -100,
        yours: -175,
        theirs: -150,
        by: expect.any(String),
        byName: 'accountant',
        at: expect.any(String),
      },
    ])
    const amounts = (await c.call(`${path}/lines`)).json.lines[0].amounts
    expect(amounts.slice(0, 2)).toEqual([-150, -250])
  })

  test('six who save at once lose nothing', async () => {
    const { c, path } = await withBudget()
    const saves = await Promise.all(
      Array.from({ length: 6 }, (_, i) => save(c, path, [cell(String(6000 + i), jan, i), cell('7000', jan, i)])),
    )
    expect(saves.map((s) => s.status)).toEqual(Array(6).fill(200))
    const { lines } = (await c.call(`${path}/lines`)).json
    expect(lines).toHaveLength(7)
    const shared = saves.flatMap((s) => s.json.conflicts)
    expect(shared).toHaveLength(5)
  })

  test('unknown accounts and values are kept and marked', async () => {
    const { c, path } = await withBudget()
    const answer = await save(c, path, [
      cell('9876', jan, 5, null, { dimensions: { department: '77', vessel: 'x' } }),
      cell('3000', jan, 5),
    ])
    expect(answer.json.saved).toBe(true)
    const marks = [
      'account/unknown #/lines/0/account',
      'dimension/unknown #/lines/0/dimensions/department',
      'dimension/unknown #/lines/0/dimensions/vessel',
    ]
    expect(issuesOf(answer)).toEqual(marks)
    const read = (await c.call(`${path}/lines`)).json
    expect(read.lines.map((l: any) => l.account)).toEqual(['3000', '9876'])
    expect(read.issues.map((i: any) => i.pointer)).toEqual(marks.map((m) => m.split(' ')[1]!.replace('/0/', '/1/')))
  })

  test('an emptied line goes, and a dry run changes nothing', async () => {
    const { c, path } = await withBudget()
    await save(c, path, [cell('3000', jan, -100)])
    const dry = await save(c, path, [cell('3000', jan, null, -100)], { dryRun: true })
    expect(dry.json).toMatchObject({ saved: false, revision: 1 })
    expect(dry.json.differences).toHaveLength(1)
    expect((await c.call(`${path}/lines`)).json.lines).toHaveLength(1)
    await save(c, path, [cell('3000', jan, null, -100)])
    expect((await c.call(`${path}/lines`)).json.lines).toEqual([])
  })

  test('what cannot be a cell is refused whole', async () => {
    const { c, path } = await withBudget()
    const refused = await save(c, path, [cell('3000', '2001-01', 5), cell('3010', jan, 1), cell('3010', jan, 2)])
    expect(refused.status).toBe(422)
    expect(issuesOf(refused)).toEqual([
      'budget/month-outside-year #/lines/0/cells/0/month',
      'budget/line-twice #/lines/2/cells/0/month',
    ])
    expect(issuesOf(await save(c, path, [cell('3000', jan, 1.5)]))).toEqual([
      'amount/not-whole-ore #/lines/0/cells/0/amount',
    ])
    const huge = await save(c, path, [cell('3000', jan, 8e15), cell('3000', feb, 8e15)])
    expect([huge.status, huge.json.code]).toEqual([422, 'amount/too-large'])
    expect((await c.call(`${path}/lines`)).json.lines).toEqual([])
  })
})

describe('rows in and out', () => {
  test('taking out and bringing back changes nothing, in any sign', async () => {
    const { c, path } = await withBudget()
    await save(c, path, [
      cell('3000', jan, -100_001),
      cell('6300', feb, 0, null, { dimensions: { department: '10' }, spread: { value: 'even', was: '' } }),
      cell('9876', jan, 7, null, { comment: { value: '=1+1', was: '' } }),
    ])
    for (const sign of ['natural', 'debit', 'result']) {
      const out = (await c.call(`${path}/rows?sign=${sign}`)).json
      const back = await c.call(`${path}/rows`, { body: { rows: out.rows, sign, missing: 'clear' } })
      expect(back.json).toMatchObject({
        saved: false,
        differences: [],
        conflicts: [],
        rows: Array(3).fill('unchanged'),
      })
    }
    const natural = (await c.call(`${path}/rows?sign=natural`)).json.rows
    expect(natural[0].amounts[jan]).toBe(100_001)
  })

  test('each row is told; a sum is spread; a printed total that differs is told and the months count', async () => {
    const { c, path } = await withBudget()
    await save(c, path, [cell('3000', jan, -100)])
    const rows = [
      { account: '3000', amounts: { [jan]: 100 } },
      { account: '6300', total: 1_000, spread: 'even' },
      { account: '6800', amounts: { [jan]: 10, [feb]: 20 }, total: 31 },
      { account: '9876', amounts: { [jan]: 1 } },
    ]
    const dry = await c.call(`${path}/rows`, {
      body: { rows: [...rows, { account: '3000', amounts: { [jan]: 5 } }], dryRun: true },
    })
    expect(dry.json).toMatchObject({ saved: false, rows: ['unchanged', 'new', 'new', 'new', 'refused'] })
    expect(issuesOf(dry)).toEqual([
      'budget/total-differs #/rows/2/total',
      'account/unknown #/rows/3/account',
      'budget/line-twice #/rows/4/account',
    ])
    const saved = await c.call(`${path}/rows`, { body: { rows } })
    expect(saved.json).toMatchObject({ saved: true, rows: ['unchanged', 'new', 'new', 'new'], conflicts: [] })
    const lines = (await c.call(`${path}/lines`)).json.lines
    expect(lines.find((l: any) => l.account === '6300').amounts).toEqual([...Array(11).fill(83), 87])
    const replaced = await c.call(`${path}/rows`, { body: { rows: rows.slice(0, 1), missing: 'clear' } })
    expect(replaced.json).toMatchObject({ saved: true, cleared: 3 })
    expect((await c.call(`${path}/lines`)).json.lines).toHaveLength(1)
  })

  test('too much at once is refused', async () => {
    const { c, path } = await withBudget()
    const many = Array.from({ length: 10_001 }, (_, i) => ({ account: String(i + 1), amounts: { [jan]: 1 } }))
    const refused = await c.call(`${path}/rows`, { body: { rows: many } })
    expect([refused.status, refused.json.code]).toEqual([413, 'request/too-large'])
  })
})

describe('copies', () => {
  test('from actual figures with a percentage, parted by department', async () => {
    const c = await company()
    await c.call('/dimensions/department/values', { body: { code: '10', name: 'Verksted' } })
    const post = (voucherDate: string, amount: number, dimensions: object = {}) =>
      c.call('/vouchers', {
        body: simpleDraft({
          voucherDate,
          lines: [
            { rowKey: 'a', account: '6800', amount, dimensions },
            { rowKey: 'b', account: '1920', amount: -amount },
          ],
        }),
      })
    await post(`${year}-01-10`, 10_001, { department: '10' })
    await post(`${year}-01-20`, 5_000)
    const next = (await c.call('/budgets', { body: { year: year + 1, name: 'Neste' } })).json
    const path = `/budgets/${next.id}`
    const copied = await c.call(`${path}/copies`, { body: { from: { actuals: year, by: 'department' }, change: 500 } })
    expect([copied.status, copied.json.rows]).toEqual([200, ['new', 'new']])
    const lines = (await c.call(`${path}/lines`)).json.lines
    expect(lines.map((l: any) => [l.account, l.dimensions, l.amounts[0]])).toEqual([
      ['6800', {}, 5_250],
      ['6800', { department: '10' }, 10_501],
    ])
    const actuals = (await c.call(`${path}/actuals?by=department`)).json
    expect(actuals.rows.map((r: any) => [r.account, r.value, r.lastYear[0]])).toEqual([
      ['6800', null, 5_000],
      ['6800', '10', 10_001],
    ])
    const other = (await c.call('/budgets', { body: { year: year + 1, name: 'Lavere' } })).json
    await c.call(`/budgets/${other.id}/copies`, { body: { from: { budget: next.id }, change: -1_000 } })
    const lower = (await c.call(`/budgets/${other.id}/lines`)).json.lines
    expect(lower.map((l: any) => l.amounts[0])).toEqual([4_725, 9_451])
    expect((await c.call(`${path}/copies`, { body: { from: { actuals: 1950 } } })).json.code).toBe(
      'fiscal-year/unknown',
    )
  })

  test('a key that no sum can be spread by is refused, on a line and in a row', async () => {
    const { c, path } = await withBudget()
    const lines = [cell('6300', jan, 100, null, { spread: { value: 'tullball', was: '' } })]
    const refused = await save(c, path, lines)
    expect(refused.json.issues).toMatchObject([
      { code: 'field/invalid', pointer: '#/lines/0/spread/value', params: { allowed: ['even', 'last-year'] } },
    ])
    const row = { account: '6300', amounts: { [jan]: 100 }, spread: '1.234' }
    const rows = await c.call(`${path}/rows`, { body: { rows: [row] } })
    expect(issuesOf(rows)).toEqual(['field/invalid #/rows/0/spread'])
    expect((await c.call(`${path}/lines`)).json.lines).toEqual([])
  })

  test('seasons are the company’s own', async () => {
    const { c, path } = await withBudget()
    const weights = [0, 0, 1, 1, 2, 3, 4, 4, 2, 1, 1, 0]
    const made = await c.call('/budget-seasons/summer', { method: 'PUT', body: { name: 'Sommer', weights } })
    expect(made.json).toEqual({ key: 'summer', name: 'Sommer', weights })
    await c.call(`${path}/rows`, { body: { rows: [{ account: '3000', total: 1_900, spread: 'summer' }] } })
    expect((await c.call(`${path}/lines`)).json.lines[0].amounts).toEqual(weights.map((w) => (w ? -w * 100 : 0) || 0))
    expect((await c.call('/budget-seasons')).json.seasons).toHaveLength(1)
    const refused = await c.call('/budget-seasons/even', { method: 'PUT', body: { name: 'Jevnt', weights } })
    expect(refused.json.code).toBe('request/invalid')
  })
})
