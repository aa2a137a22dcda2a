import { fill, moment } from '#i18n/format.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { addMember, removeMember } from '#worker/access/change-members.ts'
import { inviteMember } from '#worker/access/invite-user.ts'
import { isWithin, mayDo, ROLES, type Role } from '#worker/access/permission.ts'
import { type Member, readMembers } from '#worker/access/user-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Notice, settingsPage, type Told } from './settings-page.tsx'

/** Who may enter the company. An administrator gives access, another role, or takes it away. */
export function Members({ c, members, told }: { c: Page; members: readonly Member[]; told: Told }) {
  const t = textsOf(c)
  const words = t.settings.members
  const { access, principal } = c.var
  const mayWrite = mayDo(access.role, 'member:write')
  return (
    <section class="hb-section" id="members">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      <p class="hb-quiet">{words.intro}</p>
      <Notice c={c} told={told} section="members" fields={['email', 'name', 'role']} />
      <table class="hb-table" data-list>
        <thead>
          <tr>
            <th>{words.column.name}</th>
            <th>{words.column.email}</th>
            <th>{words.column.since}</th>
            <th>{words.column.role}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr>
              <td>
                {member.name} {member.user === principal.id && <span class="hb-faint">({words.you})</span>}{' '}
                {!member.active && <span class="hb-chip">{words.notYet}</span>}
              </td>
              <td class="hb-break" data-line="2">
                {member.email}
              </td>
              <td class="hb-date hb-faint hb-only-wide">{moment(member.since).slice(0, 10)}</td>
              <td data-line="2">{mayWrite ? <RoleForm c={c} member={member} /> : t.shell.roles[member.role]}</td>
              <td class="hb-num" data-line="2">
                {mayWrite && member.user !== principal.id && (
                  <form method="post" action={companyPath(access, `/settings/members/${member.user}/removal`)}>
                    <button class="ds-button" data-variant="tertiary" type="submit">
                      {words.remove}
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {mayWrite && <AddForm c={c} tried={told.section === 'members' ? told.tried : undefined} />}
    </section>
  )
}

const rolesFor = (c: Page): Role[] =>
  ROLES.filter((role) => c.var.access.role === 'operator' || isWithin(role, c.var.access.role))

function RoleForm({ c, member }: { c: Page; member: Member }) {
  const t = textsOf(c)
  return (
    <form
      class="hb-picks hb-inline"
      method="post"
      action={companyPath(c.var.access, `/settings/members/${member.user}`)}
      data-auto
    >
      <span class="hb-pick">
        <select name="role" aria-label={`${t.settings.members.role}, ${member.name}`}>
          {rolesFor(c).map((role) => (
            <option value={role} selected={role === member.role}>
              {t.shell.roles[role]}
            </option>
          ))}
        </select>
      </span>
      <noscript>
        <button class="ds-button" data-variant="tertiary" type="submit">
          {t.settings.members.change}
        </button>
      </noscript>
    </form>
  )
}

function AddForm({ c, tried }: { c: Page; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.settings.members
  const faults = faultsOf(tried, c.var.locale)
  return (
    <form class="hb-form hb-section" method="post" action={companyPath(c.var.access, '/settings/members')}>
      <h3>{words.add}</h3>
      <p class="hb-quiet">{words.addNote}</p>
      <div class="hb-form-row">
        <TextField
          label={words.name}
          name="name"
          form="members"
          value={tried?.fields.name}
          faults={faults}
          maxlength={100}
        />
        <TextField
          label={words.email}
          name="email"
          form="members"
          type="email"
          value={tried?.fields.email}
          faults={faults}
          maxlength={254}
          required
        />
      </div>
      <SelectField
        label={words.role}
        name="role"
        form="members"
        value={tried?.fields.role ?? 'accountant'}
        faults={faults}
        options={rolesFor(c).map((role) => [role, `${t.shell.roles[role]}: ${words.roleNotes[role]}`])}
      />
      <div class="hb-form-actions">
        <button class="ds-button" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

const contextOf = (c: Page) => ({ ...actingOf(c), control: c.var.control, access: c.var.access })

/** @throws Problem 422 request/invalid for a role there is none of. */
function roleIn(text: string | undefined): Role {
  const role = ROLES.find((r) => r === text)
  if (!role) throw new Problem(422, 'request/invalid')
  return role
}

export async function submitMember(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const t = textsOf(c)
  return tryForm(
    fields,
    async () => {
      const { email = '', name = '' } = fields
      const { member, token } = await inviteMember(contextOf(c), { email, name, role: roleIn(fields.role) })
      const words = token ? t.settings.members.invited : t.settings.members.added
      return settingsPage(c, {
        section: 'members',
        message: fill(words, { name: member.name, role: t.shell.roles[member.role] }, c.var.locale),
        ...(token && { secret: `${new URL(c.req.url).origin}/invitation/${token}` }),
      })
    },
    (tried) => settingsPage(c, { tried, section: 'members' }),
  )
}

export async function submitRole(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const member = await memberIn(c)
      await addMember(contextOf(c), { email: member.email, role: roleIn(fields.role) })
      forgetAccess(c.var.access.id)
      return c.redirect(companyPath(c.var.access, '/settings#members'), 303)
    },
    (tried) => settingsPage(c, { tried, section: 'members' }),
  )
}

export async function submitRemoval(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      const member = await memberIn(c)
      await removeMember(contextOf(c), member.user)
      forgetAccess(c.var.access.id)
      const message = fill(textsOf(c).settings.members.removed, { name: member.name }, c.var.locale)
      return settingsPage(c, { section: 'members', message })
    },
    (tried) => settingsPage(c, { tried, section: 'members' }),
  )
}

/** @throws Problem 404 member/unknown. */
async function memberIn(c: Page): Promise<Member> {
  const user = pathText(c, 'user')
  const member = (await readMembers(c.var.control, c.var.access.id)).find((m) => m.user === user)
  if (!member) throw new Problem(404, 'member/unknown')
  return member
}
