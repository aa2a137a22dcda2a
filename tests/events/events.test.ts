import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { changesOf } from '#worker/events/event.ts'
import { app } from '#worker/index.ts'

const { company, env } = testApp()
const year = new Date().getFullYear()
type Company = Awaited<ReturnType<typeof company>>
const later = (ms: number) => new Promise((resume) => setTimeout(resume, ms))

describe('the feed', () => {
  test('holds postings and changes of registers in one order without holes', async () => {
    const c = await company()
    await c.call('/parties', { body: { kind: 'customer', name: 'Fjellheim' } })
    const posted = await c.call('/vouchers', { body: simpleDraft() })
    await c.call('/accounts/6800', { method: 'PATCH', body: { nameEn: 'Supplies' } })
    await c.call(`/vouchers/${posted.json.id}/reversal`, {
      body: { id: `vch_${'r'.repeat(26)}`, voucherDate: `${year}-02-01`, reason: 'Feil' },
    })
    const { json } = await c.call('/events?after=0')
    expect(json.events.map((e: any) => [e.sequence, e.type, e.ledgerVersion])).toEqual([
      [1, 'party.created', 0],
      [2, 'voucher.posted', 1],
      [3, 'account.changed', 1],
      [4, 'voucher.reversed', 2],
    ])
    expect(json.next).toBe(4)
    expect(json.events[1]).toMatchObject({
      by: 'operator',
      subject: posted.json.id,
      recordedAt: posted.json.recordedAt,
      touched: [
        { account: '1920', period: `${year}-01` },
        { account: '2900', period: `${year}-01` },
      ],
      changes: null,
    })
  })

  test('is read in pages, from any place, and from its end', async () => {
    const c = await company()
    for (let i = 0; i < 5; i++) await c.call('/dimensions/project/values', { body: { code: `P${i}`, name: 'P' } })
    const page = await c.call('/events?after=1&limit=2')
    expect([page.json.events.map((e: any) => e.sequence), page.json.next]).toEqual([[2, 3], 3])
    expect((await c.call('/events?after=newest')).json).toEqual({ events: [], next: 5 })
    expect((await c.call('/events?after=99')).json).toEqual({ events: [], next: 99 })
    for (const wrong of ['after=-1', 'after=x', 'limit=1.5', 'waitMs=-5', 'since=1'])
      expect([wrong, (await c.call(`/events?${wrong}`)).json.code]).toEqual([wrong, 'request/invalid'])
  })

  test('concurrent changes of many kinds leave no hole and no double', async () => {
    const c = await company()
    const works = Array.from({ length: 12 }, (_, i) => [
      c.call('/vouchers', { body: simpleDraft() }),
      c.call('/dimensions/project/values', { body: { code: `P${i}`, name: 'P' } }),
      c.call('/parties', { body: { kind: 'supplier', name: `Leverandør ${i}` } }),
      c.call('/accounts', { body: { number: `68${String(i + 30)}`, nameNb: 'Ny' } }),
    ])
    const answers = await Promise.all(works.flat())
    const done = answers.filter((a) => a.status === 201).length
    expect(answers.map((a) => a.status).filter((s) => s >= 500)).toEqual([])
    const { events } = (await c.call('/events')).json
    expect(events.map((e: any) => e.sequence)).toEqual(Array.from({ length: done }, (_, i) => i + 1))
    const versions = events.map((e: any) => e.ledgerVersion)
    expect(versions).toEqual(versions.toSorted((a: number, b: number) => a - b))
  })

  test('cannot be rewritten, skipped or shortened', async () => {
    const c = await company()
    await c.call('/vouchers', { body: simpleDraft() })
    await expect(c.db.execute("update event set by = 'noen'")).rejects.toThrow('event/is-final')
    await expect(c.db.execute('delete from event')).rejects.toThrow('event/is-final')
    const skip = `insert into event (sequence, type, recorded_at, by, ledger_version, subject)
      values (3, 'x', '2026', 'noen', 1, 'x')`
    await expect(c.db.execute(skip)).rejects.toThrow('event/out-of-order')
  })
})

describe('the audit trail of a year', () => {
  test('opens in a sheet: a row for each changed field, with old and new value, and no text runs as a formula', async () => {
    const c = await company()
    await c.call('/accounts/6800', { method: 'PATCH', body: { nameNb: '=1+1', vatCodeRequired: true } })
    await c.call('/vouchers', { body: simpleDraft() })
    const { headers, text } = await c.call(`/audit-log?fiscalYear=${year}`)
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const rows = text
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(';'))
    expect(rows.map((row) => [row[0], ...row.slice(4, 9)])).toEqual([
      ['Nr.', 'Hendelse', 'Gjelder', 'Felt', 'Før', 'Etter'],
      ['1', 'account.changed', '6800', 'nameNb', 'Kontorrekvisita', "'=1+1"],
      ['1', 'account.changed', '6800', 'vatCodeRequired', 'false', 'true'],
      ['2', 'voucher.posted', expect.stringMatching(/^vch_/), '', '', ''],
    ])
    expect(rows[1]![1]).toMatch(/^\d\d\.\d\d\.\d{4} \d\d[.:]\d\d/)
    const english = await c.call(`/audit-log?fiscalYear=${year}`, { language: 'en' })
    expect(english.text).toContain('No.,Time,By,Name,Event,Subject,Field,Before,After,Ledger version\r\n')
    expect((await c.call(`/audit-log?fiscalYear=${year - 1}`)).text.split('\r\n')).toHaveLength(2)
    expect((await c.call('/audit-log?fiscalYear=1999')).json.code).toBe('fiscal-year/unknown')
  })

  test('is whole over several pages, with the name of who did it', async () => {
    const c = await company()
    const made = await c.call('/keys', { body: { name: 'Import', role: 'accountant' } })
    const vouchers = (n: number) => ({ vouchers: Array.from({ length: n }, () => simpleDraft()) })
    for (let i = 0; i < 5; i++) await c.call('/vouchers/batch', { body: vouchers(500), key: made.json.key })
    const { text } = await c.call(`/audit-log?fiscalYear=${year}`)
    const numbers = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => Number(row.split(';')[0]))
    expect(numbers).toEqual([1, 1, ...Array.from({ length: 2_500 }, (_, i) => i + 2)])
    expect(text).toContain(`;${made.json.id};Import;voucher.posted;`)
  })
})

describe('waiting', () => {
  test('a long poll answers within two seconds of another’s posting, and is empty when its time is up', async () => {
    const c = await company()
    const waiting = c.call('/events?after=newest&waitMs=10000')
    await later(1_300)
    const at = Date.now()
    const posted = await c.call('/vouchers', { body: simpleDraft() })
    const { json } = await waiting
    expect(Date.now() - at).toBeLessThan(2_000)
    expect(json.events.map((e: any) => e.subject)).toEqual([posted.json.id])
    const started = Date.now()
    expect((await c.call('/events?after=newest&waitMs=400')).json.events).toEqual([])
    expect(Date.now() - started).toBeGreaterThan(350)
    expect(Date.now() - started).toBeLessThan(1_500)
  })

  test('it looks at the database gently', async () => {
    const c = await company()
    let looks = 0
    const plain = env.DATABASE_FETCH!
    env.DATABASE_FETCH = ((input: RequestInfo, init?: RequestInit) => {
      looks++
      return plain(input, init)
    }) as typeof fetch
    await c.call('/events?after=newest&waitMs=2000')
    env.DATABASE_FETCH = plain
    // Five or six looks in two seconds, and whether the key still holds, once a second.
    expect(looks).toBeGreaterThan(4)
    expect(looks).toBeLessThan(13)
  })

  test('it ends within a second or so when the key is revoked', async () => {
    const c = await company()
    const made = await c.call('/keys', { body: { name: 'leser', role: 'reader' } })
    const waiting = c.call('/events?after=newest&waitMs=8000', { key: made.json.key })
    await later(300)
    // Its own event would wake the poll: it is revoked behind the feed.
    const { createClient } = await import('@libsql/client/web')
    const control = createClient({
      url: env.CONTROL_DATABASE_URL,
      authToken: env.DATABASE_TOKEN,
      fetch: env.DATABASE_FETCH,
    })
    await control.execute({ sql: "update api_key set revoked_at = '2026' where id = ?", args: [made.json.id] })
    const at = Date.now()
    expect((await waiting).status).toBe(401)
    expect(Date.now() - at).toBeLessThan(2_500)
  })
})

describe('server-sent events', () => {
  async function open(c: Company, headers: Record<string, string> = {}, query = '') {
    const stop = new AbortController()
    const response = await app.request(
      `${c.path}/events${query}`,
      {
        headers: { authorization: 'Bearer operator-key-of-the-tests', accept: 'text/event-stream', ...headers },
        signal: stop.signal,
      },
      env,
    )
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return {
      response,
      /** Reads until that many events have come. */
      async events(count: number) {
        for (;;) {
          const found = [...text.matchAll(/^data: (.*)\nid: (\d+)|^id: (\d+)\ndata: (.*)/gm)]
          if (found.length >= count) return found.map((m) => ({ id: m[2] ?? m[3], ...JSON.parse(m[1] ?? m[4]!) }))
          const { value, done } = await reader.read()
          if (done) throw new Error(`the stream ended: ${text}`)
          text += value
        }
      },
      async close() {
        stop.abort()
        await reader.cancel()
      },
    }
  }

  test('give the same list, go on where the last stream ended, and tell of a posting within two seconds', async () => {
    const c = await company()
    await c.call('/parties', { body: { kind: 'customer', name: 'Fjellheim' } })
    await c.call('/parties', { body: { kind: 'customer', name: 'Strandheim' } })
    const stream = await open(c)
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    const first = await stream.events(2)
    const plain = (await c.call('/events')).json.events
    expect(first.map(({ id, ...event }) => event)).toEqual(plain)
    expect(first.map((e) => e.id)).toEqual(['1', '2'])
    await later(1_200)
    const at = Date.now()
    const posted = await c.call('/vouchers', { body: simpleDraft() })
    const third = (await stream.events(3))[2]
    expect(Date.now() - at).toBeLessThan(2_000)
    expect(third.subject).toBe(posted.json.id)
    await stream.close()
    const again = await open(c, { 'last-event-id': '2' }, '?after=0')
    expect((await again.events(1))[0].sequence).toBe(3)
    await again.close()
  })

  test('are refused like any other request', async () => {
    const [c, other] = [await company(), await company()]
    const headers = { accept: 'text/event-stream' }
    const foreign = await c.call('/events', { headers, key: await other.key('administrator') })
    expect([foreign.status, foreign.json.code]).toEqual([404, 'company/unknown'])
    expect((await c.call('/events', { headers, key: await c.key('payer') })).status).toBe(403)
  })
})

test('changes are the fields that differ, old value and new', () => {
  expect(changesOf({ a: 1, b: [1], c: null }, { a: 1, b: [1, 2], c: null })).toEqual({ b: [[1], [1, 2]] })
  expect(changesOf(undefined, { a: 1, b: null })).toEqual({ a: [null, 1] })
  expect(changesOf({ a: 1 }, undefined)).toEqual({ a: [1, null] })
})
