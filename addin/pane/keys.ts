/// <reference types="office-js" />
import type { PaneModel } from './pane-model.ts'

/** What the shortcuts do. The ids are those of the manifest. */
export const actionsOf = (pane: PaneModel): Record<string, () => unknown> => ({
  openPane: () => Office.addin.showAsTaskpane(),
  checkVouchers: () => pane.check(),
  postVouchers: () => pane.post(),
  refreshFigures: () => pane.refresh(),
  drillDown: async () => {
    await Office.addin.showAsTaskpane()
    pane.setTab('report')
  },
})

/** Keys with Ctrl and Alt, by the letter; Excel hands them over while a sheet has the focus, and not while the pane has. */
export const KEYS: Readonly<Record<string, string>> = {
  h: 'openPane',
  k: 'checkVouchers',
  b: 'postVouchers',
  o: 'refreshFigures',
  d: 'drillDown',
}

/** Ties the commands to Excel's ribbon and shortcuts, and lets the pane answer the same keys when it has the focus. */
export function answerKeys(pane: PaneModel): void {
  const actions = actionsOf(pane)
  for (const [id, action] of Object.entries(actions)) Office.actions?.associate(id, action)
  document.addEventListener('keydown', (event) => {
    if (!event.ctrlKey || !event.altKey || event.metaKey) return
    const action = actions[KEYS[event.key.toLowerCase()] ?? '']
    if (!action) return
    event.preventDefault()
    action()
  })
}
