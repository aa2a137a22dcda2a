import { entryText } from '#i18n/entry-text.ts'
import { oneLine } from '#worker/core/text.ts'
import { run, type Work } from './commands.ts'
import type { Command } from './keys.ts'

/** Keys that go on to another cell; the others that are kept write, or take back what is written. */
const STEPS: readonly string[] = ['Enter', 'Tab']

type Place = { row: number; field: string }
type Key = { key: string; isBack?: boolean; isRest?: boolean; pasted?: string; ends?: Command }

/**
 * What is typed between *Bokfør* and its answer. It is for the voucher that begins when this one is posted, and is written there
 * as if it were typed then, up to a command other than the rest. Where none begins, and of what follows a command, nothing is
 * written, and that is said.
 */
export class TypedAhead {
  readonly #work: Work
  #keys: Key[] | undefined
  #hasBegun = false
  /** Typed where it is written nowhere. */
  #lost: Key[] = []

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
    this.#lost = this.#hasBegun ? [] : keys
  }

  /** The next voucher stands on the desk. */
  begun(): void {
    this.#hasBegun = true
  }

  /** Whether something is kept that would be lost with the page. */
  get isKeeping(): boolean {
    return textOf(this.#keys ?? []) !== ''
  }

  /** Keeps a key, and nobody else gets it: one is posting, and it was meant for the lines. False where it was not. */
  keep(event: KeyboardEvent, command: Command | undefined): boolean {
    const { entry, grid } = this.#work
    const target = event.target as HTMLElement
    if (!this.#keys && target.matches('.hb-notice')) this.#typedOn(event)
    if (!this.#keys || !entry.busy || entry.desk.mode === 'sheet') return false
    const isHere = grid.hasFocus || target === document.body || target.closest('#entry-header, #post') !== null
    const { key, shiftKey: isBack } = event
    const isRest = command === 'rest'
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    const writes = [...key].length === 1 && (isPlain || event.getModifierState('AltGraph'))
    // A second *Bokfør* with nothing before it is impatience; with lines before it, it ends a voucher.
    if (isHere && command && !isRest && !writes && (command !== 'post' || this.isKeeping))
      this.#keys.push({ key: '', ends: command })
    if (!isHere || !(isRest || writes || (isPlain && (STEPS.includes(key) || key === 'Backspace')))) return false
    event.preventDefault()
    event.stopPropagation()
    this.#keys.push({ key, isBack, isRest })
    return true
  }

  /** Typed on over what was posted, where nothing writes: told with what was typed before it. */
  #typedOn({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    if (ctrlKey || metaKey || altKey || !([...key].length === 1 || STEPS.includes(key) || key === 'Backspace')) return
    this.#lost.push({ key })
    const text = textOf(this.#lost)
    if (text !== '') this.#work.say(entryText(this.#work.entry.court.locale, 'typedAfter', { text }))
  }

  /** Pastes where one is; while one is posting, in the next voucher. */
  paste(pasted: string, at: Place): void {
    const { entry, paste } = this.#work
    if (!entry.busy) paste(pasted, at)
    else if (entry.desk.mode === 'voucher') this.#keys?.push({ key: '', pasted })
  }

  #write(keys: readonly Key[]): void {
    const { grid } = this.#work
    let text = ''
    for (const [i, { key, isBack = false, isRest, pasted, ends }] of keys.entries()) {
      const goesOn = isRest || STEPS.includes(key)
      const at = grid.current()
      if (pasted !== undefined && text === '' && at) this.#work.paste(pasted, at, true)
      else if (!goesOn) text = key === 'Backspace' ? text.slice(0, -1) : text + (pasted ?? key)
      else {
        if (text !== '') grid.write(text)
        text = ''
        if (isRest) grid.commit()
        if (isRest) run('rest', this.#work)
        else grid.goOn(isBack, key)
      }
      const isStopped = ends !== undefined || document.querySelector('dialog[open]') !== null
      if (!this.#keys && !isStopped) continue
      if (text !== '') grid.write(text)
      const rest = keys.slice(i + 1)
      if (this.#keys)
        this.#keys.push(...rest) // `+` posts this one too: they are for the one after it
      else this.#tell(rest, ends === 'post')
      return
    }
    if (text !== '') grid.write(text)
  }

  /** What is not entered; after a second *Bokfør*, that what is entered is not posted. */
  #tell(keys: readonly Key[], isUnposted = false): void {
    const text = textOf(keys)
    const { locale } = this.#work.entry.court
    const told = [
      isUnposted && entryText(locale, 'typedToPost'),
      text !== '' && entryText(locale, isUnposted ? 'typedAfter' : 'typedAhead', { text }),
    ].filter(Boolean)
    if (told.length > 0) this.#work.say(told.join(' '))
  }
}

function textOf(keys: readonly Key[]): string {
  const typed = keys.map(({ key, pasted }) => pasted ?? (key.length <= 1 ? key : key === 'Backspace' ? '' : ' '))
  return oneLine(typed.join('')).slice(0, 200)
}
