/// <reference types="office-js" />
import type { PaneModel } from './pane-model.ts'

/** What the shortcuts do. The ids are those of the manifest. */
export const actionsOf = (pane: PaneModel): Record<string, () => unknown> => ({
  openPane: () => Office.addin.showAsTaskpane(),
  checkVouchers: () => pane.vouchers.check(),
  postVouchers: () => pane.vouchers.post(),
  refreshFigures: async () => (await pane.readReports()).refresh(),
  nextIssue: () => pane.vouchers.nextIssue(),
  switchLanguage: () => pane.setLocale(pane.state.locale === 'nb' ? 'en' : 'nb'),
  drillDown: async () => {
    await Office.addin.showAsTaskpane()
    pane.setTab('report')
  },
})
