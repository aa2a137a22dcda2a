import { fill } from '#i18n/format.ts'
import { pathText } from '#worker/http/accept.ts'
import { linkOf, sendPasswordLink, setPasswordByLink, verifyAddress } from '#worker/identity/keep-password.ts'
import { PASSWORD_MIN } from '#worker/identity/password-rules.ts'
import { contextOf } from '#worker/identity/request.ts'
import { canSendMail } from '#worker/mail/send-mail.ts'
import { faultsOf, TextField, type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { goOn, later } from './signing.ts'
import { Refusal, smallPage } from './small-page.tsx'

/** Asks for a link to choose a new password. What is answered is the same whoever asks. */
export function forgottenPage(c: Page, tried?: Tried, sent = false): Promise<Response> {
  const t = textsOf(c).security
  const words = t.forgotten
  return smallPage(
    c,
    { title: words.title, ...(tried && { status: tried.problem.status as 429 }) },
    <>
      <Refusal c={c} problem={tried?.problem} />
      {!canSendMail(c.env) ? (
        <p>{t.address.noMail}</p>
      ) : sent ? (
        <p role="status">{words.sent}</p>
      ) : (
        <form class="hb-form" method="post">
          <p>{words.intro}</p>
          <TextField
            label={textsOf(c).signIn.email}
            name="email"
            type="email"
            autocomplete="username"
            value={tried?.fields.email}
            maxlength={254}
            required
          />
          <button class="ds-button" type="submit">
            {words.submit}
          </button>
        </form>
      )}
      <p>
        <a href="/">{words.back}</a>
      </p>
    </>,
  )
}

export async function submitForgotten(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      later(c, await sendPasswordLink(contextOf(c), fields.email ?? ''))
      return forgottenPage(c, undefined, true)
    },
    (tried) => forgottenPage(c, tried),
  )
}

/** Where a new password is chosen, by a link from an e-mail. */
export async function newPasswordPage(c: Page, tried?: Tried): Promise<Response> {
  const t = textsOf(c).security
  const user = await linkOf(contextOf(c), pathText(c, 'token'), 'password')
  const status = user ? ((tried?.problem.status as 422 | undefined) ?? 200) : 404
  return smallPage(
    c,
    { title: t.forgotten.new, status },
    user ? (
      <>
        <p>{fill(t.forgotten.for, { email: user.email }, c.var.locale)}</p>
        <form class="hb-form" method="post">
          <input type="hidden" name="email" autocomplete="username" value={user.email} />
          <TextField
            label={t.password.new}
            name="password"
            type="password"
            autocomplete="new-password"
            minlength={PASSWORD_MIN}
            help={t.password.help}
            faults={faultsOf(tried, c.var.locale)}
            required
          />
          <button class="ds-button" type="submit">
            {t.forgotten.save}
          </button>
        </form>
      </>
    ) : (
      <p>
        {t.forgotten.gone} <a href="/password/forgotten">{t.forgotten.title}</a>
      </p>
    ),
  )
}

export async function submitNewPassword(c: Page): Promise<Response> {
  const { password = '' } = await readForm(c)
  return tryForm(
    {},
    async () => goOn(c, await setPasswordByLink(contextOf(c), pathText(c, 'token'), password), '/'),
    (tried) => newPasswordPage(c, tried),
  )
}

/** The link of an e-mail shows a button: what reads e-mails for people must not confirm in their place. */
export async function addressPage(c: Page): Promise<Response> {
  const t = textsOf(c).security.address
  const user = await linkOf(contextOf(c), pathText(c, 'token'), 'address')
  return smallPage(
    c,
    { title: t.title, status: user ? 200 : 404 },
    user ? (
      <form class="hb-form" method="post">
        <button class="ds-button" type="submit">
          {fill(t.confirm, { email: user.email }, c.var.locale)}
        </button>
      </form>
    ) : (
      <p>{t.gone}</p>
    ),
  )
}

export async function submitAddress(c: Page): Promise<Response> {
  const t = textsOf(c)
  await verifyAddress(contextOf(c), pathText(c, 'token'))
  return smallPage(
    c,
    { title: t.security.address.title },
    <>
      <p role="status">{t.security.address.done}</p>
      <p>
        <a href="/security">{t.security.title}</a>
      </p>
    </>,
  )
}
