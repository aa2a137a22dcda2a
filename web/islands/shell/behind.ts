// The status line says when the page is behind: somebody has posted since it was drawn, or changed something else it is drawn from.
import type { LiveMessage } from '#worker/ledger/room.ts'
import { listen, newTab } from '../live/listen.ts'
import { tellPage } from '../live/page-news.ts'

/** What is drawn from more than the ledger says so itself: `draft`, `match`, `budget`, or one budget's id. */
function isDrawnFrom(news: LiveMessage & { type: 'draft' | 'match' | 'sheet' }): boolean {
  return isOnPage(news.type === 'sheet' ? [news.sheet, news.id] : [news.type])
}
const isOnPage = (names: readonly string[]): boolean =>
  names.some((name) => document.querySelector(`[data-drawn-from~="${CSS.escape(name)}"]`) !== null)

/** Longer without news than between two streams, in milliseconds: drafts leave no events, so that what was missed of them is not known. */
const LONG_MS = 10_000

export function installBehind(): void {
  const line = document.getElementById('behind')
  const { base, version, posted, missed, unheard } = line?.dataset ?? {}
  if (!line || !base || document.getElementById('entry')) return // the entry page listens for itself
  /** Up to where it is known that the page shows what happened. */
  let after = line.dataset.newestEvent
  const button = line.querySelector('button')!
  const words = line.querySelector('span')!
  button.addEventListener('click', () => location.reload())
  const sayFilled = (text: string, values: Record<string, string>) => {
    const all: Record<string, string> = { ...values, time: time(), shown: version ?? '' }
    words.textContent = text.replace(/\{(\w+)\}/g, (_, key: string) => all[key] ?? '')
    line.hidden = false
  }
  const time = () =>
    new Date().toLocaleTimeString('nb-NO', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Oslo' })
  const hear = (message: LiveMessage) => {
    tellPage(message)
    if (message.type === 'posted' && message.ledgerVersion > Number(version)) {
      const last = message.vouchers.at(-1)
      const voucher = last ? `${last.series} ${last.fiscalYear}-${last.number}` : ''
      sayFilled(posted!, { name: message.name, voucher, newest: String(message.ledgerVersion) })
    } else if (message.type !== 'people' && message.type !== 'posted' && isDrawnFrom(message))
      sayFilled(line.dataset[message.type]!, { name: message.name })
    else if (message.type === 'match' && message.ledgerVersion > Number(version))
      sayFilled(missed!, { newest: String(message.ledgerVersion) })
  }
  listen({ base, tab: newTab(), hear, missed: (unheardMs) => void catchUp(unheardMs) })

  /** What happened while nobody listened, to the ledger or to what the page is drawn from. A page that says it is behind asks no more. */
  async function catchUp(unheardMs: number): Promise<void> {
    if (!line!.hidden) return
    const asked = new URLSearchParams({ after: after!, version: version! })
    const answer = await fetch(`${base}/live?${asked}`, { headers: { accept: 'application/json' } }).catch(
      () => undefined,
    )
    if (!answer?.ok) return
    const { ledgerVersion, changed = [], newestEvent = after } = (await answer.json()) as LiveAnswer
    if (!line!.hidden) return
    if (ledgerVersion > Number(version)) sayFilled(missed!, { newest: String(ledgerVersion) })
    else if (isOnPage(changed) || (unheardMs > LONG_MS && isOnPage(['draft']))) sayFilled(unheard!, {})
    after = String(newestEvent)
  }
}

type LiveAnswer = { ledgerVersion: number; changed?: string[]; newestEvent?: number }
