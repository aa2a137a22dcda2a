import { expect, test, vi } from 'vitest'
import { testDatabases } from '#tests/support/database.ts'
import { sendBatch, sendOne, stepsOf } from '#worker/database/hrana.ts'
import { refusalOf } from '#worker/database/refusal.ts'

type Plain = { sql: string; args: (string | number | null)[] | Record<string, string | null> }

const databases = testDatabases()

async function database(name: string) {
  const client = await databases.create(name)
  await client.executeMultiple(`
    create table thing (id text primary key, amount integer not null check (amount < 100), note text) strict;
    create trigger thing_is_kept before delete on thing begin select raise(abort, 'thing/is-kept'); end;`)
  const at = {
    url: databases.url.replace('{database}', name),
    token: databases.token,
    fetch: databases.fetch as typeof fetch,
    deadlineMs: 10_000,
  }
  return { client, at, write: (statements: readonly Plain[]) => sendBatch(at, stepsOf(statements)!, 'write') }
}

const INSERT = 'insert into thing (id, amount, note) select value->>0, value->>1, value->>2 from json_each(?)'
const rows = (...list: unknown[][]) => ({ sql: INSERT, args: [JSON.stringify(list)] })

test('it answers what the client answers', async () => {
  const { client, write } = await database('same')
  const [first, returned] = await write([
    rows(['a', 1, 'æøå "\\'], ['b', 2, null]),
    {
      sql: "update thing set amount = amount + 1 where note is not ? returning id, amount, 1.5 as half, x'ff' as bytes",
      args: [null],
    },
  ])
  const [, expected] = await client.batch(
    [
      rows(['c', 1, 'x']),
      "update thing set amount = amount + 0 where note is not null returning id, amount, 1.5 as half, x'ff' as bytes",
    ],
    'write',
  )
  expect(first!.rowsAffected).toBe(2)
  expect(returned).toMatchObject({ columns: expected!.columns, rowsAffected: 1 })
  expect({ ...returned!.rows[0] }).toEqual({ ...expected!.rows[0], amount: 2 })
  expect([returned!.rows[0]![0], returned!.rows[0]![2]]).toEqual(['a', 1.5])
  expect((await client.execute('select * from thing order by id')).rows.map((r) => [r.id, r.amount, r.note])).toEqual([
    ['a', 2, 'æøå "\\'],
    ['b', 2, null],
    ['c', 1, 'x'],
  ])
})

test('a batch that is refused leaves nothing, and says why as the client does', async () => {
  const { client, write } = await database('refused')
  await write([rows(['a', 1, null])])
  const refusals: [string, Plain][] = [
    ['a trigger', { sql: 'delete from thing', args: [] }],
    ['a key that is taken', rows(['a', 2, null])],
    ['a check', rows(['d', 100, null])],
    ['no such table', { sql: 'delete from nothing', args: [] }],
  ]
  for (const [name, statement] of refusals) {
    const ours = await write([rows(['b', 2, null]), statement]).catch((e) => e)
    const theirs = await client
      .batch([rows(['b', 2, null]), statement as { sql: string; args: string[] }], 'write')
      .catch((e) => e)
    expect([name, ours.name, ours.code]).toEqual([name, 'LibsqlError', theirs.code])
    expect(refusalOf(ours)).toEqual(refusalOf(theirs))
    expect((await client.execute('select count(*) as n from thing')).rows[0]!.n).toBe(1)
  }
})

test('a database that is not there, and one that does not answer', async () => {
  const { at } = await database('there')
  const elsewhere = { ...at, url: 'http://database/nowhere/' }
  expect(await sendBatch(elsewhere, stepsOf([rows()])!, 'write').catch((e) => e.code)).toBe('NAMESPACE_DOESNT_EXIST')
  const silent = { ...at, fetch: () => Promise.reject(new TypeError('Network connection lost.')) }
  const lost = await sendBatch(silent, stepsOf([rows()])!, 'write').catch((e) => e)
  expect([lost.name, lost.cause.name, refusalOf(lost)]).toEqual(['Silence', 'TypeError', undefined])
  const cut = { ...at, fetch: async () => new Response(new ReadableStream({ pull: (out) => out.error('cut') })) }
  expect(await sendOne(cut as never, { sql: 'select 1' }).catch((e) => e.name)).toBe('Silence')
  // What did answer, in whatever way, is no silence; and no answer leaves its deadline behind.
  const odd = { ...at, fetch: async () => new Response('hm') }
  expect(await sendOne(odd as never, { sql: 'select 1' }).catch((e) => e.name)).toBe('SyntaxError')
  const [begun, ended] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')]
  await sendOne({ ...at, deadlineMs: 54_321 }, { sql: 'select 1' })
  const own = begun.mock.results[begun.mock.calls.findIndex(([, ms]) => ms === 54_321)]!.value
  expect(ended).toHaveBeenCalledWith(own)
  vi.restoreAllMocks()
})

test('what is read is what the client reads, by name and by place', async () => {
  const { client, at, write } = await database('read')
  await write([rows(['a', 1, 'x'], ['b', 2, null])])
  const asked = [
    { sql: 'select id, amount * :by as amount, note from thing where id > :after', args: { by: 2, after: '' } },
    {
      sql: 'select t.id, o.id, 0.5 as half, null as missing from thing t, thing o where t.id < o.id and ? = 1',
      args: [1],
    },
    'select id from thing where false',
  ]
  const ours = await sendBatch(at, stepsOf(asked)!, 'read')
  const theirs = await client.batch(asked as Parameters<typeof client.batch>[0], 'read')
  const seen = (results: typeof ours) =>
    results.map(({ columns, rows }) => [columns, rows.map((r) => [{ ...r }, Array.prototype.slice.call(r), r[1]])])
  expect(seen(ours)).toEqual(seen(theirs))
  const one = await sendOne(at, stepsOf(asked)![0]!)
  expect(JSON.stringify(one.rows)).toBe('[{"id":"a","amount":2,"note":"x"},{"id":"b","amount":4,"note":null}]')
  await expect(sendBatch(at, stepsOf(['delete from thing'])!, 'read')).rejects.toThrow()
})

test('what is neither text, number nor nothing is left to the client', () => {
  expect(stepsOf(['begin', { sql: 'a', args: ['x', null, 1] }, { sql: 'a', args: { name: 'x' } }])).toHaveLength(3)
  for (const args of [[1n], [new Uint8Array()], [Number.NaN], { name: true }])
    expect(stepsOf([{ sql: 'a', args }])).toBeUndefined()
})
