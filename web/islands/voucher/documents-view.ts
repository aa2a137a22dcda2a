import { fill } from '#i18n/format.ts'
import { ask, type Kept, sendFile, takeDrops, wordsOf } from '../files.ts'
import { byId, h, icon } from './element.ts'
import type { Entry } from './entry.ts'
import type { Shown } from './issues-view.ts'
import { Picker } from './picker.ts'
import type { Found, Option } from './search.ts'

/** Of those that wait, the ones that are offered: more are found by their stamp number. */
const WAITING = 200

/**
 * The documents of the voucher one enters: dropped on the page, chosen as files, or taken from those that wait. They stand in
 * the shared header, and lie beside the lines.
 */
export class DocumentsView {
  readonly #entry: Entry
  readonly #root = byId('entry-documents')
  readonly #field = byId<HTMLInputElement>('entry-document')
  readonly #says = byId('entry-document-says')
  readonly #beside = byId('entry-beside')
  readonly #picker: Picker
  readonly #known = new Map<string, Kept>()
  #waiting: readonly Kept[] = []
  /** The ids that are shown. */
  #drawn = ''

  constructor(entry: Entry) {
    this.#entry = entry
    const { locale } = entry.court
    const field = this.#field
    this.#picker = new Picker(
      field,
      locale,
      (text) => this.#found(text),
      (option) => this.#take(option.value),
    )
    field.addEventListener('focus', () => void this.#load())
    field.addEventListener('input', () => this.#picker.update())
    field.addEventListener('blur', () => this.#picker.close())
    field.addEventListener('keydown', (event) => this.#key(event))
    const files = byId<HTMLInputElement>('entry-file')
    files.addEventListener('change', () => {
      this.#send([...(files.files ?? [])])
      files.value = ''
    })
    takeDrops(this.#root, (dropped) => this.#send(dropped))
  }

  get #ids(): string[] {
    const { documents } = this.#entry.desk.more ?? {}
    return typeof documents === 'string' && documents !== '' ? documents.split(',') : []
  }

  focus(): void {
    this.#field.focus()
  }

  /** A sheet is many vouchers: documents are put on them one by one, afterwards. */
  refresh(shown: readonly Shown[]): void {
    const isSheet = this.#entry.desk.mode === 'sheet'
    this.#root.hidden = isSheet
    const fault = shown.find((p) => p.row < 0 && p.field === 'documents' && p.shown !== 'unfinished')
    if (fault) this.#field.setAttribute('aria-invalid', 'true')
    else this.#field.removeAttribute('aria-invalid')
    if (fault || this.#says.classList.contains('hb-fault')) this.#say(fault?.message ?? '', fault !== undefined)
    const drawn = isSheet ? '' : this.#ids.join()
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    if (drawn === '') this.#say('')
    void this.#draw(isSheet ? [] : this.#ids)
  }

  /** Shows or hides what lies beside; where nothing does, one is where it is chosen. */
  toggle(): void {
    if (this.#ids.length === 0) this.focus()
    else this.#beside.hidden = !this.#beside.hidden
  }

  async #draw(ids: readonly string[]): Promise<void> {
    const { base } = this.#entry.line
    this.#beside.hidden = ids.length === 0
    for (const figure of this.#beside.querySelectorAll<HTMLElement>('[data-document]'))
      if (!ids.includes(figure.dataset.document!)) figure.remove()
    const named = await Promise.all(
      ids.map((id) => this.#known.get(id) ?? ask(`${base}/documents/${id}`).catch(() => undefined)),
    )
    if (this.#drawn !== ids.join()) return
    for (const document of named) if (document) this.#known.set(document.id, document)
    byId('entry-attached').replaceChildren(...named.map((document, i) => this.#chip(ids[i]!, document)))
    for (const document of named) if (document) void this.#show(document)
  }

  /** One whose card cannot be read is on the voucher all the same, and can be taken off. */
  #chip(id: string, document: Kept | undefined): HTMLElement {
    const { words } = this
    const remove = () => {
      this.#put(this.#ids.filter((other) => other !== id))
      this.focus()
    }
    const label = words.remove!.replace('{stamp}', String(document?.stamp ?? id))
    return h(
      'li',
      { class: 'hb-chip' },
      document
        ? h('a', { href: `${words.pages}/${document.stamp}`, target: '_blank' }, nameOf(document, words.unnamed!))
        : words.unnamed!,
      h('button', { type: 'button', 'aria-label': label, title: label, onclick: remove }, '×'),
    )
  }

  /** As the document's own page shows it. */
  async #show({ id, stamp }: Kept): Promise<void> {
    if (this.#beside.querySelector(`[data-document="${id}"]`)) return
    const answer = await fetch(`${this.words.pages}/${stamp}`, { headers: { accept: 'text/html' } }).catch(
      () => undefined,
    )
    if (!answer?.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const figure = page.querySelector(`[data-document="${id}"]`)
    const isShown = this.#beside.querySelector(`[data-document="${id}"]`)
    if (figure && !isShown && this.#ids.includes(id)) this.#beside.append(document.adoptNode(figure))
  }

  get words(): DOMStringMap {
    return this.#root.dataset
  }

  #put(ids: readonly string[]): void {
    const { documents: _, ...more } = this.#entry.desk.more ?? {}
    this.#entry.change({
      ...this.#entry.desk,
      more: ids.length > 0 ? { ...more, documents: ids.join() } : more,
    })
  }

  #add(document: Kept): void {
    this.#known.set(document.id, document)
    this.#waiting = this.#waiting.filter(({ id }) => id !== document.id)
    if (!this.#ids.includes(document.id)) this.#put([...this.#ids, document.id])
  }

  async #load(): Promise<void> {
    const { base, fetch: asks } = this.#entry.line
    const answer = await asks(`${base}/documents?status=unhandled&limit=${WAITING}`).catch(() => undefined)
    if (!answer?.ok) return
    this.#waiting = ((await answer.json()) as { documents: Kept[] }).documents
    if (document.activeElement === this.#field) this.#picker.update()
  }

  #found(text: string): Found {
    return offered(this.#waiting, this.#ids, text, this.words.unnamed!)
  }

  #key(event: KeyboardEvent): void {
    const isBare = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (event.key === 'Escape' && this.#picker.isOpen) this.#picker.close()
    else if (event.key === 'Enter' && isBare && (this.#picker.chosen || this.#field.value.trim() !== ''))
      this.#take(this.#picker.chosen?.value ?? this.#field.value.trim())
    else if (!this.#picker.key(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** By stamp number, also one that is booked already. */
  #take(name: string): void {
    this.#picker.close()
    const stamp = name.replace(/^#/, '')
    if (stamp === '') return
    this.#doing(name, async () => {
      const found = await ask(`${this.#entry.line.base}/documents/${encodeURIComponent(stamp)}`)
      this.#field.value = ''
      this.#say('')
      return { found, said: '' }
    })
  }

  #send(files: readonly File[]): void {
    if (this.#entry.desk.mode === 'sheet') return
    const { locale } = this.#entry.court
    for (const file of files)
      this.#doing(file.name, async () => {
        const { sending, done, replayed } = this.words
        this.#say(fill(sending!, { name: file.name }, locale))
        const found = await sendFile(`${this.#entry.line.base}/documents`, file)
        const said = { name: file.name, stamp: String(found.stamp) }
        return { found, said: fill((found.replayed ? replayed : done)!, said, locale) }
      })
  }

  /** One after the other, for the voucher that stands when one asks; what went wrong is said. */
  #doing(name: string, find: () => Promise<{ found: Kept; said: string }>): void {
    void this.#entry.arriving
      .bring(async (isStill) => {
        const { found, said } = await find()
        if (await isStill()) {
          this.#add(found)
          this.#say(said)
        } else {
          const words = { stamp: String(found.stamp) }
          this.#say(fill(this.words.waits!, words, this.#entry.court.locale), true)
        }
      })
      .catch((error: unknown) => this.#say(`${name}: ${wordsOf(error, this.words.lost!)}`, true))
  }

  #say(text: string, isFault = false): void {
    this.#says.classList.toggle('hb-fault', isFault)
    this.#says.replaceChildren(...(isFault ? [icon('error')] : []), text)
  }
}

const nameOf = ({ stamp, fileName }: Kept, unnamed: string): string => `#${stamp} ${fileName ?? unnamed}`

/** Of those that wait: by the beginning of the stamp number, or by name. */
export function offered(waiting: readonly Kept[], taken: readonly string[], text: string, unnamed: string): Found {
  const wanted = text.trim().replace(/^#/, '').toLowerCase()
  const hits = waiting.filter(
    ({ id, stamp, fileName }) =>
      !taken.includes(id) && (String(stamp).startsWith(wanted) || (fileName ?? '').toLowerCase().includes(wanted)),
  )
  const options = hits
    .slice(0, 12)
    .map(({ stamp, fileName }): Option => ({ value: String(stamp), code: `#${stamp}`, name: fileName ?? unnamed }))
  const exact = options.findIndex(({ value }) => value === wanted)
  // A number is that stamp and no other, also one that is not among those that wait.
  const isName = wanted !== '' && !/^\d+$/.test(wanted)
  return { options, chosen: exact >= 0 ? exact : isName && options.length > 0 ? 0 : -1 }
}
