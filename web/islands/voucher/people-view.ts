import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { LiveMessage, Person } from '#worker/ledger/room.ts'
import { byId, h } from './element.ts'
import { timeOf } from './heading-view.ts'

/** Who else is in the draft, and who wrote in it last. */
export class PeopleView {
  readonly #locale: Locale
  readonly #tab: string
  #people: readonly Person[] = []
  #last: { name: string; at: string } | undefined

  constructor(locale: Locale, tab: string) {
    this.#locale = locale
    this.#tab = tab
  }

  hear(message: LiveMessage, draft: string): void {
    if (message.type === 'people') this.#people = message.people
    if (message.type === 'draft' && message.draft === draft && message.tab !== this.#tab)
      this.#last = { name: message.name, at: new Date().toISOString() }
  }
  /** Another draft is shown. */
  forget(): void {
    this.#last = undefined
  }

  show(draft: string): void {
    const others = this.#people.filter((person) => person.draft === draft && person.tab !== this.#tab)
    const names = [...new Set(others.map((person) => person.name))]
    const here =
      names.length > 0 &&
      entryText(this.#locale, names.length === 1 ? 'isHere' : 'areHere', { names: listOf(names, this.#locale) })
    const last = this.#last
    const changed = last && entryText(this.#locale, 'changedBy', { name: last.name, time: timeOf(last.at) })
    byId('draft-people').replaceChildren(
      ...(here ? [h('span', { class: 'hb-chip hb-here' }, here)] : []),
      ...(changed ? [' ', h('span', { class: 'hb-small hb-quiet' }, changed)] : []),
    )
  }
}

const listOf = (names: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { type: 'conjunction' }).format(names)
