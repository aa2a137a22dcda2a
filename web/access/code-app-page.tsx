import { encode } from 'uqr'
import { readFactors } from '#worker/identity/factor-store.ts'
import { finishCodeApp, setUpOf, startCodeApp } from '#worker/identity/keep-code-app.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import { type Tried, tryForm } from '../fields.tsx'
import { readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { confirmOwner } from './change-security.tsx'
import { recoveryCodesPage } from './recovery-page.tsx'
import { needsPassword, PasswordNow } from './security-page.tsx'
import { CodeField, Refusal } from './small-page.tsx'

/** Connects a code app: a picture to scan, and a code to show that it worked. */
export async function codeAppPage(c: Page, tried?: Tried): Promise<Response> {
  const words = textsOf(c).security.app
  const ctx = contextOf(c)
  const { user } = await personOf(c)
  const before = tried?.fields.sealed
  const { secret, uri, sealed } = before
    ? { ...(await setUpOf(ctx, user, before)), sealed: before }
    : await startCodeApp(ctx, user)
  const factors = await readFactors(ctx.control, user.id)
  return page(
    c,
    { title: words.connect, layout: 'report', ...(tried && { status: tried.problem.status as 401 }) },
    <div class="hb-confirm">
      <h1>{words.connect}</h1>
      <Refusal c={c} problem={tried?.problem} />
      <p>1. {words.steps[0]}</p>
      <QrCode text={uri} label={words.qr} />
      <p class="hb-small">
        {words.secret}
        <br />
        <code class="hb-break">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <p>2. {words.steps[1]}</p>
      <form class="hb-form" method="post">
        <input type="hidden" name="sealed" value={sealed} />
        <CodeField label={words.code} name="code" invalid={tried?.problem.code === 'code/wrong'} />
        {needsPassword(user, factors) && <PasswordNow c={c} form="code-app" />}
        <button class="ds-button" type="submit" data-fullwidth>
          {words.confirm}
        </button>
      </form>
      <p>
        <a href="/security">{textsOf(c).security.stepUp.cancel}</a>
      </p>
    </div>,
  )
}

export async function submitCodeApp(c: Page): Promise<Response> {
  const fields = await readForm(c)
  return tryForm(
    fields,
    async () => {
      const { user } = await personOf(c)
      await confirmOwner(c, fields)
      return recoveryCodesPage(c, await finishCodeApp(contextOf(c), user, fields.sealed ?? '', fields.code ?? ''))
    },
    (tried) => codeAppPage(c, tried),
  )
}

/** Dark on light in any appearance, with the quiet zone that scanners need. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg class="hb-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
