import { getCookie, setCookie } from 'hono/cookie'
import { fill, kroner } from '#i18n/format.ts'
import { DEMO_USER } from '#worker/access/create-demo-user.ts'
import { forgetSession, sessionCookie } from '#worker/access/identify.ts'
import { Problem } from '#worker/core/problem.ts'
import { signInWithPasskey } from '#worker/identity/finish-sign-in.ts'
import { providersOf } from '#worker/identity/provider.ts'
import { contextOf } from '#worker/identity/request.ts'
import { signIn, signInToDemo } from '#worker/identity/sign-in.ts'
import { signOut } from '#worker/identity/sign-out.ts'
import { readUser, readUserById } from '#worker/identity/user-store.ts'
import { Wordmark } from '../brand.tsx'
import { ownPath, readForm } from '../form.ts'
import { Icon } from '../icon.tsx'
import { html, type Page, schemeOf, textsOf } from '../page.tsx'
import { Preferences } from '../shell.tsx'
import { PasskeyForm, shownIn } from './passkey-form.tsx'
import { cookieOf, goOn, isOwnMachine, letIn } from './signing.ts'
import { Refusal } from './small-page.tsx'

type Tried = { email?: string | undefined; problem?: Problem; to?: string; status?: 401 }

/** Where one signs in. On an instance on one's own machine one click leads into the demo company. */
export async function signInPage(c: Page, tried: Tried = {}): Promise<Response> {
  const { email, problem, to = '/' } = tried
  const t = textsOf(c).signIn
  const demo = isOwnMachine(c) && (await readUser(c.var.control, DEMO_USER.email)) !== undefined
  const status = problem?.status ?? tried.status ?? 200
  const { passkey, forgotten, providers } = textsOf(c).security
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
        <Refusal c={c} problem={problem} />
        <PasskeyForm c={c} action="/sign-in/passkey" options="sign-in" text={passkey.signIn}>
          <input type="hidden" name="to" value={to} />
        </PasskeyForm>
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
              autocomplete="username webauthn"
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
          <p class="hb-small">
            <a href="/password/forgotten">{forgotten.link}</a>
          </p>
        </form>
        {providersOf(c.env.OIDC_PROVIDERS).map(({ key, name }) => (
          <form class="hb-form" method="post" action={`/sign-in/with/${key}`}>
            <input type="hidden" name="to" value={to} />
            <button class="ds-button" data-variant="secondary" type="submit" data-fullwidth>
              {fill(providers.signIn, { provider: name }, c.var.locale)}
            </button>
          </form>
        ))}
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
  return html(
    c,
    { title: t.title, status: status as 200, keepsOpener: to.startsWith('/addin/'), scripts: ['passkey.js'] },
    body,
  )
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
  return orAgain(c, { email, to: ownPath(to) }, async () =>
    goOn(c, await signIn(contextOf(c), { email, password }), ownPath(to)),
  )
}

export async function submitPasskeySignIn(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const to = ownPath(fields.to)
  return orAgain(c, { to }, async () =>
    letIn(c, await signInWithPasskey(contextOf(c), shownIn(fields['stepup.passkey'])), to),
  )
}

async function orAgain(c: Page, tried: Tried, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 429))
      return signInPage(c, { ...tried, problem: error })
    throw error
  }
}

export async function submitDemoSignIn(c: Page): Promise<Response> {
  if (!isOwnMachine(c)) throw new Problem(404, 'request/not-found')
  const { to } = c.req.header('content-type') === undefined ? {} : await readForm(c)
  return letIn(c, await signInToDemo(contextOf(c), DEMO_USER.email), ownPath(to))
}

export async function submitSignOut(c: Page): Promise<Response> {
  const name = sessionCookie(c.req.url)
  const token = getCookie(c, name)
  if (token) {
    forgetSession(token)
    const { principal } = c.var
    const user = principal.kind === 'user' ? await readUserById(c.var.control, principal.id) : undefined
    if (user) await signOut(contextOf(c), user, token)
  }
  setCookie(c, name, '', { ...cookieOf(c), maxAge: 0 })
  return c.redirect('/', 303)
}
