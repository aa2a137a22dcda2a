import type { LiveMessage } from '#worker/ledger/room.ts'

type Ears = {
  /** `/api/v1/companies/cmp_…` */
  base: string
  tab: string
  /** The draft this window shows; with it others see where one is. */
  draft?: () => string | undefined
  hear(message: LiveMessage): void
  /** The stream is open, again: what was said meanwhile was not heard. */
  open?(): void
}

/**
 * Listens to what happens in a company for as long as the window is looked at: a hidden one lets go of its stream, and asks
 * what it missed when it is shown again. Gives a way to say that another draft is shown.
 */
export function listen({ base, tab, draft, hear, open }: Ears): { moved(): void } {
  let source: EventSource | undefined
  let at: string | undefined
  const close = () => {
    source?.close()
    source = undefined
  }
  const start = () => {
    if (document.hidden) return close()
    const now = draft?.()
    if (source && now === at) return
    close()
    at = now
    source = new EventSource(`${base}/live?${new URLSearchParams({ tab, ...(now && { draft: now }) })}`)
    source.onopen = () => open?.()
    source.onmessage = ({ data }) => hear(JSON.parse(data) as LiveMessage)
  }
  document.addEventListener('visibilitychange', start)
  window.addEventListener('pagehide', close)
  window.addEventListener('online', () => {
    close()
    start()
  })
  start()
  return { moved: start }
}

/** A name for this window, for as long as it is open. */
export const newTab = (): string => crypto.randomUUID().replaceAll('-', '')
