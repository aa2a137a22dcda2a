import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { byId, h } from './element.ts'

type Place = { row: number; col: number }
type Port = {
  readonly locale: Locale
  size(): { rows: number; cols: number }
  /** What a cell shows. */
  text(row: number, col: number): string
  at(): Place
  goTo(place: Place): void
  /** Back to the grid. */
  close(): void
}

const plain = (text: string): string =>
  text.replaceAll('\u00a0', '').replaceAll(' ', '').replace('\u2212', '-').toLowerCase()

/** The places of a text in the grid, in reading order. Spaces do not count, so that `1249,50` is found. */
export function placesOf(wanted: string, { rows, cols }: { rows: number; cols: number }, text: Port['text']): Place[] {
  const sought = plain(wanted)
  if (sought === '') return []
  const found: Place[] = []
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) if (plain(text(row, col)).includes(sought)) found.push({ row, col })
  return found
}

/** The place after (or before) the one that one is at, round and round. */
export function nextPlace(places: readonly Place[], at: Place, step: 1 | -1): Place | undefined {
  const isAfter = (p: Place) => p.row > at.row || (p.row === at.row && p.col > at.col)
  const isBefore = (p: Place) => p.row < at.row || (p.row === at.row && p.col < at.col)
  return step > 0 ? (places.find(isAfter) ?? places[0]) : (places.findLast(isBefore) ?? places.at(-1))
}

/** Find in the lines: a field over the grid that goes from hit to hit while one types. */
export class FindView {
  readonly #port: Port
  #wanted = ''

  constructor(port: Port) {
    this.#port = port
  }

  open(): void {
    const { locale } = this.#port
    const mount = byId('find')
    if (!mount.hidden) {
      mount.querySelector('input')!.select()
      return
    }
    const says = h('span', { class: 'hb-small hb-quiet', role: 'status' })
    const input = h('input', {
      class: 'ds-input',
      type: 'search',
      value: this.#wanted,
      'aria-label': entryText(locale, 'findIn'),
      placeholder: entryText(locale, 'findIn'),
      spellcheck: 'false',
    })
    const look = (step: 1 | -1 | 0) => {
      this.#wanted = input.value
      const n = this.go(step === 0 ? 1 : step, step === 0)
      says.textContent = input.value === '' ? '' : entryText(locale, n === 1 ? 'findOne' : 'findMany', { n })
      input.focus()
    }
    input.addEventListener('input', () => look(0))
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close(mount)
      else if (event.key === 'Enter') look(event.shiftKey ? -1 : 1)
      else return
      event.preventDefault()
      event.stopPropagation()
    })
    mount.replaceChildren(
      input,
      says,
      h(
        'button',
        { type: 'button', class: 'hb-tool', onclick: () => this.#close(mount) },
        entryText(locale, 'findClose'),
      ),
    )
    mount.hidden = false
    input.focus()
    input.select()
  }

  /** On to the next hit of what was sought last; gives how many there are. `here`: the cell one is in counts too. */
  go(step: 1 | -1, here = false): number {
    const port = this.#port
    const places = placesOf(this.#wanted, port.size(), (row, col) => port.text(row, col))
    const at = port.at()
    const next = nextPlace(places, here ? { row: at.row, col: at.col - 1 } : at, step)
    if (next) port.goTo(next)
    return places.length
  }

  #close(mount: HTMLElement): void {
    mount.hidden = true
    this.#port.close()
  }
}
