import type { SignInContext } from '#worker/identity/sign-in.ts'
import { endSession } from '#worker/identity/sign-out.ts'
import { readSessions } from '#worker/identity/store.ts'
import { tell } from '#worker/identity/tell-user.ts'
import type { User } from '#worker/identity/user-store.ts'
import { deleteFamily } from './addin-token-store.ts'
import { type App, readExcelSignIns } from './app-store.ts'

/** Everywhere somebody is signed in: browsers, then Excel. */
export async function listApps({ control, now }: SignInContext, user: User): Promise<App[]> {
  const [sessions, excel] = await Promise.all([
    readSessions(control, user.id, now),
    readExcelSignIns(control, user.id, now),
  ])
  const browsers = sessions.map(({ tokenHash: id, device, place, createdAt: since, usedAt }) => ({
    ...{ id, device, place, since, usedAt },
    app: 'browser' as const,
  }))
  return [...browsers, ...excel]
}

/** Ends one of them. Gives whether there was such a one of theirs. */
export async function endApp(ctx: SignInContext, user: User, id: string): Promise<boolean> {
  const found = (await listApps(ctx, user)).find((app) => app.id === id)
  if (!found) return false
  if (found.app === 'browser') await endSession(ctx, user, id)
  else await tell(ctx, user, 'session-ended', { work: deleteFamily(id) })
  return true
}
