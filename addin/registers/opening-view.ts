import type { OpeningJudgement } from '#worker/opening-balance/opening-judgement.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import type { OpeningPart } from '#worker/opening-balance/takeover-plan.ts'
import type { Marked } from './judge-budget.ts'
import type { OpeningListView } from './opening-list.ts'
import type { TakeoverChecks, TakeoverView } from './takeover-view.ts'

/** An opening balance as the server keeps it. */
export type KeptOpening = {
  openingDate: string
  state: 'draft' | 'booked' | 'changed' | 'reversed'
  version: number
  resultAccount: string | null
  part: OpeningPart
  rows: OpeningRow[]
  voucher: { series: string; fiscalYear: number; number: number } | null
}
/** The opening sheet as the pane tells of it. Amounts in øre. */
export type OpeningView = Pick<OpeningJudgement, 'sum' | 'gauges' | 'result' | 'counts'> & {
  sheet: string
  openingDate: string
  state: KeptOpening['state']
  voucher: KeptOpening['voucher']
  resultAccount: string | null
  rows: number
  newParties: number
  /** Of a take-over with movements: what is left on the interim accounts, and on those of customers and suppliers. */
  takeover: TakeoverView | undefined
  /** Of a take-over that this is a list of: what must hold before it is finished. */
  checks: TakeoverChecks | undefined
  list: OpeningListView | undefined
  wrong: readonly Marked[]
  doubtful: readonly Marked[]
  /** What others' took the place of can be undone. */
  overOwn: boolean
  /** What others changed, and rows that they removed and that stand here still. */
  news: readonly Marked[]
}
