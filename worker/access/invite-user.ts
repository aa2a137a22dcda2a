import { officeRoleWord, roleWord } from '#i18n/approval-text.ts'
import { type Locale, moment } from '#i18n/format.ts'
import { mailTexts } from '#i18n/mail-texts.ts'
import type { NewAlert } from '#worker/alerts/alert.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import type { NewControlEntry } from '#worker/control-log/control-entry.ts'
import { insertControlEntries, insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { error, Problem } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { refuseBadPassword } from '#worker/identity/keep-password.ts'
import { hashPassword } from '#worker/identity/password.ts'
import { randomToken } from '#worker/identity/random-token.ts'
import { insertUser, readUser, type User } from '#worker/identity/user-store.ts'
import { canSendMail, sendMail } from '#worker/mail/send-mail.ts'
import {
  acceptInvitation,
  giveInvited,
  type Invitation,
  insertInvitation,
  markUnsent,
  type Place,
  readInvitation,
  readInvitations,
  withdrawInvitation,
} from './invitation-store.ts'
import type { Principal } from './permission.ts'

/** How long an invitation stands unless told otherwise, and at most, in days. */
export const INVITATION_DAYS = 7
const INVITATION_DAYS_MAX = 60
const DAY_MS = 24 * 3600_000

/** `origin` is where the link leads, `byName` who invites. */
export type Inviting = { env: Bindings; control: Database; by: string; byName: string; at: Instant; origin: string }
/** The link is told where no e-mail can be sent; else only the receiver has it, and has shown that the address is theirs. */
export type Sent = { invitation: Invitation; token: string | undefined }
export type Invited = { email: string; name: string; role: string; language: Locale; days?: number | undefined }

/**
 * Invites somebody to one place by e-mail; where none can be sent, the link is told here and never again. It gives access to that
 * place alone; a new invitation to the same address makes the old link worthless. Nobody is let in, and no user is made, before the link is taken up.
 * @throws Problem 422 request/invalid with field/invalid for an address that is none.
 */
export async function makeInvitation(
  ctx: Inviting,
  place: Place,
  wanted: Invited,
  auditAccess: string | null = null,
): Promise<Sent> {
  const { env, control, by, at } = ctx
  const email = addressOf(wanted.email)
  const token = randomToken(32)
  const days = Math.min(Math.max(wanted.days ?? INVITATION_DAYS, 1), INVITATION_DAYS_MAX)
  const wantedRow = {
    place,
    email,
    name: cutText(wanted.name.trim(), 100) || email,
    role: wanted.role,
    language: wanted.language,
    tokenHash: await sha256(token),
    by,
    at,
    expiresAt: new Date(Date.parse(at) + days * DAY_MS).toISOString() as Instant,
    mailed: canSendMail(env),
    auditAccess,
  }
  const id = idOf('inv', crypto.getRandomValues(new Uint8Array(17)))
  const entry = {
    type: 'invitation.sent',
    at,
    by,
    subject: email,
    changes: { role: [null, wanted.role] as const },
    ...place,
  }
  const told = { by: ctx.byName, name: wantedRow.name, invited: email }
  await control.batch(
    [
      insertInvitation({ ...wantedRow, id }),
      insertControlEntries(entry),
      ...tellOf(place, auditAccess, { kind: 'rights-changed', subject: id, params: told, at }),
    ],
    'write',
  )
  const invitation = (await readInvitations(control, place)).find((one) => one.email === email)!
  if (await mailInvitation(ctx, invitation, token)) return { invitation, token: undefined }
  if (invitation.mailed) await control.execute(markUnsent(invitation.id))
  return { invitation: { ...invitation, mailed: false }, token }
}

/** Administrators hear that somebody is invited, and that they came in; of an auditor they heard when access was granted. */
const tellOf = (place: Pick<Invitation, 'company' | 'office'> | Place, auditAccess: string | null, alert: NewAlert) =>
  auditAccess === null
    ? [alertAdministrators(alert, place.company ?? { office: place.office! }, { ifChanged: true })]
    : []

/** Gives whether the e-mail was handed over. */
async function mailInvitation(ctx: Inviting, invitation: Invitation, token: string): Promise<boolean> {
  if (!invitation.mailed) return false
  const { env, control, at, byName, origin } = ctx
  const { email, name, placeName, language, expiresAt } = invitation
  const facts = { name, by: byName, place: placeName, role: wordOf(invitation), until: moment(expiresAt).slice(0, 10) }
  const letter = mailTexts(language).invitation(facts, `${origin}/invitation/${token}`)
  return sendMail({ env, control, now: at }, { to: email, ...letter })
}

/** What the role is called, in the language of whoever is invited. */
const wordOf = ({ office, role, roleName, language }: Invitation): string =>
  office === null ? roleWord(role, roleName, language) : officeRoleWord(role, language)

/** @throws Problem 422 request/invalid with field/invalid. */
export function addressOf(text: string): string {
  const email = text.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254)
    throw new Problem(422, 'request/invalid', { issues: [error('field/invalid', '#/email', {})] })
  return email
}

/** Makes a new link for an invitation that stands; the old one works no more. @throws Problem 404 invitation/unknown. */
export async function repeatInvitation(ctx: Inviting, place: Place, id: string) {
  const found = await standing(ctx.control, place, id)
  const { email, name, role, language, auditAccess } = found
  return makeInvitation(ctx, place, { email, name, role, language }, auditAccess)
}

/** Withdraws an invitation: its link works no more. @throws Problem 404 invitation/unknown. */
export async function endInvitation(
  { control, by, byName, at }: Pick<Inviting, 'control' | 'by' | 'byName' | 'at'>,
  place: Place,
  id: string,
): Promise<Invitation> {
  const found = await standing(control, place, id)
  const entry = { type: 'invitation.withdrawn', at, by, subject: found.email, ...place }
  const told = { by: byName, name: found.name, withdrawn: found.email }
  const work = [
    withdrawInvitation(id, by, at),
    insertControlEntriesIfChanged(entry),
    ...tellOf(place, found.auditAccess, { kind: 'rights-changed', subject: id, params: told, at }),
  ]
  const [done] = await control.batch(work, 'write')
  if (done!.rowsAffected === 0) throw new Problem(404, 'invitation/unknown') // taken up at the same moment
  return found
}

async function standing(control: Database, place: Place, id: string): Promise<Invitation> {
  const found = (await readInvitations(control, place)).find((one) => one.id === id)
  if (!found) throw new Problem(404, 'invitation/unknown')
  return found
}

/** What a link is for; undefined when it was used, replaced, withdrawn, or is too old. */
export const invitationOf = async (control: Database, token: string, now: Instant): Promise<Invitation | undefined> =>
  readInvitation(control, await sha256(token), now)

type Accepting = { env: Pick<Bindings, 'PASSWORD_PEPPER'>; control: Database; now: Instant }

/**
 * Takes an invitation up, for the signed-in user it is meant for, or for somebody new who chooses a password. An address that
 * has a user already signs in first: a link never opens what others have given access to.
 * @throws Problem 404 invitation/unknown; 403 invitation/other-user; 409 invitation/sign-in-first; 422 request/invalid with
 * password/too-short.
 */
export async function takeUpInvitation(
  ctx: Accepting,
  token: string,
  who: Principal,
  password: string,
): Promise<{ user: User; made: boolean; invitation: Invitation }> {
  const { control, now } = ctx
  const invitation = await invitationOf(control, token, now)
  if (!invitation) throw new Problem(404, 'invitation/unknown')
  if (who.kind === 'user' && who.email !== invitation.email)
    throw new Problem(403, 'invitation/other-user', { params: { email: invitation.email } })
  const known = await readUser(control, invitation.email)
  if (known && who.kind !== 'user')
    throw new Problem(409, 'invitation/sign-in-first', { params: { email: invitation.email } })
  const user = known ?? (await newUser(ctx, invitation, password))
  const hash = await sha256(token)
  const told = { by: invitation.byName, name: user.name, role: wordOf(invitation) }
  const [, taken] = await control.batch(
    [
      ...(known ? [{ sql: 'select 1', args: [] }] : [insertUser(user, now)]),
      acceptInvitation(hash, user.id, now),
      insertControlEntriesIfChanged(...acceptedBy(invitation, user, !known, now)),
      ...tellOf(invitation, invitation.auditAccess, {
        kind: 'rights-changed',
        subject: user.id,
        params: told,
        at: now,
      }),
      ...giveInvited(hash, now),
    ],
    'write',
  )
  if (taken!.rowsAffected === 0) throw new Problem(404, 'invitation/unknown') // used at the same moment
  return { user, made: !known, invitation }
}

function acceptedBy(invitation: Invitation, user: User, made: boolean, at: Instant): NewControlEntry[] {
  const { company, office, email, role } = invitation
  const about = { at, by: user.id, user: user.id }
  const accepted = {
    ...about,
    type: 'invitation.accepted',
    subject: email,
    company,
    office,
    changes: { role: [null, role] as const },
  }
  return made ? [{ ...about, type: 'user.created', subject: user.id }, accepted] : [accepted]
}

async function newUser({ env }: Accepting, { email, name, language }: Invitation, password: string): Promise<User> {
  await refuseBadPassword(password, email)
  const id = idOf('usr', crypto.getRandomValues(new Uint8Array(17)))
  return {
    id,
    email,
    name,
    passwordHash: await hashPassword(password, env.PASSWORD_PEPPER),
    locale: language,
    emailVerifiedAt: null,
  }
}
