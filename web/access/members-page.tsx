import { day, fill, moment } from '#i18n/format.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { inviteAgain, inviteMember, withdrawMemberInvitation } from '#worker/access/change-members.ts'
import { NewInvitation } from '#worker/access/invitation.ts'
import { type Invitation, readInvitations } from '#worker/access/invitation-store.ts'
import { INVITATION_DAYS, type Sent } from '#worker/access/invite-user.ts'
import { type Member, readMembers } from '#worker/access/member-store.ts'
import { readOfficeName } from '#worker/access/office-access.ts'
import { mayDo } from '#worker/access/permission.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { readCustomRoles } from '#worker/access/role-store.ts'
import { dayInOslo } from '#worker/core/dates.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { MoveSection } from '../offices/move-section.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { linkTo, type Outcome, OutcomeNotice, statusOf } from './outcome.tsx'
import { rolesToGive, roleText } from './role-text.ts'

const FIELDS = ['name', 'email', 'role', 'language', 'days']

/** Who may enter the company: its own members, the office's staff, and those who are invited. */
export async function membersPage(c: Page, outcome: Outcome = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.members
  const { access, control, locale } = c.var
  const mayWrite = mayDo(access, 'member:write')
  const [members, invitations, own, office] = await Promise.all([
    readMembers(control, access.id),
    readInvitations(control, { company: access.id }),
    readCustomRoles(control, access.id),
    access.office === null ? null : readOfficeName(control, access.office),
  ])
  const company = members.filter((member) => member.through === 'company')
  const staff = members.filter((member) => member.through === 'office')
  return page(
    c,
    { title: words.title, area: 'settings', status: statusOf(outcome) },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{fill(words.intro, { company: access.name }, locale)}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="secondary" href={companyPath(access, '/roles')}>
            {words.links.roles}
          </a>
          {mayDo(access, 'auditor:order') && (
            <a class="ds-button" data-variant="secondary" href={companyPath(access, '/auditors')}>
              {words.links.auditors}
            </a>
          )}
        </div>
      </div>
      <OutcomeNotice c={c} outcome={outcome} fields={FIELDS} form="invite" />
      <section>
        <div class="hb-section-head">
          <h2>{words.own}</h2>
        </div>
        {company.length === 0 ? <p class="hb-quiet">{words.none}</p> : <MemberTable c={c} members={company} />}
      </section>
      {office !== null && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{fill(words.fromOffice, { office }, locale)}</h2>
          </div>
          <p class="hb-quiet">{words.fromOfficeNote}</p>
          <MemberTable c={c} members={staff} />
        </section>
      )}
      {invitations.length > 0 && (
        <section class="hb-section">
          <div class="hb-section-head">
            <h2>{words.invited}</h2>
          </div>
          <InvitationTable
            c={c}
            invitations={invitations}
            action={mayWrite ? (id) => companyPath(access, `/members/invitations/${id}`) : undefined}
            roleOf={(one) => roleText(t, one.role, one.roleName)}
          />
        </section>
      )}
      {mayWrite && (
        <InviteForm
          c={c}
          tried={outcome.tried}
          action={companyPath(access, '/members')}
          place={access.name}
          roles={rolesToGive(t, access, own)}
        />
      )}
      <MoveSection c={c} office={office} />
    </>,
  )
}

function MemberTable({ c, members }: { c: Page; members: readonly Member[] }) {
  const t = textsOf(c)
  const words = t.members
  const { access, principal } = c.var
  return (
    <table class="hb-table" data-rows data-list>
      <thead>
        <tr>
          <th>{words.column.name}</th>
          <th>{words.column.email}</th>
          <th>{words.column.role}</th>
          <th>{words.column.duty}</th>
          <th>{words.column.since}</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr>
            <td>
              <a class="hb-opens hb-row-link" href={companyPath(access, `/members/${member.user}`)}>
                {member.name}
              </a>{' '}
              {member.user === principal.id && <span class="hb-faint">({words.you})</span>}
            </td>
            <td class="hb-break" data-line="2">
              {member.email}
            </td>
            <td>{roleText(t, member.role, member.roleName)}</td>
            <td class="hb-quiet hb-only-wide">{dutyText(c, member)}</td>
            <td class="hb-date hb-faint hb-only-wide">{moment(member.since).slice(0, 10)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function dutyText(c: Page, member: Pick<Member, 'through' | 'duty'>): string {
  const words = textsOf(c).members
  if (member.through === 'company') return ''
  return member.duty === null ? words.officeAdministrator : words.duties[member.duty]
}

type InvitationTableProps = {
  c: Page
  invitations: readonly Invitation[]
  /** Where its commands are; none for who may not change them. */
  action: ((id: string) => string) | undefined
  roleOf: (one: Invitation) => string
}

export function InvitationTable({ c, invitations, action, roleOf }: InvitationTableProps) {
  const words = textsOf(c).members
  const now = new Date().toISOString()
  return (
    <table class="hb-table" data-list>
      <thead>
        <tr>
          <th>{words.column.name}</th>
          <th>{words.column.email}</th>
          <th>{words.column.role}</th>
          <th>{words.column.expires}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {invitations.map((one) => (
          <tr>
            <td>{one.name}</td>
            <td class="hb-break" data-line="2">
              {one.email}
            </td>
            <td data-line="2">{roleOf(one)}</td>
            <td class="hb-date" data-line="2" data-label={words.column.expires}>
              {one.expiresAt < now ? (
                <span class="hb-chip" data-state="warning">
                  {fill(words.expired, { date: dayInOslo(one.expiresAt) }, c.var.locale)}
                </span>
              ) : (
                day(dayInOslo(one.expiresAt))
              )}
            </td>
            <td class="hb-num" data-line="2">
              {action && (
                <span class="hb-picks hb-inline">
                  <form method="post" action={`${action(one.id)}/link`}>
                    <button class="ds-button" data-variant="tertiary" type="submit">
                      {words.again}
                    </button>
                  </form>
                  <form method="post" action={`${action(one.id)}/withdrawal`}>
                    <button class="ds-button" data-variant="tertiary" type="submit">
                      {words.withdraw}
                    </button>
                  </form>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type InviteFormProps = {
  c: Page
  tried: Tried | undefined
  action: string
  place: string
  roles: readonly (readonly [string, string])[]
  title?: string
}

export function InviteForm({ c, tried, action, place, roles, title }: InviteFormProps) {
  const words = textsOf(c).members
  const { locale } = c.var
  const faults = faultsOf(tried, locale)
  const sent = tried?.fields
  return (
    <form class="hb-form hb-section" method="post" action={action} id="invite">
      <h2>{title ?? words.invite}</h2>
      <p class="hb-quiet">{fill(words.inviteNote, { place }, locale)}</p>
      <div class="hb-form-row">
        <TextField label={words.name} name="name" form="invite" value={sent?.name} faults={faults} maxlength={100} />
        <TextField
          label={words.emailField}
          name="email"
          form="invite"
          type="email"
          value={sent?.email}
          faults={faults}
          maxlength={254}
          required
        />
      </div>
      <SelectField
        label={words.role}
        name="role"
        form="invite"
        value={sent?.role ?? roles.find(([role]) => role === 'reader')?.[0] ?? roles.at(-1)?.[0] ?? ''}
        faults={faults}
        options={roles}
      />
      <div class="hb-form-row">
        <SelectField
          label={words.language}
          name="language"
          form="invite"
          value={sent?.language ?? locale}
          options={[
            ['nb', words.languages.nb],
            ['en', words.languages.en],
          ]}
        />
        <TextField
          label={words.days}
          name="days"
          form="invite"
          value={sent?.days ?? String(INVITATION_DAYS)}
          faults={faults}
          inputmode="numeric"
          maxlength={2}
        />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

/** What the fields of an invitation say, for its schema to judge. */
export const invitationIn = (fields: Readonly<Record<string, string | undefined>>) => ({
  email: fields.email ?? '',
  name: fields.name ?? '',
  ...(fields.role !== undefined && { role: fields.role }),
  language: fields.language === 'en' ? 'en' : 'nb',
  days: fields.days === undefined ? INVITATION_DAYS : Number(fields.days),
})

/** That it is on its way; or, where no e-mail can be sent, the link to give. */
function told(c: Page, { invitation, token }: Sent): Outcome {
  const words = textsOf(c).members
  const { name, email, expiresAt } = invitation
  const facts = { name, email, date: dayInOslo(expiresAt) }
  if (token === undefined) return { message: fill(words.sent, facts, c.var.locale) }
  return { message: fill(words.link, facts, c.var.locale), secret: linkTo(c, token) }
}

export { told as toldInvitation }

export async function submitInvitation(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', language = 'nb', ...wanted } = parse(invitationIn(fields), NewInvitation)
      return membersPage(c, told(c, await inviteMember(rightsContextOf(c), { ...wanted, name, language })))
    },
    (tried) => membersPage(c, { tried }),
  )
}

export async function submitInvitationLink(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => membersPage(c, told(c, await inviteAgain(rightsContextOf(c), pathText(c, 'invitation')))),
    (tried) => membersPage(c, { tried }),
  )
}

export async function submitWithdrawal(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      const { name } = await withdrawMemberInvitation(rightsContextOf(c), pathText(c, 'invitation'))
      forgetAccess(c.var.access.id)
      return membersPage(c, { message: fill(textsOf(c).members.withdrawn, { name }, c.var.locale) })
    },
    (tried) => membersPage(c, { tried }),
  )
}
