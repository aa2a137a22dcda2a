/// <reference types="office-js" />

import type { Refreshed } from '../audit/refresh-block.ts'
import { readPlace } from '../excel/active-place.ts'
import type { Shown } from '../excel/figure-cells.ts'
import { type Desk, refreshBooks } from '../vouchers/desk.ts'
import type { PaneHands } from './pane-hands.ts'
import { paneTexts } from './pane-texts.ts'
import './report-texts.ts'

/** Read when first needed: a workbook of vouchers alone has no figures. */
const parts = () => import('../reports/figure-parts.ts')

/** How long recalculated cells are waited for, and between two looks, in milliseconds: Excel takes results twice a second. */
const [LONGEST, LOOK] = [30_000, 600]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A document as the pane can show it, an image or a PDF; undefined for what is neither, or is too large to be carried in a page. */
async function imageOf(api: PaneHands['api'], company: string, id: string): Promise<string | undefined> {
  const { mediaType, size } = await api.get<{ mediaType: string; size: number }>(company, `documents/${id}`)
  if (!/^(image\/(png|jpeg|webp)|application\/pdf)$/.test(mediaType) || size > LARGEST_IMAGE) return undefined
  const bytes = await api.file(company, `documents/${id}/content`)
  let text = ''
  for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192))
  return `data:${mediaType};base64,${btoa(text)}`
}
const LARGEST_IMAGE = 8_000_000

/** Figures in cells: what is behind them, drawn anew, frozen. */
export class FigureModel {
  readonly #hands: PaneHands
  constructor(hands: PaneHands) {
    this.#hands = hands
  }

  /** What is behind the selected cell. */
  async selected(): Promise<void> {
    const { run, set, state, functions, fail, desk } = this.#hands
    if (!desk()) return
    const nothing = { peek: undefined, cells: undefined, document: undefined }
    const asked = ++this.#asked
    try {
      const { readSelectedCell, drillDown, figureNow, voucherOfCell } = await parts()
      const cell = await run(readSelectedCell)
      if (asked !== this.#asked) return // another cell was selected meanwhile
      if (!cell) {
        set({ drill: undefined, ...nothing })
        return
      }
      const drill = { cell, drilled: undefined, text: undefined, now: undefined }
      set({ drill, ...nothing })
      const own = await voucherOfCell(cell, functions)
      if (own) {
        if (state().drill?.cell !== cell) return
        set({ drill: { ...drill, company: own.company, text: paneTexts(state().locale).report.voucherOfRow } })
        await this.peek(own.voucher)
        return
      }
      const drilled = await drillDown(cell, functions)
      const text = drilled ? undefined : paneTexts(state().locale).report.noEntries
      if (state().drill?.cell === cell)
        set({ drill: { ...drill, ...(drilled && { company: drilled.company }), drilled, text } })
      if (!drilled || (state().stale === 0 && !cell.block)) return
      const now = await figureNow(cell, functions)
      if (state().drill?.cell === cell) set({ drill: { ...drill, company: drilled.company, drilled, now } })
    } catch (error) {
      if (asked !== this.#asked) return
      const { drill } = state()
      if (drill) set({ drill: { ...drill, text: functions.failure(error).text } })
      else fail(error)
    }
  }

  #asked = 0

  /** The voucher that the selected cell is of: its row's, or the first that its figure is made of. */
  async showVoucher(): Promise<void> {
    const { state, set } = this.#hands
    set({ tab: 'report', notice: undefined, changes: undefined })
    await this.selected()
    const { drill, peek, vouchers, locale } = state()
    const first = drill?.drilled?.lines[0]?.voucherId
    if (peek) return
    if (first) return this.peek(first)
    if (drill || !vouchers) return
    const [cell, { voucherAt }] = await Promise.all([this.#hands.run(readPlace), import('./voucher-view.ts')])
    const voucher = voucherAt(vouchers, cell)
    if (!voucher?.sent?.name) return
    const shown = { address: `${cell.sheet}!${cell.row + 1}`, formula: '', value: '', calls: [] }
    const text = paneTexts(locale).report.voucherOfRow
    set({ drill: { cell: shown, drilled: undefined, text, now: undefined } })
    await this.peek(voucher.id)
  }

  async peek(voucher: string): Promise<void> {
    const { state, set, api, fail } = this.#hands
    const company = state().drill?.company ?? state().company?.id
    if (!company) return
    try {
      const found = await api.voucher(company, voucher)
      set({ peek: found, cells: undefined, document: undefined })
      const [first] = found?.documents ?? []
      if (first) await this.showDocument(voucher, first)
    } catch (error) {
      fail(error)
    }
  }

  /** Shows one of the documents of the voucher in view. */
  async showDocument(voucher: string, document: { id: string; stamp: number }): Promise<void> {
    const { state, set, api, fail } = this.#hands
    const company = state().drill?.company ?? state().company?.id
    if (!company) return
    const shown = { voucher, ...document, image: undefined }
    set({ document: shown })
    try {
      const image = await imageOf(api, company, document.id)
      if (state().document?.id === document.id) set({ document: { ...shown, image } })
    } catch (error) {
      fail(error)
    }
  }

  /** The entries behind the cell as a sheet of their own. */
  async toSheet(): Promise<void> {
    const { run, set, state } = this.#hands
    await this.#hands.withDesk('toSheet', async () => {
      const { drill, locale } = state()
      if (!drill?.drilled) return
      const { writeEntries } = await import('../reports/entries-sheet.ts')
      const { cell, drilled } = drill
      await run((context) => writeEntries(context, cell, drilled, locale))
      set({ notice: { level: 'done', key: 'entriesWritten', params: { rows: drilled.lines.length } } })
    })
  }

  /** The workbook's cells that the voucher in view counts in. */
  async cellsOfPeek(): Promise<void> {
    const { run, set, state, functions } = this.#hands
    await this.#hands.withDesk('cells', async ({ binding: { company } }) => {
      const { peek } = state()
      if (!peek) return
      const { cellsOfVoucher } = await import('../reports/cells-of-voucher.ts')
      set({ cells: await run((context) => cellsOfVoucher(context, functions, company, peek)) })
    })
  }

  /**
   * Draws every figure and every pulled report of the workbook anew, all from the newest version, and tells what became
   * another figure. When nobody answers, nothing is touched.
   */
  async refresh(): Promise<void> {
    const { run, set, state, functions } = this.#hands
    await this.#hands.withDesk('refresh', async (desk, signal) => {
      const { changedCells, readShown, recalculate } = await parts()
      await refreshBooks(desk) // asks first whether the server is there: cells that are not calculated keep what they show
      const before = await run(readShown)
      await functions.renew()
      set({ stale: 0 })
      await run(recalculate)
      const changed = changedCells(before, await this.#settled(signal))
      const refreshed = await this.#refreshBlocks(desk, signal)
      for (const { changed: more } of refreshed) changed.push(...more)
      const blocked = refreshed.filter(({ blocked }) => blocked !== false)
      const byColumns = blocked.some(({ blocked }) => blocked === 'columns')
      // A sheet that is protected or renamed takes no lists; the figures stand.
      if (state().vouchers) await this.#refreshChoices(desk).catch(() => {})
      set({
        changes: changed,
        notice:
          blocked.length > 0
            ? { level: 'warning', key: byColumns ? 'older' : 'blocked', params: { reports: blocked.length } }
            : { level: 'done', key: changed.length > 0 ? 'refreshed' : 'unchanged', params: { cells: changed.length } },
      })
    })
  }

  /** Accounts, parties and codes that were registered since the voucher sheet was made stand in its lists. */
  async #refreshChoices(desk: Desk): Promise<void> {
    const { run, state } = this.#hands
    const { vouchers, locale } = state()
    const { sheet, firstRow, read, columns } = vouchers!
    const where = { firstRow, rows: read.length, columns: [...columns].map(([place, id]) => ({ id, place })) }
    const offered = JSON.stringify([desk.booksTag, locale, sheet, where])
    if (offered === this.#offered) return
    const { choiceListsOf, offerChoices } = await import('../excel/choice-lists.ts')
    await run(async (context) => {
      const found = context.workbook.worksheets.getItemOrNullObject(sheet)
      found.load('id')
      await context.sync()
      if (!found.isNullObject)
        await offerChoices(context, choiceListsOf(desk.books, locale), { sheet: found, ...where })
    })
    this.#offered = offered
  }
  /** What the lists were last written for: they are as long as the registers. */
  #offered = ''

  /** What the sheets show when no cell waits any more. */
  async #settled(signal: AbortSignal): Promise<Shown> {
    const { run, functions } = this.#hands
    const { changedCells, isCalculating, readShown } = await parts()
    let shown = await run(readShown)
    for (const until = Date.now() + LONGEST; Date.now() < until && !signal.aborted; ) {
      if (shown.size === 0) return shown
      await pause(LOOK)
      const before = shown
      shown = await run(readShown)
      const waits = [...functions.sources.values()].some(({ state }) => state.waiting > 0)
      if (!waits && !isCalculating(shown) && changedCells(before, shown).length === 0) break
    }
    return shown
  }

  /** All from the version that the figures are of. */
  async #refreshBlocks({ api, binding: { company } }: Desk, signal: AbortSignal) {
    const { run, now, functions } = this.#hands
    const { readSeals, refreshBlock } = await import('../audit/audit-parts.ts')
    const done: Refreshed[] = []
    const seals = await run(readSeals)
    if (seals.length === 0) return done
    const atVersion = await functions.source(company).version()
    for (const seal of seals) {
      if (signal.aborted) break
      const around = { api, company, atVersion, now: new Date(now()).toISOString() }
      const refreshed = await run((context) => refreshBlock(context, around, seal))
      if (refreshed) done.push(refreshed)
    }
    return done
  }

  /** Values in place of formulas, with a list of what each was. */
  async freeze(): Promise<void> {
    const { run, set, state, functions, now } = this.#hands
    await this.#hands.withDesk('freeze', async ({ binding: { company } }) => {
      const { freezeFigures } = await parts()
      const source = functions.source(company)
      const { user, locale } = state()
      // Cells that only kept what they showed are of no version that is known here.
      const version = source.figures > 0 ? source.state.ledgerVersion : undefined
      const at = new Date(now()).toISOString()
      const { frozen, left } = await run((context) => freezeFigures(context, { at, user, version, locale }))
      const [level, key] = left > 0 ? (['warning', 'frozenSome'] as const) : (['done', 'frozen'] as const)
      set({ notice: { level, key, params: { frozen, left } } })
    })
  }
}
