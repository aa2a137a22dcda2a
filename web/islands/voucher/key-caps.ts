import { caps } from './element.ts'
import { COMMANDS, capOf, type KeyMap } from './keys.ts'

/** What the texts call the keys that somebody has chosen others for; none while all are as they come. */
let chosen: ReadonlyMap<string, string> = new Map()
let standing: RegExp | undefined

/** A text with the keys that the person has: `Trykk F7 for å ta resten`. */
export const said = (text: string): string =>
  standing ? text.replace(standing, (cap) => chosen.get(cap) ?? cap) : text

/** From now on texts and caps say the keys of a map: those of the frame's line and of the buttons, and all that is said later. */
export function useCaps(map: KeyMap): void {
  const names = Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]
  const pairs = names.map((name) => [capOf(COMMANDS[name].keys[0]), capOf(map[name][0] ?? '')] as const)
  chosen = new Map(pairs.filter(([standard, own]) => own !== '' && own !== standard))
  // The longest first, and those that stand too: what `⇧ F8` says is not what `F8` says.
  const every = pairs.map(([standard]) => standard.replace('?', '\\?')).sort((a, b) => b.length - a.length)
  standing = chosen.size === 0 ? undefined : new RegExp(`(?<![\\p{L}\\d])(?:${every.join('|')})(?![\\p{L}\\d])`, 'gu')
  for (const holder of document.querySelectorAll<HTMLElement>('.hb-keys > span, .hb-main button:has(> kbd)'))
    showIn(holder)
}

function showIn(holder: HTMLElement): void {
  const shown = [...holder.querySelectorAll(':scope > kbd')]
  const cap = shown.map((one) => one.textContent).join(' ')
  holder.dataset.cap ??= cap
  const next = said(holder.dataset.cap)
  if (next === cap) return
  shown[0]!.before(...caps(next))
  for (const one of shown) one.remove()
}
