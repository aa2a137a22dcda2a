import type { Context } from 'hono'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from '#worker/http/env.ts'
import { checkFactor } from './finish-sign-in.ts'
import type { ShownPasskey } from './passkey.ts'
import type { SignInContext } from './sign-in.ts'
import { insertGrant, readProof, setProof, takeGrant } from './store.ts'
import type { User } from './user-store.ts'

/** How long a passkey or code that was shown counts, and one that was shown for one content only, in milliseconds. Source: reliability.md S12, S13. */
const FRESH_MS = 15 * 60_000
const BOUND_MS = 5 * 60_000

/** What a proof is bound to: the lines the person is shown, word for word. */
export const contentHash = (lines: readonly string[]): Promise<string> => sha256(JSON.stringify(lines))

/** Only a person in a browser can show anything. @throws Problem 403 step-up/person, step-up/browser. */
export function demandPerson(c: Context<Env>): void {
  const { principal } = c.var
  if (principal.kind === 'operator') return
  if (principal.kind !== 'user') throw new Problem(403, 'step-up/person')
  if (principal.session === null) throw new Problem(403, 'step-up/browser')
}

/**
 * Demands that a person has just shown a passkey or a code. Bound to `lines`, it counts for these words only, and once. Keys
 * cannot show anything, so they are refused; so is Excel, which has no session of its own.
 * @throws Problem 403 step-up/required, with what it binds to; step-up/person; step-up/browser.
 */
export async function demandProof(c: Context<Env>, lines: readonly string[] = []): Promise<void> {
  const { principal, control } = c.var
  demandPerson(c)
  if (principal.kind !== 'user' || principal.session === null) return
  const now = new Date().toISOString() as Instant
  if (lines.length === 0) {
    if (isFresh((await readProof(control, principal.session))?.provenAt, now)) return
    throw new Problem(403, 'step-up/required')
  }
  const content = await contentHash(lines)
  if (await takeGrant(control, principal.session, content, now)) return
  throw new Problem(403, 'step-up/required', { extra: { lines, content } })
}

export const isFresh = (provenAt: Instant | null | undefined, now: Instant): boolean =>
  Boolean(provenAt) && Date.parse(now) - Date.parse(provenAt!) <= FRESH_MS

/**
 * Takes a proof in a session: good for fifteen minutes, or for one content. The demo user of one's own machine has nothing to
 * show and says yes.
 * @throws Problem 401 code/wrong, passkey/not-accepted; 429 request/too-many.
 */
export async function prove(
  ctx: SignInContext,
  user: User,
  session: string,
  shown: { code: string } | { passkey: ShownPasskey } | { demo: true },
  content?: string,
): Promise<void> {
  const { control, env, now } = ctx
  if ('demo' in shown) {
    if (env.LOCAL_INSTANCE !== '1' || (await readProof(control, session))?.method !== 'demo')
      throw new Problem(401, 'code/wrong')
  } else await checkFactor(ctx, user, shown)
  const until = new Date(Date.parse(now) + BOUND_MS).toISOString() as Instant
  const grant = content && /^[0-9a-f]{64}$/.test(content)
  await control.batch([grant ? insertGrant(session, content, until) : setProof(session, now)], 'write')
}
