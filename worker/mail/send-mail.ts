import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { insertMail } from './store.ts'

export type Mail = { to: string; subject: string; text: string }
type Context = { env: Pick<Bindings, 'MAIL' | 'MAIL_FROM' | 'LOCAL_INSTANCE'>; control: Database; now: Instant }

/** Whether e-mail leads anywhere: a service is bound, or this is one's own machine, whose mailbox keeps it. */
export const canSendMail = (env: Context['env']): boolean =>
  (env.MAIL !== undefined && env.MAIL_FROM !== undefined) || env.LOCAL_INSTANCE === '1'

/**
 * Sends an e-mail of plain text. A service that fails is written down and never in the way of what the e-mail tells of.
 * Gives whether it was handed over.
 */
export async function sendMail({ env, control, now }: Context, { to, subject, text }: Mail): Promise<boolean> {
  if (env.LOCAL_INSTANCE === '1') {
    const id = idOf('mail', crypto.getRandomValues(new Uint8Array(17)))
    await control.batch(insertMail(id, { to, subject, text }, now), 'write')
    return true
  }
  if (!env.MAIL || !env.MAIL_FROM) return false
  try {
    await env.MAIL.send({ from: { email: env.MAIL_FROM, name: 'Hovedbok' }, to, subject, text })
    return true
  } catch (error) {
    log('error', 'mail', faultOf(error))
    return false
  }
}
