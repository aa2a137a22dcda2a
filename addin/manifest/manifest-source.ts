import { addinCommands as en } from '#i18n/en/addin-commands.ts'
import { addinCommands as nb } from '#i18n/nb/addin-commands.ts'
import { NAMESPACE } from '../functions/catalogue.ts'
import { KEYS } from './shortcut-keys.ts'

/** A command: on the ribbon, in the menu of a cell, or by keys alone. */
export type Command = {
  /** What `Office.actions` knows it by; `openPane` shows the pane. */
  readonly id: string
  readonly label: { nb: string; en: string }
  readonly help: { nb: string; en: string }
  readonly places: readonly ('ribbon' | 'cell-menu')[]
  /** Pressed together with Ctrl and Alt, on a Mac with Command, Alt and Shift. */
  readonly key: string
}

/**
 * All that both manifests say, once. The two have different ids, since Office takes them for different add-ins; neither is
 * ever changed, because workbooks remember it.
 */
export const ADDIN = {
  xmlId: '6f0a3a0e-7a5d-4c58-9f43-2b1c5d8e7a10',
  jsonId: 'b2c7e1d4-3f86-4a9b-8e15-90d7c4f2a6b3',
  version: '1.0.0',
  provider: 'Hovedbok',
  name: 'Hovedbok',
  namespace: NAMESPACE,
  description: { nb: nb.ribbon.description, en: en.ribbon.description },
  group: { nb: nb.ribbon.group, en: en.ribbon.group },
  getStarted: {
    title: { nb: nb.ribbon.getStarted, en: en.ribbon.getStarted },
    text: { nb: nb.ribbon.getStartedHelp, en: en.ribbon.getStartedHelp },
  },
  /** What Excel must have: the pane, its functions and its keys live in one page. Posting needs no newer API than 1.13. */
  requirements: { set: 'SharedRuntime', version: '1.1' },
  accent: '#24439B',
  iconSizes: [16, 32, 80],
} as const

const command = (id: keyof typeof nb.commands, ...places: Command['places'][number][]): Command => ({
  id,
  label: { nb: nb.commands[id][0]!, en: en.commands[id][0]! },
  help: { nb: nb.commands[id][1]!, en: en.commands[id][1]! },
  places,
  key: Object.entries(KEYS)
    .find(([, action]) => action === id)![0]
    .toUpperCase(),
})

export const COMMANDS: readonly Command[] = [
  command('openPane', 'ribbon'),
  command('newVoucher', 'ribbon', 'cell-menu'),
  command('chooseInCell', 'cell-menu'),
  command('checkVouchers', 'ribbon'),
  command('postVouchers', 'ribbon'),
  command('refreshFigures', 'ribbon', 'cell-menu'),
  command('drillDown', 'ribbon', 'cell-menu'),
  command('showVoucher', 'ribbon', 'cell-menu'),
  command('nextIssue', 'ribbon'),
  command('switchLanguage', 'ribbon'),
]

/** Addresses of the add-in below where Hovedbok answers, which has no slash at the end. */
export const addressesOf = (base: string) => ({
  pane: `${base}/addin/taskpane`,
  functions: `${base}/addin/functions.js`,
  metadata: { nb: `${base}/addin/functions.nb.json`, en: `${base}/addin/functions.en.json` },
  shortcuts: `${base}/addin/shortcuts.json`,
  help: `${base}/addin/help`,
  icon: (size: number) => `${base}/addin/icon-${size}.png`,
})
