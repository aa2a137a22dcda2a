import { fill, moment } from '#i18n/format.ts'
import { NewKey } from '#worker/access/api-key.ts'
import { createKey, removeKey } from '#worker/access/create-key.ts'
import { type KeptKey, readKeys } from '#worker/access/key-store.ts'
import { ALL_PERMISSIONS, mayDo, type Permission } from '#worker/access/permission.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { readNames } from '#worker/access/user-store.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { createOfficeKey, removeOfficeKey } from '#worker/offices/create-office-key.ts'
import { inOffice } from '#worker/offices/routes.ts'
import { dayIn } from '../day-field.tsx'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

type Said = { tried?: Tried; secret?: string }
const FIELDS = ['name', 'scopes', 'role', 'networks', 'expiresAt']

/** Whose keys: a company's, or an office's, which reach all of its clients. */
type KeyPlace = {
  path: string
  intro: string
  read: () => Promise<KeptKey[]>
  make: (wanted: NewKey) => Promise<{ key: string }>
  remove: (id: string) => Promise<void>
  /** What its keys may be given. */
  may: readonly Permission[]
}

function placeIn(c: Page): KeyPlace {
  const words = textsOf(c).keys
  const { control, access, office } = c.var
  if (office !== undefined)
    return {
      path: `/offices/${office.id}/keys`,
      intro: fill(words.officeIntro, { office: office.name }, c.var.locale),
      read: () => readKeys(control, { office: office.id }),
      make: (wanted) => createOfficeKey(inOffice(c), wanted),
      remove: (id) => removeOfficeKey(inOffice(c), id),
      may: ALL_PERMISSIONS,
    }
  return {
    path: companyPath(access, '/settings/keys'),
    intro: words.intro,
    read: () => readKeys(control, access.id),
    make: (wanted) => createKey(rightsContextOf(c), wanted),
    remove: (id) => removeKey(rightsContextOf(c), id),
    may: ALL_PERMISSIONS.filter((permission) => mayDo(access, permission)),
  }
}

/** Keys for programs: each told once when it is made, revoked when it is no longer needed. */
export async function keysPage(c: Page, said: Said = {}): Promise<Response> {
  const words = textsOf(c).keys
  const { control } = c.var
  const place = placeIn(c)
  const keys = await place.read()
  const names = await readNames(control, [...new Set(keys.map((key) => key.createdBy))])
  return page(
    c,
    {
      title: words.title,
      ...(c.var.office === undefined && { area: 'keys' as const }),
      status: (said.tried?.problem.status as 422 | undefined) ?? 200,
    },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.title}</h1>
          <p>{place.intro}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="secondary" href="/api/docs">
            {words.docs}
          </a>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={said.tried} fields={FIELDS} form="keys" />
        {said.secret && (
          <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
            <p>{words.made}</p>
            <code class="hb-secret">{said.secret}</code>
          </div>
        )}
      </div>
      {keys.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.name}</th>
              <th data-width="wide">{words.column.may}</th>
              <th>{words.column.used}</th>
              <th>{words.column.expires}</th>
              <th>{words.column.status}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <Row
                c={c}
                key_={key}
                path={place.path}
                by={names.get(key.createdBy) ?? textsOf(c).shell.person.operator}
              />
            ))}
          </tbody>
        </table>
      )}
      <AddForm c={c} tried={said.tried} place={place} />
    </>,
  )
}

function Row({ c, key_: key, path, by }: { c: Page; key_: KeptKey; path: string; by: string }) {
  const t = textsOf(c)
  const words = t.keys
  const { locale } = c.var
  const now = new Date().toISOString()
  const works = key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now)
  const day = (at: string) => moment(at).slice(0, 10)
  return (
    <tr>
      <td>
        <strong>{key.name}</strong>
        <div class="hb-small hb-quiet">
          {key.start && <code>{key.start}…</code>}
          {key.app && <span class="hb-chip">{t.oauth.key}</span>}{' '}
          {fill(words.madeBy, { by, date: day(key.createdAt) }, locale)}
        </div>
      </td>
      <td class="hb-small" data-line="2">
        {key.scopes ? key.scopes.map((scope) => t.permissions[scope]).join(', ') : t.shell.roles[key.role]}
        {key.networks.length > 0 && (
          <div class="hb-quiet">{fill(words.only, { networks: key.networks.join(', ') }, locale)}</div>
        )}
      </td>
      <td class="hb-small hb-quiet" data-line="2" data-label={words.column.used}>
        {key.lastUsedAt === null ? words.notUsed : moment(key.lastUsedAt)}
        {key.lastUsedFrom && <div>{key.lastUsedFrom}</div>}
      </td>
      <td class="hb-date hb-faint" data-line="2" data-label={words.column.expires}>
        {key.expiresAt === null ? words.never : day(key.expiresAt)}
      </td>
      <td>
        <span class="hb-chip" data-state={works ? 'proven' : undefined}>
          {works
            ? words.active
            : key.revokedAt === null
              ? words.expired
              : fill(words.revoked, { date: day(key.revokedAt) }, locale)}
        </span>
      </td>
      <td class="hb-num" data-line="2">
        {works && (
          <form method="post" action={`${path}/${key.id}/revocation`}>
            <button class="ds-button" data-variant="tertiary" type="submit">
              {words.revoke}
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}

/** What a key is for, what it may do in words, and where from and how long. Nothing is chosen beforehand. */
function AddForm({ c, tried, place }: { c: Page; tried: Tried | undefined; place: KeyPlace }) {
  const t = textsOf(c)
  const words = t.keys
  const { locale } = c.var
  const faults = faultsOf(tried, locale)
  const chosen = new Set(tried?.fields.scopes?.split(',') ?? [])
  return (
    <form class="hb-form hb-section" method="post" action={place.path}>
      <h2>{words.add}</h2>
      <TextField
        label={words.name}
        name="name"
        form="keys"
        value={tried?.fields.name}
        faults={faults}
        maxlength={100}
        required
      />
      <fieldset class="ds-fieldset" id="field-keys-scopes">
        <legend class="ds-label">{words.may}</legend>
        <small>{words.mayHelp}</small>
        <div class="hb-checks" data-columns>
          {place.may.map((permission) => (
            <label class="hb-check">
              <input type="checkbox" name="scopes" value={permission} checked={chosen.has(permission)} />
              {t.permissions[permission]}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="hb-form-row">
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
        <TextField
          label={words.networks}
          name="networks"
          form="keys"
          value={tried?.fields.networks}
          help={words.networksHelp}
          faults={faults}
          placeholder="203.0.113.0/24"
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

export async function submitKey(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', role, scopes, networks, expiresAt } = fields
      const wanted = {
        name,
        ...(role && { role }),
        // Nothing chosen is told at the choices.
        ...((scopes || !role) && { scopes: scopes?.split(',') ?? [] }),
        ...(networks && { networks: networks.split(/[\s,;]+/) }),
        expiresAt: expiresAt === undefined ? null : (dayIn(expiresAt) ?? expiresAt),
      }
      return keysPage(c, { secret: (await placeIn(c).make(parse(wanted, NewKey))).key })
    },
    (tried) => keysPage(c, { tried }),
  )
}

export async function submitRevocation(c: Page): Promise<Response> {
  return tryForm(
    {},
    async () => {
      const { path, remove } = placeIn(c)
      await remove(pathText(c, 'key'))
      return c.redirect(path, 303)
    },
    (tried) => keysPage(c, { tried }),
  )
}
