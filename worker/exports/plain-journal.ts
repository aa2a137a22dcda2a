import { oneLine } from '#worker/core/text.ts'
import type { AccountType } from '#worker/ledger/account.ts'
import type { LedgerEntry } from '#worker/reports/general-ledger.ts'

export type JournalFormat = 'hledger' | 'beancount'
export type JournalAccount = { account: string; name: string; type: AccountType; opening: number; closing: number }
/** The head of a plain-text journal: whose books, which days, which version; amounts in øre. */
export type JournalHead = {
  title: string
  fromDate: string
  toDate: string
  atVersion: number
  chainHead: string | null
  /** Words for the transaction that brings opening balances in. */
  opening: string
  /** What earlier years earned and no account holds. */
  undistributed: number
}

const ROOT: Record<AccountType, string> = {
  asset: 'Assets',
  liability: 'Liabilities',
  equity: 'Equity',
  income: 'Income',
  expense: 'Expenses',
}
const UNDISTRIBUTED = 'undistributed'

/** Øre as kroner in digits. */
function amountOf(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * The books as hledger or Beancount read them. Each account's closing balance stands at the end as the program's own assertion,
 * without tolerance: a journal that is read at all agrees with the trial balance to the øre.
 */
export class PlainJournal {
  private readonly format: JournalFormat
  private readonly head: JournalHead
  private readonly accounts: readonly JournalAccount[]
  private readonly names: ReadonlyMap<string, string>

  constructor(format: JournalFormat, head: JournalHead, accounts: readonly JournalAccount[]) {
    this.format = format
    this.head = head
    this.accounts = accounts
    this.names = namesOf(accounts, format)
  }

  start(): string {
    const { title, fromDate, toDate, atVersion, chainHead, opening, undistributed } = this.head
    const about = `; ${oneLine(title)}, ${fromDate}–${toDate}, ledger version ${atVersion}${chainHead ? `, chain head ${chainHead}` : ''}\n`
    const own = this.accounts.map(({ account, name }) =>
      this.format === 'hledger'
        ? `account ${this.names.get(account)}  ; ${comment(name)}\n`
        : `${fromDate} open ${this.names.get(account)} NOK\n  name: ${quoted(name)}\n`,
    )
    const rest = this.equity(UNDISTRIBUTED)
    const lines = this.accounts
      .filter((a) => a.opening !== 0)
      .map((a) => this.posting(this.names.get(a.account)!, a.opening))
    if (undistributed !== 0) {
      lines.push(this.posting(rest, undistributed))
      own.push(this.format === 'hledger' ? `account ${rest}\n` : `${fromDate} open ${rest} NOK\n`)
    }
    const brought =
      lines.length === 0
        ? ''
        : this.format === 'hledger'
          ? `\n${fromDate} ${comment(opening)}\n${lines.join('')}`
          : `\n${fromDate} * ${quoted(opening)}\n${lines.join('')}`
    const options =
      this.format === 'hledger'
        ? 'commodity 1000.00 NOK\n'
        : `option "title" ${quoted(title)}\noption "operating_currency" "NOK"\n`
    return `${about}${options}\n${own.join('')}${brought}`
  }

  /** A voucher with its entries, all of them. */
  voucher(entries: readonly LedgerEntry[]): string {
    const [first] = entries as [LedgerEntry]
    const name = `${first.series}-${first.fiscalYear}-${first.number}`
    const lines = entries.map((e) => this.posting(this.names.get(e.account)!, e.amount, this.notes(e)))
    return this.format === 'hledger'
      ? `\n${first.voucherDate} (${name}) ${comment(first.text)}\n${lines.join('')}`
      : `\n${first.voucherDate} * ${quoted(first.text)}\n  voucher: ${quoted(name)}\n${lines.join('')}`
  }

  /** What every account must come to. */
  end(): string {
    const { toDate } = this.head
    if (this.format === 'hledger')
      return `\n${toDate} closing balances\n${this.accounts
        .map((a) => `    ${this.names.get(a.account)}  0.00 NOK = ${amountOf(a.closing)} NOK\n`)
        .join('')}`
    const after = dayAfter(toDate)
    return `\n${this.accounts
      .map((a) => `${after} balance ${this.names.get(a.account)} ${amountOf(a.closing)} ~ 0.00 NOK\n`)
      .join('')}`
  }

  private posting(account: string, amount: number, notes: readonly (readonly [string, string])[] = []): string {
    const line = `  ${this.format === 'hledger' ? '  ' : ''}${account}  ${amountOf(amount)} NOK`
    if (notes.length === 0) return `${line}\n`
    if (this.format === 'hledger') return `${line}  ; ${notes.map(([key, text]) => `${key}:${tag(text)}`).join(', ')}\n`
    return `${line}\n${notes.map(([key, text]) => `    ${key}: ${quoted(text)}\n`).join('')}`
  }

  private notes(e: LedgerEntry): [string, string][] {
    const found: [string, string | null][] = [
      ['party', e.party],
      ['invoice', e.invoiceNumber],
      ['vat', e.vatCode],
      ...Object.entries(e.dimensions ?? {}).map(([key, value]): [string, string] => [keyOf(key), value]),
    ]
    return found.flatMap(([key, text]) => (text === null ? [] : [[key, text] as [string, string]]))
  }

  private equity(name: string): string {
    return this.format === 'hledger' ? `equity:${name}` : `Equity:${name[0]!.toUpperCase()}${name.slice(1)}`
  }
}

/** Names that the program takes, each account its own. */
function namesOf(accounts: readonly JournalAccount[], format: JournalFormat): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const { account, type } of accounts) {
    const plain =
      format === 'hledger'
        ? account.replace(/[:;\s()[\]]+/g, '-')
        : account.replace(/[^A-Za-z0-9-]/g, '-').replace(/^[^A-Z0-9]/, 'X')
    const root = format === 'hledger' ? ROOT[type].toLowerCase() : ROOT[type]
    let name = `${root}:${plain}`
    for (let n = 2; taken.has(name); n++) name = `${root}:${plain}-${n}`
    taken.add(name)
    names.set(account, name)
  }
  return names
}

/** Metadata keys begin with a small letter and hold letters, digits, - and _. */
const keyOf = (key: string): string => `d-${key}`.replace(/[^A-Za-z0-9_-]/g, '-')
/** A semicolon begins a comment, a bar parts payee from note. */
const comment = (text: string): string => oneLine(text).replaceAll(';', ',').replaceAll('|', '/')
/** A comma ends a tag's value. */
const tag = (text: string): string => oneLine(text).replaceAll(',', ' ').replaceAll(';', ' ')
const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
