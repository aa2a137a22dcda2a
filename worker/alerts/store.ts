import type { Locale } from '#i18n/format.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Alert, AlertKind, NewAlert } from './alert.ts'

/** Name of the setting in which a person chooses for each kind: `{ "key-created": "muted", "rights-changed": "list" }`; else also by e-mail. */
export const ALERT_SETTING = 'alerts'
const NOT_MUTED = `not exists (select 1 from user_setting s where s.user = u.id and s.name = '${ALERT_SETTING}'
  and s.value ->> ('$."' || ?1 || '"') = 'muted')`

const args = ({ kind, subject, params, at }: NewAlert, of: string): string[] => [
  kind,
  subject,
  JSON.stringify(params),
  at,
  of,
]

/** Tells one person, unless they have muted the kind. `mailed`: they have an e-mail of it already. */
export const alertUser = (alert: NewAlert, user: string, { mailed = false } = {}): InStatement => ({
  sql: `insert into alert (id, user, company, kind, subject, params, raised_at, mailed_at)
        select 'alr_' || lower(hex(randomblob(13))), u.id, null, ?1, ?2, ?3, ?4, ?6 from user u where u.id = ?5 and ${NOT_MUTED}`,
  args: [...args(alert, user), mailed ? alert.at : null],
})

/** Tells one person, and everybody who was told of another kind of the same thing. */
export const alertToldOf = (alert: NewAlert, before: AlertKind, user: string): InStatement => ({
  sql: `insert into alert (id, user, company, kind, subject, params, raised_at)
        select 'alr_' || lower(hex(randomblob(13))), u.id, null, ?1, ?2, ?3, ?4 from user u
        where u.id in (select ?5 union select x.user from alert x where x.kind = ?6 and x.subject = ?2) and ${NOT_MUTED}`,
  args: [...args(alert, user), before],
})

/** Not while the same was told and has not gone away: what is found each hour is one alert. */
const NOT_TOLD = `not exists (select 1 from alert x where x.user = u.id and x.kind = ?1 and x.subject = ?2 and x.params = ?3
  and x.cleared_at is null)`

/** The administrators of a company and of the office that keeps its books, as a select of their ids; `company` is a place or column. */
export const administratorsOf = (company: string): string =>
  `select m.user from membership m where m.company = ${company} and m.role = 'administrator'
  union select a.user from client_assignment a where a.company = ${company} and a.role = 'administrator'
  union select o.user from office_member o join company c on c.office = o.office where c.id = ${company} and o.role = 'administrator'`
/** Who hears of a company or an office, with the place the alert stands under. */
const OF_COMPANY = `select a.user, ?5 as company, null as office from (${administratorsOf('?5')}) a`
const OF_OFFICE = `select o.user, null as company, ?5 as office from office_member o where o.office = ?5 and o.role = 'administrator'`

type Telling = {
  /** Nobody a second time while it lasts. */
  once?: boolean
  /** Only when the statement just before it in the batch changed a row. */
  ifChanged?: boolean
  /** Somebody who was an administrator until just now. */
  also?: string | undefined
  /** The administrators of an office that kept the books until just now. */
  formerOffice?: string
  /** Clients whose own administrators hear of it, each under their company. */
  clients?: readonly string[]
}

/**
 * Tells every administrator of a company and of the office that keeps its books, or of an office alone, who has not muted the
 * kind.
 */
export const alertAdministrators = (
  alert: NewAlert,
  place: string | { office: string },
  { once = false, ifChanged = false, also, formerOffice, clients = [] }: Telling = {},
): InStatement => {
  const [id, people] = typeof place === 'string' ? [place, OF_COMPANY] : [place.office, OF_OFFICE]
  const here = typeof place === 'string' ? '?5, null' : 'null, ?5'
  return {
    sql: `insert into alert (id, user, company, office, kind, subject, params, raised_at)
          select 'alr_' || lower(hex(randomblob(13))), u.id, p.company, p.office, ?1, ?2, ?3, ?4
            from (${people} union select ?6, ${here}
              union select o.user, ${here} from office_member o where o.office = ?7 and o.role = 'administrator'
              union select m.user, m.company, null from membership m
               where m.company in (select value from json_each(?8)) and m.role = 'administrator') p
            join user u on u.id = p.user
           where ${NOT_MUTED} ${once ? `and ${NOT_TOLD}` : ''} ${ifChanged ? 'and changes() > 0' : ''}`,
    args: [...args(alert, id), also ?? null, formerOffice ?? null, JSON.stringify(clients)],
  }
}

/** An alert goes away by itself when its cause does. */
export const clearAlerts = (kind: AlertKind, subject: string, at: Instant): InStatement => ({
  sql: 'update alert set cleared_at = ? where kind = ? and subject = ? and cleared_at is null',
  args: [at, kind, subject],
})

/** What a company's people have been told of one kind and has not gone away: each thing once. */
export async function readStanding(
  control: Database,
  kind: AlertKind,
  company: string,
): Promise<{ subject: string; params: Readonly<Record<string, string>> }[]> {
  const { rows } = await control.execute({
    sql: `select subject, max(params) as params from alert
          where company = ? and kind = ? and cleared_at is null group by subject`,
    args: [company, kind],
  })
  return rows.map(({ subject, params }) => ({ subject: String(subject), params: JSON.parse(String(params)) }))
}

/** What a person has been told and has not gone away, newest first. */
export async function readAlerts(control: Database, user: string, limit: number): Promise<Alert[]> {
  const { rows } = await control.execute({
    sql: `select a.*, c.name as company_name, o.name as office_name from alert a
            left join company c on c.id = a.company left join office o on o.id = a.office
          where a.user = ? and a.cleared_at is null order by a.raised_at desc, a.id limit cast(? as integer)`,
    args: [user, limit],
  })
  return rows.map((row) => ({
    id: String(row.id),
    kind: String(row.kind) as AlertKind,
    company: row.company === null ? null : { id: String(row.company), name: String(row.company_name) },
    office: row.office === null ? null : { id: String(row.office), name: String(row.office_name) },
    subject: String(row.subject),
    params: JSON.parse(String(row.params)),
    raisedAt: String(row.raised_at) as Instant,
    seenAt: row.seen_at === null ? null : (String(row.seen_at) as Instant),
  }))
}

/** An alert on its way to somebody by e-mail. */
export type Unmailed = Pick<Alert, 'id' | 'kind' | 'params'> & {
  user: string
  email: string
  name: string
  locale: Locale
  /** The company or the office it concerns. */
  placeName: string | null
}

/** Takes those nobody has seen or been sent, and that their owner wants by e-mail: they count as sent from now on. */
export async function takeUnmailed(control: Database, since: Instant, at: Instant, most: number): Promise<Unmailed[]> {
  const { rows: taken } = await control.execute({
    sql: `update alert set mailed_at = ?1 where id in (
            select a.id from alert a where a.mailed_at is null and a.seen_at is null and a.cleared_at is null and a.raised_at > ?2
               and a.mail_after <= ?1 and not exists (select 1 from user_setting s where s.user = a.user and s.name = '${ALERT_SETTING}'
                 and s.value ->> ('$."' || a.kind || '"') in ('muted', 'list'))
             order by a.raised_at limit cast(?3 as integer)) returning id`,
    args: [at, since, most],
  })
  if (taken.length === 0) return []
  const { rows } = await control.execute({
    sql: `select a.id, a.kind, a.params, a.user, u.email, u.name, u.locale, coalesce(c.name, o.name) as place_name
            from alert a join user u on u.id = a.user left join company c on c.id = a.company
            left join office o on o.id = a.office
           where a.id in (select value from json_each(?)) order by a.raised_at, a.id`,
    args: [JSON.stringify(taken.map((row) => row.id))],
  })
  return rows.map((row) => ({
    id: String(row.id),
    kind: String(row.kind) as AlertKind,
    params: JSON.parse(String(row.params)),
    user: String(row.user),
    email: String(row.email),
    name: String(row.name),
    locale: row.locale === 'en' ? 'en' : 'nb',
    placeName: row.place_name === null ? null : String(row.place_name),
  }))
}

/** They were not sent after all: tried again after 45 s, 90 s, 3 min and so on, since an address that fails mostly fails again. */
const NOT_SENT = `update alert set mailed_at = null, mail_tries = mail_tries + 1,
  mail_after = strftime('%Y-%m-%dT%H:%M:%fZ', ?2, '+' || (45 << min(mail_tries, 8)) || ' seconds') where mailed_at = ?2`
/** Those taken at a moment. */
export const giveBack = (ids: readonly string[], takenAt: Instant): InStatement => ({
  sql: `${NOT_SENT} and id in (select value from json_each(?1))`,
  args: [JSON.stringify(ids), takenAt],
})
/** Those of one person that counted as sent from the moment they were raised. */
export const giveBackOf = (user: string, raisedAt: Instant): InStatement => ({
  sql: `${NOT_SENT} and user = ?1 and raised_at = ?2`,
  args: [user, raisedAt],
})

/** Those that are seen or gone are kept for a while, for who looks back. */
export const forgetAlerts = (before: string): InStatement => ({
  sql: 'delete from alert where raised_at < ? and (seen_at is not null or cleared_at is not null)',
  args: [before],
})

/** How many a person has not seen. */
export async function countUnseen(control: Database, user: string): Promise<number> {
  const { rows } = await control.execute({
    sql: 'select count(*) as unseen from alert where user = ? and seen_at is null and cleared_at is null',
    args: [user],
  })
  return Number(rows[0]!.unseen)
}

/** Marks those that were raised up to a moment as seen. */
export const markSeen = (user: string, upTo: Instant, at: Instant): InStatement => ({
  sql: 'update alert set seen_at = ? where user = ? and raised_at <= ? and seen_at is null',
  args: [at, user, upTo],
})
