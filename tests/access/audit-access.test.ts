import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { plain } from '#tests/saft/saft-desk.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { saft } from '#tests/support/saft.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { auditDatabase, READ_IN_PART, READ_WHOLE } from '#worker/access/audit-database.ts'
import { sha256 } from '#worker/core/hash.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { findInBooks } from '#worker/ledger/find-in-books.ts'
import { canonicalLink } from '#worker/ledger/hash-chain.ts'
import { keepSearch } from '#worker/ledger/keep-search.ts'
import { countVouchers } from '#worker/ledger/list-vouchers.ts'

const app = testApp()
const { call, env } = app
const THIS = new Date().getFullYear()
/** What was granted, and the years around it. */
const [BEFORE, GRANTED, AFTER] = [THIS - 2, THIS - 1, THIS]
/** Words and figures of the years that were not granted. */
const [OLD, NEW] = ['GAMMELTAAR', 'NYTTAAR']
const AMOUNTS = { [BEFORE]: 7_771_300, [GRANTED]: 5_552_500, [AFTER]: 9_993_700 } as Record<number, number>
const FUTURE = '2999-01-01T00:00:00.000Z'

let books: Awaited<ReturnType<typeof app.company>>
const vouchers: Record<number, string> = {}
const stamps: Record<number, { id: string; stamp: number }> = {}
let auditor: Record<string, string>
let access: string
const read = (path: string, sent: object = {}) => books.call(path, { key: null, headers: auditor, ...sent })
const execute = (sql: string, ...args: (string | number | null)[]) => controlDatabase(env).execute({ sql, args })

async function person(name: string) {
  const id = `usr_${randomBytes(13).toString('hex')}`
  const now = new Date().toISOString()
  await execute(
    'insert into user (id, email, name, created_at, email_verified_at) values (?, ?, ?, ?, ?)',
    ...[id, `${id}@example.no`, name, now, now],
  )
  await execute(
    'insert into session (token_hash, user, created_at, expires_at) values (?, ?, ?, ?)',
    ...[await sha256(id), id, now, FUTURE],
  )
  return {
    id,
    email: `${id}@example.no`,
    headers: { cookie: `hovedbok_session=${id}`, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
  }
}

beforeAll(async () => {
  books = await app.company({ name: 'Reviderte AS' })
  for (const year of [GRANTED, BEFORE])
    await books.call('/fiscal-years', { body: { year, firstDate: `${year}-01-01`, lastDate: `${year}-12-31` } })
  await books.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Kunde AS' } })
  for (const [year, word] of [
    [BEFORE, OLD],
    [GRANTED, 'REVISJONSAAR'],
    [AFTER, NEW],
  ] as const) {
    const amount = AMOUNTS[year]!
    const sale = simpleDraft({
      voucherDate: `${year}-01-15`,
      text: `${word} salg`,
      lines: [
        { rowKey: 'a', account: '1500:10001', amount, invoiceNumber: `${word}1` },
        { rowKey: 'b', account: '3100', amount: -amount },
      ],
    })
    const posted = await books.call('/vouchers', { body: sale })
    if (posted.status !== 201) throw new Error(posted.text)
    vouchers[year] = posted.json.id
    const cash = simpleDraft({
      voucherDate: `${year}-02-15`,
      text: `${word} bank`,
      lines: [
        { rowKey: 'a', account: '1920', amount: amount + 100 },
        { rowKey: 'b', account: '2900', amount: -amount - 100 },
      ],
    })
    expect((await books.call('/vouchers', { body: cash })).status).toBe(201)
    const file = await books.call('/documents', {
      raw: `%PDF-1.4\n${word}\n%%EOF\n`,
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': `${word}.pdf` },
    })
    if (file.status !== 201) throw new Error(file.text)
    stamps[year] = file.json
    const added = await books.call(`/vouchers/${posted.json.id}/documents`, { body: { documents: [file.json.id] } })
    if (added.status >= 300) throw new Error(added.text)
    const comment = await books.call(`/vouchers/${posted.json.id}/comments`, { body: { text: `${word} merknad` } })
    if (comment.status >= 300) throw new Error(comment.text)
    await books.call('/budgets', { body: { year, name: `${word} budsjett` } })
  }
  await books.call('/vouchers?search=bank') // what is searched is taken in by others: an auditor writes nothing
  const one = await person('Revisor')
  auditor = one.headers
  const order = { email: one.email, name: 'Revisor', firstYear: GRANTED, lastYear: GRANTED, days: 30 }
  const ordered = await books.call('/auditors', { body: order })
  const granted = await books.call(`/auditors/${ordered.json.id}/grant`, { body: {} })
  if (granted.status !== 200) throw new Error(granted.text)
  access = granted.json.id
})

type Route = { method: string; path: string; permission: string; reads: boolean }
async function routes(): Promise<Route[]> {
  const { paths } = (await call('/api/openapi.json', { key: null })).json
  return Object.entries<Record<string, any>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, about]) => ({
      method: method.toUpperCase(),
      path,
      permission: about['x-permission'],
      reads: false,
    })),
  )
}
const inBooks = (path: string) => path.replace('/api/v1/companies/{company}', '')
/** Everything of the company's that is read, for a year's things and asked of a year's days. */
const questions = (path: string, of: number, asked: number): string[] => {
  const at = inBooks(path).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(
      {
        voucher: vouchers[of]!,
        document: stamps[of]!.id,
        account: '1920',
        kind: 'customer',
        number: '10001',
        year: String(of),
        openingDate: `${of}-01-01`,
        dimension: 'project',
      }[name] ?? 'none',
    ),
  )
  const days = `fromDate=${asked}-01-01&toDate=${asked}-12-31`
  return [
    '',
    `?${days}`,
    `?toDate=${asked}-12-31`,
    `?year=${asked}`,
    `?fiscalYear=${asked}`,
    `?${days}&format=csv`,
    `?format=xlsx&${days}`,
    `?search=${OLD}`,
    `?limit=1000`,
  ].map((query) => at + query)
}
const kr = (ore: number) => [String(ore), String(ore / 100), `${Math.trunc(ore / 100)}`]

describe('an auditor', () => {
  test('reads nothing of the other years, whatever is asked of them', { timeout: 120_000 }, async () => {
    const found: string[] = []
    let [asked, answered] = [0, 0]
    for (const { method, path } of await routes()) {
      if (method !== 'GET' || !path.startsWith('/api/v1/companies/{company}')) continue
      for (const year of [BEFORE, AFTER])
        for (const question of questions(path, year, year)) {
          const answer = await read(question)
          asked++
          if (answer.status === 200) answered++
          if (answer.status >= 500) found.push(`${question} → ${answer.status}`)
          // Opening balances and open items that were open when the year began are told; what happened before is not.
          const words = [OLD, NEW].filter((word) => answer.text.includes(word))
          const open = /open-item|statement|ageing|entries|parties|accounts\/|general-ledger|journal/.test(question)
          if (words.some((word) => word === NEW || !open)) found.push(`${question} tells ${words}`)
          if (kr(AMOUNTS[AFTER]!).some((sum) => answer.text.includes(sum)))
            found.push(`${question} tells next year’s amount`)
        }
    }
    console.info(`auditor: ${asked} questions, ${answered} answered`)
    expect(found).toEqual([])
    expect(answered).toBeGreaterThan(300)
  })

  test('has the granted year’s reports as the company has them, opening balances included', async () => {
    const days = `fromDate=${GRANTED}-01-01&toDate=${GRANTED}-12-31`
    for (const question of [
      `/reports/trial-balance?${days}`,
      `/reports/general-ledger?${days}`,
      `/reports/party-balances?kind=customer&${days}`,
      `/exports/trial-balance?format=csv&${days}`,
      `/exports/general-ledger?format=csv&${days}`,
      `/vouchers/${vouchers[GRANTED]}`,
    ]) {
      const [theirs, ours] = [await read(question), await books.call(question)]
      const plain = ({ status, text }: { status: number; text: string }) => [
        status,
        text.replace(
          /"(ledgerVersion|atVersion|chainHead|sequence|etag|hash|key|reference|readAt|generatedAt)":("[^"]*"|\d+)/g,
          '',
        ),
      ]
      expect([question, ...plain(theirs)]).toEqual([question, ...plain(ours)])
    }
  })

  test('has no figures of last year to hold the granted year against', async () => {
    const { lines } = (await read(`/reports/income-statement?fromDate=${GRANTED}-01-01&toDate=${GRANTED}-12-31`)).json
    expect(lines[0].amounts.slice(0, 2)).toEqual([AMOUNTS[GRANTED], 0])
    // Opening, movement and closing are the company's own; last year's balance is the opening.
    const question = `/reports/balance-sheet?toDate=${GRANTED}-12-31`
    const [theirs, ours] = await Promise.all(
      [await read(question), await books.call(question)].map(({ json }) =>
        json.lines.map((line: any) => [line.key, line.amounts.slice(0, 3)]),
      ),
    )
    expect(theirs).toEqual(ours)
  })

  test('writes nothing: every request that is no reading is refused', async () => {
    const reading =
      /\/reports\/(batch|batch\/stale|verification)$|\/trial$|\/movements\/conversion$|\/old-ledgers\/[^/]+\/check$/
    let tried = 0
    for (const { method, path, permission } of await routes()) {
      if (method === 'GET' || !path.startsWith('/api/v1/companies/{company}') || reading.test(path)) continue
      const question = questions(path, GRANTED, GRANTED)[0]!
      const { status, json } = await read(question, { method, body: {} })
      tried++
      expect([method, path, status]).toEqual([method, path, 403])
      expect(['permission/missing', 'audit-access/read-only']).toContain(json.code)
      if (permission.endsWith(':read')) expect([path, json.code]).toEqual([path, 'audit-access/read-only'])
    }
    expect(tried).toBeGreaterThan(80)
    const limited = await auditDatabase(books.db, { years: [GRANTED], until: FUTURE })
    for (const sql of [
      "update company set name = 'x'",
      'delete from event',
      'pragma user_version = 1',
      "attach 'x' as y",
    ]) {
      await expect(async () => limited.execute(sql)).rejects.toThrow('audit-access/read-only')
      await expect(async () => limited.batch([sql])).rejects.toThrow('audit-access/read-only')
    }
    await expect(limited.batch(['with a as (select 1) insert into turnover select 2, 0 from a'])).rejects.toThrow()
  })

  test('is not kept waiting by a search that nobody brought up to date, and is told of his own vouchers only', async () => {
    const behind = () => books.db.execute('update voucher_search_state set first_version = 7, last_version = 6')
    const limited = await auditDatabase(books.db, { years: [GRANTED], until: FUTURE })
    await behind()
    expect(await keepSearch(limited)).toBe(2)
    const list = await read('/exports/vouchers?search=bank&format=csv-machine')
    expect([list.status, list.text.trim().split('\r\n').length], list.text).toEqual([200, 1 + 1])
    await behind()
    expect((await read('/vouchers?search=bank')).json.unsearched).toBe(0)
    expect(await keepSearch(limited)).toBe(0)
    for (const brings of [
      () => read('/vouchers?search=bank', { headers: { ...auditor, prefer: 'count=exact' } }),
      () => countVouchers(limited, { search: 'bank' }, { books: books.db }),
      () => findInBooks(limited, 'bank', {}, { books: books.db }),
    ]) {
      await behind()
      await brings()
      expect(await keepSearch(limited)).toBe(0)
    }
  })

  test('reads figures by a POST too long for an address, of the granted year only', async () => {
    const periods = [AFTER, GRANTED, BEFORE].map(String)
    const body = {
      groups: [{ measure: 'movement', accounts: ['3100'], periods, cells: periods.map((_, i) => [0, i]) }],
    }
    const [theirs, ours] = [await read('/reports/batch', { body }), await books.call('/reports/batch', { body })]
    expect([theirs.status, ours.status]).toEqual([200, 200])
    expect(ours.json.groups[0].amounts).toEqual([AFTER, GRANTED, BEFORE].map((y) => -AMOUNTS[y]!))
    expect(theirs.json.groups[0].amounts).toEqual([0, -AMOUNTS[GRANTED]!, 0])
  })

  test('reads the documents of the granted year, and each reading stands in the log', async () => {
    expect((await read(`/documents/${stamps[GRANTED]!.id}/content`)).status).toBe(200)
    for (const year of [BEFORE, AFTER])
      for (const which of ['', '/content'])
        expect((await read(`/documents/${stamps[year]!.id}${which}`)).json.code).toBe('document/unknown')
    expect((await read('/documents')).json.documents.map((d: any) => d.id)).toEqual([stamps[GRANTED]!.id])
    const { log } = (await books.call(`/documents/${stamps[GRANTED]!.id}`)).json
    expect(log.filter((line: any) => line.what === 'read').length).toBeGreaterThan(0)
    const others = await Promise.all([BEFORE, AFTER].map((y) => books.call(`/documents/${stamps[y]!.id}`)))
    expect(others.flatMap((o) => o.json.log.filter((line: any) => line.what === 'read'))).toEqual([])
  })

  test('computes the chain from its first hash to its head, and reads the content of the granted year only', async () => {
    const [theirs, ours] = [(await read('/chain')).json, (await books.call('/chain')).json]
    expect([theirs.chainHead, theirs.ledgerVersion]).toEqual([ours.chainHead, ours.ledgerVersion])
    expect(theirs.links.map(([hash]: any) => hash)).toEqual(ours.links.map(([hash]: any) => hash))
    expect(theirs.links.map(([, fields]: any) => fields?.[4] ?? null)).toEqual([
      null,
      null,
      GRANTED,
      GRANTED,
      null,
      null,
    ])
    for (const [i, [hash, fields]] of theirs.links.entries())
      if (fields) expect(await sha256(canonicalLink(theirs.company, theirs.links[i - 1][0], fields))).toBe(hash)
  })

  test('has all the books checked, and is told that they hold and not what is in them', async () => {
    // A ledger of an old system is held against its seal whole, too, whatever years of it may be read.
    const kept = await books.call('/old-ledgers/saft', { raw: saft(plain) })
    const sealed = await read(`/old-ledgers/${kept.json.ledgers[0].id}/check`, { method: 'POST' })
    expect([sealed.status, sealed.json.holds, Object.keys(sealed.json).sort()]).toEqual([
      200,
      true,
      ['hash', 'holds', 'stored'],
    ])
    const sound = await read('/verify?full=1')
    expect([sound.status, sound.json.ok]).toEqual([200, true])
    await books.db.execute("update balance set debit = debit + 1 where account = '1920'")
    const [theirs, ours] = [(await read('/verify?full=1')).json, (await books.call('/verify?full=1')).json]
    await books.db.execute("update balance set debit = debit - 1 where account = '1920'")
    expect([theirs.ok, ours.ok]).toEqual([false, false])
    expect(ours.checks.some((check: any) => check.offenders.length > 0)).toBe(true)
    expect(theirs.checks.every((check: any) => check.offenders.length === 0)).toBe(true)
    expect(theirs.checks.map((c: any) => c.violations)).toEqual(ours.checks.map((c: any) => c.violations))
  })

  test('is told of the granted year’s vouchers and of its days in the event feed', async () => {
    const { events } = (await read('/events?limit=5000')).json
    const posted = events.filter((e: any) => e.type === 'voucher.posted')
    expect(posted).toHaveLength(2)
    expect(posted.map((e: any) => e.subject)).toContain(vouchers[GRANTED])
    const log = await read('/audit-log/entries')
    expect(log.status).toBe(200)
  })

  test('leaves a trace of what was read, each kind of thing once a day', async () => {
    for (const path of ['/accounts', '/accounts', '/reports/trial-balance']) {
      await read(path)
      const subject = `GET /api/v1/companies/:company${path}`
      const { json } = await books.call(`/access-log/entries?about=audit-access&subject=${encodeURIComponent(subject)}`)
      expect(json.entries.map((e: any) => [e.type, e.subject])).toEqual([['audit-access.read', subject]])
    }
  })

  test('sees no drafts, nobody at work, and no counts of today’s work', async () => {
    await books.call('/documents', {
      raw: '%PDF-1.4\nubehandlet\n%%EOF\n',
      headers: { 'content-type': 'application/octet-stream' },
    })
    const stream = await read('/live', { headers: { ...auditor, accept: 'text/event-stream' } })
    expect([stream.status, stream.text]).toEqual([204, ''])
    const [version, whole] = [(await read('/live')).json.ledgerVersion, (await books.call('/live')).json.ledgerVersion]
    expect(version).toBeLessThan(whole)
    const home = await call('/', { key: null, headers: auditor })
    const work = await call('/clients', { key: null, headers: auditor })
    for (const page of [home, work]) expect(page.text).not.toContain('99 937')
    const { readClients } = await import('#worker/companies/read-clients.ts')
    const user = { kind: 'user', id: auditor.cookie!.split('=')[1]!, name: '', email: '', session: null } as const
    const [client] = await readClients(env, controlDatabase(env), user, `${THIS}-11-01` as never)
    expect(client!.work).toMatchObject({ drafts: 0, documents: 0, unmatched: 0 })
    expect(client!.status!.difference).toBe(0)
  })

  test('comes in on the granted days only', async () => {
    const set = async (column: string, value: string | null) => {
      await execute(`update audit_access set ${column} = ? where id = ?`, value, access)
      forgetAccess(books.id)
    }
    const { rows } = await execute('select ends_at from audit_access where id = ?', access)
    const until = String(rows[0]!.ends_at)
    const [left, ago] = [Date.parse(until) - Date.now(), '2020-01-01T00:00:00.000Z']
    expect(Math.round(left / 86_400_000)).toBe(30)
    expect((await read('/reports/trial-balance')).status).not.toBe(404)
    await set('ends_at', ago)
    for (const path of [
      '',
      '/vouchers',
      '/chain',
      '/documents',
      `/documents/${stamps[GRANTED]!.id}/content`,
      '/events',
      '/live',
    ])
      expect([path, (await read(path)).json.code]).toEqual([path, 'company/unknown'])
    expect((await call('/api/v1/companies', { key: null, headers: auditor })).json.companies).toEqual([])
    await set('ends_at', until)
    expect((await read('/vouchers')).status).toBe(200)
    expect((await books.call(`/auditors/${access}`, { method: 'DELETE' })).status).toBe(204)
    expect((await read('/vouchers')).json.code).toBe('company/unknown')
  })

  test('ordered and not granted is no way in', async () => {
    const one = await person('Bestiller')
    const order = { email: one.email, name: 'R', firstYear: GRANTED, lastYear: GRANTED, days: 5 }
    expect((await books.call('/auditors', { body: order })).status).toBe(201)
    expect((await books.call('/vouchers', { key: null, headers: one.headers })).json.code).toBe('company/unknown')
  })
})

test('each table is read whole or in part: a new one says which', async () => {
  const { rows } = await books.db.execute(
    `select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite_%'`,
  )
  expect(rows.map((row) => String(row.name)).toSorted()).toEqual([...READ_WHOLE, ...READ_IN_PART].toSorted())
})
