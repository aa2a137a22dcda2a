import { counted, fill, type Locale, moment } from '#i18n/format.ts'
import { sheetLinkTexts } from '#i18n/sheet-link-text.ts'
import { byId, h } from '../voucher/element.ts'
import type { SheetLink } from './sheet-link.ts'
import type { Clash } from './typed-rows.ts'

type Told = Pick<SheetLink<{ version: number }>, 'state' | 'isKept' | 'restoredAt' | 'takenFrom'>

/** Says how the server stands to what is typed, and what happened to it. `unread`: cells that cannot be read, and so not sent. */
export function showLink({ state, isKept, restoredAt, takenFrom }: Told, unread: number, locale: Locale): void {
  const words = sheetLinkTexts[locale]
  const clock = (at: string) => moment(at).slice(11)
  const text = (): string => {
    switch (state.kind) {
      case 'saving':
        return words.saving
      case 'lost':
        return isKept ? words.lost : words.lostHere
      case 'signed-out':
        return isKept ? words.signedOut : words.signedOutHere
      case 'refused':
        return fill(isKept ? words.refused : words.refusedHere, { reason: state.title }, locale)
      case 'saved':
        return fill(words.saved, { time: clock(state.at) }, locale)
      case 'clean':
        return ''
    }
  }
  const left = unread === 0 ? '' : counted(unread, isKept ? words.unread : words.unreadHere, locale)
  const element = byId('save-state')
  element.dataset.state = state.kind === 'saved' ? 'clean' : state.kind
  const said = [text(), left].filter(Boolean).join(' ')
  if (element.textContent !== said) element.textContent = said
  const news = [
    ...(restoredAt ? [fill(words.restored, { time: moment(restoredAt) }, locale)] : []),
    ...(takenFrom ? [fill(words.taken, { name: takenFrom }, locale)] : []),
  ].join(' ')
  const notices = byId('sheet-news')
  if (notices.textContent !== news) notices.replaceChildren(...(news ? [h('div', { class: 'hb-notice' }, news)] : []))
}

export const clashText = ({ theirs }: Clash, locale: Locale): string => {
  const words = sheetLinkTexts[locale]
  return theirs === '' ? words.clashEmpty : fill(words.clash, { theirs }, locale)
}
