/// <reference types="office-js" />
import { type Letters, type OwnKeys, USUAL } from './own-keys.ts'

/** What of Office keeps which keys a user has chosen, for all of the user's workbooks. */
export type KeyKeeper = Pick<Office.Actions, 'getShortcuts' | 'replaceShortcuts' | 'areShortcutsInUse'>

/** What this Excel's user has chosen, where it lets one choose. */
export async function readOwnKeys(keys: OwnKeys): Promise<void> {
  const { requirements, platform } = Office.context ?? {}
  if (String(platform) === 'Mac') keys.held = MAC
  if (requirements?.isSetSupported('KeyboardShortcuts', '1.1')) await new KeyChoice(keys, Office.actions).read()
}
export const MAC = 'Command Alt Shift'
/** The letters to choose from: Windows takes AltGr for Ctrl and Alt, and a Norwegian keyboard writes € and µ with E and M. */
export const LETTERS: readonly string[] = [...'ABCDFGHIJKLNOPQRSTUVWXYZ']

/** The keys as Excel keeps them for its user: read, chosen anew, and given back. */
export class KeyChoice {
  readonly #keys: OwnKeys
  readonly #keeper: KeyKeeper
  #turn: Promise<unknown> = Promise.resolve()
  constructor(keys: OwnKeys, keeper: KeyKeeper) {
    this.#keys = keys
    this.#keeper = keeper
  }

  async read(): Promise<void> {
    const chosen = await this.#keeper.getShortcuts()
    // Null where the user gave the keys to something else when asked.
    const letterOf = (id: string) =>
      id in chosen ? (/(?:^|\+)([A-Z])$/i.exec(chosen[id] ?? '')?.[1] ?? '') : USUAL[id]!
    this.#keys.letters = Object.fromEntries(Object.keys(USUAL).map((id) => [id, letterOf(id).toUpperCase()]))
    this.#keys.choice = this
  }
  get changed(): boolean {
    return Object.entries(USUAL).some(([id, letter]) => this.#keys.letters[id] !== letter)
  }

  /**
   * Gives a command another letter; one of ours that had it gets the letter of before, or a free one where there was none. Which
   * commands got other keys: undefined where Excel, or another add-in, answers those.
   */
  choose(id: string, letter: string): Promise<readonly string[] | undefined> {
    return this.#inTurn(async () => {
      const { letters, commandOf } = this.#keys
      const other = commandOf(letter)
      if (!other) {
        if (!(await this.#firstFree([letter]))) return undefined
        return this.#give({ ...letters, [id]: letter })
      }
      const instead = letters[id] || (await this.#firstFree(LETTERS.filter((each) => !commandOf(each))))
      if (!instead) throw new Error('No letter is free')
      return this.#give({ ...letters, [id]: letter, [other]: instead })
    })
  }
  /** The keys that the add-in came with. */
  reset(): Promise<readonly string[]> {
    return this.#inTurn(() => this.#give(USUAL))
  }

  async #firstFree(letters: readonly string[]): Promise<string | undefined> {
    const asked = await this.#keeper.areShortcutsInUse(letters.map(this.#pressed))
    return asked.find(({ inUse }) => !inUse)?.shortcut.slice(-1)
  }

  async #give(letters: Letters): Promise<readonly string[]> {
    const before = this.#keys.letters
    const given = Object.entries(letters).filter(([, letter]) => letter !== '')
    await this.#keeper.replaceShortcuts(Object.fromEntries(given.map(([id, letter]) => [id, this.#pressed(letter)])))
    this.#keys.letters = letters
    return Object.keys(letters).filter((id) => letters[id] !== before[id])
  }
  #pressed = (letter: string): string => `${this.#keys.held.replaceAll(' ', '+')}+${letter}`
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }
}
