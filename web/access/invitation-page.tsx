import { fill } from '#i18n/format.ts'
import { acceptInvitation, invitationOf } from '#worker/access/invite-user.ts'
import type { Instant } from '#worker/core/dates.ts'
import { pathText } from '#worker/http/accept.ts'
import { PASSWORD_MIN } from '#worker/identity/password-rules.ts'
import { contextOf } from '#worker/identity/request.ts'
import { Wordmark } from '../brand.tsx'
import { faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { html, type Page, textsOf } from '../page.tsx'
import { goOn } from './signing.ts'

/** Where a new user chooses a password. A link that works no more says so, and what to do. */
export async function invitationPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c)
  const words = t.signIn.invitation
  const invitation = await invitationOf(c.var.control, pathText(c, 'token'), new Date().toISOString() as Instant)
  const status = invitation ? ((tried?.problem.status as 422 | undefined) ?? 200) : 404
  const by = invitation?.by === 'operator' ? t.shell.person.operator : invitation?.by
  return html(
    c,
    { title: words.title, status },
    <main class="hb-main hb-lost" id="main">
      <a class="hb-lost-mark" href="/">
        <Wordmark />
      </a>
      <div class="hb-empty">
        <h1>{words.title}</h1>
        <p>{invitation ? fill(words.intro, { by, email: invitation.email }, c.var.locale) : words.gone}</p>
        {invitation && (
          <form class="hb-form" method="post">
            <input type="hidden" name="email" autocomplete="username" value={invitation.email} />
            <TextField
              label={words.password}
              name="password"
              type="password"
              autocomplete="new-password"
              minlength={PASSWORD_MIN}
              help={words.help}
              faults={faultsOf(tried, c.var.locale)}
              required
            />
            <div class="hb-form-actions">
              <button class="ds-button" type="submit">
                {words.submit}
              </button>
            </div>
          </form>
        )}
      </div>
    </main>,
  )
}

export async function submitInvitation(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    {},
    async () => goOn(c, await acceptInvitation(contextOf(c), pathText(c, 'token'), fields.password ?? ''), '/'),
    (tried) => invitationPage(c, tried),
  )
}
