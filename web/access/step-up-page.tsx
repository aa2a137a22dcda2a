import { Problem } from '#worker/core/problem.ts'
import { readFactors } from '#worker/identity/factor-store.ts'
import { prove } from '#worker/identity/prove.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import { readProof } from '#worker/identity/store.ts'
import { ownPath, readForm } from '../form.ts'
import { type Page, page, textsOf } from '../page.tsx'
import { PasskeyForm, shownIn } from './passkey-form.tsx'
import { CodeField, Refusal } from './small-page.tsx'

/** What was asked for, to be done as it was sent once it is confirmed. */
type Asked = { action: string; content: string | undefined; lines: readonly string[]; fields: [string, string][] }

/** Asked for a fresh passkey or code: the question, with the form that waits for it. */
export async function stepUpPage(c: Page, problem: Problem): Promise<Response> {
  if (c.req.method === 'POST' && c.var.formText === undefined) await readForm(c)
  const { pathname, search } = new URL(c.req.url)
  const { lines = [], content } = problem.extra as { lines?: string[]; content?: string }
  const fields = [...new URLSearchParams(c.var.formText ?? '')].filter(([name]) => !name.startsWith('stepup.'))
  return question(c, { action: pathname + search, content, lines, fields })
}

async function question(c: Page, asked: Asked, problem?: Problem): Promise<Response> {
  const t = textsOf(c).security
  const { user, session } = await personOf(c)
  const { codeApp, passkeys } = await readFactors(c.var.control, user.id)
  const demo = (await readProof(c.var.control, session))?.method === 'demo'
  const hidden = <Waiting asked={asked} />
  return page(
    c,
    { title: t.stepUp.title, layout: 'report', scripts: ['passkey.js'], status: (problem?.status ?? 403) as 403 },
    <div class="hb-confirm">
      <h1>{t.stepUp.title}</h1>
      <p>{asked.lines.length > 0 ? t.stepUp.introBound : t.stepUp.intro}</p>
      {asked.lines.length > 0 && (
        <div class="hb-notice">
          <strong>{t.stepUp.bound}</strong>
          <ul>
            {asked.lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <Refusal c={c} problem={problem} />
      {passkeys > 0 && (
        <PasskeyForm c={c} action="/step-up" options="show" text={t.passkey.use}>
          {hidden}
        </PasskeyForm>
      )}
      {(codeApp || (passkeys > 0 && !demo)) && (
        <form class="hb-form" method="post" action="/step-up">
          {hidden}
          <CodeField
            label={codeApp ? t.step.code : t.step.recovery}
            recovery={!codeApp}
            invalid={problem?.code === 'code/wrong'}
          />
          <button class="ds-button" data-variant={passkeys > 0 ? 'secondary' : undefined} type="submit" data-fullwidth>
            {t.stepUp.submit}
          </button>
        </form>
      )}
      {demo && (
        <form class="hb-form" method="post" action="/step-up">
          {hidden}
          <input type="hidden" name="stepup.demo" value="yes" />
          <button class="ds-button" type="submit" data-fullwidth>
            {t.stepUp.demo}
          </button>
          <p class="hb-small hb-quiet">{t.stepUp.demoNote}</p>
        </form>
      )}
      {!codeApp && passkeys === 0 && !demo && (
        <>
          <p>{t.stepUp.noFactor}</p>
          <a class="ds-button" href="/security" target="_blank" rel="noopener" data-fullwidth>
            {t.stepUp.setUp}
          </a>
          <form method="post" action="/step-up/again">
            {hidden}
            <button class="ds-button" data-variant="secondary" type="submit" data-fullwidth>
              {t.stepUp.again}
            </button>
          </form>
        </>
      )}
      <p>
        <a href={cancelPath(c, asked)}>{t.stepUp.cancel}</a>
      </p>
    </div>,
  )
}

/** Where the form was sent from; a page of ours, or the first one. */
function cancelPath(c: Page, { action }: Asked): string {
  const company = /^\/companies\/cmp_[0-9a-z]{26}(?=\/)/.exec(action)?.[0]
  const from = c.req.header('referer')
  const { origin } = new URL(c.req.url)
  return from?.startsWith(`${origin}/`) ? ownPath(from.slice(origin.length)) : (company ?? '/')
}

const Waiting = ({ asked }: { asked: Asked }) => (
  <>
    <input type="hidden" name="stepup.action" value={asked.action} />
    {asked.content && <input type="hidden" name="stepup.content" value={asked.content} />}
    {asked.lines.map((line) => (
      <input type="hidden" name="stepup.line" value={line} />
    ))}
    {asked.fields.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)

/** What waits in the form that was sent, and the rest of it. */
async function waitingIn(c: Page): Promise<[Asked, Record<string, string | undefined>]> {
  const sent = await readForm(c)
  const all = [...new URLSearchParams(c.var.formText ?? '')]
  const asked = {
    action: ownPath(sent['stepup.action']),
    content: sent['stepup.content'],
    lines: all.filter(([name]) => name === 'stepup.line').map(([, value]) => value),
    fields: all.filter(([name]) => !name.startsWith('stepup.')) as [string, string][],
  }
  return [asked, sent]
}

/** Asked once more by who has set up something to show meanwhile, in another tab; what was filled in waits all the same. */
export async function askAgain(c: Page): Promise<Response> {
  const [asked] = await waitingIn(c)
  return question(c, asked)
}

/** Confirmed: 307 sends the same form on to where it was going. Not confirmed: the same question again. */
export async function submitStepUp(c: Page): Promise<Response> {
  const [asked, sent] = await waitingIn(c)
  const { user, session } = await personOf(c)
  const passkey = sent['stepup.passkey']
  try {
    const shown = passkey
      ? { passkey: shownIn(passkey) }
      : sent['stepup.demo']
        ? { demo: true as const }
        : { code: sent['stepup.code'] ?? '' }
    await prove(contextOf(c), user, session, shown, asked.content)
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 429)) return question(c, asked, error)
    throw error
  }
  return c.redirect(asked.action, 307)
}
