import { expect, test } from 'vitest'
import { simpleDraft, stateInMemory, testApp } from '#tests/support/app.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Job, PostedAnswer } from '#worker/ledger/job.ts'
import { LedgerWriter } from '#worker/ledger/ledger-writer.ts'
import { Writer } from '#worker/ledger/writer.ts'

const { company, env } = testApp()
const asked = { by: 'operator', rights: { softLock: true } }

test('a try that read the facts long ago does not make the writer give a number twice', async () => {
  const { db } = await company()
  const held = Promise.withResolvers<void>()
  const read = Promise.withResolvers<void>()
  let hold = false
  let release = false
  let batches = 0
  const slow: Database = {
    execute: db.execute.bind(db),
    async batch(statements, mode) {
      batches++
      const held_ = hold
      hold = false
      const answer = await db.batch(statements, mode)
      if (held_) {
        read.resolve()
        await held.promise
      }
      if (release && mode === 'write') {
        held.resolve()
        await new Promise((resume) => setTimeout(resume, 20))
      }
      return answer
    },
  }
  const writer = new Writer(slow, { signingKey: 'key' }, () => new Date().toISOString() as Instant)
  const first = simpleDraft({ type: 'bank' })
  const post = async (type: string, draft = simpleDraft({ type })) => {
    const drafts = [draft]
    const done = await writer.run({ do: 'post', drafts, mode: 'all-or-nothing', single: true, ...asked } as Job)
    return (done as { vouchers?: PostedAnswer[] }).vouchers?.[0]?.number ?? done
  }
  hold = true
  const tried = writer.run({ do: 'try', drafts: [simpleDraft()], mode: 'all-or-nothing', ...asked })
  await read.promise
  expect(await post('bank', first)).toBe(1)
  release = true
  expect(await post('general')).toBe(1)
  release = false
  expect(await post('bank')).toBe(2)
  expect((await tried).ok).toBe(true)
  // Nor does it make it forget what it posted.
  const asked_ = batches
  expect([await post('bank', first), batches]).toEqual([1, asked_])
})

test('what the journal cannot keep is told to nobody of the group, and is there when it is sent again', async () => {
  const c = await company()
  const state = stateInMemory()
  const { exec } = state.storage.sql
  let full = true
  state.storage.sql.exec = ((sql: string, ...values: string[]) => {
    if (full && sql.startsWith('insert')) throw new Error('full')
    return exec(sql, ...values)
  }) as typeof exec
  const writer = new LedgerWriter(state, env)
  const jobs = [simpleDraft(), simpleDraft(), simpleDraft()].map((draft) =>
    JSON.stringify({ do: 'post', drafts: [draft], mode: 'all-or-nothing', single: true, ...asked }),
  )
  const run = async () =>
    (await Promise.all(jobs.map((job) => writer.run(c.id.replace('_', '-'), job)))).map((text) => JSON.parse(text))
  for (const _ of ['posted', 'repeated'])
    for (const { problem } of await run()) expect(problem).toMatchObject({ status: 503, code: 'service/busy' })
  full = false
  for (const { vouchers } of await run()) expect(vouchers).toMatchObject([{ status: 'posted', replayed: true }])
  expect(await writer.acknowledged({ ledgerVersion: 0, hash: '' })).toMatchObject(
    [1, 2, 3].map((place) => ({ ledgerVersion: place, first: place })),
  )
})

test('a fault that one job meets does not take the others of its commit with it', async () => {
  const { db } = await company()
  const faulty: Database = {
    execute: db.execute.bind(db),
    async batch(statements, mode) {
      if (JSON.stringify(statements).includes('vch_met-by-a-fault')) throw new RangeError('made for the test')
      return db.batch(statements, mode)
    },
  }
  const writer = new Writer(faulty, { signingKey: 'key' }, () => new Date().toISOString() as Instant)
  const post = () =>
    writer.run({ do: 'post', drafts: [simpleDraft()], mode: 'all-or-nothing', single: true, ...asked } as Job)
  const reversal = { id: 'vch_x', of: 'vch_met-by-a-fault', voucherDate: simpleDraft().voucherDate, reason: null }
  const done = await Promise.all([post(), post(), writer.run({ do: 'reverse', ...reversal, ...asked } as Job), post()])
  expect(done.map((d) => d.ok)).toEqual([true, true, false, true])
})

test('a token of another company, or of nobody, is a stale one', async () => {
  const [a, b] = [await company(), await company()]
  const vouchers = [simpleDraft()]
  const token: string = (await a.call('/vouchers/dry-run', { body: { vouchers } })).json.dryRunToken
  const [body, signature] = token.split('.')
  for (const dryRunToken of [
    token,
    '',
    'dry_',
    'dry_.',
    `${body}.`,
    `${body}.${'0'.repeat(64)}`,
    `${body}.é`,
    `${token}.x`,
    `dry_💥.${signature}`,
  ]) {
    const answer = await b.call('/vouchers/batch', { body: { vouchers, dryRunToken } })
    expect([dryRunToken.length, answer.status, answer.json.code]).toEqual([dryRunToken.length, 409, 'dry-run/stale'])
  }
  expect((await a.call('/vouchers/batch', { body: { vouchers, dryRunToken: token } })).status).toBe(201)
})

test('answers to repeatable requests are kept for 30 days', async () => {
  const c = await company()
  await c.db.execute(`insert into request_key (key, request_hash, status, answer, recorded_at) values
    ('old', 'x', 201, '{}', '2020-01-01T00:00:00.000Z')`)
  const send = () => c.call('/vouchers/batch', { body: { vouchers: [draft] }, headers: { 'idempotency-key': 'new' } })
  const draft = simpleDraft()
  expect((await send()).status).toBe(201)
  expect((await send()).json.replayed).toBe(true)
  const { rows } = await c.db.execute('select key from request_key')
  expect(rows.map((r) => r.key)).toEqual(['new'])
})
