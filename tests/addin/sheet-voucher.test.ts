import { describe, expect, test } from 'vitest'
import { serialOf } from '#addin/sheet/excel-value.ts'
import { type Memory, type Sent, withSent } from '#addin/sheet/sent-voucher.ts'
import { settle } from '#addin/sheet/settle.ts'
import { type Court, type SheetVoucher, vouchersOf } from '#addin/sheet/sheet-voucher.ts'
import { voucherColumns } from '#addin/sheet/voucher-columns.ts'
import { derivedId } from '#addin/sheet/voucher-identity.ts'
import type { SheetRow } from '#addin/sheet/voucher-rows.ts'
import { testBooks } from '#tests/support/books.ts'
import type { IsoDate } from '#worker/core/dates.ts'

const books = testBooks()
const columns = voucherColumns([...books.dimensions.values()])
const court: Court = {
  books,
  rights: { softLock: false },
  locale: 'nb',
  today: '2026-03-15' as IsoDate,
  workbook: 'wbk_1',
  served: new Map(),
  strict: true,
}
const day = (d: string) => serialOf(d as IsoDate)

/** Rows as a person would write them: type, date, account, amount, and whatever else. */
const rowsOf = (...cells: Record<string, unknown>[]): SheetRow[] =>
  cells.map((c, at) => ({ at, cells: c as SheetRow['cells'] }))
const pair = (over: Record<string, unknown> = {}): Record<string, unknown>[] => [
  { type: 'HB', voucherDate: day('2026-03-01'), account: 1920, amount: 1250.5, text: 'Til kassen', ...over },
  { account: '2900', amount: -1250.5 },
]
const judge = (rows: readonly SheetRow[], memory: Memory = new Map(), over: Partial<Court> = {}) =>
  vouchersOf(rows, columns, memory, { ...court, ...over })

const postedAs = (v: SheetVoucher, number: number): Sent => ({
  id: v.id,
  contentHash: v.contentHash,
  outcome: 'posted',
  name: { series: 'HB', fiscalYear: 2026, number, ledgerVersion: number, recordedAt: '2026-03-15T12:00:00.000Z' },
})
/** The rows with what the add-in writes beside what is typed. */
async function written(rows: readonly SheetRow[], memory: Memory): Promise<SheetRow[]> {
  const vouchers = await judge(rows, memory)
  const next = rows.map((row) => ({ at: row.at, cells: { ...row.cells } as Record<string, any> }))
  for (const voucher of vouchers)
    if (voucher.sent)
      voucher.rows.forEach((row, i) =>
        Object.assign(next[row.at]!.cells, { rowKey: `r${i + 1}`, voucherId: voucher.id }),
      )
  for (const { at, column, value } of settle(rows, vouchers, columns, books, 'nb')) next[at]!.cells[column] = value
  return next
}

describe('rows become vouchers', () => {
  test('consecutive rows until they balance', async () => {
    const vouchers = await judge(rowsOf(...pair(), ...pair({ text: 'Neste' })))
    expect(vouchers.map((v) => [v.state, v.rows.length, v.raw.text])).toEqual([
      ['ready', 2, 'Til kassen'],
      ['ready', 2, 'Neste'],
    ])
    expect(vouchers[0]!.raw).toMatchObject({
      type: 'HB',
      voucherDate: '2026-03-01',
      lines: [
        { rowKey: 'r1', account: '1920', amount: 125050 },
        { rowKey: 'r2', account: '2900', amount: -125050 },
      ],
    })
  })
  test('a script goes with its row, and what is wrong with it stands in its cell', async () => {
    const cost = (script: string) => ({ account: '7500', amount: 1250.5, vatCode: '0', script })
    const [voucher] = await judge(rowsOf(...pair({ ...cost('SPRE(3;2;1749)') })))
    expect(voucher!.raw).toMatchObject({ lines: [{ script: 'SPRE(3;2;1749)' }, {}] })
    expect(voucher!.state).toBe('ready')
    const [faulty] = await judge(rowsOf(...pair({ ...cost('SPRE(3)') })))
    expect(faulty!.placed.map((p) => p.column)).toContain('script')
  })
  test('the same reference, wherever the rows stand', async () => {
    const [a, b] = pair({ reference: 'X' }) as any
    const vouchers = await judge(rowsOf(a, ...pair(), { ...b, reference: 'X' }))
    expect(vouchers.map((v) => v.rows.map((r) => r.at))).toEqual([
      [0, 3],
      [1, 2],
    ])
    expect(vouchers.map((v) => v.state)).toEqual(['ready', 'ready'])
  })
  test('another date or type begins another voucher', async () => {
    const vouchers = await judge(
      rowsOf(
        { type: 'HB', voucherDate: day('2026-03-01'), account: 1920, amount: 10 },
        { voucherDate: day('2026-03-02'), account: 2900, amount: -10 },
      ),
    )
    expect(vouchers).toHaveLength(2)
  })
  test('a contra account makes the whole voucher of one row, the party on the account that keeps parties', async () => {
    const [voucher] = await judge(
      rowsOf({
        type: 'IF Inngående faktura',
        voucherDate: day('2026-03-01'),
        account: '6800 Kontorrekvisita',
        debit: 1250,
        vatCode: '1',
        contraAccount: 2400,
        party: '20017 Tegnverk Norge AS',
        invoiceNumber: '0088',
        text: 'Papir',
      }),
    )
    expect(voucher!.raw.lines).toEqual([
      { rowKey: 'r1', account: '6800', amount: 125000, vatCode: '1' },
      { rowKey: 'r1c', account: '2400:20017', amount: -125000, invoiceNumber: '0088' },
    ])
    expect(voucher!.state).toBe('ready')
  })
  test('figures and texts are read alike, in either notation, and nothing is guessed', async () => {
    const amountOf = async (amount: unknown) => (await judge(rowsOf({ ...pair()[0]!, amount })))[0]!
    for (const written of [1250.5, '1 250,50', '1\u00a0250,50', '1.250,50', '1,250.50', 'kr 1250,50', '1250.50'])
      expect((await amountOf(written)).raw.lines).toMatchObject([{ amount: 125050 }])
    expect((await amountOf('1 250,50-')).raw.lines).toMatchObject([{ amount: -125050 }])
    expect((await amountOf(0.1 + 0.2)).raw.lines).toMatchObject([{ amount: 30 }])
    expect((await amountOf('475,962')).placed[0]).toMatchObject({ code: 'cell/ambiguous', column: 'amount', at: 0 })
    expect((await amountOf(475.962)).placed[0]).toMatchObject({ code: 'cell/too-fine' })
    expect((await amountOf('#VALUE!')).placed[0]).toMatchObject({ code: 'cell/formula-error' })
    const [two] = await judge(rowsOf({ ...pair()[0]!, debit: 5 }))
    expect(two!.placed[0]).toMatchObject({ code: 'row/two-amounts' })
  })
  test('dates come as day numbers or texts', async () => {
    const dateOf = async (voucherDate: unknown) =>
      (await judge(rowsOf({ ...pair()[0]!, voucherDate })))[0]!.raw.voucherDate
    for (const written of [day('2026-03-01'), '01.03.2026', '2026-03-01', '1.3', '010326', 20260301, '1. mars 2026'])
      expect(await dateOf(written), String(written)).toBe('2026-03-01')
    expect(await dateOf('31.02.2026')).toBeUndefined()
    expect(await dateOf('3/4/2026')).toBeUndefined()
  })
  test('issues stand in their cells, in the words of the ledger, with the value that mends them', async () => {
    const [voucher] = await judge(rowsOf({ ...pair()[0]!, account: 6801 }, { account: 2900, credit: 1250.5 }))
    expect(voucher!.placed).toEqual([
      {
        at: 0,
        column: 'account',
        level: 'error',
        code: 'account/unknown',
        message: 'Konto 6801 finnes ikke. Mente du 6800 Kontorrekvisita?',
        served: false,
        fix: { at: 0, column: 'account', value: '6800', label: expect.stringContaining('6800') },
      },
    ])
  })
  test('what is merely unfinished is a draft until one asks', async () => {
    const rows = rowsOf(pair()[0]!)
    expect((await judge(rows, undefined, { strict: false }))[0]!.state).toBe('draft')
    expect((await judge(rows))[0]!.state).toBe('error')
  })
})

describe('never twice', () => {
  test('the id follows from the content, so two people at once send the same', async () => {
    const [mine] = await judge(rowsOf(...pair()))
    const [theirs] = await judge(rowsOf({}, ...pair()))
    expect(theirs!.id).toBe(mine!.id)
    const [elsewhere] = await judge(rowsOf(...pair()), undefined, { workbook: 'wbk_2' })
    expect(elsewhere!.id).not.toBe(mine!.id)
  })
  test('twins in one sheet are two vouchers', async () => {
    const [one, two] = await judge(rowsOf(...pair(), ...pair()))
    expect(one!.id).not.toBe(two!.id)
    expect([one!.sendable, two!.sendable]).toEqual([true, true])
  })
  test('a posted voucher keeps its id when sorted, and shows its number', async () => {
    const rows = rowsOf(...pair(), ...pair({ text: 'Neste' }))
    const [one, two] = await judge(rows)
    const memory = withSent(new Map(), [postedAs(one!, 1), postedAs(two!, 2)])
    const after = await written(rows, memory)
    const sorted = [after[2]!, after[1]!, after[3]!, after[0]!].map((row, at) => ({ at, cells: row.cells }))
    const vouchers = await judge(sorted, memory)
    expect(vouchers.map((v) => [v.state, v.sent?.name?.number, v.sendable])).toEqual([
      ['posted', 2, false],
      ['posted', 1, false],
    ])
    expect(after[0]!.cells).toMatchObject({ status: 'Bokført', number: 'HB 2026-1', accountName: 'Bankinnskudd' })
  })
  test('a copied row is a copy, and never sent', async () => {
    const rows = rowsOf(...pair())
    const memory = withSent(new Map(), [postedAs((await judge(rows))[0]!, 1)])
    const [a, b] = await written(rows, memory)
    const copied = [a!, b!, a!, b!].map((row, at) => ({ at, cells: row.cells }))
    expect((await judge(copied, memory)).map((v) => [v.state, v.copy, v.sendable])).toEqual([
      ['posted', false, false],
      ['posted', true, false],
    ])
    const changed = copied.map((row) => (row.at === 2 ? { at: 2, cells: { ...row.cells, amount: 99 } } : row))
    expect((await judge(changed, memory)).map((v) => [v.state, v.sendable])).toEqual([
      ['posted', false],
      ['changed', false],
    ])
  })
  test('an edited posted row is changed, and posted again when put back', async () => {
    const rows = rowsOf(...pair())
    const memory = withSent(new Map(), [postedAs((await judge(rows))[0]!, 1)])
    const [a, b] = await written(rows, memory)
    const edited = [{ at: 0, cells: { ...a!.cells, account: '1900' } }, b!]
    expect((await judge(edited, memory))[0]).toMatchObject({ state: 'changed', sendable: false })
    expect((await judge([a!, b!], memory))[0]).toMatchObject({ state: 'posted' })
  })
  test('hidden columns that were deleted come back: same content, same id', async () => {
    const rows = rowsOf(...pair())
    const memory = withSent(new Map(), [postedAs((await judge(rows))[0]!, 1)])
    expect((await judge(rows, memory))[0]).toMatchObject({ state: 'posted', sendable: false })
  })
  test('rows pasted into another workbook are asked for before anything else', async () => {
    const rows = rowsOf(...pair())
    const memory = withSent(new Map(), [postedAs((await judge(rows))[0]!, 1)])
    const carried = await written(rows, memory)
    expect((await judge(carried, new Map(), { workbook: 'wbk_2' }))[0]).toMatchObject({
      state: 'unknown',
      sendable: false,
    })
  })
  test('a refused voucher keeps its id through any change', async () => {
    const rows = rowsOf(...pair())
    const [voucher] = await judge(rows)
    const memory = withSent(new Map(), [{ ...postedAs(voucher!, 1), outcome: 'refused' as const }])
    const [a, b] = await written(rows, memory)
    const [again] = await judge([{ at: 0, cells: { ...a!.cells, text: 'Annet' } }, b!], memory)
    expect(again).toMatchObject({ id: voucher!.id, state: 'ready', sendable: true })
  })
  test('what was sent is never forgotten by news of it: hashes, wording and answers, in whatever order windows wrote them', () => {
    const id = 'vch_00000000000000000000000001' as Sent['id']
    const sent = (contentHash: string, outcome: Sent['outcome']): Sent => ({ id, contentHash, outcome })
    const grown = (...news: Sent[]) => withSent(new Map(), news).get(id)
    const first: Sent = { ...sent('a', 'refused'), likeness: 'A', home: 'file' }
    const known = { ...sent('c', 'posted'), likeness: 'A', home: 'file' }
    const [second, third] = [sent('b', 'unknown'), sent('c', 'posted')]
    expect(grown(first, second, third, sent('', 'unknown'))).toEqual({ ...known, was: ['b', 'a'] })
    expect(grown({ ...third, was: ['x'] }, first, second)).toEqual({ ...known, was: ['x', 'a', 'b'] })
    expect(grown(third, { ...sent('c', 'reversed'), was: ['b'] })).toEqual({ ...sent('c', 'reversed'), was: ['b'] })
    const tries = Array.from({ length: 30 }, (_, i) => sent(`${i}`, 'refused'))
    expect(grown(...tries)!.was).toEqual(Array.from({ length: 20 }, (_, i) => `${28 - i}`))
  })
  test('settling twice writes nothing the second time', async () => {
    const rows = rowsOf(...pair({ vatCode: '' }), ...pair({ account: 6801 }))
    const once = await written(rows, new Map())
    expect(settle(once, await judge(once), columns, books, 'nb')).toEqual([])
  })
  test('derived ids differ by every part', async () => {
    const ids = await Promise.all([
      derivedId('a', 'b', 'c', 0),
      derivedId('a', 'b', 'c', 1),
      derivedId('a', 'b', 'd', 0),
      derivedId('a', 'x', 'c', 0),
    ])
    expect(new Set(ids).size).toBe(4)
    expect(ids.every((id) => /^vch_[0-9a-z]{26}$/.test(id))).toBe(true)
  })
})
