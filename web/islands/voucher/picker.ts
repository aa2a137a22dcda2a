import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { h } from './element.ts'
import type { Found, Option } from './search.ts'

let made = 0

/**
 * A list of suggestions under a field, chosen from with the arrows or the mouse. The field keeps the focus; those who
 * listen hear the chosen one through `aria-activedescendant`.
 */
export class Picker {
  readonly #field: HTMLInputElement | HTMLTextAreaElement
  readonly #list: HTMLElement
  readonly #search: (text: string) => Found
  readonly #pick: (option: Option) => void
  #options: readonly Option[] = []
  #at = -1

  constructor(
    field: HTMLInputElement | HTMLTextAreaElement,
    locale: Locale,
    search: (text: string) => Found,
    pick: (option: Option) => void,
  ) {
    this.#field = field
    this.#search = search
    this.#pick = pick
    const id = `choices-${++made}`
    this.#list = h('ul', {
      id,
      class: 'hb-picker',
      role: 'listbox',
      hidden: true,
      'aria-label': entryText(locale, 'choices'),
    })
    this.#list.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      event.stopPropagation()
      const item = (event.target as Element).closest<HTMLElement>('[data-at]')
      if (item) this.#pick(this.#options[Number(item.dataset.at)]!)
    })
    document.body.append(this.#list)
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': id,
      'aria-expanded': 'false',
    }))
      field.setAttribute(name, value)
  }

  get isOpen(): boolean {
    return !this.#list.hidden
  }
  /** What Enter would take. */
  get chosen(): Option | undefined {
    return this.isOpen ? this.#options[this.#at] : undefined
  }

  /** Looks up what stands in the field now. */
  update(): void {
    const { options, chosen } = this.#search(this.#field.value)
    this.#options = options
    this.#at = chosen
    this.#list.hidden = options.length === 0
    this.#field.setAttribute('aria-expanded', String(options.length > 0))
    this.#list.replaceChildren(
      ...options.map((option, at) =>
        h(
          'li',
          { id: `${this.#list.id}-${at}`, role: 'option', 'data-at': at },
          h('b', {}, option.code),
          h('span', {}, option.name),
          option.note ? h('small', {}, option.note) : undefined,
        ),
      ),
    )
    this.#mark()
    if (this.isOpen) this.#place()
  }

  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.altKey || event.ctrlKey || event.metaKey) return false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1
      const n = this.#options.length
      this.#at = this.#at < 0 ? (step > 0 ? 0 : n - 1) : (this.#at + step + n) % n
      this.#mark()
      return true
    }
    return event.key === 'ArrowRight' && !event.shiftKey && this.#takeMarked()
  }

  /** At the end of the text one key takes the lines of the earlier voucher that is marked. */
  #takeMarked(): boolean {
    const { value, selectionStart } = this.#field
    const marked = this.chosen
    if (!marked?.voucher || selectionStart !== value.length) return false
    this.#pick(marked)
    return true
  }

  close(): void {
    this.#list.hidden = true
    this.#field.setAttribute('aria-expanded', 'false')
    this.#field.removeAttribute('aria-activedescendant')
  }

  remove(): void {
    this.close()
    this.#list.remove()
  }

  #mark(): void {
    this.#field.removeAttribute('aria-activedescendant')
    for (const [at, item] of [...this.#list.children].entries()) {
      item.setAttribute('aria-selected', String(at === this.#at))
      if (at !== this.#at) continue
      this.#field.setAttribute('aria-activedescendant', item.id)
      item.scrollIntoView({ block: 'nearest' })
    }
  }

  /** Under the field, or over it where there is no room below. */
  #place(): void {
    const field = this.#field.getBoundingClientRect()
    const { style } = this.#list
    style.left = `${Math.max(4, Math.min(field.left, innerWidth - this.#list.offsetWidth - 4))}px`
    const below = innerHeight - field.bottom
    if (below < this.#list.offsetHeight + 8 && field.top > below) {
      style.top = 'auto'
      style.bottom = `${innerHeight - field.top + 2}px`
    } else {
      style.bottom = 'auto'
      style.top = `${field.bottom + 2}px`
    }
  }
}
