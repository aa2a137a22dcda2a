import { changeText, isId, originText, subjectText } from '#i18n/change-text.ts'
import { logPage as en } from '#i18n/en/log-page.ts'
import { eventText } from '#i18n/event-text.ts'
import { fill, moment, whole } from '#i18n/format.ts'
import { logPage as nb } from '#i18n/nb/log-page.ts'
import { auditRowsOf, written } from '#worker/audit-log/audit-row.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { Event } from '#worker/events/event.ts'
import type { Origin } from '#worker/events/origin.ts'
import type { SealedHead } from '#worker/reports/report-seal.ts'
import { type LedgerApi, Refused } from '../api/ledger-api.ts'
import { serialOf } from '../sheet/excel-value.ts'
import { type Asked, type BlockCell, type Drawing, type Drawn, headOf } from './block-report.ts'
import { blockTexts } from './block-texts.ts'

const PAGE = 5_000
const LOG_PAGE = 1_000
/** Characters of one value: more would make a request that Excel on the web does not take. What is cut is told. */
const LENGTH = 2_000

/**
 * What was done in the period, by whom, a row for each field that changed: in words first, then as it is kept. The log only grows:
 * `upTo` says how much of it there was.
 */
export async function eventLog(drawing: Drawing, asked: Asked): Promise<Drawn> {
  const { api, company, locale } = drawing
  const { fromDate, toDate, upTo: _, ...state } = asked
  const { events, upTo } = await eventsOf(drawing, asked)
  const log = await readLog(api, company, { fromDate: String(fromDate), toDate: String(toDate) })
  const words = locale === 'nb' ? nb : en
  const names = new Map([...(log?.values() ?? [])].map(({ by, byName }) => [by, byName]))
  for (const by of ['system', 'operator', 'nobody'] as const) names.set(by, words[by])
  const nameOf = (id: string) => names.get(id) || id
  const cut = (text: string) => {
    const count = text.length - LENGTH
    if (count <= 0) return text
    return fill(blockTexts[locale].cut, { text: text.slice(0, LENGTH), count: whole(count, locale) }, locale)
  }
  const cells = auditRowsOf(events, names).map((row): BlockCell[] => {
    const origin = log?.get(row.sequence)?.origin
    const subject = nameOf(row.subject)
    return [
      row.sequence,
      serialOfMoment(row.recordedAt),
      nameOf(row.by),
      eventText(row.type, locale),
      row.subject === row.by || isId(subject) ? '' : subjectText(subject, locale),
      row.field === '' ? '' : changeText(row.field, [row.before, row.after], locale, nameOf),
      origin ? originText(origin) : '',
      row.by,
      row.type,
      row.subject,
      row.field,
      cut(written(row.before)),
      cut(written(row.after)),
      row.ledgerVersion,
    ]
  })
  const head = await api.get<SealedHead>(company, 'reports/trial-balance', state)
  return {
    ...headOf(head),
    fromDate: String(fromDate),
    toDate: String(toDate),
    cells,
    agrees: undefined,
    query: { upTo: String(upTo) },
    ...(!log && { nameless: true }),
  }
}

/** Events of the period's days up to the place that is named, else to the version; and the place reached. */
async function eventsOf({ api, company, query }: Drawing, { fromDate, toDate, atVersion }: Asked) {
  const last = query.upTo === undefined ? undefined : Number(query.upTo)
  const version = Number(atVersion ?? Number.POSITIVE_INFINITY)
  const events: Event[] = []
  let upTo = last ?? 0
  for (let after = 0; ; ) {
    const page = await api.get<{ events: Event[]; next: number }>(company, 'events', { after, limit: PAGE })
    for (const event of page.events) {
      if (last === undefined ? event.ledgerVersion > version : event.sequence > last) continue
      upTo = Math.max(upTo, event.sequence)
      const day = dayInOslo(event.recordedAt)
      if (fromDate! <= day && day <= toDate!) events.push(event)
    }
    if (page.events.length < PAGE || (last !== undefined && page.next >= last)) return { events, upTo }
    after = page.next
  }
}

type Logged = { sequence: number; by: string; byName: string; origin: Origin | null }

/** Who and from where, by place in the log; undefined for who may not see it. */
async function readLog(
  api: LedgerApi,
  company: string,
  days: { fromDate: string; toDate: string },
): Promise<Map<number, Logged> | undefined> {
  const found = new Map<number, Logged>()
  try {
    for (let before: number | undefined; ; ) {
      const asked = { ...days, before, limit: LOG_PAGE }
      const page = await api.get<{ entries: Logged[]; next: number | null }>(company, 'audit-log/entries', asked)
      for (const entry of page.entries) found.set(entry.sequence, entry)
      if (page.next === null) return found
      before = page.next
    }
  } catch (error) {
    if (error instanceof Refused && error.status === 403) return undefined
    throw error
  }
}

/** Excel's number of a moment by Norwegian clocks, to the second. Nine decimals are what Excel's fifteen digits keep. */
export function serialOfMoment(at: Instant): number {
  const [hours, minutes, seconds] = moment(at, true).slice(-8).split(':').map(Number)
  const day = serialOf(dayInOslo(at)) + (hours! * 3600 + minutes! * 60 + seconds!) / 86_400
  return Number(day.toFixed(9))
}
