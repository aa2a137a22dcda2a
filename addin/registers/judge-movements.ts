import { fill, type Locale, month as monthText } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import { controlTargets } from '#worker/opening-balance/takeover-plan.ts'
import type { MovementJudgement } from '#worker/takeover/movement-judgement.ts'
import type { RegisterChange } from '../excel/register-table.ts'
import type { Marked } from './judge-budget.ts'
import { isKept, missingOf, type ReadMonths, toldMonths } from './judge-months.ts'
import type { PlannedTakeover, TakeoverChecks, TakeoverView } from './takeover-view.ts'

type MonthState = 'draft' | 'booked' | 'changed' | 'reversed' | 'other'
export type Kept = {
  version: number
  rows: MovementRow[]
  keptMonths: Month[]
  months: { month: Month; state: MonthState }[]
}
/** What the sheet rests on: the plan and how far it has come, the opening balance, and the sheet as it is kept. */
export type Ground = { plan: PlannedTakeover; months: Month[]; opened: readonly OpeningRow[]; kept: Kept }
export type Found = ReadMonths & { judgement: MovementJudgement }

/** The sheet of movements as the pane tells of it. */
export type MovementView = TakeoverView & {
  checks: TakeoverChecks
  sheet: string
  rows: number
  months: readonly { name: string; says: string; rests: boolean }[]
  /** Months that look like balances, by name, and months of the plan that the sheet lacks. */
  suspect: string
  missing: string
  offered: string | undefined
  stands: boolean
  state: 'draft' | 'booked' | 'changed' | 'reversed'
  moved: boolean
  wrong: readonly Marked[]
  doubtful: readonly Marked[]
  news: readonly Marked[]
}

/** How each row of the sheet stands, as the cells that do not say it yet, and what the pane tells of the whole. */
export function judgedMovements(
  found: Found,
  ground: Ground,
  keptMonths: readonly Month[],
  books: Books,
  locale: Locale,
): { view: Omit<MovementView, 'offered' | 'news'>; changes: RegisterChange[] } {
  const { reading, rows, judgement } = found
  const { months, kept, opened } = ground
  const words = takeoverTexts[locale].sheet
  const states = new Set(kept.months.map(({ state }) => state))
  const stands = states.has('booked') || states.has('changed')
  const saysSame = [...keptMonths].sort().join() === [...kept.keptMonths].sort().join()
  const isChanged = states.has('changed') || !saysSame || !isKept(found, kept.rows)
  const state = stands ? (isChanged ? 'changed' : 'booked') : states.has('reversed') ? 'reversed' : 'draft'
  const atRest = openingTexts[locale].rowStates[state === 'booked' ? 'booked' : 'ready']
  const { changes, ...told } = toldMonths(found, judgement.issues, atRest, months, books, locale)
  const targets = controlTargets(
    opened,
    rows.map(({ row }) => row),
    books,
  )
  const named = (some: readonly Month[]) => some.map((month) => monthText(month, locale)).join(', ')
  return {
    changes,
    view: {
      sheet: reading.sheet,
      rows: rows.length,
      months: judgement.months.map(({ month, sum, accounts, cumulative, kept: isKept }) => {
        const isSuspect = cumulative !== null && !isKept
        const says =
          accounts === 0
            ? words.monthEmpty
            : isSuspect
              ? words.monthCumulative
              : sum === 0
                ? words.monthRight
                : fill(words.monthRest, { rest: -sum }, locale)
        return { name: monthText(month, locale), says, rests: sum !== 0 || isSuspect }
      }),
      suspect: named(suspectOf(judgement)),
      missing: named(missingOf(reading, months)),
      stands,
      state,
      moved: judgement.months.some(({ accounts }) => accounts > 0),
      // What open items must come to is told by the rows as they stand here.
      gauges: ground.plan.gauges.map((gauge) => ({ ...gauge, target: targets[gauge.account] ?? gauge.target })),
      openingSum: ground.plan.openingSum,
      splitTerm: ground.plan.splitTerm,
      checks: ground.plan,
      ...told,
    },
  }
}

/** Months that look like balances, and were not said to be movements. */
export const suspectOf = ({ months }: MovementJudgement): Month[] =>
  months.flatMap(({ month, cumulative, kept }) => (cumulative && !kept ? [month] : []))
