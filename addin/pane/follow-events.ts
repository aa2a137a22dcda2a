import type { PaneModel } from './pane-model.ts'

/** How long a request for news waits for some, in milliseconds, and the pause after one that failed. */
const WAIT = 25_000
const PAUSE = 15_000

type News = { events: { type: string; ledgerVersion: number }[]; next: number }

/** Hears of every posting in the company, so that the pane can say which figures are older. Ends with the page. */
export async function followEvents(pane: PaneModel): Promise<never> {
  let company: string | undefined
  let after: number | 'newest' = 'newest'
  for (;;) {
    const now = pane.state.company?.id
    if (now !== company) {
      company = now
      after = 'newest'
    }
    if (company === undefined || document.hidden) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      continue
    }
    try {
      const begins = after === 'newest'
      const news: News = await pane.api.get<News>(company, 'events', { after, waitMs: begins ? 0 : WAIT })
      after = news.next
      // What was posted between the first figures and the first question is in no event that is still to come.
      const now = begins
        ? (await pane.api.get<{ ledgerVersion: number }>(company, 'vouchers', { limit: 1 })).ledgerVersion
        : undefined
      const newest = now ?? news.events.at(-1)?.ledgerVersion
      if (newest !== undefined) pane.heard(newest)
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
}
