import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import { kroner } from '#i18n/format.ts'
import { BLANK, isBlank } from '#worker/sheets/sheet.ts'
import { h } from './element.ts'
import type { GridPort } from './grid-port.ts'
import { accountName, typedText } from './shown.ts'

const FIELDS = ['account', 'vatCode', 'amount', 'text'] as const
/** Lines listed on a small screen; nobody looks through more there. */
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

  /** What stands in the field one is in counts, before it is left. */
  commit(): void {
    const input = document.activeElement
    if (input instanceof HTMLInputElement && this.#mount.contains(input))
      this.#port.edit([{ row: this.#open, field: input.name, value: input.value }])
  }

  refresh(): void {
    const item = this.#mount.querySelector<HTMLElement>('li[data-open]')
    // While one writes in a line its fields are left alone: what was just typed in the next one would be lost.
    if (item?.contains(document.activeElement) && item.querySelector('.hb-line')) {
      item.querySelector('.hb-line')!.replaceWith(this.#head(this.#open))
      item.querySelector('.hb-faults')!.replaceWith(this.#faults(this.#open))
    } else this.#list()
  }

  #list(): void {
    const { locale } = this.#port
    const { rows } = this.#port.desk()
    const used = rows.flatMap((row, i) => (isBlank(row) ? [] : [i])).slice(0, MOST)
    const open = this.#open
    const listed = open >= 0 && !used.includes(open) ? [...used, open] : used
    const next = (rows.findLastIndex((row) => !isBlank(row)) ?? -1) + 1
    const add = h(
      'button',
      { type: 'button', class: 'ds-button', 'data-variant': 'secondary' },
      entryText(locale, 'addLine'),
    )
    add.addEventListener('click', () => this.#toggle(next))
    this.#mount.replaceChildren(
      h('p', { class: 'hb-quiet' }, entryText(locale, 'smallScreen')),
      h('ol', {}, ...listed.map((row) => this.#line(row))),
      add,
    )
  }

  #toggle(row: number): void {
    this.#open = this.#open === row ? -1 : row
    this.#list()
    this.#mount.querySelector<HTMLElement>('li[data-open] input')?.focus()
  }

  #line(at: number): HTMLElement {
    const isOpen = at === this.#open
    const posted = this.#port.desk().rows[at]?.posted
    return h('li', { 'data-open': isOpen }, this.#head(at), this.#faults(at), isOpen && !posted && this.#form(at))
  }

  #head(at: number): HTMLElement {
    const { locale, books } = this.#port
    const row = this.#port.desk().rows[at] ?? BLANK
    const name = accountName(row.account, books, locale) ?? ''
    const figure = typeof row.amount === 'number' ? kroner(row.amount, locale) : row.amount
    return h(
      'button',
      {
        type: 'button',
        class: 'hb-line',
        'aria-expanded': String(at === this.#open),
        onclick: () => this.#toggle(at),
      },
      h('span', {}, `${row.account} ${name}`.trim() || entryText(locale, 'addLine')),
      h('span', { class: 'hb-num' }, figure),
      h('small', { class: 'hb-quiet' }, [row.posted, row.text].filter(Boolean).join(' · ')),
    )
  }

  #faults(at: number): HTMLElement {
    const placed = [...(this.#port.verdict().cells.get(at)?.values() ?? [])].flat()
    const faults = placed.filter((p) => this.#port.level(p) === 'error')
    return h('div', { class: 'hb-faults' }, ...faults.map((fault) => h('p', {}, fault.message)))
  }

  #form(at: number): HTMLElement {
    const { locale, edit } = this.#port
    const row = this.#port.desk().rows[at] ?? BLANK
    const field = (name: (typeof FIELDS)[number]) => {
      const value = typedText(row, name, locale)
      const input = h('input', { class: 'ds-input', id: `line-${name}`, name, type: 'text', value })
      // After the focus has come to the next field, so that it is seen and left alone.
      input.addEventListener('change', () => setTimeout(() => edit([{ row: at, field: name, value: input.value }])))
      const label = h('label', { class: 'ds-label', for: `line-${name}` }, entryText(locale, name as EntryKey))
      return h('div', { class: 'ds-field' }, label, input)
    }
    const remove = () => {
      this.#open = -1
      this.#remove(at)
    }
    const removes = { type: 'button', class: 'ds-button', 'data-variant': 'tertiary', onclick: remove }
    return h('div', { class: 'hb-form' }, ...FIELDS.map(field), h('button', removes, entryText(locale, 'deleteLine')))
  }
}
