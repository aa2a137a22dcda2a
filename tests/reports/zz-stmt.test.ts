import { test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { accountSums, subLedgerSums } from '#worker/reports/figures-store.ts'
import { reportHeader } from '#worker/reports/question-store.ts'
import { insertRegisters, insertVouchers } from './seeded-ledger.ts'

const { company } = testApp()
test('s', async () => {
  const c = await company({ fromYear: 2024, toYear: 2026 })
  await insertRegisters(c.db)
  await insertVouchers(c.db, 1, 20000, '2024-01-01' as any)
  const q: any = { filter: { dimensions: {} }, today: '2026-11-21' }
  const all: any = {
    one: { sql: 'select 1', args: [] },
    header: reportHeader(q),
    accounts: accountSums(q),
    sub: subLedgerSums(q),
  }
  const acc = all.accounts
  all.rowsOnly = { ...acc, sql: acc.sql.replace(/,\s*\(select json_group_array\(json_array\(key[\s\S]*$/, '') }
  all.names = {
    sql: 'select json_group_array(json_array(k.number, k.name_nb, k.name_en, k.type, k.control)) from account k',
    args: [],
  }
  all.one_seek = {
    sql: "select json_group_array(json_array(k.number, (select sum(b.debit - b.credit) from balance b where b.account = k.number and b.month < '2026-01'))) from account k",
    args: [],
  }
  all.one_seek_true = {
    sql: "select json_group_array(json_array(k.number, (select sum(b.debit - b.credit) from balance b where true and b.account = k.number and b.month < '2026-01'))) from account k",
    args: [],
  }
  for (let round = 0; round < 2; round++)
    for (const [name, s] of Object.entries(all)) {
      await c.db.execute(s as any)
      const cpu = process.cpuUsage()
      for (let i = 0; i < 100; i++) await c.db.execute(s as any)
      const u = process.cpuUsage(cpu)
      console.log(name, ((u.user + u.system) / 1e5).toFixed(2))
    }
}, 600_000)
