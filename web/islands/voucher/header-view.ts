import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { addDays, isoDate } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import { type Header, isBlank } from '#worker/sheets/sheet.ts'
import { correctionOn } from './correction.ts'
import { dayShown } from './day-shown.ts'
import { dateFrom } from './edit.ts'
import { byId, icon } from './element.ts'
import type { Entry } from './entry.ts'
import type { Shown } from './issues-view.ts'
import { misreadHeader } from './judge.ts'
import { Picker } from './picker.ts'
import { type Found, nameOf, type Option, typeOptions } from './search.ts'

export type HeaderPort = {
  readonly entry: Entry
  change(header: Header): void
  /** From the last field on to the lines. */
  leave(): void
}

const FIELDS = ['type', 'voucherDate', 'reversalDate', 'documentDate', 'text', 'reason'] as const
type Field = (typeof FIELDS)[number]
const isDate = (field: Field): boolean => field.endsWith('Date')

/** The fields above the grid: voucher type, dates and text. Enter goes through them and on to the lines. */
export class HeaderView {
  readonly #port: HeaderPort
  readonly #inputs: Record<Field, HTMLInputElement>
  readonly #picker: Picker
  /** Texts that were used before, and the lines they had. */
  readonly #known: Picker
  /** What they were last asked for by, until the list is closed. */
  #asked: string | undefined
  readonly #weekday: Intl.DateTimeFormat
  /** The voucher that was last shown. */
  #of = ''
  /** The folded fields are asked for. */
  #opened = false

  constructor(port: HeaderPort) {
    this.#port = port
    const { locale } = this.#court
    this.#weekday = new Intl.DateTimeFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { weekday: 'long', timeZone: 'UTC' })
    const inputs = FIELDS.map((field) => [field, byId<HTMLInputElement>(`entry-${field}`)])
    this.#inputs = Object.fromEntries(inputs) as Record<Field, HTMLInputElement>
    const search = (text: string) => typeOptions(text, this.#court.books, locale)
    this.#picker = new Picker(this.#inputs.type, locale, search, (option) => {
      this.#takeType(option)
      this.focus('voucherDate')
    })
    this.#known = new Picker(
      this.#inputs.text,
      locale,
      (text) => this.#knownTexts(text),
      (option) => this.#takeKnown(option),
    )
    this.#inputs.text.addEventListener('input', () => this.#known.update())
    for (const field of FIELDS) this.#listen(field)
    const more = byId('more-fields')
    more.addEventListener('click', () => {
      this.#opened = true
      this.refresh([])
      this.focus('documentDate')
    })
    more.addEventListener('keydown', (event) => {
      if (event.key === 'Tab' && !event.shiftKey) this.#leave(event)
    })
    byId('entry-header').addEventListener('submit', (event) => event.preventDefault())
  }

  get #court() {
    return this.#port.entry.court
  }
  get #values(): Header {
    return this.#port.entry.desk.header
  }

  focus(field: string = 'type'): void {
    const wanted = FIELDS.find((name) => name === field && !this.#box(name).hidden)
    this.#inputs[wanted ?? 'text'].focus()
  }
  /** What stands in the field one is in counts, before it is left. */
  commit(): void {
    const field = FIELDS.find((name) => this.#inputs[name] === document.activeElement)
    if (field) this.#take(field)
  }

  /** Shows the header as it is, and what is wrong with it. */
  refresh(placed: readonly Shown[]): void {
    const own = [...placed.filter((p) => p.row < 0 && p.shown !== 'unfinished'), ...this.#unreadDays()]
    const { id } = this.#port.entry.desk
    const isAnother = this.#of !== id // what stands in a field of the one before is not its own
    this.#of = id
    for (const field of FIELDS) {
      const input = this.#inputs[field]
      if (isAnother || input !== document.activeElement) input.value = this.#shown(field)
      const fault = own.find((p) => p.field === field)
      if (fault?.shown === 'error') input.setAttribute('aria-invalid', 'true')
      else input.removeAttribute('aria-invalid')
      this.#say(field, fault)
    }
    const { documentDate, reason } = this.#values
    this.#box('documentDate').hidden = !this.#opened && documentDate === ''
    const correction = correctionOn(this.#port.entry.desk)
    this.#box('reversalDate').hidden = !correction
    this.#box('reason').hidden = !correction && !this.#needsReason() && reason === ''
    const asked = correction ? byId('entry').dataset.correctReason! : entryText(this.#court.locale, 'reason')
    this.#box('reason').querySelector('label')!.textContent = asked
    byId('more-fields').hidden = !this.#box('documentDate').hidden
  }

  /** Also before there are lines to judge. */
  #unreadDays(): Pick<Shown, 'field' | 'message' | 'shown'>[] {
    return misreadHeader(
      { header: this.#values, several: this.#port.entry.desk.mode === 'sheet' },
      this.#court.locale,
    ).map(({ field, message }) => ({ field, message, shown: 'error' as const }))
  }

  #needsReason(): boolean {
    const { vouchers } = this.#port.entry.verdict
    return vouchers.some(({ judgement }) => judgement.issues.some((issue) => issue.params?.reason === 'reason-needed'))
  }

  #box(field: Field): HTMLElement {
    return this.#inputs[field].closest<HTMLElement>('[data-field]')!
  }

  #say(field: Field, fault: Pick<Shown, 'message' | 'shown'> | undefined): void {
    const says = byId(`entry-${field}-says`)
    says.classList.toggle('hb-fault', fault !== undefined)
    if (fault) says.replaceChildren(icon(fault.shown === 'error' ? 'error' : 'warning'), fault.message)
    else if (isDate(field) && isoDate(this.#values[field] ?? ''))
      says.textContent = this.#weekday.format(new Date(`${this.#values[field]}T00:00:00Z`))
    else says.textContent = says.dataset.help ?? ''
  }

  #shown(field: Field): string {
    const value = this.#values[field] ?? ''
    if (isDate(field)) return dayShown(value)
    const type = field === 'type' ? this.#court.books.voucherTypes.get(value) : undefined
    return type ? `${type.series} ${nameOf(type, this.#court.locale)}` : value
  }

  #listen(field: Field): void {
    const input = this.#inputs[field]
    input.addEventListener('focus', () => input.select())
    input.addEventListener('blur', () => {
      this.#take(field)
      if (field === 'type') this.#picker.close()
      if (field === 'text') this.#closeKnown()
      input.value = this.#shown(field)
    })
    if (field === 'type') input.addEventListener('input', () => this.#picker.update())
    input.addEventListener('keydown', (event) => this.#key(event, field))
  }

  #key(event: KeyboardEvent, field: Field): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (field === 'text' && this.#knownTakes(event)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if ((field === 'type' && this.#pickerTakes(event)) || (isDate(field) && this.#step(event, field))) {
      event.preventDefault()
      return
    }
    const next = this.#nextOf(field, event.shiftKey ? -1 : 1)
    const isTabOut = event.key === 'Tab' && !event.shiftKey && !next && byId('more-fields').hidden
    if (event.key !== 'Enter' && !isTabOut) return
    this.#take(field)
    if (next) {
      event.preventDefault()
      event.stopPropagation()
      this.#inputs[next].focus()
    } else if (!event.shiftKey) this.#leave(event)
  }

  #leave(event: KeyboardEvent): void {
    event.preventDefault()
    event.stopPropagation() // the grid would take the same key for its own
    this.#port.leave()
  }

  #pickerTakes(event: KeyboardEvent): boolean {
    const picker = this.#picker
    if (!picker.isOpen && event.key === 'ArrowDown') {
      this.#inputs.type.value = ''
      picker.update()
      return true
    }
    if (!picker.isOpen || event.key !== 'Escape') return picker.key(event)
    picker.close()
    return true
  }

  #nextOf(field: Field, step: 1 | -1): Field | undefined {
    const shown = FIELDS.filter((name) => !this.#box(name).hidden)
    return shown[shown.indexOf(field) + step]
  }

  /** A day on or back with the arrows. */
  #step(event: KeyboardEvent, field: Field): boolean {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return false
    const { today } = this.#port.entry
    const input = this.#inputs[field]
    const now = isoDate(dateFrom(input.value, this.#values.voucherDate, today)) ?? today
    this.#put(field, addDays(now, event.key === 'ArrowUp' ? 1 : -1))
    input.value = this.#shown(field)
    input.select()
    return true
  }

  /** On an empty desk alone: lines that are written are nobody's to take away. */
  #knownTexts(text: string): Found {
    const { entry } = this.#port
    this.#asked = text
    const come = () => this.#asked === text && this.#known.update()
    return { options: entry.desk.rows.every(isBlank) ? entry.known.options(text, entry, come) : [], chosen: -1 }
  }

  #knownTakes(event: KeyboardEvent): boolean {
    const known = this.#known
    if (!known.isOpen) return false
    if (event.key === 'Escape') this.#closeKnown()
    else if (event.key === 'Enter' && known.chosen) this.#takeKnown(known.chosen)
    else return known.key(event)
    return true
  }

  #closeKnown(): void {
    this.#asked = undefined
    this.#known.close()
  }

  #takeKnown({ value, voucher }: Option): void {
    this.#closeKnown()
    const { text } = this.#inputs
    text.value = value
    const { entry } = this.#port
    void entry.known.take(entry, undefined, voucher!).then(() => {
      if (document.activeElement === text) this.#port.leave()
    })
  }

  #takeType(option: Option): void {
    this.#put('type', option.value)
    this.#picker.close()
    this.#inputs.type.value = this.#shown('type')
  }

  #take(field: Field): void {
    const { value } = this.#inputs[field]
    if (value === this.#shown(field)) return
    if (field === 'type') {
      const chosen = this.#picker.chosen ?? typeCalled(value.trim(), this.#court.books, this.#court.locale)
      if (chosen) this.#takeType(chosen)
      else this.#put('type', value.trim())
    } else if (isDate(field)) this.#put(field, dateFrom(value.trim(), this.#values.voucherDate, this.#port.entry.today))
    else this.#put(field, value.trim())
  }

  #put(field: Field, value: string): void {
    if (this.#values[field] !== value) this.#port.change({ ...this.#values, [field]: value })
  }
}

/** The voucher type that a text can mean: its series first, else the one its name begins with. */
function typeCalled(text: string, books: Books, locale: Locale): Option | undefined {
  if (text === '') return undefined
  const { options } = typeOptions(text.split(' ', 1)[0]!, books, locale)
  if (options[0]?.code.toLowerCase() === text.split(' ', 1)[0]!.toLowerCase()) return options[0]
  const named = typeOptions(text, books, locale)
  return named.options[named.chosen]
}

/** What a field of the header is called; one that has no place here belongs to the voucher as a whole. */
export const columnTitle = (field: string, locale: Locale): string =>
  document.querySelector(`#entry-header label[for="entry-${field}"]`)?.textContent ??
  entryText(locale, field === 'documents' ? field : 'lines')
