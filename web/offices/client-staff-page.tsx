import { fill } from '#i18n/format.ts'
import { ROLES } from '#worker/access/permission.ts'
import { readCustomRoles } from '#worker/access/role-store.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { assignStaff } from '#worker/offices/change-office.ts'
import { ClientStaff, type OfficeClient } from '#worker/offices/office.ts'
import { readOfficeClients, readStaff } from '#worker/offices/office-store.ts'
import { inOffice } from '#worker/offices/routes.ts'
import { OutcomeNotice } from '../access/outcome.tsx'
import { type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { officePath } from './office-page.tsx'

/** Who of the office works for a client: a line for each of the staff. @throws Problem 404 company/unknown. */
export async function clientStaffPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.office
  const { office, control, locale } = c.var
  const client = await clientIn(c)
  const [staff, own] = await Promise.all([
    readStaff(control, office.id),
    readCustomRoles(control, client.id as CompanyId),
  ])
  const roles = [
    ...ROLES.filter((role) => role !== 'auditor').map((role) => [role, t.shell.roles[role]] as const),
    ...own.map((role) => [role.id, role.name] as const),
  ]
  const before = new Map(client.staff.map((one) => [one.user, one]))
  const chosen = (user: string) => tried?.fields[`duty-${user}`] ?? before.get(user)?.duty ?? 'none'
  const roleOf = (user: string) => tried?.fields[`role-${user}`] ?? before.get(user)?.role ?? 'accountant'
  const title = fill(words.assignTitle, { company: client.name }, locale)
  return page(
    c,
    { title, status: (tried?.problem.status as 422 | undefined) ?? 200, keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{words.assignNote}</p>
        </div>
      </div>
      <OutcomeNotice c={c} outcome={tried ? { tried } : {}} fields={[]} />
      <form method="post" action={officePath(c, `/clients/${client.id}`)}>
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.name}</th>
              <th>{t.members.column.duty}</th>
              <th>{words.asRole}</th>
            </tr>
          </thead>
          <tbody>
            {staff.map((one) => (
              <tr>
                <td>
                  {one.name} <small class="hb-faint">{words.roles[one.role]}</small>
                </td>
                <td data-line="2">
                  <span class="hb-pick">
                    <select name={`duty-${one.user}`} aria-label={`${t.members.column.duty}, ${one.name}`}>
                      {(['none', 'responsible', 'team'] as const).map((duty) => (
                        <option value={duty} selected={chosen(one.user) === duty}>
                          {duty === 'none' ? words.notAssigned : t.members.duties[duty]}
                        </option>
                      ))}
                    </select>
                  </span>
                </td>
                <td data-line="2">
                  <span class="hb-pick">
                    <select name={`role-${one.user}`} aria-label={`${words.asRole}, ${one.name}`}>
                      {roles.map(([value, text]) => (
                        <option value={value} selected={roleOf(one.user) === value}>
                          {text}
                        </option>
                      ))}
                    </select>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="hb-form-actions hb-section">
          <button class="ds-button" type="submit">
            {words.saveAssign}
          </button>
          <a class="ds-button" data-variant="tertiary" href={officePath(c)} data-key="Escape">
            {t.registers.cancel}
          </a>
        </div>
      </form>
    </>,
  )
}

/** @throws Problem 404 company/unknown. */
async function clientIn(c: Page): Promise<OfficeClient> {
  const id = pathText(c, 'client')
  const found = (await readOfficeClients(c.var.control, c.var.office.id)).find((client) => client.id === id)
  if (!found) throw new Problem(404, 'company/unknown')
  return found
}

export async function submitClientStaff(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const staff = Object.entries(fields).flatMap(([name, duty]) => {
        const user = /^duty-(.+)$/.exec(name)?.[1]
        return user === undefined || duty === 'none' ? [] : [{ user, duty, role: fields[`role-${user}`] ?? '' }]
      })
      await assignStaff(inOffice(c), (await clientIn(c)).id, parse({ staff }, ClientStaff).staff)
      return c.redirect(officePath(c), 303)
    },
    (tried) => clientStaffPage(c, tried),
  )
}
