import type { EntryKey } from '#i18n/entry-text.ts'
import { decimalOf, readAmount } from './read-amount.ts'
import { type DayOrder, dayOrderOf, readSheetDate } from './read-day.ts'

/** What a paste was taken to mean, one line each; `warning` asks for a look. */
export type Told = { key: EntryKey; params?: Record<string, string | number | readonly string[]>; warning?: boolean }

/** Answers to what can be read in two ways, remembered for the source. */
export type Answers = {
  number?: 'decimal' | 'thousands'
  dayOrder?: DayOrder
  monthDay?: 'first' | 'last'
  /** What a rate of VAT means where several codes fit: `default`, the account's own, or one of the codes. */
  vatPercent?: string
  /** Rates far from the table's: as they stand, or per hundred. */
  rateUnit?: 'as-written' | 'per-100'
}
export type Question = {
  of: keyof Answers
  key: EntryKey
  params: Record<string, string | number>
  choices: readonly { value: string; key: EntryKey; params: Record<string, string | number> }[]
}

/** Asks what a figure with two readings is. Amounts are øre. */
export const whichNumber = (text: string, decimal: number, thousands: number): Question => ({
  of: 'number',
  key: 'askNumber',
  params: { text, decimal, thousands },
  choices: [
    { value: 'decimal', key: 'answerAmount', params: { amount: decimal } },
    { value: 'thousands', key: 'answerAmount', params: { amount: thousands } },
  ],
})

/** Reads the amounts and dates of one paste by what its columns prove and the user has answered. */
export type CellReader = {
  /** Øre, or the text where it cannot be read. */
  amount(text: string): number | string
  /** Øre where the text is an amount beyond doubt; nothing is counted by it. */
  figure(text: string): number | undefined
  /** An ISO day, or the text where it cannot be read. */
  date(text: string): string
  /** What was read in a way worth telling, and what must be asked; after all cells are read. */
  outcome(): { told: Told[]; questions: Question[] }
}

export function cellReader(amounts: readonly string[], dates: readonly string[], answers: Answers): CellReader {
  const decimal = decimalOf(amounts)
  const order = dayOrderOf(dates) ?? answers.dayOrder
  const count = { rounded: 0, thousands: 0, months: 0, serials: 0, unread: 0 }
  // The same texts come again and again: each is read once.
  const readAmountOf = remembering((text) => readAmount(text, decimal))
  const readDateOf = remembering((text) => readSheetDate(text, order))
  let doubtfulNumber: Question | undefined
  let doubtfulDate: Question | undefined
  let monthAsDay: Question | undefined

  return {
    amount(text) {
      const read = readAmountOf(text)
      if (read.kind === 'amount') return read.ore
      if (read.kind === 'empty') return ''
      if (read.kind === 'ambiguous' && answers.number) {
        count[answers.number === 'decimal' ? 'rounded' : 'thousands']++
        return answers.number === 'decimal' ? read.asDecimal : read.asThousands
      }
      if (read.kind === 'ambiguous') {
        doubtfulNumber ??= whichNumber(text, read.asDecimal, read.asThousands)
      } else count.unread++
      return text
    },
    figure(text) {
      const read = readAmountOf(text)
      return read.kind === 'amount' ? read.ore : undefined
    },
    date(text) {
      const read = readDateOf(text)
      if (read.kind === 'empty') return ''
      if (read.kind === 'ambiguous') {
        doubtfulDate ??= {
          of: 'dayOrder',
          key: 'askDate',
          params: { text },
          choices: [
            { value: 'day-first', key: 'answerDay', params: { day: read.dayFirst } },
            { value: 'month-first', key: 'answerDay', params: { day: read.monthFirst } },
          ],
        }
        return text
      }
      if (read.kind === 'unreadable') {
        count.unread++
        return text
      }
      if (read.how === 'serial') count.serials++
      if (read.how !== 'month') return read.day
      count.months++
      const first = `${read.day.slice(0, 8)}01`
      monthAsDay ??= {
        of: 'monthDay',
        key: 'askMonth',
        params: { text },
        choices: [
          { value: 'last', key: 'answerDay', params: { day: read.day } },
          { value: 'first', key: 'answerDay', params: { day: first } },
        ],
      }
      return answers.monthDay === 'first' ? first : read.day
    },
    outcome() {
      const told: Told[] = []
      if (decimal === '.') told.push({ key: 'toldPoint' })
      if (dayOrderOf(dates)) told.push({ key: order === 'day-first' ? 'toldDayFirst' : 'toldMonthFirst' })
      if (count.rounded > 0) told.push({ key: 'toldRounded', params: { n: count.rounded } })
      if (count.thousands > 0) told.push({ key: 'toldThousands', params: { n: count.thousands } })
      if (count.months > 0) told.push({ key: 'toldMonths', params: { n: count.months } })
      if (count.serials > 0) told.push({ key: 'toldSerials', params: { n: count.serials } })
      if (count.unread > 0) told.push({ key: 'toldUnread', params: { n: count.unread }, warning: true })
      const asked = [doubtfulNumber, doubtfulDate, answers.monthDay ? undefined : monthAsDay]
      return { told, questions: asked.filter((q) => q !== undefined) }
    },
  }
}

function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = read(text)
    known.set(text, found)
    return found
  }
}
