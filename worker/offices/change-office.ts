import { approvalText, officeRoleWord } from '#i18n/approval-text.ts'
import { holderOf, holderWord } from '#worker/access/change-roles.ts'
import { readInvitations } from '#worker/access/invitation-store.ts'
import {
  addressOf,
  endInvitation,
  type Invited,
  makeInvitation,
  repeatInvitation,
  type Sent,
} from '#worker/access/invite-user.ts'
import { readMembers } from '#worker/access/member-store.ts'
import type { OfficeAccess } from '#worker/access/office-access.ts'
import { readOfficeAccess, readOfficeName } from '#worker/access/office-access.ts'
import type { OfficeRole, Principal } from '#worker/access/permission.ts'
import { type Approving, entryOf, type RightsContext } from '#worker/access/rights-context.ts'
import { type CompanyAccess, readCompanyDatabase } from '#worker/access/store.ts'
import { takeAccess } from '#worker/access/take-access.ts'
import type { NewAlert } from '#worker/alerts/alert.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import type { NewControlEntry } from '#worker/control-log/control-entry.ts'
import { insertControlEntries, insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { type CompanyId, idOf } from '#worker/core/ids.ts'
import { error, Problem } from '#worker/core/problem.ts'
import { companyDatabase, type InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged, type NewEvent } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Assignment, OfficeClient, OfficeDetails, Staff } from './office.ts'
import {
  closeMove,
  deleteStaff,
  insertMove,
  insertOfficeOf,
  leaveOffice,
  moveCompany,
  readMoveOf,
  readMovesTo,
  readOfficeByNumber,
  readOfficeClients,
  readStaff,
  replaceAssignments,
  setStaffRole,
  updateOffice,
} from './office-store.ts'
import { revocationsOf } from './revoke-keys.ts'

export type Officing = Approving & { principal: Principal; by: string; at: Instant }
export type InOffice = Officing & { office: OfficeAccess }
type InCompany = Officing & RightsContext

/** Makes an office, with whoever makes it as its administrator. @throws Problem 403 permission/missing for a key. */
export async function openOffice(ctx: Officing, wanted: OfficeDetails): Promise<OfficeAccess> {
  const { control, principal, at } = ctx
  if (principal.kind !== 'user' && principal.kind !== 'operator') throw new Problem(403, 'permission/missing')
  const id = idOf('off', crypto.getRandomValues(new Uint8Array(17)))
  const entry = {
    type: 'office.created',
    at,
    by: ctx.by,
    office: id,
    subject: id,
    changes: changesOf(undefined, wanted),
  }
  await control.batch(
    [...insertOfficeOf(id, wanted, principal.kind === 'user' ? principal.id : null, at), insertControlEntries(entry)],
    'write',
  )
  return (await readOfficeAccess(control, principal, id))!
}

/** Name and number: clients find the office by them when they move. @throws Problem 403 step-up/required. */
export async function changeOffice(ctx: InOffice, wanted: OfficeDetails): Promise<OfficeAccess> {
  const { control, principal, office } = ctx
  const { name, organisationNumber } = office
  const changes = changesOf({ name, organisationNumber }, wanted)
  if (isUnchanged(changes)) return office
  await prove(ctx, 'office-changed', { name: wanted.name, number: wanted.organisationNumber ?? '–' })
  const entry = entryIn(ctx, { type: 'office.changed', subject: office.id, changes })
  await control.batch([updateOffice(office.id, wanted), insertControlEntries(entry)], 'write')
  return (await readOfficeAccess(control, principal, office.id))!
}

/** A passkey or code, for exactly this. */
const prove = (
  ctx: InOffice,
  kind: Parameters<typeof approvalText>[0],
  params: Parameters<typeof approvalText>[1],
): Promise<void> => ctx.demandProof([ctx.office.name, approvalText(kind, params, ctx.locale)])

const entryIn = (
  { office, by, at }: InOffice,
  entry: Omit<NewControlEntry, 'by' | 'at' | 'office'>,
): NewControlEntry => ({
  ...entry,
  by,
  at,
  office: office.id,
})

/** Invites somebody to the office. @throws Problem as `makeInvitation` does; 422 request/invalid with member/exists. */
export async function inviteStaff(ctx: InOffice, wanted: Invited): Promise<Sent> {
  const email = wanted.email.trim().toLowerCase()
  if ((await readStaff(ctx.control, ctx.office.id)).some((one) => one.email === email))
    throw new Problem(422, 'request/invalid', { issues: [error('member/exists', '#/email', { email })] })
  await prove(ctx, 'invited', { email: addressOf(email), role: officeRoleWord(wanted.role, ctx.locale) })
  return makeInvitation(ctx, { office: ctx.office.id }, wanted)
}
/** @throws Problem 404 invitation/unknown. */
export async function inviteStaffAgain(ctx: InOffice, id: string): Promise<Sent> {
  const found = (await readStaffInvitations(ctx)).find((one) => one.id === id)
  if (!found) throw new Problem(404, 'invitation/unknown')
  await prove(ctx, 'invited-again', { email: found.email, role: officeRoleWord(found.role, ctx.locale) })
  return repeatInvitation(ctx, { office: ctx.office.id }, id)
}
/** @throws Problem 404 invitation/unknown. */
export const withdrawStaffInvitation = (ctx: InOffice, id: string) => endInvitation(ctx, { office: ctx.office.id }, id)
export const readStaffInvitations = ({ control, office }: InOffice) => readInvitations(control, { office: office.id })

/** @throws Problem 404 office-member/unknown; 422 office/last-administrator. */
export async function changeStaff(ctx: InOffice, user: string, role: OfficeRole): Promise<Staff> {
  const before = await staffOf(ctx, user)
  if (before.role === role) return before
  const [was, is] = [officeRoleWord(before.role, ctx.locale), officeRoleWord(role, ctx.locale)]
  await prove(ctx, 'staff-changed', { name: before.name, email: before.email, before: was, role: is })
  const changes = { role: [before.role, role] } as const
  const entry = entryIn(ctx, { type: 'office-member.changed', user, subject: user, changes })
  const clients = await readOfficeClients(ctx.control, ctx.office.id)
  // Its administrators are in every client's books.
  const told = [before.role, role].includes('administrator') ? idsOf(clients) : []
  const done = [
    setStaffRole(ctx.office.id, user, role),
    insertControlEntriesIfChanged(entry),
    tellOffice(ctx, before, is, told),
    ...(await revocationsOf(ctx, before, clients)),
  ]
  await write(ctx, done, idsOf(clients))
  return staffOf(ctx, user)
}

/**
 * Takes somebody out of the office: out of every client of it within a second, and the keys they made with them.
 * @throws Problem 404 office-member/unknown; 422 office/last-administrator.
 */
export async function removeStaff(ctx: InOffice, user: string): Promise<void> {
  const before = await staffOf(ctx, user)
  await prove(ctx, 'staff-removed', { name: before.name, email: before.email })
  const clients = await readOfficeClients(ctx.control, ctx.office.id)
  const left: string[] = []
  for (const client of clients) {
    const was = client.staff.find((one) => one.user === user)?.role
    const role = was ?? (before.role === 'administrator' ? 'administrator' : undefined)
    if (role === undefined) continue
    left.push(client.id)
    await note(ctx, client.database, [memberEvent(ctx, 'member.removed', user, role, null)])
  }
  const changes = { role: [before.role, null] } as const
  const entry = entryIn(ctx, { type: 'office-member.removed', user, subject: user, changes })
  const done = [
    deleteStaff(ctx.office.id, user),
    insertControlEntriesIfChanged(entry),
    tellOffice(ctx, before, '', left),
    ...(await revocationsOf(ctx, before, clients)),
  ]
  await write(ctx, done, idsOf(clients))
}

const idsOf = (clients: readonly { id: string }[]): string[] => clients.map(({ id }) => id)

/**
 * The office's administrators hear of it, whoever was one until now, and the own administrators of clients it concerns. It follows
 * the entry of the log.
 */
const tellOffice = (
  ctx: InOffice,
  { user, name, role: before }: Staff,
  role: string,
  clients: readonly string[],
): InStatement =>
  alertAdministrators(
    rightsAlert(ctx, user, name, role),
    { office: ctx.office.id },
    {
      ifChanged: true,
      also: before === 'administrator' ? user : undefined,
      clients,
    },
  )

const rightsAlert = ({ byName, at }: InOffice, subject: string, name: string, role: string): NewAlert => ({
  kind: 'rights-changed',
  subject,
  params: { by: byName, name, role },
  at,
})

async function staffOf({ control, office }: InOffice, user: string): Promise<Staff> {
  const found = (await readStaff(control, office.id)).find((one) => one.user === user)
  if (!found) throw new Problem(404, 'office-member/unknown')
  return found
}

/**
 * Says who of the office works for a client, in the place of those who did. What changed stands in the client's own log first.
 * @throws Problem 404 company/unknown, office-member/unknown, role/unknown.
 */
export async function assignStaff(ctx: InOffice, company: string, staff: readonly Assignment[]): Promise<OfficeClient> {
  const client = await clientOf(ctx, company)
  const here = new Map((await readStaff(ctx.control, ctx.office.id)).map((one) => [one.user, one]))
  const access = { id: company as CompanyId } as CompanyAccess
  const words = new Map<string, string>()
  for (const { user, role } of staff) {
    if (!here.has(user)) throw new Problem(404, 'office-member/unknown')
    words.set(user, holderWord(await holderOf({ control: ctx.control, access }, role), ctx.locale))
  }
  const before = new Map(client.staff.map((one) => [one.user, one.role]))
  const after = new Map(staff.map((one) => [one.user, one.role]))
  const events = [...new Set([...before.keys(), ...after.keys()])].flatMap((user) => {
    const [was, is] = [before.get(user) ?? null, after.get(user) ?? null]
    const type = was === null ? 'member.added' : is === null ? 'member.removed' : 'member.changed'
    return was === is ? [] : [memberEvent(ctx, type, user, was, is)]
  })
  if (events.length > 0) await ctx.demandProof([ctx.office.name, ...linesOf(ctx, client.name, events, here, words)])
  await note(ctx, client.database, events)
  const entries = events.map((event) =>
    entryIn(ctx, { type: event.type, user: event.subject, company, subject: event.subject, changes: event.changes! }),
  )
  const alerts = events.map(({ subject: user }) =>
    alertAdministrators(rightsAlert(ctx, user, here.get(user)?.name ?? '', words.get(user) ?? ''), company),
  )
  const done = [
    ...alerts, // first: whoever is an administrator no more hears of it too
    ...replaceAssignments(company, staff, ctx.by, ctx.at),
    ...(entries.length > 0 ? [insertControlEntries(...entries)] : []),
  ]
  await write(ctx, done, [company])
  return clientOf(ctx, company)
}

/** Who begins, changes or stops working for a client, a line each. */
const linesOf = (
  { locale }: InOffice,
  company: string,
  events: readonly NewEvent[],
  staff: ReadonlyMap<string, Staff>,
  roles: ReadonlyMap<string, string>,
): string[] =>
  events.map(({ type, subject }) => {
    const { name = '', email = '' } = staff.get(subject) ?? {}
    const facts = { name, email, company, role: roles.get(subject) ?? '' }
    return approvalText(type === 'member.removed' ? 'staff-unassigned' : 'staff-assigned', facts, locale)
  })

/** @throws Problem 404 company/unknown for a client of another office. */
async function clientOf({ control, office }: InOffice, company: string) {
  const found = (await readOfficeClients(control, office.id)).find((client) => client.id === company)
  if (!found) throw new Problem(404, 'company/unknown')
  return found
}

/**
 * Asks another office to take the company over. It moves when that office's administrator says yes; until then it can be
 * called off. @throws Problem 404 office/unknown; 409 client-move/open; 422 client-move/same-office.
 */
export async function askMove(ctx: InCompany, organisationNumber: string) {
  const { control, access, principal, at } = ctx
  const to = await readOfficeByNumber(control, organisationNumber)
  if (!to) throw new Problem(404, 'office/unknown')
  if (to.id === access.office) throw new Problem(422, 'client-move/same-office', { params: { office: to.name } })
  if (await readMoveOf(control, access.id)) throw new Problem(409, 'client-move/open')
  const id = idOf('mov', crypto.getRandomValues(new Uint8Array(17)))
  await proveIn(ctx, 'move-asked', { company: access.name, office: to.name })
  await noteIn(ctx, 'company.move-asked', [access.office, to.name])
  try {
    const entry = { ...entryOf(ctx, { type: 'company.move-asked', subject: id }), office: to.id }
    await control.batch([insertMove(id, access.id, to.id, principal.id, at), insertControlEntries(entry)], 'write')
  } catch (cause) {
    if (refusalOf(cause)?.kind === 'taken') throw new Problem(409, 'client-move/open')
    throw cause
  }
  return (await readMoveOf(control, access.id))!
}

/** @throws Problem 404 client-move/unknown. */
export async function callOffMove(ctx: InCompany): Promise<void> {
  const { control, access, principal, at } = ctx
  const move = await readMoveOf(control, access.id)
  if (!move) throw new Problem(404, 'client-move/unknown')
  const entry = entryOf(ctx, { type: 'company.move-called-off', subject: move.id })
  await control.batch(
    [closeMove(move.id, 'withdrawn', principal.id, at), insertControlEntriesIfChanged(entry)],
    'write',
  )
}

/** The company leaves its office and keeps its own books. @throws Problem 422 member/last-administrator. */
export async function leaveOwnOffice(ctx: InCompany): Promise<void> {
  const { control, access, db, byName, at } = ctx
  if (access.office === null) throw new Problem(404, 'office/unknown')
  const own = (await readMembers(control, access.id)).filter(({ through }) => through === 'company')
  if (!own.some(({ role }) => role === 'administrator')) throw new Problem(422, 'member/last-administrator')
  const office = await readOfficeName(control, access.office)
  await proveIn(ctx, 'office-left', { company: access.name, office })
  await noteIn(ctx, 'company.left-office', [access.office, null])
  const entry = { ...entryOf(ctx, { type: 'company.left-office', subject: access.id }), office: access.office }
  const told = {
    kind: 'rights-changed',
    subject: access.id,
    params: { by: byName, name: office, role: '' },
    at,
  } as const
  const work = [
    leaveOffice(access.id),
    insertControlEntriesIfChanged(entry),
    alertAdministrators(told, access.id, { ifChanged: true, formerOffice: access.office }),
  ]
  const [done] = await takeAccess(ctx, work, [access.id], () => db)
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
}

/** Takes a client over, or says no. @throws Problem 404 client-move/unknown. */
export async function answerMove(ctx: InOffice, id: string, accepted: boolean): Promise<void> {
  const { control, office, principal, at } = ctx
  const move = (await readMovesTo(control, office.id)).find((one) => one.id === id)
  if (!move) throw new Problem(404, 'client-move/unknown')
  if (!accepted) {
    const no = entryIn(ctx, { type: 'company.move-declined', company: move.company, subject: id })
    await control.batch([closeMove(id, 'declined', principal.id, at), insertControlEntriesIfChanged(no)], 'write')
    return
  }
  await prove(ctx, 'move-accepted', { office: office.name, company: move.companyName })
  const yes = entryIn(ctx, { type: 'company.moved', company: move.company, subject: id })
  const told = rightsAlert(ctx, id, office.name, '')
  const changes = { office: [move.fromName, move.toName] as const }
  const event = { type: 'company.moved', at, by: principal.id, subject: move.company, changes }
  // First: a company whose books are away stays where it is.
  await note(ctx, (await readCompanyDatabase(control, move.company))!, [event])
  const work = [
    closeMove(id, 'accepted', principal.id, at),
    insertControlEntriesIfChanged(yes),
    alertAdministrators(told, move.company, { ifChanged: true }),
    moveCompany(id, at),
    alertAdministrators(told, move.company, { ifChanged: true, once: true }),
  ]
  const [closed] = await takeAccess(ctx, work, [move.company])
  if (closed!.rowsAffected === 0) throw new Problem(404, 'client-move/unknown')
}

const proveIn = (
  ctx: InCompany,
  kind: Parameters<typeof approvalText>[0],
  params: Parameters<typeof approvalText>[1],
): Promise<void> => ctx.demandProof([ctx.access.name, approvalText(kind, params, ctx.locale)])

const memberEvent = (
  ctx: Officing,
  type: string,
  user: string,
  before: string | null,
  after: string | null,
): NewEvent => ({
  type,
  at: ctx.at,
  by: ctx.principal.id,
  subject: user,
  changes: { role: [before, after] },
})

async function note({ env }: Officing, database: string, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await companyDatabase(env, database).batch([insertEvents(...events)], 'write')
}
const noteIn = (
  { db, at, principal, access }: InCompany,
  type: string,
  office: readonly [string | null, string | null],
) => db.batch([insertEvents({ type, at, by: principal.id, subject: access.id, changes: { office } })], 'write')

/** What changes who is let in to clients. */
async function write(ctx: Officing, statements: readonly InStatement[], clients: readonly string[]): Promise<void> {
  try {
    await takeAccess(ctx, statements, clients)
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal?.kind === 'rule')
      throw new Problem(refusal.code === 'office/last-administrator' ? 422 : 404, refusal.code)
    throw cause
  }
}
