import type { Wanted } from './columns.ts'
import { byId } from './element.ts'

const SIDES = 'hovedbok sides'

/** What one has asked to see in the grid; debit and credit apart is remembered on this machine. */
export class WantedColumns {
  #wanted: Wanted = { sides: localStorage.getItem(SIDES) === 'yes' }
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get all(): Wanted {
    return this.#wanted
  }

  setSides(sides: boolean): void {
    localStorage.setItem(SIDES, sides ? 'yes' : 'no')
    this.#want({ sides })
  }

  /** In currency each line asks for it, and new lines repeat it; else in kroner. */
  enterIn(currency = !this.#wanted.currency): void {
    this.#want({ currency })
    byId('mode-currency').setAttribute('aria-pressed', String(currency))
    byId('mode-manual').setAttribute('aria-pressed', String(!currency))
  }

  #want(wanted: Wanted): void {
    this.#wanted = { ...this.#wanted, ...wanted }
    this.#changed()
  }
}
