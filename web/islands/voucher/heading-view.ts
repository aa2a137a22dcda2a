import { entryText } from '#i18n/entry-text.ts'
import { whole } from '#i18n/format.ts'
import { byId, h } from './element.ts'
import type { Entry } from './entry.ts'
import type { VoucherVerdict } from './judge.ts'
import { nameOf } from './search.ts'

/** What stands on the desk, as the page's heading, and the button that posts it. */
export function showHeading(entry: Entry): void {
  const { desk, court, open, verdict } = entry
  const { locale } = court
  const type = court.books.voucherTypes.get(desk.header.type)
  const several = desk.mode === 'sheet'
  byId('entry-heading').textContent = several
    ? entryText(locale, 'sheetHeading', { n: verdict.vouchers.length })
    : type
      ? entryText(locale, 'draftHeading', { type: nameOf(type, locale) })
      : entryText(locale, 'pageTitle')
  const n = open.filter((voucher) => voucher.ready).length
  const button = byId('post')
  button.setAttribute('aria-disabled', String(entry.busy || !(several ? n > 0 : entry.isReady)))
  button.querySelector('span')!.textContent =
    several && n > 0 ? entryText(locale, 'postMany', { n }) : entryText(locale, 'post')
}

/** Which version of the ledger a voucher was tried against, as it stands. */
export function showTried(entry: Entry, voucher: VoucherVerdict | undefined): void {
  const { locale } = entry.court
  const version = voucher && entry.triedOf(voucher)?.ledgerVersion
  byId('tried').textContent =
    version !== undefined
      ? entryText(locale, 'tried', { version: whole(version, locale) })
      : entryText(locale, entry.isTrying ? 'trying' : 'whileYouType')
}

/** In the status line: when the draft was last kept. */
export function showKept({ isKept, savedAt, isEmpty, court: { locale } }: Entry): void {
  const footer = document.querySelector('.hb-bottom')
  if (!footer) return
  const kept =
    savedAt && !isEmpty ? entryText(locale, 'saved', { time: timeOf(savedAt) }) : entryText(locale, 'emptyDraft')
  const text = isKept ? kept : entryText(locale, 'notSaved')
  const mark = document.getElementById('draft-state') ?? h('span', { id: 'draft-state' })
  if (!mark.isConnected) footer.prepend(mark)
  if (mark.textContent !== text) mark.textContent = text
}

export const timeOf = (at: string): string =>
  new Date(at).toLocaleTimeString('nb-NO', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Oslo' })
