import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeChanges, type KeptLine, type LineChange, lineKey } from '#worker/budgets/budget-cell.ts'
import { changesOfRows, rowOfLine } from '#worker/budgets/budget-row.ts'
import { directionOf, recogniseSign, SIGNS, signed } from '#worker/budgets/budget-sign.ts'
import { spread, spreadTotal, weightsOf } from '#worker/budgets/spread.ts'
import { ore } from '#worker/core/money.ts'

const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`)
const amount = fc.integer({ min: -1e12, max: 1e12 })
const total = (amounts: readonly (number | null)[]) => amounts.reduce<number>((a, b) => a + (b ?? 0), 0)

describe('spreading', () => {
  test('every øre stays, whatever the weights; a month without weight gets nothing', () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 18 }),
        (sum, weights) => {
          const parts = spread(ore(sum), weights)
          expect(total(parts)).toBe(sum)
          if (weights.some((w) => w > 0)) expect(parts.filter((part, i) => weights[i] === 0 && part !== 0)).toEqual([])
        },
      ),
    )
  })
  test('even: the odd øre fall in the last month', () => {
    expect(spread(ore(1_000), Array(12).fill(1)).slice(10)).toEqual([83, 87])
  })
  test('as last year: a month that went the other way weighs nothing', () => {
    const facts = { months: months.slice(0, 3), lastYear: [-300, 100, -100], seasons: [] }
    expect(weightsOf('last-year', facts)).toEqual([300, 0, 100])
    expect(spreadTotal(ore(-800), 'last-year', [], facts)).toEqual([-600, 0, -200])
    expect(weightsOf('last-year', { ...facts, lastYear: [0, 0, 0] })).toEqual([1, 1, 1])
  })
  test('without a key a new sum keeps the proportions that stand', () => {
    const facts = { months: months.slice(0, 2), lastYear: [0, 0], seasons: [] }
    expect(spreadTotal(ore(400), '', [100, 300], facts)).toEqual([100, 300])
    expect(spreadTotal(ore(-800), '', [100, 300], facts)).toEqual([-200, -600])
    expect(spreadTotal(ore(401), '', [null, null], facts)).toEqual([200, 201])
    expect(spreadTotal(ore(165), '', [100, 100, -50], facts), 'a month of the other side stays').toEqual([
      106, 106, -47,
    ])
    expect(spreadTotal(ore(40), '', [100, null, -100], facts), 'nor has the sum to be more than 0').toEqual([
      120, 0, -80,
    ])
  })
})

describe('signs', () => {
  test('there and back is the same amount', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(...SIGNS), fc.constantFrom<1 | -1>(1, -1), (a, sign, direction) => {
        expect(signed(signed(ore(a), sign, direction), sign, direction)).toBe(a === 0 ? 0 : a)
      }),
    )
  })
  test('are told by income and cost, and an account outside the chart by its number', () => {
    const told = (income: number, cost: number) =>
      recogniseSign([
        { direction: directionOf('3000', undefined), amount: income },
        { direction: directionOf('6300', 'expense'), amount: cost },
      ]).sign
    expect([told(5, 3), told(-5, 3), told(5, -3), told(0, 3), told(0, -3)]).toEqual([
      'natural',
      'debit',
      'result',
      'natural',
      'result',
    ])
  })
})

const lineArbitrary = fc.record({
  account: fc.constantFrom('3000', '4000', '6300', '9999'),
  dimensions: fc.constantFrom('{}', '{"department":"10"}', '{"department":"10","project":"P"}'),
  spread: fc.constantFrom('', 'even'),
  comment: fc.constantFrom('', 'fast leie'),
  amounts: fc.array(fc.option(amount, { freq: 3 }), { minLength: 12, maxLength: 12 }),
})
const keptOf = (
  lines: readonly {
    account: string
    dimensions: string
    spread: string
    comment: string
    amounts: (number | null)[]
  }[],
) =>
  new Map<string, KeptLine>(
    lines.map((l) => [
      lineKey(l.account, l.dimensions),
      {
        ...l,
        cells: new Map(
          l.amounts.flatMap((a, i) => (a === null ? [] : [[months[i]!, { amount: a, by: 'x', at: 'y' }]])),
        ),
      },
    ]),
  )

describe('changes', () => {
  test('rows taken out and brought back are no change, in any sign', () => {
    fc.assert(
      fc.property(fc.array(lineArbitrary, { maxLength: 8 }), fc.constantFrom(...SIGNS), (lines, sign) => {
        const kept = keptOf(lines)
        const rows = [...kept.values()].map((line) => rowOfLine(line, months, sign, undefined))
        const spreadOf = () => ({ lastYear: [], seasons: [] })
        const facts = { months, typeOf: () => undefined, kept, spreadOf }
        const { changes, cleared, issues } = changesOfRows({ rows, sign, missing: 'clear' }, facts)
        expect([cleared, issues]).toEqual([[], []])
        const judged = judgeChanges(changes as LineChange[], kept)
        expect([judged.differences, judged.conflicts]).toEqual([[], []])
      }),
    )
  })
  test('every cell is written, stands already, or is a conflict that keeps what stands', () => {
    const changeArbitrary = fc.record({ was: fc.option(amount), now: fc.option(amount), yours: fc.option(amount) })
    fc.assert(
      fc.property(fc.array(changeArbitrary, { minLength: 12, maxLength: 12 }), (cells) => {
        const kept = keptOf([
          { account: '3000', dimensions: '{}', spread: '', comment: '', amounts: cells.map((c) => c.now) },
        ])
        const change = {
          account: '3000',
          dimensions: {},
          cells: cells.map((c, i) => ({ month: months[i]!, amount: c.yours, was: c.was })),
        } as unknown as LineChange
        const { differences, conflicts, unchanged } = judgeChanges([change], kept)
        expect(differences.length + conflicts.length + unchanged).toBe(12)
        for (const d of differences)
          expect(cells[months.indexOf(d.field)]!.now).toBe(cells[months.indexOf(d.field)]!.was)
        for (const c of conflicts) expect(c.theirs).toBe(cells[months.indexOf(c.field)]!.now)
      }),
    )
  })
})
