import { budgetText } from '#i18n/budget-text.ts'
import { h } from '../voucher/element.ts'
import { monthNames } from './budget-columns.ts'
import type { BudgetFacts } from './budget-facts.ts'
import type { Row } from './budget-row.ts'
import { type Shown, textIn } from './budget-shown.ts'

/** The whole budget as a plain table: what is printed, and what a narrow screen reads. A grid draws only what is in view. */
export function showPlain(
  element: HTMLElement,
  shown: readonly Shown[],
  all: readonly Row[],
  facts: BudgetFacts,
): void {
  const { locale, months } = facts
  const fields = ['account', 'accountName', ...months.map((_, i) => `m${i}`), 'total']
  const t = (key: Parameters<typeof budgetText>[1]) => budgetText(locale, key)
  const titles = [t('account'), t('accountName'), ...monthNames(months, locale), t('total')]
  const isAmount = (field: string) => field === 'total' || /^m\d/.test(field)
  const classOf = (field: string) =>
    [isAmount(field) ? 'hb-num' : field === 'account' ? 'hb-accno' : '', /^m\d/.test(field) ? 'hb-only-wide' : '']
      .filter(Boolean)
      .join(' ') || undefined
  element.replaceChildren(
    h(
      'table',
      { class: 'hb-table', 'data-density': 'tight' },
      h('thead', {}, h('tr', {}, ...titles.map((title, i) => h('th', { class: classOf(fields[i]!) }, title)))),
      h(
        'tbody',
        {},
        ...shown
          .filter((one) => one.kind !== 'new')
          .map((one) =>
            h(
              'tr',
              { class: 'rows' in one ? (one.kind === 'result' ? 'hb-sum hb-result' : 'hb-group') : undefined },
              ...fields.map((field) => {
                const { text } = textIn(one, field, all, facts)
                const values =
                  field === 'accountName' && !('rows' in one) ? Object.values(one.row.dimensions).join(' ') : ''
                return h('td', { class: classOf(field) }, values ? `${text} (${values})` : text)
              }),
            ),
          ),
      ),
    ),
  )
}
