import { approvalText, roleWord } from '#i18n/approval-text.ts'
import { addressOf, makeInvitation } from '#worker/access/invite-user.ts'
import type { Principal } from '#worker/access/permission.ts'
import { entryOf, type RightsContext } from '#worker/access/rights-context.ts'
import { readCompanyAccess, readCompanyDatabase } from '#worker/access/store.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { isOrganisationNumber } from '#worker/core/identifiers.ts'
import { idOf } from '#worker/core/ids.ts'
import { error, Problem } from '#worker/core/problem.ts'
import { companyDatabase, type Database, type InStatement } from '#worker/database/connect.ts'
import type { Changes } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { readUser } from '#worker/identity/user-store.ts'
import { type AuditAccess, type AuditorOrder, type CompanyOrder, endsAt, type Grant, stateOf } from './audit-order.ts'
import {
  endAccess,
  grantOrder,
  insertOrder,
  readAuditAccess,
  readCompanyByNumber,
  readOwnOrders,
  withdrawInvitationOf,
} from './store.ts'

type InCompany = RightsContext
type AsAuditor = { env: Bindings; control: Database; principal: Principal; at: Instant }
/** What was granted, and the link to give to somebody who is not let in before it is taken up. */
export type Granted = { access: AuditAccess; token: string | undefined }

/**
 * Orders access as an auditor, by the company's organisation number. The answer is the same whether or not it is a company
 * here: who keeps their books in Hovedbok is told to nobody.
 * @throws Problem 403 permission/missing for a key; 422 request/invalid with user/email-unverified, field/invalid,
 * audit-access/years; 409 audit-access/open.
 */
export async function orderAsAuditor(ctx: AsAuditor, wanted: AuditorOrder): Promise<AuditAccess> {
  const { control, principal, at } = ctx
  if (principal.kind !== 'user') throw new Problem(403, 'permission/missing')
  const user = (await readUser(control, principal.email))!
  if (user.emailVerifiedAt === null)
    throw new Problem(422, 'request/invalid', {
      issues: [error('user/email-unverified', '#/organisationNumber', { email: user.email })],
    })
  checkYears(wanted)
  const number = wanted.organisationNumber.replace(/\s/g, '')
  if (!isOrganisationNumber(number))
    throw new Problem(422, 'request/invalid', {
      issues: [error('organisation-number/invalid', '#/organisationNumber', { value: number })],
    })
  const own = await readOwnOrders(control, user.id)
  if (own.some((one) => one.organisationNumber === number && ['ordered', 'active'].includes(stateOf(one, at))))
    throw new Problem(409, 'audit-access/open')
  const id = newId()
  await control.execute(
    insertOrder({
      id,
      company: (await readCompanyByNumber(control, number)) ?? null,
      organisationNumber: number,
      user: user.id,
      email: user.email,
      name: user.name,
      orderedFrom: 'auditor',
      orderedBy: user.id,
      orderedAt: at,
      ...scopeOf(wanted),
    }),
  )
  return (await readOwnOrders(control, user.id)).find((one) => one.id === id)!
}

/**
 * Orders access for an auditor from the company; an administrator grants it.
 * @throws Problem 422 request/invalid with field/invalid, audit-access/years.
 */
export async function orderFromCompany(ctx: InCompany, wanted: CompanyOrder): Promise<AuditAccess> {
  const { control, access, by, at } = ctx
  const email = checkOrder(wanted)
  const id = newId()
  await note(ctx, 'audit-access.ordered', id, { email: [null, email], years: [null, yearsText(wanted)] })
  await control.execute(
    insertOrder({
      id,
      company: access.id,
      organisationNumber: access.organisationNumber,
      user: null,
      email,
      name: wanted.name.trim(),
      orderedFrom: 'company',
      orderedBy: by,
      orderedAt: at,
      ...scopeOf(wanted),
    }),
  )
  return find(ctx, id)
}

/**
 * Grants what was ordered, as it was ordered or for other years and days. Somebody whose address is not known to be their own
 * gets an invitation; the days run from now.
 * @throws Problem 404 audit-access/unknown; 409 audit-access/closed; 422 request/invalid with audit-access/years;
 * 422 audit-access/has-access.
 */
export async function grantAudit(ctx: InCompany, id: string, wanted: Grant): Promise<Granted> {
  const found = await find(ctx, id)
  const scope = scopeGranted(found, wanted)
  const user = await checkGrant(ctx, found, scope)
  await ctx.demandProof(linesOf(ctx, found, scope))
  return grantProved(ctx, found, scope, user)
}

/** Orders and grants at once, by who may do both. @throws Problem as `orderFromCompany` and `grantAudit` do. */
export async function giveAudit(ctx: InCompany, wanted: CompanyOrder): Promise<Granted> {
  const { name } = wanted
  const to = { user: null, email: checkOrder(wanted), name, grantedAt: null, outcome: null }
  const user = await checkGrant(ctx, to, wanted)
  await ctx.demandProof(linesOf(ctx, wanted, wanted))
  return grantProved(ctx, await orderFromCompany(ctx, wanted), wanted, user)
}

const linesOf = (
  { access, locale }: InCompany,
  { name, email }: { name: string; email: string },
  { days, ...years }: Scope,
): string[] => [
  access.name,
  approvalText(
    'audit-granted',
    { name: name.trim(), email: email.trim().toLowerCase(), years: yearsText(years), days },
    locale,
  ),
]

type Years = { firstYear: number; lastYear: number }
type Scope = Years & { days: number }

const scopeGranted = (
  found: Scope,
  { firstYear = found.firstYear, lastYear = found.lastYear, days = found.days }: Grant,
): Scope => ({ firstYear, lastYear, days })

/** Whether it can be granted at all: judged before anybody is asked to show who they are. Gives whose access it becomes. */
async function checkGrant(
  ctx: InCompany,
  to: Pick<AuditAccess, 'user' | 'email' | 'name' | 'grantedAt' | 'outcome'>,
  years: Years,
): Promise<string | undefined> {
  if (to.grantedAt !== null || to.outcome !== null) throw new Problem(409, 'audit-access/closed')
  checkYears(years)
  const user = await userFor(ctx.control, to)
  if (user) await checkHasNoOther(ctx, user, to.name)
  return user
}

async function grantProved(
  ctx: InCompany,
  found: AuditAccess,
  { firstYear, lastYear, days }: Scope,
  user: string | undefined,
): Promise<Granted> {
  const { control, access, by, at } = ctx
  const { id } = found
  const until = endsAt(at, days)
  await note(ctx, 'audit-access.granted', id, {
    email: [null, found.email],
    years: [null, yearsText({ firstYear, lastYear })],
    endsAt: [null, until],
  })
  const granted = entryOf(ctx, { type: 'audit-access.granted', user: user ?? null, subject: id })
  const told = { by: ctx.byName, name: found.name, role: roleWord('auditor', null, ctx.locale) }
  const [done] = await control.batch(
    [
      grantOrder({ id, user: user ?? null, firstYear, lastYear, days, by, at, endsAt: until }),
      insertControlEntriesIfChanged(granted),
      alertAdministrators({ kind: 'rights-changed', subject: id, params: told, at }, access.id, { ifChanged: true }),
    ],
    'write',
  )
  if (done!.rowsAffected === 0) throw new Problem(409, 'audit-access/closed')
  if (user) return { access: await find(ctx, id), token: undefined }
  const invited = { email: found.email, name: found.name, role: 'auditor', language: ctx.locale, days }
  const { token } = await makeInvitation(ctx, { company: access.id }, invited, id)
  return { access: await find(ctx, id), token }
}

/** Says no to an order, or ends access at once. @throws Problem 404 audit-access/unknown; 409 audit-access/closed. */
export async function endAudit(ctx: InCompany, id: string): Promise<AuditAccess> {
  const { control, by, at } = ctx
  const found = await find(ctx, id)
  const outcome = found.grantedAt === null ? 'refused' : 'ended'
  if (found.outcome !== null) throw new Problem(409, 'audit-access/closed')
  await note(ctx, `audit-access.${outcome}`, id, { email: [found.email, null] })
  const entry = entryOf(ctx, { type: `audit-access.${outcome}`, user: found.user, subject: id })
  await control.batch(
    [
      endAccess(id, outcome, by, at),
      insertControlEntriesIfChanged(entry),
      ...(found.grantedAt === null ? [] : [tellEnded(found, ctx.byName, at)]),
      withdrawInvitationOf(id, by, at),
    ],
    'write',
  )
  return find(ctx, id)
}

const tellEnded = ({ id, company, name }: AuditAccess, by: string, at: Instant): InStatement =>
  alertAdministrators({ kind: 'rights-changed', subject: id, params: { by, name, role: '' }, at }, company!, {
    ifChanged: true,
  })

/**
 * The auditor takes the order back, or leaves; that they left stands in the company's logs, and its administrators hear of it.
 * @throws Problem 404 audit-access/unknown; 409 audit-access/closed.
 */
export async function withdrawAudit(ctx: AsAuditor, id: string): Promise<AuditAccess> {
  const { env, control, principal, at } = ctx
  const by = principal.id
  const found = (await readOwnOrders(control, by)).find((one) => one.id === id)
  if (!found) throw new Problem(404, 'audit-access/unknown')
  if (found.outcome !== null) throw new Problem(409, 'audit-access/closed')
  const { company, grantedAt } = found
  const outcome = grantedAt === null ? 'withdrawn' : 'ended'
  const type = `audit-access.${outcome}`
  const left = company !== null && grantedAt !== null
  if (left) {
    const db = companyDatabase(env, (await readCompanyDatabase(control, company))!)
    await note({ db, at, by }, type, id, { email: [found.email, null] })
  }
  const entry = { type, at, by, user: by, company, subject: id }
  await control.batch(
    [
      endAccess(id, outcome, by, at),
      insertControlEntriesIfChanged(entry),
      ...(left ? [tellEnded(found, principal.name, at)] : []),
    ],
    'write',
  )
  return (await readOwnOrders(control, principal.id)).find((one) => one.id === id)!
}

/** Gives the address as it is kept. */
function checkOrder(wanted: CompanyOrder): string {
  checkYears(wanted)
  return addressOf(wanted.email)
}

async function find({ control, access }: Pick<InCompany, 'control' | 'access'>, id: string): Promise<AuditAccess> {
  const found = (await readAuditAccess(control, access.id)).find((one) => one.id === id)
  if (!found) throw new Problem(404, 'audit-access/unknown')
  return found
}

/** Who ordered it, or the user whose address is known to be theirs. */
async function userFor(
  control: Database,
  { user, email }: Pick<AuditAccess, 'user' | 'email'>,
): Promise<string | undefined> {
  if (user !== null) return user
  const known = await readUser(control, email)
  return known && known.emailVerifiedAt !== null ? known.id : undefined
}

/** An auditor does not keep or approve the books they audit. */
async function checkHasNoOther({ control, access }: InCompany, user: string, name: string): Promise<void> {
  const other = await readCompanyAccess(
    control,
    { kind: 'user', id: user, name: '', email: '', session: null },
    access.id,
  )
  if (other && other.audit === null) throw new Problem(422, 'audit-access/has-access', { params: { name } })
}

function checkYears({ firstYear, lastYear }: Years): void {
  if (lastYear >= firstYear && lastYear - firstYear < 20) return
  throw new Problem(422, 'request/invalid', { issues: [error('audit-access/years', '#/lastYear', {})] })
}

const scopeOf = ({ firstYear, lastYear, days, firm = '', message = '' }: CompanyOrder | AuditorOrder) => ({
  firstYear,
  lastYear,
  days,
  firm: firm.trim(),
  message: message.trim(),
})
const yearsText = ({ firstYear, lastYear }: Years): string =>
  firstYear === lastYear ? String(firstYear) : `${firstYear}–${lastYear}`
const newId = (): string => idOf('aud', crypto.getRandomValues(new Uint8Array(17)))

const note = ({ db, at, by }: Acting, type: string, subject: string, changes: Changes) =>
  db.batch([insertEvents({ type, at, by, subject, changes })], 'write')
