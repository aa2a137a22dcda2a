import { describe, expect, test } from 'vitest'
import { standardAccounts } from '#worker/companies/standard-accounts.ts'
import { checkLayout, type LayoutLine, leavesOf, placedIn } from '#worker/reports/report-layout.ts'
import { STANDARD_LAYOUTS } from '#worker/reports/standard-layouts.ts'

const chart = standardAccounts()
const withoutCodes = chart.map((a) => ({ ...a, groupingCategory: null, groupingCode: null }))
const layout = (lines: Partial<LayoutLine>[]) => ({
  nameNb: 'Eget',
  nameEn: 'Own',
  statement: 'income' as const,
  lines: lines.map(
    (line, i): LayoutLine => ({
      key: `l${i}`,
      nameNb: 'Linje',
      nameEn: 'Line',
      side: 'credit',
      ...line,
    }),
  ),
})
const codes = (lines: Partial<LayoutLine>[]) => [
  ...new Set(checkLayout(layout(lines), chart).map((i) => `${i.severity} ${i.code} ${i.pointer}`)),
]

describe('the layouts that come with the product', () => {
  for (const standard of STANDARD_LAYOUTS) {
    test(`${standard.key} takes every account of the standard chart once`, () => {
      expect(checkLayout(standard, chart)).toEqual([])
    })
    test(`${standard.key} adds up every line with accounts once, but for what is appropriated`, () => {
      const totals = standard.lines.filter((line) => line.total).flatMap((line) => leavesOf(standard, line.key))
      const leaves = standard.lines.filter((line) => line.accounts || line.groupings || line.result)
      expect(totals.map((l) => l.key).toSorted()).toEqual(
        leaves
          .map((l) => l.key)
          .filter((key) => key !== 'appropriations')
          .toSorted(),
      )
    })
  }
  test('place accounts without codes by their numbers', () => {
    for (const standard of STANDARD_LAYOUTS.slice(0, 2)) {
      const [withCodes, byNumber] = [placedIn(standard, chart), placedIn(standard, withoutCodes)]
      expect(byNumber.unplaced.map((a) => a.number)).toEqual([])
      expect(checkLayout(standard, withoutCodes)).toEqual([])
      expect(byNumber.byLine.get('cash')).toEqual(
        withCodes.byLine.get('cash')?.map((a) => ({ ...a, groupingCategory: null, groupingCode: null })),
      )
    }
  })
})

describe('a layout of one’s own', () => {
  test('names the closest line: number before code before category before range', () => {
    const own = layout([
      { accounts: ['3000:8999'] },
      { groupings: ['annenDriftskostnad'] },
      { groupings: ['annenDriftskostnad:6300'] },
      { accounts: ['6300'] },
    ])
    expect(checkLayout(own, chart)).toEqual([])
    const { byLine } = placedIn({ ...own, key: 'lay_x', source: null }, chart)
    expect(byLine.get('l3')!.map((a) => a.number)).toEqual(['6300'])
    expect(byLine.get('l1')!.some((a) => a.number === '6340')).toBe(true)
    expect(byLine.get('l0')!.some((a) => a.number === '3000')).toBe(true)
  })
  test('is told what stands twice, what is not there, and what goes in a ring', () => {
    expect(codes([{ accounts: ['3000:8999'] }, { accounts: ['3000:3099'] }])).toEqual([
      'error report-layout/account-twice #/lines/1',
    ])
    expect(codes([{ accounts: ['3000:8999'] }, { key: 'l0', sum: ['l0'] }])).toEqual([
      'error report-layout/key-twice #/lines/1/key',
    ])
    expect(codes([{ accounts: ['3000:8999'] }, { sum: ['l9'] }])).toEqual([
      'error report-layout/line-unknown #/lines/1/sum/0',
    ])
    expect(codes([{ accounts: ['3000:8999'] }, { sum: ['l2'] }, { sum: ['l1'] }])).toEqual([
      'error report-layout/circular #/lines/1/sum',
      'error report-layout/circular #/lines/2/sum',
    ])
    expect(codes([{ accounts: ['3000:8999'] }, { sum: ['l0', 'l0'] }])).toEqual([
      'error report-layout/counted-twice #/lines/1/sum',
    ])
    expect(codes([{ accounts: ['8999:3000'] }])).toEqual(['error field/invalid #/lines/0/accounts/0'])
    expect(codes([{ accounts: ['3000:8999'], sum: [] }])).toEqual(['error report-layout/two-kinds #/lines/0'])
  })
  test('that misses accounts is warned, not refused: the report shows them apart', () => {
    expect(codes([{ accounts: ['3000:7999'] }])).toEqual(['warning report-layout/account-missing #/lines'])
  })
})
