import { test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { broughtForward, movedByMonth, versionAsked } from '#worker/reports/batch-store.ts'
import { accountSums, partySums, subLedgerSums } from '#worker/reports/figures-store.ts'
import { reportHeader } from '#worker/reports/question-store.ts'
import { ledgerEntries } from '#worker/reports/store.ts'
import { insertRegisters, insertVouchers } from './seeded-ledger.ts'

const { company } = testApp()
const N = Number(process.env.N ?? '10000')
test('plan', async () => {
  const c = await company({ fromYear: 2024, toYear: 2026 })
  await insertRegisters(c.db)
  await insertVouchers(c.db, 1, N, '2024-01-01' as any)
  const q: any = { filter: { dimensions: {} }, today: '2026-11-21' }
  const p = { ...q, fromDate: '2025-03-17', toDate: '2026-05-14' }
  const show = async (name: string, s: any, plan = true) => {
    await c.db.execute(s)
    const ts = []
    for (let i = 0; i < 9; i++) {
      const t = performance.now()
      await c.db.execute(s)
      ts.push(performance.now() - t)
    }
    ts.sort((a, b) => a - b)
    console.log(name, ts[4]!.toFixed(2))
    if (plan)
      console.log(
        (await c.db.execute({ sql: 'explain query plan ' + s.sql, args: s.args })).rows
          .map((r: any) => '    ' + r.detail)
          .join('\n'),
      )
  }
  await show('select 1', { sql: 'select 1', args: [] }, false)
  await show('header', reportHeader(q))
  await show('accounts', accountSums(q))
  await show('accounts part', accountSums(p))
  await show('sub', subLedgerSums(q))
  await show('party', partySums({ ...q, filter: { kind: 'customer', dimensions: {} } }))
  await show('moved', movedByMonth(q, []))
  await show('brought', broughtForward(q))
  await show('version', versionAsked(q))
  await show(
    'entries',
    ledgerEntries({ ...q, filter: { accounts: { from: '1500', to: '1500' }, dimensions: {} } }, undefined, 100),
  )
  for (const t of ['balance', 'party_balance', 'dimension_balance', 'entry'])
    console.log(t, (await c.db.execute(`select count(*) n from ${t}`)).rows[0])
  await show('plain balance scan', {
    sql: "select account, sum(case when month < '2026-01' then debit - credit else 0 end), sum(debit), sum(credit) from balance group by account",
    args: [],
  })
  await show('party 3 group', {
    sql: "select account, sum(d), sum(c) from (select party_kind, party, account, sum(debit) d, sum(credit) c from party_balance where month < '2027-01' group by 1,2,3) group by account",
    args: [],
  })
  await show('party count', { sql: 'select count(*), sum(debit) from party_balance', args: [] })
  await show('header', reportHeader(q), false)
  await show('plain party balance scan', {
    sql: 'select account, sum(debit), sum(credit) from party_balance group by account',
    args: [],
  })
}, 600_000)
