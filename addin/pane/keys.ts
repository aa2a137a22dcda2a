/// <reference types="office-js" />
import { KEYS } from '../manifest/shortcut-keys.ts'
import { ownKeys } from './own-keys.ts'
import type { PaneModel } from './pane-model.ts'

const loadActions = () => Promise.all([import('./actions.ts'), import('./choice-focus.ts')])

/** Ties the commands to Excel's ribbon and shortcuts, and lets the pane answer the same keys when it has the focus. */
export function answerKeys(pane: PaneModel, load = loadActions): void {
  const act = async (id: string) => {
    try {
      const [{ actionsOf }, { focusOnChoice }] = await load()
      await actionsOf(pane, focusOnChoice)[id]?.()
    } catch (error) {
      pane.fail(error)
      await Office.addin?.showAsTaskpane().catch(() => {}) // told where it is seen
    }
  }
  for (const id of Object.values(KEYS))
    Office.actions?.associate(id, async (event?: { completed?: () => void }) => {
      try {
        await act(id)
      } finally {
        event?.completed?.() // a button of the ribbon stays busy until it is told
      }
    })
  // Where they cannot be read they are those the add-in came with.
  import('./key-choice.ts')
    .then(({ readOwnKeys }) => readOwnKeys(ownKeys))
    .then(() => pane.redraw())
    .catch(() => {})
  document.addEventListener('keydown', (event) => {
    const onMac = event.metaKey && event.altKey && event.shiftKey && !event.ctrlKey
    const elsewhere = event.ctrlKey && event.altKey && !event.metaKey && !event.getModifierState('AltGraph')
    // By the key and not the letter: with Alt, a Mac makes another letter of it.
    const id = onMac || elsewhere ? ownKeys.commandOf(event.code.replace('Key', '')) : undefined
    if (!id) return
    event.preventDefault()
    act(id)
  })
}
