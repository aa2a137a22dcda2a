import { expect, test } from 'vitest'
import { SheetLease } from '#addin/vouchers/sheet-lease.ts'
import { testApp } from '#tests/support/app.ts'
import { fetchThrough, goodNetwork } from './support/desk.ts'
import { apiOf } from './support/open-window.ts'

const app = testApp()
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function windowsOn(workbook: string, many: number) {
  const company = await app.company()
  const api = apiOf({ base: '', key: app.env.OPERATOR_KEY!, fetch: fetchThrough(app, goodNetwork()), pausesMs: [1] })
  const binding = { workbook, company: company.id, companyName: 'A', language: 'nb', schema: 1 } as const
  return { company, leases: Array.from({ length: many }, () => new SheetLease(api, binding)) }
}

test('windows on a workbook do their work one at a time, however many want to', async () => {
  const { leases, company } = await windowsOn('wbk_a', 4)
  let [inside, most, waited] = [0, 0, 0]
  const done = await Promise.all(
    leases.map((lease, i) => {
      lease.patience = { onWait: (waits) => (waited += waits ? 1 : 0) }
      return lease.hold(async () => {
        most = Math.max(most, ++inside)
        await lease.renew()
        await pause(20)
        inside--
        return i
      })
    }),
  )
  expect([done, most]).toEqual([[0, 1, 2, 3], 1])
  expect(waited).toBeGreaterThan(2)
  expect((await company.db.execute('select * from sheet_lease')).rows).toEqual([])
})

test('one that is gone holds its turn until its minute is over; one that failed gives it back at once', async () => {
  const { leases, company } = await windowsOn('wbk_b', 3)
  const [gone, other, third] = leases as [SheetLease, SheetLease, SheetLease]
  gone.hold(() => new Promise(() => {}))
  await pause(30)
  const got = other.hold(() => Promise.reject(new Error('no')))
  got.catch(() => {})
  const held = await company.call('/sheet-leases/wbk_b', { method: 'PUT', body: { holder: 'me' } })
  expect([held.status, held.json.code, held.json.params.leftMs > 50_000]).toEqual([409, 'sheet/in-use', true])
  // Who waits may stop waiting, and is not waited for by anybody.
  const stop = new AbortController()
  third.patience = { signal: stop.signal, onWait: (waits) => waits && stop.abort() }
  expect(await third.hold(async () => 'mine')).toBeUndefined()
  third.patience = {}
  // The other workbook is nobody's.
  expect((await company.call('/sheet-leases/wbk_c', { method: 'PUT', body: { holder: 'me' } })).status).toBe(200)
  await company.db.execute("update sheet_lease set until = '2020-01-01T00:00:00.000Z' where workbook = 'wbk_b'")
  await expect(got).rejects.toThrow('no')
  expect(await third.hold(async () => 'mine')).toBe('mine')
})
