import { cellAddress } from '../excel/voucher-table.ts'
import type { Placed } from '../sheet/place-issue.ts'
import { isOpen, needsReason, type SheetVoucher } from '../sheet/sheet-voucher.ts'
import { isChosen } from '../sheet/voucher-columns.ts'
import type { SheetRow } from '../sheet/voucher-rows.ts'
import type { Judged } from '../vouchers/voucher-desk.ts'

/** An issue with its place as people name it. */
export type ViewIssue = { address: string; row: number; issue: Placed }
/** What the pane shows of the voucher sheet. */
export type VoucherView = {
  table: string
  sheet: string
  /** All of them, and the sheet's row that their first row is counted from. */
  all: readonly SheetVoucher[]
  firstRow: number
  /** The table's rows as they were read, and its columns' ids by the letters' place in the sheet. */
  read: readonly SheetRow[]
  columns: ReadonlyMap<number, string>
  lines: number
  ready: readonly SheetVoucher[]
  drafts: number
  /** Vouchers that have something in the way, and each thing. */
  wrong: { vouchers: number; issues: readonly ViewIssue[] }
  doubtful: { vouchers: number; issues: readonly ViewIssue[] }
  unknown: readonly SheetVoucher[]
  changed: readonly SheetVoucher[]
  changedCopies: readonly SheetVoucher[]
  /** Copies of vouchers that are not posted: one of the two must go, or become new. */
  copies: readonly SheetVoucher[]
  posted: number
  /** What is there to post, all that is neither posted nor reversed. */
  open: number
  /** A month is locked for whoever gives no reason. */
  needsReason: boolean
}

/** Whether something waits that no cell can mend. */
export const mustDecide = ({ unknown, changed, changedCopies, copies }: VoucherView): boolean =>
  unknown.length + changed.length + changedCopies.length + copies.length > 0

/** What the sheet's vouchers come to, and what is in the way. */
export function voucherView({ reading, vouchers }: Judged): VoucherView {
  const ready = vouchers.filter((v) => v.state === 'ready')
  const open = vouchers.filter((v) => isOpen(v.state))
  const wrong = vouchers.filter((v) => v.state === 'error' && !v.copy)
  const doubtful = ready.filter((v) => v.placed.some((p) => p.level === 'warning'))
  const issuesOf = (of: readonly SheetVoucher[], level: Placed['level']): ViewIssue[] =>
    of.flatMap((v) =>
      v.placed
        .filter((p) => p.level === level)
        .map((issue) => ({
          address: cellAddress(reading, issue.at, issue.column) ?? String(reading.firstRow + issue.at + 1),
          row: reading.firstRow + issue.at + 1,
          issue,
        })),
    )
  return {
    table: reading.table,
    sheet: reading.sheet,
    all: vouchers,
    firstRow: reading.firstRow,
    read: reading.rows,
    columns: new Map([...reading.places].map(([id, place]) => [reading.firstColumn + place, id])),
    lines: vouchers.reduce((n, v) => n + v.rows.length, 0),
    ready,
    drafts: vouchers.filter((v) => v.state === 'draft').length,
    wrong: { vouchers: wrong.length, issues: issuesOf(wrong, 'error') },
    doubtful: { vouchers: doubtful.length, issues: issuesOf(doubtful, 'warning') },
    unknown: vouchers.filter((v) => v.state === 'unknown' && !v.copy),
    changed: vouchers.filter((v) => v.state === 'changed' && !v.copy),
    changedCopies: vouchers.filter((v) => v.state === 'changed' && v.copy),
    copies: vouchers.filter((v) => v.state === 'error' && v.copy),
    posted: vouchers.filter((v) => v.state === 'posted' && !v.copy).length,
    open: open.length,
    needsReason: vouchers.some(({ judgement }) => judgement.issues.some(needsReason)),
  }
}

/** The cell of the voucher sheet that the user stands in, where its column is one that something is chosen for. */
export function chosenCell(
  view: VoucherView | undefined,
  place: { sheet: string; row: number; column: number } | undefined,
): { at: number; column: string; voucher: SheetVoucher | undefined } | undefined {
  const column = view && place?.sheet === view.sheet ? view.columns.get(place.column) : undefined
  if (!column || !isChosen(column)) return undefined
  const at = place!.row - view!.firstRow
  return at < 0 || at >= view!.read.length ? undefined : { at, column, voucher: voucherAt(view, place) }
}

/** The voucher that the selected row belongs to. */
export function voucherAt(
  view: VoucherView | undefined,
  place: { sheet: string; row: number } | undefined,
): SheetVoucher | undefined {
  const at = view && place?.sheet === view.sheet ? place.row - view.firstRow : undefined
  return view?.all.find(({ rows }) => rows.some((row) => row.at === at))
}
