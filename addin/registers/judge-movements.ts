import { fill, type Locale, month as monthText } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { withText } from '#i18n/problem-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import { isError } from '#worker/core/problem.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import type { MovementJudgement } from '#worker/takeover/movement-judgement.ts'
import { markChanges } from '../excel/mark-cells.ts'
import { type RegisterChange, type RegisterReading, registerAddress } from '../excel/register-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import { sumFormula } from './budget-sheet.ts'
import type { Marked } from './judge-budget.ts'
import type { SheetMovement } from './movement-sheet.ts'

type MonthState = 'draft' | 'booked' | 'changed' | 'reversed' | 'other'
export type Kept = {
  version: number
  rows: MovementRow[]
  keptMonths: Month[]
  months: { month: Month; state: MonthState }[]
}
/** What the sheet rests on: the plan, what balance accounts opened with, and the sheet as it is kept. */
export type Ground = { plan: TakeoverPlan; months: Month[]; opening: ReadonlyMap<string, Ore>; kept: Kept }
export type Found = { reading: RegisterReading; version: number; rows: SheetMovement[]; judgement: MovementJudgement }

/** The sheet of movements as the pane tells of it. */
export type MovementView = {
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
}

/** How each row of the sheet stands, as the cells that do not say it yet, and what the pane tells of the whole. */
export function judgedMovements(
  found: Found,
  ground: Ground,
  keptMonths: readonly Month[],
  books: Books,
  locale: Locale,
): { view: Omit<MovementView, 'offered'>; changes: RegisterChange[] } {
  const { reading, rows, judgement } = found
  const { months, kept } = ground
  const words = takeoverTexts[locale].sheet
  const states = new Set(kept.months.map(({ state }) => state))
  const stands = states.has('booked') || states.has('changed')
  const isChanged = states.has('changed') || contentOf(rows, keptMonths) !== contentOfKept(kept)
  const state = stands ? (isChanged ? 'changed' : 'booked') : states.has('reversed') ? 'reversed' : 'draft'
  const [wrong, doubtful]: [Marked[], Marked[]] = [[], []]
  const byRow = Map.groupBy(judgement.issues, ({ pointer }) => Number(/^#\/rows\/(\d+)\//.exec(pointer)?.[1] ?? -1))
  const changes = rows.flatMap(({ at, row, unread }, i): RegisterChange[] => {
    const told = [
      ...unread.map(({ field, text }) => ({
        level: 'error' as const,
        field: field as string,
        text: fill(words.unreadable, { text }, locale),
      })),
      ...(byRow.get(i) ?? []).map((issue) => ({
        level: issue.severity,
        field: issue.pointer.split('/').at(-1)!,
        text: withText(issue, locale).message,
      })),
    ]
    for (const { level, field, text } of told)
      (level === 'error' ? wrong : doubtful).push({ address: registerAddress(reading, at, field) ?? '', text })
    const worst = told.some(({ level }) => level === 'error') ? 'error' : told.length > 0 ? 'warning' : undefined
    const account = books.accounts.get(row.account)
    const wanted = {
      status: openingTexts[locale].rowStates[worst ?? (state === 'booked' ? 'booked' : 'ready')],
      message: told.map(({ text }) => text).join(' '),
      accountName: account ? (locale === 'nb' ? account.nameNb : account.nameEn) : '',
    }
    const sum = sumFormula(at, months, reading)
    const isSummed = String(reading.rows[at]!.formulas.sum ?? '').startsWith('=')
    return [
      ...Object.entries(wanted).flatMap(([column, value]) =>
        textOf(reading.rows[at]!.cells[column]) === value ? [] : [{ at, column, value }],
      ),
      ...(isSummed ? [] : [{ at, column: 'sum', value: sum, isFormula: true } as const]),
    ]
  })
  for (const issue of byRow.get(-1) ?? [])
    (isError(issue) ? wrong : doubtful).push({ address: '', text: withText(issue, locale).message })
  changes.push(...markChanges(reading, wrong, doubtful))
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
      wrong,
      doubtful,
    },
  }
}

/** Months that look like balances, and were not said to be movements. */
export const suspectOf = ({ months }: MovementJudgement): Month[] =>
  months.flatMap(({ month, cumulative, kept }) => (cumulative && !kept ? [month] : []))
/** Months of the plan that the sheet has no column for. */
export const missingOf = ({ places }: RegisterReading, months: readonly Month[]): Month[] =>
  months.filter((month) => !places.has(month))

/** What would be kept, as one text. */
const contentOf = (rows: readonly SheetMovement[], keptMonths: readonly Month[]): string =>
  told(
    rows.map(({ row }) => row),
    keptMonths,
  )
const contentOfKept = ({ rows, keptMonths }: Kept): string => told(rows, keptMonths)
const told = (rows: readonly MovementRow[], keptMonths: readonly Month[]): string =>
  JSON.stringify([
    rows.map(({ rowKey, account, amounts }) => [rowKey, account, Object.entries(amounts).sort()]).sort(),
    [...keptMonths].sort(),
  ])
