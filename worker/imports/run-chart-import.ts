import { ChartImport, type ImportedAccount } from '#worker/chart/chart-import.ts'
import { planChart } from '#worker/chart/import-chart.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse } from '#worker/http/accept.ts'
import type { ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import { listed, outcomesOf } from './row-list.ts'
import { type Read, tell } from './sheet-records.ts'

/**
 * Brings rows into the chart: accounts made, changed or left as they are; those that the sheet lacks closed from a day, where one
 * is chosen. @throws Problem as `planChart`.
 */
export async function runChartImport(ctx: ImportContext, read: Read, closing: string, dryRun: boolean): Promise<Run> {
  const closeMissingFrom = closing === '' ? null : (isoDate(closing) as IsoDate | undefined)
  if (closeMissingFrom === undefined)
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'field/invalid', severity: 'error', pointer: '#/options/closeMissingFrom', params: {} }],
    })
  const list = listed(read.rows, 'accounts', ChartImport, parse)
  const wanted = list.good.map(({ value }) => value as ImportedAccount)
  const diff = wanted.length > 0 ? await planChart(ctx, { accounts: wanted, closeMissingFrom, dryRun }) : undefined
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
  const closed = diff?.closed ?? []
  const staying = (diff?.missing ?? []).filter((number) => !closed.includes(number))
  return {
    ...read,
    rows,
    told: [
      ...read.told,
      ...(closed.length > 0
        ? [tell('accountsClosed', { n: closed.length, from: closeMissingFrom!, accounts: few(closed) }, true)]
        : []),
      ...(staying.length > 0 ? [tell('accountsMissing', { n: staying.length, accounts: few(staying) })] : []),
    ],
    sum: null,
    statements: diff?.statements ?? [],
    steps: {
      of: 'chart',
      added: [...added],
      changed: [
        ...[...changed].map(([number, changes]) => ({ number, ...sidesOf(changes) })),
        ...closed.map((number) => ({ number, before: { closedFrom: null }, after: { closedFrom: closeMissingFrom } })),
      ],
    },
  }
}

const MOST_NAMED = 40
const few = (numbers: readonly string[]): string =>
  `${numbers.slice(0, MOST_NAMED).join(', ')}${numbers.length > MOST_NAMED ? ' …' : ''}`

/** Changes as what stood before and after. */
export const sidesOf = (changes: Record<string, readonly [unknown, unknown]>) => ({
  before: Object.fromEntries(Object.entries(changes).map(([field, [before]]) => [field, before])),
  after: Object.fromEntries(Object.entries(changes).map(([field, [, after]]) => [field, after])),
})
