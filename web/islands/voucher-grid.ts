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
import { openDraft } from './voucher/draft-open.ts'
import { openDraftStore } from './voucher/draft-store.ts'
import { byId, h } from './voucher/element.ts'
import { Entry } from './voucher/entry.ts'
import { EntryPage } from './voucher/entry-page.ts'
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
  const line: Line & { tab: string } = {
    base: `/api/v1/companies/${company}`,
    locale: locale!,
    fetch: (...request) => fetch(...request),
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
  const opened = asked && !store.kept ? await openDraft(line, asked) : undefined
  const { facts, etag } = first!
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
    linked: () => page?.showKept(),
    judged: (before) => page?.judged(before),
    name: name!,
    ...(opened && { opened }),
  })
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
  if (asked && !opened && !store.kept) page.tell({ level: 'warning', key: 'draftGone' })
  await findOut(entry, page)
  const live = listen({
    base: line.base,
    tab: line.tab,
    draft: () => entry.link.known.draft,
    hear: (message) => page?.hear(message),
    open: () => entry.link.hurry(),
  })
  page.draftChanged = () => live.moved()

  window.addEventListener('online', () => entry.link.hurry())
  let known = etag
  entry.renewBooks = async () => {
    const newer = await fetchBooks(line, known).catch(() => undefined)
    if (!newer) return
    known = newer.etag
    entry.useBooks({ books: booksOf(newer.facts), rights, locale: locale as Locale })
  }
  window.addEventListener('focus', () => void entry.renewBooks())
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('entry').dataset.locale ?? 'nb') as Locale
  byId('entry-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, entryText(locale, 'booksFailed')),
  )
})
