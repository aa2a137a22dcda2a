import { ComparisonModel } from '#addin/registers/comparison-model.ts'
import type { testApp } from '#tests/support/app.ts'
import { User } from '../host/user.ts'
import { Workbook } from '../host/workbook.ts'
import { goodNetwork, openPane, thisYear } from './desk.ts'
import { paneHands } from './pane-hands.ts'

export const year = thisYear - 1
export const TABLE = 'tblFjorarstall'

/** The sheet of last year's figures in a pane of its own, and what a person and a colleague do with it. */
export async function openComparison(app: ReturnType<typeof testApp>) {
  const company = await app.company()
  const day = `${thisYear}-01-01`
  const plan = { variant: 'opening', openingDate: day, cutOverDate: day }
  await company.call('/takeover', { method: 'PUT', body: plan, headers: { 'if-match': '"0"' } })
  const workbook = new Workbook()
  const network = goodNetwork()
  const { desk, run, window } = await openPane(app, company, workbook, network)
  const { hands, failures, state } = paneHands({ desk, run }, { keepsFailures: true })
  const model = new ComparisonModel(hands)
  await model.insertSheet()
  const user = new User(workbook)
  return {
    company,
    workbook,
    network,
    window,
    model,
    user,
    failures,
    codes: () => failures.splice(0).map((error: any) => error.code),
    view: () => state().comparison!,
    /** The pane is closed and opened again: nothing is remembered but what stands in the workbook. */
    reopen: () => new ComparisonModel(hands),
    saves: () => network.requests.filter((request) => request.startsWith('PUT')).length,
    fill: (row: number, values: Record<string, string | number>) => user.fill(TABLE, row, values),
    rows: () => user.rows(TABLE).filter((row) => row.Konto !== ''),
    figures: () =>
      user
        .rows(TABLE)
        .filter((row) => row.Konto !== '')
        .map((row) => [row.Konto, row[`jan ${year}`], row[`feb ${year}`], row[`des ${year}`]]),
    kept: async () => (await company.call('/comparison')).json,
    /** A report as the old system printed it, in a sheet of its own that stands in front, is read. */
    readReport: async (name: string, rows: (string | number)[][]) => {
      workbook.active = workbook.addSheet(name)
      user.type(name, 'A1', rows)
      await model.readFront()
    },
    put: async (rows: unknown, version: number) =>
      company.call('/comparison', { method: 'PUT', body: { rows }, headers: { 'if-match': `"${version}"` } }),
  }
}
