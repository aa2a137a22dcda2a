import * as fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testFacts } from '#tests/support/books.ts'
import { machine } from '#tests/support/machine.ts'
import { MovementDesk, typedMovements } from '#web/islands/movements/movement-desk.ts'
import { OpeningDesk, typedOpening } from '#web/islands/opening/opening-desk.ts'
import { SheetLink } from '#web/islands/sheets/sheet-link.ts'
import { changesBetween, type TypedRow, withUnsaved } from '#web/islands/sheets/typed-rows.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { MovementSheet } from '#worker/opening-balance/movement-row.ts'
import { type OpeningContent, openingRow } from '#worker/opening-balance/opening-row.ts'
import { type TakeoverPlan, WHOLE } from '#worker/opening-balance/takeover-plan.ts'
import { readMovementTable } from '#worker/sheets/paste-movements.ts'

const openingDate = '2026-01-01' as IsoDate
const books = booksOf(testFacts())
const typed = (ore: number) => (ore / 100).toString().replace('.', ',')
const ore = (amount: number) => amount as never

type Kept = OpeningContent & { version: number }
/** A server that keeps an opening balance, loses answers when told to, and refuses when told to. */
function server() {
  const state: Kept = { version: 0, rows: [], resultAccount: null }
  const world = {
    state,
    is: 'up' as 'up' | 'down' | 'loses' | 'refuses' | 'closed',
    puts: 0,
    fetch: (async (_: unknown, init: RequestInit) => {
      if (world.is === 'down') throw new TypeError('no network')
      if (init.method !== 'PUT') return Response.json(structuredClone(state))
      world.puts++
      if (world.is === 'closed') return Response.json({ code: 'unauthenticated' }, { status: 401 })
      if (world.is === 'refuses')
        return Response.json({ code: 'takeover/finished', title: 'Overtakelsen er fullført.' }, { status: 422 })
      if (new Headers(init.headers).get('if-match') !== `"${state.version}"`)
        return Response.json({ code: 'version/stale', title: 'Noen andre' }, { status: 409 })
      Object.assign(state, JSON.parse(String(init.body)), { version: state.version + 1 })
      if (world.is === 'loses') throw new TypeError('the answer was lost')
      return Response.json(structuredClone(state))
    }) as typeof fetch,
    other(rows: OpeningContent['rows']) {
      Object.assign(state, { rows, version: state.version + 1 })
    },
    cells: () =>
      state.rows.map(({ rowKey, account, amount, text }) => [rowKey, account, amount, text].join(' ').trim()),
  }
  return world
}

/** A window with the sheet open. */
function open(world: ReturnType<typeof server>, kept = machine()) {
  let link: SheetLink<Kept> | undefined
  const found = structuredClone(world.state)
  const desk = new OpeningDesk({
    openingDate,
    books,
    part: WHOLE,
    typed: typedOpening(found, typed),
    changed: () => link?.noteChange(),
  })
  link = new SheetLink<Kept>(
    {
      line: { base: '', locale: 'nb', fetch: world.fetch, wait: async () => {} },
      path: '/opening-balances/2026-01-01',
      kept,
      writable: true,
      typed: () => desk.typed,
      readable: () => desk.readable(typed),
      content: () => desk.content,
      rowsOf: (answer) => typedOpening(answer, typed),
      take: (theirs) => desk.take(theirs),
      calm: async () => {},
      changed: () => {},
    },
    found,
  )
  const type = (id: string, cells: Record<string, string>) =>
    desk.edit(Object.entries(cells).map(([field, value]) => ({ id, field, value })))
  const cells = () => desk.rows.map((row) => [row.id, ...Object.values(row.cells)].join(' '))
  return { desk, link, kept, type, cells }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  return () => vi.useRealTimers()
})

describe('what is typed in an opening balance', () => {
  test('is saved as far as it can be read; the rest is kept here, and comes back after a crash', async () => {
    const world = server()
    const { type, link, kept } = open(world)
    type('a', { account: '1920', amount: '1 000' })
    type('b', { account: '2050', amount: 'minus tusen' })
    expect(await link.save()).toBe(true)
    expect(world.cells()).toEqual(['a 1920 100000', 'b 2050'])
    expect(link.state.kind).toBe('saved')
    const again = open(world, machine(kept.text))
    again.link.restore()
    expect(again.cells()).toEqual(['a 1920 1000', 'b 2050 minus tusen'])
    expect(again.link.restoredAt).toBeDefined()
    again.type('b', { amount: '-1000' })
    await again.link.save()
    expect([world.cells()[1], again.kept.text, again.link.restoredAt]).toEqual(['b 2050 -100000', undefined, undefined])
  })

  test('survives a day without a network, and goes on by itself when it is back', async () => {
    const world = server()
    const { type, link, kept } = open(world)
    world.is = 'down'
    type('a', { account: '1920' })
    expect(await link.save()).toBe(false)
    expect([link.state.kind, kept.text]).toEqual(['lost', expect.stringContaining('1920')])
    world.is = 'up'
    await vi.advanceTimersByTimeAsync(5_000)
    expect([world.cells(), kept.text]).toEqual([['a 1920'], undefined])
  })

  test('a refusal is told in its own words, kept here, and saved once it is put right', async () => {
    const world = server()
    const { type, link, kept } = open(world)
    world.is = 'refuses'
    type('a', { account: '1920' })
    await link.save()
    expect(link.state).toEqual({ kind: 'refused', title: 'Overtakelsen er fullført.' })
    expect(kept.text).toContain('1920')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.puts).toBe(1) // not asked again and again
    world.is = 'up'
    type('a', { text: 'bank' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect([world.cells(), link.state.kind]).toEqual([['a 1920  bank'], 'saved'])
    // or elsewhere: the page is looked at again
    world.is = 'refuses'
    type('a', { text: 'kasse' })
    await link.save()
    world.is = 'up'
    await link.refresh()
    await vi.advanceTimersByTimeAsync(0)
    expect(world.cells()).toEqual(['a 1920  kasse'])
  })

  test('of two who write, both keep their rows and cells; where both wrote in one, it is told', async () => {
    const world = server()
    world.other([
      openingRow('a', { account: '1920', amount: ore(100) }),
      openingRow('b', { account: '2050', amount: ore(-100) }),
      openingRow('c', { account: '1250', amount: ore(5) }),
    ])
    const mine = open(world)
    mine.type('a', { text: 'bank' })
    mine.type('b', { amount: '-3' })
    mine.type('n', { account: '1250', amount: '7' })
    world.other([
      openingRow('a', { account: '1920', amount: ore(200) }),
      openingRow('b', { account: '2050', amount: ore(-200) }),
      openingRow('x', { account: '1920' }),
    ])
    expect(await mine.link.save()).toBe(true)
    expect(world.cells()).toEqual(['a 1920 200 bank', 'b 2050 -300', 'x 1920', 'n 1250 700'])
    expect(mine.link.clashes).toEqual([{ id: 'b', field: 'amount', theirs: '-2' }])
    // An undo takes back one's own step and nothing of theirs.
    mine.desk.undo()
    expect(mine.cells()).toEqual(['a 1920 2 bank', 'b 2050 -3', 'x 1920'])
  })

  test('an answer that was lost is no change by somebody else', async () => {
    const world = server()
    const { type, link, cells } = open(world)
    world.is = 'loses'
    type('a', { account: '1920' })
    await link.save()
    world.is = 'up'
    type('a', { account: '1250' })
    expect(await link.save()).toBe(true)
    expect([world.cells(), cells(), link.clashes]).toEqual([['a 1250'], ['a 1250'], []])
  })

  test('hears that somebody saved: taken in with their name, and not asked for what is had already', async () => {
    const world = server()
    const { link, cells, type, desk } = open(world)
    world.other([openingRow('a', { account: '1920' })])
    await link.refresh(0, 'Kari')
    expect(cells()).toEqual([])
    await link.refresh(1, 'Kari')
    expect([cells(), link.takenFrom]).toEqual([['a 1920'], 'Kari'])
    desk.useResultAccount('2050')
    type('a', { amount: '1' })
    await link.save()
    expect(world.state).toMatchObject({ resultAccount: '2050', version: 2 })
  })
})

test('the sheet of movements keeps dimensions that have no column, and months that were let stand', () => {
  const plan = { variant: 'movements', openingDate, cutOverDate: '2026-03-01' } as TakeoverPlan
  const sheet: MovementSheet = {
    rows: [
      {
        rowKey: 'a',
        account: '1920',
        amounts: { '2026-01': 150, '2026-02': 0 } as never,
        dimensions: { project: 'P1' },
      },
    ],
    keptMonths: ['2026-02' as never],
  }
  const kept = typedMovements(sheet, typed)
  const desk = new MovementDesk({ plan, books, opening: new Map(), typed: kept, changed: () => {} })
  expect(desk.content).toEqual({ ...sheet, rows: [{ ...sheet.rows[0], amounts: { '2026-01': 150 } }] })
  expect(changesBetween(kept, desk.readable(typed))).toEqual([])
})

test('a report goes into the rows of its accounts, not beside them; months it has no figure of are left alone', () => {
  const plan = { variant: 'movements', openingDate, cutOverDate: '2026-04-01' } as TakeoverPlan
  const row = (rowKey: string, account: string, amounts: object, dimensions = {}) => ({
    rowKey,
    account,
    amounts: amounts as never,
    dimensions,
  })
  const rows = [
    row('a', '3000', { '2026-01': -100, '2026-02': -5, '2026-03': -9 }, { project: 'P1' }),
    row('b', '3000', { '2026-01': -100, '2026-02': -5, '2026-03': -9 }),
  ]
  const kept = typedMovements({ rows, keptMonths: [] }, typed)
  const desk = new MovementDesk({ plan, books, opening: new Map(), typed: kept, changed: () => {} })
  const months = ['2026-01', '2026-02', '2026-03']
  const report = [
    ['Konto', 'Januar', 'Februar', 'Mars'],
    ['3000', '-700,00', '0,00', ''],
    ['6300', '1,00', '2,00', ''],
  ]
  const pasted = readMovementTable(report, months)!
  expect(pasted.months).toEqual(['2026-01', '2026-02'])
  const { rows: after, ...over } = desk.withReport(pasted)
  expect(over).toEqual({ replaced: 1, emptied: 1 })
  desk.replace(after)
  expect(desk.content.rows.map(({ rowKey: _, ...of }) => of)).toEqual([
    { ...rows[0], rowKey: undefined },
    { account: '3000', amounts: { '2026-01': -70_000, '2026-03': -9 }, dimensions: {} },
    { account: '6300', amounts: { '2026-01': 100, '2026-02': 200 }, dimensions: {} },
  ])
  expect(
    readMovementTable(
      [
        ['Konto', 'Januar'],
        ['3000', ''],
      ],
      months,
    ),
  ).toBeUndefined()
})

test('what differs between two states, put on the first, is the second; put on what others wrote, it takes nothing of theirs', () => {
  const cells = fc.dictionary(fc.constantFrom('p', 'q'), fc.constantFrom('1', '2'))
  const sheet = fc
    .uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), cells }), { selector: ({ id }) => id })
    .map((rows) => rows.filter((row) => Object.keys(row.cells).length > 0))
  const plain = (rows: readonly TypedRow[]) => Object.fromEntries(rows.map(({ id, cells }) => [id, { ...cells }]))
  fc.assert(
    fc.property(sheet, sheet, sheet, (from, to, theirs) => {
      expect(plain(withUnsaved(from, changesBetween(from, to)).rows)).toEqual(plain(to))
      expect(withUnsaved(theirs, [])).toEqual({ rows: theirs, clashes: [] })
      const both = plain(withUnsaved(theirs, changesBetween(from, to)).rows)
      for (const { id, cells: own } of theirs) {
        const before = plain(from)[id] ?? {}
        for (const [field, value] of Object.entries(own))
          if (value !== before[field] && plain(to)[id]?.[field] === before[field]) expect(both[id]?.[field]).toBe(value)
      }
    }),
  )
})
