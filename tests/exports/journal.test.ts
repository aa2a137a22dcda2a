import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { companyWithYears, randomDrafts, type TestCompany } from '#tests/reports/random-ledger.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const app = testApp()
let c: TestCompany

beforeAll(async () => {
  c = await companyWithYears(app)
  for (const draft of randomDrafts(60, 21)) expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
  const odd = { ...simpleDraft(), voucherDate: '2025-05-05', text: 'A; b | "c" \\ d,\n  1920  5,00 NOK' }
  expect((await c.call('/vouchers', { body: odd })).status).toBe(201)
})

type Transaction = { date: string; text: string; postings: [account: string, ore: number][] }
const ore = (kroner: string) => Number(kroner.replace('.', ''))

/** Transactions and what is asserted, read as the programs' grammars say. */
function read(journal: string) {
  const transactions: Transaction[] = []
  const asserted = new Map<string, number>()
  for (const line of journal.split('\n')) {
    const posting =
      /^ {2,4}((?:assets|liabilities|equity|income|expenses):\S+) {2}(-?\d+\.\d\d) NOK(?: = (-?\d+\.\d\d) NOK)?(?: {2};.*)?$/i.exec(
        line,
      )
    const balance = /^\d{4}-\d\d-\d\d balance (\S+) (-?\d+\.\d\d) ~ 0\.00 NOK$/.exec(line)
    const head = /^(\d{4}-\d\d-\d\d) (?!open |balance )(.*)$/.exec(line)
    if (posting) {
      transactions.at(-1)!.postings.push([posting[1]!, ore(posting[2]!)])
      if (posting[3]) asserted.set(posting[1]!, ore(posting[3]))
    } else if (balance) asserted.set(balance[1]!, ore(balance[2]!))
    else if (head) transactions.push({ date: head[1]!, text: head[2]!, postings: [] })
    else expect(line).toMatch(/^$|^;|^commodity |^account |^option |^\d{4}-\d\d-\d\d open |^ {2,4}[a-z][\w-]*: "/)
  }
  return { transactions, asserted }
}

describe.each(['hledger', 'beancount'] as const)('%s', (format) => {
  test.each(['', '&fromDate=2025-03-01&toDate=2026-02-28', '&fromDate=2026-07-01&toDate=2027-06-30'])(
    'every transaction balances and every account comes to the trial balance%s',
    async (days) => {
      const { text, status, headers } = await c.call(`/exports/journal?format=${format}${days}`)
      expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
      const { transactions, asserted } = read(text)
      expect(transactions.length).toBeGreaterThan(10)
      const sums = new Map<string, number>()
      for (const { postings } of transactions) {
        expect(postings.reduce((sum, [, amount]) => sum + amount, 0)).toBe(0)
        for (const [account, amount] of postings) sums.set(account, (sums.get(account) ?? 0) + amount)
      }
      for (const [account, amount] of asserted) expect([account, sums.get(account) ?? 0]).toEqual([account, amount])
      const whole = days || '&fromDate=2025-01-01&toDate=2027-06-30'
      const { json } = await c.call(`/reports/trial-balance?${whole.slice(1)}`)
      expect([...asserted].map(([name, amount]) => [name.split(':')[1], amount])).toEqual(
        json.rows.map((r: any) => [r.account, r.closing]),
      )
    },
  )

  test('the program itself reads it', async (context) => {
    const program = format === 'hledger' ? 'hledger' : 'bean-check'
    try {
      execFileSync('which', [program], { stdio: 'ignore' })
    } catch {
      console.warn(`SKIPPED: ${program} is not installed; the journal was read by our own reader only`)
      return context.skip()
    }
    const folder = mkdtempSync(join(tmpdir(), 'hovedbok-journal-'))
    try {
      const file = join(folder, `books.${format}`)
      writeFileSync(file, (await c.call(`/exports/journal?format=${format}`)).text)
      execFileSync(program, format === 'hledger' ? ['-f', file, 'check', '--strict'] : [file], { encoding: 'utf8' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('another format is told', async () => {
  expect((await c.call('/exports/journal')).json.issues[0].code).toBe('field/required')
  expect((await c.call('/exports/journal?format=gnucash')).json.issues[0].code).toBe('field/invalid')
})
