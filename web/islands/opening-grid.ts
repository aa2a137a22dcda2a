// An opening balance in the browser: rows as they are filled in, judged by the rules that book it, and saved while one types.
import 'handsontable/styles/handsontable.css'
import 'handsontable/styles/ht-theme-main-no-icons.css'
import '../styles/handsontable.css'
import '../styles/grid.css'
import '../styles/budget.css'
import type { Locale } from '#i18n/format.ts'
import { openingText } from '#i18n/opening-text.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { OpeningPart } from '#worker/opening-balance/takeover-plan.ts'
import { OpeningDesk, typedOpening } from './opening/opening-desk.ts'
import { type OpeningAnswer, OpeningPage, typedAmount } from './opening/opening-page.ts'
import { openKeptHere } from './sheets/open-kept-here.ts'
import { startSheet } from './sheets/start-sheet.ts'
import { byId, h } from './voucher/element.ts'
import { fetchChosen } from './voucher/layouts.ts'
import { fetchBooks, type Line } from './voucher/send.ts'

async function start(): Promise<void> {
  const data = byId('opening').dataset as Record<string, string>
  const locale = data.locale as Locale
  const openingDate = data.date as IsoDate
  const base = `/api/v1/companies/${data.company}`
  const path = `/opening-balances/${openingDate}`
  const line: Line = { base, locale, fetch: (...asked) => fetch(...asked), wait: async () => {} }
  const [books, found, here, shortcuts] = await Promise.all([
    fetchBooks(line),
    data.kept === 'yes' ? fetch(base + path, { headers: { accept: 'application/json' } }) : undefined,
    openKeptHere(`${data.company} ${data.user} ${path}`),
    fetchChosen(line, 'shortcuts'),
  ])
  if (found && !found.ok) throw new Error(String(found.status))
  const kept: OpeningAnswer = found ? await found.json() : { version: 0, resultAccount: null, rows: [] }
  const typed = (amount: number) => typedAmount(amount, locale)
  startSheet<OpeningAnswer, OpeningDesk>({
    line,
    path,
    data,
    here,
    shortcuts,
    kept,
    typed,
    rowsOf: (answer) => typedOpening(answer, typed),
    desk: (changed) =>
      new OpeningDesk({
        openingDate,
        books: booksOf(books!.facts),
        part: JSON.parse(data.part!) as OpeningPart,
        typed: typedOpening(kept, typed),
        changed,
      }),
    page: (...made) => new OpeningPage(...made),
    hears: 'opening-balance',
    of: openingDate,
  })
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('opening').dataset.locale ?? 'nb') as Locale
  byId('opening-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, openingText(locale, 'failed')),
  )
})
