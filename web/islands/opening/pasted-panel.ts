import type { Locale } from '#i18n/format.ts'
import { type OpeningKey, openingText } from '#i18n/opening-text.ts'
import { sheetToldText } from '#i18n/sheet-import-text.ts'
import { h } from '../voucher/element.ts'
import type { PastedOpening } from './paste-opening.ts'

type Actions = {
  answer(of: string, value: string): void
  keep(): void
  turn(): void
  undo(): void
}

/** How a pasted list was read, a line each, what must be answered before it is taken, and what may still be chosen. */
export function showPastedOpening(
  element: HTMLElement,
  { told, questions }: PastedOpening,
  locale: Locale,
  actions: Actions,
): void {
  const t = (key: OpeningKey) => openingText(locale, key)
  const button = (text: string, variant: string, does: () => void) =>
    h('button', { class: 'ds-button', 'data-variant': variant, type: 'button', onclick: does }, text)
  const sentence = (one: PastedOpening['told'][number]) =>
    'of' in one ? sheetToldText(one, locale) : openingText(locale, one.key, one.params)
  element.replaceChildren(
    h(
      'div',
      { class: 'hb-notice', 'data-level': questions.length > 0 ? 'warning' : undefined },
      h('h2', {}, t('pastedTitle')),
      h('ul', { class: 'hb-told' }, ...told.map((one) => h('li', {}, sentence(one)))),
      ...questions.map((question) =>
        h(
          'div',
          { class: 'hb-question', role: 'group' },
          h('p', {}, sheetToldText(question.text, locale)),
          ...question.choices.map(({ value, text }) =>
            button(sheetToldText(text, locale), 'secondary', () => actions.answer(question.of, value)),
          ),
        ),
      ),
      h(
        'div',
        { class: 'hb-question' },
        questions.length === 0 && button(t('pastedKeep'), 'secondary', actions.keep),
        questions.length === 0 && button(t('pastedTurn'), 'tertiary', actions.turn),
        button(t('pastedUndo'), 'tertiary', actions.undo),
      ),
    ),
  )
}
