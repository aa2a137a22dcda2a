import * as en from '#i18n/en/audit-log.ts'
import { type Locale, moment } from '#i18n/format.ts'
import * as nb from '#i18n/nb/audit-log.ts'
import type { Column } from '#worker/reports/csv.ts'
import { type AuditRow, written } from './audit-row.ts'
import type { LogEntry } from './log-store.ts'

export function auditColumns(locale: Locale): Column<AuditRow>[] {
  const { auditLog: name } = locale === 'nb' ? nb : en
  return [
    { name: name.sequence, text: (r) => r.sequence },
    { name: name.recordedAt, text: (r) => moment(r.recordedAt, true) },
    { name: name.by, text: (r) => r.by },
    { name: name.byName, text: (r) => r.byName },
    { name: name.type, text: (r) => r.type },
    { name: name.subject, text: (r) => r.subject },
    { name: name.field, text: (r) => r.field },
    { name: name.before, text: (r) => written(r.before) },
    { name: name.after, text: (r) => written(r.after) },
    { name: name.ledgerVersion, text: (r) => r.ledgerVersion },
  ]
}

/** A line of the log with where it came from: one changed field of an entry, or the entry itself when it changed none. */
export type LogRow = Omit<LogEntry, 'changes' | 'recordedAt'> & {
  recordedAt: string
  byName: string
  field: string
  before: unknown
  after: unknown
}

export const logRowsOf = (entries: readonly LogEntry[], names: ReadonlyMap<string, string>): LogRow[] =>
  entries.flatMap(({ changes, ...entry }) => {
    const row = { ...entry, byName: names.get(entry.by) ?? '' }
    const fields = Object.entries(changes ?? {})
    if (fields.length === 0) return [{ ...row, field: '', before: null, after: null }]
    return fields.map(([field, [before, after]]) => ({ ...row, field, before, after }))
  })

export function logColumns(locale: Locale): Column<LogRow>[] {
  const { auditLog: name } = locale === 'nb' ? nb : en
  return [
    { name: name.sequence, text: (r) => r.sequence },
    { name: name.recordedAt, text: (r) => (r.recordedAt === '' ? '' : moment(r.recordedAt, true)) },
    { name: name.by, text: (r) => r.by },
    { name: name.byName, text: (r) => r.byName },
    { name: name.type, text: (r) => r.type },
    { name: name.subject, text: (r) => r.subject },
    { name: name.field, text: (r) => r.field },
    { name: name.before, text: (r) => written(r.before) },
    { name: name.after, text: (r) => written(r.after) },
    { name: name.network, text: (r) => r.origin?.network ?? '' },
    { name: name.device, text: (r) => r.origin?.device ?? '' },
    { name: name.workbook, text: ({ origin }) => [origin?.workbook, origin?.sheet].filter(Boolean).join(' ') },
  ]
}
