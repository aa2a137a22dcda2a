import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { routesOf } from '#worker/api/openapi.ts'
import { repeatedKey } from '#worker/http/repeated-key.ts'
import { app } from '#worker/index.ts'
import { cell } from '#worker/reports/csv.ts'

const { company, call } = testApp()
const json = { 'content-type': 'application/json' }
/** A body whose length is not told, in pieces. */
const chunked = (size: number, piece = 64_000): ReadableStream<Uint8Array> => {
  let left = size
  return new ReadableStream({
    pull(out) {
      if (left <= 0) return out.close()
      out.enqueue(new Uint8Array(Math.min(piece, left)).fill(97))
      left -= piece
    },
  })
}

describe('a body that means two things, or none, is refused', () => {
  test.each<[string, string]>([
    ['a name twice', '{"kind":"customer","name":"A","name":"B"}'],
    ['a name twice, one of them escaped', '{"kind":"customer","name":"A","n\\u0061me":"B"}'],
    ['a name twice, deep inside', '{"kind":"customer","name":"A","x":[{"a":{"b":1,"b":1}}]}'],
    ['a number beyond all numbers', '{"kind":"customer","name":"A","dueDays":1e400}'],
    ['a name that is half a character', '{"kind":"customer","name":"A","\\ud800":1}'],
    ['a hundred and one levels', `{"kind":"customer","name":${'['.repeat(101)}${']'.repeat(101)}}`],
    ['fifty thousand levels', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a comment', '{"kind":"customer" /* who */,"name":"A"}'],
  ])('%s', async (_, raw) => {
    const c = await company()
    const answer = await c.call('/parties', { raw, headers: json })
    expect([answer.status, answer.json.code]).toEqual([400, 'request/unreadable'])
  })

  test('what only looks like it is read', () => {
    for (const text of [
      '{"a":1,"b":{"a":1}}',
      '[{"a":1},{"a":1}]',
      '{"a":"\\"a\\":1,\\"a\\":"}',
      '{"a":"x","b":"a"}',
      '"a"',
      '{}',
    ])
      expect(repeatedKey(text), text).toBeUndefined()
    expect(repeatedKey('{ "a" : 1 ,\n "a"\t: 2 }')).toBe('a')
  })

  test('text that cannot be stored is refused in any field', async () => {
    const c = await company()
    for (const name of ['\\ud800', '\\u0000', '\\udfff', '\\uffff']) {
      const answer = await c.call('/parties', { raw: `{"kind":"customer","name":"${name}"}`, headers: json })
      expect([answer.status, answer.json.issues[0].code]).toEqual([422, 'text/not-allowed'])
    }
  })
})

test('a field nobody declared is refused: in the body of every route, in a query, and one given twice is one value', async () => {
  const open = routesOf(app).filter(({ operation: { body, query } }) =>
    [body, query].some((schema) => schema && !isClosed(schemaOf(schema))),
  )
  expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([])
  const c = await company()
  const more = await c.call('/parties', { body: { kind: 'customer', number: '1', name: 'Kari', version: 9 } })
  expect([more.status, more.json.issues[0]]).toMatchObject([
    422,
    { pointer: '#/version', params: { reason: 'unknown' } },
  ])
  expect((await c.call('/vouchers?role=administrator')).status).toBe(422)
  expect((await c.call('/vouchers?limit=1&limit=x')).status).toBe(200)
})
type Shape = { type?: string; additionalProperties?: unknown; anyOf?: Shape[]; oneOf?: Shape[]; items?: Shape }
const schemaOf = (schema: z.ZodMiniType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
/** Dimensions of a report are named by the company: any other name has a schema, too. */
const isSchema = (more: unknown) => typeof more === 'object' && more !== null && Object.keys(more).length > 0
const isClosed = ({ type, additionalProperties, anyOf, oneOf }: Shape): boolean =>
  (anyOf ?? oneOf)?.every(isClosed) ??
  (type !== 'object' || additionalProperties === false || isSchema(additionalProperties))

describe('a body that is too large', () => {
  test('is stopped on its way, whether it tells its length or not', async () => {
    const c = await company()
    for (const raw of [chunked(5_000_000), 'a'.repeat(4_100_000)]) {
      const answer = await c.call('/parties', { raw, headers: json })
      expect([answer.status, answer.json.code]).toEqual([413, 'request/too-large'])
    }
    const logo = await c.call('/profile/logo', {
      method: 'PUT',
      raw: chunked(50_000_000),
      headers: { 'content-type': 'image/png' },
    })
    expect([logo.status, logo.json.code]).toEqual([413, 'request/too-large'])
  })
})

describe('a key in an address', () => {
  test('is refused, also beside a good one, and told why', async () => {
    const c = await company()
    const key = await c.key('reader')
    for (const path of [`/accounts?key=${key}`, `/accounts?access_token=${key}`, `/accounts/${key}`]) {
      const answer = await call(`${c.path}${path}`, { key })
      expect([answer.status, answer.json.code]).toEqual([400, 'request/key-in-address'])
    }
  })
})

describe('what one caller may fill', () => {
  test('rows of a draft, comments on a voucher and saved layouts have a limit', async () => {
    const c = await company()
    const posted = (await c.call('/vouchers', { body: simpleDraft() })).json
    const draft = `dra_${voucherId().slice(4)}`
    const rows = (n: number) =>
      Array.from({ length: 5_000 }, (_, i) => ({
        key: `${n}x${i.toString(36)}`,
        position: `${n}${i.toString(36).padStart(6, '0')}`,
        cells: { text: 'x' },
      }))
    const statuses = []
    for (let n = 0; n < 6; n++)
      statuses.push((await c.call(`/voucher-drafts/${draft}/changes`, { body: { since: 0, rows: rows(n) } })).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 422])
    await c.db.execute({
      sql: `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
            insert into voucher_comment (id, ledger_version, text, recorded_at, by)
            select 'cmt_' || printf('%026d', i), ?, 'x', '2026-01-01', 'usr_x' from n`,
      args: [posted.ledgerVersion],
    })
    const comment = await c.call(`/vouchers/${posted.id}/comments`, { body: { text: 'En til' } })
    expect([comment.status, comment.json.code]).toEqual([422, 'limit/reached'])
    // Full of drafts, one that stands is still written in; a new one is refused.
    const [mine, fresh] = [voucherId(), voucherId()].map((id) => `dra_${id.slice(4)}`)
    const write = (id: string, key: string) =>
      c.call(`/voucher-drafts/${id}/changes`, {
        body: { since: 0, rows: [{ key, position: '1', cells: { text: 'x' } }] },
      })
    await write(mine!, 'a')
    await c.db.execute(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
      insert or ignore into voucher_draft (id, created_by, created_at, changed_by, changed_at)
      select 'dra_' || printf('%026d', i), 'usr_x', '2026-01-01', 'usr_x', '2026-01-01' from n
       where i <= 5000 - (select count(*) from voucher_draft where deleted_at is null)`)
    expect((await write(mine!, 'b')).status).toBe(200)
    expect((await write(fresh!, 'a')).json.code).toBe('limit/reached')
  })

  test('a caller has twenty answers open at a time', async () => {
    const c = await company()
    const key = await c.key('reader')
    const polls = Array.from({ length: 25 }, () => c.call('/events?after=newest&waitMs=400', { key }))
    const statuses = (await Promise.all(polls)).map((p) => p.status)
    expect(statuses.filter((s) => s === 429).length).toBe(5)
    expect((await c.call('/events?after=newest&waitMs=10', { key })).status).toBe(200)
  })
})

describe('two at once', () => {
  test('reject one document: one does, and neither is told that we failed', async () => {
    const c = await company()
    const png = Uint8Array.from(
      atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='),
      (b) => b.charCodeAt(0),
    )
    const sent = await c.call('/documents', { raw: png, headers: { 'content-type': 'application/octet-stream' } })
    const path = `/documents/${sent.json.stamp}/rejection`
    for (let round = 0; round < 5; round++) {
      const rejected = await Promise.all(
        Array.from({ length: 6 }, (_, i) => c.call(path, { body: { reason: `nr ${i}` } })),
      )
      expect(rejected.map((a) => a.status).filter((s) => s >= 500)).toEqual([])
      const restored = await Promise.all(Array.from({ length: 6 }, () => c.call(path, { method: 'DELETE' })))
      expect(restored.map((a) => a.status).filter((s) => s >= 500)).toEqual([])
    }
  })
})

test('a text goes into a CSV as no formula, whichever separator the sheet believes in', () => {
  for (const separator of [',', ';'])
    for (const start of ['=', '+', '-', '@', '\t=', '＝', '＋', '－', '＠'])
      for (const text of [`${start}cmd`, `a;${start}cmd`, `a,${start}cmd`, `a; ${start}cmd`, `a;"${start}cmd`]) {
        const cells = cell(text, separator).replace(/^"|"$/g, '').split(/[,;]/)
        expect(
          cells.filter((part) => /^["\s]*[=+\-@＝＋－＠]/.test(part)),
          `${text} ${separator}`,
        ).toEqual([])
      }
  expect(cell('Kaffe, 5 kr; stk', ';')).toBe('"Kaffe, 5 kr; stk"')
  expect(cell('kr 1500,- per stk', ';')).toBe('kr 1500,- per stk')
})
