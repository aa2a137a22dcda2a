import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import { TOO_LARGE } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import { hundredths } from './saft-amount.ts'
import type {
  SaftAccount,
  SaftAnalysisType,
  SaftBalance,
  SaftHeader,
  SaftLine,
  SaftParty,
  SaftTaxCode,
  SaftTotals,
  SaftTransaction,
} from './saft-file.ts'

const NO_CHILDREN: ReadonlyMap<string, Node> = new Map()

/** An element that means something: `set` takes a leaf's text, `open` and `close` make and hand over a record. */
export type Node = {
  children: ReadonlyMap<string, Node>
  set?: (r: Reading, text: string) => void
  open?: (r: Reading) => void
  close?: (r: Reading) => void
}

export const leaf = (set: (r: Reading, text: string) => void): Node => ({ children: NO_CHILDREN, set })
export const branch = (children: Record<string, Node>, on: Pick<Node, 'open' | 'close'> = {}): Node => ({
  children: new Map(Object.entries(children)),
  ...on,
})

type Money = { amount: number | undefined; currency: string; currencyAmount: string; rate: string }

/** What is being read: the records under way, and those that are complete. */
export class Reading {
  header: SaftHeader | undefined
  mastersEnded = false
  readonly accounts = new Map<string, SaftAccount>()
  readonly taxCodes = new Map<string, SaftTaxCode>()
  readonly analysisTypes = new Map<string, SaftAnalysisType>()
  readonly totals: SaftTotals = { entries: null, debit: null, credit: null }
  parties: SaftParty[] = []
  transactions: SaftTransaction[] = []

  readonly lineNow: () => number
  newHeader = emptyHeader()
  period = { start: '', startYear: '', end: '', endYear: '' }
  account = emptyAccount(0)
  party = emptyParty(0, 'customer')
  /** Of an account, or of a party's balance account. */
  balance: SaftBalance = { account: '', opening: 0, closing: 0 }
  taxCode: SaftTaxCode = { code: '', standard: '', description: '', percent: '' }
  analysisEntry = { type: '', typeName: '', id: '', name: '', endDate: null as IsoDate | null }
  journal = { id: '', description: '', type: '' }
  transaction = emptyTransaction(0, this.journal)
  sum = 0
  saftLine = emptyLine(0)
  tax = { code: '', percent: '', base: null as number | null, amount: 0, unsigned: false }
  analysis = { type: '', id: '', amount: null as number | null }
  money: Money = { amount: undefined, currency: '', currencyAmount: '', rate: '' }

  constructor(lineNow: () => number) {
    this.lineNow = lineNow
  }

  refuse(code: string, params: Record<string, string | number> = {}): never {
    throw new Problem(422, code, { params: { line: this.lineNow(), ...params } })
  }

  /** An identifier that must stand there and fit. */
  need(value: string, field: string, longest = 256) {
    if (value === '') this.refuse('saft/incomplete', { field })
    if (value.length > longest) this.refuse('saft/too-long', { field, longest })
  }

  oreOf(text: string): number {
    const amount = hundredths(text)
    return amount === undefined ? this.refuse('saft/amount', { value: text.slice(0, 40) }) : amount
  }

  /** A sum that can be counted exactly. */
  exact(sum: number): number {
    return Math.abs(sum) >= TOO_LARGE ? this.refuse('saft/amount', { value: String(sum) }) : sum
  }

  dayOf(text: string): IsoDate | null {
    if (text === '') return null
    return isoDate(text.slice(0, 10)) ?? this.refuse('saft/date', { value: text.slice(0, 40) })
  }
}

export const emptyHeader = (): SaftHeader => ({
  version: '',
  companyName: '',
  registrationNumber: '',
  taxRegistrations: [],
  currency: '',
  software: '',
  startDate: null,
  endDate: null,
})
export const emptyAccount = (line: number): SaftAccount => ({
  line,
  id: '',
  description: '',
  groupingCategory: '',
  groupingCode: '',
  standardAccount: '',
  opening: 0,
  closing: 0,
})
export const emptyParty = (line: number, kind: SaftParty['kind']): SaftParty => ({
  line,
  kind,
  id: '',
  name: '',
  registrationNumber: '',
  address: '',
  postalCode: '',
  city: '',
  country: '',
  email: '',
  phone: '',
  bankAccount: '',
  paymentDays: null,
  passive: false,
  balances: [],
})
export const emptyTransaction = (line: number, journal: SaftTransaction['journal']): SaftTransaction => ({
  line,
  journal,
  id: '',
  period: '',
  periodYear: '',
  transactionDate: null,
  postingDate: null,
  voucherType: '',
  voucherDescription: '',
  text: '',
  lines: [],
})
export const emptyLine = (line: number): SaftLine => ({
  line,
  recordId: '',
  account: '',
  customer: '',
  supplier: '',
  text: '',
  amount: 0,
  isDebit: true,
  currency: '',
  currencyAmount: '',
  rate: '',
  analysis: null,
  tax: null,
  reference: '',
  paymentReference: '',
  dueDate: null,
  quantity: '',
})
