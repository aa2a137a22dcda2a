import { moment } from '#i18n/format.ts'
import { mailTexts } from '#i18n/mail-texts.ts'
import { alertUser, giveBackOf } from '#worker/alerts/store.ts'
import { NOBODY } from '#worker/control-log/control-entry.ts'
import { insertControlEntries, insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { sendMail } from '#worker/mail/send-mail.ts'
import type { SignInContext } from './sign-in.ts'
import type { SignInEventKind } from './store.ts'
import type { User } from './user-store.ts'

/** What stands in the log only; of everything else its owner hears by e-mail, whoever did it. */
const QUIET: ReadonlySet<SignInEventKind> = new Set([
  'signed-in',
  'signed-out',
  'session-ended',
  'addin-signed-in',
  'address-verified',
  'created',
  'sign-in-failed',
  'code-failed',
])
/** What somebody did who has not shown who they are. */
const BY_ANYONE: ReadonlySet<SignInEventKind> = new Set(['sign-in-failed', 'locked', 'code-failed'])

type Telling = Pick<SignInContext, 'control' | 'env' | 'now' | 'origin'> & {
  client: Pick<SignInContext['client'], 'device' | 'place'>
}
type How = {
  /** What does it, in the same batch: neither stands without its entry in the log. */
  work?: readonly InStatement[]
  /** Nothing is told when the last of `work` changed no row: somebody else was first. */
  ifChanged?: boolean
  /** Who did it, when it was not the user. */
  by?: string
}

/**
 * Writes down what happened to somebody's sign-in, raises an alert where they should look, and tells them by e-mail where it may
 * be news to them. Gives whether it happened.
 */
export async function tell(
  ctx: Telling,
  user: Pick<User, 'id' | 'name' | 'email' | 'locale'>,
  kind: SignInEventKind,
  { work = [], ifChanged = false, by = BY_ANYONE.has(kind) ? NOBODY : user.id }: How = {},
): Promise<boolean> {
  const { control, env, now, client, origin } = ctx
  const self = by === user.id || by === NOBODY
  const entry = { type: `user.${kind}`, at: now, by, user: user.id, subject: user.id }
  const noted = ifChanged ? insertControlEntriesIfChanged(entry) : insertControlEntries(entry)
  const done = await control.batch([...work, noted, ...alertsOf(ctx, user.id, kind)], 'write')
  if (done[work.length]!.rowsAffected === 0) return false
  if (QUIET.has(kind)) return true
  const words = mailTexts(user.locale)
  const facts = {
    name: user.name,
    what: words.events[kind],
    // Where an operator sits who did it is not the user's business.
    device: self ? client.device || words.unknownDevice : '',
    place: self ? client.place : '',
    at: moment(now),
  }
  const sent = await sendMail({ env, control, now }, { to: user.email, ...words.notice(facts, `${origin}/security`) })
  if (!sent) await control.execute(giveBackOf(user.id, now))
  return true
}

/** The e-mail is sent right away, so the alert is not sent once more. */
function alertsOf({ now, client }: Telling, user: string, kind: SignInEventKind): InStatement[] {
  const alert = { subject: user, params: { device: client.device, network: client.place }, at: now }
  if (kind === 'new-device') return [alertUser({ kind: 'new-device', ...alert }, user, { mailed: true })]
  if (kind === 'locked') return [alertUser({ kind: 'many-failures', ...alert }, user, { mailed: true })]
  if (kind === 'factors-reset') return [alertUser({ kind: 'factors-reset', ...alert }, user, { mailed: true })]
  return []
}
