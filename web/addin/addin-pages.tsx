import { Hono } from 'hono'
import { raw } from 'hono/html'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { jsonManifest, shortcutsJson } from '#addin/manifest/json-manifest.ts'
import { xmlManifest } from '#addin/manifest/xml-manifest.ts'
import { addinHelpTexts } from '#i18n/addin-help-texts.ts'
import { type AddinScope, ALL_SCOPES, isChallenge, isRecent, scopesIn } from '#worker/access/addin-token.ts'
import { giveAddinCode } from '#worker/access/give-addin-tokens.ts'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from '#worker/http/env.ts'
import { contextOf } from '#worker/identity/request.ts'
import { readProof } from '#worker/identity/store.ts'
import { signInPage } from '../access/sign-in-page.tsx'
import { ownForms, readForm } from '../form.ts'
import { html, type Page } from '../page.tsx'
import { addinHelpPage } from './addin-help-page.tsx'

const baseOf = (c: Page): string => new URL(c.req.url).origin

/** What the Excel add-in asks of the server beside the API: manifests, metadata, help, and signing in. Mounted at /addin. */
export const addinPages = new Hono<Env>()
  .get('/manifest.xml', (c) => {
    c.header('content-disposition', 'attachment; filename="hovedbok.xml"')
    return c.body(xmlManifest(baseOf(c)), 200, { 'content-type': 'application/xml; charset=utf-8' })
  })
  .get('/manifest.json', (c) => c.json(jsonManifest(baseOf(c), c.var.locale)))
  .get('/functions.nb.json', (c) => c.json(functionMetadata('nb', baseOf(c))))
  .get('/functions.en.json', (c) => c.json(functionMetadata('en', baseOf(c))))
  .get('/shortcuts.json', (c) => c.json(shortcutsJson(c.var.locale)))
  .get('/taskpane', panePage)
  .get('/help', (c) => addinHelpPage(c))
  .get('/sign-in', confirmPage)
  .post('/sign-in', ownForms, submitConfirmation)

/** In production the page is found before the Worker is asked; a local instance tells files apart by their whole names. */
async function panePage(c: Page): Promise<Response> {
  const found = await c.env.ASSETS?.fetch(new Request(new URL('/addin/taskpane', c.req.url)))
  if (!found?.ok) throw new Problem(404, 'request/not-found')
  return new Response(found.body, found)
}

/**
 * Excel's dialog opens here, on our own host and as a page of its own, so that a session's cookie may be used. Who has signed
 * in within twelve hours is asked what Excel may do in their name; who has not signs in first.
 */
async function confirmPage(c: Page): Promise<Response> {
  const { challenge, scope } = c.req.query()
  if (!isChallenge(challenge)) throw new Problem(404, 'request/not-found')
  const scopes = scope === undefined ? ALL_SCOPES : scopesIn(scope)
  const person = await recentPerson(c)
  if (!person) return signInPage(c, { to: `/addin/sign-in?challenge=${challenge}&scope=${scopes.join(',')}` })
  const t = addinHelpTexts(c.var.locale).signIn
  const choice = (name: Exclude<AddinScope, 'read'>) => (
    <label class="hb-check">
      <input type="checkbox" name="scope" value={name} checked={scopes.includes(name)} />
      {t.scopes[name]}
    </label>
  )
  return html(
    c,
    { title: t.title, keepsOpener: true },
    <main class="hb-main hb-lost" id="main">
      <h1>{t.title}</h1>
      <p class="hb-lede">{t.asks.replace('{user}', person.name)}</p>
      <form class="hb-form" method="post" action="/addin/sign-in">
        <input type="hidden" name="challenge" value={challenge} />
        <fieldset class="ds-fieldset">
          <legend class="ds-label">{t.may}</legend>
          <small>{t.scopes.read}</small>
          <div class="hb-checks">{[choice('post'), choice('budget'), choice('audit')]}</div>
        </fieldset>
        <button class="ds-button" type="submit" data-fullwidth>
          {t.allow.replace('{user}', person.name)}
        </button>
        <p class="hb-small hb-quiet">{t.note}</p>
      </form>
    </main>,
  )
}

/** Who has signed in, or shown a passkey or code, in this browser within twelve hours. Excel's own token is nobody here. */
async function recentPerson(c: Page): Promise<{ id: string; name: string; signedInAt: Instant } | undefined> {
  const { principal, control } = c.var
  const session = principal.kind === 'user' && principal.session
  const proof = session ? await readProof(control, session) : undefined
  if (!proof) return undefined
  const { createdAt, provenAt } = proof
  const signedInAt = provenAt && provenAt > createdAt ? provenAt : createdAt
  const { id, name } = principal
  return isRecent(signedInAt, contextOf(c).now) ? { id, name, signedInAt } : undefined
}

/** Gives the code to the dialog's own script, which hands it to the pane that asked. It is of no use to anybody else. */
async function submitConfirmation(c: Page): Promise<Response> {
  const { challenge, scope = '' } = await readForm(c)
  const person = await recentPerson(c)
  if (!person) throw new Problem(401, 'sign-in/required')
  if (!isChallenge(challenge)) throw new Problem(404, 'request/not-found')
  const granted = { user: person.id, scopes: scopesIn(scope), signedInAt: person.signedInAt }
  const code = await giveAddinCode({ control: c.var.control, now: contextOf(c).now }, granted, challenge)
  const t = addinHelpTexts(c.var.locale).signIn
  c.header(
    'content-security-policy',
    "default-src 'none'; script-src 'self' https://appsforoffice.microsoft.com; style-src 'self'; font-src 'self'; connect-src 'self' https://appsforoffice.microsoft.com; base-uri 'none'; frame-ancestors 'none'",
  )
  c.header('referrer-policy', 'no-referrer')
  return c.html(
    <>
      {raw('<!doctype html>')}
      <html lang={c.var.locale}>
        <head>
          <meta charset="utf-8" />
          <title>{t.title}</title>
          <link rel="stylesheet" href="/addin/taskpane.css" />
          <script src="https://appsforoffice.microsoft.com/lib/1/hosted/office.js" />
          <script type="module" src="/addin/sign-in.js" />
        </head>
        <body data-code={code}>
          <main class="hb-panemain">
            <p>{t.done}</p>
          </main>
        </body>
      </html>
    </>,
  )
}
