import { budgetText } from '#i18n/budget-text.ts'
import { h } from '../voucher/element.ts'
import { monthNames } from './budget-columns.ts'
import { type BudgetFacts, monthsSoFar, sumOf } from './budget-facts.ts'
import type { Row } from './budget-row.ts'
import { accountName, budgeted, movedIn, type Shown, seen } from './budget-shown.ts'

/** Under the grid: the line one is in month by month, with last year and this year's own figures beside it. */
export function showBeside(
  element: HTMLElement,
  shown: Shown | undefined,
  all: readonly Row[],
  facts: BudgetFacts,
  today: string,
): void {
  if (!shown || (!('rows' in shown) && shown.row.account === '')) {
    element.replaceChildren()
    return
  }
  const { locale, months } = facts
  const t = (key: Parameters<typeof budgetText>[1], params = {}) => budgetText(locale, key, params)
  const title =
    'rows' in shown
      ? t('besideSum', { name: shown.name })
      : t('besideTitle', { account: shown.row.account, name: accountName(shown.row.account, facts) })
  const lastYear = movedIn(shown, all, facts, 'lastYear')
  const thisYear = movedIn(shown, all, facts, 'thisYear')
  const budget = months.map((_, i) => {
    const amount = budgeted(shown, i)
    return typeof amount === 'number' ? amount : 0
  })
  const passed = monthsSoFar(months, today)
  const variance = thisYear.map((amount, i) => (i < passed ? amount - budget[i]! : undefined))
  const amountCell = (amount: number | undefined) =>
    h('td', { class: 'hb-num' }, amount === undefined || amount === 0 ? '' : seen(amount, shown, facts))
  const row = (name: string, amounts: readonly (number | undefined)[], kind: string) =>
    h(
      'tr',
      { 'data-kind': kind },
      h('th', { scope: 'row' }, name),
      ...amounts.map(amountCell),
      amountCell(sumOf(amounts.map((amount) => amount ?? 0))),
    )
  element.replaceChildren(
    h('h2', {}, title),
    h(
      'div',
      { class: 'hb-scrolls', tabindex: 0, role: 'region', 'aria-label': title },
      h(
        'table',
        { class: 'hb-table', 'data-density': 'tight' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('th', {}),
            ...monthNames(months, locale).map((name) => h('th', { class: 'hb-num' }, name)),
            h('th', { class: 'hb-num' }, t('total')),
          ),
        ),
        h(
          'tbody',
          {},
          row(t('lastYear'), lastYear, 'last-year'),
          row(t('budget'), budget, 'budget'),
          row(t('actual'), thisYear, 'actual'),
          row(t('difference'), variance, 'variance'),
        ),
      ),
    ),
  )
}
