import { getCookie, setCookie } from 'hono/cookie'
import { kroner } from '#i18n/format.ts'
import { problemText } from '#i18n/problem-text.ts'
import { DEMO_USER } from '#worker/access/create-demo-user.ts'
import { sessionCookie } from '#worker/access/identify.ts'
import { type SignedIn, signIn, signInToDemo } from '#worker/access/sign-in.ts'
import { signOut } from '#worker/access/sign-out.ts'
import { readUser } from '#worker/access/user-store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { Wordmark } from '../brand.tsx'
import { ownPath, readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { html, type Page, schemeOf, textsOf } from '../page.tsx'
import { Preferences } from '../shell.tsx'
import { setLanguage } from './preferences.ts'

const DEVICE_COOKIE = 'hovedbok_device'
const YEAR_S = 365 * 24 * 3600

type Tried = { email?: string | undefined; problem?: Problem; to?: string; status?: 401 }

/** Where one signs in. On an instance on one's own machine one click leads into the demo company. */
export async function signInPage(c: Page, tried: Tried = {}): Promise<Response> {
  const { email, problem, to = '/' } = tried
  const t = textsOf(c).signIn
  const demo = isOwnMachine(c) && (await readUser(c.var.control, DEMO_USER.email)) !== undefined
  const status = problem?.status ?? tried.status ?? 200
  if (problem?.status === 429) c.header('retry-after', String(problem.params.seconds))
  const body = (
    <main class="hb-signin" id="main">
      <div class="hb-signin-box">
        <h1>
          <Wordmark />
        </h1>
        <p class="hb-lede">
          {t.lede[0]}
          <br />
          {t.lede[1]}
        </p>
        {problem && (
          <div class="hb-notice" data-level="error" role="alert">
            {problemText(problem.code, problem.params, c.var.locale)}
          </div>
        )}
        <form class="hb-form" method="post" action="/sign-in">
          <input type="hidden" name="to" value={to} />
          <div class="ds-field">
            <label class="ds-label" for="email">
              {t.email}
            </label>
            <input
              class="ds-input"
              id="email"
              name="email"
              type="email"
              value={email}
              autocomplete="username"
              autocapitalize="none"
              required
            />
          </div>
          <div class="ds-field">
            <label class="ds-label" for="password">
              {t.password}
            </label>
            <input
              class="ds-input"
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              aria-invalid={problem?.code === 'sign-in/failed' ? 'true' : undefined}
              required
            />
          </div>
          <button class="ds-button" type="submit" data-fullwidth>
            {t.submit}
          </button>
        </form>
        {demo && (
          <>
            <p class="hb-or">{t.or}</p>
            <form class="hb-form" method="post" action="/sign-in/demo">
              <input type="hidden" name="to" value={to} />
              <button class="ds-button" data-variant="secondary" type="submit" data-fullwidth>
                {t.demo}
                <Icon name="right" />
              </button>
              <p class="hb-small hb-quiet">{t.demoNote}</p>
            </form>
          </>
        )}
        {!demo && (
          <div class="hb-notice hb-section">
            <strong>{t.first}</strong>
            <br />
            {t.firstNote}
          </div>
        )}
      </div>
      <Example c={c} />
      <footer class="hb-signin-foot">
        <Preferences t={textsOf(c)} locale={c.var.locale} scheme={schemeOf(c)} here={to} />
      </footer>
    </main>
  )
  return html(c, { title: t.title, status: status as 200, keepsOpener: to.startsWith('/addin/') }, body)
}

/** What the two strokes mean, shown and not told. */
function Example({ c }: { c: Page }) {
  const t = textsOf(c).signIn.example
  const sum = kroner(
    t.rows.reduce((total, [, , debit]) => total + debit, 0),
    c.var.locale,
  )
  const amount = (ore: number) => (ore === 0 ? '' : kroner(ore, c.var.locale))
  return (
    <aside class="hb-signin-side" aria-hidden="true">
      <table class="hb-table">
        <thead>
          <tr>
            <th>{t.account}</th>
            <th />
            <th class="hb-num">{t.debit}</th>
            <th class="hb-num">{t.credit}</th>
          </tr>
        </thead>
        <tbody>
          {t.rows.map(([account, name, debit, credit]) => (
            <tr>
              <td class="hb-accno">{account}</td>
              <td>{name}</td>
              <td class="hb-num">{amount(debit)}</td>
              <td class="hb-num">{amount(credit)}</td>
            </tr>
          ))}
          <tr class="hb-total">
            <td />
            <td />
            <td class="hb-num">{sum}</td>
            <td class="hb-num">{sum}</td>
          </tr>
        </tbody>
      </table>
      <p>{t.note}</p>
    </aside>
  )
}

/** @throws Problem as signing in does, but for what the page itself tells. */
export async function submitSignIn(c: Page): Promise<Response> {
  const { email = '', password = '', to } = await readForm(c)
  try {
    const network = c.req.header('cf-connecting-ip') ?? 'unknown'
    const signedIn = await signIn(contextOf(c), { email, password, network, device: getCookie(c, DEVICE_COOKIE) })
    return letIn(c, signedIn, ownPath(to))
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 429))
      return signInPage(c, { email, problem: error, to: ownPath(to) })
    throw error
  }
}

export async function submitDemoSignIn(c: Page): Promise<Response> {
  if (!isOwnMachine(c)) throw new Problem(404, 'request/not-found')
  const { to } = c.req.header('content-type') === undefined ? {} : await readForm(c)
  return letIn(c, await signInToDemo(contextOf(c)), ownPath(to))
}

export async function submitSignOut(c: Page): Promise<Response> {
  const name = sessionCookie(c.req.url)
  const token = getCookie(c, name)
  if (token) await signOut(c.var.control, token)
  setCookie(c, name, '', { ...cookieOf(c), maxAge: 0 })
  return c.redirect('/', 303)
}

/** Sets the session's cookie, which ends with the browser, and goes on. */
export function letIn(c: Page, { token, user, device }: SignedIn, to: string): Response {
  setCookie(c, sessionCookie(c.req.url), token, cookieOf(c))
  setCookie(c, DEVICE_COOKIE, device, { ...cookieOf(c), maxAge: YEAR_S })
  if (!getCookie(c, 'language')) setLanguage(c, user.locale)
  return c.redirect(to, 303)
}

export const contextOf = (c: Page) => ({
  env: c.env,
  control: c.var.control,
  now: new Date().toISOString() as Instant,
})

const cookieOf = (c: Page) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: c.req.url.startsWith('https:') }) as const

/** A local instance, reached by a name of this machine: a foreign name that leads here is somebody's trick. */
const isOwnMachine = (c: Page): boolean =>
  c.env.LOCAL_INSTANCE === '1' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(c.req.url).hostname)
