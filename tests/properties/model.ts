// What the ledger must do, in plain code that shares nothing with the product: maps, and VAT by whole-number arithmetic.

export const thisYear = new Date().getFullYear()

export type Content = {
  type: 'general' | 'outgoing-invoice' | 'incoming-invoice'
  month: number
  year: number
  amount: number
  vat: '3' | '1' | '86' | null
  reason: boolean
}

const SERIES = { general: 'HB', 'outgoing-invoice': 'UF', 'incoming-invoice': 'IF' } as const
const month = (c: Pick<Content, 'year' | 'month'>): string => `${c.year}-${String(c.month).padStart(2, '0')}`

export const idOf = (n: number): string => `vch_${String(n).padStart(26, '0')}`

/** The draft that a content stands for. Amounts in øre; invoices are gross. */
export function draftOf(id: string, c: Content) {
  const [debit, credit] =
    c.type === 'outgoing-invoice'
      ? ['1500:10001', '3000']
      : c.type === 'incoming-invoice'
        ? ['6800', '2400:20001']
        : ['1920', '2900']
  const coded = (account: string) =>
    c.vat && /^[36]/.test(account) ? { vatCode: c.vat, dimensions: { department: '10' } } : {}
  return {
    id,
    type: c.type,
    voucherDate: `${month(c)}-15`,
    text: 'Modell',
    ...(c.reason && { reason: 'Avtalt' }),
    lines: [
      { account: debit, amount: c.amount, ...coded(debit!) },
      { account: credit, amount: -c.amount, ...coded(credit!) },
    ],
  }
}

type Movement = [account: string, amount: number]

/** What a content books, with 25 % VAT in the gross, or on top of it by reverse charge; half an øre away from zero. */
export function movementsOf(c: Content): Movement[] {
  const rounded = (n: number, d: number) => Math.sign(n) * Math.floor((2 * Math.abs(n) + d) / (2 * d))
  const contained = rounded(c.amount * 25, 125)
  const onTop = rounded(c.amount * 25, 100)
  if (c.type === 'outgoing-invoice')
    return c.vat
      ? [
          ['1500', c.amount],
          ['3000', contained - c.amount],
          ['2700', -contained],
        ]
      : [
          ['1500', c.amount],
          ['3000', -c.amount],
        ]
  if (c.type === 'incoming-invoice')
    return c.vat === '86'
      ? [
          ['6800', c.amount],
          ['2714', onTop],
          ['2704', -onTop],
          ['2400', -c.amount],
        ]
      : c.vat
        ? [
            ['6800', c.amount - contained],
            ['2710', contained],
            ['2400', -c.amount],
          ]
        : [
            ['6800', c.amount],
            ['2400', -c.amount],
          ]
  return [
    ['1920', c.amount],
    ['2900', -c.amount],
  ]
}

export type Kept = {
  series: string
  year: number
  number: number
  content: string
  movements: Movement[]
  reversed: boolean
}
export type SharedDraft = { version: number; rows: Map<string, { value: string; version: number }>; deleted: boolean }
export type Level = 'open' | 'soft' | 'hard'

export class Model {
  readonly posted = new Map<string, Kept>()
  readonly levels = new Map<string, Level>()
  /** Months whose VAT is filed. */
  readonly filed = new Set<string>()
  /** Vouchers of sheets by their key and day, drafts and documents. */
  readonly imported = new Map<string, { amount: number; id: string }>()
  readonly drafts = new Map<string, SharedDraft>()
  readonly documents = new Map<number, { stamp: number; rejected: boolean; attached: boolean }>()
  private readonly last = new Map<string, number>()

  levelOf(c: Pick<Content, 'year' | 'month'>): Level {
    return this.levels.get(month(c)) ?? 'open'
  }

  /** Whether a lock keeps the content out; a filed term only what has VAT. */
  keepsOut(c: Content, hasVat = c.vat !== null): boolean {
    const level = this.levelOf(c)
    return level === 'hard' || (level === 'soft' && !c.reason) || (hasVat && this.filed.has(month(c)))
  }

  next(type: Content['type'], year: number): number {
    return (this.last.get(SERIES[type] + year) ?? 0) + 1
  }

  add(id: string, c: Content): Kept {
    return this.keep(id, SERIES[c.type], c.year, JSON.stringify(c), movementsOf(c))
  }

  /** What came of something else than a content: a payment, a difference, a row of a sheet. */
  book({ id, series }: { id: string; series: string }, year: number, movements: Movement[]): Kept {
    return this.keep(id, series, year, '', movements)
  }

  /** A reversal keeps the type of what it reverses. */
  reverse(id: string, of: string, year: number, content: string): Kept {
    const original = this.posted.get(of)!
    original.reversed = true
    return this.keep(
      id,
      original.series,
      year,
      content,
      original.movements.map(([account, amount]) => [account, -amount]),
    )
  }

  balances(): Map<string, number> {
    const sums = new Map<string, number>()
    for (const { movements } of this.posted.values())
      for (const [account, amount] of movements) sums.set(account, (sums.get(account) ?? 0) + amount)
    return new Map([...sums].filter(([, amount]) => amount !== 0).sort())
  }

  private keep(id: string, series: string, year: number, content: string, movements: Movement[]): Kept {
    const number = (this.last.get(series + year) ?? 0) + 1
    this.last.set(series + year, number)
    const kept = { series, year, number, content, movements, reversed: false }
    this.posted.set(id, kept)
    return kept
  }
}
