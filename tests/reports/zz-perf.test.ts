import { test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { insertRegisters, insertVouchers } from './seeded-ledger.ts'

const { company } = testApp()
const sizes = (process.env.SIZES ?? '1000,10000').split(',').map(Number)
test('perf', async () => {
  const c = await company({ fromYear: 2024, toYear: 2026 })
  await insertRegisters(c.db)
  let from = 1
  for (const n of sizes) {
    const t0 = performance.now()
    await insertVouchers(c.db, from, n, '2024-01-01' as any)
    from = n + 1
    console.log('seeded', n, Math.round(performance.now() - t0), 'ms')
    const time = async (name: string, path: string, sent = {}) => {
      let last: any
      await c.call(path, sent)
      const runs = n > 200000 ? 5 : 10
      const cpu = process.cpuUsage(),
        t = performance.now()
      for (let i = 0; i < runs; i++) last = await c.call(path, sent)
      const used = process.cpuUsage(cpu)
      console.log(
        n,
        name.padEnd(28),
        'cpu ms',
        ((used.user + used.system) / 1000 / runs).toFixed(2).padStart(8),
        'wall',
        ((performance.now() - t) / runs).toFixed(2).padStart(8),
        last.status,
        last.text.length,
      )
    }
    await time('not found (HTTP)', '/nope')
    await time('head only', '/vouchers?limit=1')
    await time('trial balance FY', '/reports/trial-balance')
    await time('trial balance all', '/reports/trial-balance?fromDate=2024-01-01&toDate=2026-12-31')
    await time('trial balance any date', '/reports/trial-balance?fromDate=2025-03-17&toDate=2026-05-14')
    await time('trial balance v-100', `/reports/trial-balance?atVersion=${n - 100}`)
    await time('trial balance v/2', `/reports/trial-balance?atVersion=${n / 2}`)
    await time('trial balance dept', '/reports/trial-balance?department=10')
    await time('trial balance project', '/reports/trial-balance?project=P-7')
    await time('trial balance dept none', '/reports/trial-balance?department=none')
    await time(
      'trial balance dept any date',
      '/reports/trial-balance?department=10&fromDate=2025-03-17&toDate=2026-05-14',
    )
    await time('trial balance dept+project', '/reports/trial-balance?department=10&project=P-7')
    await time('customers', '/reports/party-balances?kind=customer')
    await time('customers any date', '/reports/party-balances?kind=customer&toDate=2026-05-14')
    await time('ledger 1500 100 rows', '/reports/general-ledger?account=1500&limit=100')
    await time('ledger all 500 rows', '/reports/general-ledger?limit=500')
    await time('ledger party', '/reports/general-ledger?party=10007&limit=500')
    await time('journal', '/reports/voucher-journal')
    await time('series', '/reports/number-series')
    const accounts = [
      ...Array.from({ length: 100 }, (_, i) => String(3000 + i * 50) + ':' + (3049 + i * 50)),
      ...Array.from({ length: 178 }, (_, i) => `${1000 + i}:${5000 + i}`),
    ]
    const periods = Array.from(
      { length: 36 },
      (_, i) => `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    )
    const cells = accounts.flatMap((_, a) => periods.map((__, p) => [a, p])).slice(0, 10000)
    await time('batch 10k cells', '/reports/batch', {
      body: { groups: [{ measure: 'movement', accounts, periods, cells }] },
    })
    await time('batch 1 cell', '/reports/batch', {
      body: { groups: [{ measure: 'movement', accounts: ['3000'], periods: ['2026-03'], cells: [[0, 0]] }] },
    })
    await time('batch 1 part month', '/reports/batch', {
      body: { groups: [{ measure: 'movement', accounts: ['3000'], periods: ['2026-03-10'], cells: [[0, 0]] }] },
    })
  }
}, 1200_000)
