import * as z from 'zod/mini'
import { FilledText } from '#worker/core/text.ts'

/** The reports that can be saved and sealed: those that are asked with a query alone. */
export const REPORTS = [
  'income-statement',
  'balance-sheet',
  'trial-balance',
  'general-ledger',
  'voucher-journal',
  'party-balances',
  'key-figures',
  'liquidity',
  'changes',
  'explanation',
] as const
export type ReportName = (typeof REPORTS)[number]
/** Lists whose filters can be saved under a name, too. */
export const LISTS = ['vouchers', 'open-items', 'documents', 'parties'] as const
export type SavedName = ReportName | (typeof LISTS)[number]

const Report = z.enum(REPORTS, { error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid') })
const Saved = z.enum([...REPORTS, ...LISTS], {
  error: (i) => (i.input === undefined ? 'field/required' : 'field/invalid'),
})
/** What a report is asked with, as its address has it. */
export const ReportQuery = z
  .record(FilledText(60), FilledText(600))
  .check(z.refine((query) => Object.keys(query).length <= 30, 'field/invalid'))

/** A report, or a list with its filters, under a name; `shared` is for everyone who reads reports. */
export const NewSavedReport = z.strictObject({
  name: FilledText(120),
  report: Saved,
  query: ReportQuery,
  shared: z.optional(z.boolean('field/invalid')),
})
export type NewSavedReport = z.infer<typeof NewSavedReport>
export const SavedReportChange = z.strictObject({
  name: z.optional(FilledText(120)),
  query: z.optional(ReportQuery),
  shared: z.optional(z.boolean('field/invalid')),
})
export type SavedReportChange = z.infer<typeof SavedReportChange>

export type SavedReport = {
  id: string
  name: string
  report: SavedName
  query: Readonly<Record<string, string>>
  shared: boolean
  owner: string
  version: number
  recordedAt: string
}

/** A block to be sealed, or one that was. */
export const BlockToSeal = z.strictObject({ report: Report, query: ReportQuery })
export const BlockToVerify = z.strictObject({
  report: Report,
  query: ReportQuery,
  atVersion: z.int('field/invalid').check(z.gte(0, 'field/invalid')),
  chainHead: z.optional(z.nullable(FilledText(64))),
  hash: FilledText(64).check(z.regex(/^[0-9a-f]{64}$/, 'field/invalid')),
})
export type BlockToVerify = z.infer<typeof BlockToVerify>
