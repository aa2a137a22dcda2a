import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { type Books, type Copy, copyOf, cover, failing, makeBooks, plant } from './books.ts'
import { plantedFaults } from './planted-faults.ts'

const app = testApp()
let books: Books
let caught = 0
let planted = 0

beforeAll(async () => {
  books = await makeBooks(app)
})
afterAll(() => console.log(`verify caught ${caught} of ${planted} planted faults`))

test('the books as they are hold every invariant, and what is new of them does from each voucher on', async () => {
  const copy = await copyOf(books)
  expect(await failing(copy)).toEqual([])
  const { rows } = await copy.db.execute('select max(ledger_version) as last from voucher')
  for (let since = 0; since <= Number(rows[0]!.last); since++)
    expect([since, await failing(copy, { full: false, since })]).toEqual([since, []])
})

describe('a planted fault is found', () => {
  for (const { name, sql, found, covered, only, atNight } of plantedFaults)
    test(name, async () => {
      planted++
      const copy = await copyOf(books)
      await plant(copy, [sql].flat())
      if (covered) await cover(copy)
      const failed = await failing(copy)
      expect(failed).toContain(found)
      if (only) expect(failed).toEqual([found])
      if (!atNight) expect(await failing(copy, { full: false, since: 1 })).toContain(found)
      caught++
    })
})

describe('a fence taken away is found', () => {
  const change = (copy: Copy, statement: string) => copy.db.execute(statement)
  const fences: [name: string, statements: string[]][] = [
    ['gone', ['drop trigger voucher_is_final']],
    [
      'weaker',
      ['drop trigger voucher_is_kept', 'create trigger voucher_is_kept before delete on voucher begin select 1; end'],
    ],
    ['one more', ['create trigger mine after insert on voucher begin select 1; end']],
  ]
  for (const [name, statements] of fences)
    test(name, async () => {
      planted++
      const copy = await copyOf(books)
      for (const statement of statements) await change(copy, statement)
      expect(await failing(copy)).toEqual(['triggers-in-place'])
      caught++
    })
})

test('commits that are not synced are found', async () => {
  planted++
  expect(await failing(await copyOf(books), { relaxed: false })).toEqual(['commits-are-synced'])
  caught++
})

describe('every column that is evidence', () => {
  /** Columns that other columns are compared with by checks of their own, and those that are not evidence. */
  const of = { voucher: ['content', 'entry_count', 'prev_hash', 'hash'], entry: ['line', 'voucher_date'] }
  for (const table of ['voucher', 'entry'] as const)
    test(`of ${table} is in the hash or in another check`, async () => {
      const { rows } = await (await copyOf(books)).db.execute(`select name, type from pragma_table_info('${table}')`)
      const columns = rows.map((r) => ({ name: String(r.name), type: String(r.type) }))
      expect(columns.length).toBeGreaterThan(20)
      for (const { name, type } of columns) {
        if (name === 'ledger_version') continue // its own test: a voucher gone from the middle
        planted++
        const copy = await copyOf(books)
        const other = type === 'INTEGER' ? `coalesce(${name}, 0) + 1000` : `coalesce(${name}, '') || 'x'`
        const value =
          name === 'dimensions'
            ? `'{"department":"x"}'`
            : name === 'vat_overridden'
              ? `1 - vat_overridden`
              : name === 'line'
                ? '77'
                : other
        await plant(copy, [
          'pragma ignore_check_constraints = on',
          `update ${table} set ${name} = ${value} where ledger_version = 4 ${table === 'entry' ? 'and line = 1' : ''}`,
        ])
        const failed = await failing(copy)
        expect([name, failed.length > 0]).toEqual([name, true])
        if (!of[table].includes(name)) expect([name, failed.includes('hash-chain')]).toEqual([name, true])
        caught++
      }
    })
})

test('a page of the file written over is found', async () => {
  planted++
  const copy = await copyOf(books)
  const { rows } = await copy.db.execute("select rootpage from sqlite_schema where name = 'voucher_dated'")
  const { openSync, writeSync, closeSync } = await import('node:fs')
  const fresh = await copyOf(books)
  const fd = openSync(fresh.file, 'r+')
  writeSync(fd, Buffer.alloc(100, 7), 0, 100, (Number(rows[0]!.rootpage) - 1) * 4096)
  closeSync(fd)
  expect(await failing(fresh)).toContain('file-is-whole')
  caught++
})
