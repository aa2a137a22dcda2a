/// <reference types="office-js" />
import { KEYS } from '../manifest/shortcut-keys.ts'
import { actionsOf } from './actions.ts'
import type { PaneModel } from './pane-model.ts'

/** Ties the commands to Excel's ribbon and shortcuts, and lets the pane answer the same keys when it has the focus. */
export function answerKeys(pane: PaneModel): void {
  const actions = actionsOf(pane)
  for (const [id, action] of Object.entries(actions))
    Office.actions?.associate(id, async (event?: { completed?: () => void }) => {
      try {
        await action()
      } finally {
        event?.completed?.() // a button of the ribbon stays busy until it is told
      }
    })
  document.addEventListener('keydown', (event) => {
    if (!event.ctrlKey || !event.altKey || event.metaKey) return
    const action = actions[KEYS[event.key.toLowerCase()] ?? '']
    if (!action) return
    event.preventDefault()
    action()
  })
}
