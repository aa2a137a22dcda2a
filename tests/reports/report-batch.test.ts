import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { ReportBatchAnswer } from '#worker/reports/report-answer.ts'
import { companyWithYears, figuresByHand, randomDrafts, readPlainEntries, type TestCompany } from './random-ledger.ts'

const app = testApp()

async function sales(): Promise<TestCompany> {
  const c = await companyWithYears(app)
  const voucher = (voucherDate: string, amount: number, department?: string) => ({
    ...simpleDraft({ voucherDate, ...(department && { dimensions: { department } }) }),
    lines: [
      { rowKey: 'a', account: '1920', amount },
      { rowKey: 'b', account: '3100', amount: -amount },
    ],
  })
  for (const draft of [
    voucher('2026-01-31', 100, '10'),
    voucher('2026-02-10', 30, '10'),
    voucher('2026-03-01', 7),
    voucher('2025-12-31', 1_000),
  ])
    await c.call('/vouchers', { body: draft })
  return c
}
const ask = (c: TestCompany, ...groups: object[]) => c.call('/reports/batch', { body: { groups } })

const newestEvent = async (c: TestCompany): Promise<number> =>
  Number((await c.db.execute('select max(sequence) as sequence from event')).rows[0]!.sequence)

test('the request of features.md 4.3 gets its answer', async () => {
  const c = await sales()
  const { status, json } = await c.call('/reports/batch', {
    body: {
      atVersion: 'latest',
      groups: [
        {
          measure: 'movement',
          dimensions: { department: '10' },
          accounts: ['3000:3999', '6340', '6341'],
          periods: ['2026-01', '2026-02', '2026-Q1'],
          cells: [
            [0, 0],
            [0, 1],
            [0, 2],
            [1, 2],
            [2, 2],
          ],
        },
        { measure: 'closing', atVersion: 2, accounts: ['1920'], periods: ['2026-03'], cells: [[0, 0]] },
        {
          measure: 'budget',
          budgetVersion: 'bud_2026_v2',
          accounts: ['3000:3999'],
          periods: ['2026-Q1'],
          cells: [[0, 0]],
        },
      ],
    },
  })
  expect(status).toBe(200)
  expect(json).toEqual({
    ledgerVersion: 4,
    sequence: await newestEvent(c),
    groups: [
      {
        amounts: [-100, -30, -130, 0, null],
        issues: [
          {
            cell: 4,
            code: 'account/unknown',
            params: { account: '6341' },
            message: 'Konto 6341 finnes ikke. Velg en konto fra kontoplanen.',
          },
        ],
      },
      { amounts: [130], atVersion: 2, issues: [] },
      {
        amounts: [null],
        issues: [
          {
            cell: 0,
            code: 'budget/unknown',
            params: { budget: 'bud_2026_v2' },
            message: 'Budsjettet finnes ikke.',
          },
        ],
      },
    ],
  })
  expect(ReportBatchAnswer.safeParse(json).success).toBe(true)
})

test('all periods one may write, all measures', async () => {
  const c = await sales()
  const periods = [
    '2026',
    '2026-02',
    '2026-T1',
    '2026-01:2026-03',
    '2026-02-10',
    '2026-02-01:2026-02-09',
    '2025:2026',
    '2026-02-30',
  ]
  const cells = periods.map((_, i) => [0, i])
  const measures = ['opening', 'movement', 'closing', 'debit', 'credit']
  const { json } = await ask(c, ...measures.map((measure) => ({ measure, accounts: ['3100'], periods, cells })))
  expect(Object.fromEntries(measures.map((measure, i) => [measure, json.groups[i].amounts]))).toEqual({
    opening: [0, -100, 0, 0, -100, -100, 0, null],
    movement: [-137, -30, -130, -137, -30, 0, -1137, null],
    closing: [-137, -130, -130, -137, -130, -100, -1137, null],
    debit: [0, 0, 0, 0, 0, 0, 0, null],
    credit: [137, 30, 130, 137, 30, 0, 1137, null],
  })
  expect(json.groups[0].issues.map((i: any) => [i.cell, i.code])).toEqual([[7, 'period/unreadable']])
})

test('what is unknown is null with an issue and never 0; what has no entries is 0', async () => {
  const c = await sales()
  const cells = [[0, 0]]
  const { json } = await ask(
    c,
    { measure: 'movement', dimensions: { department: '99' }, accounts: ['3100'], periods: ['2026'], cells },
    { measure: 'movement', dimensions: { colour: 'red' }, accounts: ['3100'], periods: ['2026'], cells },
    { measure: 'movement', dimensions: { department: 'none' }, accounts: ['3100'], periods: ['2026'], cells },
    { measure: 'movement', dimensions: { department: '20' }, accounts: ['3100'], periods: ['2026'], cells },
    { measure: 'movement', accounts: ['3999:3000'], periods: ['2026'], cells },
    { measure: 'movement', accounts: ['3500:3600'], periods: ['2026'], cells },
  )
  expect(json.groups.map((g: any) => [g.amounts[0], g.issues[0]?.code ?? null])).toEqual([
    [null, 'dimension/unknown'],
    [null, 'field/invalid'],
    [-7, null],
    [0, null],
    [null, 'field/invalid'],
    [0, null],
  ])
  for (const group of json.groups) for (const { message } of group.issues) expect(message).toMatch(/^[^{}]+\.$/)
})

test('one version: the whole answer stands still while others post, and a version is asked for by the group or the batch', async () => {
  const c = await sales()
  const group = { measure: 'closing', accounts: ['1920'], periods: ['2026'], cells: [[0, 0]] }
  const { json } = await c.call('/reports/batch', {
    body: {
      atVersion: 3,
      groups: [
        group,
        { ...group, atVersion: 1 },
        { ...group, asKnownAt: '2020-01-01' },
        { ...group, atVersion: 'latest' },
      ],
    },
  })
  expect(json.ledgerVersion).toBe(4)
  expect(json.groups.map((g: any) => [g.amounts[0], g.atVersion])).toEqual([
    [137, 3],
    [100, 1],
    [0, 0],
    [1_137, undefined],
  ])
})

describe('limits', () => {
  const group = { measure: 'debit', accounts: ['1920'], periods: ['2026'] }
  test.each<[string, () => object, number, string]>([
    ['20 001 cells', () => ({ groups: [{ ...group, cells: Array(20_001).fill([0, 0]) }] }), 413, 'request/too-large'],
    [
      'a cell outside its axes',
      () => ({
        groups: [
          {
            ...group,
            cells: [
              [0, 0],
              [1, 0],
            ],
          },
        ],
      }),
      422,
      'request/invalid',
    ],
    ['a cell that is no pair', () => ({ groups: [{ ...group, cells: [[0]] }] }), 422, 'request/invalid'],
    ['a version to come', () => ({ atVersion: 99, groups: [{ ...group, cells: [[0, 0]] }] }), 422, 'request/invalid'],
    ['an unknown measure', () => ({ groups: [{ ...group, measure: 'net', cells: [] }] }), 422, 'request/invalid'],
    [
      '1.6 MB',
      () => ({ groups: [{ ...group, accounts: Array(12_000).fill('3'.repeat(140)), cells: [] }] }),
      413,
      'request/too-large',
    ],
  ])('%s', async (_, body, status, code) => {
    const c = await companyWithYears(app)
    const text = JSON.stringify(body())
    const headers = { 'content-type': 'application/json', 'content-length': String(text.length) }
    const answer = await c.call('/reports/batch', { raw: text, headers })
    expect([answer.status, answer.json.code]).toEqual([status, code])
  })

  test('20 000 cells are one answer', async () => {
    const c = await sales()
    const cells = Array.from({ length: 20_000 }, (_, i) => [i % 2, i % 3])
    const body = {
      groups: [
        { measure: 'closing', accounts: ['1920', '3000:3999'], periods: ['2026-01', '2026-02', '2026-03'], cells },
      ],
    }
    const { json } = await c.call('/reports/batch', { body })
    expect(json.groups[0].amounts.slice(0, 6)).toEqual([1_100, -130, 1_137, -100, 1_130, -137])
    expect(json.groups[0].amounts.length).toBe(20_000)
  })
})

test('a line of a report, a budget and how far the figures lie from it', async () => {
  const c = await sales()
  const cells = (measure: string, more: object = {}) => ({
    measure,
    accounts: ['@sales', '@income-statement/sales', '@nothing'],
    periods: ['2026-01', '2026-Q1', '1999'],
    cells: [
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 2],
    ],
    ...more,
  })
  const without = (await ask(c, cells('budget'))).json.groups[0]
  expect(without.issues.map((i: any) => i.code)).toEqual(Array(4).fill('measure/not-available'))
  await c.db.batch(
    [
      "insert into budget (id, year, name, main, created_at) values ('bud_1', 2026, 'Hoved', 1, '')",
      `insert into budget_line (id, budget, account, dimensions) values (1, 'bud_1', '3100', '{"department":"10"}')`,
      "insert into budget_cell (line, month, amount, by, at) values (1, '2026-01', -80, '', ''), (1, '2026-02', -90, '', '')",
    ],
    'write',
  )
  const { json } = await ask(
    c,
    cells('movement'),
    cells('budget'),
    cells('variance'),
    cells('variance', { dimensions: { department: '10' } }),
  )
  expect(json.groups.map((g: any) => g.amounts)).toEqual([
    [-100, -137, null, null],
    [-80, -170, null, null],
    [-20, 33, null, null],
    [-20, 40, null, null],
  ])
  expect(json.groups[0].issues.map((i: any) => `${i.cell} ${i.code}`)).toEqual([
    '2 report-layout/line-unknown',
    '3 fiscal-year/missing',
  ])
})

describe('by party', () => {
  const MEASURES = ['opening', 'debit', 'credit', 'closing'] as const
  const PERIODS = ['2025', '2026-02', '2026-01-17:2026-05-03', '2026-07-01:2027-06-30', '2026-03-10']
  test.each([11, 12])(
    'figures of all parties sum to their accounts’, and each is its entries’ (seed %i)',
    async (seed) => {
      const c = await companyWithYears(app)
      // A supplier with a customer's number is another party.
      await c.db.execute(
        "insert into party (kind, number, name, control_account, created_at) values ('supplier', '10001', 'Navnebror AS', '2400', '')",
      )
      const drafts = randomDrafts(60, seed).map((draft, i) =>
        i % 5 ? draft : JSON.parse(JSON.stringify(draft).replace('2400:20001', '2400:10001')),
      )
      await c.call('/vouchers/batch', { body: { vouchers: drafts } })
      const entries = await readPlainEntries(c)
      const version = entries.at(-1)!.ledgerVersion
      const accounts = ['1500', '2400', '1000:2999', '1920']
      const cells = accounts.flatMap((_, a) => PERIODS.map((_, p) => [a, p]))
      const parties = [
        ...['10001', '10002', '10003'].map((party) => ({ kind: 'customer', party })),
        ...['10001', '20001', '20002'].map((party) => ({ kind: 'supplier', party })),
      ]
      for (const [atVersion, dimensions] of [
        [version, {}],
        [version - 7, {}],
        [Math.floor(version / 2), {}],
        [version, { department: 'none' }],
        [version, { department: '10' }],
      ] as const)
        for (const measure of MEASURES) {
          const group = { measure, atVersion, dimensions, accounts, periods: PERIODS, cells }
          const { groups } = (await ask(c, group, ...parties.map((of) => ({ ...group, ...of })))).json
          const [all, ...each] = groups.map(({ amounts }: { amounts: number[] }) => amounts)
          const sum = (i: number) => each.reduce((total: number, amounts: number[]) => total + amounts[i]!, 0)
          const ofControl = 2 * PERIODS.length
          expect(cells.slice(0, ofControl).map((_, i) => sum(i))).toEqual(all.slice(0, ofControl))
          expect(cells.slice(3 * PERIODS.length).map((_, i) => sum(3 * PERIODS.length + i))).toEqual(
            PERIODS.map(() => 0),
          )
          for (const [p, { kind, party }] of parties.entries())
            for (const [i, [a, at]] of cells.entries()) {
              const [from, to = from] = PERIODS[at!]!.split(':')
              const fromDate = from!.length === 4 ? `${from}-01-01` : from!.length === 7 ? `${from}-01` : from!
              const toDate = to!.length === 4 ? `${to}-12-31` : to!.length === 7 ? `${to}-28` : to!
              const rows = figuresByHand(entries, { fromDate, toDate, atVersion, dimensions }, (e) => {
                const [first, last = first] = accounts[a!]!.split(':')
                const inRange = e.account >= first! && e.account.slice(0, 4) <= last!
                return inRange && e.partyKind === kind && e.party === party ? 'it' : undefined
              })
              expect([measure, kind, party, accounts[a!], PERIODS[at!], each[p]![i]]).toEqual([
                ...[measure, kind, party, accounts[a!], PERIODS[at!]],
                rows.get('it')?.[measure] ?? 0,
              ])
            }
        }
    },
  )
  test('one that does not exist is told of, and no budget is of a party; only a posting of its own makes it old', async () => {
    const c = await companyWithYears(app)
    const group = { measure: 'closing', accounts: ['1500'], periods: ['2026'], cells: [[0, 0]] }
    const asked = [
      { ...group, party: '10001' },
      { ...group, party: '10002', kind: 'customer' },
      { ...group, party: '10001', kind: 'supplier' },
      { ...group, party: '7', kind: 'customer' },
      { ...group, measure: 'budget', party: '10001' },
    ]
    const before = (await ask(c, ...asked)).json
    expect(before.groups.map((g: any) => g.issues[0]?.code ?? g.amounts[0])).toEqual([
      ...[0, 0, 'party/unknown', 'party/unknown', 'field/invalid'],
    ])
    const lines = [
      { rowKey: 'a', account: '1500:10001', amount: 9 },
      { rowKey: 'b', account: '3100', amount: -9 },
    ]
    await c.call('/vouchers', { body: { ...simpleDraft({ voucherDate: '2026-02-25' }), lines } })
    const { groups } = (await c.call('/reports/batch/stale', { body: { after: before.sequence, groups: asked } })).json
    expect(groups.slice(0, 2).map(({ cells }: { cells: number[] }) => cells)).toEqual([[0], []])
    expect((await ask(c, asked[0]!)).json.groups[0].amounts).toEqual([9])
    const ledger = async (query: string) => (await c.call(`/reports/general-ledger?account=1000:2999&${query}`)).json
    expect((await ledger('party=10001&partyKind=customer')).entries).toHaveLength(1)
    expect((await ledger('party=10001&partyKind=supplier')).issues[0].code).toBe('party/unknown')
    const file = (kind: string) =>
      c.call(`/exports/general-ledger?format=csv&account=1500&party=10001&partyKind=${kind}`)
    expect([(await file('customer')).status, (await file('supplier')).status]).toEqual([200, 422])
    // A dimension of the company's own may be called as a party is told from another.
    await c.call('/dimensions', { body: { key: 'kind', nameNb: 'Slag' } })
    await c.call('/dimensions/kind/values', { body: { code: 'ny', name: 'Ny' } })
    const parts = lines.map((part) => ({ ...part, dimensions: { kind: 'ny' } }))
    await c.call('/vouchers', { body: { ...simpleDraft({ voucherDate: '2026-02-26' }), lines: parts } })
    expect((await ledger('kind=ny')).entries).toHaveLength(1)
    const { groups: own } = (await ask(c, { ...asked[0]!, dimensions: { kind: 'ny' }, party: undefined })).json
    expect(own[0].amounts).toEqual([9])
  })
})

test('the cells a posting touched are told, and no other: a cell that is not told stands as it was', async () => {
  const c = await sales()
  const accounts = ['1920', '3000:3999', '@sales', '6300', '@annual-result', '1500']
  const periods = ['2025', '2026-01', '2026-02', '2026-03', '2026-02-20:2026-04-10']
  const all = accounts.flatMap((_, a) => periods.map((_, p) => [a, p]))
  const groups = [
    { measure: 'movement', accounts, periods, cells: all },
    { measure: 'closing', accounts, periods, cells: all },
    { measure: 'movement', dimensions: { department: '10' }, accounts, periods, cells: all },
    { measure: 'closing', atVersion: 3, accounts, periods, cells: all },
  ]
  const before = (await ask(c, ...groups)).json
  await c.call('/vouchers', {
    body: {
      ...simpleDraft({ voucherDate: '2026-02-25', dimensions: { department: '20' } }),
      lines: [
        { rowKey: 'a', account: '1920', amount: 9 },
        { rowKey: 'b', account: '3100', amount: -9 },
      ],
    },
  })
  const after = (await ask(c, ...groups)).json
  const stale = (await c.call('/reports/batch/stale', { body: { after: before.sequence, groups } })).json
  expect(stale.sequence).toBe(after.sequence)
  for (const [g, { cells }] of stale.groups.entries()) {
    const changed = all.flatMap((_, i) => (before.groups[g].amounts[i] === after.groups[g].amounts[i] ? [] : [i]))
    expect(changed.filter((i) => !cells.includes(i))).toEqual([])
    expect(cells.length < all.length).toBe(true)
  }
  expect(stale.groups.slice(2)).toEqual([{ cells: [] }, { cells: [] }])
  // A budget is saved without a version of the ledger: what rests on one is older, and nothing else.
  const budgeted = [{ ...groups[0]!, measure: 'budget' }, { ...groups[0]!, measure: 'variance' }, groups[0]!]
  await c.call('/budgets', { body: { year: 2026, name: 'Hoved' } })
  const since = (await c.call('/reports/batch/stale', { body: { after: after.sequence, groups: budgeted } })).json
  expect(since.groups.map(({ cells }: { cells: number[] }) => cells.length)).toEqual([all.length, all.length, 0])
})
