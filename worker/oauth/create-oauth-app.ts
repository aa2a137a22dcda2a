import { approvalText } from '#i18n/approval-text.ts'
import type { Locale } from '#i18n/format.ts'
import { revokeKeysOfApp } from '#worker/access/key-store.ts'
import { tellRevoked } from '#worker/access/take-access.ts'
import { insertControlEntries, insertControlEntriesIfChanged, insertRevocations } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { changesOf } from '#worker/events/event.ts'
import type { Proving } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { randomToken } from '#worker/identity/random-token.ts'
import type { NewOauthApp, OauthApp } from './oauth-app.ts'
import { insertApp, readApp, readAppsOf, readCompaniesOf, removeAppOf } from './store.ts'

type Context = Proving & { env: Bindings; control: Database; user: string; at: Instant; locale: Locale }

/** Apps that somebody has, at most. The database says the same, for two that come at once. */
const MOST = 20

/**
 * Makes an app. Its secret, when it can keep one, is told here and never again; only its SHA-256 is kept.
 * @throws Problem 422 limit/reached; 403 step-up/required.
 */
export async function createOauthApp(
  { control, user, at, locale, demandProof }: Context,
  { name, redirectUris, confidential }: NewOauthApp,
): Promise<OauthApp & { secret: string | null }> {
  if ((await readAppsOf(control, user)).length >= MOST) throw new Problem(422, 'limit/reached')
  await demandProof([approvalText('app-created', { name, addresses: redirectUris.join(' ') }, locale)])
  const id = idOf('app', crypto.getRandomValues(new Uint8Array(17)))
  const secret = confidential ? randomToken(32) : null
  const app = { id, name, createdBy: user, redirectUris, confidential, createdAt: at }
  const changes = changesOf(undefined, { name, redirectUris, confidential })
  await control.batch(
    [
      insertApp(app, secret && (await sha256(secret))),
      insertControlEntries({ type: 'app.created', at, by: user, user, subject: id, changes }),
    ],
    'write',
  )
  return { ...app, secret }
}

/** Removes an app of one's own: nobody lets it in any more, and within a second no token of it is good. @throws Problem 404 app/unknown; 403 step-up/required. */
export async function removeOauthApp(ctx: Context, id: string): Promise<void> {
  const { env, control, user, at, locale } = ctx
  const companies = await readCompaniesOf(control, id)
  const app = await readApp(control, id)
  if (app?.createdBy !== user) throw new Problem(404, 'app/unknown')
  await ctx.demandProof([approvalText('app-removed', { name: app.name, companies: companies.length }, locale)])
  const [, , revoked] = await control.batch(
    [
      removeAppOf(id, user, at),
      insertControlEntriesIfChanged({ type: 'app.removed', at, by: user, user, subject: id }),
      revokeKeysOfApp(id, at),
      insertRevocations(companies, user, at),
    ],
    'write',
  )
  await tellRevoked(revoked!, { by: user, at }, (database) => companyDatabase(env, database))
}
