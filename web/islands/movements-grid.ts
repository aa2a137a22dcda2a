// The sheet of movements in the browser: accounts down, months across, judged by the rules that book it, and saved while one types.
import 'handsontable/styles/handsontable.css'
import 'handsontable/styles/ht-theme-main-no-icons.css'
import '../styles/handsontable.css'
import '../styles/grid.css'
import '../styles/budget.css'
import type { Locale } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import { openingSums } from '#worker/takeover/movement-judgement.ts'
import { MovementDesk, typedMovements } from './movements/movement-desk.ts'
import { type MovementAnswer, MovementPage } from './movements/movement-page.ts'
import { typedAmount } from './opening/opening-page.ts'
import { openKeptHere } from './sheets/open-kept-here.ts'
import { startSheet } from './sheets/start-sheet.ts'
import { byId, h } from './voucher/element.ts'
import { fetchChosen } from './voucher/layouts.ts'
import { fetchBooks, type Line } from './voucher/send.ts'

async function start(): Promise<void> {
  const data = byId('movements').dataset as Record<string, string>
  const locale = data.locale as Locale
  const plan = JSON.parse(data.plan!) as TakeoverPlan
  const base = `/api/v1/companies/${data.company}`
  const path = '/takeover/movements'
  const line: Line = { base, locale, fetch: (...asked) => fetch(...asked), wait: async () => {} }
  const json = { headers: { accept: 'application/json' } }
  const [found, sheet, opened, here, shortcuts] = await Promise.all([
    fetchBooks(line),
    fetch(base + path, json),
    fetch(`${base}/opening-balances/${plan.openingDate}`, json),
    openKeptHere(`${data.company} ${data.user} ${path}`),
    fetchChosen(line, 'shortcuts'),
  ])
  if (!sheet.ok) throw new Error(String(sheet.status))
  const kept = (await sheet.json()) as MovementAnswer
  const opening = opened.ok ? ((await opened.json()) as { rows: OpeningRow[] }).rows : []
  const books = booksOf(found!.facts)
  const typed = (amount: number) => typedAmount(amount, locale)
  startSheet<MovementAnswer, MovementDesk>({
    line,
    path,
    data,
    here,
    shortcuts,
    kept,
    typed,
    rowsOf: (answer) => typedMovements(answer, typed),
    desk: (changed) =>
      new MovementDesk({
        plan,
        books,
        opening: openingSums(opening, books),
        typed: typedMovements(kept, typed),
        changed,
      }),
    page: (...made) => new MovementPage(...made),
    hears: 'movements',
    of: plan.cutOverDate,
  })
}

start().catch((error: unknown) => {
  console.error(error)
  const locale = (byId('movements').dataset.locale ?? 'nb') as Locale
  byId('movement-notices').replaceChildren(
    h('div', { class: 'hb-notice', 'data-level': 'error' }, takeoverTexts[locale].sheet.failed),
  )
})
