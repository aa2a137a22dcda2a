import type { Locale } from '#i18n/format.ts'
import type { addinPane } from '#i18n/nb/addin-pane.ts'
import type { Company, StoredVoucher } from '../api/ledger-api.ts'
import type { AuditVoucher } from '../audit/recompute-chain.ts'
import type { SampleWish } from '../audit/sample.ts'
import type { Audit } from '../audit/verdict.ts'
import type { ChangedCell } from '../excel/figure-cells.ts'
import type { SelectedCell } from '../excel/selected-cell.ts'
import type { Binding } from '../excel/workbook-part.ts'
import type { ProbeAnswers } from '../probes/run-probes.ts'
import type { BudgetChoice, BudgetView } from '../registers/budget-model.ts'
import type { ComparisonView } from '../registers/comparison-model.ts'
import type { MovementView } from '../registers/judge-movements.ts'
import type { ListView } from '../registers/list-model.ts'
import type { ListId } from '../registers/list-register.ts'
import type { OpeningView } from '../registers/opening-view.ts'
import type { VoucherCell } from '../reports/cells-of-voucher.ts'
import type { Drilled } from '../reports/drill-down.ts'
import type { Gone } from '../vouchers/gone-vouchers.ts'
import type { PostResult, Progress } from '../vouchers/post-vouchers.ts'
import type { PaneTexts } from './pane-texts.ts'
import type { SheetKindId } from './sheet-kinds.tsx'
import type { VoucherView } from './voucher-view.ts'

type NoticeKey = keyof PaneTexts['notices']

export type Tab = 'vouchers' | 'report' | 'check' | 'more'
/** What is to be told: in our own words by key, or as the server put it. */
export type Notice = {
  level: 'error' | 'warning' | 'done'
  key?: NoticeKey
  text?: string
  params?: Record<string, number>
}
/** What the server's own checks say. */
export type Verified = {
  ledgerVersion: number
  chainHead: string
  checks: { key: string; name: string; holds: boolean; rows: number; violations: number }[]
}
export type PaneState = {
  locale: Locale
  screen: 'starting' | 'sign-in' | 'companies' | 'work'
  tab: Tab
  companies: readonly Company[]
  company: Company | undefined
  /** Those who may not are shown no way to it. */
  mayPost: boolean
  /** The company that the workbook belongs to, when it is another than those one may reach. */
  bound: Binding | undefined
  user: string
  busy: { what: keyof typeof addinPane.busy; progress?: Progress } | undefined
  notice: Notice | undefined
  /** The kind of sheet that is in front, or was last. */
  front: SheetKindId
  vouchers: VoucherView | undefined
  /** Posted vouchers whose rows are gone from the workbook. */
  gone: Gone | undefined
  /** Why one books in a month with a soft lock, as it is written; `asked` where the ledger wants one. */
  reason: { text: string; asked: boolean }
  /** Posting is to be all or nothing. */
  together: boolean
  /** The budget sheet, and the versions one may choose between. */
  budget: BudgetView | undefined
  budgets: readonly BudgetChoice[] | undefined
  /** The opening sheet, and the days one may begin on. */
  opening: OpeningView | undefined
  openingDays: readonly { date: string; isItems: boolean }[] | undefined
  /** The sheet of movements of a take-over. */
  movements: MovementView | undefined
  /** The sheet of last year's figures. */
  comparison: ComparisonView | undefined
  /** The sheets of the chart and of customers and suppliers. */
  lists: Readonly<Partial<Record<ListId, ListView | undefined>>>
  /** Where the user is, zero-based, while the voucher sheet is in front. */
  place: { sheet: string; row: number; column: number } | undefined
  checkedAt: string | undefined
  result: (PostResult & { at: string }) | undefined
  drill:
    | {
        cell: SelectedCell
        drilled: Drilled | undefined
        text: string | undefined
        /** Whose figure or voucher it is; the workbook's company unless told. */
        company?: string
        /** The figure as the ledger gives it now, where it may be another. */
        now: number | undefined
      }
    | undefined
  peek: StoredVoucher | undefined
  /** The document of the voucher in view; `image` where it can be shown here. */
  document: { voucher: string; id: string; stamp: number; image: string | undefined } | undefined
  /** The workbook's cells that the voucher in view counts in. */
  cells: { cells: readonly VoucherCell[]; outdated: number } | undefined
  /** Cells that became another figure when all were drawn anew. */
  changes: readonly ChangedCell[] | undefined
  verified: Verified | undefined
  audit: Audit | undefined
  /** What this Excel answered to the probe pack. */
  probes: { platform: string; version: string; answers: ProbeAnswers } | undefined
  sampled: (SampleWish & { sheet: string; vouchers: readonly AuditVoucher[] }) | undefined
  /** The version of the figures shown; before there are any, the newest that was heard of. */
  ledgerVersion: number | undefined
  takenAt: number | undefined
  /** Figures that somebody has posted behind. */
  stale: number
  waiting: number
  offline: boolean
}

/** What another user, or one with another company, has not said. */
export const UNSAID = { reason: { text: '', asked: false }, together: false }

export const BEGINNING: Omit<PaneState, 'locale'> = {
  screen: 'starting',
  tab: 'vouchers',
  companies: [],
  company: undefined,
  mayPost: false,
  bound: undefined,
  user: '',
  busy: undefined,
  notice: undefined,
  front: 'vouchers',
  vouchers: undefined,
  gone: undefined,
  ...UNSAID,
  budget: undefined,
  budgets: undefined,
  opening: undefined,
  openingDays: undefined,
  movements: undefined,
  comparison: undefined,
  lists: {},
  place: undefined,
  checkedAt: undefined,
  result: undefined,
  drill: undefined,
  peek: undefined,
  document: undefined,
  cells: undefined,
  changes: undefined,
  verified: undefined,
  audit: undefined,
  probes: undefined,
  sampled: undefined,
  ledgerVersion: undefined,
  takenAt: undefined,
  stale: 0,
  waiting: 0,
  offline: false,
}

/** What is left of it when nobody is signed in. */
export const SIGNED_OUT: Partial<PaneState> = {
  screen: 'sign-in',
  company: undefined,
  companies: [],
  vouchers: undefined,
  gone: undefined,
  ...UNSAID,
  budget: undefined,
  opening: undefined,
  movements: undefined,
  comparison: undefined,
  lists: {},
  budgets: undefined,
  result: undefined,
  drill: undefined,
  peek: undefined,
  cells: undefined,
  document: undefined,
  changes: undefined,
  audit: undefined,
  verified: undefined,
}
