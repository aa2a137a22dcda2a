import type { LiveMessage } from '#worker/ledger/room.ts'

const NAME = 'hovedbok-live'

/** The page has one stream, which the frame opens; what comes in it is passed on to whatever else stands on the page. */
export const tellPage = (message: LiveMessage): void => {
  window.dispatchEvent(new CustomEvent(NAME, { detail: message }))
}
export const hearOnPage = (hear: (message: LiveMessage) => void): void =>
  window.addEventListener(NAME, (event) => hear((event as CustomEvent<LiveMessage>).detail))

/**
 * Hears that a sheet was saved, and by whom; without a version when the page is looked at again and something may have been said
 * meanwhile, or the network is back.
 */
export function hearSheet(sheet: string, id: string, hear: (version?: number, name?: string) => void): void {
  hearOnPage((message) => {
    if (message.type === 'sheet' && message.sheet === sheet && message.id === id) hear(message.version, message.name)
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) hear()
  })
  window.addEventListener('focus', () => hear())
  window.addEventListener('online', () => hear())
}
