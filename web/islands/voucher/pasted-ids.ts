import { idOf } from '#worker/core/ids.ts'
import type { Header, Row } from '#worker/sheets/sheet.ts'

/**
 * Gives pasted rows the ids of their vouchers, made from where the list comes from and what each voucher says: the same list
 * pasted again the day after has the same ids, and the ledger knows that it has them. Twins in one list are told apart by
 * their turn; a twin in another list of the same source and kind counts as the one that is posted, reversed or not, until one
 * makes it new. Nobody is trusted by it: under an id that is posted, the ledger refuses any other content.
 */
export function withPastedIds(rows: readonly Row[], company: string, source: string, header: Header): Row[] {
  const seed = sumsOf(`${company}\n${source}\n`, [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35])
  const sums = new Map<string, Sums>()
  for (const row of rows) {
    const before =
      sums.get(row.voucher) ?? sumsOf(`${row.type || header.type}|${row.date || header.voucherDate}\n`, seed)
    sums.set(row.voucher, sumsOf(saidBy(row), before))
  }
  const turns = new Map<string, number>()
  const ids = new Map<string, string>()
  for (const [voucher, own] of sums) {
    const likeness = own.join()
    const turn = turns.get(likeness) ?? 0
    turns.set(likeness, turn + 1)
    const bytes = new Uint8Array(new Uint32Array(turn === 0 ? own : sumsOf(String(turn), own)).buffer)
    ids.set(voucher, idOf('vch', new Uint8Array([...bytes, 0])))
  }
  return rows.map((row) => ({ ...row, id: ids.get(row.voucher)! }))
}

/** Written out, since 10,000 rows are read while somebody waits. */
const saidBy = (row: Row): string =>
  `${row.account}|${row.amount}|${row.vatCode}|${row.vatAmount}|${row.vatMode}|${row.vatDate}|${row.text}|${row.documentDate}|${
    row.invoiceNumber
  }|${row.dueDate}|${row.paymentReference}|${row.currency}|${row.currencyAmount}|${row.rate}|${row.quantity}|${row.script}|${dimensionsOf(row)}\n`

function dimensionsOf({ dimensions }: Row): string {
  let text = ''
  for (const key in dimensions) text += `${key}=${dimensions[key]};`
  return text
}

type Sums = [number, number, number, number]
/** Four sums of 32 bits, each with its own prime (as FNV-1a) and stirred by the one before. */
function sumsOf(text: string, [a, b, c, d]: Sums): Sums {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul((b ^ code) + (a >>> 15), 0x9e3779b1)
    c = Math.imul((c ^ code) + (b >>> 13), 0x85ebca77)
    d = Math.imul((d ^ code) + (c >>> 16), 0xc2b2ae3d)
  }
  return [a, b, c, d]
}
