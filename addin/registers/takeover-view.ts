import type { IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import type { Checked } from '#worker/takeover/takeover-checklist.ts'
import { type LedgerApi, Refused } from '../api/ledger-api.ts'

/** What an account of the ledger stands at, and what it must come to, in øre; what makes up the rest. */
export type TakeoverGauge = {
  account: string
  amount: Ore
  target: Ore
  lines: readonly { voucherDate: IsoDate; text: string; amount: Ore }[]
  parties: readonly { kind: PartyKind; party: string; old: Ore; ledger: Ore }[]
}
/** How far a take-over has come, as the pane tells of it beside the sheets. */
export type TakeoverView = {
  gauges: readonly TakeoverGauge[]
  /** Debit less credit of the opening balance as it is filled in. */
  openingSum: Ore
  splitTerm: { key: string; lastDateBefore: IsoDate; firstDateHere: IsoDate } | null
}
/** What must hold before it is finished, and the day it was; finished it is on the web. */
export type TakeoverChecks = { checklist: readonly Checked[]; finishedAt: string | null }
export type PlannedTakeover = TakeoverPlan & TakeoverView & TakeoverChecks

/** The take-over of a company; undefined where none is planned. */
export async function readTakeover(api: LedgerApi, company: string): Promise<PlannedTakeover | undefined> {
  try {
    return await api.get<PlannedTakeover>(company, 'takeover')
  } catch (error) {
    if (error instanceof Refused && error.code === 'takeover/none') return undefined
    throw error
  }
}
