import { beforeAll, expect, test } from 'vitest'
import { demoCompany, demoParties } from '#db/seed/demo-company.ts'
import { testApp } from '#tests/support/app.ts'
import { type FirstRun, firstRun } from '#worker/companies/first-run.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { isBankAccount, isOrganisationNumber } from '#worker/core/identifiers.ts'
import { companyDatabase, controlDatabase, type Database } from '#worker/database/connect.ts'
import { type Books, booksOf, partyKey } from '#worker/ledger/books.ts'
import { entriesOverTime } from '#worker/ledger/schedule.ts'
import { readAllParties, readFacts } from '#worker/ledger/store.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'

const app = testApp()
const operator = { kind: 'operator', id: 'operator', name: 'operator' } as const
const today = '2026-11-21' as IsoDate
let made: FirstRun
let db: Database

const run = () => firstRun({ env: app.env, control: controlDatabase(app.env), principal: operator, today })

beforeAll(async () => {
  await app.call('/api/v1/companies') // brings the control database up to date
  made = await run()
  db = companyDatabase(app.env, made.company!.replace('_', '-'))
})

async function books(): Promise<Books> {
  const found = booksOf((await readFacts(db)).facts)
  for (const party of await readAllParties(db)) found.parties.set(partyKey(party.kind, party.number), party)
  return found
}
const numbers = async (sql: string) => (await db.execute(sql)).rows.map((row) => Object.values(row).map(Number))

test('an empty installation gets its demo company once', async () => {
  expect(made).toMatchObject({ created: true, company: expect.stringMatching(/^cmp_/) })
  expect(await run()).toEqual({ created: false, company: null })
  const { json } = await app.call('/api/v1/companies')
  expect(json.companies).toMatchObject([
    { name: 'Lofthus Snekkeri AS', organisationNumber: '313482901' },
    { name: 'Nordlys Kafé AS' },
    { name: 'Storfjord Bygg AS' },
  ])
  expect(json.companies.every((c: any) => isOrganisationNumber(c.organisationNumber) && c.office !== null)).toBe(true)
  const again = await app.call('/api/v1/instance/first-run', { method: 'POST' })
  expect([again.status, again.json]).toEqual([200, { created: false, company: null }])
  expect((await app.call('/api/v1/instance/first-run', { method: 'POST', key: null })).status).toBe(401)
})

test('its balances sum to zero and are those of the golden file', async () => {
  const { rows } = await db.execute(
    `select account, substr(voucher_date, 1, 4) as year, sum(case when amount > 0 then amount else 0 end) as debit,
       sum(case when amount < 0 then -amount else 0 end) as credit from entry group by 1, 2 order by 2, 1`,
  )
  expect(rows.reduce((sum, r) => sum + Number(r.debit) - Number(r.credit), 0)).toBe(0)
  const lines = rows.map((r) =>
    [r.year, r.account, String(r.debit).padStart(12), String(r.credit).padStart(12)].join(' '),
  )
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/demo-company.txt')
})

test('its reports are those of the golden file', async () => {
  const parts: string[] = []
  for (const path of [
    'income-statement?period=2025&columns=actual',
    'income-statement?period=2026-10&columns=actual,actual-to-date,last-year,last-year-deviation',
    'income-statement?period=2026-Q3&columns=by:department',
    'balance-sheet?period=2026-10&columns=opening,movement,closing,last-year',
    'income-statement?period=2025&layout=specification-income&columns=actual',
  ]) {
    const { json } = await app.call(`/api/v1/companies/${made.company}/reports/${path}`)
    const amounts = (of: number[]) => of.map((n) => String(n).padStart(13)).join('')
    parts.push(
      `# ${path}`,
      ...json.lines.flatMap((line: any) => [
        `${line.nameNb.slice(0, 44).padEnd(46)}${amounts(line.amounts)}`,
        ...line.accounts.map((a: any) => `  ${a.account.padEnd(44)}${amounts(a.amounts)}`),
      ]),
      ...json.checks.map((check: any) => `${check.holds ? '=' : '!'} ${check.key}`),
      '',
    )
  }
  await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot('../golden/demo-reports.txt')
  expect(parts.filter((line) => line.startsWith('!'))).toEqual([])
})

test('the profit of last year was carried to equity', async () => {
  const [[result]] = (await numbers(
    "select sum(amount) from entry where voucher_date like '2025%' and account >= '3'",
  )) as [[number]]
  expect(result).toBe(0)
})

test('its figures are those of a joinery: turnover near 15 million, the bank never overdrawn', async () => {
  const [[sales]] = (await numbers(
    "select -sum(amount) from entry where voucher_date like '2025%' and account between '3000' and '3199'",
  )) as [[number]]
  expect(sales).toBeGreaterThan(13_000_000_00)
  expect(sales).toBeLessThan(17_000_000_00)
  const bank = await numbers(
    "select sum(sum(amount)) over (order by voucher_date) from entry where account = '1920' group by voucher_date",
  )
  expect(Math.min(...bank.flat())).toBeGreaterThan(0)
})

test('every voucher passes the checks without a fault or a warning', async () => {
  const facts = await books()
  const { steps } = demoCompany(today, (draft) => entriesOverTime(draft, facts))
  const open: Books = { ...facts, periods: new Map() }
  const issues = steps.flatMap((step) =>
    step.do === 'post' ? checkVoucher(step.draft, open, { softLock: true }).issues : [],
  )
  expect(issues).toEqual([])
  expect(steps.filter((step) => step.do === 'reverse')).toHaveLength(2)
})

test('last year and the VAT terms that are paid are locked, the term that is settled softly', async () => {
  const { rows } = await db.execute(
    'select level, min(month) as first, max(month) as last from period group by level order by level',
  )
  expect(rows.map((r) => [r.level, r.first, r.last])).toEqual([
    ['hard', '2025-01', '2026-08'],
    ['open', '2026-11', '2027-12'],
    ['soft', '2026-09', '2026-10'],
  ])
})

test('a later day only adds to the books', async () => {
  const facts = await books()
  const contents = (day: string) =>
    demoCompany(day as IsoDate, (draft) => entriesOverTime(draft, facts)).steps.map((step) =>
      step.do === 'post' ? JSON.stringify({ ...step.draft, id: '' }) : step.voucherDate,
    )
  const now = contents('2026-11-21')
  const soon = new Set(contents('2026-12-05'))
  expect(now.filter((content) => !soon.has(content))).toEqual([])
  expect(soon.size).toBeGreaterThan(new Set(now).size)
})

test('its parties have numbers that pass their control digits, each its own', () => {
  const organisations = demoParties.flatMap((p) => p.organisationNumber ?? [])
  expect(organisations.filter((n) => !isOrganisationNumber(n))).toEqual([])
  expect(new Set(organisations).size).toBe(organisations.length)
  expect(demoParties.flatMap((p) => p.bankAccount ?? []).filter((n) => !isBankAccount(n))).toEqual([])
})

test('what was paid is matched with its invoice; what is open is recent, or somebody’s reminder', async () => {
  const [[items, open, old]] = (await numbers(
    "select count(*), sum(rest <> 0), sum(rest <> 0 and voucher_date < '2026-07-01') from open_item",
  )) as [[number, number, number]]
  expect([items > 1_000, open < 120, old < 12]).toEqual([true, true, true])
  expect(await numbers("select count(*) from item_match where rule not in ('invoice-number', 'amount')")).toEqual([[0]])
})
