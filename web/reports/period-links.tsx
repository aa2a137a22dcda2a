import {
  addDays,
  addMonths,
  firstDay,
  type IsoDate,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
} from '#worker/core/dates.ts'
import { fiscalYearOf } from '#worker/ledger/books.ts'
import { readFiscalYears } from '#worker/periods/store.ts'
import type { Days } from '#worker/reports/period-range.ts'
import { Icon } from '../icon.tsx'
import { type Page, textsOf } from '../page.tsx'
import { addressWith } from './report-choices.tsx'

type Props = { c: Page; days: Days; today: IsoDate }

/** The range before and after this one, and the usual ones around its last day; each is an address, so keys and Back work. */
export async function PeriodLinks({ c, days, today }: Props) {
  const { statements } = textsOf(c)
  const t = statements.periods
  const link = (text: string, own: Days, key?: string) => (
    <a
      href={hrefTo(c, own)}
      aria-current={own.fromDate === days.fromDate && own.toDate === days.toDate ? 'true' : undefined}
      data-key={key}
    >
      {text}
    </a>
  )
  const own = fiscalYearOf(days.toDate, { fiscalYears: await readFiscalYears(c.var.db) })
  const year = own ? { fromDate: own.firstDate, toDate: own.lastDate } : calendarYear(days.toDate)
  const { month, quarter } = around(days.toDate)
  const toDate = { fromDate: year.fromDate, toDate: year.toDate < today ? year.toDate : lastDay(monthOf(today)) }
  return (
    <nav class="hb-periods hb-no-print" aria-label={t.label}>
      <a href={hrefTo(c, moved(days, -1))} data-key="P" rel="prev">
        <Icon name="right" /> {t.previous}
      </a>
      {link(t.month, month)}
      {link(t.quarter, quarter)}
      {link(t.year, year)}
      {toDate.toDate > toDate.fromDate && link(t.toDate, toDate)}
      <a href={hrefTo(c, moved(days, 1))} data-key="N" rel="next">
        {t.next} <Icon name="right" />
      </a>
    </nav>
  )
}

const hrefTo = (c: Page, { fromDate, toDate }: Days): string =>
  addressWith(c, { fromDate, toDate, period: undefined, column: undefined, cursor: undefined })

const calendarYear = (day: IsoDate): Days => ({
  fromDate: `${day.slice(0, 4)}-01-01` as IsoDate,
  toDate: `${day.slice(0, 4)}-12-31` as IsoDate,
})

function around(day: IsoDate): { month: Days; quarter: Days } {
  const month = monthOf(day)
  const first = addMonths(month, -((Number(month.slice(5)) - 1) % 3))
  return {
    month: { fromDate: firstDay(month), toDate: lastDay(month) },
    quarter: { fromDate: firstDay(first), toDate: lastDay(addMonths(first, 2)) },
  }
}

/** The range just before or after, as long as this one: whole months stay whole months. */
function moved({ fromDate, toDate }: Days, by: 1 | -1): Days {
  const [from, to] = [monthOf(fromDate), monthOf(toDate)]
  if (fromDate === firstDay(from) && toDate === lastDay(to)) {
    const length = monthsBetween(from, to).length
    const shifted = (m: Month) => addMonths(m, by * length)
    return { fromDate: firstDay(shifted(from)), toDate: lastDay(shifted(to)) }
  }
  const length = (Date.parse(toDate) - Date.parse(fromDate)) / 86_400_000 + 1
  return { fromDate: addDays(fromDate, by * length), toDate: addDays(toDate, by * length) }
}
