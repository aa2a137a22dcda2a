import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { canonicalLink, GENESIS } from '#worker/ledger/hash-chain.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { type VoucherNumber, VoucherNumbers } from './voucher-numbers.ts'

/** `fields` is null where an auditor's years were not granted: the hash alone leads on to what may be read. */
type Link = readonly [hash: string, fields: readonly unknown[] | null]
type Page = { company: string; ledgerVersion: number; chainHead: string; links: readonly Link[]; next: number | null }

/** Where things stand in a link: docs/hash-chain.md. */
const [VERSION, ID, SERIES, YEAR, NUMBER, DATE, TEXT, RECORDED, BY, REVERSES] = [0, 1, 3, 4, 5, 6, 9, 10, 11, 12]
const [ACCOUNT, AMOUNT] = [3, 6]

/** A voucher as an auditor picks it out. Amount: the sum of its debits, in øre. */
export type AuditVoucher = {
  id: string
  series: string
  fiscalYear: number
  number: number
  date: IsoDate
  text: string
  recordedAt: Instant
  by: string
  reverses: boolean
  amount: number
  /** Day, accounts and amounts: two of the same may be one thing booked twice. */
  likeness: string
}

/** What one finds by going through all vouchers oneself. Amounts in øre, debit positive. */
export type Recomputed = {
  ledgerVersion: number
  entries: number
  chainHead: string
  /** The first voucher that does not follow from those before it; undefined when the chain is whole. */
  broken:
    | { ledgerVersion: number; voucher: string; fault: 'hash' | 'order' | 'head' | 'balance' | 'withheld' }
    | undefined
  /** Numbers that are missing or stand twice, by series and year. */
  gaps: readonly VoucherNumber[]
  series: readonly { series: string; fiscalYear: number; last: number }[]
  balances: ReadonlyMap<string, number>
  fromDate: string | undefined
  toDate: string | undefined
  /** The chain's hash at each version: place 0 is version 1. */
  hashes: readonly string[]
  list: readonly AuditVoucher[]
  /** Vouchers of years that were not granted, whose hashes alone were told. */
  withheld?: number
  ms: number
}

/** Days that an auditor looks at: voucher dates, both included. */
export type AuditDays = { fromDate: string; toDate: string }
/** What was found, with the vouchers of some days alone: samples and tests are of them. */
export const within = (found: Recomputed, days: AuditDays | undefined): Recomputed & { days?: AuditDays } =>
  days ? { ...found, days, list: found.list.filter(({ date }) => date >= days.fromDate && date <= days.toDate) } : found

export type Recomputing = {
  /** Only some years are granted, so contents may be withheld. From anybody else that is a fault. */
  partly?: boolean
  onProgress?: (done: number, of: number) => void
  /** Ends it between two pages. */
  signal?: AbortSignal
}

/**
 * Reads every voucher and computes the chain, the numbers and the balances here, without taking the server's word for any of
 * them.
 */
export async function recomputeChain(
  api: LedgerApi,
  company: string,
  { partly = false, onProgress = () => {}, signal }: Recomputing = {},
): Promise<Recomputed> {
  const began = performance.now()
  let walk: Walk | undefined
  let upTo: number | undefined
  let head = ''
  for (let after: number | null = 0; after !== null && !signal?.aborted; ) {
    const page: Page = await api.get<Page>(company, 'chain', { after, limit: 2_000 })
    // The chain is computed under the id the books were begun with, which the chain itself tells.
    walk ??= new Walk(page.company, partly)
    upTo ??= page.ledgerVersion
    if (head === '') head = page.chainHead
    for (const link of page.links) if (walk.count < upTo) await walk.take(link)
    onProgress(walk.count, upTo)
    after = page.next !== null && page.next < upTo ? page.next : null
  }
  return { ...(walk ?? new Walk(company, partly)).found(upTo ?? 0, head), ms: performance.now() - began }
}

class Walk {
  readonly #company: string
  readonly #partly: boolean
  #head = GENESIS.hash
  #broken: Recomputed['broken']
  #entries = 0
  readonly #balances = new Map<string, number>()
  readonly #numbers = new VoucherNumbers()
  #from: string | undefined
  #to: string | undefined
  readonly #hashes: string[] = []
  readonly #list: AuditVoucher[] = []
  #withheld = 0
  count = 0

  constructor(company: string, partly: boolean) {
    this.#company = company
    this.#partly = partly
  }

  async take([hash, fields]: Link): Promise<void> {
    this.count++
    if (fields === null) {
      this.#withheld++
      if (!this.#partly) this.#broken ??= { ledgerVersion: this.count, voucher: '', fault: 'withheld' }
      this.#head = hash
      this.#hashes.push(hash)
      return
    }
    const entries = fields.at(-1) as readonly (readonly unknown[])[]
    const fault = await this.#faultOf(hash, fields, entries)
    if (fault && !this.#broken)
      this.#broken = {
        ledgerVersion: this.count,
        voucher: `${fields[SERIES]} ${fields[YEAR]}-${fields[NUMBER]}`,
        fault,
      }
    this.#head = hash
    this.#hashes.push(hash)
    this.#list.push(auditVoucher(fields, entries))
    for (const entry of entries) {
      const account = String(entry[ACCOUNT])
      this.#balances.set(account, (this.#balances.get(account) ?? 0) + Number(entry[AMOUNT]))
    }
    this.#entries += entries.length
    this.#numbers.take(String(fields[SERIES]), Number(fields[YEAR]), Number(fields[NUMBER]))
    const date = String(fields[DATE])
    if (this.#from === undefined || date < this.#from) this.#from = date
    if (this.#to === undefined || date > this.#to) this.#to = date
  }

  async #faultOf(hash: string, fields: readonly unknown[], entries: readonly (readonly unknown[])[]) {
    if (fields[VERSION] !== this.count) return 'order' as const
    if ((await sha256(canonicalLink(this.#company, this.#head, fields))) !== hash) return 'hash' as const
    return entries.reduce((total, entry) => total + Number(entry[AMOUNT]), 0) === 0 ? undefined : ('balance' as const)
  }

  found(upTo: number, head: string): Omit<Recomputed, 'ms'> {
    const ends = { ledgerVersion: this.count, voucher: '', fault: 'head' as const }
    const wholeToTheEnd = this.count === upTo && (upTo === 0 || this.#head === head)
    return {
      ledgerVersion: this.count,
      entries: this.#entries,
      chainHead: this.#head,
      broken: this.#broken ?? (wholeToTheEnd ? undefined : ends),
      gaps: this.#numbers.gaps,
      series: this.#numbers.series,
      balances: this.#balances,
      fromDate: this.#from,
      toDate: this.#to,
      hashes: this.#hashes,
      list: this.#list,
      ...(this.#withheld > 0 && { withheld: this.#withheld }),
    }
  }
}

function auditVoucher(fields: readonly unknown[], entries: readonly (readonly unknown[])[]): AuditVoucher {
  const amounts = entries.map((entry) => `${entry[ACCOUNT]}:${entry[AMOUNT]}`).sort()
  return {
    id: String(fields[ID]),
    series: String(fields[SERIES]),
    fiscalYear: Number(fields[YEAR]),
    number: Number(fields[NUMBER]),
    date: fields[DATE] as IsoDate,
    text: String(fields[TEXT] ?? ''),
    recordedAt: fields[RECORDED] as Instant,
    by: String(fields[BY]),
    reverses: fields[REVERSES] !== null,
    amount: entries.reduce((total, entry) => total + Math.max(0, Number(entry[AMOUNT])), 0),
    likeness: [fields[DATE], ...amounts].join(' '),
  }
}

/**
 * Accounts whose closing balance in the ledger's own trial balance is not the sum of their entries. None where entries of years
 * that were not granted stand in the balance: it cannot be computed from what may be read.
 */
export async function differingBalances(
  api: LedgerApi,
  company: string,
  { balances, fromDate, toDate, ledgerVersion, withheld }: Recomputed,
): Promise<{ account: string; computed: number; told: number }[]> {
  if (!fromDate || !toDate || withheld !== undefined) return []
  const report = await api.get<{ rows: { account: string; closing: number }[] }>(company, 'reports/trial-balance', {
    fromDate,
    toDate,
    atVersion: ledgerVersion,
    includeZero: 'true',
  })
  const told = new Map(report.rows.map((row) => [row.account, row.closing]))
  return [...new Set([...balances.keys(), ...told.keys()])]
    .map((account) => ({ account, computed: balances.get(account) ?? 0, told: told.get(account) ?? 0 }))
    .filter(({ computed, told }) => computed !== told)
}
