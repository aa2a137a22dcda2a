import { entryText } from '#i18n/entry-text.ts'
import { fill, type Locale, moment, whole } from '#i18n/format.ts'
import type { Desk } from '#worker/sheets/sheet.ts'
import { type Correction, correctionOn } from './correction.ts'
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
  const correction = correctionOn(desk)
  showCorrection(correction, desk, locale)
  byId('entry-heading').textContent = correction
    ? fill(byId('entry').dataset.correctHeading!, { voucher: correction.name }, locale)
    : several
      ? entryText(locale, 'sheetHeading', { n: verdict.vouchers.length + verdict.waiting })
      : type
        ? entryText(locale, 'draftHeading', { type: nameOf(type, locale) })
        : entryText(locale, 'pageTitle')
  const n = verdict.waiting > 0 ? 0 : open.filter((voucher) => voucher.ready).length
  const button = byId('post')
  button.setAttribute('aria-disabled', String(entry.busy || !(several ? n > 0 : entry.isReady)))
  button.querySelector('span')!.textContent =
    several && n > 0
      ? entryText(locale, 'postMany', { n })
      : correction
        ? byId('entry').dataset.correctPost!
        : entryText(locale, 'post')
}

/** What is put right, with the way to it, and to what took its place when it is. */
function showCorrection(correction: Correction | undefined, { id, rows }: Desk, locale: Locale): void {
  const lead = byId('entry-lead')
  const posted = rows.find((row) => row.posted !== '')?.posted ?? ''
  const shows = correction ? `${correction.of} ${posted}` : ''
  if (lead.dataset.corrects === shows) return
  lead.dataset.corrects = shows
  const { vouchers, correctLead, correctDone } = byId('entry').dataset
  const way = (of: string, name: string) => h('a', { href: `${vouchers}/${of}`, target: '_blank' }, name)
  lead.replaceChildren(
    ...(!correction
      ? [entryText(locale, 'lead')]
      : posted === ''
        ? [way(correction.of, correction.name), ' ', correctLead!]
        : [way(correction.of, correction.name), ' ', correctDone!, ' ', way(id, posted), '.']),
  )
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

/** In the status line: which version the ledger is at, when somebody has posted. */
export function showVersion(version: number, locale: Locale): void {
  const line = document.getElementById('ledger-version')
  if (line) line.textContent = fill(line.dataset.text ?? '', { version: whole(version, locale) }, locale)
}

/** What is true of the draft right now: with the server, on this machine only, or nowhere yet. */
function keptText({ isKept, savedAt, isEmpty, link, court: { locale } }: Entry): string {
  const time = (at: string) => ({ time: timeOf(at) })
  if (isEmpty && link.state === 'saved') return entryText(locale, 'emptyDraft')
  if (link.state === 'refused') return entryText(locale, 'draftRefused')
  if (link.state === 'signed-out' || link.state === 'offline') {
    if (!isKept) return entryText(locale, 'notSaved')
    return entryText(locale, link.state === 'offline' ? 'savedHere' : 'savedSignedOut', time(savedAt ?? ''))
  }
  if (link.state === 'saving' || link.state === 'unsent') return entryText(locale, 'saving')
  return (link.savedAt ?? savedAt)
    ? entryText(locale, 'saved', time((link.savedAt ?? savedAt)!))
    : entryText(locale, 'emptyDraft')
}

/** In the status line: where the draft is kept, and since when. */
export function showKept(entry: Entry): void {
  const footer = document.querySelector('.hb-bottom')
  if (!footer) return
  const text = keptText(entry)
  const state = entry.link.state
  const mark = document.getElementById('draft-state') ?? h('span', { id: 'draft-state' })
  if (!mark.isConnected) footer.prepend(mark)
  if (mark.textContent !== text) mark.textContent = text
  mark.dataset.state = state
  mark.classList.toggle('hb-warning-text', state === 'offline' || state === 'signed-out' || state === 'refused')
  showAway(entry)
}

/** Over the lines, for as long as there is no network: that one may go on, and what is as it was. */
function showAway({ link, booksKeptAt, isKept, court: { locale } }: Entry): void {
  const line = byId('entry-away')
  const said = [
    ...(booksKeptAt || link.state === 'offline' ? [entryText(locale, isKept ? 'away' : 'notSaved')] : []),
    ...(booksKeptAt ? [entryText(locale, 'awayBooks', { at: moment(booksKeptAt) })] : []),
  ].join(' ')
  line.hidden = said === ''
  if (line.textContent !== said) line.textContent = said
}

export const timeOf = (at: string): string =>
  (at === '' ? new Date() : new Date(at)).toLocaleTimeString('nb-NO', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Oslo',
  })
