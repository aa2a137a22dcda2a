/// <reference types="office-js" />
import { KEYS } from '../manifest/shortcut-keys.ts'
import { actionsOf } from './actions.ts'
import type { PaneModel } from './pane-model.ts'

/** Ties the commands to Excel's ribbon and shortcuts, and lets the pane answer the same keys when it has the focus. */
export function answerKeys(pane: PaneModel): void {
  const actions = actionsOf(pane, focusOnChoice)
  for (const [id, action] of Object.entries(actions))
    Office.actions?.associate(id, async (event?: { completed?: () => void }) => {
      try {
        await action()
      } finally {
        event?.completed?.() // a button of the ribbon stays busy until it is told
      }
    })
  document.addEventListener('keydown', (event) => {
    const onMac = event.metaKey && event.altKey && event.shiftKey && !event.ctrlKey
    const elsewhere = event.ctrlKey && event.altKey && !event.metaKey
    // By the key and not the letter: with Alt, a Mac makes another letter of it.
    const action = onMac || elsewhere ? actions[KEYS[event.code.replace('Key', '').toLowerCase()] ?? ''] : undefined
    if (!action) return
    event.preventDefault()
    action()
  })
}

/** The field is read when one first stands in a cell that something is chosen for: it comes within a moment, or there is none. */
function focusOnChoice(left = 20): void {
  const field = document.querySelector<HTMLInputElement>('.hb-choose input')
  if (field) field.focus()
  else if (left > 0) setTimeout(() => focusOnChoice(left - 1), 50)
}
