import { day, kroner, voucherName } from '#i18n/format.ts'
import { companyPath, query } from '../client.ts'
import { type Call, type Command, filled, optional, required } from '../command.ts'
import { type Column, tableOf } from '../table.ts'

type Figures = { opening: number; debit: number; credit: number; closing: number }
type Head = { ledgerVersion: number; atVersion?: number; fromDate: string; toDate: string }
type AccountRow = Figures & { account: string; nameNb: string; nameEn: string }
type TrialBalance = Head & { rows: AccountRow[]; totals: Figures }
type EntryRow = {
  account: string
  party: string | null
  series: string
  fiscalYear: number
  number: number
  voucherDate: string
  text: string
  amount: number
  balance: number
}
type GeneralLedger = Head & { accounts: AccountRow[]; entries: EntryRow[]; cursor: string | null }

const range = {
  company: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  'as-known-at': { type: 'string' },
  'at-version': { type: 'string' },
} as const
const RANGE = '--company C [--from D] [--to D] [--as-known-at T | --at-version V]'

const asked = (call: Call) => ({
  fromDate: optional(call, 'from'),
  toDate: optional(call, 'to'),
  asKnownAt: optional(call, 'as-known-at'),
  atVersion: optional(call, 'at-version'),
})

export const trialBalance: Command = {
  name: 'report trial-balance',
  usage: RANGE,
  words: [],
  options: range,
  async run(call) {
    const path = companyPath(required(call, 'company'), `/reports/trial-balance${query(asked(call))}`)
    const report = await call.client.call<TrialBalance>(path)
    const sum = { account: call.texts.columns.sum, nameNb: '', nameEn: '', ...report.totals }
    const rows =
      report.rows.length === 0 ? [call.texts.noVouchers] : tableOf(balanceColumns(call), [...report.rows, sum])
    return { json: report, lines: [rangeLine(call, report), '', ...rows] }
  },
}

export const generalLedger: Command = {
  name: 'report general-ledger',
  usage: `--account A[:A] ${RANGE} [--party P]`,
  words: [],
  options: { ...range, account: { type: 'string' }, party: { type: 'string' } },
  async run(call) {
    const path = companyPath(required(call, 'company'), '/reports/general-ledger')
    const values = { ...asked(call), account: required(call, 'account'), party: optional(call, 'party'), limit: 5_000 }
    const report = await call.client.call<GeneralLedger>(`${path}${query(values)}`)
    // Page by page to the end, all at the version of the first.
    const at = report.atVersion ?? report.ledgerVersion
    for (let { cursor } = report; cursor; ) {
      const page: GeneralLedger = await call.client.call(
        `${path}${query({ ...values, atVersion: at, asKnownAt: undefined, cursor })}`,
      )
      report.entries.push(...page.entries)
      cursor = page.cursor
    }
    report.cursor = null
    const sums = tableOf(balanceColumns(call), report.accounts)
    const entries = report.entries.length === 0 ? [call.texts.noVouchers] : tableOf(entryColumns(call), report.entries)
    return { json: report, lines: [rangeLine(call, report), '', ...sums, '', ...entries] }
  },
}

const rangeLine = ({ texts }: Call, { fromDate, toDate, ledgerVersion, atVersion }: Head): string =>
  filled(texts.range, { from: day(fromDate), to: day(toDate), version: atVersion ?? ledgerVersion })

function balanceColumns({ texts: { columns }, locale }: Call): Column<AccountRow>[] {
  const money = (of: (row: AccountRow) => number, head: string) => ({
    head,
    of: (row: AccountRow) => kroner(of(row), locale),
    right: true,
  })
  return [
    { head: columns.account, of: (row) => row.account },
    { head: columns.name, of: (row) => (locale === 'nb' ? row.nameNb : row.nameEn), longest: 40 },
    money((row) => row.opening, columns.opening),
    money((row) => row.debit, columns.debit),
    money((row) => row.credit, columns.credit),
    money((row) => row.closing, columns.closing),
  ]
}

const entryColumns = ({ texts: { columns }, locale }: Call): Column<EntryRow>[] => [
  { head: columns.date, of: (e) => day(e.voucherDate) },
  { head: columns.voucher, of: (e) => voucherName(e) },
  { head: columns.account, of: (e) => (e.party === null ? e.account : `${e.account}:${e.party}`) },
  { head: columns.text, of: (e) => e.text, longest: 40 },
  { head: columns.amount, of: (e) => kroner(e.amount, locale), right: true },
  { head: columns.balance, of: (e) => kroner(e.balance, locale), right: true },
]
