import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { demandProof } from '#worker/identity/prove.ts'
import { contextOf, personOf } from '#worker/identity/request.ts'
import { comeBack, leaveFor } from '#worker/identity/sign-in-elsewhere.ts'
import { ownPath, readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { leaving } from './leaving.tsx'
import { signInPage } from './sign-in-page.tsx'
import { dropCookie, goOn, setShortCookie, shortCookie } from './signing.ts'

/** Leaves for a provider, to sign in there. */
export async function submitSignInWith(c: Page): Promise<Response> {
  const { to } = await readForm(c)
  const { address, round } = await leaveFor(contextOf(c), pathText(c, 'provider'), ownPath(to))
  setShortCookie(c, 'round', round)
  return leaving(c, address, textsOf(c).security.providers.next)
}

/** Leaves for a provider, to join the account there to the user who is signed in here. */
export async function submitJoin(c: Page): Promise<Response> {
  await demandProof(c)
  const { user, session } = await personOf(c)
  const join = { user: user.id, session }
  const { address, round } = await leaveFor(contextOf(c), pathText(c, 'provider'), '/security', join)
  setShortCookie(c, 'round', round)
  return leaving(c, address, textsOf(c).security.providers.next)
}

/** Comes back from a provider. */
export async function providerCallback(c: Page): Promise<Response> {
  const { principal } = c.var
  const session = principal.kind === 'user' ? principal.session : null
  const kept = shortCookie(c, 'round')
  dropCookie(c, 'round')
  try {
    const back = await comeBack(contextOf(c), pathText(c, 'provider'), kept, new URL(c.req.url), session)
    return back.progress ? goOn(c, back.progress, back.to) : c.redirect('/security#providers', 303)
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && session === null)
      return signInPage(c, { problem: error, to: '/' })
    throw error
  }
}
