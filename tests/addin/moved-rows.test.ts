import { describe, expect, test } from 'vitest'
import { repairOf, withKept } from '#addin/sheet/moved-rows.ts'
import { voucherColumns } from '#addin/sheet/voucher-columns.ts'
import type { SheetRow } from '#addin/sheet/voucher-rows.ts'

const columns = voucherColumns([])
const rows = (...cells: Record<string, string | number>[]): SheetRow[] =>
  cells.map((of, at) => ({ at, cells: of }) as never)
const mine = new Map([['voucherId', new Set(['vch_a'])]])

describe('rows that were emptied since they were last read', () => {
  const was = { voucherDate: 46082, account: '1920', amount: 100, text: 'Leie', voucherId: 'vch_a', rowKey: 'r1' }
  const { voucherId: _, rowKey: __, ...bare } = was
  const keysOf = (after: SheetRow[]) => withKept(rows(was), after, columns).map(({ cells }) => cells.voucherId ?? '')

  test('are known again, edited or moved', () => {
    expect(keysOf(rows({ account: '2900' }, { ...bare, text: 'Leie, mars' }))).toEqual(['', 'vch_a'])
  })
  test('but not what only stands in the same columns, nor a copy of what still stands', () => {
    expect(keysOf(rows({ voucherDate: 46082, account: '3000', amount: -5, text: 'Salg' }))).toEqual([''])
    expect(keysOf(rows(bare, was))).toEqual(['', 'vch_a'])
    // Another voucher of the day on the account, in the place of one that was deleted.
    expect(keysOf(rows({ ...bare, amount: 200, text: 'Strøm' }))).toEqual([''])
  })
})

describe('what was written on rows that had moved by then', () => {
  const before = rows({ account: '1920', text: 'Leie' }, { account: '2900', text: 'Strøm' })
  const intended = { at: 0, column: 'voucherId', value: 'vch_a' }

  test('is taken back from the row it landed on', () => {
    const after = rows({ account: '2900', text: 'Strøm', voucherId: 'vch_a' }, { account: '1920', text: 'Leie' })
    expect(repairOf(before, after, mine, columns)).toEqual([{ at: 0, column: 'voucherId', value: '' }])
  })

  test('stays where another window wrote the same, and may have sent it: also on a row that was edited', () => {
    const edited = rows({ account: '1920', text: 'Leie, mars', voucherId: 'vch_a' }, { account: '2900', text: 'Strøm' })
    expect(repairOf(before, edited, mine, columns)).toEqual([{ at: 0, column: 'voucherId', value: '' }])
    expect(repairOf(before, edited, mine, columns, [intended])).toEqual([])
  })

  test('does not stay on a row it was not meant for', () => {
    const after = rows(
      { account: '2900', text: 'Strøm', voucherId: 'vch_a' },
      { account: '1920', text: 'Leie', voucherId: 'vch_a' },
    )
    expect(repairOf(before, after, mine, columns, [intended])).toEqual([{ at: 0, column: 'voucherId', value: '' }])
  })

  test('and goes to the row it was meant for', () => {
    const after = rows({ account: '2900', text: 'Strøm', voucherId: 'vch_a' }, { account: '1920', text: 'Leie' })
    expect(repairOf(before, after, mine, columns, [intended])).toEqual([
      { at: 0, column: 'voucherId', value: '' },
      { at: 1, column: 'voucherId', value: 'vch_a' },
    ])
  })
})
