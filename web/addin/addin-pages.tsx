import { Hono } from 'hono'
import { raw } from 'hono/html'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { jsonManifest, shortcutsJson } from '#addin/manifest/json-manifest.ts'
import { xmlManifest } from '#addin/manifest/xml-manifest.ts'
import { addinHelpTexts } from '#i18n/addin-help-texts.ts'
import { isChallenge } from '#worker/access/addin-token.ts'
import { giveAddinCode } from '#worker/access/give-addin-tokens.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from '#worker/http/env.ts'
import { contextOf } from '#worker/identity/request.ts'
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
 * Excel's dialog opens here, on our own host and as a page of its own, so that a session's cookie may be used. Who is signed
 * in is asked whether Excel may act in their name.
 */
async function confirmPage(c: Page): Promise<Response> {
  const challenge = c.req.query('challenge')
  if (!isChallenge(challenge)) throw new Problem(404, 'request/not-found')
  const { principal } = c.var
  if (principal.kind !== 'user') return signInPage(c, { to: `/addin/sign-in?challenge=${challenge}` })
  const t = addinHelpTexts(c.var.locale).signIn
  return html(
    c,
    { title: t.title, keepsOpener: true },
    <main class="hb-main hb-lost" id="main">
      <h1>{t.title}</h1>
      <p class="hb-lede">{t.asks.replace('{user}', principal.name)}</p>
      <form class="hb-form" method="post" action="/addin/sign-in">
        <input type="hidden" name="challenge" value={challenge} />
        <button class="ds-button" type="submit" data-fullwidth>
          {t.allow.replace('{user}', principal.name)}
        </button>
        <p class="hb-small hb-quiet">{t.note}</p>
      </form>
    </main>,
  )
}

/** Gives the code to the dialog's own script, which hands it to the pane that asked. It is of no use to anybody else. */
async function submitConfirmation(c: Page): Promise<Response> {
  const { challenge } = await readForm(c)
  const { principal } = c.var
  if (principal.kind !== 'user') throw new Problem(401, 'sign-in/required')
  if (!isChallenge(challenge)) throw new Problem(404, 'request/not-found')
  const code = await giveAddinCode({ control: c.var.control, now: contextOf(c).now }, principal.id, challenge)
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
