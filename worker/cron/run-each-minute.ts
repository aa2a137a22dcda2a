import { sendAlerts } from '#worker/alerts/send-alerts.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { openControl } from '#worker/database/open-control.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { CONTROL_LOG } from '#worker/events/seal-store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { checkAuditLog } from '#worker/verify/check-audit-log.ts'
import { deliverAll } from '#worker/webhooks/run-webhooks.ts'

/** What each minute asks for: webhooks are sent what they lack, alerts go out by e-mail, and the control plane's log is sealed. */
export async function eachMinute(env: Bindings, at: Instant): Promise<void> {
  const control = await openControl(env)
  await runParts('minute', {
    webhooks: () => deliverAll(env, at),
    alerts: () => sendAlerts(env, control, at),
    seal: () => sealControl(control, at),
  })
}

/** Does one part after the other; one that fails is written down and does not keep the others back. */
export async function runParts(event: string, parts: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  for (const [part, work] of Object.entries(parts)) {
    await work().catch((error) => {
      log('error', event, { where: part, ...faultOf(error) })
    })
  }
}

export const sealControl = (control: Database, at: Instant) => sealEvents(control, at, CONTROL_LOG)

/** The whole chain of the control plane's log, computed again. A break is cried out in the log of the platform. */
export async function checkControlLog(control: Database): Promise<void> {
  const { holds, offenders } = await checkAuditLog(control, true, CONTROL_LOG)
  if (!holds) log('error', 'control-log-broken', { count: offenders.length })
}
