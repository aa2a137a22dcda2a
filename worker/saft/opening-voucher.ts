import { made } from '#i18n/nb/imports.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { BookedEntry, BookedVoucher } from '#worker/ledger/job.ts'
import type { FileBalances } from './file-balances.ts'
import type { SaftChart } from './saft-chart.ts'
import type { ToldList } from './told-list.ts'

type Owner = { kind: PartyKind; number: string }

/**
 * The opening balances of the file as one voucher, by account, and by party on control accounts. What parties do not explain
 * of a control account goes to its technical party, and what all accounts lack to balance goes to 1999; both are told.
 * Undefined when everything opens at zero.
 */
export function openingVoucher(
  id: string,
  day: IsoDate,
  balances: FileBalances,
  chart: SaftChart,
  told: ToldList,
): { voucher: BookedVoucher | undefined; missing: Ore } {
  const entries: BookedEntry[] = []
  const add = (account: string, amount: number, party: Owner | null) => {
    if (amount !== 0) entries.push(openingEntry(`r${entries.length + 1}`, account, amount, party))
  }
  let sum = 0
  for (const [number, { opening }] of balances.accounts) {
    sum += opening
    const { control } = chart.account(number)
    if (!control) add(number, opening, null)
  }
  const restOf = new Map<string, number>()
  for (const account of chart.accounts.values())
    if (account.control) restOf.set(account.number, balances.accounts.get(account.number)?.opening ?? 0)
  for (const { kind, id: party, account, opening } of balances.parties) {
    const rest = restOf.get(account)
    if (rest === undefined || opening === 0) continue
    const own = chart.partyOn(
      chart.account(account),
      kind === 'customer' ? party : '',
      kind === 'supplier' ? party : '',
    )
    add(account, opening, own)
    restOf.set(account, rest - opening)
  }
  for (const [number, rest] of restOf) {
    if (rest === 0) continue
    const kind = chart.account(number).control!
    const party = chart.technicalParty(kind, number)
    told.add('opening-to-technical-party', { account: number, kind, amount: rest, party })
    add(number, rest, { kind, number: party })
  }
  const missing = ore(-sum)
  if (missing !== 0) add(chart.observation().number, missing, null)
  if (entries.length < 2) return { voucher: undefined, missing }
  const voucher: BookedVoucher = {
    id,
    type: 'opening-balance',
    voucherDate: day,
    documentDate: day,
    vatDate: day,
    text: made.opening,
    externalId: 'opening-balance',
    entries,
  }
  return { voucher, missing }
}

const openingEntry = (rowKey: string, account: string, amount: number, party: Owner | null): BookedEntry => ({
  rowKey,
  account,
  ...(party && { partyKind: party.kind, party: party.number }),
  amount: ore(amount),
  text: made.opening,
})
