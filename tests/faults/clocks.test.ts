// The clock of the machine is wrong, or it is one of the moments at which clocks are hard (F8).
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'

const app = testApp()
const HOUR = 3_600_000
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T06:00:00Z') }))
afterEach(() => void vi.useRealTimers())

test('today is the day in Oslo, at every turn of a day, a year and summer time', async () => {
  const c = await app.company()
  const days: [moment: string, day: string][] = [
    ['2026-03-28T22:59:59Z', '2026-03-28'],
    ['2026-03-28T23:00:00Z', '2026-03-29'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-03-29T01:00:00Z', '2026-03-29'],
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T00:30:00Z', '2026-10-25'],
    ['2026-10-25T01:30:00Z', '2026-10-25'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:59:59Z', '2027-01-01'],
    ['2028-02-29T12:00:00Z', '2028-02-29'],
  ]
  for (const [moment, day] of days) {
    vi.setSystemTime(new Date(moment))
    expect([moment, (await c.call('/open-items')).json.asAtDate]).toEqual([moment, day])
  }
})

test('a key that ends on a day is good until that day is over in Oslo', async () => {
  const c = await app.company()
  const { key } = (await c.call('/keys', { body: { name: 'x', role: 'reader', expiresAt: '2026-10-25' } })).json
  const at = async (moment: string) => {
    vi.setSystemTime(new Date(moment))
    return (await c.call('/vouchers', { key })).status
  }
  expect([await at('2026-10-25T22:59:59Z'), await at('2026-10-25T23:00:01Z')]).toEqual([200, 401])
})

test('a clock a day off, and put back, changes no order: numbers, chain and log go on', async () => {
  const c = await app.company()
  const posted: { number: number; ledgerVersion: number; recordedAt: string }[] = []
  for (const jump of [0, 24 * HOUR, -24 * HOUR, -HOUR, 2 * HOUR, -25 * HOUR]) {
    vi.setSystemTime(Date.now() + jump)
    const { json } = await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-02-15' }) })
    posted.push((await c.call(`/vouchers/${json.id}`)).json)
    const party = { kind: 'customer', number: String(10_000 + posted.length), name: 'Kunde AS' }
    expect((await c.call('/parties', { body: party })).status).toBe(201)
    const lock = {
      fromMonth: '2026-01',
      toMonth: '2026-01',
      level: posted.length % 2 ? 'soft' : 'open',
      reason: 'Klokke',
    }
    expect((await c.call('/locks', { body: lock })).status).toBe(201)
  }
  expect(posted.map((v) => [v.number, v.ledgerVersion])).toEqual([1, 2, 3, 4, 5, 6].map((n) => [n, n]))
  const times = posted.map((v) => v.recordedAt)
  expect(times).toEqual(times.toSorted())
  const { json } = await c.call('/verify?full')
  expect(json.checks.filter((check: any) => !check.holds)).toEqual([])
})
