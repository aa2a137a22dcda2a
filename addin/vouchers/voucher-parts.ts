// The voucher sheet's part of the pane, as one file to read when a workbook has such a sheet.
export { voucherView } from '../pane/voucher-view.ts'
export { isMoved } from '../sheet/moved-rows.ts'
export { askUnknown } from './ask-unknown.ts'
export { columnsOf, missingIn, ownCaptions, readSheet, show, turnTo } from './voucher-desk.ts'
