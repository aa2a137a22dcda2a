import { idOf } from '#worker/core/ids.ts'
import type { Header, Row } from '#worker/sheets/sheet.ts'

/** What a pasted row says of its voucher. */
const FIELDS = [
  'documentDate',
  'account',
  'amount',
  'vatCode',
  'vatAmount',
  'vatMode',
  'vatDate',
  'currency',
  'currencyAmount',
  'rate',
  'quantity',
  'text',
  'invoiceNumber',
  'dueDate',
  'paymentReference',
  'script',
] as const satisfies readonly (keyof Row)[]

/**
 * Gives pasted rows the ids of their vouchers, made from where the list comes from and what each voucher says: the same list
 * pasted again the day after has the same ids, and the ledger knows that it has them. Twins in one list are told apart by
 * their turn. Nobody is trusted by it: under an id that is posted, the ledger refuses any other content.
 */
export function withPastedIds(rows: readonly Row[], company: string, source: string, header: Header): Row[] {
  const states = new Map<string, Uint32Array>()
  for (const row of rows) {
    let state = states.get(row.voucher)
    if (!state) {
      state = new Uint32Array(SEEDS)
      states.set(row.voucher, state)
      stir(state, `${company}\n${source}\n${row.type || header.type}\n${row.date || header.voucherDate}`)
    }
    for (const field of FIELDS) stir(state, String(row[field]))
    for (const key in row.dimensions) stir(state, `${key}=${row.dimensions[key]}`)
  }
  const turns = new Map<string, number>()
  const ids = new Map<string, string>()
  for (const [voucher, state] of states) {
    const likeness = state.join(' ')
    const turn = turns.get(likeness) ?? 0
    turns.set(likeness, turn + 1)
    stir(state, String(turn))
    ids.set(voucher, idOf('vch', new Uint8Array([...new Uint8Array(state.buffer), 0])))
  }
  return rows.map((row) => ({ ...row, id: ids.get(row.voucher)! }))
}

const SEEDS = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
const PRIMES = [0x01000193, 0x9e3779b1, 0x85ebca77, 0xc2b2ae3d]

/** Four sums of 32 bits, each with its own prime (as FNV-1a), and a sign after each text so that no two run together. */
function stir(state: Uint32Array, text: string): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number]
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0x1f
    a = Math.imul(a ^ code, PRIMES[0]!)
    b = Math.imul((b ^ code) + (a >>> 15), PRIMES[1]!)
    c = Math.imul((c ^ code) + (b >>> 13), PRIMES[2]!)
    d = Math.imul((d ^ code) + (c >>> 16), PRIMES[3]!)
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
}
