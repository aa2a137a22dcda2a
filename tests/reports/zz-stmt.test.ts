import { test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { accountSums } from '#worker/reports/figures-store.ts'
import { insertRegisters, insertVouchers } from './seeded-ledger.ts'
const { company } = testApp()
test('s', async () => {
  const c = await company({ fromYear: 2024, toYear: 2026 })
  await insertRegisters(c.db)
  await insertVouchers(c.db, 1, 30000, '2024-01-01' as any)
  const q: any = { filter: { dimensions: { department: '10', project: 'P-7' } }, today: '2026-11-21' }
  const a: any = accountSums(q)
  const back: any = accountSums({ ...q, filter: { dimensions: { department: '10' } }, atVersion: 15000 })
  const all: any = { two: a, twoNot: { ...a, sql: a.sql.replaceAll('from entry e where e.voucher_date <=', 'from entry e not indexed where e.voucher_date <=') }, back, backNot: {...back, sql: back.sql.replaceAll('from entry e where', 'from entry e not indexed where') } }
  for (let round = 0; round < 2; round++)
    for (const [name, s] of Object.entries(all) as any) {
      if (!round) console.log((await c.db.execute({ sql: 'explain query plan ' + s.sql, args: s.args })).rows.map((r: any) => r.detail).filter((d: string) => /\be\b|GROUP/.test(d)).join('\n'))
      const cpu = process.cpuUsage()
      for (let i = 0; i < 10; i++) await c.db.execute(s as any)
      const u = process.cpuUsage(cpu)
      console.log(name, ((u.user + u.system) / 1e4).toFixed(2))
    }
}, 600_000)
