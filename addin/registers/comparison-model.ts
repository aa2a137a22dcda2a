import { addinComparison as en } from '#i18n/en/addin-comparison.ts'
import { fill } from '#i18n/format.ts'
import { addinComparison as nb } from '#i18n/nb/addin-comparison.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { sheetToldText } from '#i18n/sheet-import-text.ts'
import { directionOf, type Sign, signed } from '#worker/budgets/budget-sign.ts'
import { type ComparisonJudgement, judgeComparison } from '#worker/comparison/comparison-judgement.ts'
import type { Month } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { tell } from '#worker/imports/sheet-records.ts'
import { signOfMonths } from '#worker/imports/sheet-sign.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { PastedMovements } from '#worker/sheets/paste-movements.ts'
import type { RegisterChange } from '../excel/register-table.ts'
import type { PaneHands } from '../pane/pane-hands.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { readAmountCell } from '../sheet/read-cell.ts'
import { type Desk, inTurn } from '../vouchers/desk.ts'
import type { Marked } from './judge-budget.ts'
import { isKept, missingOf, type ReadMonths, toldMonths } from './judge-months.ts'
import { type Asked, cellOf, type MonthGround, MonthSheet, type Taken } from './month-sheet.ts'

export const comparisonTexts = { nb, en }
const COMPARISON_TABLE = 'tblFjorarstall'

type Kept = { version: number; rows: MovementRow[] }
/** Last year's figures as the pane tells of them, in øre. */
export type ComparisonView = Omit<ComparisonJudgement, 'issues'> & {
  sheet: string
  rows: number
  saved: boolean
  /** Months that the sheet lacks. */
  missing: readonly Month[]
  offered: string | undefined
  /** How the figures that were read are signed, where they do not prove it. */
  asked: Omit<Asked, 'printed'> | undefined
  wrong: readonly Marked[]
  doubtful: readonly Marked[]
  news: readonly Marked[]
}

/** The sheet of last year's figures: kept to be shown beside this year's, and never booked. */
export class ComparisonModel {
  readonly #hands: PaneHands
  readonly #sheet: MonthSheet<MonthGround>
  constructor(hands: PaneHands) {
    this.#hands = hands
    this.#sheet = new MonthSheet<MonthGround>(hands, {
      table: COMPARISON_TABLE,
      path: 'comparison',
      async fetch(desk) {
        const kept = await hands.api.get<Kept & { months: { month: Month }[] }>(desk.binding.company, 'comparison')
        return { kept, months: kept.months.map(({ month }) => month) }
      },
      heading: ({ months }, desk) => {
        const { locale } = hands.state()
        const words = comparisonTexts[locale]
        return {
          name: words.sheetName,
          head: [
            fill(words.heading, { from: months[0]!, to: months.at(-1)! }, locale),
            fill(words.sheetHead, { company: desk.binding.companyName }, locale),
          ],
        }
      },
      beside: () => ({}),
      show: (found, desk) => this.#show(found, desk),
    })
  }

  #show(found: ReadMonths | undefined, { books }: Desk): RegisterChange[] {
    const { set, state } = this.#hands
    if (!found) {
      set({ comparison: undefined })
      return []
    }
    const { ground, offered, asked, news } = this.#sheet
    const { months, kept } = ground
    const { locale } = state()
    const { reading, rows } = found
    const judged = judgeComparison(
      rows.map(({ row }) => row),
      months,
      books,
    )
    const atRest = openingTexts[locale].rowStates.ready
    const { changes, ...told } = toldMonths(found, judged.issues, atRest, months, books, locale)
    set({
      comparison: {
        sheet: reading.sheet,
        rows: rows.length,
        months: judged.months,
        balances: judged.balances,
        saved: isKept(found, kept.rows),
        missing: missingOf(reading, months),
        offered,
        asked,
        news,
        ...told,
      },
    })
    return changes
  }

  insertSheet = (): Promise<void> => this.#hands.withDesk('insert', (desk) => this.#sheet.insert(desk))
  look = (): Promise<void> => this.#sheet.lookInTurn()
  letStand = (): Promise<void> => this.#sheet.letStand()
  /** While something is asked, nothing of that report is taken: what was read before it stands. */
  undo = (): Promise<void> =>
    this.#inTurn('fix', async (desk) => {
      const { asked } = this.#sheet
      this.#sheet.ask(undefined)
      await (asked ? this.#sheet.look(desk) : this.#sheet.undo(desk))
    })
  refresh = (): Promise<void> => this.#inTurn('refresh', (desk) => this.#sheet.refresh(desk))

  /** Reads last year's result by month from the sheet in front, as it was printed. */
  readFront = (): Promise<void> =>
    this.#inTurn('insert', (desk) => {
      this.#sheet.ask(undefined)
      return this.#sheet.readFront(desk, (printed) => this.#taken(printed, desk))
    })
  /** The answer to how the figures are signed: of those that were read then, whatever is in front by now. */
  answer = (sign: string): Promise<void> =>
    this.#inTurn('insert', async (desk) => {
      const { printed } = this.#sheet.asked ?? {}
      if (printed) await this.#sheet.take(desk, printed, () => this.#taken(printed, desk, sign))
    })
  /** How income and cost are signed is recognised, and asked where the figures do not prove it. */
  #taken(printed: PastedMovements, { books }: Desk, answer?: string): Taken | undefined {
    const { sign, questions } = signOfMonths(printed.rows, books, answer)
    const { locale } = this.#hands.state()
    const [question] = questions
    this.#sheet.ask(
      question && {
        printed,
        text: sheetToldText(question.text, locale),
        choices: question.choices.map(({ value, text }) => ({ value, text: sheetToldText(text, locale) })),
      },
    )
    return question ? undefined : takenAs(sign, printed, books, sheetToldText(tell(`sign-${sign}`), locale))
  }

  /** Keeps the rows; what is the same already is not changed. */
  async save(): Promise<void> {
    await this.#inTurn('save', async (desk) => {
      await this.#sheet.look(desk)
      if (this.#hands.state().comparison?.wrong.length !== 0) return
      await this.#sheet.save(desk)
      await this.#sheet.look(desk)
    })
  }

  async goTo(address: string): Promise<void> {
    const { comparison } = this.#hands.state()
    if (comparison && address) await this.#hands.goTo(address, comparison.sheet)
  }

  #inTurn = (what: Parameters<PaneHands['withDesk']>[0], work: (desk: Desk) => Promise<void>): Promise<void> =>
    this.#hands.withDesk(what, (desk) => inTurn(desk, () => work(desk)))
}

/** What was printed, debit positive; a cell that cannot be read stands as it was. */
function takenAs(sign: Sign, { rows }: PastedMovements, books: Pick<Books, 'accounts'>, says: string): Taken {
  return {
    says: [says],
    rows: rows.map(({ account = '', ...months }) => {
      const direction = directionOf(account, books.accounts.get(account)?.type)
      const cells = Object.entries(months).map(([month, text]) => {
        const read = readAmountCell(text)
        return [month, read.kind === 'value' ? kronerOf(signed(ore(read.value), sign, direction)) : text]
      })
      return { account: cellOf(account), ...Object.fromEntries(cells) }
    }),
  }
}
