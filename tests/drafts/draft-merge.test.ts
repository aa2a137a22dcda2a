import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedRows, clashesOf, mergedRow, settledCells } from '#worker/drafts/draft-merge.ts'
import { type Cells, type DraftRow, inOrder, positionsBetween, sameCells } from '#worker/drafts/draft-row.ts'

const row = (cells: Cells, over: Partial<DraftRow> = {}): DraftRow => ({
  key: 'r1',
  position: '1',
  cells,
  removed: false,
  ...over,
})
const names = { mine: 'Kari', theirs: 'Jonas' }

describe('one row, written by two', () => {
  const base = row({ account: '6800', amount: 100, text: 'Papir' })
  test('a cell that one of them wrote is that one’s', () => {
    const mine = row({ account: '6800', amount: 200, text: 'Papir' })
    const theirs = row({ account: '6340', amount: 100 })
    expect(mergedRow(base, mine, theirs, names).cells).toEqual({ account: '6340', amount: 200 })
  })
  test('where both wrote, theirs stands and mine is kept beside it, until somebody chooses', () => {
    const mine = row({ ...base.cells, amount: 200 })
    const theirs = row({ ...base.cells, amount: 300 })
    const { cells } = mergedRow(base, mine, theirs, names)
    expect(cells.amount).toBe(300)
    expect(clashesOf(cells)).toEqual([{ field: 'amount', rivals: [{ value: 200, name: 'Kari' }] }])
    expect(settledCells(cells, 'amount', 200)).toEqual({ ...base.cells, amount: 200 })
    expect(settledCells(cells, 'amount')).toEqual({ ...base.cells, amount: 300 })
    // Another who settles it while I write elsewhere in the row has settled it.
    const settled = row(settledCells(cells, 'amount', 200))
    const meanwhile = row({ ...cells, text: 'Penner' })
    expect(mergedRow(row(cells), meanwhile, settled, names).cells).toEqual({
      ...base.cells,
      amount: 200,
      text: 'Penner',
    })
  })
  test('the same written twice is no clash', () => {
    const mine = row({ ...base.cells, amount: 200 })
    expect(mergedRow(base, mine, mine, names)).toEqual(mine)
  })
  test('a row that one took away and the other wrote in stays, and says so', () => {
    const gone = row(base.cells, { removed: true })
    const written = row({ ...base.cells, amount: 5 })
    for (const [mine, theirs, name] of [
      [gone, written, 'Kari'],
      [written, gone, 'Jonas'],
    ] as const) {
      const merged = mergedRow(base, mine, theirs, names)
      expect([merged.removed, merged.cells.amount]).toEqual([false, 5])
      expect(clashesOf(merged.cells)).toEqual([{ field: 'row', rivals: [{ value: '', name }] }])
    }
    expect(mergedRow(base, gone, base, names).removed).toBe(true)
  })
})

describe('positions', () => {
  test('lie between their neighbours, in order, however often one puts something between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 40 })), { maxLength: 40 }), (inserts) => {
        let positions: string[] = []
        for (const [at, count] of inserts) {
          const i = Math.min(at, positions.length)
          const made = positionsBetween(positions[i - 1] ?? '', positions[i], count)
          positions = [...positions.slice(0, i), ...made, ...positions.slice(i)]
        }
        expect(positions.every((p, i) => i === 0 || positions[i - 1]! < p)).toBe(true)
        expect(positions.every((p) => p !== '' && !p.endsWith('0'))).toBe(true)
      }),
    )
  })
  test('stay short when one writes row after row', () => {
    let last = ''
    for (let i = 0; i < 5_000; i++) last = positionsBetween(last, undefined, 1)[0]!
    expect(last.length).toBeLessThanOrEqual(6)
  })
})

/** A draft as the server keeps it, in memory: takes a row only from one who has seen what others wrote in it. */
class Kept {
  version = 0
  rows = new Map<string, DraftRow & { version: number }>()
  save(since: number, rows: readonly DraftRow[]): { version: number; rows: DraftRow[] } {
    const taken = rows.filter((r) => {
      const old = this.rows.get(r.key)
      return !old || (old.version <= since && !(sameCells(old.cells, r.cells) && old.removed === r.removed))
    })
    if (taken.length > 0) this.version++
    for (const r of taken) this.rows.set(r.key, { ...r, version: this.version })
    const unseen = [...this.rows.values()].filter((r) => r.version > since)
    return { version: this.version, rows: taken.length > 0 ? unseen.filter((r) => r.version !== this.version) : unseen }
  }
}

/** One who writes in it: what stands here, and what both sides last had. */
class Writer {
  since = 0
  base = new Map<string, DraftRow>()
  rows: DraftRow[] = []
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  /** A lost answer: the server has it, and this side does not know. */
  sync(kept: Kept, lost = false): void {
    const sent = changedRows(this.base, this.rows)
    const answer = kept.save(this.since, sent)
    if (lost) return
    const before = new Map(this.base)
    for (const r of sent) this.base.set(r.key, r)
    const rows = new Map(this.rows.map((r) => [r.key, r]))
    for (const theirs of answer.rows) {
      const was = before.get(theirs.key)
      const mine = rows.get(theirs.key) ?? (was ? { ...was, removed: !was.removed || was.removed } : undefined)
      const merged = mine ? mergedRow(was, mine, theirs, { mine: this.name, theirs: 'other' }) : theirs
      if (merged.removed) rows.delete(merged.key)
      else rows.set(merged.key, merged)
      this.base.set(theirs.key, theirs)
    }
    this.rows = inOrder([...rows.values()])
    this.since = answer.version
  }
}

type Act = { who: number; kind: 'write' | 'add' | 'take' | 'sync' | 'lose'; at: number; field: string }
const act = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom('write', 'write', 'write', 'add', 'take', 'sync', 'sync', 'lose'),
  at: fc.nat(20),
  field: fc.constantFrom('account', 'amount', 'text'),
}) as fc.Arbitrary<Act>

test('three who write in one draft, offline now and then, end with the same, and nothing is lost unseen', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
      const kept = new Kept()
      const people = ['Kari', 'Jonas', 'Ane'].map((name) => new Writer(name))
      let n = 0
      /** The last that each wrote in each cell, where nobody who had seen it wrote it over or took the row away. */
      const written: { value: number; key: string; field: string; seenBy: Set<Writer> }[] = []
      for (const { who, kind, at, field } of acts) {
        const writer = people[who]!
        if (kind === 'sync' || kind === 'lose') writer.sync(kept, kind === 'lose')
        else if (kind === 'add') {
          const i = Math.min(at, writer.rows.length)
          const [position] = positionsBetween(writer.rows[i - 1]?.position ?? '', writer.rows[i]?.position, 1)
          writer.rows = inOrder([...writer.rows, row({ account: ++n }, { key: `k${n}`, position: position! })])
        } else if (writer.rows.length > 0) {
          const old = writer.rows[at % writer.rows.length]!
          const overwritten = Object.values(old.cells)
          for (let i = written.length - 1; i >= 0; i--) {
            const mark = written[i]!
            const isOver = mark.key === old.key && (kind === 'take' || mark.field === field)
            if (isOver && overwritten.some((cell) => holds(cell, mark.value))) written.splice(i, 1)
          }
          if (kind === 'take') writer.rows = writer.rows.filter((r) => r !== old)
          else {
            const value = ++n + 10_000
            written.push({ value, key: old.key, field, seenBy: new Set([writer]) })
            writer.rows = writer.rows.map((r) => (r === old ? { ...r, cells: { ...r.cells, [field]: value } } : r))
          }
        }
      }
      for (let i = 0; i < 4; i++) for (const writer of people) writer.sync(kept)
      const [kari, ...others] = people.map((writer) => writer.rows.map(({ key, cells }) => ({ key, cells })))
      for (const other of others) expect(other).toEqual(kari)
      const stands = (value: number) =>
        kari!.some(({ cells }) => Object.values(cells).some((cell) => holds(cell, value)))
      expect(written.filter(({ value }) => !stands(value)).map(({ value }) => value)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

/** Whether a cell is a value, or keeps it beside another. */
const holds = (cell: number | string, value: number): boolean =>
  cell === value || (typeof cell === 'string' && cell.includes(`"value":${value},`))
