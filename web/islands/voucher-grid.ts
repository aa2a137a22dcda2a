// Voucher entry in the browser: the grid, the fields above it, and what is said under it. The draft itself is in `Entry`.
import 'handsontable/styles/handsontable.css'
import 'handsontable/styles/ht-theme-main-no-icons.css'
import '../styles/handsontable.css'
import '../styles/grid.css'
import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Role } from '#worker/access/permission.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { listen, newTab } from './live/listen.ts'
import { KeptReading } from './offline/keep-page.ts'
import { openDraft } from './voucher/draft-open.ts'
import { openDraftStore } from './voucher/draft-store.ts'
import { byId, h } from './voucher/element.ts'
import { Entry } from './voucher/entry.ts'
import { EntryPage } from './voucher/entry-page.ts'
import { showVersion } from './voucher/heading-view.ts'
import { fetchChosen, fetchLayouts } from './voucher/layouts.ts'
import { PasteMemory } from './voucher/paste-memory.ts'
import { findOut } from './voucher/posting.ts'
import { fetchBooks, fetchTemplates, type Line } from './voucher/send.ts'

async function start(): Promise<void> {
  const { company, user, name, locale, licenceKey, softLock, role, vouchers, make } = byId('entry').dataset as Record<
    string,
    string
  >
  const asked = new URL(location.href).searchParams.get('draft') ?? undefined
  const reading = new KeptReading(company!, user!)
  const line: Line & { tab: string } = {
    base: `/api/v1/companies/${company}`,
    locale: locale!,
    fetch: reading.fetch,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    tab: newTab(),
  }
  const [first, store, layouts, shortcuts, answers] = await Promise.all([
    fetchBooks(line),
    openDraftStore(company!, user!, asked),
    fetchLayouts(line),
    fetchChosen(line, 'shortcuts'),
    fetchChosen(line, 'paste-answers'),
  ])
  const opened = asked && !store.kept ? await openDraft(line, asked).catch(() => 'away' as const) : undefined
  const { facts, etag, keptAt } = first!
  const today = dayInOslo(new Date().toISOString() as Instant)
  const type = facts.voucherTypes.find((t) => t.active && t.key === 'general') ?? facts.voucherTypes[0]
  const rights = { softLock: softLock === 'yes', role: role as Role | 'operator' }
  const entry: Entry = new Entry({
    court: { books: booksOf(facts), rights, locale: locale as Locale },
    line,
    today,
    store,
    header: { type: type?.series ?? '', voucherDate: today, documentDate: '', text: '', reason: '' },
    changed: () => page?.refresh(),
    taken: (before, answer) => page?.taken(before, answer),
    linked: () => {
      page?.showKept()
      if (entry.link.state === 'offline') isAway = true
      else if (isAway && entry.link.state === 'saved') void back()
    },
    judged: (before) => page?.judged(before),
    name: name!,
    ...(opened && opened !== 'away' && { opened }),
  })
  entry.booksKeptAt = keptAt
  let isAway = keptAt !== null
  let page: EntryPage | undefined
  page = new EntryPage(entry, {
    licenceKey: licenceKey!,
    vouchersPath: vouchers!,
    mayMake: make === 'yes',
    restoredAt: store.kept?.at,
    asked: asked !== undefined,
    user: user!,
    layouts,
    shortcuts,
    pasteMemory: new PasteMemory(line, answers),
  })
  page.start()
  fetchTemplates(line).then(
    (templates) => {
      entry.templates = templates
    },
    () => {}, // without them a key is a text like any other
  )
  if (opened === 'away') page.tell({ level: 'warning', key: 'draftAway' })
  else if (asked && !opened && !store.kept) page.tell({ level: 'warning', key: 'draftGone' })
  await findOut(entry, page)
  entry.atVersion = (version) => showVersion(version, locale as Locale)
  const live = listen({
    base: line.base,
    tab: line.tab,
    draft: () => entry.link.known.draft,
    hear: (message) => {
      if (message.type === 'posted') entry.atVersion(message.ledgerVersion)
      page?.hear(message)
    },
    missed: () => entry.link.hurry(),
  })
  page.draftChanged = () => live.moved()

  let known = etag
  entry.renewBooks = async () => {
    const newer = await fetchBooks(line, known).catch(() => 'away' as const)
    if (newer === 'away' || newer?.keptAt) return
    entry.booksKeptAt = null
    page.showKept()
    if (!newer) return
    known = newer.etag
    entry.useBooks({ books: booksOf(newer.facts), rights, locale: locale as Locale })
  }
  /** The network is there again: what was kept is read anew, and what was sent in vain is asked about. */
  async function back(): Promise<void> {
    isAway = false
    await entry.renewBooks()
    if (!entry.busy) await findOut(entry, page!)
    keepPage()
  }
  function keepPage(): void {
    reading.keepPage().catch(() => {}) // without it one cannot begin away, and all else works
  }
  window.addEventListener('focus', () => void entry.renewBooks())
  window.addEventListener('online', () => {
    entry.link.hurry()
    void back()
  })
  if (isAway) entry.link.hurry()
  else keepPage()
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('entry').dataset.locale ?? 'nb') as Locale
  byId('entry-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, entryText(locale, 'booksFailed')),
  )
})
