import { fill, moment } from '#i18n/format.ts'
import { parse, pathText } from '#worker/http/accept.ts'
import { personOf } from '#worker/identity/request.ts'
import { createOauthApp, removeOauthApp } from '#worker/oauth/create-oauth-app.ts'
import { NewOauthApp } from '#worker/oauth/oauth-app.ts'
import { makerOf } from '#worker/oauth/routes.ts'
import { readAppsOf } from '#worker/oauth/store.ts'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'

type Made = { id: string; secret: string | null }
const FIELDS = ['name', 'redirectUris']

/** The programs one has made for others to let in: each with its id, and where it is answered. */
export async function appsPage(c: Page, said: { tried?: Tried; made?: Made } = {}): Promise<Response> {
  const words = textsOf(c).oauth
  const { locale } = c.var
  const { user } = await personOf(c)
  const apps = await readAppsOf(c.var.control, user.id)
  const faults = faultsOf(said.tried, locale)
  return page(
    c,
    { title: words.apps, layout: 'report', status: (said.tried?.problem.status as 422 | undefined) ?? 200 },
    <>
      <div class="hb-head">
        <div>
          <h1>{words.apps}</h1>
          <p>{words.intro}</p>
        </div>
        <div class="hb-actions">
          <a class="ds-button" data-variant="secondary" href="/api/docs">
            {textsOf(c).keys.docs}
          </a>
        </div>
      </div>
      <div class="hb-notices">
        <ErrorSummary c={c} tried={said.tried} fields={FIELDS} form="app" />
        {said.made && (
          <div class="hb-notice" data-level="done" role="status" tabindex={-1} autofocus>
            <p>{words.made}</p>
            <code class="hb-secret">client_id: {said.made.id}</code>
            {said.made.secret && <code class="hb-secret">client_secret: {said.made.secret}</code>}
          </div>
        )}
      </div>
      {apps.length === 0 ? (
        <p class="hb-quiet">{words.none}</p>
      ) : (
        <table class="hb-table" data-list>
          <thead>
            <tr>
              <th>{words.column.app}</th>
              <th data-width="wide">{words.column.addresses}</th>
              <th class="hb-num">{words.column.companies}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {apps.map((app) => (
              <tr>
                <td>
                  <strong>{app.name}</strong>
                  <div class="hb-small hb-quiet">
                    <code class="hb-break">{app.id}</code>{' '}
                    {fill(
                      app.confidential ? words.withSecret : words.withoutSecret,
                      { at: moment(app.createdAt) },
                      locale,
                    )}
                  </div>
                </td>
                <td class="hb-small" data-line="2">
                  {app.redirectUris.map((address) => (
                    <div class="hb-break">{address}</div>
                  ))}
                </td>
                <td class="hb-num" data-line="2" data-label={words.column.companies}>
                  {app.companies}
                </td>
                <td class="hb-num" data-line="2">
                  <form method="post" action={`/security/apps/${app.id}/removal`}>
                    <button class="ds-button" data-variant="tertiary" type="submit">
                      {words.remove}
                    </button>
                  </form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form class="hb-form hb-narrow hb-section" method="post" action="/security/apps">
        <h2>{words.add}</h2>
        <TextField
          label={words.name}
          name="name"
          form="app"
          value={said.tried?.fields.name}
          help={words.nameHelp}
          faults={faults}
          maxlength={60}
          required
        />
        <TextField
          label={words.redirectUris}
          name="redirectUris"
          form="app"
          value={said.tried?.fields.redirectUris}
          help={words.redirectUrisHelp}
          faults={faults}
          placeholder="https://app.eksempel.no/hovedbok"
          required
        />
        <label class="hb-check">
          <input
            type="checkbox"
            name="confidential"
            value="yes"
            checked={!said.tried || said.tried.fields.confidential === 'yes'}
          />
          {words.confidential}
        </label>
        <div class="hb-form-actions">
          <button class="ds-button" type="submit">
            {words.submit}
          </button>
        </div>
      </form>
    </>,
  )
}

export async function submitApp(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { name = '', redirectUris, confidential } = fields
      const wanted = {
        name,
        redirectUris: redirectUris?.split(/[\s,]+/) ?? [],
        confidential: confidential === 'yes',
      }
      return appsPage(c, { made: await createOauthApp(await makerOf(c), parse(wanted, NewOauthApp)) })
    },
    (tried) => appsPage(c, { tried }),
  )
}

export async function submitAppRemoval(c: Page): Promise<Response> {
  await removeOauthApp(await makerOf(c), pathText(c, 'app'))
  return c.redirect('/security/apps', 303)
}
