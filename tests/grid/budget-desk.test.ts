import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { machine } from '#tests/support/machine.ts'
import { BudgetDesk, type SaveResult } from '#web/islands/budget/budget-desk.ts'
import { edited } from '#web/islands/budget/budget-edit.ts'
import type { BudgetFacts } from '#web/islands/budget/budget-facts.ts'
import { type Base, blankRow, totalOf } from '#web/islands/budget/budget-row.ts'
import { unsavedOf } from '#web/islands/budget/budget-save.ts'
import type { Shown } from '#web/islands/budget/budget-shown.ts'
import { saysOf } from '#web/islands/budget/cell-says.ts'
import { readTyped } from '#web/islands/budget/typed-amount.ts'
import { unreadAmount } from '#web/islands/sheets/unread-amount.ts'
import { judgeChanges, type KeptLine, type LineChange, lineKey } from '#worker/budgets/budget-cell.ts'
import type { Books } from '#worker/ledger/books.ts'

const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`)
const books = {
  accounts: new Map([
    ['3000', { number: '3000', type: 'income' }],
    ['6300', { number: '6300', type: 'expense' }],
  ]),
  dimensions: new Map(),
} as unknown as Books
const moved = { thisYear: months.map(() => 0), lastYear: months.map((_, i) => (i < 2 ? -300 : 0)) }
const facts: BudgetFacts = {
  months,
  books,
  actuals: new Map([['3000', new Map([[null, moved]])]]),
  seasons: [{ key: 'summer', name: 'Sommer', weights: [0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0] }],
  locale: 'nb',
  sign: 'natural',
}
const row = (over: object = {}) => ({ ...blankRow('r1', 12), account: '6300', ...over })
const edit = (field: string, value: string, over: object = {}) =>
  edited([row(over)], [{ id: 'r1', field, value }], facts)[0]!

describe('typing', () => {
  test('a sum is spread by the line’s key, and every øre stays', () => {
    expect(edit('total', '1000').amounts.slice(10)).toEqual([8_333, 8_337])
    expect(edit('total', '100', { spread: 'summer' }).amounts.slice(5, 8)).toEqual([2_500, 5_000, 2_500])
    expect(edit('total', '10', { account: '3000', spread: 'last-year' }).amounts.slice(0, 3)).toEqual([
      -500,
      -500,
      null,
    ])
  })
  test('a month changes the sum by being in it', () => {
    const changed = edit('m2', '1249,50+300', { amounts: [100, ...Array(11).fill(null)] })
    expect([changed.amounts[2], totalOf(changed.amounts)]).toEqual([154_950, 155_050])
  })
  test('income is typed as people say it, and kept as credit', () => {
    expect(edit('m0', '500', { account: '3000' }).amounts[0]).toBe(-50_000)
    expect(edit('m0', '-500', { account: '3000' }).amounts[0]).toBe(50_000)
  })
  test('a percentage changes what stands, in a month and in the whole line', () => {
    const amounts = [10_000, 20_001, ...Array(10).fill(null)]
    expect(edit('m0', '+5 %', { amounts }).amounts[0]).toBe(10_500)
    expect(edit('m0', '-5%', { amounts }).amounts[0]).toBe(9_500)
    expect(edit('total', '−2,5 %', { amounts }).amounts.slice(0, 3)).toEqual([9_750, 19_501, null])
    expect(edit('m5', '5 %', { amounts }).amounts[5]).toBe('5 %')
  })
  test('a key that nobody knows is told in its cell, and leaves the months alone; its name is a key', () => {
    const amounts = [5_000, 10_000, ...Array(10).fill(null)]
    for (const text of ['abc', '1.234', '(500)', 'tullball']) {
      const typed = edit('spread', text, { amounts })
      expect([typed.spread, typed.amounts]).toEqual([text, amounts])
      const shown = { kind: 'line', row: typed } as unknown as Shown
      const says = saysOf(shown, 'spread', { facts, rows: [typed], conflictAt: () => undefined }, new Set())
      expect(says).toEqual({ level: 'error', text: expect.stringContaining(`«${text}» er ingen fordeling.`) })
      const saved = unsavedOf(
        [typed],
        new Map([['r1', { ...row(), amounts: months.map(() => null) }]]),
        new Map(),
        facts,
      )
      expect(saved[0]!.change.spread).toBeUndefined()
      // A sum typed beside it keeps the line's shape.
      expect(edit('total', '300', { amounts, spread: text }).amounts.slice(0, 2)).toEqual([10_000, 20_000])
    }
    expect(edit('spread', 'Sommer', { amounts }).spread).toBe('summer')
    expect(edit('spread', 'jevnt', { amounts }).amounts[11]).toBe(1_250)
  })
  test('another key spreads the same sum; what cannot be read stays as typed', () => {
    const spread = edit('spread', 'summer', { amounts: Array(12).fill(100) })
    expect([totalOf(spread.amounts), spread.amounts[6]]).toEqual([1_200, 600])
    expect(edit('m0', 'ca. 5').amounts[0]).toBe('ca. 5')
    expect(readTyped('1.250')).toEqual({ kind: 'wrong', text: '1.250' }) // thousands, or three decimals
    expect(unreadAmount('1.250', 'nb', 'annet').replaceAll('\u00a0', ' ')).toContain(
      '1 250,00, eller med tre desimaler, rundet av til 1,25',
    )
  })
})

/** A server that judges as ours does, and somebody else who may write in it. */
function server(lines: Base[]) {
  let kept = new Map<string, KeptLine>()
  let revision = 0
  const put = (line: Pick<Base, 'account' | 'dimensions'>, field: string, amount: number | null) => {
    const text = JSON.stringify(line.dimensions)
    const key = lineKey(line.account, text)
    const before = kept.get(key) ?? {
      account: line.account,
      dimensions: text,
      spread: '',
      comment: '',
      cells: new Map(),
    }
    const cells = new Map(before.cells)
    if (amount === null) cells.delete(field)
    else cells.set(field, { amount, by: 'x', at: '2026-01-01T10:00:00Z' })
    kept = new Map(kept).set(key, { ...before, cells })
  }
  for (const line of lines)
    for (const [i, amount] of line.amounts.entries()) if (amount !== null) put(line, months[i]!, amount)
  const linesNow = (): Base[] =>
    [...kept.values()]
      .filter((line) => line.cells.size > 0)
      .map((line) => ({
        account: line.account,
        dimensions: JSON.parse(line.dimensions),
        spread: line.spread,
        comment: line.comment,
        amounts: months.map((month) => line.cells.get(month)?.amount ?? null),
      }))
  return {
    other(account: string, month: number, amount: number | null) {
      put({ account, dimensions: {} }, months[month]!, amount)
      revision++
    },
    amount: (account: string, month: number) =>
      kept.get(lineKey(account, '{}'))?.cells.get(months[month]!)?.amount ?? null,
    sent: [] as unknown[][],
    async send(this: { sent: unknown[][] }, lines: unknown[]): Promise<SaveResult> {
      this.sent.push(lines)
      const judged = judgeChanges(lines as LineChange[], kept)
      for (const d of judged.differences) if (d.field.startsWith('2026')) put(d, d.field, d.after as number | null)
      if (judged.differences.length > 0) revision++
      const conflicts = judged.conflicts.map((c) => ({ ...c, byName: 'Kari' }))
      return { kind: 'saved', answer: { revision, conflicts: conflicts as never } }
    },
    fetch: async () => ({ lines: linesNow(), revision }),
    lines: linesNow,
  }
}

const line = (account: string, ...amounts: number[]): Base => ({
  account,
  dimensions: {},
  spread: '',
  comment: '',
  amounts: months.map((_, i) => amounts[i] ?? null),
})
function open(lines: Base[], kept = machine()) {
  const world = server(lines)
  const desk = new BudgetDesk({
    facts: { ...facts, actuals: new Map() },
    lines,
    revision: 0,
    writable: true,
    kept,
    send: (sent) => world.send(sent),
    fetchLines: world.fetch,
    changed: () => {},
  })
  const idOf = (account: string) => desk.rows.find((r) => r.account === account)!.id
  const type = (account: string, month: number, value: string) =>
    desk.edit([{ id: idOf(account), field: `m${month}`, value }])
  return { world, desk, idOf, type }
}

describe('what is typed is never lost', () => {
  test('it is kept on this machine until it is saved, and merged with what others saved while one was away', async () => {
    const kept = machine()
    const before = open([line('6300', 100, 200, 300)], kept)
    before.type('6300', 1, '5')
    before.type('6300', 2, 'ca. 5')
    expect(kept.text).toContain('ca. 5')
    // The window is gone; somebody else has written in the same line, and in the same cell.
    const after = open([line('6300', 900, 250, 300), line('6800', 1)], machine(kept.text))
    expect(after.desk.restoredAt).toBeDefined()
    expect(after.desk.rows[0]!.amounts.slice(0, 3)).toEqual([900, 500, 'ca. 5'])
    expect(after.desk.conflictAt(after.idOf('6300'), '2026-02')).toMatchObject({ theirs: 250 })
    after.world.other('6300', 2, 350)
    await after.desk.heard(1, 'Kari')
    expect(after.desk.conflictAt(after.idOf('6300'), '2026-03'), 'over what cannot be read too').toMatchObject({
      theirs: 350,
    })
    expect(after.desk.rows.map(({ account }) => account)).toEqual(['6300', '6800'])
  })
  test('a row that was taken away stays away, over a reload and what others save, until that is saved too', async () => {
    const kept = machine()
    const before = open([line('6300', 100), line('6800', 1)], kept)
    before.desk.replace(before.desk.rows.filter(({ account }) => account !== '6800'))
    const after = open([line('6300', 100), line('6800', 1)], machine(kept.text))
    after.world.other('6300', 0, 700)
    await after.desk.heard(1, 'Kari')
    expect(after.desk.rows.map(({ account, amounts }) => [account, amounts[0]])).toEqual([['6300', 700]])
    await after.desk.save()
    expect([after.world.amount('6800', 0), after.world.amount('6300', 0)]).toEqual([null, 700])
    expect(after.desk.isUnsaved).toBe(false)
  })
  test('nothing is left behind once it is saved', async () => {
    const kept = machine()
    const { desk, type } = open([line('6300', 100)], kept)
    type('6300', 0, '5')
    await desk.save()
    expect([kept.text, desk.state]).toEqual([undefined, { kind: 'clean' }])
  })
  test('a refusal says why, and saving goes on when something is corrected', async () => {
    const { desk, type, world } = open([line('6300', 100)])
    const { send } = world
    world.send = async () => ({ kind: 'refused', title: 'Budsjettet er låst' })
    type('6300', 0, '5')
    await desk.save()
    expect(desk.state).toEqual({ kind: 'refused', title: 'Budsjettet er låst' })
    world.send = send
    type('6300', 0, '6')
    expect(desk.state.kind).toBe('clean')
    await desk.save()
    expect(world.amount('6300', 0)).toBe(600)
  })
  test('what somebody else saved is taken in with their name, unless it is had already', async () => {
    const { desk, world, type } = open([line('6300', 100, 200)])
    type('6300', 1, '9')
    world.other('6300', 0, 700)
    world.other('6300', 1, 800)
    await desk.heard(0, 'Kari')
    expect(desk.rows[0]!.amounts[0]).toBe(100)
    await desk.heard(2, 'Kari')
    expect([desk.rows[0]!.amounts.slice(0, 2), desk.takenFrom]).toEqual([[700, 900], 'Kari'])
    expect(desk.conflictAt(desk.rows[0]!.id, '2026-02')).toMatchObject({ theirs: 800, by: 'Kari' })
  })
})

describe('saving', () => {
  test('only changed cells are sent, each with what it was', async () => {
    const { world, desk, type } = open([line('6300', 100, 200)])
    type('6300', 1, '5')
    await desk.save()
    expect(world.sent).toEqual([
      [
        expect.objectContaining({
          account: '6300',
          cells: [{ month: '2026-02', amount: 500, was: 200 }],
        }),
      ],
    ])
    await desk.save()
    expect(world.sent).toHaveLength(1)
    expect(desk.isUnsaved).toBe(false)
  })

  test('what somebody else changed is shown beside one’s own, and chosen between', async () => {
    const { world, desk, type, idOf } = open([line('6300', 100, 200)])
    world.other('6300', 0, 111)
    world.other('6300', 5, 999)
    type('6300', 0, '5')
    type('6300', 1, '6')
    await desk.save()
    expect([world.amount('6300', 0), world.amount('6300', 1)]).toEqual([111, 600])
    expect(desk.conflictAt(idOf('6300'), '2026-01')).toMatchObject({ theirs: 111, by: 'Kari' })
    // What the other wrote elsewhere is there too.
    expect(desk.rows[0]!.amounts[5]).toBe(999)
    expect(desk.isUnsaved).toBe(false)
    desk.takeMine(idOf('6300'), '2026-01')
    await desk.save()
    expect(world.amount('6300', 0)).toBe(500)
    world.other('6300', 0, 222)
    type('6300', 0, '7')
    await desk.save()
    desk.takeTheirs(idOf('6300'), '2026-01')
    await desk.save()
    expect([desk.rows[0]!.amounts[0], world.amount('6300', 0), desk.conflicts.size]).toEqual([222, 222, 0])
  })

  test('another account moves the line; undo moves it back', async () => {
    const { world, desk, idOf } = open([line('6300', 100, 200)])
    const id = idOf('6300')
    desk.edit([{ id, field: 'account', value: '6800 Kontorrekvisita' }])
    await desk.save()
    expect(world.lines()).toEqual([line('6800', 100, 200)])
    desk.undo()
    await desk.save()
    expect(world.lines()).toEqual([line('6300', 100, 200)])
  })

  test('a lost answer is saved again, once', async () => {
    const { world, desk, type } = open([line('6300', 100)])
    const send = world.send.bind(world)
    let lost = true
    world.send = async (lines) => {
      const result = await send(lines)
      return lost ? { kind: 'lost' } : result
    }
    type('6300', 0, '9')
    await desk.save()
    expect([desk.state.kind, desk.isUnsaved]).toEqual(['lost', true])
    lost = false
    await desk.save()
    expect([desk.isUnsaved, desk.conflicts.size, world.amount('6300', 0)]).toEqual([false, 0, 900])
  })

  test('twins and rows without an account wait', async () => {
    const { world, desk } = open([line('6300', 100)])
    desk.edit([
      { id: 'new', field: 'm0', value: '5' },
      { id: 'twin', field: 'account', value: '6300' },
      { id: 'twin', field: 'm1', value: '5' },
    ])
    await desk.save()
    expect(world.sent).toEqual([])
  })

  test('whoever writes when, no cell of another is ever written over unseen', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('mine'), month: fc.nat(2), value: fc.nat(50) }),
      fc.record({ kind: fc.constant('other'), month: fc.nat(2), value: fc.nat(50) }),
      fc.record({ kind: fc.constant('save'), month: fc.constant(0), value: fc.constant(0) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { world, desk, type, idOf } = open([line('6300', 1, 2, 3)])
        let others = new Map<number, number>()
        let read = [1, 2, 3] as (number | null)[]
        for (const { kind, month, value } of [...steps, { kind: 'save', month: 0, value: 0 }]) {
          if (kind === 'mine') type('6300', month, String(value))
          else if (kind === 'other') {
            world.other('6300', month, value * 100)
            others.set(month, value * 100)
          } else {
            await desk.save()
            // What another wrote stands, unless it is the very amount this user had before them when they wrote.
            for (const [m, theirs] of others) if (theirs !== read[m]) expect(world.amount('6300', m)).toBe(theirs)
            await desk.refresh()
            for (const m of others.keys())
              if (desk.conflictAt(idOf('6300'), months[m]!)) desk.takeTheirs(idOf('6300'), months[m]!)
            others = new Map()
            read = [0, 1, 2].map((m) => world.amount('6300', m))
          }
        }
        expect(desk.isUnsaved).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
