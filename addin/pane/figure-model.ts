/// <reference types="office-js" />
import { freeze, recalculate } from '../excel/figure-cells.ts'
import { readSelectedCell } from '../excel/selected-cell.ts'
import { drillDown } from '../reports/drill-down.ts'
import { refreshBooks } from '../vouchers/voucher-desk.ts'
import type { PaneHands } from './pane-hands.ts'

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
    try {
      const cell = await run(readSelectedCell)
      if (!cell) {
        set({ drill: undefined, peek: undefined })
        return
      }
      set({ drill: { cell, drilled: undefined, text: undefined }, peek: undefined })
      const drilled = await drillDown(cell, functions)
      if (state().drill?.cell === cell) set({ drill: { cell, drilled, text: undefined } })
    } catch (error) {
      const { drill } = state()
      if (drill) set({ drill: { ...drill, text: functions.failure(error).text } })
      else fail(error)
    }
  }

  async peek(voucher: string): Promise<void> {
    const { state, set, api, fail } = this.#hands
    const { company } = state()
    if (!company) return
    try {
      set({ peek: await api.voucher(company.id, voucher) })
    } catch (error) {
      fail(error)
    }
  }

  /** Draws every figure of the workbook anew, all from the newest version. When nobody answers, nothing is touched. */
  async refresh(): Promise<void> {
    const { run, set, functions } = this.#hands
    await this.#hands.withDesk('refresh', async (desk) => {
      await refreshBooks(desk) // asks first whether the server is there: cells that are not calculated keep what they show
      functions.refresh()
      set({ stale: 0 })
      await run(recalculate)
    })
  }

  /** Values in place of formulas. */
  async freeze(): Promise<void> {
    const { run, set } = this.#hands
    await this.#hands.withDesk('freeze', async () => {
      const { frozen, left } = await run(freeze)
      const [level, key] = left > 0 ? (['warning', 'frozenSome'] as const) : (['done', 'frozen'] as const)
      set({ notice: { level, key, params: { frozen, left } } })
    })
  }
}
