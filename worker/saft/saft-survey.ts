import type { IsoDate, Month } from '#worker/core/dates.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { SaftContent } from './saft-answers.ts'
import { type Controls, mayBeControl } from './saft-chart.ts'
import { dateOf, type SaftHeader, type SaftTransaction } from './saft-file.ts'

/** What must be known of a whole file before it can be booked on a company's own books, or where accounts surprised. */
export type SaftPlan = {
  header: SaftHeader
  firstDate: IsoDate | undefined
  lastDate: IsoDate | undefined
  months: ReadonlySet<Month>
  controls: Controls
}

/** Reads a file through without booking it. Everything that is refused in a file is refused on the way. */
export class SaftSurvey {
  private readonly months = new Set<Month>()
  private first: IsoDate | undefined
  private last: IsoDate | undefined
  private readonly parties = new Map<string, { customer: number; supplier: number }>()

  take(reader: SaftContent) {
    reader.takeParties()
    for (const t of reader.takeTransactions()) this.add(t)
  }

  plan(reader: SaftContent): SaftPlan {
    const controls = new Map<string, PartyKind | null>()
    for (const [number, counts] of this.parties) {
      const { groupingCode = '', standardAccount = '' } = reader.accounts.get(number) ?? {}
      const kind = mayBeControl(number, groupingCode, standardAccount)
      if (kind && counts[kind] > 0) controls.set(number, kind)
    }
    return { header: reader.header!, firstDate: this.first, lastDate: this.last, months: this.months, controls }
  }

  private add(t: SaftTransaction) {
    const day = dateOf(t)
    this.months.add(day.slice(0, 7) as Month)
    if (!this.first || day < this.first) this.first = day
    if (!this.last || day > this.last) this.last = day
    for (const { account, customer, supplier } of t.lines) {
      if (customer === '' && supplier === '') continue
      const counts = this.parties.get(account) ?? { customer: 0, supplier: 0 }
      if (customer !== '') counts.customer++
      if (supplier !== '') counts.supplier++
      this.parties.set(account, counts)
    }
  }
}
