import { fill, moment } from '#i18n/format.ts'
import { NewKey } from '#worker/access/api-key.ts'
import { createKey, removeKey } from '#worker/access/create-key.ts'
import type { KeptKey } from '#worker/access/key-store.ts'
import { isWithin, ROLES } from '#worker/access/permission.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import { dayIn } from '../day-field.tsx'
import { faultsOf, SelectField, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'
import { Notice, settingsPage, type Told } from './settings-page.tsx'

/** Keys for programs: each told once when it is made, revoked when it is no longer needed. */
export function Keys({ c, keys, told }: { c: Page; keys: readonly KeptKey[]; told: Told }) {
  const t = textsOf(c)
  const words = t.settings.keys
  return (
    <section class="hb-section" id="keys">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
        <a href="/api/docs">{words.docs}</a>
      </div>
      <p class="hb-quiet">{words.intro}</p>
      <Notice c={c} told={told} section="keys" fields={['name', 'role', 'expiresAt']} />
      {keys.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.name}</th>
              <th>{words.column.role}</th>
              <th>{words.column.created}</th>
              <th>{words.column.expires}</th>
              <th>{words.column.status}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <Row c={c} key_={key} />
            ))}
          </tbody>
        </table>
      )}
      <AddForm c={c} tried={told.section === 'keys' ? told.tried : undefined} />
    </section>
  )
}

function Row({ c, key_: key }: { c: Page; key_: KeptKey }) {
  const t = textsOf(c)
  const words = t.settings.keys
  const now = new Date().toISOString()
  const works = key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now)
  return (
    <tr>
      <td>{key.name}</td>
      <td data-line="2">{t.shell.roles[key.role]}</td>
      <td class="hb-date hb-faint hb-only-wide">{moment(key.createdAt)}</td>
      <td class="hb-date hb-faint" data-line="2" data-label={words.column.expires}>
        {key.expiresAt === null ? words.never : moment(key.expiresAt).slice(0, 10)}
      </td>
      <td>
        <span class="hb-chip" data-state={works ? 'proven' : undefined}>
          {works
            ? words.active
            : key.revokedAt === null
              ? words.expired
              : fill(words.revoked, { date: moment(key.revokedAt).slice(0, 10) }, c.var.locale)}
        </span>
      </td>
      <td class="hb-num" data-line="2">
        {works && (
          <form method="post" action={companyPath(c.var.access, `/settings/keys/${key.id}/revocation`)}>
            <button class="ds-button" data-variant="tertiary" type="submit">
              {words.revoke}
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}

function AddForm({ c, tried }: { c: Page; tried: Tried | undefined }) {
  const t = textsOf(c)
  const words = t.settings.keys
  const { access, locale } = c.var
  const faults = faultsOf(tried, locale)
  const roles = ROLES.filter((role) => isWithin(role, access))
  return (
    <form class="hb-form hb-section" method="post" action={companyPath(access, '/settings/keys')}>
      <h3>{words.add}</h3>
      <TextField
        label={words.name}
        name="name"
        form="keys"
        value={tried?.fields.name}
        faults={faults}
        maxlength={100}
        required
      />
      <div class="hb-form-row">
        <SelectField
          label={words.role}
          name="role"
          form="keys"
          value={tried?.fields.role ?? 'reader'}
          faults={faults}
          options={roles.map((role) => [role, t.shell.roles[role]])}
        />
        <TextField
          label={words.expiresAt}
          name="expiresAt"
          form="keys"
          value={tried?.fields.expiresAt}
          help={words.expiresHelp}
          faults={faults}
          placeholder={t.shell.dayHint}
          day
        />
      </div>
      <div class="hb-form-actions">
        <button class="ds-button" data-variant="secondary" type="submit">
          {words.submit}
        </button>
      </div>
    </form>
  )
}

const contextOf = (c: Page) => ({ ...actingOf(c), control: c.var.control, access: c.var.access })

export async function submitKey(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', role = '', expiresAt } = fields
      const until = expiresAt === undefined ? null : (dayIn(expiresAt) ?? expiresAt)
      const made = await createKey(contextOf(c), parse({ name, role, expiresAt: until }, NewKey))
      return settingsPage(c, { section: 'keys', message: textsOf(c).settings.keys.made, secret: made.key })
    },
    (tried) => settingsPage(c, { tried, section: 'keys' }),
  )
}

export async function submitRevocation(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      await removeKey(contextOf(c), pathText(c, 'key'))
      return c.redirect(companyPath(c.var.access, '/settings#keys'), 303)
    },
    (tried) => settingsPage(c, { tried, section: 'keys' }),
  )
}
