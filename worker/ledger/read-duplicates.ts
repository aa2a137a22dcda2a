import type { Issue } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Books } from './books.ts'
import { accountAndParty, amountOf } from './entry.ts'
import type { Voucher } from './voucher-draft.ts'

type Asked = { voucher: Voucher; at: string }

/**
 * Warnings for supplier invoice numbers that stand on another voucher, which is not reversed, or on an earlier one of the same
 * request. One query for all drafts, and none where no line has a number. By voucher id.
 */
export async function readDuplicates(
  db: Database,
  asked: readonly Asked[],
  books: Books,
  correcting?: string,
): Promise<Map<string, Issue[]>> {
  const lines = asked.flatMap(({ voucher, at }) =>
    voucher.lines.flatMap((line, i) => {
      const { account, party } = accountAndParty(line.account)
      const isSupplier = books.accounts.get(account)?.control === 'supplier'
      // A credit note and a payment name the invoice's number too: only what adds to the debt is an invoice.
      const isInvoice = isSupplier && (amountOf(line) ?? 0) < 0
      if (!isInvoice || party === null || line.invoiceNumber === undefined) return []
      return [
        {
          id: voucher.id,
          party,
          invoiceNumber: line.invoiceNumber,
          rowKey: line.rowKey,
          pointer: `${at}/lines/${i}/invoiceNumber`,
        },
      ]
    }),
  )
  const warnings = new Map<string, Issue[]>()
  if (lines.length === 0) return warnings
  const { rows } = await db.execute({
    sql: `select a.key, v.series, v.fiscal_year, v.number
          from json_each(?1) a join entry e on e.party_kind = 'supplier' and e.party = a.value->>1 and e.invoice_number = a.value->>2
            and e.amount < 0
          join voucher v on v.ledger_version = e.ledger_version
          where v.id <> a.value->>0 and v.id is not ?2 and v.reversal_of is null
            and not exists (select 1 from voucher r where r.reversal_of = v.id)
          order by v.ledger_version`,
    args: [JSON.stringify(lines.map((l) => [l.id, l.party, l.invoiceNumber])), correcting ?? null],
  })
  for (const row of rows) {
    const line = lines[Number(row.key)]!
    const voucher = `${row.series} ${row.fiscal_year}-${row.number}`
    const own = warnings.get(line.id) ?? []
    if (own.some((issue) => issue.pointer === line.pointer)) continue
    own.push({
      code: 'voucher/possible-duplicate',
      severity: 'warning',
      pointer: line.pointer,
      rowKey: line.rowKey,
      params: { invoiceNumber: line.invoiceNumber, voucher },
    })
    warnings.set(line.id, own)
  }
  for (const { id, ...issue } of twiceIn(lines)) {
    const own = warnings.get(id) ?? []
    if (!own.some(({ pointer }) => pointer === issue.pointer)) warnings.set(id, [...own, issue])
  }
  return warnings
}

type Numbered = { id: string; party: string; invoiceNumber: string; rowKey: string; pointer: string }

/** The lines whose invoice stands on a voucher before theirs in the same request. */
function twiceIn(lines: readonly Numbered[]): (Issue & { id: string })[] {
  const first = new Map<string, Numbered>()
  return lines.flatMap((line) => {
    const { id, party, invoiceNumber, rowKey, pointer } = line
    const key = JSON.stringify([party, invoiceNumber])
    const before = first.get(key)
    if (!before) first.set(key, line)
    if (!before || before.id === id) return []
    const params = { reason: 'request', invoiceNumber, at: before.pointer }
    return [{ id, code: 'voucher/possible-duplicate', severity: 'warning', pointer, rowKey, params }]
  })
}
