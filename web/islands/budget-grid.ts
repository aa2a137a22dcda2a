// A budget in the browser: the grid, what stands under it, and what is saved of it. The budget itself is in `BudgetDesk`.
import 'handsontable/styles/handsontable.css'
import 'handsontable/styles/ht-theme-main-no-icons.css'
import '../styles/handsontable.css'
import '../styles/grid.css'
import '../styles/budget.css'
import { budgetText } from '#i18n/budget-text.ts'
import type { Locale } from '#i18n/format.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { BudgetDesk } from './budget/budget-desk.ts'
import { fetchBudget, sendLines } from './budget/budget-line.ts'
import { BudgetPage } from './budget/budget-page.ts'
import { hearSheet } from './live/page-news.ts'
import { openKeptHere } from './sheets/open-kept-here.ts'
import { untilCalm } from './sheets/waiting.ts'
import { byId, h } from './voucher/element.ts'
import { keyMapFrom } from './voucher/keys.ts'
import { fetchChosen } from './voucher/layouts.ts'
import { fetchBooks, type Line } from './voucher/send.ts'

async function start(): Promise<void> {
  const { company, budget, user, locale, licenceKey, writable } = byId('budget').dataset as Record<string, string>
  const line: Line = {
    base: `/api/v1/companies/${company}`,
    locale: locale!,
    fetch: (...request) => fetch(...request),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  }
  const [books, found, kept, shortcuts] = await Promise.all([
    fetchBooks(line),
    fetchBudget(line, budget!),
    openKeptHere(`${company} ${user} ${budget}`),
    fetchChosen(line, 'shortcuts'),
  ])
  let page: BudgetPage | undefined
  const desk = new BudgetDesk({
    ...found,
    facts: { ...found.facts, books: booksOf(books!.facts), locale: locale as Locale, sign: 'natural' },
    writable: writable === 'yes',
    kept,
    send: (lines) => sendLines(line, budget!, lines),
    fetchLines: async () => {
      const fresh = await fetchBudget(line, budget!, true).catch(() => undefined)
      return fresh && { lines: fresh.lines, revision: fresh.revision }
    },
    changed: () => page?.changed(),
  })
  page = new BudgetPage(desk, licenceKey!, keyMapFrom(shortcuts))
  page.start()
  if (desk.isUnsaved) page.changed()
  hearSheet('budget', budget!, async (revision, name) => {
    await untilCalm(() => page.isEditing)
    await desk.heard(revision, name)
  })
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('budget').dataset.locale ?? 'nb') as Locale
  byId('budget-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, budgetText(locale, 'failed')),
  )
})
