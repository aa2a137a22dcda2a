// `npm run sec -- all`: attacks by threat class (reliability.md S1–S24), attempts and successes counted and printed. Classes that have
// suites of their own are named with them; what is not built is printed as such.

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createClient } from '@libsql/client/web'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { visitor } from '#tests/support/visitor.ts'
import { keyFrom } from '#worker/access/api-key.ts'
import { openApiDocument, routesOf } from '#worker/api/openapi.ts'
import { sha256 } from '#worker/core/hash.ts'
import { app } from '#worker/index.ts'
import { isPublicAddress } from '#worker/webhooks/webhook-url.ts'
import { corporaIn } from './corpus.ts'
import { secretsIn } from './secrets.ts'

const WANTED = (process.env.SEC ?? 'all').split(',')
const FULL = process.env.SEC !== undefined
const wants = (id: string) => WANTED.includes('all') || WANTED.includes(id)

const { company, call, env } = testApp()
const control = () =>
  createClient({ url: env.CONTROL_DATABASE_URL, authToken: env.DATABASE_TOKEN, fetch: env.DATABASE_FETCH })
let sent = 0
env.WEBHOOKS = {
  fetch: async () => {
    sent++
    return new Response('', { status: 302, headers: { location: 'http://10.0.0.1/' } })
  },
} as unknown as Fetcher
let own: Awaited<ReturnType<typeof company>>
beforeAll(async () => {
  own = await company()
})

const results = new Map<string, { what: string; attempts: number; succeeded: string[] }>()
function counter(id: string, what: string) {
  const result = { what, attempts: 0, succeeded: [] as string[] }
  results.set(id, result)
  return (name: string, succeeded: boolean) => {
    result.attempts++
    if (succeeded) result.succeeded.push(name)
  }
}
const none = (id: string) => expect(results.get(id)!.succeeded.slice(0, 20)).toEqual([])

/** Classes whose attacks stand in a suite of their own. */
const ELSEWHERE: Record<string, string> = {
  S1: 'tests/access/every-route.test.ts',
  S2: 'tests/access/every-route.test.ts, tests/api/openapi.test.ts',
  S3: 'tests/access/every-route.test.ts, audit-access.test.ts (route check, views of the granted years; no read-only database token yet)',
  S5: 'tests/access/addin-tokens.test.ts',
  S8: 'tests/saft/hostile.test.ts, npm run fuzz (xml)',
  S9: 'npm run fuzz (sheets)',
  S10: 'npm run fuzz (attachments), tests/documents/',
  S11: 'tests/web/sign-in.test.ts',
  S12: 'tests/identity/second-factor.test.ts, step-up.test.ts, passkey.test.ts; payments are not built',
  S15: 'tests/parties/bank-account.test.ts (the second person; 48 hours, notice and first payment come with payments)',
  S18: 'tests/access/apps-and-offices.test.ts, tests/http/hostile-body.test.ts (limits; no test of a second tenant under load)',
  S19: 'npm run fuzz (strings)',
  S22: 'npm run supply, tests/security/supply.test.ts',
  S23: 'tests/api/odd-requests.test.ts',
}
const NOT_BUILT: Record<string, string> = {
  S13: 'payments',
  S14: 'payment files',
  S21: 'salary and identity numbers; reads of documents are logged once a day for each person',
}

describe.runIf(wants('S4'))('S4 session theft and forged requests', () => {
  test('no route that writes believes a cookie from elsewhere', async () => {
    const count = counter('S4', 'forged origins × routes that write')
    const token = randomBytes(32).toString('base64url')
    await control().batch([
      "insert or ignore into user (id, email, name, created_at) values ('usr_sec', 'sec@example.no', 'Sec', '2026-01-01')",
      {
        sql: "insert into membership (user, company, role, created_at) values ('usr_sec', ?, 'administrator', '2026-01-01')",
        args: [own.id],
      },
      {
        sql: "insert into session (token_hash, user, created_at, expires_at) values (?, 'usr_sec', ?, '2999-01-01T00:00:00.000Z')",
        args: [await sha256(token), new Date().toISOString()],
      },
    ])
    const forged: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'http://sub.localhost' },
      { origin: 'http://localhost:81' },
      { origin: 'https://localhost' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
    ]
    const before = Number((await own.db.execute('select count(*) as n from event')).rows[0]!.n)
    for (const { method, path } of routesOf(app).filter((r) => r.method !== 'get'))
      for (const headers of forged) {
        const address = path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name) => (name === 'company' ? own.id : 'none'))
        const cookie = `hovedbok_session=${token}`
        const answer = await call(address, {
          method: method.toUpperCase(),
          key: null,
          body: {},
          headers: { ...headers, cookie },
        })
        count(
          `${method} ${path} ${JSON.stringify(headers)} ${answer.status}`,
          answer.json?.code !== 'request/cross-site',
        )
      }
    const after = Number((await own.db.execute('select count(*) as n from event')).rows[0]!.n)
    count('events written', after !== before)
    none('S4')
  })
})

describe.runIf(wants('S6'))('S6 markup in texts', () => {
  test('comes back as text on every page that shows it', async () => {
    const count = counter('S6', 'hostile texts read back in pages')
    const texts = (JSON.parse(readFileSync('tests/fixtures/attacks/strings/strings.json', 'utf8')) as string[]).filter(
      (t) => /[<>"'&{]/.test(t) && t.length < 200,
    )
    let number = 20_000
    for (const text of texts) {
      const name = `${text}`
      await own.call('/parties', { body: { kind: 'customer', number: String(number++), name } })
    }
    const browser = visitor({ env, call } as never)
    const token = randomBytes(32).toString('base64url')
    await control().batch([
      "insert or ignore into user (id, email, name, created_at) values ('usr_six', 'six@example.no', '<script>alert(1)</script>', '2026-01-01')",
      {
        sql: "insert or ignore into membership (user, company, role, created_at) values ('usr_six', ?, 'administrator', '2026-01-01')",
        args: [own.id],
      },
      {
        sql: "insert into session (token_hash, user, created_at, expires_at) values (?, 'usr_six', ?, '2999-01-01T00:00:00.000Z')",
        args: [await sha256(token), new Date().toISOString()],
      },
    ])
    browser.cookies.set('hovedbok_session', token)
    const page = `/companies/${own.id}`
    for (const path of [
      `${page}/parties`,
      `${page}/audit-log`,
      `${page}/settings`,
      `${page}/settings/keys`,
      '/alerts',
    ]) {
      const { html, headers } = await browser.get(path)
      for (const text of texts.filter((t) => /<(?:script|img|svg)/.test(t)))
        count(`${path} ${text}`, html.includes(text))
      const policy = headers.get('content-security-policy') ?? ''
      count(`${path} policy`, !policy.includes("default-src 'none'") || /script-src[^;]*unsafe/.test(policy))
      count(`${path} inline handler`, /<[a-z][^<>]*\son\w+\s*=/i.test(html))
    }
    none('S6')
  })
})

describe.runIf(wants('S7'))('S7 formulas in exports', () => {
  test('are texts in every CSV', async () => {
    const count = counter('S7', 'formula payloads × CSV exports and separators')
    const other = await company()
    const payloads = [
      '=1+1',
      '+1+1',
      '-1+1',
      '@SUM(1)',
      '\t=1',
      '＝1',
      '＋1',
      '－1',
      '＠1',
      "=cmd|' /C calc'!A0",
      'a;=1',
      'a,=1',
      'a;+1',
      'a,@x',
      '=HYPERLINK("https://x")',
    ]
    for (const [i, name] of payloads.entries()) {
      await other.call('/parties', { body: { kind: 'customer', number: String(30_000 + i), name } })
      await other.call('/keys', { body: { name, role: 'reader' } })
    }
    for (const language of ['nb', 'en'])
      for (const path of ['/audit-log/export', `/audit-log?fiscalYear=${new Date().getFullYear()}`]) {
        const { text } = await other.call(path, { language })
        for (const separator of [';', ','])
          for (const cell of text.split(/\r\n/).flatMap((line) => line.split(separator)))
            if (/[-=+@＝＋－＠]/.test(cell))
              count(`${path} ${cell}`, /^["\s]*[-=+@＝＋－＠]/.test(cell) && !/^[-+]?[\d\s.,]+$/.test(cell))
      }
    none('S7')
  })
})

describe.runIf(wants('S16'))('S16 API keys', () => {
  test('are not guessed, not taken from an address, not kept, and gone when revoked', async () => {
    const count = counter('S16', 'guessed, misplaced, revoked and foreign keys')
    const key = await own.key('administrator')
    for (let i = 0; i < (FULL ? 10_000 : 200); i++) {
      const guess = keyFrom(randomBytes(32))
      count(guess, (await call(`${own.path}/accounts`, { key: guess })).status !== 401)
    }
    for (let i = 4; i < key.length; i += 5) {
      const near = key.slice(0, i) + (key[i] === 'a' ? 'b' : 'a') + key.slice(i + 1)
      count(near, (await call(`${own.path}/accounts`, { key: near })).status !== 401)
    }
    for (const name of ['key', 'api_key', 'access_token', 'token', 'authorization'])
      count(
        name,
        (await call(`${own.path}/accounts?${name}=${key}`, { key: null })).json.code !== 'request/key-in-address',
      )
    for (const headers of [
      { 'x-api-key': key },
      { cookie: `hovedbok_session=${key}` },
      { authorization: `Basic ${key}` },
    ] as Record<string, string>[])
      count(
        JSON.stringify(Object.keys(headers)),
        (await call(`${own.path}/accounts`, { key: null, headers })).status !== 401,
      )
    const foreign = (await company()).path
    for (const path of ['/accounts', '/vouchers', '/keys', '/members', '/archive'])
      count(`another company ${path}`, (await call(`${foreign}${path}`, { key })).status !== 404)
    const { keys } = (await own.call('/keys')).json
    const { id } = keys.find((one: any) => one.start === key.slice(0, 10))
    await own.call(`/keys/${id}`, { method: 'DELETE' })
    await new Promise((resume) => setTimeout(resume, 1_100))
    for (const path of ['/accounts', '/vouchers', '/keys'])
      count(`revoked ${path}`, (await call(`${own.path}${path}`, { key })).status !== 401)
    const dump =
      JSON.stringify((await control().execute('select * from api_key')).rows) +
      JSON.stringify((await own.db.execute('select * from event')).rows)
    count('plain in the database', dump.includes(key.slice(4)))
    none('S16')
  })
})

describe.runIf(wants('S17'))('S17 webhooks that lead inside', () => {
  test('are refused by address, by what the name leads to, and after a redirect', async () => {
    const count = counter('S17', 'addresses, names that lead inside, rebinding, redirects')
    const corpus = corporaIn('tests/fixtures/attacks/addresses')[0]!
    const refuse = JSON.parse(corpus.files.find((f) => f.name === 'refuse.json')!.bytes.toString('utf8')) as string[]
    for (const url of refuse) count(url, (await own.call('/webhooks', { body: { name: 'x', url } })).status === 201)
    const inside = [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.0.1',
      '169.254.169.254',
      '100.100.100.100',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '192.0.0.8',
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      '::ffff:127.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001::1',
      '2001:db8::1',
      'ff02::1',
      '3fff::1',
      'x',
      '',
    ]
    for (const address of inside) count(address, isPublicAddress(address))
    env.WEBHOOK_ADDRESSES = async () => ['93.184.215.14']
    const made = (await own.call('/webhooks', { body: { name: 'x', url: 'https://hook.kunde.no/' } })).json
    await own.call(`/webhooks/${made.id}/test`, { method: 'POST' })
    count('a redirect is followed', sent !== 1)
    let asked = 0
    env.WEBHOOK_ADDRESSES = async () => (asked++ === 0 ? ['93.184.215.14'] : ['127.0.0.1'])
    for (let i = 0; i < 10; i++) await own.call(`/webhooks/${made.id}/test`, { method: 'POST' })
    count('rebinding: sent after the name had come to lead inside', sent > 2)
    none('S17')
  })
})

describe.runIf(wants('S20'))('S20 secrets', () => {
  test('stand nowhere in what is tracked', () => {
    const count = counter('S20', 'tracked files scanned for secrets')
    const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
      .split('\0')
      .filter((f) => f !== '' && !/\.(?:png|woff2?|zip|xlsx|jpg)$|^tests\/fixtures\//.test(f))
    for (const file of files) count(file, secretsIn(readFileSync(file, 'utf8')).length > 0)
    none('S20')
  })
})

describe.runIf(wants('S24'))('S24 inventory', () => {
  test('what is served is what is documented', () => {
    const count = counter('S24', 'served routes looked for in the OpenAPI document')
    const documented = openApiDocument(app, 'http://localhost').paths as Record<string, Record<string, unknown>>
    for (const { method, path } of app.routes.filter((r) => r.path.startsWith('/api/v1/') && r.method !== 'ALL')) {
      const name = path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
      count(`${method} ${path}`, documented[name]?.[method.toLowerCase()] === undefined)
    }
    none('S24')
  })
})

afterAll(() => {
  for (const id of Array.from({ length: 24 }, (_, i) => `S${i + 1}`)) {
    const result = results.get(id)
    const text = result
      ? `${result.attempts} attempted, ${result.succeeded.length} succeeded (${result.what})`
      : ELSEWHERE[id]
        ? `in ${ELSEWHERE[id]}`
        : `not built: ${NOT_BUILT[id] ?? 'not asked for'}`
    console.log(`${id.padEnd(4)} ${text}`)
  }
})
