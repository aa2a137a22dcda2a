import { entryText, meaningText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Answers, Question, Told } from '#worker/sheets/paste-cells.ts'
import { h, icon } from './element.ts'
import type { Entry } from './entry.ts'
import type { Pasted } from './pasting.ts'

export type PastedPort = {
  readonly entry: Entry
  answer(of: keyof Answers, value: string): void
  undo(): void
  asOne(): void
  close(): void
}

/** How a paste was read, one line each, and what must be asked. Stays until it is put away: it may be needed again. */
export function showPasted(mount: HTMLElement, pasted: Pasted | undefined, port: PastedPort): void {
  mount.hidden = !pasted
  mount.replaceChildren()
  if (!pasted) return
  const { locale } = port.entry.court
  const before = port.entry.postedBefore.length
  const { rows, vouchers, told, questions } = pasted
  const heading =
    vouchers === undefined
      ? entryText(locale, 'pasteBlock', { rows })
      : entryText(locale, vouchers === 1 ? 'pasteHeadingOne' : 'pasteHeading', { rows, vouchers })
  const button = (key: 'pasteKeep' | 'pasteUndo' | 'pasteAsOne', onclick: () => void, variant = 'tertiary') =>
    h('button', { type: 'button', class: 'ds-button', 'data-variant': variant, onclick }, entryText(locale, key))
  mount.append(
    h(
      'div',
      { class: 'hb-notice', 'data-level': questions.length > 0 ? 'warning' : undefined },
      h('h3', {}, heading),
      ...questions.map((question) => asked(question, port)),
      before > 0 &&
        h(
          'p',
          { class: 'hb-warning-text' },
          icon('warning'),
          ` ${entryText(locale, 'pastedBefore', { n: before })} `,
          h(
            'button',
            { type: 'button', class: 'hb-cure', onclick: () => port.entry.makeNewOfPosted() },
            entryText(locale, 'pastedAsNew'),
          ),
        ),
      h(
        'ul',
        { class: 'hb-told' },
        ...told.map((t) =>
          h(
            'li',
            t.warning ? { class: 'hb-warning-text' } : {},
            ...(t.warning ? [icon('warning'), ' '] : []),
            toldText(t, locale),
          ),
        ),
      ),
      h(
        'div',
        { class: 'hb-form-actions' },
        button('pasteKeep', port.close, 'secondary'),
        button('pasteUndo', port.undo),
        vouchers !== undefined && vouchers > 1 && button('pasteAsOne', port.asOne),
      ),
    ),
  )
}

function toldText({ key, params }: Told, locale: Locale): string {
  if (key !== 'toldContent') return entryText(locale, key, params)
  const columns = ((params?.columns ?? []) as readonly string[]).map((column) => {
    const [n, meaning] = column.split(':')
    return entryText(locale, 'toldColumn', { n: n!, meaning: meaningText(locale, meaning!) })
  })
  return entryText(locale, key, { columns: columns.join(', ') })
}

const asked = (question: Question, port: PastedPort): HTMLElement =>
  h(
    'div',
    { class: 'hb-question', role: 'group' },
    h('p', {}, entryText(port.entry.court.locale, question.key, question.params)),
    ...question.choices.map(({ value, key, params }) =>
      h(
        'button',
        {
          type: 'button',
          class: 'ds-button',
          'data-variant': 'secondary',
          onclick: () => port.answer(question.of, value),
        },
        entryText(port.entry.court.locale, key, params),
      ),
    ),
  )
