import { KEYS } from '../manifest/shortcut-keys.ts'
import type { KeyChoice } from './key-choice.ts'

export type Letters = Readonly<Record<string, string>>
/** The letter of each command, by its id. */
export const USUAL: Letters = Object.fromEntries(Object.entries(KEYS).map(([letter, id]) => [id, letter.toUpperCase()]))

/** The keys of the commands as the user has them, in the sheet and in the pane alike. */
export class OwnKeys {
  letters = USUAL
  /** Where this Excel lets its user choose. */
  choice: KeyChoice | undefined
  /** What is held down with a letter; on a Mac others. */
  held = 'Ctrl Alt'
  /** A command without keys has none to show. */
  shown = (id: string): string | undefined => (this.letters[id] ? `${this.held} ${this.letters[id]}` : undefined)
  /** Of no letter there is no command, though commands may be without: the keys of a screen tell no letter. */
  commandOf = (letter: string): string | undefined =>
    Object.keys(this.letters).find((id) => letter !== '' && this.letters[id] === letter.toUpperCase())
}

export const ownKeys = new OwnKeys()
