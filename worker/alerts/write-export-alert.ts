import type { Context } from 'hono'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Env } from '#worker/http/env.ts'
import { alertAdministrators } from './store.ts'

/** All of a company's books as one file. Words for each stand in i18n. */
export type WholeExport = 'archive' | 'backup' | 'saft' | 'journal'

/** Somebody takes the whole books out: it stands in the log, and the administrators hear of it, before the file goes. */
export async function noteExport(c: Context<Env>, what: WholeExport): Promise<void> {
  const { control, access, principal } = c.var
  const at = new Date().toISOString() as Instant
  const by = principal.id
  const user = principal.kind === 'user' ? by : null
  const entry = { type: 'company.exported', at, by, user, company: access.id, subject: access.id }
  const alert = { kind: 'everything-exported', subject: by, params: { by: principal.name, what }, at } as const
  await control.batch(
    [insertControlEntries({ ...entry, changes: { what: [null, what] } }), alertAdministrators(alert, access.id)],
    'write',
  )
}
