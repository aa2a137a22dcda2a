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
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import type { OpeningPart } from '#worker/opening-balance/takeover-plan.ts'
import { cellsOfRow } from './opening/opening-cells.ts'
import { OpeningDesk } from './opening/opening-desk.ts'
import { OpeningPage, typedAmount } from './opening/opening-page.ts'
import { byId, h } from './voucher/element.ts'
import { fetchBooks } from './voucher/send.ts'

type Answer = { version: number; resultAccount: string | null; rows: OpeningRow[] }

async function start(): Promise<void> {
  const data = byId('opening').dataset as Record<string, string>
  const locale = data.locale as Locale
  const openingDate = data.date as IsoDate
  const base = `/api/v1/companies/${data.company}`
  const path = `${base}/opening-balances/${openingDate}`
  const line = { base, locale, fetch: (...asked: Parameters<typeof fetch>) => fetch(...asked), wait: async () => {} }
  const [books, found] = await Promise.all([
    fetchBooks(line),
    data.kept === 'yes' ? fetch(path, { headers: { accept: 'application/json' } }) : undefined,
  ])
  if (found && !found.ok) throw new Error(String(found.status))
  const kept = found ? ((await found.json()) as Answer) : { version: 0, resultAccount: null, rows: [] }
  let { version } = kept
  let page: OpeningPage | undefined
  const desk = new OpeningDesk({
    openingDate,
    books: booksOf(books!.facts),
    resultAccount: kept.resultAccount,
    part: JSON.parse(data.part!) as OpeningPart,
    rows: kept.rows.map((row) => ({ id: row.rowKey, cells: cellsOfRow(row, (amount) => typedAmount(amount, locale)) })),
    changed: () => page?.changed(),
  })
  page = new OpeningPage(desk, locale, {
    licenceKey: data.licenceKey!,
    writable: data.writable === 'yes',
    async save() {
      const response = await fetch(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': `"${version}"` },
        body: JSON.stringify(desk.content),
      }).catch(() => undefined)
      if (!response || response.status >= 500) return 'lost'
      if (response.status === 401) return 'signed-out'
      if (!response.ok) return 'stale'
      version = ((await response.json()) as Answer).version
      return 'saved'
    },
  })
  page.start()
  const form = byId<HTMLFormElement>('booking')
  form.addEventListener('submit', async (event) => {
    if (byId('book').getAttribute('aria-disabled') === 'true') {
      event.preventDefault()
      return
    }
    if (!page.isUnsaved) return
    event.preventDefault()
    if (await page.save()) form.requestSubmit()
  })
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('opening').dataset.locale ?? 'nb') as Locale
  byId('opening-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, openingText(locale, 'failed')),
  )
})
