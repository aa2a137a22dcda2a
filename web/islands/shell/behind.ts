// The status line says when the page is behind: somebody has posted, or written in a draft, since it was drawn.
import type { LiveMessage } from '#worker/ledger/room.ts'
import { listen, newTab } from '../live/listen.ts'
import { tellPage } from '../live/page-news.ts'

export function installBehind(): void {
  const line = document.getElementById('behind')
  const { base, version, posted, draft, drafts } = line?.dataset ?? {}
  if (!line || !base || document.getElementById('entry')) return // the entry page listens for itself
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
    } else if (message.type === 'draft' && drafts !== undefined) sayFilled(draft!, { name: message.name })
  }
  listen({ base, tab: newTab(), hear, missed: () => void catchUp() })

  /** What was posted while nobody listened. */
  async function catchUp(): Promise<void> {
    const answer = await fetch(`${base}/live`, { headers: { accept: 'application/json' } }).catch(() => undefined)
    if (!answer?.ok) return
    const { ledgerVersion } = (await answer.json()) as { ledgerVersion: number }
    if (ledgerVersion > Number(version) && line!.hidden)
      sayFilled(line!.dataset.missed!, { newest: String(ledgerVersion) })
  }
}
