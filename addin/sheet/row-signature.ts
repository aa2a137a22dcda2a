import { sha256 } from '#worker/core/hash.ts'
import type { SheetDraft } from './voucher-draft.ts'
import { amountOfRow, type ReadRow } from './voucher-rows.ts'

const CARRIED_OR_SHOWN = new Set([
  'status',
  'message',
  'reference',
  'number',
  'accountName',
  'rowKey',
  'voucherId',
  'contentHash',
  'sentAt',
  'marks',
])

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
export const likenessOf = (rows: readonly ReadRow[]): Promise<string> =>
  hashed(JSON.stringify(rows.map(signatureOf).sort()))

/** A line's place in the order of sending: what it books, and its text, which tells lines apart that book the same. */
export const placeOf = (line: Readonly<Record<string, unknown>>, text: string): string =>
  `${booked(line)}.${digest(text)}`

const booked = ({
  account,
  amount,
  vatCode,
  invoiceNumber,
  paymentReference,
}: Readonly<Record<string, unknown>>): string =>
  digest(JSON.stringify([account, amount, vatCode ?? null, invoiceNumber ?? null, paymentReference ?? null]))

/** The rows in the order they were sent in; as they stand when they are not the rows that were sent. */
export function inOrder(draft: SheetDraft, order: readonly string[] | undefined): readonly ReadRow[] {
  const own = draft.lines.filter((line) => !line.contra)
  const rows = own.map((line) => line.row)
  if (!order || order.length !== rows.length) return rows
  const left = own.map(({ row, fields }) => ({ row, booked: booked(fields), text: digest(row.texts.text ?? '') }))
  const sorted: ReadRow[] = []
  for (const place of order) {
    const [what, text] = place.split('.')
    const same = left.filter((one) => one.booked === what)
    const best = same.find((one) => one.text === text) ?? same.find((one) => one.text === digest('')) ?? same[0]
    if (!best) return rows
    left.splice(left.indexOf(best), 1)
    sorted.push(best.row)
  }
  return sorted
}

/** The order of a draft's rows, as it is remembered. */
export const orderOf = (draft: SheetDraft): string[] =>
  draft.lines.filter((line) => !line.contra).map(({ row, fields }) => placeOf(fields, row.texts.text ?? ''))

/** What a voucher of that day books, whatever its texts say and however its rows are sorted. */
export const bookedOf = (day: unknown, order: readonly string[]): string =>
  JSON.stringify([day ?? null, order.map((place) => place.split('.')[0]).sort()])

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
