// One company's file must not take down the others, and nothing acknowledged may be lost.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import { afterEach, expect, test } from 'vitest'
import { type Supervisor, startDatabases } from '#dev/hrana/supervisor.ts'
import { shardOf } from '#worker/database/shard.ts'

const token = 'test-token'
const running: { databases: Supervisor; dir: string }[] = []

async function start(options: { beatMs?: number; longestMs?: number } = {}) {
  mkdirSync('node_modules/.cache', { recursive: true })
  const dir = mkdtempSync('node_modules/.cache/supervisor-')
  const lines: string[] = []
  const databases = await startDatabases({
    dir,
    sync: 'NORMAL',
    token,
    log: (line) => lines.push(line),
    stderr: 'ignore',
    ...options,
  })
  running.push({ databases, dir })
  return { dir, databases, lines }
}

afterEach(async () => {
  for (const { databases, dir } of running.splice(0)) {
    await databases.close()
    rmSync(dir, { recursive: true, force: true })
  }
})

const at = (addresses: string, name: string) => {
  const all = addresses.split(' ')
  return all[shardOf(name, all.length)]!.replace('{database}', name)
}

async function create({ bindings }: Supervisor, name: string): Promise<Client> {
  const response = await fetch(at(bindings.DATABASE_ADMIN_URL, name), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  expect(response.status).toBe(201)
  return createClient({ url: at(bindings.DATABASE_URL, name), authToken: token })
}

/** Two names in different processes. */
const [inFirst, inSecond] = [0, 1].map((shard) =>
  ['a', 'b', 'c', 'd', 'e', 'f', 'g'].filter((name) => shardOf(name, 2) === shard),
) as [string[], string[]]
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  )

test('a process that hangs is ended and comes back; one that is slow is left alone', async () => {
  const { databases, lines } = await start({ beatMs: 50 })
  const victim = await create(databases, inFirst[0]!)
  const slow = await create(databases, inSecond[0]!)
  await victim.execute('create table t (n integer primary key) strict')
  await victim.execute('insert into t values (1)')
  const [, stopped, busy] = databases.pids()
  process.kill(stopped!, 'SIGSTOP')
  // One question that lasts longer than the twenty-two beats after which a silent process is judged.
  const count = (rows: number) =>
    slow.execute(
      `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${rows}) select count(*) as n from n`,
    )
  const counting = (async () => {
    for (let rows = 6_000_000; ; rows *= 2) {
      const began = performance.now()
      const counted = Number((await count(rows)).rows[0]!.n)
      if (performance.now() - began > 30 * 50) return { rows, counted }
    }
  })()
  const read = () => victim.execute('select n from t')
  // What was asked of the process that hung ends with it.
  expect((await read().catch(read)).rows).toMatchObject([{ n: 1 }])
  const { rows, counted } = await counting
  expect(counted).toBe(rows)
  expect(lines).toContain('A database process hangs, and is ended.')
  expect([databases.pids()[1] === stopped, databases.pids()[2] === busy]).toEqual([false, true])
})

test('a process that goes on and on with one question is ended after a while', async () => {
  const { databases, lines } = await start({ beatMs: 50, longestMs: 3_000 })
  const db = await create(databases, inFirst[0]!)
  const [, spinning] = databases.pids()
  await failure(db.execute('with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n'))
  const read = () => db.execute('select 1 as n')
  expect((await read().catch(read)).rows).toMatchObject([{ n: 1 }])
  expect([lines.includes('A database process hangs, and is ended.'), databases.pids()[1] === spinning]).toEqual([
    true,
    false,
  ])
})

test('a killed process is back at once, the others never notice, and all that was acknowledged is there', async () => {
  const { databases } = await start()
  const victim = await create(databases, inFirst[0]!)
  const bystander = await create(databases, inSecond[0]!)
  for (const db of [victim, bystander]) await db.execute('create table t (n integer primary key) strict')

  const acknowledged: number[] = []
  const slowest = { victim: 0, bystander: 0 }
  let bystanderFailed = 0
  let done = false
  const timed = async (who: 'victim' | 'bystander', work: Promise<unknown>) => {
    const began = performance.now()
    const error = await failure(work)
    slowest[who] = Math.max(slowest[who], performance.now() - began)
    return error
  }
  let next = 0
  const writers = Array.from({ length: 4 }, async () => {
    while (!done) {
      const n = ++next
      if (!(await timed('victim', victim.execute({ sql: 'insert into t values (?)', args: [BigInt(n)] }))))
        acknowledged.push(n)
    }
  })
  const reader = (async () => {
    while (!done) if (await timed('bystander', bystander.execute('select count(*) from t'))) bystanderFailed++
  })()
  for (let kill = 0; kill < 4; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 400))
    process.kill(databases.pids()[1 + shardOf(inFirst[0]!, 2)]!, 'SIGKILL')
    // Waits for the next process, so that there is one to kill.
    expect(await failure(bystander.execute('select 1'))).toBeUndefined()
    while (await failure(victim.execute('select 1')));
  }
  await new Promise((resolve) => setTimeout(resolve, 400))
  done = true
  await Promise.all([...writers, reader])

  const stored = new Set((await victim.execute('select n from t')).rows.map((row) => Number(row.n)))
  expect(acknowledged.length).toBeGreaterThan(50)
  expect(acknowledged.filter((n) => !stored.has(n))).toEqual([])
  expect(bystanderFailed).toBe(0)
  expect(slowest.bystander).toBeLessThan(5_000)
  expect(slowest.victim).toBeLessThan(10_000)
})

test('a file that ends its process twice is put aside; its neighbours in the same process go on', async () => {
  const { databases, dir, lines } = await start()
  const [badName, goodName] = inFirst as [string, string]
  const bad = await create(databases, badName)
  const good = await create(databases, goodName)
  await good.executeMultiple('create table t (n integer) strict; insert into t values (1);')
  // Half a letter: libSQL's binding stops the whole process when it reads a text that is not UTF-8.
  await bad.executeMultiple(`create table t (x text) strict; insert into t values (printf('%.1s', 'æ'));`)
  const read = () => failure(bad.execute('select x from t'))

  expect(await read()).toMatchObject({ name: expect.stringMatching(/Error/) })
  expect((await good.execute('select n from t')).rows[0]!.n).toBe(1)
  expect((await bad.execute('select hex(x) as x from t')).rows[0]!.x).toBe('C3')
  expect(await read()).toMatchObject({ name: expect.stringMatching(/Error/) })

  expect(await read()).toMatchObject({ code: 'DATABASE_QUARANTINED' })
  expect((await good.execute('select n from t')).rows[0]!.n).toBe(1)
  const mark = join(dir, `${badName}.quarantined`)
  expect(existsSync(mark)).toBe(true)
  expect(lines.join('\n')).toContain(`Database ${badName} ended its process twice`)

  rmSync(mark)
  expect((await bad.execute('select hex(x) as x from t')).rows[0]!.x).toBe('C3')
})

test('a process killed by somebody is no fault of the file in use', async () => {
  const { databases, dir } = await start()
  const db = await create(databases, inFirst[0]!)
  await db.execute('create table t (n integer) strict')
  for (let kill = 0; kill < 3; kill++) {
    const work = failure(
      db.execute('with recursive c (n) as (select 1 union all select n + 1 from c where n < 3e6) select max(n) from c'),
    )
    await new Promise((resolve) => setTimeout(resolve, 60))
    process.kill(databases.pids()[1 + shardOf(inFirst[0]!, 2)]!, 'SIGKILL')
    await work
    // A connection kept from the process that died may still fail one request.
    while (await failure(db.execute('select 1')));
  }
  expect((await db.execute('select count(*) as n from t')).rows[0]!.n).toBe(0)
  expect(existsSync(join(dir, `${inFirst[0]}.quarantined`))).toBe(false)
})
