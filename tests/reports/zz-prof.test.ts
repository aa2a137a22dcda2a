import { Session } from 'node:inspector/promises'
import { test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { insertRegisters, insertVouchers } from './seeded-ledger.ts'

const { company } = testApp()
test('prof', async () => {
  const c = await company({ fromYear: 2024, toYear: 2026 })
  await insertRegisters(c.db)
  await insertVouchers(c.db, 1, 20000, '2024-01-01' as any)
  for (const path of ['/reports/trial-balance', '/reports/batch']) {
    const accounts = Array.from({ length: 278 }, (_, i) => `${3000 + i}:${5000 + i}`)
    const periods = Array.from(
      { length: 36 },
      (_, i) => `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    )
    const cells = accounts.flatMap((_, a) => periods.map((__, p) => [a, p])).slice(0, 10000)
    const body = path.includes('batch') ? { groups: [{ measure: 'closing', accounts, periods, cells }] } : undefined
    for (let i = 0; i < 20; i++) await c.call(path, { body })
    const s = new Session()
    s.connect()
    await s.post('Profiler.enable')
    await s.post('Profiler.setSamplingInterval', { interval: 200 })
    await s.post('Profiler.start')
    const t = performance.now()
    for (let i = 0; i < 50; i++) await c.call(path, { body })
    console.log(path, ((performance.now() - t) / 50).toFixed(2))
    const { profile } = await s.post('Profiler.stop')
    const self = new Map<string, number>()
    const dt = profile.timeDeltas!,
      by = new Map(profile.nodes.map((n) => [n.id, n]))
    profile.samples!.forEach((id, i) => {
      const n = by.get(id)!.callFrame
      const k = `${n.functionName || '(anon)'} ${n.url.split('/').slice(-2).join('/')}:${n.lineNumber}`
      self.set(k, (self.get(k) ?? 0) + dt[i]!)
    })
    console.log(
      [...self]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 22)
        .map(([k, v]) => `${(v / 1000 / 50).toFixed(3)} ms  ${k}`)
        .join('\n'),
    )
  }
}, 600_000)
