import type { Event } from '#worker/events/event.ts'

/** A line of the audit trail: one changed field of an event, or the event itself when it changed none. */
export type AuditRow = Omit<Event, 'touched' | 'changes'> & {
  byName: string
  field: string
  before: unknown
  after: unknown
}

/** The lines of events, in order. `names` are those of users and keys by id. */
export const auditRowsOf = (events: readonly Event[], names: ReadonlyMap<string, string>): AuditRow[] =>
  events.flatMap(({ touched: _, changes, ...event }) => {
    const row = { ...event, byName: names.get(event.by) ?? '' }
    const fields = Object.entries(changes ?? {})
    if (fields.length === 0) return [{ ...row, field: '', before: null, after: null }]
    return fields.map(([field, [before, after]]) => ({ ...row, field, before, after }))
  })

/** A value as it is kept, in a cell. */
export const written = (value: unknown): string =>
  value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
