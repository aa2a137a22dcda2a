import type { IsoDate } from '#worker/core/dates.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { mayBeControl, type OwnParty } from '#worker/saft/saft-chart.ts'
import { dateOf, type SaftTransaction } from '#worker/saft/saft-file.ts'
import type { SaftReader } from '#worker/saft/saft-reader.ts'
import { standardOf } from '#worker/saft/saft-vat.ts'
import { standardVatCodes } from '#worker/vat/standard-vat-codes.ts'
import type { FileAccount } from './account-proposal.ts'
import { type MetParty, PartyMeetings } from './party-proposal.ts'

/** A file of the switch: what it says of itself, and what it holds. */
export type SwitchFile = {
  name: string
  company: string
  organisationNumber: string
  version: string
  software: string
  vatRegistered: boolean
  fromDate: IsoDate | null
  toDate: IsoDate | null
  transactions: number
  lines: number
}
/** A party that transactions name and the file does not describe. */
export type MissingParty = { kind: PartyKind; number: string; lines: number }
export type Surveyed = {
  files: SwitchFile[]
  accounts: FileAccount[]
  parties: MissingParty[]
  /** Analysis types that nobody described, with how many lines have one. */
  dimensions: { type: string; lines: number }[]
  /** Tax codes that are none of the standard ones, by what stands under them; not in what was read before it was asked. */
  taxCodes?: UnknownTaxCode[]
  /** Parties that the company has under that number or organisation number, and that are not plainly the same. */
  met: MetParty[]
  /** How many more there are of these than are listed; nothing is booked while there are any. */
  metBeyond?: number
  /** What accounts became when files of the company were booked before; not in what was read before it was kept. */
  before?: Record<string, string>
  /** What numbers parties were given then, by `customer 10001`. */
  numbersBefore?: Record<string, string>
}
/** `base` and `tax` in øre, all lines under the code taken together, whatever their side. */
export type UnknownTaxCode = { code: string; description: string; lines: number; base: number; tax: number }

/** Parties and analysis types listed at most; beyond these they are made under their numbers, and told. */
const MOST_ASKED = 500

/** What a person has to look at before files of another system are booked: read through whole, nothing kept but counts. */
export class SwitchSurvey {
  readonly files: SwitchFile[] = []
  private readonly accounts = new Map<string, FileAccount>()
  private readonly known = new Set<string>()
  private readonly parties = new Map<string, MissingParty>()
  private readonly counts = new Map<string, { customer: number; supplier: number }>()
  private readonly described = new Set<string>()
  private readonly dimensions = new Map<string, number>()
  private readonly taxCodes = new Map<string, UnknownTaxCode>()
  private readonly meetings: PartyMeetings
  private file: Pick<SwitchFile, 'transactions' | 'lines' | 'fromDate' | 'toDate'> = NOTHING

  /** `own`: the parties that the company has. */
  constructor(own: readonly OwnParty[]) {
    this.meetings = new PartyMeetings(own)
  }

  begin() {
    this.file = { ...NOTHING }
  }

  take(reader: SaftReader) {
    for (const party of reader.takeParties()) {
      this.known.add(`${party.kind} ${party.id}`)
      this.meetings.add(party)
      for (const { account } of party.balances) this.count(account, party.kind)
    }
    for (const t of reader.takeTransactions()) this.add(t, reader)
  }

  /** A file is at its end. Balances of an account are those of the first file it opens in and the last it closes in. */
  end(reader: SaftReader, name: string) {
    const { companyName, registrationNumber, taxRegistrations, version, software, startDate, endDate } = reader.header!
    for (const account of reader.accounts.values()) {
      const before = this.accounts.get(account.id)
      this.accounts.set(account.id, {
        number: account.id,
        name: account.description,
        groupingCategory: account.groupingCategory,
        groupingCode: account.groupingCode,
        standardAccount: account.standardAccount,
        opening: before && before.name !== '' ? before.opening : account.opening,
        closing: account.closing,
        lines: before?.lines ?? 0,
        control: null,
      })
    }
    for (const [type, { description }] of reader.analysisTypes) if (description !== '') this.described.add(type)
    const days = { fromDate: startDate ?? this.file.fromDate, toDate: endDate ?? this.file.toDate }
    const about = { name, company: companyName, organisationNumber: registrationNumber, version, software }
    this.files.push({ ...this.file, ...about, ...days, vatRegistered: taxRegistrations.length > 0 })
  }

  result(): Surveyed {
    const parties = [...this.parties.values()].filter(({ kind, number }) => !this.known.has(`${kind} ${number}`))
    for (const { kind, number } of parties) this.meetings.addNameless(kind, number)
    const dimensions = [...this.dimensions].filter(([type]) => !this.described.has(type))
    const met = this.meetings.result()
    return {
      files: this.files,
      accounts: [...this.accounts.values()]
        .map((account) => ({ ...account, control: this.controlOf(account) }))
        .sort((a, b) => (a.number < b.number ? -1 : 1)),
      parties: parties.slice(0, MOST_ASKED),
      dimensions: dimensions.slice(0, MOST_ASKED).map(([type, lines]) => ({ type, lines })),
      taxCodes: [...this.taxCodes.values()].slice(0, MOST_ASKED),
      met,
      metBeyond: this.meetings.beyond,
    }
  }

  private add(t: SaftTransaction, reader: SaftReader) {
    const { file } = this
    const day = dateOf(t)
    file.transactions++
    file.lines += t.lines.length
    if (!file.fromDate || day < file.fromDate) file.fromDate = day
    if (!file.toDate || day > file.toDate) file.toDate = day
    for (const line of t.lines) {
      const account = this.accounts.get(line.account) ?? { ...NO_ACCOUNT, number: line.account }
      account.lines++
      this.accounts.set(line.account, account)
      if (line.customer !== '') this.names('customer', line.customer, line.account)
      if (line.supplier !== '') this.names('supplier', line.supplier, line.account)
      const tax = line.tax?.[0]
      if (tax && tax.code !== '' && !STANDARD.has(standardOf(tax.code, reader.taxCodes)))
        this.countTax(tax.code, reader.taxCodes.get(tax.code)?.description ?? '', line.amount, tax.amount)
      for (const { type } of line.analysis ?? [])
        if (!reader.analysisTypes.get(type)?.description)
          this.dimensions.set(type, (this.dimensions.get(type) ?? 0) + 1)
    }
  }

  private controlOf({ number, groupingCode, standardAccount }: FileAccount): PartyKind | null {
    const kind = mayBeControl(number, groupingCode, standardAccount)
    return kind && (this.counts.get(number)?.[kind] ?? 0) > 0 ? kind : null
  }

  private countTax(code: string, description: string, base: number, amount: number) {
    const found = this.taxCodes.get(code) ?? { code, description, lines: 0, base: 0, tax: 0 }
    found.lines++
    found.base += Math.abs(base)
    found.tax += Math.abs(amount)
    this.taxCodes.set(code, found)
  }

  private count(account: string, kind: PartyKind) {
    const counts = this.counts.get(account) ?? { customer: 0, supplier: 0 }
    counts[kind]++
    this.counts.set(account, counts)
  }

  private names(kind: PartyKind, number: string, account: string) {
    this.count(account, kind)
    const key = `${kind} ${number}`
    if (this.known.has(key)) return
    const party = this.parties.get(key) ?? { kind, number, lines: 0 }
    party.lines++
    this.parties.set(key, party)
  }
}

const STANDARD: ReadonlySet<string> = new Set(standardVatCodes.map((c) => c.code))
const NOTHING = { transactions: 0, lines: 0, fromDate: null, toDate: null }
const NO_ACCOUNT = {
  name: '',
  groupingCategory: '',
  groupingCode: '',
  standardAccount: '',
  opening: 0,
  closing: 0,
  lines: 0,
  control: null,
}
