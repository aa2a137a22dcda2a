import { fill } from '#i18n/format.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { invitationOf, takeUpInvitation } from '#worker/access/invite-user.ts'
import type { OfficeRole } from '#worker/access/permission.ts'
import type { Instant } from '#worker/core/dates.ts'
import { pathText } from '#worker/http/accept.ts'
import { PASSWORD_MIN } from '#worker/identity/password-rules.ts'
import { contextOf } from '#worker/identity/request.ts'
import { goOn as goOnSigningIn } from '#worker/identity/sign-in.ts'
import { readUser } from '#worker/identity/user-store.ts'
import { Wordmark } from '../brand.tsx'
import { ErrorSummary, faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { html, type Page, textsOf } from '../page.tsx'
import { roleText } from './role-text.ts'
import { signInPage } from './sign-in-page.tsx'
import { goOn } from './signing.ts'

/**
 * Where an invitation is taken up: who invites, to what, as what. Somebody new chooses a password; who has a user signs in
 * first. A link that works no more says so, and what to do.
 */
export async function invitationPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.members.invitation
  const { control, principal, locale } = c.var
  const invitation = await invitationOf(control, pathText(c, 'token'), new Date().toISOString() as Instant)
  const status = invitation ? ((tried?.problem.status as 422 | undefined) ?? 200) : 404
  if (!invitation)
    return framed(
      c,
      status,
      <>
        <p>{t.signIn.invitation.gone}</p>
        <p>
          <a class="ds-button" data-variant="secondary" href="/">
            {principal.kind === 'user' ? t.signIn.lost.home : t.signIn.invitation.taken}
          </a>
        </p>
      </>,
    )
  const { email, office, placeName: place } = invitation
  const role = office
    ? t.members.office.roles[invitation.role as OfficeRole]
    : roleText(t, invitation.role, invitation.roleName)
  const by = invitation.by === 'operator' ? t.shell.person.operator : invitation.byName
  const told = fill(office ? words.toOffice : words.toCompany, { by, place, role: role.toLowerCase() }, locale)
  const signedIn = principal.kind === 'user'
  const known = signedIn || (await readUser(control, email)) !== undefined
  return framed(
    c,
    status,
    <>
      <ErrorSummary c={c} tried={tried} fields={['password']} />
      <p>{told}</p>
      {signedIn && principal.email === email ? (
        <form class="hb-form" method="post">
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {words.accept}
            </button>
          </div>
        </form>
      ) : signedIn ? (
        <>
          <p>{fill(words.other, { mine: principal.email, email }, locale)}</p>
          <form method="post" action="/sign-out">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.signOut}
            </button>
          </form>
        </>
      ) : known ? (
        <form class="hb-form" method="post">
          <p>{fill(words.signIn, { email }, locale)}</p>
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {words.goSignIn}
            </button>
          </div>
        </form>
      ) : (
        <form class="hb-form" method="post">
          <p>{fill(words.password, { email }, locale)}</p>
          <input type="hidden" name="email" autocomplete="username" value={email} />
          <TextField
            label={t.signIn.invitation.password}
            name="password"
            type="password"
            autocomplete="new-password"
            minlength={PASSWORD_MIN}
            help={t.signIn.invitation.help}
            faults={faultsOf(tried, locale)}
            required
          />
          <div class="hb-form-actions">
            <button class="ds-button" type="submit">
              {t.signIn.invitation.submit}
            </button>
          </div>
        </form>
      )}
    </>,
  )
}

const framed = (c: Page, status: number, content: any) => {
  const { title } = textsOf(c).members.invitation
  return html(
    c,
    { title, status: status as 200 },
    <main class="hb-main hb-lost" id="main">
      <a class="hb-lost-mark" href="/">
        <Wordmark />
      </a>
      <div class="hb-empty">
        <h1>{title}</h1>
        {content}
      </div>
    </main>,
  )
}

export async function submitInvitationForm(c: Page): Promise<Response> {
  const fields = c.req.header('content-type') === undefined ? {} : await readForm(c)
  const token = pathText(c, 'token')
  return tryForm(
    {},
    async () => {
      const done = await takeUpInvitation(contextOf(c), token, c.var.principal, fields.password ?? '')
      const { company, office } = done.invitation
      if (company !== null) forgetAccess(company)
      const to = company === null ? `/offices/${office}` : `/companies/${company}`
      return done.made ? goOn(c, await goOnSigningIn(contextOf(c), done.user, 'password'), to) : c.redirect(to, 303)
    },
    (tried) =>
      tried.problem.code === 'invitation/sign-in-first'
        ? signInPage(c, { email: String(tried.problem.params.email), to: `/invitation/${token}` })
        : invitationPage(c, tried),
  )
}
