import type { ReadRow } from './sheet-records.ts'

/** What a row's amount comes to in øre, debit positive, from one column or two; null where it has none. */
export const amountOf = ({ values }: ReadRow): number | null => {
  if (typeof values.amount === 'number') return values.amount
  if (values.debit === undefined && values.credit === undefined) return null
  const credit = Number(values.credit ?? 0)
  return Number(values.debit ?? 0) - (credit < 0 ? -credit : credit)
}

/** `1920`, `1 920`, `1920,0`, `1920 Bank`. */
export const accountIn = (text: string): string =>
  /^\d[\d\s.\u00a0]*\d$/.test(text) ? text.replace(/[\s.\u00a0]/g, '') : text.split(/\s/, 1)[0]!
