// A workbook that calculates with the add-in's functions, over the whole app and a real database.
import { OPERATOR, type testApp } from '#tests/support/app.ts'
import { fetchThrough, goodNetwork } from './desk.ts'
import { calculatingOn } from './open-window.ts'

export type Slowness = { delayMs?: number; fails?: () => boolean }

export function calculating(app: ReturnType<typeof testApp>, company: { id: string }, options: Slowness = {}) {
  const network = goodNetwork()
  const through = fetchThrough(app, network)
  const slow = (async (url: string, init: RequestInit) => {
    if (options.fails?.()) throw new TypeError('network')
    if (options.delayMs) await new Promise((resolve) => setTimeout(resolve, options.delayMs))
    return through(url, init)
  }) as typeof fetch
  const batches = () => network.requests.filter((r) => r.includes('reports/batch')).length
  const own = calculatingOn({ base: '', key: OPERATOR, fetch: slow }, company.id)
  own.window.host.features = [2]
  // Where it matters how long an answer takes beside the client's own pauses, they are as long as they are.
  own.window.host.clock = options.delayMs ? 1 : 20
  return { ...own, network, batches }
}
