import type { Database } from '#worker/database/connect.ts'
import type { Event } from '#worker/events/event.ts'
import { readEvents } from '#worker/events/store.ts'
import { CHART, YEARS } from './batch-store.ts'
import { layoutsIn, OWN_LAYOUTS } from './layout-store.ts'
import { chartOf, yearsOf } from './read-figure-tables.ts'
import { linesOf } from './read-report-batch.ts'
import { type StaleQuestion, touchedCells } from './touched-cells.ts'

/** Events looked at; with more than these every cell is told to be out of date. */
const EVENTS = 2_000
const UNTOLD = /^(budget|report-layout|account|fiscal-year)\b/

/** Whether what happened can be seen in a measure: budgets are not posted, and postings are in no budget. */
const isSeenIn = (measure: string, { type, touched }: Pick<Event, 'type' | 'touched'>): boolean =>
  /^budget\b/.test(type) ? measure === 'budget' || measure === 'variance' : measure !== 'budget' || touched.length === 0

/**
 * Which cells of some groups the events after a place in the feed may have changed. Layouts, and budgets as a whole, are not in
 * the feed by account, so a change of theirs is told as everything that it is seen in.
 */
export async function readStaleCells(db: Database, { after, groups }: StaleQuestion) {
  const [events, [chart, years, own]] = await Promise.all([
    readEvents(db, after, EVENTS),
    db.batch([CHART, YEARS, OWN_LAYOUTS], 'read'),
  ])
  const ofLine = linesOf(layoutsIn(own!), chartOf(chart!))
  return {
    after,
    sequence: events.at(-1)?.sequence ?? after,
    groups: groups.map((group) => {
      const seen = events.filter((event) => isSeenIn(group.measure, event))
      const touched = seen.flatMap((event) => event.touched)
      const all =
        events.length === EVENTS || seen.some((event) => UNTOLD.test(event.type) && event.touched.length === 0)
      return {
        cells: all ? group.cells.map((_, i) => i) : touchedCells(group, touched, yearsOf(years!), ofLine),
      }
    }),
  }
}
