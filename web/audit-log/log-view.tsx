import { changeTexts, isId, originText, subjectText } from '#i18n/change-text.ts'
import { eventText, eventThingChoices } from '#i18n/event-text.ts'
import { day, fill, type Locale, moment, whole } from '#i18n/format.ts'
import { readRoleNames } from '#worker/access/role-store.ts'
import { readNames } from '#worker/access/user-store.ts'
import type { LogFilter } from '#worker/audit-log/log-query.ts'
import type { LogEntry } from '#worker/audit-log/log-store.ts'
import { readBookNames } from '#worker/audit-log/name-store.ts'
import type { SealHead } from '#worker/events/seal-store.ts'
import { DayPick, dayIn } from '../day-field.tsx'
import { type Page, textsOf } from '../page.tsx'
import { Pick } from '../reports/statement-page.tsx'
import { companyPath } from '../shell.tsx'
import { Unread, unreadIn } from '../unread.tsx'

/** Entries on one page of a log. */
export const PAGE = 100
/** Changed fields shown of one event; the export has all of them. */
const FIELDS = 4

type LogViewProps = {
  c: Page
  title: string
  intro: string
  /** Where the file is taken out, without the format. */
  file: string
  log: 'books' | 'access'
  /** Ways to other logs. */
  links?: readonly { href: string; text: string }[]
  filter: LogFilter
  before: number | undefined
  entries: readonly LogEntry[]
  actors: readonly string[]
  head: SealHead
}

/** A log as one reads it: who did what, when and from where, newest first, by days, person and thing. */
export async function LogView(props: LogViewProps) {
  const { c, title, intro, log, links = [], filter, before, entries, actors, head } = props
  const t = textsOf(c)
  const words = t.logPage
  const { control, locale } = c.var
  const asked = c.req.query()
  const unread = unreadIn(asked, ['fromDate', 'toDate'])
  const ids = [...new Set([...actors, ...entries.map((e) => e.by), ...subjectsOf(entries)])]
  const [names, others] = await Promise.all([
    readNames(control, ids),
    log === 'access' ? readRoleNames(control, rolesIn(entries)) : readBookNames(c.var.db, entries, locale),
  ])
  const fixed: Readonly<Record<string, string>> = {
    system: words.system,
    operator: words.operator,
    nobody: words.nobody,
  }
  const nameOf = (id: string) => fixed[id] ?? names.get(id) ?? others.get(id) ?? id
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value) as [string, string][])
  const file = (format: string) => `${props.file}?${addressOf(query, { format })}`
  return (
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{intro}</p>
        </div>
        <div class="hb-actions">
          {links.map(({ href, text }) => (
            <a class="ds-button" data-variant="secondary" href={href}>
              {text}
            </a>
          ))}
          {unread.length === 0 &&
            (['csv', 'json'] as const).map((format) => (
              <a class="ds-button" data-variant="secondary" href={file(format)}>
                {words[format]}
              </a>
            ))}
        </div>
      </div>
      <form class="hb-picks hb-no-print" method="get">
        <DayPick label={words.from} name="fromDate" value={filter.fromDate ?? asked.fromDate} hint={t.shell.dayHint} />
        <DayPick label={words.to} name="toDate" value={filter.toDate ?? asked.toDate} hint={t.shell.dayHint} />
        <Pick
          label={words.by}
          name="by"
          value={filter.by ?? ''}
          options={[['', words.everyone], ...actors.map((id) => [id, nameOf(id)] as [string, string])]}
        />
        <Pick
          label={words.about}
          name="about"
          value={filter.about ?? ''}
          options={[['', words.everything], ...eventThingChoices(locale, log)]}
        />
        <button class="ds-button" data-variant="tertiary" type="submit">
          {t.registers.show}
        </button>
      </form>
      {unread.length > 0 ? (
        <Unread c={c} days={unread} />
      ) : entries.length === 0 ? (
        <p class="hb-quiet">{words.nothing}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.at}</th>
              <th>{words.column.what}</th>
              <th>{words.column.by}</th>
              <th data-width="wide">{words.column.change}</th>
              <th>{words.column.from}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row c={c} entry={entry} nameOf={nameOf} />
            ))}
          </tbody>
        </table>
      )}
      <div class="hb-paging">
        {before !== undefined && <a href={`?${query}`}>{words.newest}</a>}
        {unread.length === 0 && entries.length === PAGE && (
          <a href={`?${addressOf(query, { before: String(entries.at(-1)!.sequence) })}`}>{words.older}</a>
        )}
      </div>
      {head.lastSequence > 0 && (
        <p class="hb-small hb-quiet hb-break">
          {fill(words.chain, { sequence: whole(head.lastSequence, locale) }, locale)}{' '}
          <code class="hb-hash">{head.hash}</code>
        </p>
      )}
    </>
  )
}

/** Before which place in the log, as the address says. */
export const beforeIn = ({ before }: Readonly<Record<string, string>>): number | undefined =>
  /^\d{1,15}$/.test(before ?? '') ? Number(before) : undefined

/** What the address asks for. What is no name is as if it was not there; of what is no day the page tells, and shows no list. */
export function filterIn(asked: Record<string, string>): LogFilter {
  const fromDate = asked.fromDate && dayIn(asked.fromDate)
  const toDate = asked.toDate && dayIn(asked.toDate)
  const short = (text: string | undefined) => (text && text.length <= 128 ? text : undefined)
  return {
    ...(fromDate && { fromDate }),
    ...(toDate && { toDate }),
    ...(short(asked.by) && { by: asked.by }),
    ...(/^[a-z-]{1,40}$/.test(asked.about ?? '') && { about: asked.about }),
    ...(short(asked.subject) && { subject: asked.subject }),
  }
}

const addressOf = (query: URLSearchParams, more: Record<string, string>) =>
  new URLSearchParams([...query, ...Object.entries(more)])

const subjectsOf = (entries: readonly LogEntry[]) =>
  entries.map((e) => e.subject).filter((id) => /^(?:usr|key)_/.test(id))

const rolesIn = (entries: readonly LogEntry[]) => [
  ...new Set(
    entries
      .flatMap((e) => [e.subject, ...(e.changes?.role ?? [])])
      .filter((id): id is string => typeof id === 'string' && id.startsWith('rol_')),
  ),
]

type RowProps = { c: Page; entry: LogEntry; nameOf: (id: string) => string }

function Row({ c, entry, nameOf }: RowProps) {
  const words = textsOf(c).logPage
  const { locale } = c.var
  const { origin } = entry
  const changes = changeTexts(entry, locale, nameOf)
  const subject = subjectName(entry, locale, nameOf)
  const href =
    c.var.access && entry.subject.startsWith('vch_') && companyPath(c.var.access, `/vouchers/${entry.subject}`)
  return (
    <tr>
      <td class="hb-date hb-faint hb-nowrap" data-line="2">
        {moment(entry.recordedAt, true)}
      </td>
      <td>
        <span>
          {eventText(entry.type, locale)}{' '}
          {href ? <a href={href}>{subject}</a> : <span class="hb-small hb-quiet hb-break">{subject}</span>}
        </span>
      </td>
      <td data-line="2">
        {nameOf(entry.by)}
        {entry.by.startsWith('key_') && <span class="hb-small hb-quiet"> ({words.key})</span>}
      </td>
      <td class="hb-small hb-break" data-line="2">
        {changes.slice(0, FIELDS).map((change) => (
          <div>{change}</div>
        ))}
        {changes.length > FIELDS && '…'}
      </td>
      <td class="hb-small hb-quiet" data-line="2">
        {origin && originText(origin)}
      </td>
    </tr>
  )
}

/** What an event is about, as one knows it: `IF 2026-205`, `kunde 10802 Solberg`, `3000 Salg`; nothing of what only has an id. */
function subjectName({ type, subject, by }: LogEntry, locale: Locale, nameOf: (id: string) => string): string {
  if (subject === by) return ''
  const key = type.startsWith('account.') ? `account ${subject}` : subject
  const name = nameOf(key)
  if (isId(name)) return ''
  const isNumber = name !== key && !isId(subject)
  if (isNumber) return `${subjectText(subject, locale)} ${name}`
  return /^\d{4}-\d\d-\d\d$/.test(subject) ? day(subject) : subjectText(name.replace(/^account /, ''), locale)
}
