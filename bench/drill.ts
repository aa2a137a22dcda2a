// R11, the drill: a company's archive taken out and restored into a new company with everything verified, over HTTP as an administrator does it.
import { openAsBlob, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instance } from './instance.ts'
import { cpuMs, type Figure } from './line.ts'
import { seededCompany } from './seeded-ledger.ts'

/** Times and the processor seconds of Worker and databases. @throws Error when what comes back is not what went out. */
export async function measureDrill(instance: Instance, vouchers: number): Promise<Figure[]> {
  const { path } = await seededCompany(instance, vouchers)
  const file = join(instance.dir, 'archive.zip')
  const headers = { authorization: `Bearer ${instance.platform.operatorKey}` }
  const api = `${instance.platform.url}/api/v1`
  const timed = async <T>(work: () => Promise<T>) => {
    const pids = [...instance.platform.workerPids(), ...instance.platform.databases.pids()]
    const [cpu, began] = [cpuMs(pids), performance.now()]
    const result = await work()
    return { result, seconds: (performance.now() - began) / 1000, cpuSeconds: (cpuMs(pids) - cpu) / 1000 }
  }
  const out = await timed(async () => {
    const answer = await fetch(`${instance.platform.url}${path}/archive`, { headers })
    if (answer.status !== 200) throw new Error(await answer.text())
    const to = await open(file, 'w')
    try {
      let size = 0
      for await (const piece of answer.body!) size += (await to.write(piece)).bytesWritten
      return size
    } finally {
      await to.close()
    }
  })
  const back = await timed(async () => {
    const body = await openAsBlob(file)
    const answer = await fetch(`${api}/restorations`, { method: 'POST', headers, body })
    if (answer.status !== 201) throw new Error(await answer.text())
    return (await answer.json()) as { ledgerVersion: number }
  })
  rmSync(file)
  if (back.result.ledgerVersion !== vouchers) throw new Error(`${back.result.ledgerVersion} of ${vouchers} came back`)
  const figure = (what: string, { seconds, cpuSeconds }: typeof out | typeof back, goal: number): Figure => ({
    id: 'DRILL',
    what,
    value: seconds,
    unit: 's',
    floor: null,
    ratio: null,
    goal: vouchers === 100_000 ? `value <= ${goal}` : null,
    n: 1,
    vouchers,
    more: { cpuSeconds, MiB: out.result / 2 ** 20 },
  })
  return [
    figure(`archive of ${vouchers} vouchers out`, out, 10),
    figure('the same restored into a new company and verified from the first voucher', back, 30),
  ]
}
