import type { Context } from 'hono'
import type { Locale } from '#i18n/format.ts'
import type { NewControlEntry } from '#worker/control-log/control-entry.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Acting, type Proving, provingOf } from '#worker/http/acting.ts'
import type { Bindings, Env } from '#worker/http/env.ts'
import type { CompanyAccess } from './store.ts'

/** What whoever changes rights needs: who asks, in which words it is confirmed, and where e-mail comes from. */
export type Approving = Proving & { env: Bindings; control: Database; byName: string; locale: Locale; origin: string }
export type RightsContext = Acting & Approving & { access: CompanyAccess }

export const approvingOf = (c: Context<Env>): Approving & Acting => ({
  ...provingOf(c),
  env: c.env,
  control: c.var.control,
  byName: c.var.principal.name,
  locale: c.var.locale,
  origin: new URL(c.req.url).origin,
})
export const rightsContextOf = (c: Context<Env>): RightsContext => ({ ...approvingOf(c), access: c.var.access })

/** An entry of the control plane's log about this company. */
export const entryOf = (
  { access, by, at }: Pick<RightsContext, 'access' | 'by' | 'at'>,
  entry: Omit<NewControlEntry, 'by' | 'at' | 'company'>,
): NewControlEntry => ({ ...entry, by, at, company: access.id })
