import type { Database } from '#worker/database/connect.ts'
import { CHART } from './batch-store.ts'
import { layoutCalled, layoutIn } from './layout-store.ts'
import { chartOf } from './read-figure-tables.ts'
import { refuse } from './read-statement-frame.ts'
import { leavesOf, placedIn, type ReportLayout } from './report-layout.ts'
import { STANDARD_LAYOUTS } from './standard-layouts.ts'

/**
 * The numbers of the accounts that a line of a layout adds up. Without a layout the line is looked for in the standard ones.
 * `unplaced` is what no line of the layout takes.
 * @throws Problem 422 request/invalid: report-layout/unknown, report-layout/line-unknown.
 */
export async function readAccountsOfLine(
  db: Database,
  line: string,
  layoutKey: string | undefined,
): Promise<readonly string[]> {
  const [chart, own] = await db.batch([CHART, layoutCalled(layoutKey ?? '')], 'read')
  const layout =
    layoutKey === undefined
      ? STANDARD_LAYOUTS.find(({ lines }) => lines.some(({ key }) => key === line))
      : (STANDARD_LAYOUTS.find(({ key }) => key === layoutKey) ?? layoutIn(own!))
  if (!layout && layoutKey !== undefined) refuse('report-layout/unknown', '#/layout', { layout: layoutKey })
  const accounts = layout && accountsOfLine(layout, line, chartOf(chart!))
  return accounts ?? refuse('report-layout/line-unknown', '#/line', { line })
}

/** The same of a layout that is at hand; undefined when it has no such line. */
export function accountsOfLine(
  layout: ReportLayout,
  line: string,
  chart: ReturnType<typeof chartOf>,
): string[] | undefined {
  const { byLine, unplaced } = placedIn(layout, chart)
  if (line === 'unplaced') return unplaced.map(({ number }) => number)
  if (!layout.lines.some(({ key }) => key === line)) return undefined
  return leavesOf(layout, line).flatMap(({ key }) => (byLine.get(key) ?? []).map(({ number }) => number))
}
