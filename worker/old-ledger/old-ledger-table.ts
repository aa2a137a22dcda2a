import { exportTexts } from '#i18n/export-texts.ts'
import { day } from '#i18n/format.ts'
import type { ExportTable } from '#worker/exports/export-table.ts'
import { type Asking, proofFacts } from '#worker/exports/tables/table-frame.ts'
import type { FoundEntry } from './store.ts'

/** Entries of old general ledgers as they were searched. Its columns are those a sheet of the old ledger is brought in by. */
export function oldLedgerTable(
  asking: Asking,
  pages: AsyncIterable<readonly FoundEntry[]>,
  ledgerVersion: number,
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const { column } = words
  async function* rows() {
    for await (const page of pages)
      yield page.map((e) => ({
        cells: [
          e.account,
          e.accountName,
          e.entryDate,
          e.voucher,
          e.text,
          e.partyKind === 'customer' ? e.party : null,
          e.partyKind === 'supplier' ? e.party : null,
          e.partyName,
          e.invoiceNumber,
          e.paymentReference,
          e.dueDate,
          e.vatCode,
          e.amount,
        ],
      }))
  }
  return {
    name: 'old-ledger',
    title: words.titles.oldLedger,
    locale,
    company: asking.company,
    head: [[words.asAt, day(asking.today)]],
    columns: [
      { key: 'account', name: column.account, kind: 'code' },
      { key: 'accountName', name: column.accountName, kind: 'text', width: 28, notOnPaper: true },
      { key: 'date', name: column.date, kind: 'date' },
      { key: 'voucher', name: column.voucher, kind: 'code', width: 14 },
      { key: 'text', name: column.text, kind: 'text', width: 40 },
      { key: 'customer', name: column.customer, kind: 'code' },
      { key: 'supplier', name: column.supplier, kind: 'code' },
      { key: 'name', name: column.name, kind: 'text', width: 28 },
      { key: 'invoiceNumber', name: column.invoiceNumber, kind: 'code' },
      { key: 'paymentReference', name: column.reference, kind: 'code', notOnPaper: true },
      { key: 'dueDate', name: column.due, kind: 'date', notOnPaper: true },
      { key: 'vatCode', name: column.vat, kind: 'code', width: 6, notOnPaper: true },
      { key: 'amount', name: column.amount, kind: 'money', sums: true },
    ],
    pages: rows(),
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
    wide: true,
  }
}
