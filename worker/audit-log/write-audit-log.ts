import type { Locale } from '#i18n/format.ts'
import { readNames } from '#worker/access/user-store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { readEvents } from '#worker/events/store.ts'
import { csvOf } from '#worker/reports/csv.ts'
import { auditColumns } from './audit-log.ts'
import { auditRowsOf } from './audit-row.ts'

const PAGE = 2_000
type Wanted = { db: Database; control: Database; from: Instant; to: Instant; locale: Locale }

/** The audit trail recorded after one moment and until another, as a CSV table; a page at a time, so memory stays flat. */
export function writeAuditLog({ db, control, from, to, locale }: Wanted): ReadableStream<Uint8Array> {
  const columns = auditColumns(locale)
  const head = csvOf(columns, [], locale)
  const utf8 = new TextEncoder()
  let after = 0
  return new ReadableStream({
    start: (out) => out.enqueue(utf8.encode(head)),
    async pull(out) {
      for (;;) {
        const page = await readEvents(db, after, PAGE)
        if (page.length === 0) return out.close()
        after = page.at(-1)!.sequence
        const events = page.filter((e) => from < e.recordedAt && e.recordedAt <= to)
        if (events.length === 0) continue
        const names = await readNames(control, [...new Set(events.map((e) => e.by))])
        return out.enqueue(utf8.encode(csvOf(columns, auditRowsOf(events, names), locale).slice(head.length)))
      }
    },
  })
}
