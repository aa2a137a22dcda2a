import { fill, type Locale } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { itemsDateOf, type TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
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
/** What is said of an amount beside it: of what is not booked yet, no ledger can say that it is right. */
export function gaugeText(
  { amount, target, isPending = false }: { amount: number; target: number; isPending?: boolean },
  locale: Locale,
): string {
  const t = openingTexts[locale]
  if (amount === target) return isPending ? takeoverTexts[locale].pending : target === 0 ? t.gaugeZero : t.gaugeRight
  const of = target === 0 ? '' : `${fill(t.gaugeOf, { target }, locale)}, `
  return `${of}${fill(t.gaugeRest, { rest: target - amount }, locale)}`
}
/** What must hold before it is finished, and the day it was; finished it is on the web. */
export type TakeoverChecks = { checklist: readonly Checked[]; finishedAt: string | null }
export type PlannedTakeover = TakeoverPlan & TakeoverView & TakeoverChecks

export const isOfTakeover = (date: IsoDate, plan: PlannedTakeover | undefined): boolean =>
  plan !== undefined && [plan.openingDate, itemsDateOf(plan)].includes(date)
/** The gauges of a take-over with movements, beside the sheets of its days. Beside the opening balance itself they tell its sum as it stands there. */
export const takeoverBeside = (
  plan: PlannedTakeover | undefined,
  date: IsoDate,
  sum: Ore,
): PlannedTakeover | undefined =>
  plan?.variant !== 'movements' || !isOfTakeover(date, plan)
    ? undefined
    : { ...plan, openingSum: date === plan.openingDate ? sum : plan.openingSum }

/** The take-over of a company; undefined where none is planned. */
export async function readTakeover(api: LedgerApi, company: string): Promise<PlannedTakeover | undefined> {
  try {
    return await api.get<PlannedTakeover>(company, 'takeover')
  } catch (error) {
    if (error instanceof Refused && error.code === 'takeover/none') return undefined
    throw error
  }
}
