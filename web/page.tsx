import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type PageTexts, pageTexts } from '#i18n/page-texts.ts'
import { assets } from '#web/assets.ts'
import { allow } from '#worker/access/allow.ts'
import { countUnseen } from '#worker/alerts/store.ts'
import { afterWrite } from '#worker/http/after-write.ts'
import type { Env } from '#worker/http/env.ts'
import type { Access } from '#worker/http/operation.ts'
import { randomToken } from '#worker/identity/random-token.ts'
import { readStatus } from '#worker/ledger/read-status.ts'
import { Tour, tourStep } from './help/tour.tsx'
import type { Area } from './menu.ts'
import { type Key, SCHEMES, type Scheme, Shell, type ShellProps } from './shell.tsx'

export type Page = Context<Env>

export type PageProps = {
  /** First in the browser's tab. The page writes its own `h1`. */
  title: string
  /** Which entry of the menu the page belongs to. */
  area?: Area
  layout?: ShellProps['layout']
  /** The keys that matter here, at most four: `['T', t.shell.keys.reverse]`. */
  keys?: readonly Key[]
  /** Stylesheets and modules beside the ordinary ones, by plain name: `['voucher-grid.css']`, `['voucher-grid.js']`. */
  styles?: readonly string[]
  scripts?: readonly string[]
  status?: ContentfulStatusCode
  /** Shown in Excel's dialog, which hears from it through its opener: no page on the way may cut that tie. */
  keepsOpener?: boolean
}

/** The words of the request's language. */
export const textsOf = (c: Page): PageTexts => pageTexts[c.var.locale]

/**
 * Guards a page as `operation` guards a route of the API, and has the status line read while the page reads its own.
 * Pages stand outside the API's document, so they do not declare themselves.
 */
export const opens = (access: Access, { whileDeleting = false } = {}) =>
  createMiddleware<Env>(async (c, next) => {
    await allow(c, access, { whileDeleting })
    // A post redirects, and the palette and the islands take JSON: those show no frame.
    if (c.req.method === 'GET' && c.req.header('accept')?.includes('text/html')) frameOf(c)
    await next()
    afterWrite(c)
  })

/** What the frame says of the ledger and of one's alerts: asked once a request, when it is first wanted. */
export function frameOf(c: Page): NonNullable<Env['Variables']['frame']> {
  if (c.var.frame) return c.var.frame
  const { db, control, principal } = c.var
  const frame = {
    status: db && readStatus(db),
    unseen: principal.kind === 'user' ? countUnseen(control, principal.id) : undefined,
  }
  for (const answer of Object.values(frame)) answer?.catch(() => {}) // a page that fails first must not leave it unheard
  c.set('frame', frame)
  return frame
}

/**
 * For a page drawn from matches or budgets, awaited before they are read. The status beside them could count an event that they do not
 * show, and nobody would say that the page is behind. Those of the ledger alone have its version and need not wait.
 */
export const statusFirst = async (c: Page): Promise<void> => {
  await frameOf(c).status
}

/** The database that failed has the status line too: the page that says so does without. */
export const withoutStatus = (c: Page): void => c.set('frame', { status: undefined, unseen: c.var.frame?.unseen })

/**
 * A whole page in the frame, with the headers that keep it safe. On a company's page `c.var.access` is set, and band, menu
 * and status line are the company's; elsewhere they are the office's.
 *
 *     app.get('/companies/:company/things', opens('ledger:read'), async (c) =>
 *       page(c, { title: t.things.title, area: 'vouchers', keys: [['N', t.shell.keys.newVoucher]] }, <Things …/>))
 */
export async function page(c: Page, props: PageProps, content: Child): Promise<Response> {
  return html(c, props, await framed(c, props, content))
}

/** Content in the frame: band, menu and status line. */
export async function framed(c: Page, props: PageProps, content: Child) {
  const { pathname, search } = new URL(c.req.url)
  const frame = frameOf(c)
  const [step, status, unseen] = await Promise.all([tourStep(c), frame.status, frame.unseen])
  return (
    <Shell
      t={textsOf(c)}
      locale={c.var.locale}
      scheme={schemeOf(c)}
      principal={c.var.principal}
      company={c.var.access}
      status={status}
      unseen={unseen}
      area={props.area}
      layout={props.layout ?? 'work'}
      keys={props.keys ?? []}
      here={pathname + search}
    >
      {content}
      {step !== undefined && <Tour c={c} step={step} />}
    </Shell>
  )
}

/** A page without the frame: signing in, and errors that come before anyone is known. */
export async function html(c: Page, props: PageProps, body: Child): Promise<Response> {
  const [before, after] = await around(c, props)
  return c.html(
    <>
      {raw(before)}
      {body}
      {raw(after)}
    </>,
    props.status ?? 200,
  )
}

/** What stands before and after the body of a page, with the headers that keep it safe. */
export async function around(c: Page, props: PageProps): Promise<readonly [before: string, after: string]> {
  const nonce = randomToken(16)
  const company = c.var.access
  const title = [props.title, company?.name ?? textsOf(c).shell.product].filter(Boolean).join(' – ')
  c.header('content-security-policy', contentSecurityPolicy(nonce))
  if (!props.keepsOpener) c.header('cross-origin-opener-policy', 'same-origin')
  c.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()')
  c.header('vary', 'cookie, accept-language')
  const head = (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      {['inter-latin-wght-normal.woff2', 'schibsted-grotesk-latin-wght-normal.woff2'].map((font) => (
        <link rel="preload" href={assets[font]} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      {['app.css', ...(props.styles ?? [])].map((name) => (
        <link rel="stylesheet" href={assets[name]} />
      ))}
      {['shell.js', ...(props.scripts ?? [])].map((name) => (
        <script type="module" src={assets[name]} nonce={nonce} />
      ))}
    </head>
  )
  const looks = Object.entries(looksOf(schemeOf(c))).map(([name, value]) => `${name}="${value}"`)
  const opening = `<!doctype html><html lang="${c.var.locale}" ${looks.join(' ')} data-size="sm">`
  // Whose page it is, where that could be found out: what the browser keeps of others goes (web/islands/offline/shelf.ts).
  const user = c.var.principal && ` data-user="${c.var.principal.id}"`
  return [`${opening}${await head.toString()}<body${user ?? ''}>`, '</body></html>']
}

/** Nothing from elsewhere, nothing inline but what carries this answer's nonce. Source: reliability.md S6. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'", // Handsontable places its cells by style attributes
    "img-src 'self' data: blob:",
    "frame-src 'self'", // documents beside the lines
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** High contrast follows the machine in light and dark. */
const looksOf = (scheme: Scheme) =>
  scheme === 'contrast' ? { 'data-color-scheme': 'auto', 'data-contrast': 'more' } : { 'data-color-scheme': scheme }

export const SCHEME_COOKIE = 'scheme'
export function schemeOf(c: Page): Scheme {
  const wanted = getCookie(c, SCHEME_COOKIE)
  return SCHEMES.find((scheme) => scheme === wanted) ?? 'auto'
}
