import { describe, expect, test } from 'vitest'
import { kroner } from '#i18n/format.ts'
import { testBooks } from '#tests/support/books.ts'
import { isNeeded, type Layout, layoutOf, lockOf, nextCell } from '#web/islands/voucher/columns.ts'
import { cured, inReadingOrder, nextIssue, takenRest, withPastedVouchers } from '#web/islands/voucher/desk-actions.ts'
import { withDifference } from '#web/islands/voucher/draft-sync.ts'
import { edited, filledDown, withCopyOf, withoutRows } from '#web/islands/voucher/edit.ts'
import { nextPlace, placesOf } from '#web/islands/voucher/find-view.ts'
import { noHistory, redone, remembered, undone } from '#web/islands/voucher/history.ts'
import { judge, type Verdict } from '#web/islands/voucher/judge.ts'
import { templateOptions } from '#web/islands/voucher/search.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { Edit } from '#worker/sheets/sheet.ts'
import { BLANK, type Desk, emptyDesk, isBlank, vouchersOf, withIds } from '#worker/sheets/sheet.ts'
import type { Template } from '#worker/templates/template.ts'

const books = testBooks()
const setting = { books, today: '2026-03-20' as IsoDate }
const court = { books, rights: { softLock: false }, locale: 'nb' as const }
const id = `vch_${'0'.repeat(26)}` as const
const empty = emptyDesk(id, { type: 'IF', voucherDate: '2026-03-03', documentDate: '', text: 'Rekvisita', reason: '' })

/** Types a line as `6800 | 1249,50`: account, amount, and what else is named. */
const typed = (desk: Desk, row: number, cells: Record<string, string>): Desk =>
  edited(
    desk,
    Object.entries(cells).map(([field, value]): Edit => ({ row, field, value })),
    setting,
  )
const voucher = (...lines: Record<string, string>[]): Desk =>
  lines.reduce((desk, line, row) => typed(desk, row, line), empty)

const lines = (desk: Desk): string[] =>
  desk.rows
    .filter((row) => !isBlank(row))
    .map((row) =>
      [
        row.voucher,
        row.account,
        row.vatCode || '-',
        typeof row.amount === 'number' ? kroner(row.amount, 'nb').replaceAll('\u00a0', ' ') : `?${row.amount}`,
      ]
        .join(' ')
        .trim(),
    )
const faults = (verdict: Verdict): string[] => verdict.placed.map((p) => `${p.row} ${p.field} ${p.level} ${p.code}`)

describe('typing a voucher', () => {
  test('an account brings its VAT code visibly, and takes it away again', () => {
    let desk = voucher({ account: '6800', amount: '1249,50+300' })
    expect(lines(desk)).toEqual(['6800 1 1 549,50'])
    desk = typed(desk, 0, { account: '1920' })
    expect(lines(desk)).toEqual(['1920 - 1 549,50'])
  })
  test('a VAT code chosen by hand stays when the account changes', () => {
    expect(lines(voucher({ account: '6800', vatCode: '11', amount: '100' }, {}))).toEqual(['6800 11 100,00'])
    expect(lines(typed(voucher({ account: '6800', vatCode: '11', amount: '100' }), 0, { account: '6340' }))).toEqual([
      '6340 11 100,00',
    ])
  })
  test.each([
    ['6800 Kontorrekvisita', '6800'],
    ['kontorrekvisita', '6800'],
    ['-tegnverk norge as', '2400:20017'],
    ['+10001', '1500:10001'],
    ['2400:20017', '2400:20017'],
    ['6801', '6801'],
    ['tull', 'tull'],
  ])('the account %j is %j', (text, expected) => expect(voucher({ account: text }).rows[0]!.account).toBe(expected))
  test('an opening balance bears no VAT, nor does a company that is not registered', () => {
    const opening = { ...empty, header: { ...empty.header, type: 'AB' } }
    expect(typed(opening, 0, { account: '6800' }).rows[0]!.vatCode).toBe('')
    const unregistered = { ...setting, books: testBooks({ company: { ...books.company, vatRegistered: false } }) }
    expect(edited(empty, [{ row: 0, field: 'account', value: '6800' }], unregistered).rows[0]!.vatCode).toBe('')
  })
  test('debit and credit are one amount', () => {
    let desk = voucher({ account: '1920', credit: '100' })
    expect(desk.rows[0]!.amount).toBe(-10_000)
    desk = typed(desk, 0, { debit: '' }) // an empty debit does not take the credit away
    expect(desk.rows[0]!.amount).toBe(-10_000)
    expect(typed(desk, 0, { debit: '50' }).rows[0]!.amount).toBe(5_000)
    expect(typed(desk, 0, { credit: '' }).rows[0]!.amount).toBe('')
  })
  test('departments by name, dates by day', () => {
    const [row] = voucher({ account: '6300', 'dimensions/department': 'verksted', dueDate: '17' }).rows
    expect([row!.dimensions.department, row!.dueDate]).toEqual(['10', '2026-03-17'])
  })
  test('there is always a blank line to go on with, and nothing changes when nothing is changed', () => {
    const desk = voucher(...Array.from({ length: 12 }, () => ({ account: '6800', amount: '1' })))
    expect([desk.rows.length, isBlank(desk.rows.at(-1)!)]).toEqual([13, true])
    expect(typed(desk, 3, { account: '6800' })).toBe(desk)
  })
})

describe('judging while one types', () => {
  test('a voucher that balances is ready, with the VAT of each line', () => {
    const verdict = judge(
      voucher({ account: '6800', amount: '1250' }, { account: '2400:20017', amount: '-1250' }),
      court,
    )
    expect(verdict.vouchers[0]).toMatchObject({ ready: true, rest: 0 })
    expect([...verdict.vatAt]).toEqual([[0, 25_000]])
  })
  test('what is missing is unfinished, what is wrong is an error, each in its own cell', () => {
    const desk = voucher({ account: '6801', amount: '12a' }, {}, { account: '2400:99', amount: '-4', dueDate: '31.2' })
    expect(faults(judge(desk, court))).toEqual([
      '0 amount error unread',
      '2 dueDate error unread',
      '0 account error account/unknown',
      '2 account error party/unknown',
    ])
    const half = judge(voucher({ account: '6800' }, { account: '1920', amount: '5' }), court)
    expect(faults(half)).toEqual(['0 amount unfinished field/required'])
    expect(faults(judge(voucher({ account: '6800', amount: '5' }), court))).toEqual([
      '-1 lines unfinished voucher/unbalanced',
    ])
  })
  test('an amount that can be read in two ways says both, and is left as it was', () => {
    const [fault] = judge(voucher({ account: '6800', amount: '1.249' }), court).placed
    expect(fault!.message.replaceAll('\u00a0', ' ')).toBe(
      '1.249 kan leses på to måter: 1 249,00, eller med tre desimaler, rundet av til 1,25. Skriv beløpet så det bare kan leses på én måte, for eksempel med to desimaler.',
    )
    expect([fault!.fix?.value, fault!.other?.value]).toEqual([124_900, 125])
    // What is left is not known: nothing is proven, and nothing is filled in for it.
    const begun = voucher({ account: '6800', amount: '1.249' }, { account: '1920' })
    const verdict = judge(begun, court)
    expect(verdict.vouchers[0]).toMatchObject({ unread: true, ready: false })
    expect(takenRest(begun, 1, verdict, setting)).toBeUndefined()
  })
  test('the cure of an issue is put in its cell', () => {
    const desk = voucher({ account: '6801', amount: '100' })
    const verdict = judge(desk, court)
    const { fix } = verdict.placed.find((p) => p.code === 'account/unknown')!
    expect(cured(desk, fix!, verdict, setting).rows[0]).toMatchObject({ account: '6800', vatCode: '1' })
  })
  test('a locked day is cured in the header, or in all rows of a voucher in a sheet', () => {
    const periods = books.fiscalYears.flatMap(({ year }) => [
      { month: `${year}-03` as never, year, level: 'hard' as const },
      { month: `${year}-04` as never, year, level: 'open' as const },
    ])
    const locked = { ...court, books: testBooks({ periods }) }
    const one = voucher({ account: '6800', amount: '100' })
    const verdict = judge(one, locked)
    expect(
      cured(one, verdict.placed.find((p) => p.code === 'period/locked')!.fix!, verdict, setting).header.voucherDate,
    ).toBe('2026-04-01')
    const rows = [
      { ...BLANK, voucher: '7', date: '2026-03-03', account: '6800', amount: 1 },
      { ...BLANK, voucher: '7', date: '2026-03-03', account: '1920', amount: -1 },
    ]
    const sheet: Desk = withIds({ ...empty, mode: 'sheet', rows }, () => id)
    const judged = judge(sheet, locked)
    expect(faults(judged)).toContain('0 date error period/locked')
    expect(
      cured(sheet, judged.placed.find((p) => p.code === 'period/locked')!.fix!, judged, setting)
        .rows.slice(0, 2)
        .map((r) => r.date),
    ).toEqual(['2026-04-01', '2026-04-01'])
  })
  test('what the server adds stands beside what the rules say, for exactly that content', () => {
    const desk = voucher(
      { account: '6800', amount: '1250' },
      { account: '2400:20017', amount: '-1250', invoiceNumber: '17' },
    )
    const issue = {
      code: 'voucher/possible-duplicate',
      severity: 'warning' as const,
      pointer: '#/lines/1/invoiceNumber',
      params: { invoiceNumber: '17', voucher: 'IF 2026-1' },
    }
    const { content } = judge(desk, court).vouchers[0]!
    expect(faults(judge(desk, court, (asked) => (asked.content === content ? [issue] : undefined)))).toEqual([
      '1 invoiceNumber warning voucher/possible-duplicate',
    ])
    const changed = typed(desk, 1, { invoiceNumber: '18' })
    expect(faults(judge(changed, court, (asked) => (asked.content === content ? [issue] : undefined)))).toEqual([])
  })
  test('vouchers that did not change keep their verdict', () => {
    const rows = [1, 2, 3].flatMap((n) => [
      { ...BLANK, voucher: `${n}`, account: '6800', amount: n },
      { ...BLANK, voucher: `${n}`, account: '1920', amount: -n },
    ])
    let n = 0
    const sheet = withIds({ ...empty, mode: 'sheet', rows }, () => `vch_${String(n++).padStart(26, '0')}`)
    const first = judge(sheet, court)
    const second = judge(typed(sheet, 2, { amount: '5' }), court, undefined, first.memory)
    expect(second.vouchers.map((v, i) => v === first.vouchers[i])).toEqual([true, false, true])
  })
})

describe('taking the rest', () => {
  const rest = (desk: Desk, row: number) => takenRest(desk, row, judge(desk, court), setting)
  test('fills the line one is on', () => {
    const done = rest(voucher({ account: '6800', amount: '1250' }, { account: '2400:20017' }), 1)!
    expect(lines(done.desk)).toEqual(['6800 1 1 250,00', '2400:20017 - −1 250,00'])
  })
  test('repeats the line with what is left, where that lies on the same side', () => {
    const done = rest(voucher({ account: '2400:20017', amount: '-1000' }, { account: '6800', amount: '700' }), 1)!
    expect(lines(done.desk)).toEqual(['2400:20017 - −1 000,00', '6800 1 700,00', '6800 1 300,00'])
    expect(done.at).toEqual({ row: 2, field: 'amount' })
  })
  test('else puts it on a line of its own, whose account is asked for', () => {
    const done = rest(voucher({ account: '6800', amount: '700' }), 0)!
    expect(lines(done.desk)).toEqual(['6800 1 700,00', '- −700,00'])
    expect(done.at).toEqual({ row: 1, field: 'account' })
  })
  test('gives nothing when nothing is left', () => {
    expect(rest(voucher({ account: '6800', amount: '5' }, { account: '1920', amount: '-5' }), 1)).toBeUndefined()
  })
})

describe('lines and their history', () => {
  const desk = voucher(
    { account: '6800', amount: '1' },
    { account: '6340', amount: '2' },
    { account: '1920', amount: '-3' },
  )
  test('copy, delete and fill down', () => {
    expect(lines(withCopyOf(desk, 0))).toEqual(['6800 1 1,00', '6800 1 1,00', '6340 1 2,00', '1920 - −3,00'])
    expect(lines(withoutRows(desk, 0, 1))).toEqual(['1920 - −3,00'])
    expect(lines(filledDown(desk, { top: 0, bottom: 2 }, ['amount'], setting))).toEqual([
      '6800 1 1,00',
      '6340 1 1,00',
      '1920 - 1,00',
    ])
    expect(lines(filledDown(desk, { top: 1, bottom: 1 }, ['account'], setting))).toEqual([
      '6800 1 1,00',
      '6800 1 2,00',
      '1920 - −3,00',
    ])
  })
  test('what is posted is not changed', () => {
    const rows = desk.rows.map((row) => (isBlank(row) ? row : { ...row, posted: 'IF 2026-1' }))
    const posted: Desk = { ...desk, mode: 'sheet', rows }
    expect(typed(posted, 0, { account: '6340' })).toBe(posted)
    expect(lines(withoutRows(posted, 0, 2))).toHaveLength(3)
    expect(withCopyOf(posted, 0)).toBe(posted)
  })
  test('undo and redo walk the same path', () => {
    const [a, b] = [voucher({ account: '6800' }), voucher({ account: '6340' })]
    const history = remembered(remembered(noHistory<Desk>(), empty, a), a, b)
    const back = undone(history, b, withDifference)!
    expect(back.state).toBe(a)
    expect(redone(back.history, back.state, withDifference)!.state).toBe(b)
    expect(undone(undone(back.history, a, withDifference)!.history, empty, withDifference)).toBeUndefined()
  })
})

describe('pasted vouchers', () => {
  const rows = [
    { ...BLANK, voucher: '1', date: '2026-01-05', text: 'Leie', account: '6300', amount: 5 },
    { ...BLANK, voucher: '1', date: '2026-01-05', text: 'Leie', account: '1920', amount: -5 },
  ]
  test('one voucher on an empty desk gives its date and text to the header', () => {
    const desk = withPastedVouchers(empty, rows, 1)
    expect(desk.header).toMatchObject({ voucherDate: '2026-01-05', text: 'Leie', type: 'IF' })
    expect([desk.mode, vouchersOf(desk).length, desk.rows[0]!.voucher]).toEqual(['voucher', 1, ''])
  })
  test('several make a sheet; what stood there is a voucher of its own, with its id', () => {
    const desk = withPastedVouchers(
      voucher({ account: '6800', amount: '1' }),
      [...rows, { ...rows[0]!, voucher: '2' }],
      2,
    )
    const groups = vouchersOf(withIds(desk, () => `vch_${'9'.repeat(26)}`))
    expect(groups.map((g) => [g.key, g.rows.length, g.header.voucherDate])).toEqual([
      ['1', 1, '2026-03-03'],
      ['2', 2, '2026-01-05'],
      ['3', 1, '2026-01-05'],
    ])
    expect(groups[0]!.id).toBe(id)
  })
  test('ids are made once, and stay through edits and sorting apart', () => {
    let n = 0
    const newId = () => `vch_${String(++n).padStart(26, '0')}` as const
    const first = withIds(withPastedVouchers(empty, [...rows, { ...rows[0]!, voucher: '2' }], 2), newId)
    const again = withIds({ ...first, rows: first.rows.toReversed() }, newId)
    const ids = (desk: Desk) => Object.fromEntries(vouchersOf(desk).map((g) => [g.key, g.id]))
    expect(ids(again)).toEqual(ids(first))
    const parted = withIds(
      { ...first, rows: first.rows.map((row, i) => (i === 1 ? { ...row, voucher: '9' } : row)) },
      newId,
    )
    expect(new Set(Object.values(ids(parted))).size).toBe(3) // one voucher became two: the second gets an id of its own
    expect(ids(parted)['1']).toBe(ids(first)['1'])
  })
})

test('a text cell offers templates by key and name, and takes one only when it is written out or chosen', () => {
  const template = (key: string, name: string, active = true) => ({ key, active, content: { name } }) as Template
  const all = [template('STRØM', 'Strøm og nettleie'), template('70', 'Verksted 70 %'), template('X', 'Ute', false)]
  const found = (text: string) => {
    const { options, chosen } = templateOptions(text, all)
    return [options.map(({ code }) => code).join(), chosen]
  }
  expect([found(''), found('nettl'), found('strøm'), found('x')]).toEqual([
    ['STRØM,70', -1],
    ['STRØM', -1],
    ['STRØM', 0],
    ['', -1],
  ])
})

describe('going through the cells', () => {
  const { columns }: Layout = layoutOf(empty, books, 'nb', {}, 0)
  const at = (field: string) => columns.findIndex((column) => column.field === field)
  const desk = voucher({ account: '6340', amount: '100' }, { account: '2400:20017', amount: '-100' })
  const stops = (row: number, col: number) =>
    lockOf(desk.rows[row]!, columns[col]!, books) === undefined && isNeeded(desk.rows[row]!, columns[col]!, books, 'IF')
  const path = (row: number, field: string): string => {
    const next = nextCell({ row, col: at(field) }, 1, { rows: desk.rows.length, cols: columns.length }, stops)
    return next ? `${next.row} ${columns[next.col]!.field}` : 'out'
  }
  test('Enter goes to what a line needs', () => {
    expect(path(0, 'account')).toBe('0 amount')
    expect(path(0, 'amount')).toBe('0 dimensions/department') // 6340 demands one
    expect(path(0, 'dimensions/department')).toBe('1 account')
    expect(path(1, 'amount')).toBe('1 invoiceNumber') // an invoice's control account
    expect(path(1, 'paymentReference')).toBe('2 account')
  })
  test('invoice fields are locked on other accounts, VAT on control accounts, and computed cells always', () => {
    const lock = (row: number, field: string) => lockOf(desk.rows[row]!, columns[at(field)]!, books)
    expect([lock(0, 'dueDate'), lock(1, 'dueDate'), lock(1, 'vatCode'), lock(0, 'vatCode')]).toEqual([
      'lockedForAccount',
      undefined,
      'lockedVat',
      undefined,
    ])
    expect([lock(0, 'accountName'), lock(0, 'vatAmount'), lock(1, 'vatAmount')]).toEqual([
      'computedName',
      undefined,
      'lockedVatAmount',
    ])
  })
  test('F8 goes round through the issues in reading order', () => {
    const faulty = voucher({ account: '6801', amount: 'x' }, { account: '6802', amount: '1' })
    const fields = columns.map((column) => column.field)
    const ordered = inReadingOrder(judge(faulty, court).placed, fields)
    const from = (row: number, field: string, step: 1 | -1 = 1) => {
      const next = nextIssue(ordered, { row, field }, fields, step)!
      return `${next.row} ${next.field}`
    }
    expect([from(0, 'account'), from(0, 'amount'), from(1, 'account'), from(0, 'account', -1)]).toEqual([
      '0 amount',
      '1 account',
      '0 account',
      '1 account',
    ])
  })
})

describe('a new line', () => {
  const columns = [
    { field: 'text', fill: 'Gebyr' },
    { field: 'dimensions/department', repeats: true },
  ]
  test('takes what its columns are filled in with and repeat; what is typed comes first', () => {
    const type = (desk: Desk, row: number, cells: Record<string, string>) =>
      edited(
        desk,
        Object.entries(cells).map(([field, value]) => ({ row, field, value })),
        { ...setting, columns },
      )
    let desk = type(empty, 0, { account: '7770', 'dimensions/department': '10' })
    desk = type(desk, 1, { account: '7771' })
    desk = type(desk, 2, { text: 'Egen' })
    expect(desk.rows.slice(0, 3).map((row) => [row.text, row.dimensions.department])).toEqual([
      ['Gebyr', '10'],
      ['Gebyr', '10'],
      ['Egen', '10'],
    ])
  })
})

test('find goes from hit to hit, round and round, and spaces do not count', () => {
  const cells = [
    ['6800', '1 249,50'],
    ['1920', '−1 249,50'],
  ]
  const places = placesOf('1249,5', { rows: 2, cols: 2 }, (row, col) => cells[row]![col]!)
  expect(places).toEqual([
    { row: 0, col: 1 },
    { row: 1, col: 1 },
  ])
  expect(nextPlace(places, { row: 0, col: 1 }, 1)).toEqual({ row: 1, col: 1 })
  expect(nextPlace(places, { row: 1, col: 1 }, 1)).toEqual({ row: 0, col: 1 })
  expect(nextPlace(places, { row: 0, col: 0 }, -1)).toEqual({ row: 1, col: 1 })
})
