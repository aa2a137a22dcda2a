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
  if (await endSession(ctx, user, id)) return true
  const excel = await readExcelSignIns(ctx.control, user.id, ctx.now)
  return excel.some((app) => app.id === id) && tell(ctx, user, 'session-ended', { work: deleteFamily(id) })
}
