import { fill } from '#i18n/format.ts'
import { Problem } from '#worker/core/problem.ts'
import { readFactors } from '#worker/identity/factor-store.ts'
import { finishSignIn, halfWay } from '#worker/identity/finish-sign-in.ts'
import { contextOf } from '#worker/identity/request.ts'
import { ownPath, readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { PasskeyForm, shownIn } from './passkey-form.tsx'
import { letIn, shortCookie } from './signing.ts'
import { CodeField, Refusal, smallPage } from './small-page.tsx'

/** The second factor of who has one. Nobody is signed in yet. */
export async function secondStepPage(c: Page, problem?: Problem, wanted?: string): Promise<Response> {
  const ctx = contextOf(c)
  const to = ownPath(wanted ?? c.req.query('to'))
  const { user } = await halfWay(ctx, shortCookie(c, 'step'))
  const { codeApp, passkeys } = await readFactors(ctx.control, user.id)
  const t = textsOf(c).security
  const status = problem?.status as 401 | undefined
  return smallPage(
    c,
    { title: t.step.title, scripts: ['passkey.js'], keepsOpener: to.startsWith('/addin/'), ...(status && { status }) },
    <>
      <p>{fill(t.step.intro, { name: user.name }, c.var.locale)}</p>
      <Refusal c={c} problem={problem} />
      {passkeys > 0 && (
        <PasskeyForm c={c} action="/sign-in/step" options="step" text={t.passkey.use}>
          <input type="hidden" name="to" value={to} />
        </PasskeyForm>
      )}
      <form class="hb-form" method="post" action="/sign-in/step">
        <input type="hidden" name="to" value={to} />
        <CodeField
          label={codeApp ? t.step.codeOrRecovery : t.step.recovery}
          recovery
          invalid={problem?.code === 'code/wrong'}
        />
        <button class="ds-button" data-variant={passkeys > 0 ? 'secondary' : undefined} type="submit" data-fullwidth>
          {t.step.submit}
        </button>
      </form>
      <p class="hb-small hb-quiet">{t.step.lost}</p>
      <p>
        <a href="/">{t.step.again}</a>
      </p>
    </>,
  )
}

export async function submitSecondStep(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const to = ownPath(fields.to)
  const passkey = fields['stepup.passkey']
  try {
    const shown = passkey ? { passkey: shownIn(passkey) } : { code: fields['stepup.code'] ?? '' }
    return letIn(c, await finishSignIn(contextOf(c), shortCookie(c, 'step'), shown), to)
  } catch (error) {
    const again = error instanceof Problem && (error.status === 401 || error.status === 429)
    if (again && error.code !== 'sign-in/step-ended') return secondStepPage(c, error, to)
    throw error
  }
}
