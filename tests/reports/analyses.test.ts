import { beforeAll, describe, expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { ChangesAnswer, ExplanationAnswer, KeyFiguresAnswer, LiquidityAnswer } from '#worker/reports/analysis-answer.ts'
import { companyWithYears, randomDrafts, type TestCompany } from './random-ledger.ts'
import { seeded } from './seeded-ledger.ts'

const app = testApp()
let c: TestCompany
let newest: number

/** A random history with reversals of some of its vouchers, foreign currency, and a lock in the middle that some came after. */
beforeAll(async () => {
  c = await companyWithYears(app)
  const drafts = randomDrafts(160, 41)
  const post = async (some: Record<string, unknown>[]) => {
    const answer = await c.call('/vouchers/batch', { body: { mode: 'per-voucher', vouchers: some } })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.json.vouchers as { id: string; status: string }[]
  }
  const first = await post(drafts.slice(0, 90))
  for (const { id } of first.filter((v, i) => v.status === 'posted' && i % 9 === 0))
    await c.call(`/vouchers/${id}/reversal`, { body: { id: voucherId(), voucherDate: '2026-05-03', reason: 'Feil' } })
  await c.call('/locks', { body: { fromMonth: '2025-03', toMonth: '2025-06', level: 'soft', reason: 'Levert' } })
  await post(drafts.slice(90).map((draft) => ({ ...draft, reason: 'Sent' })))
  newest = (await c.call('/reports/trial-balance')).json.ledgerVersion
})

const ask = async (path: string) => {
  const { status, json, text } = await c.call(path)
  expect([status, status === 200 ? '' : text]).toEqual([200, ''])
  return json
}
const random = seeded(7)
const pick = <T>(of: readonly T[]): T => of[random(of.length)]!
const RANGES = [
  'fromDate=2025-01-01&toDate=2025-12-31',
  'fromDate=2026-01-01&toDate=2026-06-30',
  'fromDate=2025-03-10&toDate=2026-02-17',
  'fromDate=2026-07-01&toDate=2026-10-05',
]

describe('what has changed since', () => {
  test('the vouchers sum to the difference of the two reports, account by account, whatever the versions', async () => {
    for (let i = 0; i < 12; i++) {
      const [a, b] = [random(newest + 1), random(newest + 1)].sort((x, y) => x - y) as [number, number]
      const range = pick(RANGES)
      const filter = pick(['', '&department=10', '&department=none', '&line=operating-cost', '&account=3000:3999'])
      const measure = pick(['closing', 'movement'])
      const json = await ask(
        `/reports/changes?since=${a}&atVersion=${b}&${range}${filter}&measure=${measure}&limit=5000`,
      )
      expect(ChangesAnswer.safeParse(json).error).toBeUndefined()
      const sums = new Map<string, number>()
      for (const { entries } of json.vouchers)
        for (const { account, amount } of entries) sums.set(account, (sums.get(account) ?? 0) + amount)
      const changed = Object.fromEntries(json.accounts.map((r: any) => [r.account, r.change]).filter(([, n]: any) => n))
      expect(Object.fromEntries([...sums].filter(([, n]) => n).sort())).toEqual(changed)
      expect(json.checks).toMatchObject([{ key: 'vouchers-sum-to-change', holds: true, difference: 0 }])
      for (const v of json.vouchers) expect(v.ledgerVersion > a && v.ledgerVersion <= b).toBe(true)
    }
  })
  test('page by page it is the same list', async () => {
    const whole = await ask(`/reports/changes?since=10&${RANGES[0]}&limit=5000`)
    const ids: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const json: any = await ask(`/reports/changes?since=10&${RANGES[0]}&limit=7${cursor && `&cursor=${cursor}`}`)
      ids.push(...json.vouchers.map((v: any) => v.id))
      cursor = json.cursor
    }
    expect(ids).toEqual(whole.vouchers.map((v: any) => v.id))
  })
  test('a state that is not there, or that comes after', async () => {
    const told = async (query: string) => (await c.call(`/reports/changes?${query}`)).json.issues[0].code
    expect(await told('since=99999')).toBe('ledger-version/unknown')
    expect(await told(`since=${newest}&atVersion=3`)).toBe('report/versions-reversed')
    expect(await told('since=someday')).toBe('date/invalid')
    expect(await told('since=1&line=nothing')).toBe('report-layout/line-unknown')
    expect(await told('since=1&account=4000:3000')).toBe('field/invalid')
  })
})

describe('explain the figure', () => {
  test('the steps are the whole difference, and the same question gives the same bridge', async () => {
    for (let i = 0; i < 12; i++) {
      const what = pick([
        'line=annual-result',
        'line=operating-cost',
        'line=sales',
        'account=6300',
        'account=3000:6999',
      ])
      const query = `${what}&${pick(RANGES.slice(1))}&by=${pick(['account', 'department', 'project'])}&largest=${pick([0, 3, 10])}${pick(['', '&department=20'].slice(0, 1))}&atVersion=${newest - random(20)}`
      const json = await ask(`/reports/explanation?${query}`)
      expect(ExplanationAnswer.safeParse(json).error).toBeUndefined()
      expect([query, json.remainder]).toEqual([query, 0])
      expect(json.steps.reduce((sum: number, s: any) => sum + s.amount, json.from)).toBe(json.to)
      for (const s of json.steps) expect(s.actual - s.before).toBe(s.amount)
      expect(await ask(`/reports/explanation?${query}`)).toEqual(json)
      if (what.startsWith('line')) {
        const { lines } = await ask(
          `/reports/income-statement?${RANGES.find((r) => query.includes(r))}&atVersion=${json.atVersion}&columns=actual,last-year&includeZero=1`,
        )
        const line = lines.find((l: any) => `line=${l.key}` === what)
        expect([json.to, json.from]).toEqual(line.amounts)
      }
      for (const step of json.steps.filter((s: any) => s.kind !== 'voucher')) {
        const name = step.key === null ? step.kind : `${step.kind}:${step.key}`
        const { vouchers } = await ask(`/reports/explanation?${query}&step=${encodeURIComponent(name)}`)
        expect(vouchers.reduce((sum: number, v: any) => sum + v.amount, 0)).toBe(step.amount)
      }
    }
  })
  test('corrections and what came after a lock are steps of their own', async () => {
    const json = await ask(`/reports/explanation?account=3000:8999&${RANGES[1]}&largest=0`)
    const kinds = new Set(json.steps.map((s: any) => s.kind))
    expect([kinds.has('correction'), kinds.has('late'), kinds.has('ordinary')]).toEqual([true, true, true])
  })
  test('against a budget; what was budgeted and not posted is a step', async () => {
    await c.db.batch(
      [
        "insert into budget (id, year, name, main, created_at) values ('bud_1', 2026, 'Hoved', 1, '')",
        "insert into budget_line (id, budget, account) values (1, 'bud_1', '6300'), (2, 'bud_1', '7770')",
        "insert into budget_cell (line, month, amount, by, at) values (1, '2026-02', 2500000, '', ''), (2, '2026-03', 70000, '', '')",
      ],
      'write',
    )
    const json = await ask(`/reports/explanation?line=operating-cost&${RANGES[1]}&against=budget`)
    expect([json.from, json.remainder]).toEqual([2_570_000, 0])
    expect(json.steps.find((s: any) => s.kind === 'budget')).toMatchObject({ key: '7770', amount: -70_000 })
  })
  test('what cannot be explained is told', async () => {
    const told = async (query: string) => (await c.call(`/reports/explanation?${query}`)).json.issues[0].code
    expect(await told(RANGES[1]!)).toBe('field/required')
    expect(await told(`line=nothing&${RANGES[1]}`)).toBe('report-layout/line-unknown')
    expect(await told(`account=9999&${RANGES[1]}`)).toBe('account/unknown')
    expect(await told(`line=sales&by=colour&${RANGES[1]}`)).toBe('field/invalid')
    expect(await told(`line=sales&step=luck&${RANGES[1]}`)).toBe('field/invalid')
    expect(await told(`line=sales&against=budget&budget=none&${RANGES[1]}`)).toBe('budget/unknown')
  })
})

describe('key figures', () => {
  test('are what the statements’ lines give', async () => {
    const json = await ask(`/reports/key-figures?${RANGES[1]}`)
    expect(KeyFiguresAnswer.safeParse(json).error).toBeUndefined()
    const sheet = await ask(`/reports/balance-sheet?${RANGES[1]}&columns=closing&includeZero=1`)
    const of = (key: string) => sheet.lines.find((l: any) => l.key === key).amounts[0]
    const ratio = json.figures.find((f: any) => f.key === 'equity-ratio')
    expect([ratio.above, ratio.below]).toEqual([of('equity'), of('assets')])
    expect(Math.abs(ratio.value - (of('equity') * 10_000) / of('assets')) <= 0.5).toBe(true)
  })
})

describe('liquidity', () => {
  test('cash and all open items, on their due dates, are together what is left', async () => {
    const json = await ask('/reports/liquidity?toDate=2026-05-15&weeks=4')
    expect(LiquidityAnswer.safeParse(json).error).toBeUndefined()
    expect(json.checks.map((k: any) => k.holds)).toEqual([true, true])
    const net = json.spans.reduce((sum: number, s: any) => sum + s.net, 0)
    expect(json.cash + net).toBe(json.spans.at(-1).balance)
    expect(json.spans.map((s: any) => s.kind)).toEqual(['overdue', 'week', 'week', 'week', 'week', 'later'])
    const sheet = await ask('/reports/balance-sheet?fromDate=2026-05-15&toDate=2026-05-15&columns=closing')
    expect(sheet.lines.find((l: any) => l.key === 'cash').amounts[0]).toBe(json.cash)
  })
})

describe('seals', () => {
  const report = 'income-statement'
  const query = { fromDate: '2025-01-01', toDate: '2025-12-31', columns: 'actual,last-year' }
  test('a sealed report verifies by its hash after later postings, and a changed figure does not', async () => {
    const sealed = await c.call('/reports/seals', { body: { report, query } })
    expect(sealed.status).toBe(201)
    const { hash, atVersion, chainHead } = sealed.json
    for (const draft of randomDrafts(3, 99)) await c.call('/vouchers', { body: { ...draft, reason: 'Sent' } })
    const verified = await ask(`/reports/seals/${hash}`)
    expect([verified.agrees, verified.atVersion, verified.hash]).toEqual([true, atVersion, hash])
    const block = { report, query, atVersion, chainHead, hash }
    const verify = async (over: object) =>
      (await c.call('/reports/verification', { body: { ...block, ...over } })).json.agrees
    expect(await verify({})).toBe(true)
    expect(await verify({ atVersion: atVersion - 1 })).toBe(false)
    expect(await verify({ hash: hash.replace(/^./, hash[0] === 'a' ? 'b' : 'a') })).toBe(false)
    expect((await c.call(`/reports/seals/${'0'.repeat(64)}`)).json.code).toBe('report-seal/unknown')
    expect((await ask('/reports/seals')).seals[0].hash).toBe(hash)
    await expect(c.db.execute('delete from report_seal')).rejects.toThrow('report-seal/is-final')
    await expect(c.db.execute("update report_seal set by = 'me'")).rejects.toThrow('report-seal/is-final')
  })
  test('the hash that a report tells of itself is the one that verifies it', async () => {
    for (const [name, path] of [
      ['trial-balance', '/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31'],
      ['balance-sheet', '/reports/balance-sheet?fromDate=2025-01-01&toDate=2025-12-31&department=10'],
      ['key-figures', '/reports/key-figures?fromDate=2026-01-01&toDate=2026-06-30'],
    ] as const) {
      const json = await ask(path)
      const own = Object.fromEntries(new URLSearchParams(path.split('?')[1]))
      const { agrees } = (
        await c.call('/reports/verification', {
          body: { report: name, query: own, atVersion: json.atVersion, hash: json.hash },
        })
      ).json
      expect([name, agrees]).toEqual([name, true])
    }
  })
})

describe('saved reports', () => {
  test('are one’s own until they are shared; sharing takes the right to', async () => {
    const body = { name: 'Måned', report: 'income-statement', query: { columns: 'months,actual' } }
    const reader = await c.key('reader')
    const mine = await c.call('/saved-reports', { body, key: reader })
    expect(mine.status).toBe(201)
    expect((await c.call('/saved-reports', { body, key: reader })).json.issues[0].code).toBe('saved-report/exists')
    expect(
      (await c.call('/saved-reports', { body: { ...body, name: 'B', shared: true }, key: reader })).json.code,
    ).toBe('permission/missing')
    expect((await ask('/saved-reports')).reports).toEqual([])
    expect((await c.call(`/saved-reports/${mine.json.id}`, { method: 'DELETE' })).json.code).toBe(
      'saved-report/unknown',
    )
    const shared = await c.call('/saved-reports', { body: { ...body, shared: true } })
    const seen = (await c.call('/saved-reports', { key: reader })).json.reports
    expect(seen.map((r: any) => [r.name, r.shared]).toSorted()).toEqual([
      ['Måned', false],
      ['Måned', true],
    ])
    const path = `/saved-reports/${shared.json.id}`
    const change = (name: string, version: number, key?: string) =>
      c.call(path, { method: 'PATCH', body: { name }, headers: { 'if-match': `"${version}"` }, ...(key && { key }) })
    expect((await change('Hver måned', 1)).json).toMatchObject({ name: 'Hver måned', version: 2 })
    expect((await change('Nei', 1)).json.code).toBe('version/stale')
    expect((await change('Nei', 2, reader)).json.code).toBe('saved-report/unknown')
    expect((await c.call(path, { method: 'DELETE' })).status).toBe(204)
    // A list with its filters is saved in the same way, and cannot be sealed.
    const list = { report: 'vouchers', query: { type: 'bank', text: 'gebyr' } }
    expect((await c.call('/saved-reports', { body: { ...list, name: 'Gebyrer' } })).status).toBe(201)
    expect((await c.call('/reports/seals', { body: list })).status).toBe(422)
  })
})
