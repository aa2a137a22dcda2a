import { expect, test } from 'vitest'
import { checks as en } from '#i18n/en/verify.ts'
import { checks as nb } from '#i18n/nb/verify.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { NOT_BUILT } from '#worker/verify/check.ts'
import { sqlChecks } from '#worker/verify/sql-checks-store.ts'
import { verifyLedger } from '#worker/verify/verify-ledger.ts'

const { call, company } = testApp()

test('the demo company holds every invariant that is built, and the answer says which are not', async () => {
  await call('/api/v1/instance/first-run', { method: 'POST' })
  const { json } = await call('/api/v1/companies')
  const found = await call(`/api/v1/companies/${json.companies[0].id}/verify?full`)
  expect(found.status).toBe(200)
  expect(found.json.checks.filter((check: any) => !check.holds)).toEqual([])
  expect(found.json).toMatchObject({
    ok: true,
    full: true,
    chainFrom: 1,
    chainHead: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(found.json.ledgerVersion).toBeGreaterThan(500)
  const built = new Set<number>(found.json.checks.map((check: any) => check.invariant))
  const numbers = [...built, ...NOT_BUILT.map((i) => i.invariant)].sort((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 36 }, (_, i) => i + 1))
  for (const check of found.json.checks) expect(check.name).toBe(nb[check.key as keyof typeof nb])
})

test('an auditor may check, an employee may not, and the chain can be taken from a version on', async () => {
  const c = await company()
  for (let i = 0; i < 3; i++) await c.call('/vouchers', { body: simpleDraft() })
  const auditor = await c.call('/verify?since=2', { key: await c.key('auditor'), language: 'en' })
  expect(auditor.json).toMatchObject({ ok: true, ledgerVersion: 3, chainFrom: 3, full: false })
  const chain = auditor.json.checks.find((check: any) => check.key === 'hash-chain')
  expect(chain).toMatchObject({ rows: 1, violations: 0, name: en['hash-chain'] })
  // The hashes alone begin there: all else is judged from the first voucher on.
  const balances = auditor.json.checks.find((check: any) => check.key === 'voucher-balances')
  expect(balances.rows).toBeGreaterThanOrEqual(9)
  expect((await c.call('/verify', { key: await c.key('employee') })).status).toBe(403)
  expect((await c.call('/verify?since=x')).status).toBe(422)
})

test('a company without vouchers holds', async () => {
  const c = await company()
  expect((await c.call('/verify?full')).json).toMatchObject({ ok: true, ledgerVersion: 0, chainHead: '0'.repeat(64) })
})

test('vouchers that come while the books are checked are no fault of theirs', async () => {
  const c = await company()
  for (let i = 0; i < 2; i++) await c.call('/vouchers', { body: simpleDraft() })
  /** Before whatever is read, somebody posts. */
  const meanwhile = new Proxy(c.db, {
    get: (db, name: 'execute' | 'batch') => async (asked: never, mode: never) => {
      await c.call('/vouchers', { body: simpleDraft() })
      return db[name](asked, mode)
    },
  })
  const today = dayInOslo(new Date().toISOString() as Instant)
  const { checks } = await verifyLedger({ db: meanwhile, company: c.id, today, full: true, relaxed: true })
  expect(checks.filter(({ holds }) => !holds)).toEqual([])
})

test('what does not hold is told with the first offenders', async () => {
  const c = await company()
  for (let i = 0; i < 25; i++) await c.call('/vouchers', { body: simpleDraft() })
  await c.db.execute('drop trigger voucher_is_final')
  await c.db.execute("update voucher set text = 'Endret'")
  const { json } = await c.call('/verify')
  const chain = json.checks.find((check: any) => check.key === 'hash-chain')
  expect(json.ok).toBe(false)
  expect(chain).toMatchObject({ holds: false, violations: 25 })
  expect(chain.offenders).toHaveLength(20)
  expect(json.checks.filter((check: any) => !check.holds).map((check: any) => check.key)).toEqual([
    'triggers-in-place',
    'hash-chain',
  ])
})

test('every check has a name in both languages', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(nb).sort())
  for (const { key } of [...sqlChecks, ...NOT_BUILT]) expect(nb).toHaveProperty([key])
})
