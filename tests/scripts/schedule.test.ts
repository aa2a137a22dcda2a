import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { voucherId } from '#tests/support/draft.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'

const books = testBooks({
  splitKeys: [
    {
      code: 'HUS',
      name: 'Etter areal',
      dimension: 'project',
      shares: [
        { code: 'P-7', weight: 1 },
        { code: 'P-8', weight: 2 },
      ],
      active: true,
    },
  ],
  dimensions: [
    {
      key: 'department',
      nameNb: 'Avdeling',
      nameEn: 'Department',
      values: ['10', '20', '30'].map((code) => ({ code, name: code, closedFrom: null })),
      rules: { '1749': 'forbidden' },
    },
    {
      key: 'project',
      nameNb: 'Prosjekt',
      nameEn: 'Project',
      values: ['P-7', 'P-8'].map((code) => ({ code, name: code, closedFrom: null })),
      rules: {},
    },
  ],
})
const draft = (account: string, amount: number, script: string, rest: object = {}, date = '2026-03-10') => ({
  id: voucherId(),
  type: 'general',
  voucherDate: date,
  text: 'Prøve',
  lines: [
    { rowKey: 'a', account, amount, script, ...rest },
    { rowKey: 'b', account: '1920', amount: -amount },
  ],
})
const judge = (wanted: unknown, rights = { softLock: true }) => checkVoucher(wanted, books, rights)

const kr = (ore: number) => (ore / 100).toFixed(2).replace('.', ',')
const row = (e: Entry) =>
  `  ${e.account.padEnd(6)}${kr(e.amount).padStart(12)}${e.dimensions ? `  ${Object.values(e.dimensions).join(' ')}` : ''}`

/** A voucher and its plan as an accountant would write them down. */
const book = (wanted: ReturnType<typeof draft>): string => {
  const { entries, plans, issues } = judge(wanted)
  const faults = issues.filter((i) => i.severity === 'error').map((i) => `${i.pointer} ${i.code}`)
  return [
    '',
    ...faults,
    `${wanted.voucherDate}  ${wanted.text}`,
    ...entries.map(row),
    ...plans.flatMap((p) =>
      p.months.flatMap((m) => [
        `${m.draft.voucherDate}  ${m.draft.text}${m.waits ? '  venter på regnskapsåret' : ''}`,
        ...m.entries.map(row),
      ]),
    ),
    '',
  ].join('\n')
}

describe('as an accountant writes it down', () => {
  test('insurance over three months, the odd øre last', () => {
    expect(book(draft('7500', 1_000_00, 'SPRE(3;3;1749)', { vatCode: '0' }))).toMatchInlineSnapshot(`
      "
      2026-03-10  Prøve
        7500       1000,00
        7500      -1000,00
        1749       1000,00
        1920      -1000,00
      2026-03-31  Prøve 1/3
        7500        333,33
        1749       -333,33
      2026-04-30  Prøve 2/3
        7500        333,33
        1749       -333,33
      2026-05-31  Prøve 3/3
        7500        333,34
        1749       -333,34
      "
    `)
  })
  test('rent with VAT from the month before: only what is cost is spread', () => {
    expect(book(draft('6305', 2_500_00, 'SPRE(2026-02;2;1749)', { vatCode: '1' }))).toMatchInlineSnapshot(`
      "
      2026-03-10  Prøve
        6305       2000,00
        2710        500,00
        6305      -2000,00
        1749       2000,00
        1920      -2500,00
      2026-02-28  Prøve 1/2
        6305       1000,00
        1749      -1000,00
      2026-03-31  Prøve 2/2
        6305       1000,00
        1749      -1000,00
      "
    `)
  })
  test('services from abroad without deduction are spread with the VAT that became cost', () => {
    expect(
      book(draft('6725', 1_000_00, 'SPRE(3;2;1749)', { vatCode: '87', dimensions: { department: '10' } })),
    ).toMatchInlineSnapshot(`
      "
      2026-03-10  Prøve
        6725       1000,00  10
        6725        250,00  10
        2704       -250,00
        6725      -1250,00  10
        1749       1250,00
        1920      -1000,00
      2026-03-31  Prøve 1/2
        6725        625,00  10
        1749       -625,00
      2026-04-30  Prøve 2/2
        6725        625,00  10
        1749       -625,00
      "
    `)
  })
  test('a machine over four months from the month it was bought', () => {
    expect(book(draft('1200', 12_500_00, 'AVSKR(4;1200;6010)', { vatCode: '1' }, '2027-10-05'))).toMatchInlineSnapshot(`
      "
      2027-10-05  Prøve
        1200      10000,00
        2710       2500,00
        1920     -12500,00
      2027-10-31  Prøve 1/4
        6010       2500,00
        1200      -2500,00
      2027-11-30  Prøve 2/4
        6010       2500,00
        1200      -2500,00
      2027-12-31  Prøve 3/4
        6010       2500,00
        1200      -2500,00
      2028-01-31  Prøve 4/4  venter på regnskapsåret
      "
    `)
  })
  test('depreciation from a later month, by period', () => {
    expect(book(draft('1200', 100_00, 'AVSKR(2;1200;6010;13)', { vatCode: '0' }, '2026-11-05'))).toMatchInlineSnapshot(`
      "
      2026-11-05  Prøve
        1200        100,00
        1920       -100,00
      2027-01-31  Prøve 1/2
        6010         50,00
        1200        -50,00
      2027-02-28  Prøve 2/2
        6010         50,00
        1200        -50,00
      "
    `)
  })
  test('months that run past the fiscal years wait', () => {
    expect(book(draft('7500', 300_00, 'SPRE(11;3;1749)', { vatCode: '0' }, '2027-11-01'))).toMatchInlineSnapshot(`
      "
      2027-11-01  Prøve
        7500        300,00
        7500       -300,00
        1749        300,00
        1920       -300,00
      2027-11-30  Prøve 1/3
        7500        100,00
        1749       -100,00
      2027-12-31  Prøve 2/3
        7500        100,00
        1749       -100,00
      2028-01-31  Prøve 3/3  venter på regnskapsåret
      "
    `)
  })
  test('shared out over departments, VAT whole, each share spread by itself', () => {
    expect(
      book(draft('7500', 1_250_01, 'FORDEL(10=70;20=30) SPRE(3;2;1749)', { vatCode: '1' })),
    ).toMatchInlineSnapshot(`
      "
      2026-03-10  Prøve
        7500        700,00  10
        7500        300,01  20
        2710        250,00
        7500       -700,00  10
        1749        700,00
        7500       -300,01  20
        1749        300,01
        1920      -1250,01
      2026-03-31  Prøve 1/2
        7500        350,00  10
        1749       -350,00
        7500        150,00  20
        1749       -150,00
      2026-04-30  Prøve 2/2
        7500        350,00  10
        1749       -350,00
        7500        150,01  20
        1749       -150,01
      "
    `)
  })
  test('shared out by a key', () => {
    expect(book(draft('6800', 100_00, 'FORDEL(hus)', { vatCode: '0' }))).toMatchInlineSnapshot(`
      "
      2026-03-10  Prøve
        6800         33,33  P-7
        6800         66,67  P-8
        1920       -100,00
      "
    `)
  })
  test('repeated on the last day of the month', () => {
    expect(book(draft('7770', 50_00, 'GJENTA(2)', { vatCode: '0' }, '2026-01-31'))).toMatchInlineSnapshot(`
      "
      2026-01-31  Prøve
        7770         50,00
        1920        -50,00
      2026-02-28  Prøve
        7770         50,00
        1920        -50,00
      2026-03-31  Prøve
        7770         50,00
        1920        -50,00
      "
    `)
  })
  test('what belongs to months before falls in the first that is booked in', () => {
    expect(book(draft('7500', 400_00, 'SPRE(1;4;1749;3)', { vatCode: '0' }))).toMatchInlineSnapshot(`
      "
      2026-03-10  Prøve
        7500        400,00
        7500       -400,00
        1749        400,00
        1920       -400,00
      2026-03-31  Prøve 1/2
        7500        300,00
        1749       -300,00
      2026-04-30  Prøve 2/2
        7500        100,00
        1749       -100,00
      "
    `)
  })
})

describe('what cannot be done is said at the script', () => {
  const told = (wanted: unknown) =>
    judge(wanted)
      .issues.filter((i) => i.severity === 'error')
      .map((i) => [i.pointer, i.code, i.params?.reason])
  test.each([
    ['a balance account is not spread', draft('1250', 100, 'SPRE(1;2;1749)'), 'script/wrong-account', 'spread-line'],
    ['through cost', draft('7500', 100, 'SPRE(1;2;6300)', { vatCode: '0' }), 'script/wrong-account', 'through'],
    [
      'through a control account',
      draft('7500', 100, 'SPRE(1;2;2400)', { vatCode: '0' }),
      'script/wrong-account',
      'through',
    ],
    [
      'an account that is not there',
      draft('7500', 100, 'SPRE(1;2;1744)', { vatCode: '0' }),
      'account/unknown',
      undefined,
    ],
    [
      'cost does not depreciate',
      draft('7500', 100, 'AVSKR(2;1200;6010)', { vatCode: '0' }),
      'script/wrong-account',
      'asset-line',
    ],
    [
      'depreciation to an asset',
      draft('1200', 100, 'AVSKR(2;1200;1210)', { vatCode: '0' }),
      'script/wrong-account',
      'cost',
    ],
    [
      'depreciation of cost',
      draft('1200', 100, 'AVSKR(2;6010;6010)', { vatCode: '0' }),
      'script/wrong-account',
      'asset',
    ],
    ['period 14', draft('7500', 100, 'SPRE(14;2;1749)', { vatCode: '0' }), 'script/period-unknown', undefined],
    [
      'two plans',
      draft('7500', 100, 'SPRE(1;2;1749) AVSKR(2;1200;6010)', { vatCode: '0' }),
      'script/not-together',
      undefined,
    ],
    [
      'a key that is not there',
      draft('6800', 100, 'FORDEL(X)', { vatCode: '0' }),
      'script/split-key-unknown',
      undefined,
    ],
    ['a value that is not there', draft('6800', 100, 'FORDEL(99=1)', { vatCode: '0' }), 'dimension/unknown', undefined],
    [
      'a control account is not shared out',
      draft('2400:20017', 100, 'FORDEL(10=1)'),
      'script/wrong-account',
      'allocation',
    ],
    ['what cannot be read', draft('7500', 100, 'SPRE(1;2)', { vatCode: '0' }), 'script/invalid', 'too-few'],
    [
      'before the first year',
      draft('7500', 100, 'SPRE(0;2;1749)', { vatCode: '0' }, '2025-01-05'),
      'fiscal-year/missing',
      undefined,
    ],
  ])('%s', (_, wanted, code, reason) => {
    const found = told(wanted)
    expect(found).toContainEqual(['#/lines/0/script', code, reason])
  })

  test('a locked month, with scripts to choose from that are taken', () => {
    const locked = new Map(books.periods)
    for (const m of ['2026-01', '2026-02']) locked.set(m, 'hard')
    const wanted = draft('7500', 1_200_00, 'SPRE(1;12;1749)', { vatCode: '0' })
    const judged = checkVoucher(wanted, { ...books, periods: locked }, { softLock: true })
    const found = judged.issues.find((i) => i.code === 'period/locked')!
    expect(found).toMatchObject({
      pointer: '#/lines/0/script',
      params: {
        period: '2026-01',
        lastPeriod: '2026-02',
        level: 'hard',
        remedies: ['SPRE(2026-01;12;1749;2026-03)', 'SPRE(2026-03;12;1749)', 'SPRE(2026-03;10;1749)'],
      },
      fix: { pointer: '#/lines/0/script', value: 'SPRE(2026-01;12;1749;2026-03)' },
    })
    for (const script of found.params!.remedies as string[]) {
      const again = draft('7500', 1_200_00, script, { vatCode: '0' })
      const cured = checkVoucher(again, { ...books, periods: locked }, { softLock: true })
      expect(cured.issues.filter((i) => i.severity === 'error')).toEqual([])
      expect(cured.plans[0]!.months.reduce((n, m) => n + m.amount, 0)).toBe(1_200_00)
    }
  })
})

describe('whatever the amount, the months and the shares', () => {
  const amount = fc.integer({ min: -10_000_000, max: 10_000_000 }).filter((n) => n !== 0)
  const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 3 })
  test('the months are the line to the øre, per dimension too, and every voucher balances', () => {
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 1, max: 30 }),
        weights,
        fc.constantFrom('0', '1'),
        (n, months, shares, vatCode) => {
          const allocation = `FORDEL(${shares.map((w, i) => `${(i + 1) * 10}=${w}`).join(';')})`
          const judged = judge(draft('7500', n, `${allocation} SPRE(1;${months};1749)`, { vatCode }, '2026-01-10'))
          expect(judged.issues.filter((i) => i.severity === 'error')).toEqual([])
          const cost = (entries: readonly Entry[], rowKey?: string) => {
            const sums: Record<string, number> = {}
            for (const e of entries)
              if (e.account === '7500' && (!rowKey || e.rowKey === rowKey))
                sums[e.dimensions?.department ?? ''] = (sums[e.dimensions?.department ?? ''] ?? 0) + e.amount
            return Object.fromEntries(Object.entries(sums).filter(([, v]) => v !== 0))
          }
          expect(judged.entries.reduce((s, e) => s + e.amount, 0)).toBe(0)
          const plan = judged.plans[0]
          const booked = plan?.months.filter((m) => !m.waits).flatMap((m) => m.entries) ?? []
          expect(booked.reduce((s, e) => s + e.amount, 0)).toBe(0)
          if (months <= 24) expect(cost(booked)).toEqual(cost(judged.entries, 'a'))
          const own = judged.entries.filter((e) => e.rowKey === 'a' && e.origin === 'line')
          expect(plan?.months.reduce((s, m) => s + m.amount, 0) ?? 0).toBe(own.reduce((s, e) => s + e.amount, 0))
          expect(plan?.amount ?? 0).toBe(own.reduce((s, e) => s + e.amount, 0))
        },
      ),
      { numRuns: 60 },
    )
  })
})
