import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { caps, h } from './element.ts'

/** Everything that a key can do here, with its words and the keys it has of itself. Where two are given, the first is shown. */
export const COMMANDS = {
  rest: { does: 'keyRest', keys: ['Ctrl+Enter'], where: 'grid' },
  post: { does: 'keyPost', keys: ['Ctrl+B'] },
  otherPart: { does: 'keyHeader', keys: ['F6'] },
  today: { does: 'keyToday', keys: ['Alt+T'], where: 'grid' },
  newDraft: { does: 'keyNewDraft', keys: ['Alt+N'] },
  drafts: { does: 'keyDrafts', keys: ['Alt+L'] },
  currency: { does: 'keyCurrency', keys: ['Alt+V'] },
  template: { does: 'keyTemplate', keys: ['Alt+M'] },
  nextDocument: { does: 'keyNextDocument', keys: ['Alt+J'] },
  document: { does: 'keyDocument', keys: ['Alt+I'] },
  fillDown: { does: 'keyFillDown', keys: ['Ctrl+D'], where: 'cells' },
  copyLine: { does: 'keyCopy', keys: ['Alt+K'], where: 'grid' },
  insertLine: { does: 'keyInsert', keys: ['Alt+Insert'], where: 'grid' },
  deleteLine: { does: 'keyDelete', keys: ['Alt+Delete'], where: 'grid' },
  undo: { does: 'keyUndo', keys: ['Ctrl+Z'], where: 'idle' },
  redo: { does: 'keyRedo', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'], where: 'idle' },
  find: { does: 'keyFind', keys: ['Ctrl+F'] },
  findNext: { does: 'keyFindNext', keys: ['F3'] },
  columns: { does: 'keyColumns', keys: ['Alt+O'] },
  script: { does: 'keyScript', keys: ['Alt+S'], where: 'grid' },
  matches: { does: 'keyMatches', keys: ['Alt+U'], where: 'grid' },
  nextIssue: { does: 'keyNextError', keys: ['F8'] },
  previousIssue: { does: 'keyPreviousError', keys: ['Shift+F8'] },
  fix: { does: 'keyFix', keys: ['Alt+Enter'] },
  dryRun: { does: 'keyDryRun', keys: ['F9'] },
  explain: { does: 'keyExplain', keys: ['F1'] },
  help: { does: 'keyHelp', keys: ['?'], where: 'cells' },
} as const satisfies Record<string, { does: EntryKey; keys: readonly string[]; where?: 'grid' | 'cells' | 'idle' }>
export type Command = keyof typeof COMMANDS
const NAMES = Object.keys(COMMANDS) as Command[]

/** Which keys each command has: those of itself, but for what somebody has chosen. */
export type KeyMap = Readonly<Record<Command, readonly string[]>>
/** A preset, or what a person has chosen: only what differs. */
export type ChosenKeys = Readonly<Partial<Record<Command, string>>>

/** For hands that learnt on function keys. */
const CLASSIC: ChosenKeys = {
  post: 'F10',
  rest: 'F7',
  copyLine: 'F5',
  deleteLine: 'Ctrl+Delete',
  insertLine: 'Ctrl+Insert',
  fix: 'F4',
  find: 'Ctrl+F3',
  newDraft: 'Ctrl+F2',
}
export const PRESETS = { standard: {}, classic: CLASSIC } as const satisfies Record<string, ChosenKeys>
export type Preset = keyof typeof PRESETS

/** `chosen` as it is kept: the preset under its own name, and keys by command; several are separated by a space. */
export function keyMapFrom(chosen: Readonly<Record<string, string>>): KeyMap {
  const preset: ChosenKeys = PRESETS[chosen.preset as Preset] ?? PRESETS.standard
  return Object.fromEntries(
    NAMES.map((name) => {
      const own = chosen[name] ?? preset[name]
      return [name, own === undefined ? COMMANDS[name].keys : own.split(' ').filter(Boolean)]
    }),
  ) as unknown as KeyMap
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>
type Where = { inGrid: boolean; isWriting: boolean; mayBeText: boolean }

/** A key as it is written: `Ctrl+Shift+Z`, `Alt+K`, `F8`, `?`. Empty for a modifier alone. */
export function keyName(event: Pressed): string {
  const { key, code } = event
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'CapsLock'].includes(key)) return ''
  // With Alt some keyboards write another letter: the place of the key counts.
  const letter = event.altKey && /^Key[A-Z]$/.test(code) ? code.slice(3) : key.length === 1 ? key.toUpperCase() : key
  const isSign = key.length === 1 && !/\p{Letter}/u.test(key)
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && !isSign ? 'Shift' : '',
    letter === ' ' ? 'Space' : letter,
  ]
  return parts.filter(Boolean).join('+')
}

/** What a key means on this page; undefined leaves it to the one who has the focus. */
export function commandOf(event: Pressed, where: Where, map: KeyMap = STANDARD): Command | undefined {
  const name = keyName(event)
  const command = NAMES.find((other) => map[other].includes(name))
  if (!command) return undefined
  const { where: asks } = COMMANDS[command] as { where?: string }
  if ((asks === 'grid' || asks === 'cells') && !where.inGrid) return undefined
  if ((asks === 'idle' || asks === 'cells') && where.isWriting) return undefined
  // A sign or letter without Ctrl or Alt belongs to the text one may be about to write.
  const writes = /^(Shift\+)?.$/u.test(name)
  return writes && (where.isWriting || where.mayBeText) ? undefined : command
}
const STANDARD = keyMapFrom({})

/** Who has a key already, when somebody wants to give it to another command. */
export const holderOf = (key: string, map: KeyMap): Command | undefined => NAMES.find((name) => map[name].includes(key))

/** Keys that the browser, the grid or writing needs, and that nobody may take. */
const TAKEN =
  /^(Enter|Shift\+Enter|Tab|Shift\+Tab|Escape|Backspace|Delete|F2|Arrow.*|Home|End|PageUp|PageDown|Ctrl\+[CVXTWNA])$/
export const mayBeBound = (key: string): boolean =>
  key !== '' && !TAKEN.test(key) && !/^(Shift\+)?.$/u.test(key.replace('?', 'F1'))

const GROUPS: readonly { heading: EntryKey; commands: readonly Command[]; fixed: readonly [string, EntryKey][] }[] = [
  {
    heading: 'keysEnter',
    fixed: [
      ['Enter', 'keyNext'],
      ['⇧ Enter', 'keyBack'],
      ['−', 'keySupplier'],
      ['+', 'keyCustomer'],
      ['+ Enter', 'keyPlus'],
      ['→', 'keyKnownText'],
    ],
    commands: [
      'rest',
      'post',
      'today',
      'template',
      'script',
      'currency',
      'nextDocument',
      'document',
      'otherPart',
      'newDraft',
      'drafts',
    ],
  },
  {
    heading: 'keysLines',
    fixed: [
      ['Ctrl V', 'keyPaste'],
      ['F2', 'keyEdit'],
    ],
    commands: ['fillDown', 'copyLine', 'insertLine', 'deleteLine', 'undo', 'redo', 'columns', 'matches'],
  },
  {
    heading: 'keysCheck',
    fixed: [],
    commands: ['nextIssue', 'previousIssue', 'fix', 'find', 'findNext', 'dryRun', 'explain'],
  },
]

/** A key as its cap says: `Ctrl ⇧ Z`. */
export const capOf = (key: string): string =>
  key.replaceAll('+', ' ').replace('Shift', '⇧').replace('Insert', 'Ins').replace('Delete', 'Del')

/** Puts this page's keys first in the frame's map of keys, with a way to change them. */
export function showKeyMap(locale: Locale, map: KeyMap, change: () => void): void {
  const place = document.querySelector('#key-map .hb-key-map')
  if (!place) return
  for (const old of place.querySelectorAll('[data-entry-keys]')) old.remove()
  const line = (cap: string, does: EntryKey) =>
    h('div', {}, h('dt', {}, entryText(locale, does)), h('dd', {}, ...(cap ? caps(cap) : [])))
  const sections = GROUPS.map(({ heading, commands, fixed }) =>
    h(
      'section',
      { 'data-entry-keys': true },
      h('h3', {}, entryText(locale, heading)),
      h(
        'dl',
        {},
        ...fixed.map(([cap, does]) => line(cap, does)),
        ...commands.map((name) => line(capOf(map[name][0] ?? ''), COMMANDS[name].does)),
      ),
    ),
  )
  place.setAttribute('data-entry', '')
  place.prepend(...sections)
  const foot = document.querySelector('#key-map .hb-key-map-foot')
  if (!foot || foot.querySelector('[data-rebind]')) return
  const button = {
    type: 'button',
    class: 'ds-button',
    'data-variant': 'tertiary',
    'data-rebind': true,
    onclick: change,
  }
  foot.prepend(h('button', button, entryText(locale, 'keysChange')))
}
