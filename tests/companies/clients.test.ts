import { afterEach, describe, expect, test, vi } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { causesOf } from '#worker/companies/client-work.ts'
import { readClients } from '#worker/companies/read-clients.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { companyDatabase, controlDatabase } from '#worker/database/connect.ts'
import { countDrafts, readDrafts } from '#worker/drafts/store.ts'
import { lastEnded } from '#worker/vat/vat-term.ts'

const app = testApp()
const today = '2026-07-31' as IsoDate
afterEach(() => vi.useRealTimers())

async function clientWithWork() {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-07-31T10:00:00Z') })
  const c = await app.company({ fromYear: 2026, toYear: 2026 })
  const lines = [
    { account: '6800', amount: 12_500_00, vatCode: '1' },
    { account: '1920', amount: -12_500_00 },
  ]
  expect((await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-05-10', lines }) })).status).toBe(201)
  expect(
    (await c.call('/parties', { body: { kind: 'customer', name: 'Hotell Fossen AS', number: '10001' } })).status,
  ).toBe(201)
  const invoice = [
    { account: '1500:10001', amount: 900_00, dueDate: '2026-06-30' },
    { account: '3100', amount: -900_00, vatCode: '5' },
  ]
  expect((await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-05-10', lines: invoice }) })).status).toBe(
    201,
  )
  const payment = [
    { account: '1920', amount: 100_00 },
    { account: '1500:10001', amount: -100_00 },
  ]
  expect((await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-07-01', lines: payment }) })).status).toBe(
    201,
  )
  const row = { position: 'a', removed: false }
  const draft = {
    since: 0,
    rows: [
      { key: 'header', ...row, cells: { mode: 'voucher', id: `vch_${'d'.repeat(26)}`, text: 'Venter' } },
      { key: 'r1', ...row, cells: { account: '6800' } },
    ],
  }
  const saved = await c.call(`/voucher-drafts/dra_${'0'.repeat(26)}/changes`, { body: draft })
  expect(saved.status, saved.text).toBeLessThan(300)
  return c
}
const row = async (id: string, of: { id: string; name: string }) =>
  (await readClients(app.env, controlDatabase(app.env), { kind: 'user', email: '', session: null, ...of }, today)).find(
    (client) => client.id === id,
  )

describe('the office', () => {
  test('sees what waits in each client it has, each figure once, and nothing of others', async () => {
    const c = await clientWithWork()
    const other = await app.company({ fromYear: 2026, toYear: 2026 })
    const ane = await memberOf(app, c.id, 'accountant', 'Ane')
    const seen = await row(c.id, { id: ane.id, name: 'Ane' })
    expect(seen!.work).toEqual({
      drafts: 1,
      documents: 0,
      unmatched: 1,
      overdue: 900_00,
      openMonth: { first: '2026-01', count: 6 },
      vat: { term: lastEnded('two-months', today), isSettled: false },
    })
    expect(await row(other.id, { id: ane.id, name: 'Ane' })).toBeUndefined()
    const db = companyDatabase(app.env, seen!.database)
    expect(await countDrafts(db)).toBe((await readDrafts(db, false)).length)
    const text = textOf((await ane.get('/')).html)
    expect(text).toContain('3. termin 2026, frist 31.08.2026')
    expect(text).toContain('Åpen fra januar 2026')
  })

  test('a role sees only what it may see in the company itself', async () => {
    const c = await clientWithWork()
    const ola = await memberOf(app, c.id, 'employee', 'Ola')
    const { work } = (await row(c.id, { id: ola.id, name: 'Ola' }))!
    expect([work!.drafts, work!.unmatched, work!.overdue, work!.vat]).toEqual([null, null, null, null])
  })
})

test('a client needs somebody when it is off, does not answer, or its VAT is near or late', () => {
  const vat = (isSettled: boolean) => ({
    status: { difference: ore(0) },
    work: {
      drafts: 3,
      documents: 2,
      unmatched: 1,
      overdue: ore(0),
      openMonth: null,
      vat: { term: lastEnded('two-months', today), isSettled },
    },
  })
  const on = (day: string, isSettled = false) => causesOf(vat(isSettled), day as IsoDate).map((cause) => cause.key)
  expect([on('2026-07-31'), on('2026-08-17'), on('2026-08-31'), on('2026-09-01')]).toEqual([
    [],
    ['vat-due'],
    ['vat-due'],
    ['vat-late'],
  ])
  expect(on('2026-09-01', true)).toEqual([])
  expect(causesOf({ status: { difference: ore(5) }, work: undefined }, today)).toEqual([
    { key: 'difference', amount: 5 },
  ])
  expect(causesOf({ status: undefined, work: undefined }, today)).toEqual([{ key: 'unreachable' }])
})
