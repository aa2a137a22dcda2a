import { Problem } from '#worker/core/problem.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { SaftAccount, SaftAnalysisType, SaftParty, SaftTaxCode, SaftTransaction } from './saft-file.ts'
import type { SaftReader } from './saft-reader.ts'
import { emptyParty } from './saft-reading.ts'

/** What a person has answered of a file before it is booked. */
export type SaftAnswers = {
  /** Our account for one of the file; what is not named keeps its number. */
  accounts: ReadonlyMap<string, string>
  /** Names of parties that only transactions tell of. */
  parties: readonly { kind: PartyKind; number: string; name: string }[]
  /** Names of analysis types that the file does not describe. */
  dimensions: ReadonlyMap<string, string>
  /** Our VAT code for a tax code of the file, or `none`. */
  taxCodes: ReadonlyMap<string, string>
  /** Our number for a party of the file, by `customer 10001`; what is not named keeps its number. */
  partyNumbers: ReadonlyMap<string, string>
  /** Those of them that nobody has yet, as `customer 10051`: no other party of the file may have one. */
  newNumbers: ReadonlySet<string>
}

/** What of a reader booking takes: a file as it stands, or with its answers put in. */
export type SaftContent = Pick<
  SaftReader,
  'header' | 'mastersEnded' | 'accounts' | 'taxCodes' | 'analysisTypes' | 'totals' | 'takeParties' | 'takeTransactions'
>

/**
 * A file with the answers put in as it is read: accounts under our numbers, balances of those that become one added together,
 * parties and analysis types by the names they were given. Everything after it, the proof included, sees one file only.
 */
export class AnsweredSaft implements SaftContent {
  private readonly reader: SaftReader
  private readonly answers: SaftAnswers
  private merged: { of: number; accounts: Map<string, SaftAccount> } = { of: -1, accounts: new Map() }
  private named: SaftParty[]

  constructor(reader: SaftReader, answers: SaftAnswers) {
    this.reader = reader
    this.answers = answers
    this.named = answers.parties.map(({ kind, number, name }) => ({
      ...emptyParty(0, kind),
      id: this.partyOf(kind, number),
      name,
    }))
  }

  get header() {
    return this.reader.header
  }
  get mastersEnded() {
    return this.reader.mastersEnded
  }
  get taxCodes(): ReadonlyMap<string, SaftTaxCode> {
    const { taxCodes } = this.reader
    const answered = [...this.answers.taxCodes].map(([code, standard]): [string, SaftTaxCode] => [
      code,
      { description: '', percent: '', ...taxCodes.get(code), code, standard },
    ])
    return answered.length === 0 ? taxCodes : new Map([...taxCodes, ...answered])
  }
  get totals() {
    return this.reader.totals
  }

  get accounts(): ReadonlyMap<string, SaftAccount> {
    const { accounts } = this.reader
    if (this.merged.of === accounts.size) return this.merged.accounts
    const merged = new Map<string, SaftAccount>()
    for (const account of accounts.values()) {
      const id = this.accountOf(account.id)
      const before = merged.get(id)
      const { opening = 0, closing = 0 } = before ?? {}
      // Of several that become one, name and nature are those of the account that keeps its number; else of the first.
      const named = before && account.id !== id ? before : account
      merged.set(id, {
        ...named,
        id,
        opening: opening + account.opening,
        closing: closing + account.closing,
      })
    }
    this.merged = { of: accounts.size, accounts: merged }
    return merged
  }

  get analysisTypes(): ReadonlyMap<string, SaftAnalysisType> {
    const { analysisTypes } = this.reader
    const { dimensions } = this.answers
    if (dimensions.size === 0) return analysisTypes
    const named = [...dimensions].filter(([type]) => !analysisTypes.get(type)?.description)
    return new Map([
      ...analysisTypes,
      ...named.map(([type, description]): [string, SaftAnalysisType] => [
        type,
        { description, values: analysisTypes.get(type)?.values ?? new Map() },
      ]),
    ])
  }

  takeParties(): SaftParty[] {
    const taken = this.reader.takeParties()
    for (const party of taken) {
      party.id = this.partyOf(party.kind, party.id)
      for (const balance of party.balances) balance.account = this.accountOf(balance.account)
    }
    // Those that the file lacks come after all that it has.
    if (!this.reader.mastersEnded || this.named.length === 0) return taken
    const { named } = this
    this.named = []
    return [...taken, ...named]
  }

  takeTransactions(): SaftTransaction[] {
    const taken = this.reader.takeTransactions()
    const renumbered = this.answers.partyNumbers.size > 0
    for (const { lines } of taken)
      for (const line of lines) {
        line.account = this.accountOf(line.account)
        if (!renumbered) continue
        if (line.customer !== '') line.customer = this.partyOf('customer', line.customer)
        if (line.supplier !== '') line.supplier = this.partyOf('supplier', line.supplier)
      }
    return taken
  }

  private partyOf(kind: PartyKind, number: string): string {
    const key = `${kind} ${number}`
    const to = this.answers.partyNumbers.get(key)
    if (to === undefined && this.answers.newNumbers.has(key))
      throw new Problem(422, 'party/exists', { params: { kind, party: number } })
    return to ?? number
  }

  private accountOf(number: string): string {
    return this.answers.accounts.get(number) ?? number
  }
}
