import type { LiveMessage } from '#worker/ledger/room.ts'

type Ears = {
  /** `/api/v1/companies/cmp_…` */
  base: string
  tab: string
  /** The draft this window shows; with it others see where one is. */
  draft?: () => string | undefined
  hear(message: LiveMessage): void
  /** The stream is open again, or could not be opened: what was said for so many milliseconds was not heard. */
  missed?(unheardMs: number): void
}

/** How long the server keeps one stream; one that breaks later broke unnoticed, while the machine slept. In milliseconds. */
const STREAM_MS = 60_000
/** Pauses before a stream that was refused (503, 429, 204 …) is asked for again, in milliseconds; up to half as much comes to each, so that not all come at once. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [1_000, 60_000]

/**
 * Listens to what happens in a company for as long as the window is looked at: a hidden one lets go of its stream, and asks
 * what it missed when it is shown again. A browser takes up a stream that broke; one that was refused it never asks for
 * again, so that is done here. Gives a way to say that another draft is shown.
 */
export function listen({ base, tab, draft, hear, missed }: Ears): { moved(): void } {
  let source: EventSource | undefined
  let at: string | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let pause = FIRST_PAUSE_MS
  let openedAt = 0
  /** Up to when all was heard: as the page was drawn, at first. Undefined while one hears. */
  let heardTo: number | undefined = performance.timeOrigin
  const broken = () => {
    heardTo ??= Math.min(Date.now(), openedAt + STREAM_MS)
  }
  const unheard = () => Date.now() - (heardTo ?? Date.now())
  const close = () => {
    clearTimeout(again)
    broken()
    source?.close()
    source = undefined
  }
  const refused = () => {
    close()
    missed?.(unheard())
    again = setTimeout(start, pause * (1 + Math.random() / 2))
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
  }
  const start = () => {
    if (document.hidden) return close()
    const now = draft?.()
    if (source && now === at) return
    close()
    at = now
    source = new EventSource(`${base}/live?${new URLSearchParams({ tab, ...(now && { draft: now }) })}`)
    source.onopen = () => {
      pause = FIRST_PAUSE_MS
      missed?.(unheard())
      openedAt = Date.now()
      heardTo = undefined
    }
    source.onerror = () => {
      broken()
      if (source?.readyState === EventSource.CLOSED) refused()
    }
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
