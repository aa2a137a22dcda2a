import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { caps, h } from './element.ts'
import {
  COMMANDS,
  type Command,
  capOf,
  holderOf,
  type KeyMap,
  keyMapFrom,
  keyName,
  mayBeBound,
  type PRESETS,
} from './keys.ts'

type Port = {
  readonly locale: Locale
  /** As they are kept: only what differs from a preset. */
  chosen(): Readonly<Record<string, string>>
  choose(chosen: Record<string, string>): void
}

/** Where one gives commands other keys: press the key one wants. Nothing is bound twice, and nothing is taken in silence. */
export function openKeys(port: Port): void {
  const { locale } = port
  const t = entryText
  const says = h('p', { class: 'hb-quiet', role: 'status' })
  const list = h('dl', { class: 'hb-rebind' })
  const dialog = h(
    'dialog',
    { class: 'ds-dialog hb-dialog', id: 'rebind', 'data-wide': true, 'aria-labelledby': 'rebind-title' },
    h('h2', { id: 'rebind-title' }, t(locale, 'keysChange')),
    h('p', {}, t(locale, 'keysChangeIntro')),
    presets(),
    says,
    list,
    h(
      'div',
      { class: 'hb-form-actions' },
      h('button', { type: 'button', class: 'ds-button', onclick: () => dialog.close() }, t(locale, 'keysDone')),
    ),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  show()
  dialog.showModal()

  function presets(): HTMLElement {
    const button = (preset: keyof typeof PRESETS, key: 'keysStandard' | 'keysClassic') =>
      h(
        'button',
        {
          type: 'button',
          class: 'ds-button',
          'data-variant': 'secondary',
          onclick: () => {
            port.choose({ preset })
            says.textContent = t(locale, 'keysPresetChosen', { name: t(locale, key) })
            show()
          },
        },
        t(locale, key),
      )
    return h('div', { class: 'hb-form-actions' }, button('standard', 'keysStandard'), button('classic', 'keysClassic'))
  }

  function show(): void {
    const map = keyMapFrom(port.chosen())
    list.replaceChildren(
      ...(Object.keys(COMMANDS) as Command[]).map((name) =>
        h('div', {}, h('dt', {}, t(locale, COMMANDS[name].does)), h('dd', {}, binder(name, map))),
      ),
    )
  }

  function binder(name: Command, map: KeyMap): HTMLElement {
    const key = map[name][0]
    const button = h(
      'button',
      { type: 'button', class: 'hb-tool', 'aria-label': `${t(locale, COMMANDS[name].does)}: ${key ?? ''}` },
      ...(key ? caps(capOf(key)) : [t(locale, 'keysNone')]),
    )
    button.addEventListener('click', () => {
      button.textContent = t(locale, 'keysPress')
      const listen = (event: KeyboardEvent) => {
        const pressed = keyName(event)
        if (pressed === '') return
        event.preventDefault()
        event.stopPropagation()
        stop()
        if (pressed !== 'Escape') bind(name, pressed, map)
        show()
        list.querySelectorAll<HTMLElement>('button')[Object.keys(COMMANDS).indexOf(name)]?.focus()
      }
      const stop = () => {
        button.removeEventListener('keydown', listen)
        button.removeEventListener('blur', again)
      }
      const again = () => {
        stop()
        show()
      }
      button.addEventListener('keydown', listen)
      button.addEventListener('blur', again)
    })
    return button
  }

  function bind(name: Command, key: string, map: KeyMap): void {
    if (!mayBeBound(key)) {
      says.textContent = t(locale, 'keysTaken', { key: capOf(key) })
      return
    }
    const holder = holderOf(key, map)
    const next: Record<string, string> = { ...port.chosen(), [name]: key }
    if (holder && holder !== name) {
      next[holder] = map[holder].filter((other) => other !== key).join(' ')
      says.textContent = t(locale, 'keysMoved', { key: capOf(key), from: t(locale, COMMANDS[holder].does) })
    } else says.textContent = t(locale, 'keysBound', { key: capOf(key), does: t(locale, COMMANDS[name].does) })
    port.choose(next)
  }
}
