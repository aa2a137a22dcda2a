import { fill } from '#i18n/format.ts'
import { problemTexts } from '#i18n/problem-texts.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { NewMember } from '#worker/access/api-key.ts'
import { addMember, removeMember } from '#worker/access/change-members.ts'
import { type Member, readMembers } from '#worker/access/member-store.ts'
import { mayDo, type Permission } from '#worker/access/permission.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { readCustomRoles } from '#worker/access/role-store.ts'
import { type CompanyAccess, readCompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { SelectField, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { dutyText, membersPage } from './members-page.tsx'
import { type Outcome, OutcomeNotice, statusOf } from './outcome.tsx'
import { permissionsByGroup, rolesToGive, roleText } from './role-text.ts'

/** What one person can and cannot do in the company, in words, and where it comes from. @throws Problem 404 member/unknown. */
export async function memberPage(c: Page, outcome: Outcome = {}): Promise<Response> {
  const t = textsOf(c)
  const words = t.members
  const { access, control, locale } = c.var
  const user = pathText(c, 'user')
  const ways = (await readMembers(control, access.id)).filter((one) => one.user === user)
  const [member] = ways
  if (!member) throw new Problem(404, 'member/unknown')
  const theirs = await readCompanyAccess(
    control,
    { kind: 'user', id: user, name: '', email: '', session: null },
    access.id,
  )
  const own = ways.find((one) => one.through === 'company')
  return page(
    c,
    {
      title: member.name,
      area: 'settings',
      status: statusOf(outcome),
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{member.name}</h1>
          <p>
            {member.email}
            {ways.map((way) => (
              <>
                {' · '}
                {reason(c, way)}
              </>
            ))}
          </p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/members')} data-key="Escape">
            {words.links.members}
          </a>
        </div>
      </div>
      <OutcomeNotice c={c} outcome={outcome} fields={['role']} form="role" />
      <Rights c={c} name={member.name} theirs={theirs} />
      {own ? (
        mayDo(access, 'member:write') && (
          <Change c={c} member={own} roles={rolesToGive(t, access, await readCustomRoles(control, access.id))} />
        )
      ) : (
        <p class="hb-quiet hb-section">{fill(words.page.throughOffice, {}, locale)}</p>
      )}
    </>,
  )
}

function reason(c: Page, way: Member): string {
  const t = textsOf(c)
  const words = t.members.page
  const role = roleText(t, way.role, way.roleName)
  if (way.through === 'company') return fill(words.because, { role }, c.var.locale)
  return way.duty === null
    ? words.becauseAdministrator
    : fill(words.becauseDuty, { duty: dutyText(c, way), role: role.toLowerCase() }, c.var.locale)
}

/** Every permission there is, under what they can and what they cannot. */
function Rights({ c, name, theirs }: { c: Page; name: string; theirs: CompanyAccess | undefined }) {
  const words = textsOf(c).members
  const { locale } = c.var
  const phrase = (permission: Permission) => (problemTexts[locale].problemWords as Record<string, string>)[permission]
  const list = (may: boolean) =>
    permissionsByGroup().flatMap(({ group, permissions }) => {
      const some = permissions.filter((permission) => mayDo(theirs, permission) === may)
      return some.length === 0
        ? []
        : [
            <>
              <h3>{words.groups[group]}</h3>
              <ul class="hb-rights" data-may={may ? 'yes' : 'no'}>
                {some.map((permission) => (
                  <li>{phrase(permission)}</li>
                ))}
              </ul>
            </>,
          ]
    })
  const cannot = list(false)
  return (
    <div class="hb-columns">
      <section>
        <div class="hb-section-head">
          <h2>{fill(words.page.may, { name }, locale)}</h2>
        </div>
        {cannot.length === 0 ? <p>{words.page.everything}</p> : list(true)}
      </section>
      {cannot.length > 0 && (
        <section>
          <div class="hb-section-head">
            <h2>{fill(words.page.mayNot, { name }, locale)}</h2>
          </div>
          {cannot}
        </section>
      )}
    </div>
  )
}

function Change({ c, member, roles }: { c: Page; member: Member; roles: readonly (readonly [string, string])[] }) {
  const words = textsOf(c).members
  const { access, principal, locale } = c.var
  const known = roles.some(([value]) => value === member.role)
  return (
    <>
      <form class="hb-form hb-section" method="post" action={companyPath(access, `/members/${member.user}`)}>
        <SelectField
          label={words.role}
          name="role"
          form="role"
          value={member.role}
          options={known ? roles : [[member.role, roleText(textsOf(c), member.role, member.roleName)], ...roles]}
        />
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.page.change}
          </button>
        </div>
      </form>
      {member.user !== principal.id && (
        <form class="hb-form hb-section" method="post" action={companyPath(access, `/members/${member.user}/removal`)}>
          <p class="hb-quiet">{fill(words.page.removeNote, { name: member.name }, locale)}</p>
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" data-color="danger" type="submit">
              {words.page.remove}
            </button>
          </div>
        </form>
      )}
    </>
  )
}

export async function submitRole(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const before = await memberIn(c)
      const member = await addMember(rightsContextOf(c), parse({ email: before.email, role: fields.role }, NewMember))
      forgetAccess(c.var.access.id)
      const t = textsOf(c)
      const role = roleText(t, member.role, member.roleName).toLowerCase()
      return memberPage(c, { message: fill(t.members.changed, { name: member.name, role }, c.var.locale) })
    },
    (tried) => memberPage(c, { tried }),
  )
}

export async function submitRemoval(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      const { user, name } = await memberIn(c)
      await removeMember(rightsContextOf(c), user)
      forgetAccess(c.var.access.id)
      return membersPage(c, { message: fill(textsOf(c).members.removed, { name }, c.var.locale) })
    },
    (tried) => memberPage(c, { tried }),
  )
}

/** @throws Problem 404 member/unknown. */
async function memberIn(c: Page): Promise<Member> {
  const user = pathText(c, 'user')
  const found = (await readMembers(c.var.control, c.var.access.id)).find(
    (one) => one.user === user && one.through === 'company',
  )
  if (!found) throw new Problem(404, 'member/unknown')
  return found
}
