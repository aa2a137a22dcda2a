/** @jsxImportSource hono/jsx/dom */
import { entryText } from '#i18n/entry-text.ts'
import { day, kroner } from '#i18n/format.ts'
import { PLAN_TEXTS, shownMonths } from '#web/islands/voucher/plan-shown.ts'
import type { ViewProps } from './parts.tsx'
import { voucherAt } from './voucher-view.ts'

/** What the scripts of the voucher in the selected row book in other months. */
export function PlansView({ state }: ViewProps) {
  const { locale } = state
  const plans = voucherAt(state.vouchers, state.place)?.judgement.plans ?? []
  return (
    <>
      {plans.map((plan) => (
        <table class="hb-table">
          <caption class="hb-quiet">{entryText(locale, PLAN_TEXTS[plan.kind], { n: plan.months.length })}</caption>
          <tbody>
            {shownMonths(plan).map((month) => (
              <tr>
                <td>
                  {month ? day(month.draft.voucherDate) : '…'}
                  {month?.waits ? <span class="hb-quiet"> · {entryText(locale, 'planWaits')}</span> : null}
                </td>
                <td class="hb-num">{month ? kroner(month.amount, locale) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  )
}
