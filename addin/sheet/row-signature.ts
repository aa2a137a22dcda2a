import { sha256 } from '#worker/core/hash.ts'
import { amountOfRow, type ReadRow } from './voucher-rows.ts'

const CARRIED_OR_SHOWN = new Set(['status', 'message', 'reference', 'number', 'accountName', 'rowKey', 'voucherId', 'contentHash', 'sentAt', 'marks'])

/** What a row says, however it is written and wherever it stands: the same for two people and for a sorted sheet. */
export function signatureOf(row: ReadRow): string {
  const { texts, amounts, days, numbers } = row
  const { amount, debit, credit, vatAmount, computedVat, ...rest } = amounts
  const said = [
    ...Object.entries(texts).filter(([id]) => !CARRIED_OR_SHOWN.has(id)),
    ...Object.entries(days),
    ...Object.entries(numbers),
    ...Object.entries(rest),
    ['amount', amountOfRow(row) ?? [amount, debit, credit]],
    ...(vatAmount === undefined || vatAmount === computedVat ? [] : [['vatAmount', vatAmount]]),
  ] as [string, unknown][]
  return digest(JSON.stringify(said.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))))
}

/** What rows say together, in whatever order: two vouchers that are alike say the same. */
export const likenessOf = (rows: readonly ReadRow[]): Promise<string> => hashed(JSON.stringify(rows.map(signatureOf).sort()))

/** The rows in the order they were sent in; as they stand when they are not the rows that were sent. */
export function inOrder(rows: readonly ReadRow[], order: readonly string[] | undefined): readonly ReadRow[] {
  if (!order || order.length !== rows.length) return rows
  const left = rows.map((row) => ({ row, signature: signatureOf(row) }))
  const sorted: ReadRow[] = []
  for (const signature of order) {
    const at = left.findIndex((one) => one.signature === signature)
    if (at < 0) return rows
    sorted.push(left.splice(at, 1)[0]!.row)
  }
  return sorted
}

const known = new Map<string, Promise<string>>()
/** SHA-256, remembered: a sheet is judged many times while it is posted, and most of it has not changed. */
export function hashed(text: string): Promise<string> {
  let hash = known.get(text)
  if (!hash) {
    if (known.size > 20_000) known.clear()
    hash = sha256(text)
    known.set(text, hash)
  }
  return hash
}

/** 53 bits by cyrb53, bare base 36: tells the rows of one voucher apart, and guards nothing. */
function digest(text: string): string {
  let [h1, h2] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    h1 = Math.imul(h1 ^ c, 2_654_435_761)
    h2 = Math.imul(h2 ^ c, 1_597_334_677)
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2_246_822_507) ^ Math.imul(h2 ^ (h2 >>> 13), 3_266_489_909)
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2_246_822_507) ^ Math.imul(h1 ^ (h1 >>> 13), 3_266_489_909)
  return (4_294_967_296 * (2_097_151 & h2) + (h1 >>> 0)).toString(36)
}
