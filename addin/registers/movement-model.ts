import { fill } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import { movementMonthsOf } from '#worker/opening-balance/takeover-plan.ts'
import { asMovements } from '#worker/takeover/cumulative.ts'
import { judgeMovements, openingSums } from '#worker/takeover/movement-judgement.ts'
import { Refused } from '../api/ledger-api.ts'
import type { RegisterChange } from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { textOf } from '../sheet/read-cell.ts'
import { type Desk, inTurn, refreshBooks } from '../vouchers/desk.ts'
import type { ReadMonths } from './judge-months.ts'
import { type Found, type Ground, judgedMovements, type Kept, suspectOf } from './judge-movements.ts'
import { MonthSheet } from './month-sheet.ts'
import { cellsOfMovement, MOVEMENT_TABLE } from './movement-sheet.ts'
import type { PlannedTakeover } from './takeover-view.ts'

/** The sheet of movements: filled in, judged by the rules that book it, kept on the server, and booked month by month. */
export class MovementModel {
  readonly #hands: PaneHands
  readonly #sheet: MonthSheet<Ground>
  #keptMonths: readonly Month[] = []
  constructor(hands: PaneHands) {
    this.#hands = hands
    this.#sheet = new MonthSheet<Ground>(hands, {
      table: MOVEMENT_TABLE,
      path: 'takeover/movements',
      fetch: (desk) => this.#fetch(desk),
      heading: ({ months }, desk) => {
        const { locale } = hands.state()
        const words = takeoverTexts[locale].sheet
        return {
          name: words.sheetName,
          head: [
            fill(words.heading, { from: months[0]!, to: months.at(-1)! }, locale),
            fill(words.sheetHead, { company: desk.binding.companyName }, locale),
          ],
        }
      },
      beside: () => ({ keptMonths: this.#keptMonths }),
      show: (found, desk) => this.#show(found, desk),
    })
  }

  async #fetch(desk: Desk): Promise<Ground> {
    const { api } = this.#hands
    const { company } = desk.binding
    const [plan, kept] = await Promise.all([
      api.get<PlannedTakeover>(company, 'takeover'),
      api.get<Kept>(company, 'takeover/movements'),
    ])
    const { rows } = await api
      .get<{ rows: OpeningRow[] }>(company, `opening-balances/${plan.openingDate}`)
      .catch((error: unknown) => {
        if (error instanceof Refused && error.code === 'opening-balance/unknown') return { rows: [] }
        throw error
      })
    this.#keptMonths = kept.keptMonths
    return { plan, months: movementMonthsOf(plan, desk.books).map(({ month }) => month), opened: rows, kept }
  }

  #judged(found: ReadMonths, { books }: Desk): Found {
    const { plan, opened } = this.#sheet.ground
    const sheet = { rows: found.rows.map(({ row }) => row), keptMonths: [...this.#keptMonths] }
    return { ...found, judgement: judgeMovements(sheet, plan, openingSums(opened, books), books) }
  }
  #show(found: ReadMonths | undefined, desk: Desk): RegisterChange[] {
    const { set, state } = this.#hands
    if (!found) {
      set({ movements: undefined })
      return []
    }
    const { ground, offered, news } = this.#sheet
    const judged = this.#judged(found, desk)
    const { view, changes } = judgedMovements(judged, ground, this.#keptMonths, desk.books, state().locale)
    set({ movements: { ...view, offered, news } })
    return changes
  }

  insertSheet = (): Promise<void> => this.#hands.withDesk('insert', (desk) => this.#sheet.insert(desk))
  look = (): Promise<void> => this.#sheet.lookInTurn()
  /** Reads accounts and months from the sheet in front, as the old system printed them; what came in can be undone. */
  readFront = (): Promise<void> => this.#inTurn('insert', (desk) => this.#sheet.readFront(desk))
  letStand = (): Promise<void> => this.#sheet.letStand()
  undo = (): Promise<void> => this.#inTurn('fix', (desk) => this.#sheet.undo(desk))
  refresh = (): Promise<void> => this.#inTurn('refresh', (desk) => this.#sheet.refresh(desk))

  /** Turns the months that look like balances into movements: shown in the sheet, to be let stand or undone. */
  async turn(): Promise<void> {
    await this.#inTurn('fix', async (desk) => {
      const found = await this.#sheet.keyed(desk)
      if (!found) return
      const { plan, months, opened } = this.#sheet.ground
      const columns = movementMonthsOf(plan, desk.books)
      const turning = new Set(suspectOf(this.#judged(found, desk).judgement))
      const rows = found.rows.map(({ row }) => row)
      const turned = asMovements(rows, turning, columns, openingSums(opened, desk.books), desk.books)
      const changes = turned.flatMap((row, i): RegisterChange[] => {
        const { at } = found.rows[i]!
        const { cells } = found.reading.rows[at]!
        return Object.entries(cellsOfMovement(row, months, found.version)).flatMap(([column, value]) =>
          !months.includes(column as Month) || textOf(cells[column]) === textOf(value) ? [] : [{ at, column, value }],
        )
      })
      await this.#sheet.offer(found.reading, changes, takeoverTexts[this.#hands.state().locale].sheet.turned)
      await this.#sheet.look(desk)
    })
  }

  /** They are movements all the same. */
  async keep(): Promise<void> {
    await this.#inTurn('save', async (desk) => {
      const found = await this.#sheet.read(desk)
      if (!found) return
      this.#keptMonths = [...new Set([...this.#keptMonths, ...suspectOf(this.#judged(found, desk).judgement)])]
      await this.#save(desk)
    })
  }

  /** Keeps the rows on the server, where colleagues and the web page see them. Nothing is booked. */
  save = (): Promise<void> => this.#inTurn('save', (desk) => this.#save(desk))
  async #save(desk: Desk): Promise<void> {
    if (await this.#sheet.save(desk)) await this.#readPlan(desk)
    await this.#sheet.look(desk)
  }
  /** Its checklist is of the saved figures. */
  async #readPlan({ binding }: Desk): Promise<void> {
    this.#sheet.rest({ plan: await this.#hands.api.get<PlannedTakeover>(binding.company, 'takeover') })
  }

  /** Saves, and books each month as one voucher; a month that is booked already as it stands is not booked again. */
  async book(): Promise<void> {
    await this.#inTurn('post', async (desk) => {
      if (await this.#sheet.save(desk))
        await this.#done(desk, 'booking', { replace: this.#hands.state().movements?.stands ?? false })
      await this.#sheet.look(desk)
    })
  }
  /** Undoes the booking by one reversal a month; the rows stay. */
  async reverse(): Promise<void> {
    await this.#inTurn('post', async (desk) => {
      await this.#done(desk, 'reversal', {})
      await this.#sheet.look(desk)
    })
  }
  async #done(desk: Desk, what: 'booking' | 'reversal', body: object): Promise<void> {
    const path = `/api/v1/companies/${desk.binding.company}/takeover/movements/${what}`
    const { body: kept } = await this.#hands.api.call<Kept>(path, { body })
    this.#sheet.rest({ kept }) // also where nobody answers what follows
    await this.#readPlan(desk)
    await refreshBooks(desk)
  }

  async goTo(address: string): Promise<void> {
    const { movements } = this.#hands.state()
    if (movements && address) await this.#hands.goTo(address, movements.sheet)
  }

  #inTurn = (what: Parameters<PaneHands['withDesk']>[0], work: (desk: Desk) => Promise<void>): Promise<void> =>
    this.#hands.withDesk(what, (desk) => inTurn(desk, () => work(desk)))
}
