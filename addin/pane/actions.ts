/// <reference types="office-js" />
import type { PaneModel } from './pane-model.ts'

/**
 * What the shortcuts do. The ids are those of the manifest. The pane comes into view first: there is told what was done, or that
 * one must sign in.
 */
export function actionsOf(pane: PaneModel, focusOnChoice: () => void): Record<string, () => unknown> {
  const inView = (work: () => unknown) => async () => {
    await Office.addin.showAsTaskpane()
    return work()
  }
  const onVouchers = (work: () => unknown) =>
    inView(() => {
      pane.setTab('vouchers', 'vouchers')
      return work()
    })
  return {
    openPane: () => Office.addin.showAsTaskpane(),
    newVoucher: onVouchers(() => pane.vouchers.startBelow()),
    chooseInCell: onVouchers(async () => {
      await pane.vouchers.selected()
      focusOnChoice()
    }),
    checkVouchers: onVouchers(() => pane.vouchers.check()),
    postVouchers: onVouchers(() => pane.vouchers.post()),
    refreshFigures: inView(async () => (await pane.readReports()).refresh()),
    nextIssue: () => pane.vouchers.nextIssue(),
    switchLanguage: () => pane.setLocale(pane.state.locale === 'nb' ? 'en' : 'nb'),
    drillDown: inView(() => pane.setTab('report')),
    showVoucher: inView(async () => (await pane.readReports()).showVoucher()),
  }
}
