// The sheet of movements in the browser: accounts down, months across, judged by the rules that book it, and saved while one types.
import 'handsontable/styles/handsontable.css'
import 'handsontable/styles/ht-theme-main-no-icons.css'
import '../styles/handsontable.css'
import '../styles/grid.css'
import '../styles/budget.css'
import type { Locale } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { openingSums } from '#worker/takeover/movement-judgement.ts'
import { MovementDesk, typedRow } from './movements/movement-desk.ts'
import { MovementPage } from './movements/movement-page.ts'
import { typedAmount } from './opening/opening-page.ts'
import { byId, h } from './voucher/element.ts'
import { fetchBooks } from './voucher/send.ts'

type Answer = { version: number; rows: MovementRow[]; keptMonths: Month[] }

async function start(): Promise<void> {
  const data = byId('movements').dataset as Record<string, string>
  const locale = data.locale as Locale
  const plan = JSON.parse(data.plan!) as TakeoverPlan
  const base = `/api/v1/companies/${data.company}`
  const path = `${base}/takeover/movements`
  const line = { base, locale, fetch: (...asked: Parameters<typeof fetch>) => fetch(...asked), wait: async () => {} }
  const json = { headers: { accept: 'application/json' } }
  const [found, sheet, opened] = await Promise.all([
    fetchBooks(line),
    fetch(path, json),
    fetch(`${base}/opening-balances/${plan.openingDate}`, json),
  ])
  if (!sheet.ok) throw new Error(String(sheet.status))
  const kept = (await sheet.json()) as Answer
  const opening = opened.ok ? ((await opened.json()) as { rows: OpeningRow[] }).rows : []
  const books = booksOf(found!.facts)
  const typed = (amount: number) => typedAmount(amount, locale)
  let { version } = kept
  let page: MovementPage | undefined
  const desk = new MovementDesk({
    plan,
    books,
    opening: openingSums(opening, books),
    typed: { rows: kept.rows.map((row) => typedRow(row, typed)), keptMonths: kept.keptMonths },
    changed: () => page?.changed(),
  })
  page = new MovementPage(desk, locale, {
    licenceKey: data.licenceKey!,
    writable: data.writable === 'yes',
    async save() {
      const response = await fetch(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': `"${version}"` },
        body: JSON.stringify(desk.content),
      }).catch(() => undefined)
      if (!response || response.status >= 500) return 'lost'
      if (response.status === 401) return 'signedOut'
      if (!response.ok) return 'stale'
      version = ((await response.json()) as Answer).version
      return 'saved'
    },
  })
  page.start()
  document.getElementById('booking')?.addEventListener('submit', async (event) => {
    if (byId('book').getAttribute('aria-disabled') === 'true') event.preventDefault()
    else if (page.isUnsaved) {
      event.preventDefault()
      if (await page.save()) byId<HTMLFormElement>('booking').requestSubmit()
    }
  })
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('movements').dataset.locale ?? 'nb') as Locale
  byId('movement-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, takeoverTexts[locale].sheet.failed),
  )
})
