import { ChartImport, type ImportedAccount } from '#worker/chart/chart-import.ts'
import { planChart } from '#worker/chart/import-chart.ts'
import { parse } from '#worker/http/accept.ts'
import type { ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import { listed, outcomesOf } from './row-list.ts'
import { type Read, tell } from './sheet-records.ts'

/** Brings rows into the chart: accounts made, changed or left as they are. @throws Problem as `planChart`. */
export async function runChartImport(ctx: ImportContext, read: Read, dryRun: boolean): Promise<Run> {
  const list = listed(read.rows, 'accounts', ChartImport, parse)
  const wanted = list.good.map(({ value }) => value as ImportedAccount)
  const diff = wanted.length > 0 ? await planChart(ctx, { accounts: wanted, dryRun }) : undefined
  const added = new Set(diff?.added.map((a) => a.number))
  const changed = new Map(diff?.changed.map((c) => [c.account.number, c.changes]))
  const rows: RowOutcome[] = outcomesOf(list, 'accounts', diff?.issues ?? [], (value) => {
    const { number, nameNb = '' } = value as ImportedAccount
    const changes = changed.get(number)
    return {
      status: added.has(number) ? 'new' : changes ? 'changed' : 'unchanged',
      subject: `${number} ${nameNb}`.trim(),
      changes: changes ?? {},
    }
  })
  const missing = diff?.missing.length ?? 0
  return {
    ...read,
    rows,
    told: [...read.told, ...(missing > 0 ? [tell('accountsMissing', { n: missing })] : [])],
    sum: null,
    statements: diff?.statements ?? [],
    steps: {
      of: 'chart',
      added: [...added],
      changed: [...changed].map(([number, changes]) => ({ number, ...sidesOf(changes) })),
    },
  }
}

/** Changes as what stood before and after. */
export const sidesOf = (changes: Record<string, readonly [unknown, unknown]>) => ({
  before: Object.fromEntries(Object.entries(changes).map(([field, [before]]) => [field, before])),
  after: Object.fromEntries(Object.entries(changes).map(([field, [, after]]) => [field, after])),
})
