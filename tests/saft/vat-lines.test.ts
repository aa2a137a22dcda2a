import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bp } from '#worker/core/money.ts'
import { findVatLines, type TaxedLine } from '#worker/saft/vat-lines.ts'
import { standardVatCodes } from '#worker/vat/standard-vat-codes.ts'

const codeOf = (code: string) => standardVatCodes.find((c) => c.code === code)!
const line = (account: string, amount: number, code?: string, tax = 0): TaxedLine => ({
  account,
  amount,
  tax: code === undefined ? undefined : { code: codeOf(code), rate: bp(2500), base: null, amount: tax },
})
const isVatAccount = (account: string) => account.startsWith('27')

/** What each line holds, as `code side amount`. */
function found(lines: TaxedLine[], habits = new Map<string, string>()) {
  const { parts, left } = findVatLines(lines, isVatAccount, habits)
  return {
    lines: lines.map((_, i) => (parts.get(i) ?? []).map((p) => `${p.code.code} ${p.side} ${p.amount}`).join(' + ')),
    left: left.map((d) => `${d.code.code} ${d.side} ${d.amount}`),
  }
}

test.each<[name: string, lines: TaxedLine[], expected: string[]]>([
  ['a sale', [line('1500', 125), line('3000', -100, '3', -25), line('2700', -25)], ['', '', '3 output -25']],
  ['a purchase', [line('4000', 100, '1', 25), line('2710', 25), line('2400', -125)], ['', '1 input 25', '']],
  [
    'two rates on accounts of their own',
    [line('3000', -100, '3', -25), line('3020', -100, '31', -15), line('2701', -15), line('2700', -25)],
    ['', '', '31 output -15', '3 output -25'],
  ],
  [
    'two rates in one line: it is parted',
    [line('3000', -100, '3', -25), line('3020', -100, '31', -15), line('2740', -40)],
    ['', '', '3 output -25 + 31 output -15'],
  ],
  [
    'two base lines in one VAT line',
    [line('3000', -60, '3', -15), line('3000', -40, '3', -10), line('2700', -25)],
    ['', '', '3 output -25'],
  ],
  [
    'a VAT line for each base line of one code',
    [line('3000', -60, '3', -15), line('3000', -40, '3', -10), line('2700', -10), line('2700', -15)],
    ['', '', '3 output -10', '3 output -15'],
  ],
  [
    'one base line, its VAT on two lines',
    [line('3000', -100, '3', -25), line('2700', -10), line('2700', -15)],
    ['', '3 output -10', '3 output -15'],
  ],
  [
    'reverse charge, deductible: both sides',
    [line('6550', 100, '86', 25), line('2714', 25), line('2704', -25), line('2400', -100)],
    ['', '86 input 25', '86 output -25', ''],
  ],
  [
    'reverse charge, not deductible: the cost on its own account',
    [line('6550', 100, '87', 25), line('6550', 25), line('2704', -25), line('2400', -100)],
    ['', '87 cost 25', '87 output -25', ''],
  ],
  ['rounded by an øre', [line('3000', -99, '3', -25), line('2700', -24)], ['', '3 output -24']],
  [
    'a VAT line that names its own code',
    [line('3000', -100, '3', -25), line('2700', -25, '3', -25)],
    ['', '3 output -25'],
  ],
  ['a settlement holds no VAT', [line('2700', 25), line('2710', -10), line('2740', -15)], ['', '', '']],
  ['tax of nothing', [line('3100', -100, '5', 0), line('1500', 100)], ['', '']],
])('%s', (_, lines, expected) => {
  expect(found(lines)).toEqual({ lines: expected, left: [] })
})

test('equal amounts on two accounts: the account that usually holds the code gets it', () => {
  const habits = new Map([
    ['2705', '81 output'],
    ['2704', '86 output'],
    ['2715', '81 input'],
    ['2714', '86 input'],
  ])
  const lines = [
    line('4300', 100, '81', 25),
    line('6550', 100, '86', 25),
    line('2714', 25),
    line('2704', -25),
    line('2715', 25),
    line('2705', -25),
  ]
  expect(found(lines, habits).lines.slice(2)).toEqual(['86 input 25', '86 output -25', '81 input 25', '81 output -25'])
})

test('VAT that no line holds is left over, and nothing else is taken for it', () => {
  expect(found([line('3000', -100, '3', -25), line('2700', -1_000), line('1500', 1_125)])).toEqual({
    lines: ['', '', ''],
    left: ['3 output -25'],
  })
})

test('parts of a line always sum to the line, and each code gets the tax that was told', () => {
  const codes = ['3', '31', '33', '1', '11', '81', '86']
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom(...codes), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 25_000 })),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      fc.boolean(),
      (bases, together) => {
        const sums = new Map<string, number>()
        const lines = bases.map(([code, base, tax]) => {
          const sign = codeOf(code).direction === 'output' ? -1 : 1
          const add = (key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount)
          if (codeOf(code).direction === 'reverse') {
            add(`${code} input`, tax)
            add(`${code} output`, -tax)
          } else add(`${code} ${codeOf(code).direction}`, sign * tax)
          return line('3000', sign * base, code, sign * tax)
        })
        const vat = [...sums].map(([key, amount], i) => ({ key, amount, account: together ? '2740' : `27${10 + i}` }))
        const all = [...lines, ...vat.map(({ account, amount }) => line(account, amount))]
        const { parts, left } = findVatLines(all, isVatAccount, new Map())
        expect(left).toEqual([])
        const got = new Map<string, number>()
        for (const [i, own] of parts) {
          expect(own.reduce((total, p) => total + p.amount, 0)).toBe(all[i]!.amount)
          for (const p of own)
            got.set(`${p.code.code} ${p.side}`, (got.get(`${p.code.code} ${p.side}`) ?? 0) + p.amount)
        }
        // Equal amounts may change places between codes; what is booked as VAT in all may not.
        expect([...got.values()].sort((a, b) => a - b)).toEqual([...sums.values()].sort((a, b) => a - b))
      },
    ),
  )
})
