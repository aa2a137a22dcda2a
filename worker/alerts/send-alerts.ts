import { alertText } from '#i18n/alert-text.ts'
import { mailTexts } from '#i18n/mail-texts.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { canSendMail, sendMail } from '#worker/mail/send-mail.ts'
import { giveBack, takeUnmailed, type Unmailed } from './store.ts'

/** Alerts older than this are in the list and are not sent any more, in milliseconds; and as many as one round takes. */
const LATEST_MS = 24 * 3600_000
const MOST = 500

/**
 * Sends each person one e-mail of all they have been alerted to and want by e-mail. Each alert is taken before it is sent, so
 * two that run at once send it once; one that could not be handed over is given back, and tried again later and later. Gives
 * how many e-mails went.
 */
export async function sendAlerts(env: Bindings, control: Database, at: Instant): Promise<number> {
  if (!canSendMail(env)) return 0
  const since = new Date(Date.parse(at) - LATEST_MS).toISOString() as Instant
  const all = await takeUnmailed(control, since, at, MOST)
  const unsent = Map.groupBy(all, (one) => one.user)
  const people = [...unsent]
  try {
    for (const [user, alerts] of people) {
      const { email, name, locale } = alerts[0]!
      const letter = mailTexts(locale).alerts({ name }, alerts.map(lineOf), `${env.SITE_URL ?? ''}/alerts`)
      if (await sendMail({ env, control, now: at }, { to: email, ...letter })) unsent.delete(user)
    }
  } finally {
    const left = [...unsent.values()].flat().map(({ id }) => id)
    if (left.length > 0) await control.execute(giveBack(left, at))
  }
  return people.length - unsent.size
}

const lineOf = ({ kind, params, placeName, locale }: Unmailed): string =>
  `${placeName === null ? '' : `${placeName}: `}${alertText(kind, params, locale)}`
