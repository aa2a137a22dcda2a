import { sendAlerts } from '#worker/alerts/send-alerts.ts'
import { forgetAlerts } from '#worker/alerts/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { openControl } from '#worker/database/open-control.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { CONTROL_LOG } from '#worker/events/seal-store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { checkAuditLog } from '#worker/verify/check-audit-log.ts'
import { setInstanceFinding } from '#worker/verify/finding-store.ts'
import { deliverAll } from '#worker/webhooks/run-webhooks.ts'
import { forgetDeliveries } from '#worker/webhooks/store.ts'

/**
 * What each minute asks for: the control plane's log is sealed, alerts go out by e-mail, and webhooks are sent what they lack; last
 * what waits for others.
 */
export async function eachMinute(env: Bindings, at: Instant): Promise<void> {
  const control = await openControl(env)
  await runParts('minute', {
    seal: () => sealControl(control, at),
    alerts: () => sendAlerts(env, control, at),
    webhooks: () => deliverAll(env, at),
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

const DAY_MS = 24 * 3600_000
/** What was sent to webhooks is kept for a month, alerts that are seen or gone for a year. */
export async function forgetTraces(control: Database, at: Instant): Promise<void> {
  const before = (days: number) => new Date(Date.parse(at) - days * DAY_MS).toISOString()
  await control.batch([forgetDeliveries(before(30)), forgetAlerts(before(365))], 'write')
}

/** The whole chain of the control plane's log, computed again. A break is cried out in the log of the platform, and stands on the operator's page. */
export async function checkControlLog(control: Database, at: Instant): Promise<void> {
  const { holds, offenders } = await checkAuditLog(control, true, CONTROL_LOG)
  await control.execute(setInstanceFinding('control-log-broken', offenders.length, at))
  if (!holds) log('error', 'control-log-broken', { count: offenders.length })
}
