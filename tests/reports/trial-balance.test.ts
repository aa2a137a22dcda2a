import { describe, expect, test } from 'vitest'
import { kroner } from '#i18n/format.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { TrialBalanceAnswer } from '#worker/reports/report-answer.ts'
import { checksOf, rowOf } from '#worker/reports/trial-balance.ts'
import { addYears, companyWithYears, type TestCompany } from './random-ledger.ts'

const app = testApp()

/** The report as an accountant reads it. */
function table(report: any): string {
  const money = (ore: number) => kroner(ore, 'nb').replaceAll('\u00a0', ' ').padStart(14)
  const line = (name: string, r: any) =>
    `${name.padEnd(34)}${[r.opening, r.debit, r.credit, r.closing].map(money).join('')}`
  const rows = report.rows.map((r: any) => line(`${r.account} ${r.nameNb}`, r))
  return [`${report.fromDate} – ${report.toDate}`, ...rows, line('Sum', report.totals)].join('\n')
}

type Line = [account: string, kroner: number, vatCode?: string, dimensions?: Record<string, string>]
async function post(c: TestCompany, voucherDate: string, lines: Line[], type = 'general') {
  const answer = await c.call('/vouchers', {
    body: simpleDraft({
      type,
      voucherDate,
      lines: lines.map(([account, amount, vatCode, dimensions], i) => ({
        rowKey: `r${i}`,
        account,
        amount: amount * 100,
        ...(vatCode && { vatCode }),
        ...(dimensions && { dimensions }),
      })),
    }),
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json
}

/** A small firm's first two years. */
async function firm() {
  const c = await companyWithYears(app)
  await post(
    c,
    '2025-01-01',
    [
      ['1920', 150_000],
      ['1250', 40_000],
      ['2050', -190_000],
    ],
    'opening-balance',
  )
  await post(c, '2025-02-10', [
    ['1500:10001', 125_000],
    ['3000', -125_000, '3'],
  ])
  await post(c, '2025-02-20', [
    ['6800', 12_500, '1', { department: '10' }],
    ['2400:20001', -12_500],
  ])
  await post(c, '2025-03-15', [
    ['1920', 125_000],
    ['1500:10001', -125_000],
  ])
  await post(c, '2025-11-30', [
    ['7000', 8_000, undefined, { department: '20' }],
    ['1920', -8_000],
  ])
  await post(c, '2026-01-12', [
    ['1500:10002', 50_000],
    ['3000', -50_000, '3'],
  ])
  await post(c, '2026-01-12', [
    ['2400:20001', 12_500],
    ['1920', -12_500],
  ])
  return c
}

describe('a firm’s trial balance', () => {
  test('of its first year: the opening voucher of the first day is opening, not movement', async () => {
    const { json } = await (await firm()).call('/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31')
    expect(table(json)).toMatchInlineSnapshot(`
      "2025-01-01 – 2025-12-31
      1250 Inventar                          40 000,00          0,00          0,00     40 000,00
      1500 Kundefordringer                        0,00    125 000,00    125 000,00          0,00
      1920 Bankinnskudd                     150 000,00    125 000,00      8 000,00    267 000,00
      2050 Annen egenkapital               −190 000,00          0,00          0,00   −190 000,00
      2400 Leverandørgjeld                        0,00          0,00     12 500,00    −12 500,00
      2700 Utgående mva, høy sats                 0,00          0,00     25 000,00    −25 000,00
      2710 Inngående mva, høy sats                0,00      2 500,00          0,00      2 500,00
      3000 Salg varer, høy sats                   0,00          0,00    100 000,00   −100 000,00
      6800 Kontorrekvisita                        0,00     10 000,00          0,00     10 000,00
      7000 Drivstoff bil                          0,00      8 000,00          0,00      8 000,00
      Sum                                         0,00    270 500,00    270 500,00          0,00"
    `)
    expect(TrialBalanceAnswer.safeParse(json).success).toBe(true)
  })

  test('of the next: balance accounts go on, income and cost begin at 0, last year’s result is told', async () => {
    const c = await firm()
    const { json } = await c.call('/reports/trial-balance')
    expect(table(json)).toMatchInlineSnapshot(`
      "2026-01-01 – 2026-06-30
      1250 Inventar                          40 000,00          0,00          0,00     40 000,00
      1500 Kundefordringer                        0,00     50 000,00          0,00     50 000,00
      1920 Bankinnskudd                     267 000,00          0,00     12 500,00    254 500,00
      2050 Annen egenkapital               −190 000,00          0,00          0,00   −190 000,00
      2400 Leverandørgjeld                  −12 500,00     12 500,00          0,00          0,00
      2700 Utgående mva, høy sats           −25 000,00          0,00     10 000,00    −35 000,00
      2710 Inngående mva, høy sats            2 500,00          0,00          0,00      2 500,00
      3000 Salg varer, høy sats                   0,00          0,00     40 000,00    −40 000,00
      Sum                                    82 000,00     62 500,00     62 500,00     82 000,00"
    `)
    // 100 000 income less 10 000 and 8 000 cost: nobody has moved it to equity yet.
    expect(json.undistributedResult).toBe(-8_200_000)
    expect(json.checks.map((check: any) => ({ ...check, amount: kroner(check.amount, 'nb') }))).toMatchInlineSnapshot(`
      [
        {
          "amount": "62 500,00",
          "difference": 0,
          "holds": true,
          "key": "debit-equals-credit",
        },
        {
          "amount": "0,00",
          "difference": 0,
          "holds": true,
          "key": "closing-sums-to-zero",
        },
        {
          "accounts": [
            "1500",
          ],
          "amount": "50 000,00",
          "difference": 0,
          "holds": true,
          "key": "customer-ledger-equals-control",
        },
        {
          "accounts": [
            "2400",
          ],
          "amount": "0,00",
          "difference": 0,
          "holds": true,
          "key": "supplier-ledger-equals-control",
        },
      ]
    `)
  })

  test('within a year: income opens with the year so far; over both years: with all of it in the movement', async () => {
    const c = await firm()
    const autumn = await c.call('/reports/trial-balance?fromDate=2025-03-10&toDate=2025-12-31')
    expect(table(autumn.json)).toMatchInlineSnapshot(`
      "2025-03-10 – 2025-12-31
      1250 Inventar                          40 000,00          0,00          0,00     40 000,00
      1500 Kundefordringer                  125 000,00          0,00    125 000,00          0,00
      1920 Bankinnskudd                     150 000,00    125 000,00      8 000,00    267 000,00
      2050 Annen egenkapital               −190 000,00          0,00          0,00   −190 000,00
      2400 Leverandørgjeld                  −12 500,00          0,00          0,00    −12 500,00
      2700 Utgående mva, høy sats           −25 000,00          0,00          0,00    −25 000,00
      2710 Inngående mva, høy sats            2 500,00          0,00          0,00      2 500,00
      3000 Salg varer, høy sats            −100 000,00          0,00          0,00   −100 000,00
      6800 Kontorrekvisita                   10 000,00          0,00          0,00     10 000,00
      7000 Drivstoff bil                          0,00      8 000,00          0,00      8 000,00
      Sum                                         0,00    133 000,00    133 000,00          0,00"
    `)
    const both = await c.call('/reports/trial-balance?fromDate=2025-01-01&toDate=2026-06-30')
    expect(both.json.rows.find((r: any) => r.account === '3000')).toMatchObject({ opening: 0, credit: 14_000_000 })
    expect(both.json.undistributedResult).toBe(0)
  })

  test('of one department, and of the entries without one', async () => {
    const c = await firm()
    const days = 'fromDate=2025-01-01&toDate=2025-12-31'
    const sales = await c.call(`/reports/trial-balance?${days}&department=10`)
    expect(table(sales.json)).toMatchInlineSnapshot(`
      "2025-01-01 – 2025-12-31
      6800 Kontorrekvisita                        0,00     10 000,00          0,00     10 000,00
      Sum                                         0,00     10 000,00          0,00     10 000,00"
    `)
    const [none, all] = await Promise.all([
      c.call(`/reports/trial-balance?${days}&department=none`),
      c.call(`/reports/trial-balance?${days}`),
    ])
    const accounts = (report: any) => report.json.rows.map((r: any) => r.account)
    expect(accounts(none)).toEqual(accounts(all).filter((n: string) => n !== '6800' && n !== '7000'))
  })

  test('of two dimensions at once, whatever their codes are made of', async () => {
    const c = await firm()
    const odd = 'Å "x" \\ 1'
    await c.db.execute({
      sql: "insert into dimension_value (dimension, code, name) values ('project', ?, 'Rart')",
      args: [odd],
    })
    await post(c, '2025-04-01', [
      ['6800', 10, '0', { department: '10', project: odd }],
      ['6800', 5, '0', { department: '20', project: odd }],
      ['1920', -15],
    ])
    const query = new URLSearchParams({ fromDate: '2025-01-01', toDate: '2025-12-31', department: '10', project: odd })
    const { json } = await c.call(`/reports/trial-balance?${query}`)
    expect(json.rows.map((r: any) => [r.account, r.closing])).toEqual([['6800', 1_000]])
    expect(json.dimensions).toEqual({ department: '10', project: odd })
    expect(json.checks).toEqual([])
  })

  test('an opening voucher inside the range is movement, and a day later it is in the opening all the same', async () => {
    const c = await firm()
    const of = async (days: string) =>
      (await c.call(`/reports/trial-balance?${days}`)).json.rows.find((r: any) => r.account === '1250')
    expect(await of('fromDate=2025-01-01&toDate=2025-01-31')).toMatchObject({ opening: 4_000_000, debit: 0 })
    expect(await of('fromDate=2024-12-31&toDate=2025-01-31')).toMatchObject({ opening: 0, debit: 4_000_000 })
    expect(await of('fromDate=2025-01-02&toDate=2025-01-31')).toMatchObject({ opening: 4_000_000, debit: 0 })
  })

  test('accounts without figures are left out unless asked for', async () => {
    const c = await firm()
    const [some, all] = await Promise.all([
      c.call('/reports/trial-balance'),
      c.call('/reports/trial-balance?includeZero=true'),
    ])
    const chart = Number((await c.db.execute('select count(*) as n from account')).rows[0]!.n)
    expect([some.json.rows.length, all.json.rows.length]).toEqual([8, chart])
    expect(all.json.totals).toEqual(some.json.totals)
  })
})

describe('which days', () => {
  test('a deviating year is a year: income opens at 0 on its first day, whatever the calendar says', async () => {
    const c = await firm()
    await post(c, '2026-06-30', [
      ['1920', 1_000],
      ['3100', -1_000],
    ])
    await post(c, '2026-07-01', [
      ['1920', 500],
      ['3100', -500],
    ])
    const newest = await c.call('/reports/trial-balance')
    expect([newest.json.fromDate, newest.json.toDate]).toEqual(['2026-07-01', '2027-06-30'])
    const sales = (report: any) => report.json.rows.find((r: any) => r.account === '3100')
    expect(sales(newest)).toMatchObject({ opening: 0, credit: 50_000, closing: -50_000 })
    const august = await c.call('/reports/trial-balance?fromDate=2026-08-01&toDate=2026-08-31')
    expect(sales(august)).toMatchObject({ opening: -50_000, credit: 0 })
    const june = await c.call('/reports/trial-balance?fromDate=2026-06-01&toDate=2026-06-30')
    expect(sales(june)).toMatchObject({ opening: 0, credit: 100_000 })
  })

  test('without days: the year of the newest entry as known then, else the year of today', async () => {
    const empty = await app.company()
    const today = new Date().getFullYear()
    expect((await empty.call('/reports/trial-balance')).json).toMatchObject({
      fromDate: `${today}-01-01`,
      toDate: `${today}-12-31`,
      rows: [],
      chainHead: null,
    })
    const c = await firm()
    const days = async (query: string) => {
      const { json } = await c.call(`/reports/trial-balance?${query}`)
      return `${json.fromDate} ${json.toDate}`
    }
    expect(await days('')).toBe('2026-01-01 2026-06-30')
    expect(await days('atVersion=5')).toBe('2025-01-01 2025-12-31')
    expect(await days('fromDate=2025-05-05')).toBe('2025-05-05 2026-06-30')
    expect(await days('toDate=2025-05-05')).toBe('2025-01-01 2025-05-05')
    expect(await days('fromDate=2026-08-01')).toBe('2026-08-01 2027-06-30')
  })

  test('a year that starts late in a month has no part month', async () => {
    const c = await app.company({ fromYear: 2030, toYear: 2030 })
    await addYears(c, [{ year: 2025, firstDate: '2025-05-15', lastDate: '2025-12-31' }])
    await post(
      c,
      '2025-05-15',
      [
        ['1920', 30],
        ['2050', -30],
      ],
      'opening-balance',
    )
    await post(c, '2025-05-20', [
      ['1920', 7],
      ['3100', -7],
    ])
    const batch = await c.call('/reports/batch', {
      body: {
        groups: [
          {
            measure: 'opening',
            accounts: ['1920'],
            periods: ['2025', '2025-05'],
            cells: [
              [0, 0],
              [0, 1],
            ],
          },
        ],
      },
    })
    const { json } = await c.call('/reports/trial-balance')
    expect(json.rows[0]).toMatchObject({ account: '1920', opening: 3_000, debit: 700 })
    // The month begins before the year does, and the voucher's day is not its first.
    expect(batch.json.groups[0].amounts).toEqual([3_000, 0])
  })

  test.each([
    ['fromDate=2025-02-30', '#/fromDate date/invalid'],
    ['fromDate=2025-03-01&toDate=2025-02-01', '#/toDate period/reversed'],
    ['asKnownAt=yesterday', '#/asKnownAt date/invalid'],
    ['atVersion=99', '#/atVersion ledger-version/unknown'],
    ['atVersion=-1', '#/atVersion field/invalid'],
    ['department=77', '#/department dimension/unknown'],
    ['colour=red', '#/colour field/invalid'],
  ])('%s is refused', async (query, issue) => {
    const c = await companyWithYears(app)
    const { status, json } = await c.call(`/reports/trial-balance?${query}`)
    expect([status, json.code, json.issues.map((i: any) => `${i.pointer} ${i.code}`)]).toEqual([
      422,
      'request/invalid',
      [issue],
    ])
    expect(json.issues[0].message).not.toMatch(/\{|undefined/)
  })
})

describe('checks', () => {
  test('one øre planted in a kept balance is found', async () => {
    const c = await firm()
    const failing = async () => {
      const { json } = await c.call('/reports/trial-balance')
      return json.checks.filter((check: any) => !check.holds).map((check: any) => [check.key, check.difference])
    }
    expect(await failing()).toEqual([])
    await c.db.execute("update party_balance set debit = debit + 1 where account = '1500' and month = '2025-02'")
    expect(await failing()).toEqual([['customer-ledger-equals-control', 1]])
    await c.db.execute("update balance set debit = debit + 1 where account = '2050' and month = '2025-01'")
    expect(await failing()).toEqual([
      ['closing-sums-to-zero', 1],
      ['customer-ledger-equals-control', 1],
    ])
  })

  test('several control accounts of a kind are compared together with its parties', () => {
    const sums = [
      ['1500', '', '', 'asset', 'customer', 0, 0, 100, 0],
      ['1510', '', '', 'asset', 'customer', 0, 0, 0, 30],
    ] as const
    const of = (parties: number) =>
      checksOf(sums, [['customer', parties, 70]]).find((check) => check.key === 'customer-ledger-equals-control')
    expect(of(70)).toMatchObject({ holds: true, amount: 70, difference: 0, accounts: ['1500', '1510'] })
    expect(of(71)).toMatchObject({ holds: false, amount: 71, difference: 1 })
    expect(rowOf(sums[1])).toMatchObject({ opening: 0, debit: 0, credit: 30, closing: -30 })
  })

  test('the hash is of the figures and where they were drawn from, the same later at the same version', async () => {
    const c = await firm()
    const before = (await c.call('/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31')).json
    await post(c, '2025-06-01', [
      ['1920', 1],
      ['3100', -1],
    ])
    const again = await c.call('/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31&atVersion=7')
    expect(again.json).toEqual({ ...before, ledgerVersion: 8 })
    const now = await c.call('/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31')
    expect(now.json.hash).not.toBe(before.hash)
  })
})

test('who may: readers and auditors, not employees', async () => {
  const c = await firm()
  for (const [role, status] of [
    ['reader', 200],
    ['auditor', 200],
    ['employee', 403],
    ['payer', 403],
  ] as const)
    expect((await c.call('/reports/trial-balance', { key: await c.key(role) })).status, role).toBe(status)
})
