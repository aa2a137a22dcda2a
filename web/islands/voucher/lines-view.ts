import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import { kroner } from '#i18n/format.ts'
import { h } from './element.ts'
import type { GridPort } from './grid-port.ts'
import { isBlank } from './sheet.ts'
import { accountName, typedText } from './shown.ts'

const FIELDS = ['account', 'vatCode', 'amount', 'text'] as const
/** Lines listed on a phone; nobody looks through more there. */
const MOST = 40

/** The lines as a list on a small screen, one of them open at a time. */
export class LinesView {
  readonly #mount: HTMLElement
  readonly #port: GridPort
  readonly #remove: (row: number) => void
  #open = -1

  constructor(mount: HTMLElement, port: GridPort, remove: (row: number) => void) {
    this.#mount = mount
    this.#port = port
    this.#remove = remove
  }

  refresh(): void {
    const { locale } = this.#port
    const { rows } = this.#port.desk()
    const used = rows.flatMap((row, i) => (isBlank(row) ? [] : [i]))
    const focused = this.#mount.contains(document.activeElement)
      ? document.activeElement?.getAttribute('name')
      : undefined
    const adding = rows[this.#open] !== undefined && isBlank(rows[this.#open]!) ? [this.#open] : []
    this.#mount.replaceChildren(
      h('p', { class: 'hb-quiet' }, entryText(locale, 'smallScreen')),
      h('ol', {}, ...[...used.slice(0, MOST), ...adding].map((row) => this.#line(row))),
      h(
        'button',
        {
          type: 'button',
          class: 'ds-button',
          'data-variant': 'secondary',
          onclick: () => this.#show((used.at(-1) ?? -1) + 1),
        },
        entryText(locale, 'addLine'),
      ),
    )
    if (focused) this.#mount.querySelector<HTMLElement>(`[name="${focused}"]`)?.focus()
  }

  #show(row: number): void {
    this.#open = this.#open === row ? -1 : row
    this.refresh()
    this.#mount.querySelector<HTMLElement>('input')?.focus()
  }

  #line(at: number): HTMLElement {
    const { locale, books } = this.#port
    const row = this.#port.desk().rows[at]!
    const faults = [...(this.#port.verdict().cells.get(at)?.values() ?? [])]
      .flat()
      .filter((p) => this.#port.level(p) === 'error')
    const amount = typeof row.amount === 'number' ? kroner(row.amount, locale) : row.amount
    const name = accountName(row.account, books, locale) ?? ''
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'hb-line', 'aria-expanded': String(at === this.#open), onclick: () => this.#show(at) },
        h('span', {}, `${row.account} ${name}`.trim() || entryText(locale, 'addLine')),
        h('span', { class: 'hb-num' }, amount),
        h('small', { class: 'hb-quiet' }, [row.posted, row.text].filter(Boolean).join(' · ')),
      ),
      ...faults.map((fault) => h('p', { class: 'hb-fault' }, fault.message)),
      at === this.#open && !row.posted && this.#form(at),
    )
  }

  #form(at: number): HTMLElement {
    const { locale, edit } = this.#port
    const row = this.#port.desk().rows[at]!
    const field = (name: (typeof FIELDS)[number]) =>
      h(
        'div',
        { class: 'ds-field' },
        h('label', { class: 'ds-label', for: `line-${name}` }, entryText(locale, name as EntryKey)),
        h('input', {
          class: 'ds-input',
          id: `line-${name}`,
          name,
          type: 'text',
          inputmode: name === 'amount' ? 'text' : undefined,
          value: typedText(row, name, locale),
          onchange: (event: Event) => edit([{ row: at, field: name, value: (event.target as HTMLInputElement).value }]),
        }),
      )
    const remove = () => {
      this.#open = -1
      this.#remove(at)
    }
    return h(
      'div',
      { class: 'hb-form' },
      ...FIELDS.map(field),
      h(
        'button',
        { type: 'button', class: 'ds-button', 'data-variant': 'tertiary', onclick: remove },
        entryText(locale, 'deleteLine'),
      ),
    )
  }
}
