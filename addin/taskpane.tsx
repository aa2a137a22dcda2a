/// <reference types="office-js" />
/** @jsxImportSource hono/jsx/dom */
import { render } from 'hono/jsx/dom'
import { functions } from './functions.ts'
import { api, keep, session, setting } from './office.ts'
import { answerKeys } from './pane/keys.ts'
import { Pane } from './pane/pane.tsx'
import { PaneModel } from './pane/pane-model.ts'
import { readTexts } from './pane/pane-texts.ts'
import { SHEET_KINDS } from './pane/sheet-kinds.tsx'

/** Office's own light and dark; without a word from it, that of the system. */
function followTheme(): void {
  const theme = Office.context?.officeTheme as { bodyBackgroundColor?: string; isDarkTheme?: boolean } | undefined
  const dark = theme?.isDarkTheme ?? (theme?.bodyBackgroundColor ? isDark(theme.bodyBackgroundColor) : undefined)
  document.documentElement.dataset.colorScheme = dark === undefined ? 'auto' : dark ? 'dark' : 'light'
}
const isDark = (colour: string): boolean => {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return 0.299 * r! + 0.587 * g! + 0.114 * b! < 128
}

const pane = new PaneModel({
  run: (work) => Excel.run(work),
  session,
  api,
  functions,
  setting,
  keep,
  kinds: SHEET_KINDS,
  file: () => Office.context?.document?.url || undefined,
  saveFile(name, bytes, type) {
    const url = URL.createObjectURL(new Blob([...bytes], { type }))
    const link = Object.assign(document.createElement('a'), { href: url, download: name })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  },
  now: () => Date.now(),
})

Office.onReady(async () => {
  followTheme()
  await readTexts(pane.state.locale)
  document.documentElement.lang = pane.state.locale
  pane.subscribe(() => {
    document.documentElement.lang = pane.state.locale
  })
  render(<Pane model={pane} />, document.getElementById('pane')!)
  answerKeys(pane)
  for (const sign of ['pointerdown', 'keydown']) document.addEventListener(sign, () => session.touch())
  await pane.start()
  // What the server tells is listened for once the pane is of use.
  const { followEvents } = await import('./pane/follow-events.ts')
  followEvents(pane, () => document.hidden)
})
