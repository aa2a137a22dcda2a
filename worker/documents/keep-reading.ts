import type { Context } from 'hono'
import { companyDatabase } from '#worker/database/connect.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { insertRead, type KeptDocument } from './store.ts'

/** That an auditor looked at a document stands in its log. An auditor's own way to the books writes nothing, so it has another. */
export async function logReading(c: Context<Env>, { stamp }: Pick<KeptDocument, 'stamp'>): Promise<void> {
  const { access } = c.var
  if (access.role !== 'auditor') return
  const { by, at } = actingOf(c)
  await companyDatabase(c.env, access.database).batch([insertRead(stamp, by, at)], 'write')
}
