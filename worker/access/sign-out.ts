import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import { forgetSession } from './identify.ts'
import { deleteSession } from './user-store.ts'

/** Ends a session at once. The token is the cookie's. */
export async function signOut(control: Database, token: string): Promise<void> {
  forgetSession(token)
  await control.execute(deleteSession(await sha256(token)))
}
