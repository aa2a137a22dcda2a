import { moment } from '#i18n/format.ts'
import { mailTexts } from '#i18n/mail-texts.ts'
import { idOf } from '#worker/core/ids.ts'
import { sendMail } from '#worker/mail/send-mail.ts'
import type { SignInContext } from './sign-in.ts'
import { insertSignInEvent, type SignInEventKind } from './store.ts'
import type { User } from './user-store.ts'

/** What stands in the list only; of everything else its owner hears by e-mail, whoever did it. */
const QUIET: ReadonlySet<SignInEventKind> = new Set(['signed-in', 'address-verified'])

/** Writes down what happened to somebody's sign-in, and tells them by e-mail where that may be news to them. */
export async function tell(ctx: SignInContext, user: User, kind: SignInEventKind): Promise<void> {
  const { control, env, now, client, origin } = ctx
  const { device, place } = client
  const id = idOf('sie', crypto.getRandomValues(new Uint8Array(17)))
  await control.batch([insertSignInEvent(id, user.id, { kind, at: now, device, place })], 'write')
  if (QUIET.has(kind)) return
  const words = mailTexts(user.locale)
  const what = words.events[kind]
  const facts = { name: user.name, what, device: device || words.unknownDevice, place, at: moment(now) }
  await sendMail({ env, control, now }, { to: user.email, ...words.notice(facts, `${origin}/security`) })
}
