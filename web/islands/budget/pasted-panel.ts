import { type BudgetKey, budgetText } from '#i18n/budget-text.ts'
import { entryText } from '#i18n/entry-text.ts'
import { kroner, type Locale, month } from '#i18n/format.ts'
import { SIGNS, type Sign } from '#worker/budgets/budget-sign.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { Pasted, Told } from '#worker/sheets/paste-budget.ts'
import { h } from '../voucher/element.ts'
import { nameOf } from '../voucher/search.ts'

export type PastedShown = {
  pasted: Pasted
  sign: Sign
  replace: boolean
  /** Reads the sheet again with an answer; until then none of it is taken. */
  answer?: (of: string, value: string) => void
}
type Actions = {
  useSign(sign: Sign): void
  replace(): void
  keep(): void
  undo(): void
}

/** How a pasted sheet was read, a line each, and what may still be chosen. */
export function showPastedSheet(
  element: HTMLElement,
  shown: PastedShown | undefined,
  { locale, books, actions }: { locale: Locale; books: Books; actions: Actions },
): void {
  element.hidden = shown === undefined
  if (!shown) {
    element.replaceChildren()
    return
  }
  const t = (key: BudgetKey, params = {}) => budgetText(locale, key, params)
  const { pasted, sign } = shown
  const wordOf = (one: Sign) => t(one).toLowerCase()
  const signLine: Told = { key: 'pastedSign', params: { sign: wordOf(sign) } }
  const lines = [...pasted.told, signLine].map((told) => h('li', {}, toldText(told, locale, books)))
  const button = (text: string, variant: string, does: () => void) =>
    h('button', { class: 'ds-button', 'data-variant': variant, type: 'button', onclick: does }, text)
  element.replaceChildren(
    h(
      'div',
      { class: 'hb-notice' },
      h('h2', {}, t('pastedTitle')),
      h('p', { class: 'hb-small' }, t('pastedLines', { rows: pasted.lines.length, from: pasted.rows })),
      h('ul', { class: 'hb-told' }, ...lines),
      ...pasted.questions.map((question) =>
        h(
          'div',
          { class: 'hb-question', role: 'group' },
          h('p', {}, entryText(locale, question.key, question.params)),
          ...question.choices.map(({ value, key, params }) =>
            button(entryText(locale, key, params), 'secondary', () => shown.answer?.(question.of, value)),
          ),
          button(t('pastedUndo'), 'tertiary', actions.undo),
        ),
      ),
      pasted.questions.length === 0 &&
        h(
          'div',
          { class: 'hb-question' },
          button(t('pastedClose'), 'secondary', actions.keep),
          ...SIGNS.filter((one) => one !== sign).map((one) =>
            button(t('pastedTurn', { sign: wordOf(one) }), 'tertiary', () => actions.useSign(one)),
          ),
          !shown.replace && button(t('pastedReplace'), 'tertiary', actions.replace),
          button(t('pastedUndo'), 'tertiary', actions.undo),
        ),
    ),
  )
}

function toldText({ key, params }: Told, locale: Locale, books: Books): string {
  const filled = Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name === 'dimension') {
        const dimension = books.dimensions.get(String(value))
        return [name, (dimension ? nameOf(dimension, locale) : String(value)).toLowerCase()]
      }
      if (name === 'printed' || name === 'sum') return [name, kroner(Number(value), locale)]
      if (name === 'from' || name === 'to') return [name, month(String(value), locale)]
      return [name, value]
    }),
  )
  const spread = { key: budgetText(locale, 'even').toLowerCase() }
  return budgetText(locale, key, { ...spread, ...filled })
}
