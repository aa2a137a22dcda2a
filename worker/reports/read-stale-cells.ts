import type { Database } from '#worker/database/connect.ts'
import { readEvents } from '#worker/events/store.ts'
import { CHART, YEARS } from './batch-store.ts'
import { layoutsIn, OWN_LAYOUTS } from './layout-store.ts'
import { chartOf, yearsOf } from './read-figure-tables.ts'
import { linesOf } from './read-report-batch.ts'
import { type StaleQuestion, touchedCells } from './touched-cells.ts'

/** Events looked at; with more than these every cell is told to be out of date. */
const EVENTS = 2_000

/**
 * Which cells of some groups the events after a place in the feed may have changed. Budgets and layouts are not in the feed
 * by account, so a change of theirs is told as everything.
 */
export async function readStaleCells(db: Database, { after, groups }: StaleQuestion) {
  const [events, [chart, years, own]] = await Promise.all([
    readEvents(db, after, EVENTS),
    db.batch([CHART, YEARS, OWN_LAYOUTS], 'read'),
  ])
  const all =
    events.length === EVENTS ||
    events.some(
      ({ type, touched }) => /^(budget|report-layout|account|fiscal-year)\b/.test(type) && touched.length === 0,
    )
  const touched = events.flatMap((event) => event.touched)
  const ofLine = linesOf(layoutsIn(own!), chartOf(chart!))
  return {
    after,
    sequence: events.at(-1)?.sequence ?? after,
    groups: groups.map((group) => ({
      cells: all ? group.cells.map((_, i) => i) : touchedCells(group, touched, yearsOf(years!), ofLine),
    })),
  }
}
