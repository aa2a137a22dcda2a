import type { Locale } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import type { JudgedMovements } from './book-movements.ts'
import type { Cockpit } from './read-cockpit.ts'

/** The cockpit as the API has it (features.md 4.7). Amounts in øre. */
export function cockpitAnswer(cockpit: Cockpit) {
  const { plan, movements, opening, items, proof } = cockpit
  const { rows: _, keptMonths: __, ...own } = plan
  return {
    ledgerVersion: cockpit.ledgerVersion,
    chainHead: cockpit.chainHead,
    ...own,
    itemsDate: cockpit.itemsDate,
    gauges: cockpit.gauges,
    openingSum: cockpit.openingSum,
    opening: opening ? { state: opening.opening.state, ...opening.judgement.counts } : null,
    openItems: items ? { state: items.opening.state, ...items.judgement.counts } : null,
    months: (movements?.months ?? []).map((month) => ({
      month: month.month,
      voucherDate: month.voucherDate,
      state: month.state,
      posted: month.state === 'booked',
      sum: month.sum,
      looksCumulative: month.cumulative !== null,
      kept: month.kept,
      voucher: month.voucher && { id: month.voucher.id, reversed: month.voucher.reversed },
    })),
    checklist: cockpit.checklist,
    earlier: cockpit.earlier,
    ageing: cockpit.ageing,
    splitTerm: cockpit.splitTerm,
    agrees: proof.agrees,
    controlList: controlAnswer(cockpit),
  }
}

/** The control list without its rows: what it came in, and where the ledger stands otherwise. */
export function controlAnswer({ control }: Pick<Cockpit, 'control'>) {
  if (!control) return null
  const { rows: _, explanationBefore: __, ...compared } = control
  return compared
}

/** The sheet of movements, judged. */
export const movementsAnswer = ({ plan, months, issues }: JudgedMovements, locale: Locale) => ({
  version: plan.version,
  rows: plan.rows,
  keptMonths: plan.keptMonths,
  months: months.map(({ draft: _, contentHash: __, voucher, ...month }) => ({
    ...month,
    voucher: voucher && {
      id: voucher.id,
      series: voucher.series,
      fiscalYear: voucher.fiscalYear,
      number: voucher.number,
      reversed: voucher.reversed,
    },
  })),
  issues: issues.map((issue) => withText(issue, locale)),
})
