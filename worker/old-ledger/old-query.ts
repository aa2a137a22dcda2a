import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { Text } from '#worker/core/text.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import type { Cursor, FoundEntry, OldEntryQuery } from './store.ts'

/** Entries in one answer at most. */
export const MOST_ENTRIES = 500
const MOST_WORDS = 8

const cursor = z.string().check(z.refine((s) => cursorOf(s) !== undefined, 'field/invalid'))
const Whole = z.string().check(z.regex(/^\d{1,4}$/, 'field/invalid'))
const Sum = z.string().check(z.regex(/^-?\d{1,15}$/, 'field/invalid'))

/** What is asked of old ledgers. `search` is looked for in text, voucher, invoice, party and account; a sum in it as an amount. */
export const OldEntrySearch = {
  ledger: z.optional(Text(40)),
  search: z.optional(Text(200)),
  account: z.optional(Text(70)),
  kind: z.optional(z.enum(['customer', 'supplier'], 'field/invalid')),
  party: z.optional(Text(35)),
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  /** In øre, on either side. */
  amount: z.optional(Sum),
  invoiceNumber: z.optional(Text(70)),
}
export const OldEntryAsk = z.strictObject({ ...OldEntrySearch, cursor: z.optional(cursor), limit: z.optional(Whole) })
type Asked = { [K in keyof typeof OldEntrySearch]?: string | undefined } & { cursor?: string | undefined }

/** `1 250,00` in a search is a sum in kroner; digits alone may be a number of anything. */
const sumIn = (search: string): number | undefined => {
  if (!/[.,]\d{2}$/.test(search)) return undefined
  const read = readAmount(search)
  return read.kind === 'amount' ? read.ore : undefined
}

export function oldQueryOf({ search = '', amount, party, kind, cursor, ...rest }: Asked): OldEntryQuery {
  const sum = amount === undefined ? sumIn(search.trim()) : Number(amount)
  const words =
    amount === undefined && sum !== undefined ? [] : search.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  return {
    ...rest,
    ...(kind !== undefined && { kind: kind as 'customer' | 'supplier' }),
    ...(party !== undefined && { parties: [party] }),
    ...(sum !== undefined && { amount: sum }),
    ...(words.length > 0 && { words }),
    ...(cursor !== undefined && { cursor: cursorOf(cursor) }),
  } as OldEntryQuery
}

export const cursorAfter = ({ entryDate, ledger, line }: FoundEntry): string => `${entryDate}.${ledger}.${line}`

function cursorOf(text: string): Cursor | undefined {
  const m = /^(\d{4}-\d{2}-\d{2})\.(imp_[0-9a-z]{26})\.(\d{1,12})$/.exec(text)
  return m ? { entryDate: m[1]!, ledger: m[2]!, line: Number(m[3]) } : undefined
}
