// A workbook that calculates with the add-in's functions, over the whole app and a real database.
import { ledgerApi } from '#addin/api/ledger-api.ts'
import type { Run } from '#addin/excel/run.ts'
import { associateFunctions } from '#addin/functions/associate.ts'
import { NAMESPACE } from '#addin/functions/catalogue.ts'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { OPERATOR, type testApp } from '#tests/support/app.ts'
import { functionsOf } from '../host/calculation.ts'
import { openWindow } from '../host/client-in-node.ts'
import { User } from '../host/user.ts'
import { type Value, Workbook } from '../host/workbook.ts'
import { fetchThrough, goodNetwork } from './desk.ts'

export type Slowness = { delayMs?: number; fails?: () => boolean }

export function calculating(app: ReturnType<typeof testApp>, company: { id: string }, options: Slowness = {}) {
  const workbook = new Workbook()
  const window = openWindow(workbook)
  const network = goodNetwork()
  const through = fetchThrough(app, network)
  const slow = (async (url: string, init: RequestInit) => {
    if (options.fails?.()) throw new TypeError('network')
    if (options.delayMs) await new Promise((resolve) => setTimeout(resolve, options.delayMs))
    return through(url, init)
  }) as typeof fetch
  const api = ledgerApi({ base: '', token: async () => OPERATOR, locale: () => 'nb', fetch: slow, pausesMs: [] })
  const runtime = associateFunctions(window.CustomFunctions, {
    api,
    locale: () => 'nb',
    company: async () => company.id,
    signedIn: () => true,
  })
  const calculation = window.host.calculates(functionsOf(NAMESPACE, functionMetadata('nb', '')))
  const user = new User(workbook, 'en')
  const run: Run = (work) => window.Excel.run(work) as Promise<any>
  const batches = () => network.requests.filter((r) => r.includes('reports/batch')).length
  /** The value of one formula. */
  async function value(formula: string): Promise<Value> {
    user.type('Ark1', 'A1', [[formula]])
    await calculation.idle()
    return workbook.cell(workbook.sheets[0]!, 0, 0)!.value
  }
  const grid = (address: string) =>
    workbook.grid(workbook.at(workbook.sheets[0]!, address), (cell) => cell?.value ?? '')
  return { workbook, window, runtime, calculation, user, network, api, run, batches, value, grid }
}
