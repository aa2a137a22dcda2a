import type { Locale } from '#i18n/format.ts'
import { readNames } from '#worker/access/user-store.ts'
import type { Database } from '#worker/database/connect.ts'
import type { SealHead } from '#worker/events/seal-store.ts'
import { csvHead, csvRows } from '#worker/reports/csv.ts'
import { logColumns, logRowsOf } from './audit-log.ts'
import type { LogEntry, LogPlace } from './log-store.ts'

const PAGE = 2_000
/** Which log, what a JSON file says of itself first, and where its chain stands. */
type Wanted = {
  read: (place: LogPlace) => Promise<LogEntry[]>
  about: object
  control: Database
  locale: Locale
  head: SealHead
}

/** The log in order as CSV, a page at a time. Its last line is the head of the chain: the place it seals to, and its hash. */
export function logAsCsv(wanted: Wanted): ReadableStream<Uint8Array> {
  const { locale, head } = wanted
  const columns = logColumns(locale)
  return streamOf(wanted, {
    first: csvHead(columns, locale),
    page: (entries, names) => csvRows(columns, logRowsOf(entries, names), locale),
    last: csvRows(columns, [sealedRow(head)], locale),
  })
}

const sealedRow = (head: SealHead) => ({
  sequence: head.lastSequence,
  type: 'audit-log.sealed',
  recordedAt: '',
  by: '',
  byName: '',
  subject: head.hash,
  field: '',
  before: null,
  after: null,
  origin: null,
})

/** The same as JSON, the head of the chain first. */
export function logAsJson(wanted: Wanted): ReadableStream<Uint8Array> {
  const { about, head } = wanted
  const chain = { sealedTo: head.lastSequence, chainHead: head.hash }
  let began = false
  return streamOf(wanted, {
    first: `${JSON.stringify({ ...about, ...chain }).slice(0, -1)},"entries":[\n`,
    page: (entries, names) => {
      const text = entries.map((e) => JSON.stringify({ ...e, byName: names.get(e.by) ?? '' })).join(',\n')
      const separated = began ? `,\n${text}` : text
      began = true
      return separated
    },
    last: '\n]}\n',
  })
}

type Form = {
  first: string
  page: (entries: LogEntry[], names: ReadonlyMap<string, string>) => string
  last: string
}

function streamOf({ read, control }: Wanted, form: Form): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  let after = 0
  return new ReadableStream({
    start: (out) => out.enqueue(utf8.encode(form.first)),
    async pull(out) {
      const entries = await read({ after, limit: PAGE })
      if (entries.length === 0) {
        out.enqueue(utf8.encode(form.last))
        return out.close()
      }
      after = entries.at(-1)!.sequence
      const names = await readNames(control, [...new Set(entries.map((e) => e.by))])
      out.enqueue(utf8.encode(form.page(entries, names)))
    },
  })
}
