import type { Locale } from '#i18n/format.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** Where an invitation leads: a company, or an accounting office. */
export type Place = { company: string; office?: undefined } | { office: string; company?: undefined }

/** An invitation as it stands. `mailed`: its link went by e-mail, so whoever has it reads what is sent there. */
export type Invitation = {
  id: string
  company: string | null
  office: string | null
  placeName: string
  email: string
  name: string
  role: string
  roleName: string | null
  language: Locale
  by: string
  byName: string
  createdAt: Instant
  sentAt: Instant
  expiresAt: Instant
  mailed: boolean
  auditAccess: string | null
}

const INVITATION = `select i.*, coalesce(c.name, o.name) as place_name, r.name as role_name, coalesce(u.name, i.by) as by_name
  from invitation i left join company c on c.id = i.company left join office o on o.id = i.office
  left join custom_role r on r.id = i.role left join user u on u.id = i.by
 where i.accepted_at is null and i.withdrawn_at is null`

type Row = Record<string, unknown>
const text = (value: unknown): string | null => (value === null ? null : String(value))
const invitationOf = (row: Row): Invitation => ({
  id: String(row.id),
  company: text(row.company),
  office: text(row.office),
  placeName: String(row.place_name),
  email: String(row.email),
  name: String(row.name),
  role: String(row.role),
  roleName: text(row.role_name),
  language: row.language === 'en' ? 'en' : 'nb',
  by: String(row.by),
  byName: String(row.by_name),
  createdAt: String(row.created_at) as Instant,
  sentAt: String(row.sent_at) as Instant,
  expiresAt: String(row.expires_at) as Instant,
  mailed: row.mailed === 1,
  auditAccess: text(row.audit_access),
})

/** Invitations of a place that nobody has taken up, newest first; those that have run out among them. */
export async function readInvitations(control: Database, place: Place): Promise<Invitation[]> {
  const { rows } = await control.execute({
    sql: `${INVITATION} and coalesce(i.company, i.office) = ? order by i.created_at desc, i.id`,
    args: [place.company ?? place.office!],
  })
  return rows.map(invitationOf)
}

/** The invitation a link is for, if it still works. */
export async function readInvitation(
  control: Database,
  tokenHash: string,
  now: Instant,
): Promise<Invitation | undefined> {
  const { rows } = await control.execute({
    sql: `${INVITATION} and i.token_hash = ? and i.expires_at > ?`,
    args: [tokenHash, now],
  })
  return rows[0] && invitationOf(rows[0])
}

type New = Pick<
  Invitation,
  'id' | 'email' | 'name' | 'role' | 'language' | 'by' | 'expiresAt' | 'mailed' | 'auditAccess'
> & {
  place: Place
  tokenHash: string
  at: Instant
}
/** One open invitation for each address and place: a new one takes the place of the old, whose link then works no more. */
export const insertInvitation = (i: New): InStatement => ({
  sql: `insert into invitation (id, company, office, email, name, role, language, token_hash, by, created_at, sent_at,
          expires_at, mailed, audit_access)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, cast(?12 as integer), ?13)
        on conflict (coalesce(company, office), email) where accepted_at is null and withdrawn_at is null
        do update set name = excluded.name, role = excluded.role, language = excluded.language,
          token_hash = excluded.token_hash, by = excluded.by, sent_at = excluded.sent_at, expires_at = excluded.expires_at,
          mailed = excluded.mailed, audit_access = excluded.audit_access`,
  args: [
    i.id,
    i.place.company ?? null,
    i.place.office ?? null,
    i.email,
    i.name,
    i.role,
    i.language,
    i.tokenHash,
    i.by,
    i.at,
    i.expiresAt,
    i.mailed ? 1 : 0,
    i.auditAccess,
  ],
})

/** Its e-mail was not handed over: whoever has the link has it from somebody else. */
export const markUnsent = (id: string): InStatement => ({
  sql: 'update invitation set mailed = 0 where id = ?',
  args: [id],
})

export const withdrawInvitation = (id: string, by: string, at: Instant): InStatement => ({
  sql: 'update invitation set withdrawn_at = ?, withdrawn_by = ? where id = ? and accepted_at is null and withdrawn_at is null',
  args: [at, by, id],
})

/** Takes an invitation up: once. What it gives stands in the same batch, and only when this changed a row. */
export const acceptInvitation = (tokenHash: string, user: string, at: Instant): InStatement => ({
  sql: `update invitation set accepted_at = ?1, accepted_by = ?2
        where token_hash = ?3 and accepted_at is null and withdrawn_at is null and expires_at > ?1`,
  args: [at, user, tokenHash],
})

/** The access an invitation gives, to whoever took it up just now. */
export const giveInvited = (tokenHash: string, at: Instant): InStatement[] => [
  {
    sql: `insert into membership (user, company, role, created_at)
          select accepted_by, company, role, ?1 from invitation
           where token_hash = ?2 and accepted_at = ?1 and company is not null and audit_access is null
          on conflict (user, company) do nothing`,
    args: [at, tokenHash],
  },
  {
    sql: `insert into office_member (office, user, role, created_at)
          select office, accepted_by, role, ?1 from invitation where token_hash = ?2 and accepted_at = ?1 and office is not null
          on conflict (office, user) do nothing`,
    args: [at, tokenHash],
  },
  {
    sql: `update audit_access set user = (select accepted_by from invitation where token_hash = ?2)
           where user is null and id = (select audit_access from invitation where token_hash = ?2 and accepted_at = ?1)`,
    args: [at, tokenHash],
  },
  {
    sql: `update user set email_verified_at = ?1
           where email_verified_at is null
             and id = (select accepted_by from invitation where token_hash = ?2 and accepted_at = ?1 and mailed = 1)`,
    args: [at, tokenHash],
  },
]
