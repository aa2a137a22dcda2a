import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { addDays, type IsoDate, isoDate } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import { dateFrom } from './edit.ts'
import { byId, icon } from './element.ts'
import type { Placed } from './judge.ts'
import { Picker } from './picker.ts'
import { nameOf, type Option, typeOptions } from './search.ts'
import type { Header } from './sheet.ts'
import { dayShown } from './shown.ts'

export type HeaderPort = {
  readonly books: Books
  readonly locale: Locale
  readonly today: IsoDate
  header(): Header
  change(header: Header): void
  /** From the last field on to the lines. */
  leave(): void
}

const FIELDS = ['type', 'voucherDate', 'documentDate', 'text', 'reason'] as const
type Field = (typeof FIELDS)[number]
const isDate = (field: Field): boolean => field === 'voucherDate' || field === 'documentDate'

/** The fields above the grid: voucher type, dates and text. Enter and Tab go on, from the last of them to the lines. */
export class HeaderView {
  readonly #port: HeaderPort
  readonly #inputs: Record<Field, HTMLInputElement>
  readonly #picker: Picker
  readonly #weekday: Intl.DateTimeFormat
  #opened = false

  constructor(port: HeaderPort) {
    this.#port = port
    this.#weekday = new Intl.DateTimeFormat(port.locale === 'nb' ? 'nb-NO' : 'en-GB', {
      weekday: 'long',
      timeZone: 'UTC',
    })
    this.#inputs = Object.fromEntries(
      FIELDS.map((field) => [field, byId<HTMLInputElement>(`entry-${field}`)]),
    ) as Record<Field, HTMLInputElement>
    this.#picker = new Picker(
      this.#inputs.type,
      port.locale,
      (text) => typeOptions(text, port.books, port.locale),
      (option) => {
        this.#takeType(option)
        this.focus('voucherDate')
      },
    )
    for (const field of FIELDS) this.#listen(field)
    byId('more-fields').addEventListener('click', () => {
      this.#opened = true
      this.refresh([])
      this.focus('documentDate')
    })
    byId('entry-header').addEventListener('submit', (event) => event.preventDefault())
  }

  get hasFocus(): boolean {
    return FIELDS.some((field) => this.#inputs[field] === document.activeElement)
  }
  focus(field: string = 'type'): void {
    const input = this.#inputs[field as Field] ?? this.#inputs.text
    if (this.#box(field as Field).hidden) this.#inputs.text.focus()
    else input.focus()
  }
  /** What stands in the field one is in counts, before it is left. */
  commit(): void {
    const field = FIELDS.find((name) => this.#inputs[name] === document.activeElement)
    if (field) this.#take(field)
  }

  /** Shows the header as it is, and what is wrong with it. `several`: its fields are what rows without their own take. */
  refresh(placed: readonly (Placed & { shown: 'error' | 'warning' })[], needsReason = false): void {
    const header = this.#port.header()
    for (const field of FIELDS) {
      const input = this.#inputs[field]
      if (input !== document.activeElement) input.value = this.#shown(field, header)
      const fault = placed.find((p) => p.field === field)
      input.toggleAttribute('aria-invalid', false)
      if (fault?.shown === 'error') input.setAttribute('aria-invalid', 'true')
      this.#say(field, fault)
    }
    this.#box('documentDate').hidden = !this.#opened && header.documentDate === ''
    this.#box('reason').hidden = !needsReason && header.reason === ''
    byId('more-fields').hidden = !this.#box('documentDate').hidden
  }

  #box(field: Field): HTMLElement {
    return this.#inputs[field].closest<HTMLElement>('[data-field]')!
  }

  #say(field: Field, fault: (Placed & { shown: string }) | undefined): void {
    const says = byId(`entry-${field}-says`)
    says.classList.toggle('hb-fault', fault !== undefined)
    if (fault) says.replaceChildren(icon(fault.shown === 'error' ? 'error' : 'warning'), fault.message)
    else says.textContent = this.#help(field)
  }

  #help(field: Field): string {
    const value = this.#port.header()[field]
    const help = byId(`entry-${field}-says`).dataset.help ?? ''
    return isDate(field) && isoDate(value) ? this.#weekday.format(new Date(`${value}T00:00:00Z`)) : help
  }

  #shown(field: Field, header: Header): string {
    if (isDate(field)) return dayShown(header[field])
    if (field !== 'type') return header[field]
    const type = this.#port.books.voucherTypes.get(header.type)
    return type ? `${type.series} ${nameOf(type, this.#port.locale)}` : header.type
  }

  #listen(field: Field): void {
    const input = this.#inputs[field]
    input.addEventListener('focus', () => input.select())
    input.addEventListener('blur', () => {
      this.#take(field)
      if (field === 'type') this.#picker.close()
      input.value = this.#shown(field, this.#port.header())
    })
    if (field === 'type') input.addEventListener('input', () => this.#picker.update())
    input.addEventListener('keydown', (event) => this.#key(event, field))
  }

  #key(event: KeyboardEvent, field: Field): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (field === 'type') {
      if (!this.#picker.isOpen && event.key === 'ArrowDown') {
        event.preventDefault()
        this.#inputs.type.value = ''
        return this.#picker.update()
      }
      if (this.#picker.key(event)) return event.preventDefault()
      if (event.key === 'Escape' && this.#picker.isOpen) {
        event.preventDefault()
        return this.#picker.close()
      }
    }
    if (isDate(field) && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) return this.#step(event, field)
    const back = event.shiftKey
    const last = field === 'text' || field === 'reason'
    if (event.key !== 'Enter' && !(event.key === 'Tab' && last && !back && this.#nextOf(field, 1) === undefined)) return
    event.preventDefault()
    event.stopPropagation() // the grid would take the same Enter for its own
    this.#take(field)
    const next = this.#nextOf(field, back ? -1 : 1)
    if (next) this.#inputs[next].focus()
    else if (!back) this.#port.leave()
  }

  #nextOf(field: Field, step: 1 | -1): Field | undefined {
    const shown = FIELDS.filter((name) => !this.#box(name).hidden)
    return shown[shown.indexOf(field) + step]
  }

  /** A day on or back with the arrows. */
  #step(event: KeyboardEvent, field: Field): void {
    event.preventDefault()
    const { header, today } = this.#port
    const now = isoDate(dateFrom(this.#inputs[field].value, header().voucherDate, today)) ?? today
    this.#put(field, addDays(now, event.key === 'ArrowUp' ? 1 : -1))
    this.#inputs[field].value = this.#shown(field, header())
    this.#inputs[field].select()
  }

  #takeType(option: Option): void {
    this.#put('type', option.value)
    this.#picker.close()
  }

  #take(field: Field): void {
    const { value } = this.#inputs[field]
    if (value === this.#shown(field, this.#port.header())) return
    if (field === 'type') {
      const { books, locale } = this.#port
      const chosen = this.#picker.chosen ?? (value.trim() === '' ? undefined : firstOf(value, books, locale))
      return chosen ? this.#takeType(chosen) : this.#put('type', value.trim())
    }
    const near = this.#port.header().voucherDate
    this.#put(field, isDate(field) ? dateFrom(value.trim(), near, this.#port.today) : value.trim())
  }

  #put(field: Field, value: string): void {
    const header = this.#port.header()
    if (header[field] !== value) this.#port.change({ ...header, [field]: value })
  }
}

function firstOf(text: string, books: Books, locale: Locale): Option | undefined {
  const { options, chosen } = typeOptions(text.split(' ', 1)[0]!, books, locale)
  const exact = options[0]?.code.toLowerCase() === text.split(' ', 1)[0]!.toLowerCase()
  if (exact) return options[0]
  const byName = typeOptions(text, books, locale)
  return byName.options[byName.chosen] ?? options[chosen]
}

export const columnTitle = (field: string, locale: Locale): string =>
  entryText(locale, field === 'lines' ? 'lines' : (field as Field))
