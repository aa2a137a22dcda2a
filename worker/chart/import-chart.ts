import { isError, Problem } from '#worker/core/problem.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type ChartDiff, type ChartImport, chartDiff } from './chart-import.ts'
import { ifFactsStand, insertAccount, readChart, readFactsVersion, readVatCodes, updateAccount } from './store.ts'

/**
 * Brings in somebody's own chart: new accounts and changed fields, all or nothing; accounts it lacks are closed where that is asked
 * for. With `dryRun` nothing is changed, and the difference tells what would be.
 * @throws Problem 422 request/invalid, one issue for each wrong cell; 409 version/stale.
 */
export async function importChart(acting: Acting, asked: ChartImport): Promise<ChartDiff & { applied: boolean }> {
  const { statements, closed: _, ...diff } = await planChart(acting, asked)
  if (statements.length > 0)
    await acting.db.batch(statements, 'write').catch((cause) => {
      if (refusalOf(cause)) throw new Problem(409, 'version/stale') // somebody changed the chart meanwhile
      throw cause
    })
  return { ...diff, applied: !asked.dryRun }
}

/** The difference, and the statements that bring it in, for the caller's batch; none in a dry run. */
export async function planChart(
  { db, by, at }: Acting,
  { accounts, closeMissingFrom, dryRun = false }: ChartImport,
): Promise<ChartDiff & { closed: string[]; statements: InStatement[] }> {
  const factsVersion = await readFactsVersion(db)
  const [chart, { codes }] = await Promise.all([readChart(db), readVatCodes(db)])
  const kept = chart.map((k) => ({ account: k.account, used: k.firstMonth !== null }))
  const diff = chartDiff(accounts, kept, codes)
  if (!dryRun && diff.issues.some(isError)) throw new Problem(422, 'request/invalid', { issues: diff.issues })
  const byNumber = new Map(chart.map((k) => [k.account.number, k]))
  const closed = closeMissingFrom
    ? diff.missing.flatMap((number) => {
        const { account } = byNumber.get(number)!
        return account.closedFrom === null ? [{ ...account, closedFrom: closeMissingFrom }] : []
      })
    : []
  const told = { ...diff, closed: closed.map((a) => a.number) }
  if (dryRun) return { ...told, statements: [] }
  const changed = [...diff.changed.map((c) => c.account), ...closed]
  const events = [
    ...diff.added.map((a) => ({ type: 'account.created', number: a.number, changes: changesOf(undefined, a) })),
    ...changed.map((a) => {
      const changes = changesOf(byNumber.get(a.number)!.account, a)
      return { type: 'account.changed', number: a.number, changes }
    }),
  ].map(({ type, number, changes }) => ({ type, at, by, subject: number, touched: [{ account: number }], changes }))
  if (events.length === 0) return { ...told, statements: [] }
  const statements = [
    ifFactsStand(factsVersion),
    ...diff.added.map(insertAccount),
    ...changed.map((a) => updateAccount(a, byNumber.get(a.number)!.version)),
    insertEvents(...events),
  ]
  return { ...told, statements }
}
