// A workbook with an add-in window on it, over any connection to the API: the app in this process, or a running instance.
import { type Company, type Connection, ledgerApi } from '#addin/api/ledger-api.ts'
import type { Run } from '#addin/excel/run.ts'
import { associateFunctions } from '#addin/functions/associate.ts'
import { NAMESPACE } from '#addin/functions/catalogue.ts'
import { functionRuntime } from '#addin/functions/function-parts.ts'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { fileMark } from '#addin/sheet/file-mark.ts'
import { openDesk } from '#addin/vouchers/desk.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { functionsOf } from '../host/calculation.ts'
import { openWindow } from '../host/client-in-node.ts'
import { User } from '../host/user.ts'
import { type Value, Workbook } from '../host/workbook.ts'

export const thisYear = new Date().getFullYear()
export type Reach = Pick<Connection, 'base' | 'fetch' | 'workbook'> & {
  key: string
  pausesMs?: readonly number[]
}

export const apiOf = ({ key, pausesMs = [], ...reach }: Reach) =>
  ledgerApi({ ...reach, token: async () => key, locale: () => 'nb', pausesMs, timeoutMs: 20_000 })

const files = new WeakMap<Workbook, string>()
/** Where a workbook lies: a copy of it lies elsewhere. */
function fileOf(workbook: Workbook): string {
  const file = files.get(workbook) ?? `https://files.example/${crypto.randomUUID()}.xlsx`
  files.set(workbook, file)
  return file
}

/** Opens the add-in in one more window on the workbook. */
export async function openPaneOn(reach: Reach, company: string, workbook: Workbook) {
  const window = openWindow(workbook)
  const run: Run = (work) => window.Excel.run(work) as Promise<any>
  const file = () => fileOf(workbook)
  let told: string | undefined
  const api = apiOf({ ...reach, workbook: () => told })
  const mine = (await api.companies()).find((c) => c.id === company) as Company
  const desk = await openDesk({
    run,
    api,
    company: mine,
    locale: () => 'nb',
    today: () => `${thisYear}-03-15` as IsoDate,
    file,
  })
  told = [desk.binding.workbook, 'Bilag', company, await fileMark(file())].join('/')
  return { window, desk, run }
}

/** A workbook that calculates with the add-in's functions. */
export function calculatingOn(reach: Reach, company: string) {
  const workbook = new Workbook()
  const window = openWindow(workbook)
  const api = apiOf(reach)
  const runtime = functionRuntime(window.CustomFunctions, {
    api,
    locale: () => 'nb',
    company: async () => company,
    signedIn: () => true,
  })
  associateFunctions(window.CustomFunctions, async () => runtime)
  const calculation = window.host.calculates(functionsOf(NAMESPACE, functionMetadata('nb', '')))
  const user = new User(workbook, 'en')
  const run: Run = (work) => window.Excel.run(work) as Promise<any>
  /** The value of one formula. */
  async function value(formula: string): Promise<Value> {
    user.type('Ark1', 'A1', [[formula]])
    await calculation.idle()
    return workbook.cell(workbook.sheets[0]!, 0, 0)!.value
  }
  const grid = (address: string) =>
    workbook.grid(workbook.at(workbook.sheets[0]!, address), (cell) => cell?.value ?? '')
  return { workbook, window, runtime, calculation, user, api, run, value, grid }
}
