import { expect, test } from 'vitest'
import { companyMigrations } from '#db/company/migrations.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const { company } = testApp()
const year = new Date().getFullYear()

test('the onboarding plan ticks itself, and is for the kind of take-over', async () => {
  const c = await company()
  const plan = async () => (await c.call('/onboarding')).json
  const done = async () => (await plan()).steps.filter((s: any) => s.done).map((s: any) => s.key)
  expect(await done()).toEqual(['fiscal-year'])
  expect((await plan()).steps.map((s: any) => s.key)).not.toContain('movements')

  const given = await c.call('/onboarding/plan', {
    method: 'PATCH',
    body: { owner: 'Jonas', dueDate: `${year}-12-01` },
  })
  expect(given.json.steps.find((s: any) => s.key === 'plan')).toMatchObject({
    owner: 'Jonas',
    dueDate: `${year}-12-01`,
  })
  const kept = await c.call('/onboarding/plan', { method: 'PATCH', body: { owner: null } })
  expect(kept.json.steps.find((s: any) => s.key === 'plan')).toMatchObject({ owner: null, dueDate: `${year}-12-01` })
  expect((await c.call('/onboarding/payroll', { method: 'PATCH', body: {} })).json.code).toBe('onboarding/unknown')

  const put = (path: string, body: unknown) => c.call(path, { method: 'PUT', body, headers: { 'if-match': '*' } })
  await put('/takeover', { variant: 'opening', openingDate: `${year}-01-01`, cutOverDate: `${year}-01-01` })
  await c.db.execute("update takeover set opening_date = '1999-01-01', cut_over_date = '1999-01-01'")
  expect(await done()).toEqual(['plan']) // a year the take-over needs is not there
  await put('/takeover', { variant: 'movements', openingDate: `${year}-01-01`, cutOverDate: `${year}-02-01` })
  await put(`/opening-balances/${year}-01-01`, {
    rows: [
      { rowKey: 'a', account: '1920', amount: 100 },
      { rowKey: 'b', account: '2050', amount: -100 },
    ],
  })
  await c.call(`/opening-balances/${year}-01-01/booking`, { body: {} })
  const amounts = (amount: number) => ({ [`${year}-01`]: amount })
  await put('/takeover/movements', {
    rows: [
      { rowKey: 'a', account: '1920', amounts: amounts(7) },
      { rowKey: 'b', account: '3000', amounts: amounts(-7) },
    ],
  })
  await c.call('/takeover/movements/booking', { body: {} })
  expect(await done()).toEqual(['fiscal-year', 'chart', 'plan', 'opening', 'movements', 'interim'])
  await c.call('/takeover/finish', { body: {} })
  expect(await done()).toContain('finish')
  expect((await plan()).hasPosted).toBe(false)
  const posted = await c.call('/vouchers', { body: simpleDraft({ voucherDate: `${year}-02-01` }) })
  expect([posted.status, (await plan()).hasPosted]).toEqual([201, true])

  // Books in use are not taken over by a file that is brought in later; those that began with one are, until it is finished.
  const old = await company()
  const imported = (c: typeof old) =>
    c.db.execute(`insert into import_job (id, kind, file_sha256, file_size, by, recorded_at, receipt)
      values ('imp_old', 'saft', 'x', 1, 'usr_a', '2026-01-01', '{"ledgerVersion":1,"differences":[]}')`)
  const variant = async () => (await old.call('/onboarding')).json.variant
  await imported(old)
  expect(await variant()).toBe('saft')
  await old.call('/vouchers', { body: simpleDraft() })
  expect([await variant(), (await old.call('/onboarding')).json.hasPosted]).toEqual([null, true])
  // As a company from before take-overs could be finished is brought up to date.
  const [backfill] = companyMigrations.filter(({ tag }) => tag === '0035_saft_agreed')
  await old.db.execute(backfill!.sql)
  const { rows } = await old.db.execute('select agreed_at, agreed_by, agreed_version from import_job')
  expect({ ...rows[0] }).toMatchObject({ agreed_at: '2026-01-01', agreed_by: 'usr_a', agreed_version: 1 })
})
