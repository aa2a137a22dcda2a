import { voucherTypes } from '#db/seed/voucher-types.ts'
import type { SaftTransaction } from './saft-file.ts'

const OWN_KEYS: ReadonlySet<string> = new Set(voucherTypes.map(({ key }) => key))

/** Words that tell what a voucher is, the narrower before the wider. Norwegian and English, as systems write them. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/inng\S* kredit|leverand\S*kredit|(supplier|purchase|incoming) credit/i, 'incoming-credit-note'],
  [/utg\S* kredit|kundekredit|(customer|sales|outgoing) credit/i, 'outgoing-credit-note'],
  [/kreditnota|credit ?note|credit memo/i, 'credit-note'],
  [/inng\S* faktura|leverand\S*faktura|kj[øo]psfaktura|(purchase|supplier|incoming) invoice/i, 'incoming-invoice'],
  [/utg\S* faktura|kundefaktura|salgsfaktura|(sales|customer|outgoing) invoice/i, 'outgoing-invoice'],
  [/innbetaling|kundebetaling|ocr|customer payment|incoming payment|receipt/i, 'payment-in'],
  [/utbetaling|leverand\S*betaling|remittering|supplier payment|outgoing payment/i, 'payment-out'],
  [/avskrivning|depreciation/i, 'depreciation'],
  [/periodisering|accrual/i, 'accrual'],
  [/l[øo]nn|payroll|salary/i, 'payroll'],
  [/mva|merverdi|\bvat\b/i, 'vat'],
  [/[åa]rsoppgj|[åa]rsavslut|year.?end/i, 'year-end'],
  [/utlegg|reiseregning|expense/i, 'expense-claim'],
  [/bank/i, 'bank'],
]
const CODES: Readonly<Record<string, string>> = {
  PI: 'incoming-invoice',
  IF: 'incoming-invoice',
  SI: 'outgoing-invoice',
  UF: 'outgoing-invoice',
  CN: 'credit-note',
  CP: 'payment-in',
  PP: 'payment-out',
  LO: 'payroll',
  MV: 'vat',
  BK: 'bank',
}

/**
 * Our voucher type for a transaction, from what the file calls it; `general` where that tells nothing. Opening and movement
 * vouchers are never guessed: they count otherwise in reports.
 */
export class SaftVoucherTypes {
  private readonly known = new Map<string, string>()
  private readonly ownFile: boolean

  /** `ownFile`: an export of ours, whose voucher types are our keys, opening and movement included. */
  constructor(ownFile = false) {
    this.ownFile = ownFile
  }

  /** `hint`: what the line's analysis calls the voucher, in files of old. */
  typeOf(t: SaftTransaction, hint: string): string {
    const { journal, voucherType, voucherDescription } = t
    if (this.ownFile && OWN_KEYS.has(voucherType)) return voucherType
    const key = `${voucherType}\u001f${voucherDescription}\u001f${hint}\u001f${journal.id}\u001f${journal.description}\u001f${journal.type}`
    let type = this.known.get(key)
    if (type === undefined) {
      type = guess([voucherDescription, voucherType, hint], [journal.description, journal.type, journal.id])
      if (this.known.size < 10_000) this.known.set(key, type)
    }
    if (type !== 'credit-note') return type
    return t.lines.some((line) => line.supplier !== '') ? 'incoming-credit-note' : 'outgoing-credit-note'
  }
}

/** The transaction's own words first, then its journal's. */
function guess(...sources: string[][]): string {
  for (const source of sources) {
    const byWord = WORDS.find(([words]) => source.some((text) => words.test(text)))?.[1]
    const byCode = source.map((text) => CODES[text.toUpperCase()]).find((type) => type !== undefined)
    const type = byWord ?? byCode
    if (type) return type
  }
  return 'general'
}
