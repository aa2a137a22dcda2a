import type { Answers } from '#worker/sheets/paste-cells.ts'
import { type Line, sendJson } from './send.ts'

const SETTING = '/api/v1/me/settings/paste-answers'
/** Sources remembered; the oldest go first. */
const MOST = 200

/** How a source of pasted lists was told to be read: kept with the user, so that it holds on every machine and in every company. */
export class PasteMemory {
  readonly #line: Line
  #known: Readonly<Record<string, string>>

  constructor(line: Line, known: Readonly<Record<string, string>>) {
    this.#line = line
    this.#known = known
  }

  /** What was answered for lists of the same shape: `number=decimal monthDay=last`. */
  answersFor(source: string): Answers {
    const pairs = (this.#known[keyOf(source)] ?? '').split(' ').filter(Boolean)
    return Object.fromEntries(pairs.map((pair) => pair.split('=')))
  }

  remember(source: string, answers: Answers): void {
    const { [keyOf(source)]: _, ...others } = this.#known
    const said = Object.entries(answers)
      .map(([of, value]) => `${of}=${value}`)
      .join(' ')
    const kept = Object.entries(others).slice(1 - MOST)
    this.#known = Object.fromEntries([...kept, [keyOf(source), said]])
    // Without an answer it is asked again next time.
    void sendJson(this.#line, SETTING, { value: this.#known }, { method: 'PUT' }).catch(() => {})
  }
}

/** The beginning of the headings one would know it by, and a number of all of them. */
function keyOf(source: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < source.length; i++) hash = Math.imul(hash ^ source.charCodeAt(i), 0x01000193) >>> 0
  return `${hash.toString(16).padStart(8, '0')} ${source.slice(0, 60)}`
}
