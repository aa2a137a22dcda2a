import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { caps, h } from './element.ts'

export type Command =
  | 'post'
  | 'dryRun'
  | 'nextIssue'
  | 'previousIssue'
  | 'fix'
  | 'rest'
  | 'undo'
  | 'redo'
  | 'fillDown'
  | 'copyLine'
  | 'insertLine'
  | 'deleteLine'
  | 'otherPart'
  | 'explain'
  | 'help'

type Where = { inGrid: boolean; isWriting: boolean; mayBeText: boolean }

/** What a key means on this page; undefined leaves it to the one who has the focus. */
export function commandOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  where: Where,
): Command | undefined {
  const ctrl = event.ctrlKey || event.metaKey
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (ctrl && !event.altKey) {
    if (key === 'b' && !event.shiftKey) return 'post'
    if (key === 'Enter' && where.inGrid) return 'rest'
    if (where.isWriting) return undefined
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
    if (key === 'y') return 'redo'
    if (key === 'd' && where.inGrid) return 'fillDown'
    return undefined
  }
  if (event.altKey && !ctrl) {
    if (key === 'Enter') return 'fix'
    if (!where.inGrid) return undefined
    if (event.code === 'KeyK') return 'copyLine'
    if (key === 'Insert') return 'insertLine'
    if (key === 'Delete') return 'deleteLine'
    return undefined
  }
  if (ctrl || event.altKey) return undefined
  if (key === 'F8') return event.shiftKey ? 'previousIssue' : 'nextIssue'
  if (key === 'F9') return 'dryRun'
  if (key === 'F6') return 'otherPart'
  if (key === 'F1') return 'explain'
  if (key === '?' && where.inGrid && !where.isWriting && !where.mayBeText) return 'help'
  return undefined
}

const MAP: readonly { heading: EntryKey; keys: readonly [keys: string, does: EntryKey][] }[] = [
  {
    heading: 'keysEnter',
    keys: [
      ['Enter', 'keyNext'],
      ['⇧ Enter', 'keyBack'],
      ['Ctrl Enter', 'keyRest'],
      ['−', 'keySupplier'],
      ['+', 'keyCustomer'],
      ['Ctrl B', 'keyPost'],
      ['+ Enter', 'keyPlus'],
      ['F6', 'keyHeader'],
    ],
  },
  {
    heading: 'keysLines',
    keys: [
      ['Ctrl V', 'keyPaste'],
      ['Ctrl D', 'keyFillDown'],
      ['Alt K', 'keyCopy'],
      ['Alt Ins', 'keyInsert'],
      ['Alt Del', 'keyDelete'],
      ['F2', 'keyEdit'],
      ['Ctrl Z', 'keyUndo'],
      ['Ctrl Y', 'keyRedo'],
    ],
  },
  {
    heading: 'keysCheck',
    keys: [
      ['F8', 'keyNextError'],
      ['⇧ F8', 'keyPreviousError'],
      ['Alt Enter', 'keyFix'],
      ['F9', 'keyDryRun'],
      ['F1', 'keyExplain'],
    ],
  },
]

/** Puts this page's keys first in the frame's map of keys. */
export function addToKeyMap(locale: Locale): void {
  const map = document.querySelector('#key-map .hb-key-map')
  if (!map) return
  const sections = MAP.map(({ heading, keys }) =>
    h(
      'section',
      {},
      h('h3', {}, entryText(locale, heading)),
      h(
        'dl',
        {},
        ...keys.map(([cap, does]) => h('div', {}, h('dt', {}, entryText(locale, does)), h('dd', {}, ...caps(cap)))),
      ),
    ),
  )
  map.setAttribute('data-entry', '')
  map.prepend(...sections)
}
