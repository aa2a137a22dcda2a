// P11: first byte of a page and of trial balance JSON, in turn with a hello-world Worker on the same workerd.
import { startHello } from './hello-worker.ts'
import { type Instance, lastYear } from './instance.ts'
import { type Figure, median } from './line.ts'

export async function measurePages(instance: Instance): Promise<Figure[]> {
  const hello = await startHello()
  const greeter = await hello.connect()
  const reader = await instance.connect()
  const { body } = await reader.send('GET', '/api/v1/companies')
  const company = (JSON.parse(body) as { companies: { id: string }[] }).companies[0]!.id
  const range = `fromDate=${lastYear}-01-01&toDate=${lastYear}-12-31`
  const paths = {
    page: `/companies/${company}/vouchers`,
    'trial balance JSON': `/api/v1/companies/${company}/reports/trial-balance?${range}`,
  }
  const taken: Record<string, number[]> = { hello: [], page: [], 'trial balance JSON': [] }
  for (let i = 0; i < 310; i++) {
    const first = await greeter.send('GET', '/')
    if (i >= 10) taken.hello!.push(first.firstByteMs)
    for (const [name, path] of Object.entries(paths)) {
      const reply = await reader.send('GET', path)
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`)
      if (i >= 10) taken[name]!.push(reply.firstByteMs)
    }
  }
  greeter.close()
  reader.close()
  await hello.close()
  const floor = median(taken.hello!)
  const figure = (name: string, limit: number): Figure => {
    const value = median(taken[name]!)
    return {
      id: 'P11',
      what: `first byte of ${name}, signed in / hello-world Worker`,
      value,
      unit: 'ms',
      floor,
      ratio: value / floor,
      goal: `ratio <= ${limit}`,
      n: 300,
    }
  }
  return [figure('page', 3), figure('trial balance JSON', 12)]
}
