import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { Text } from '#worker/core/text.ts'

const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))
const Filters = {
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  /** User or key. */
  by: z.optional(Text(64)),
  /** The first word of the event's type: `voucher`, `key`. */
  about: z.optional(z.string().check(z.regex(/^[a-z-]{1,40}$/, 'field/invalid'))),
  /** What it happened to, by its id. */
  subject: z.optional(Text(128)),
}

/** Which part of the log: days, both included, as they are in Norway; who; what. Newest first, `before` a place in it. */
export const LogQuery = z.strictObject({ ...Filters, before: z.optional(Whole), limit: z.optional(Whole) })
export type LogQuery = z.infer<typeof LogQuery>

export const LogExportQuery = z.strictObject({
  ...Filters,
  format: z.optional(z.enum(['csv', 'json'], { error: 'field/invalid' })),
})
export type LogFilter = Omit<LogQuery, 'before' | 'limit'>

/** An entry of a log, as it is answered. */
export const LogEntryAnswer = z.object({
  sequence: z.int(),
  type: z.string(),
  recordedAt: z.string(),
  by: z.string(),
  byName: z.string(),
  subject: z.string(),
  changes: z.nullable(z.record(z.string(), z.array(z.unknown()))),
  /** The network it came from (a /24 or /48), the kind of device, and of Excel workbook, sheet and a mark of the file; null for what the system did by itself. */
  origin: z.nullable(
    z.object({
      network: z.string(),
      device: z.string(),
      place: z.optional(z.string()),
      workbook: z.optional(z.string()),
      sheet: z.optional(z.string()),
      file: z.optional(z.string()),
    }),
  ),
})
