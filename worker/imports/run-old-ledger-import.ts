import { columnWords } from '#i18n/sheet-words.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { OldEntry } from '#worker/old-ledger/old-entry.ts'
import { readOldLedgerOf } from '#worker/old-ledger/store.ts'
import { OldLedgerWriter } from '#worker/old-ledger/write-old-ledger.ts'
import { archivedName, newImportId } from '#worker/saft/open-source.ts'
import type { Chosen, ImportContext } from './import-context.ts'
import type { RowOutcome, Run } from './import-outcome.ts'
import { accountIn, amountOf } from './row-amount.ts'
import { type Read, type ReadRow, tell } from './sheet-records.ts'

/** `1920 Bank`, `Account: 1920 Bank` in either language: a heading over the entries of an account. */
const HEADING = new RegExp(`^(?:${columnWords.account.join('|')})?[\\s:]*(\\d{3,8})(?:[\\s:–-]+(.*))?$`, 'i')

/**
 * Keeps a printed general ledger as it was, sealed and never booked. Where accounts are headings over their entries, each entry gets
 * the account above it. The same file again keeps nothing twice.
 */
export async function runOldLedgerImport(
  ctx: ImportContext,
  { source, sheets }: Chosen,
  read: Read,
  books: Books,
  dryRun: boolean,
): Promise<Run> {
  const before = await readOldLedgerOf(ctx.db, source.sha256)
  const writer = new OldLedgerWriter(ctx.db, {
    id: newImportId(),
    importJob: source.id,
    name: archivedName(source.fileName || 'CSV'),
    source: 'sheet',
    by: ctx.by,
    at: ctx.at,
  })
  const headings = headingsOf(sheets[0]!.rows)
  const passedOver = [...read.passedOver]
  const rows: RowOutcome[] = []
  const entries: OldEntry[] = []
  let sum = 0
  for (const row of read.rows) {
    const amount = amountOf(row)
    if (row.values.date === undefined) {
      passedOver.push({ at: row.at, why: amount === null ? 'note' : 'sum' })
      continue
    }
    const heading = headings.findLast((h) => h.at < row.at)
    const account = accountIn(String(row.values.account ?? '')) || heading?.number || ''
    const issues = issuesOf(row, account, amount)
    const entry = entryOf(row, account, amount ?? 0, books)
    const subject = [entry.entryDate, account, entry.voucher].filter(Boolean).join(' ')
    const status = issues.length > 0 ? 'refused' : before ? 'unchanged' : 'new'
    rows.push({ row: row.at, status, subject, changes: {}, issues })
    if (issues.length > 0) continue
    sum += entry.amount
    entries.push(entry)
    const name = String(row.values.accountName ?? heading?.name ?? books.accounts.get(account)?.nameNb ?? '')
    if (!writer.accounts.get(account)?.name)
      writer.accounts.set(account, { number: account, name, opening: 0, closing: 0 })
    if (entry.party === null) continue
    const key = `${entry.partyKind} ${entry.party}`
    if (!writer.parties.get(key)?.name)
      writer.parties.set(key, {
        kind: entry.partyKind!,
        number: entry.party,
        name: String(row.values.name ?? ''),
        organisationNumber: null,
      })
  }
  const sealing = dryRun || before || entries.length === 0 ? undefined : await sealed()
  return {
    ...read,
    rows,
    passedOver: passedOver.sort((a, b) => a.at - b.at),
    told: [
      ...read.told,
      tell('oldLedgerKept', { n: entries.length }),
      ...(sum === 0 ? [] : [tell('oldLedgerSum', { sum }, true)]),
    ],
    sum,
    statements: sealing?.statements ?? [],
    steps: sealing ? { of: 'old-ledger', id: sealing.ledger.id } : null,
  }

  async function sealed() {
    await writer.add(entries)
    return writer.sealing({ sha256: source.sha256, size: source.size })
  }
}

function headingsOf(rows: readonly string[][]): { at: number; number: string; name: string }[] {
  return rows.flatMap((row, i) => {
    const filled = row.filter((cell) => cell !== '')
    const m = filled.length === 0 || filled.length > 2 ? null : HEADING.exec(filled.join(' '))
    return m ? [{ at: i + 1, number: m[1]!, name: m[2] ?? '' }] : []
  })
}

function issuesOf(row: ReadRow, account: string, amount: number | null) {
  const at = (field: string) => ({ severity: 'error' as const, pointer: `#/rows/${row.at}/${field}` })
  return [
    ...row.unread.map((key) => ({
      ...at(key),
      code: 'sheet/cell',
      params: { text: String(row.values[key]), row: row.at },
    })),
    ...(account === '' ? [{ ...at('account'), code: 'field/required', params: {} }] : []),
    ...(amount === null ? [{ ...at('amount'), code: 'field/required', params: {} }] : []),
  ]
}

function entryOf({ values }: ReadRow, account: string, amount: number, books: Books): OldEntry {
  const text = (key: string): string | null => (values[key] === undefined ? null : String(values[key]))
  const party = text('customer') ?? text('supplier') ?? text('party')
  const own = books.accounts.get(account)?.control
  const kind: PartyKind = text('customer') ? 'customer' : text('supplier') ? 'supplier' : (own ?? usualKind(account))
  return {
    account,
    entryDate: String(values.date) as OldEntry['entryDate'],
    voucher: [text('type'), text('voucher')].filter(Boolean).join(' '),
    text: text('text') ?? '',
    amount,
    partyKind: party === null ? null : kind,
    party: party === null ? null : party.split(/\s/, 1)[0]!,
    invoiceNumber: text('invoiceNumber'),
    paymentReference: text('paymentReference'),
    dueDate: text('dueDate') as OldEntry['dueDate'],
    vatCode: text('vatCode'),
    currency: text('currency'),
    currencyAmount: text('currencyAmount'),
  }
}

/** Of an account that our chart does not have: payables are 24xx in every Norwegian chart. */
const usualKind = (account: string): PartyKind => (account.startsWith('24') ? 'supplier' : 'customer')
