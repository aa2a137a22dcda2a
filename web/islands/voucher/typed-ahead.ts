import { entryText } from '#i18n/entry-text.ts'
import { oneLine } from '#worker/core/text.ts'
import { run, type Work } from './commands.ts'
import type { Command } from './keys.ts'

/** Keys that go on to another cell; the others that are kept write, or take back what is written. */
const STEPS: readonly string[] = ['Enter', 'Tab']

type Place = { row: number; field: string }
type Key = { key: string; isBack?: boolean; isRest?: boolean; pasted?: string }

/**
 * What is typed between *Bokfør* and its answer. It is for the voucher that begins when this one is posted, and is written there
 * as if it were typed then; where none begins it lands nowhere, and that is said.
 */
export class TypedAhead {
  readonly #work: Work
  #keys: Key[] | undefined
  #hasBegun = false

  constructor(work: Work) {
    this.#work = work
  }

  /** Posts, once at a time. */
  async during(post: () => Promise<void>): Promise<void> {
    if (this.#keys) return
    const keys: Key[] = []
    this.#keys = keys
    this.#hasBegun = false
    try {
      await post()
    } finally {
      this.#keys = undefined
    }
    if (this.#hasBegun) this.#write(keys)
    else this.#tell(keys)
  }

  /** The next voucher stands on the desk. */
  begun(): void {
    this.#hasBegun = true
  }

  /** Keeps a key, and nobody else gets it: one is posting, and it was meant for the lines. False where it was not. */
  keep(event: KeyboardEvent, command: Command | undefined): boolean {
    const { entry, grid } = this.#work
    if (!this.#keys || !entry.busy || entry.desk.mode === 'sheet') return false
    const target = event.target as HTMLElement
    const isHere = grid.hasFocus || target === document.body || target.closest('#entry-header, #post') !== null
    const { key, shiftKey: isBack } = event
    const isRest = command === 'rest'
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    const writes = [...key].length === 1 && (isPlain || event.getModifierState('AltGraph'))
    if (!isHere || !(isRest || writes || (isPlain && (STEPS.includes(key) || key === 'Backspace')))) return false
    event.preventDefault()
    event.stopPropagation()
    this.#keys.push({ key, isBack, isRest })
    return true
  }

  /** Pastes where one is; while one is posting, in the next voucher. */
  paste(pasted: string, at: Place): void {
    const { entry, paste } = this.#work
    if (!entry.busy) paste(pasted, at)
    else if (entry.desk.mode === 'voucher') this.#keys?.push({ key: '', pasted })
  }

  #write(keys: readonly Key[]): void {
    const { grid, entry } = this.#work
    let text = ''
    for (const { key, isBack = false, isRest, pasted } of keys) {
      const goesOn = isRest || STEPS.includes(key)
      const at = grid.current()
      if (pasted !== undefined && text === '' && at) this.#work.paste(pasted, at)
      else if (!goesOn) text = key === 'Backspace' ? text.slice(0, -1) : text + (pasted ?? key)
      else {
        if (text !== '') grid.write(text)
        text = ''
        if (isRest) grid.commit()
        if (isRest) run('rest', this.#work)
        else grid.goOn(isBack, key)
      }
      // Another voucher is on its way, or something is asked: what follows was typed for neither.
      if (entry.busy || document.querySelector('dialog[open]')) return
    }
    if (text !== '') grid.write(text)
  }

  #tell(keys: readonly Key[]): void {
    const typed = keys.map(({ key, pasted }) => pasted ?? (key.length === 1 ? key : key === 'Backspace' ? '' : ' '))
    const text = oneLine(typed.join('')).slice(0, 200)
    if (text !== '') this.#work.say(entryText(this.#work.entry.court.locale, 'typedAhead', { text }))
  }
}
