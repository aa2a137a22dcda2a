import { beforeAll, expect, test } from 'vitest'
import { seeded } from '#tests/reports/seeded-ledger.ts'
import { testApp, voucherId } from '#tests/support/app.ts'
import { type Company, deskOf, matchId, withParties } from '#tests/support/ledger-desk.ts'
import { addDays, type IsoDate } from '#worker/core/dates.ts'

/**
 * One random history of vouchers, reversals, matches in whole and part, differences and undone matches; then the rules of the
 * sub-ledger said over again the slow way, from the rows, for any day, version and instant.
 */
const app = testApp()
const STEPS = 450
const DAYS = 500
const FIRST = '2025-01-01' as IsoDate
const random = seeded(21)
const one = <T>(of: readonly T[]): T => of[random(of.length)]!
const PARTIES = ['1500:10001', '1500:10002', '2400:20001', '2400:20002', '1511:10001'] as const

type Snapshot = { query: string; at: string; said: unknown }
let c: Company
const snapshots: Snapshot[] = []
const refusals = new Set<string>()
let undone = 0

type Item = { id: string; party: string; account: string; rest: number; amount: number; voucher: { id: string } }
const openItems = async (): Promise<Item[]> => (await c.call('/open-items?limit=5000')).json.items

/** What an answer says, without where ledger and feed have come to since. */
const said = ({ ledgerVersion: _, sequence: __, atVersion: ___, knownAt: _4, cursor: _5, ...rest }: any) => rest

async function post() {
  const foreign = random(4) === 0
  const minor = (1 + random(50_000)) * (random(2) ? 1 : -1)
  const rate = one(['11.5', '11.62', '10.9'])
  const amount = foreign ? Math.sign(minor) * Math.floor((Math.abs(minor) * Number(rate) * 1_000 + 500) / 1_000) : minor
  const account = one(PARTIES)
  const [number, party] = account.split(':')
  const line: Record<string, unknown> = {
    rowKey: 'party',
    account,
    amount,
    ...(foreign && { currency: 'EUR', currencyAmount: minor, rate }),
    ...(random(2) && { invoiceNumber: String(random(40)) }),
    ...(random(3) === 0 && { dueDate: addDays(FIRST, random(DAYS)) }),
  }
  const others = (await openItems()).filter(
    (i) => i.account === number && i.party === party && i.rest > 0 !== amount > 0,
  )
  if (others.length > 0 && random(2)) {
    const { id, rest } = one(others)
    const part = Math.trunc((Math.min(Math.abs(rest), Math.abs(amount)) * (1 + random(10))) / 10)
    if (part > 0) line.matches = [{ openItem: id, amount: rest > 0 ? part : -part }]
  }
  const lines = [line, { account: '2050', amount: -amount }]
  if (random(6) === 0) lines.push({ account, amount: 500, invoiceNumber: 'to' }, { account: '2050', amount: -500 })
  const voucherDate = addDays(FIRST, random(DAYS))
  return c.call('/vouchers', { body: { id: voucherId(), type: 'general', voucherDate, lines } })
}

async function matchSome() {
  const all = await openItems()
  if (all.length < 2) return undefined
  const first = one(all)
  const same = all.filter((i) => i.account === first.account && i.party === first.party)
  const chosen = same.filter(() => random(3) > 0).slice(0, 6)
  if (chosen.length < 2) return undefined
  const items = chosen.map(({ id, rest }) => ({
    openItem: id,
    ...(random(8) === 0 && { amount: Math.trunc((rest * (1 + random(9))) / 10) || rest }),
  }))
  const body = { id: matchId(), items, oldestFirst: random(2) === 0, ...(random(3) === 0 && { difference: {} }) }
  return c.call('/matches', { body })
}

async function reverseSome() {
  const { rows } = await c.db.execute(
    'select id from voucher v where not exists (select 1 from voucher r where r.reversal_of = v.id)',
  )
  const voucher = String(one(rows).id)
  return c.call(`/vouchers/${voucher}/reversal`, {
    body: { id: voucherId(), voucherDate: addDays(FIRST, random(DAYS)) },
  })
}

async function undoSome() {
  const { rows } = await c.db.execute('select id from item_match where undone_at is null')
  if (rows.length === 0) return undefined
  undone++
  return c.call(`/matches/${one(rows).id}/undo`, { body: { reason: 'Feil' } })
}

const automatic = () => c.call('/matches/automatic', { body: { oldestFirst: random(6) === 0 } })

beforeAll(async () => {
  c = await withParties(await app.company({ fromYear: 2025, toYear: 2026 }))
  await c.db.execute(
    "insert into account (number, name_nb, name_en, type, control) values ('1511', 'A', 'A', 'asset', 'customer')",
  )
  for (let step = 0; step < STEPS; step++) {
    const roll = random(100)
    const work = roll < 50 ? post : roll < 76 ? matchSome : roll < 86 ? reverseSome : roll < 97 ? undoSome : automatic
    const done = await work()
    if (done && done.status >= 300) {
      for (const issue of done.json.issues) refusals.add(issue.code)
      if (done.status >= 500) throw new Error(done.text)
    }
    if (step % 10 !== 0) continue
    const query = one([
      '/open-items?limit=5000',
      `/open-items?limit=5000&kind=customer&asAtDate=${addDays(FIRST, random(DAYS))}`,
      `/open-items?limit=5000&overdue=true&asAtDate=${addDays(FIRST, random(DAYS))}`,
      `/open-items/ageing?kind=${one(['customer', 'supplier'])}&asAtDate=${addDays(FIRST, random(DAYS))}`,
      `/parties/customer/10001/statement?fromDate=2025-03-01&toDate=${addDays(FIRST, 60 + random(DAYS - 60))}`,
    ])
    const at = new Date().toISOString()
    const { json, status, text } = await c.call(query)
    if (status !== 200) throw new Error(text)
    snapshots.push({ query, at, said: said(json) })
    await new Promise((resume) => setTimeout(resume, 2)) // what comes next is recorded later than `at`
  }
}, 120_000)

test('the history has everything in it', async () => {
  const { rows } = await c.db.execute(
    'select rule, count(*) as n, count(undone_at) as undone from item_match group by rule',
  )
  expect(rows.map((r) => r.rule).toSorted()).toEqual(expect.arrayContaining(['manual', 'reversal', 'voucher']))
  expect(undone).toBeGreaterThan(20)
  expect([...refusals].filter((code) => !code.startsWith('match/')).toSorted()).toEqual([])
  const partly = await c.db.execute('select count(*) as n from open_item where rest <> 0 and rest <> amount')
  expect(Number(partly.rows[0]!.n)).toBeGreaterThan(5)
})

type Line = { version: number; line: number; amount: number; currencyAmount: number | null }
type Row = Line & {
  kind: string
  party: string
  account: string
  day: string
  rest: number
  currencyRest: number | null
}
type Kept = {
  at: string
  version: number
  day: string
  undone: { at: string; version: number; day: string } | null
  lines: Line[]
}

async function rows(): Promise<{ entries: Row[]; matches: Kept[]; recorded: Map<number, string> }> {
  const [items, entries, matches, lines, vouchers] = await c.db.batch(
    [
      'select * from open_item',
      'select * from entry where party is not null order by ledger_version, line',
      'select * from item_match',
      'select * from item_match_line',
      'select ledger_version, recorded_at from voucher',
    ],
    'read',
  )
  const rests = new Map(items!.rows.map((r) => [`${r.ledger_version} ${r.line}`, r]))
  expect(rests.size).toBe(entries!.rows.length)
  const lineOf = (r: any): Line => ({
    version: Number(r.ledger_version),
    line: Number(r.line),
    amount: Number(r.amount),
    currencyAmount: r.currency_amount === null ? null : Number(r.currency_amount),
  })
  return {
    entries: entries!.rows.map((r) => {
      const item = rests.get(`${r.ledger_version} ${r.line}`)!
      const currency = item.currency_rest
      return {
        ...lineOf(r),
        kind: String(r.party_kind),
        party: String(r.party),
        account: String(r.account),
        day: String(r.voucher_date),
        rest: Number(item.rest),
        currencyRest: currency === null ? null : Number(currency),
      }
    }),
    matches: matches!.rows.map((m) => ({
      at: String(m.recorded_at),
      version: Number(m.ledger_version),
      day: String(m.match_date),
      undone:
        m.undone_at === null
          ? null
          : { at: String(m.undone_at), version: Number(m.undone_version), day: String(m.undone_date) },
      lines: lines!.rows.filter((l) => l.match_id === m.id).map(lineOf),
    })),
    recorded: new Map(vouchers!.rows.map((v) => [Number(v.ledger_version), String(v.recorded_at)])),
  }
}

test('what is left of each item is its amount less the live matches, never below zero nor above it', async () => {
  const { entries, matches } = await rows()
  const live = matches.filter((m) => !m.undone).flatMap((m) => m.lines)
  for (const e of entries) {
    const settled = live.filter((l) => l.version === e.version && l.line === e.line)
    expect(e.rest).toBe(e.amount - settled.reduce((sum, l) => sum + l.amount, 0))
    expect(Math.abs(e.rest)).toBeLessThanOrEqual(Math.abs(e.amount))
    expect(e.rest === 0 || e.rest > 0 === e.amount > 0).toBe(true)
    if (e.currencyRest === null) continue
    expect(e.currencyRest).toBe(e.currencyAmount! - settled.reduce((sum, l) => sum + l.currencyAmount!, 0))
    if (e.rest === 0) expect(e.currencyRest).toBe(0)
  }
})

test('open items sum to the control account, per party and in all, on any day and as known at any version or instant', async () => {
  const { entries, matches, recorded } = await rows()
  const newest = Math.max(...recorded.keys())
  for (let sample = 0; sample < 60; sample++) {
    const day = addDays(FIRST, random(DAYS + 20))
    const version = random(newest + 1)
    const byVersion = random(2) === 0
    const instant = new Date(Date.parse(recorded.get(Math.max(1, version))!) + random(4)).toISOString()
    const isKnown = (at: string, v: number) => (byVersion ? v <= version : at <= instant)
    const known = entries.filter((e) => e.day <= day && isKnown(recorded.get(e.version)!, e.version))
    const counted = matches.filter(
      (m) =>
        m.day <= day &&
        isKnown(m.at, m.version) &&
        !(m.undone && isKnown(m.undone.at, m.undone.version) && m.undone.day <= day),
    )
    const rests = new Map(known.map((e) => [`${e.version} ${e.line}`, e.amount]))
    for (const { version: v, line, amount } of counted.flatMap((m) => m.lines))
      rests.set(`${v} ${line}`, rests.get(`${v} ${line}`)! - amount)
    for (const e of known) {
      const rest = rests.get(`${e.version} ${e.line}`)!
      expect(Math.abs(rest) <= Math.abs(e.amount) && (rest === 0 || rest > 0 === e.amount > 0), 'settled twice').toBe(
        true,
      )
    }
    const state = `asAtDate=${day}&${byVersion ? `atVersion=${version}` : `asKnownAt=${instant}`}`
    const { json } = await c.call(`/open-items?limit=5000&${state}`)
    const told = Object.fromEntries(
      json.items.map((i: any) => [`${Number(i.id.slice(4, 20))} ${Number(i.id.slice(20))}`, i.rest]),
    )
    expect(told, state).toEqual(Object.fromEntries([...rests].filter(([, rest]) => rest !== 0)))
    for (const kind of ['customer', 'supplier']) {
      const ageing = await c.call(`/open-items/ageing?kind=${kind}&${state}`)
      const own = known.filter((e) => e.kind === kind)
      expect(ageing.json.checks).toEqual([{ key: 'open-items-equal-control', holds: true, difference: 0 }])
      expect(ageing.json.totals.total).toBe(own.reduce((sum, e) => sum + e.amount, 0))
      for (const row of ageing.json.rows) {
        const balance = own.filter((e) => e.party === row.party).reduce((sum, e) => sum + e.amount, 0)
        expect([row.party, row.total]).toEqual([row.party, balance])
      }
    }
  }
})

test('an answer as known at an instant is the answer that was given then', async () => {
  expect(snapshots.length).toBeGreaterThan(40)
  for (const { query, at, said: then } of snapshots) {
    const { json } = await c.call(`${query}&asKnownAt=${at}`)
    expect(said(json), `${query} at ${at}`).toEqual(then)
  }
})

test('undoing a match leaves everything as before it, and making it again is another match', async () => {
  const { match, undo, open, book } = deskOf(c)
  await book('2026-01-05', '1500:10001', 90_000)
  await book('2026-02-05', '1500:10001', -33_300)
  const before = await open()
  const items = (await openItems())
    .filter((i) => i.account === '1500' && i.party === '10001')
    .slice(-2)
    .map((i) => ({ openItem: i.id }))
  const done = await match({ items })
  expect(done.status).toBe(201)
  expect(await open()).not.toEqual(before)
  const back = await undo(done.json.id)
  expect([back.status, back.json.status]).toEqual([200, 'undone'])
  expect(await open()).toEqual(before)
  expect((await undo(done.json.id)).json).toMatchObject({ status: 'undone', replayed: true })
  expect((await match({ items })).status).toBe(201)
})
