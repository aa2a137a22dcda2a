import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { FilledText, Text } from '#worker/core/text.ts'
import { VoucherQuery } from '#worker/ledger/list-vouchers.ts'
import { PartyQuery } from '#worker/parties/party-search.ts'
import {
  ChangesQuery,
  ExplanationQuery,
  GeneralLedgerQuery,
  LiquidityQuery,
  PartyBalanceQuery,
  StatementQuery,
  TrialBalanceQuery,
  VoucherJournalQuery,
} from '#worker/reports/report-query.ts'
import { ITEM_ORDERS } from '#worker/subledger/item-order.ts'
import { AgeingQuery, OpenItemQuery, StatementQuery as PartyStatementQuery } from '#worker/subledger/item-query.ts'

/** xlsx unless told; `csv` for a sheet in the reader's language, `csv-machine` by RFC 4180, `pdf` to print. */
export const FORMATS = ['xlsx', 'csv', 'csv-machine', 'pdf'] as const
export type ExportFormat = (typeof FORMATS)[number]
const format = z.optional(z.enum(FORMATS, { error: 'field/invalid' }))

/** What a report is asked for, but not in pages: a file holds all of it. */
const whole = <S extends object>(shape: S): Omit<S, 'cursor' | 'limit'> & { format: typeof format } => {
  const { cursor: _, limit: __, ...rest } = shape as S & { cursor?: unknown; limit?: unknown }
  return { ...rest, format }
}
const Dimension = FilledText(100)

export const TrialBalanceExport = z.catchall(z.object(whole(TrialBalanceQuery.shape)), Dimension)
export const StatementExport = z.catchall(z.object(whole(StatementQuery.shape)), Dimension)
export const GeneralLedgerExport = z.catchall(z.object(whole(GeneralLedgerQuery.shape)), Dimension)
export const JournalExport = z.strictObject(whole(VoucherJournalQuery.shape))
export const PartyBalancesExport = z.strictObject(whole(PartyBalanceQuery.shape))
export const OpenItemsExport = z.strictObject({
  ...whole(OpenItemQuery.shape),
  order: z.optional(z.enum(ITEM_ORDERS, 'field/invalid')),
})
export const AgeingExport = z.strictObject(whole(AgeingQuery.shape))
export const DaysExport = z.strictObject(whole(PartyStatementQuery.shape))
export const PartiesExport = z.strictObject({
  kind: z.enum(['customer', 'supplier'], {
    error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
  }),
  q: PartyQuery.shape.q,
  language: z.optional(z.string()),
  format,
})
/** Accounts whose number begins with a text, or whose name has it; `used`: those that have entries. */
export const AccountsExport = z.strictObject({
  text: z.optional(Text(100)),
  used: z.optional(z.enum(['true'], 'field/invalid')),
  language: z.optional(z.string()),
  format,
})
export const VouchersExport = z.strictObject({ ...whole(VoucherQuery.shape), language: z.optional(z.string()) })
export const KeyFiguresExport = StatementExport
export const LiquidityExport = z.strictObject(whole(LiquidityQuery.shape))
export const ChangesExport = z.catchall(z.object(whole(ChangesQuery.shape)), Dimension)
export const ExplanationExport = z.catchall(z.object(whole(ExplanationQuery.shape)), Dimension)
export const VatExport = z.strictObject({
  term: z.optional(FilledText(10)),
  asKnownAt: VoucherJournalQuery.shape.asKnownAt,
  atVersion: VoucherJournalQuery.shape.atVersion,
  language: z.optional(z.string()),
  format,
})
/** Checks of the books that were made within a period: this year until today unless told. */
export const VerificationsExport = z.strictObject({
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  language: z.optional(z.string()),
  format,
})
export const ListExport = z.strictObject({ language: z.optional(z.string()), format })
/** Without a kind the balances, else the open items of customers or suppliers. */
export const OpeningExport = z.strictObject({
  kind: z.optional(PartiesExport.shape.kind),
  language: z.optional(z.string()),
  format,
})
export const PlainJournalQuery = z.strictObject({
  format: z.enum(['hledger', 'beancount'], {
    error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
  }),
  fromDate: VoucherJournalQuery.shape.fromDate,
  toDate: VoucherJournalQuery.shape.toDate,
  atVersion: VoucherJournalQuery.shape.atVersion,
  language: z.optional(z.string()),
})
