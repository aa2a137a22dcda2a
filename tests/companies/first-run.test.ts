import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { firstRun } from '#worker/companies/first-run.ts'
import { companyDatabase, controlDatabase } from '#worker/database/connect.ts'

const app = testApp()

test('x', async () => {
  await app.call('/api/v1/companies')
  const began = performance.now()
  const made = await firstRun({ env: app.env, control: controlDatabase(app.env), principal: { kind: 'operator', id: 'operator', name: 'operator' }, today: '2026-11-21' as IsoDate })
  console.log(performance.now() - began, made)
  const db = companyDatabase(app.env, made.company!.replace('_', '-'))
  const q = async (sql: string) => (await db.execute(sql)).rows
  console.log(await q('select type, count(*) n from voucher group by 1'), await q('select count(*) n, sum(amount) s from entry'))
  for (const y of ['2025', '2026']) {
    const rows = await q(`select b.account, a.name_nb, sum(case when month like '${y}%' then debit else 0 end) d, sum(case when month like '${y}%' then credit else 0 end) c, sum(debit - credit) s from balance b join account a on a.number = b.account where month <= '${y}-12' group by 1 order by 1`)
    console.log(rows.map((r) => `${r.account} ${String(r.name_nb).padEnd(40)} ${(Number(r.d) / 100).toFixed(0).padStart(12)} ${(Number(r.c) / 100).toFixed(0).padStart(12)} ${(Number(r.s) / 100).toFixed(2).padStart(14)}`).join('\n'))
  }
  const bank = await q("select substr(voucher_date,1,7) m, sum(amount) s from entry where account = '1920' group by 1 order by 1")
  let sum = 0
  console.log(bank.map((r) => `${r.m} ${((sum += Number(r.s)) / 100).toFixed(0)}`).join(' | '))
})
