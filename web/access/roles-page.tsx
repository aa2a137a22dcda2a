import { counted } from '#i18n/format.ts'
import { problemTexts } from '#i18n/problem-texts.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { changeRole, createRole, removeRole } from '#worker/access/change-roles.ts'
import { type CustomRole, NewRole } from '#worker/access/custom-role.ts'
import { mayDo, type Permission, ROLES } from '#worker/access/permission.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { readCustomRoles } from '#worker/access/role-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { permissionsByGroup } from './role-text.ts'

const phraseOf = (c: Page) => (permission: Permission) =>
  (problemTexts[c.var.locale].problemWords as Record<string, string>)[permission]!

/** What each role may do: the fixed ones side by side, and the company's own. */
export async function rolesPage(c: Page): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.roles
  const { access, control, locale } = c.var
  const own = await readCustomRoles(control, access.id)
  const mayWrite = mayDo(access, 'member:write')
  return page(
    c,
    { title: words.title, area: 'settings', keys: [['Esc', t.shell.keys.back]] },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          {mayWrite && (
            <a class="ds-button" href={companyPath(access, '/roles/new')}>
              {words.create}
            </a>
          )}
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/members')} data-key="Escape">
            {t.members.links.members}
          </a>
        </div>
      </div>
      <section>
        <div class="hb-section-head">
          <h2>{words.own}</h2>
        </div>
        {own.length === 0 ? (
          <p class="hb-quiet">{words.none}</p>
        ) : (
          <table class="hb-table" data-rows data-list>
            <tbody>
              {own.map((role) => (
                <tr>
                  <td>
                    {mayWrite ? (
                      <a class="hb-opens hb-row-link" href={companyPath(access, `/roles/${role.id}`)}>
                        {role.name}
                      </a>
                    ) : (
                      role.name
                    )}
                  </td>
                  <td class="hb-quiet" data-line="2">
                    {role.permissions.map(phraseOf(c)).join(', ')}
                  </td>
                  <td class="hb-num hb-nowrap">{counted(role.members, words.count, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section class="hb-section">
        <div class="hb-section-head">
          <h2>{words.fixed}</h2>
        </div>
        <div class="hb-scroll" tabindex={0} role="region" aria-label={words.fixed}>
          <table class="hb-table hb-role-table">
            <thead>
              <tr>
                <th>{words.right}</th>
                {ROLES.map((role) => (
                  <th scope="col">{t.shell.roles[role]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissionsByGroup().flatMap(({ group, permissions }) => [
                <tr>
                  <th colspan={ROLES.length + 1} scope="rowgroup">
                    {t.members.groups[group]}
                  </th>
                </tr>,
                ...permissions.map((permission) => (
                  <tr>
                    <td>{phraseOf(c)(permission)}</td>
                    {ROLES.map((role) => (
                      <td>{mayDo(role, permission) && <Icon name="check" label={words.yes} />}</td>
                    ))}
                  </tr>
                )),
              ])}
            </tbody>
          </table>
        </div>
      </section>
    </>,
  )
}

/** A role of the company's own, put together from permissions in words. */
export async function rolePage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.roles
  const { access, locale } = c.var
  const role = c.req.param('role') === undefined ? undefined : await roleIn(c)
  const chosen = new Set(tried ? (tried.fields.permissions ?? '').split(',') : (role?.permissions ?? []))
  const title = role ? words.edit : words.create
  const action = companyPath(access, role ? `/roles/${role.id}` : '/roles')
  return page(
    c,
    {
      title,
      area: 'settings',
      status: (tried?.problem.status as 422 | undefined) ?? 200,
      keys: [['Esc', t.shell.keys.back]],
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{title}</h1>
          <p>{words.needed}</p>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={tried} fields={['name']} />
      </div>
      <form class="hb-form" method="post" action={action}>
        {role && <input type="hidden" name="version" value={String(role.version)} />}
        <TextField
          label={words.name}
          name="name"
          value={tried?.fields.name ?? role?.name}
          faults={faultsOf(tried, locale)}
          maxlength={60}
          required
        />
        <h2>{words.may}</h2>
        {permissionsByGroup().map(({ group, permissions }) => {
          const offered = permissions.filter((permission) => mayDo(access, permission))
          return (
            offered.length > 0 && (
              <fieldset class="hb-choices-of-rights">
                <legend>{t.members.groups[group]}</legend>
                {offered.map((permission) => (
                  <label class="hb-check">
                    <input
                      type="checkbox"
                      name="permissions"
                      value={permission}
                      checked={chosen.has(permission) || permission === 'company:read'}
                      disabled={permission === 'company:read'}
                    />
                    {phraseOf(c)(permission)}
                  </label>
                ))}
              </fieldset>
            )
          )
        })}
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.save}
          </button>
          <a class="ds-button" data-variant="tertiary" href={companyPath(access, '/roles')} data-key="Escape">
            {words.cancel}
          </a>
        </div>
      </form>
      {role && role.members === 0 && (
        <form class="hb-section" method="post" action={`${action}/removal`}>
          <button class="ds-button" data-variant="secondary" data-color="danger" type="submit">
            {words.remove}
          </button>
        </form>
      )}
    </>,
  )
}

/** @throws Problem 404 role/unknown. */
async function roleIn(c: Page): Promise<CustomRole> {
  const id = pathText(c, 'role')
  const found = (await readCustomRoles(c.var.control, c.var.access.id)).find((role) => role.id === id)
  if (!found) throw new Problem(404, 'role/unknown')
  return found
}

export async function submitRoleForm(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const wanted = parse(
        {
          name: fields.name ?? '',
          permissions: ['company:read', ...(fields.permissions ?? '').split(',').filter(Boolean)],
        },
        NewRole,
      )
      const id = c.req.param('role')
      if (id === undefined) await createRole(rightsContextOf(c), wanted)
      else
        await changeRole(
          rightsContextOf(c),
          id,
          wanted,
          /^\d+$/.test(fields.version ?? '') ? Number(fields.version) : undefined,
        )
      forgetAccess(c.var.access.id)
      return c.redirect(companyPath(c.var.access, '/roles'), 303)
    },
    (tried) => rolePage(c, tried),
  )
}

export async function submitRoleRemoval(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      await removeRole(rightsContextOf(c), pathText(c, 'role'))
      return c.redirect(companyPath(c.var.access, '/roles'), 303)
    },
    (tried) => rolePage(c, tried),
  )
}
