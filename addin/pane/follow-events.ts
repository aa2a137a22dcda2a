import type { FunctionRuntime } from '../functions/function-runtime.ts'
import type { PaneModel } from './pane-model.ts'

/** How long a request for news waits for some, in milliseconds, and the pause after one that failed. */
const WAIT = 25_000
const PAUSE = 15_000

type News = { events: { type: string; ledgerVersion: number }[]; next: number }

/** What changes rows of open items, and no version. */
const ITEMS = /^(match|open-item)\./

/** Hears of all that is done in the company, so that the pane can say which figures are older. Ends with the page. */
export async function followEvents(
  pane: Pick<PaneModel, 'state' | 'api' | 'heard'>,
  isHidden: () => boolean,
): Promise<never> {
  let company: string | undefined
  let after: number | 'newest' = 'newest'
  for (;;) {
    const now = pane.state.company?.id
    if (now !== company) {
      company = now
      after = 'newest'
    }
    if (company === undefined || isHidden()) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      continue
    }
    try {
      const begins: boolean = after === 'newest'
      const { events, next }: News = await pane.api.get<News>(company, 'events', { after, waitMs: begins ? 0 : WAIT })
      // What was done between the first figures and the first question is in no event that is still to come.
      const newest = begins
        ? (await pane.api.get<{ ledgerVersion: number }>(company, 'vouchers', { limit: 1 })).ledgerVersion
        : events.at(-1)?.ledgerVersion
      if (pane.state.company?.id !== company) continue // it is of the company that was left
      after = next
      if (newest !== undefined) pane.heard(newest, next, begins || events.some(({ type }) => ITEMS.test(type)))
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}

/**
 * How much of what a company's cells show is out of date: figures that what was done touches and no others, and lists. Pages
 * of a list are one, and what has a version of its own, such as a seal, grows no older.
 */
export async function countOlder(runtime: FunctionRuntime, company: string): Promise<number> {
  const source = runtime.source(company)
  const figures = await source.stale().then(
    ({ size }) => size,
    () => source.figures,
  )
  if (!runtime.listsBehind.has(company)) return figures
  const own = runtime.lists().filter((asked) => asked.startsWith(`["${company}"`))
  return figures + own.filter((asked) => !/"(cursor|atVersion)":"/.test(asked)).length
}
