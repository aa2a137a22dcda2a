import { keyFrom, startOf } from '#worker/access/api-key.ts'
import { withNeeded } from '#worker/access/custom-role.ts'
import { insertInvitation } from '#worker/access/invitation-store.ts'
import { insertKey } from '#worker/access/key-store.ts'
import type { Permission, Principal, Role } from '#worker/access/permission.ts'
import { insertRole } from '#worker/access/role-store.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { endsAt } from '#worker/auditors/audit-order.ts'
import { grantOrder, insertOrder } from '#worker/auditors/store.ts'
import type { NewControlEntry } from '#worker/control-log/control-entry.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import { type Instant, type IsoDate, yearOf } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { type CompanyId, idOf } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { insertUser } from '#worker/identity/user-store.ts'
import { insertOfficeOf, insertStaff, joinOffice, replaceAssignments } from '#worker/offices/office-store.ts'
import { createCompany } from './create-company.ts'
import { keepDemoOpening, keepDemoTakeover } from './keep-demo-takeover.ts'
import { insertMembership } from './store.ts'

type Context = { env: Bindings; control: Database; today: IsoDate }
const DAY_MS = 24 * 3600_000

const OFFICE = { name: 'Fjordtall Regnskap AS', organisationNumber: '313482006' }
const CLIENTS = [
  { name: 'Nordlys Kafé AS', organisationNumber: '312774100' },
  { name: 'Storfjord Bygg AS', organisationNumber: '313991504' },
] as const
/** Who works where in the demo, beside its own user. Nobody has a password: they are there to be seen. */
const PEOPLE = {
  marte: { name: 'Marte Nilsen', email: 'marte@fjordtall.example' },
  jonas: { name: 'Jonas Berg', email: 'jonas@fjordtall.example' },
  per: { name: 'Per Lofthus', email: 'per@lofthus.example' },
  silje: { name: 'Silje Aune', email: 'silje@lofthus.example' },
  anne: { name: 'Anne Revik', email: 'anne@revik.example' },
} as const

const idFor = (prefix: string): string => idOf(prefix, crypto.getRandomValues(new Uint8Array(17)))

/**
 * People around the demo company, so that its pages show life: an accounting office with staff and other clients, members, a
 * role of the company's own, an invitation, an auditor for last year, and a key. All of it stands in the log of access.
 */
export async function keepDemoOffice(ctx: Context, company: CompanyId, owner: Extract<Principal, { kind: 'user' }>) {
  const { control, today } = ctx
  const at = new Date().toISOString() as Instant
  const later = (days: number): Instant => new Date(Date.parse(at) + days * DAY_MS).toISOString() as Instant
  const office = idFor('off')
  const ids = Object.fromEntries(Object.keys(PEOPLE).map((who) => [who, idFor('usr')])) as Record<
    keyof typeof PEOPLE,
    string
  >
  const log = (type: string, subject: string, more: Partial<NewControlEntry> = {}): NewControlEntry => ({
    type,
    at,
    by: owner.id,
    subject,
    ...more,
  })
  const role = idFor('rol')
  const permissions = withNeeded(['register:write', 'document:write', 'report:read'] as Permission[])
  const members: [keyof typeof PEOPLE, Role | string][] = [
    ['per', 'approver'],
    ['silje', role],
  ]
  await control.batch(
    [
      ...Object.entries(PEOPLE).map(([who, { name, email }]) =>
        insertUser({ id: ids[who as keyof typeof PEOPLE], email, name, passwordHash: null, locale: 'nb' }, at),
      ),
      ...insertOfficeOf(office, OFFICE, owner.id, at),
      insertStaff(office, ids.marte, 'accountant', at),
      insertStaff(office, ids.jonas, 'assistant', at),
      joinOffice(company, office),
      insertRole({ id: role, name: 'Innkjøper', permissions, company, by: owner.id, at }),
      ...members.map(([who, given]) => insertMembership(ids[who], company, given, at)),
      insertControlEntries(
        log('office.created', office, { office, changes: { name: [null, OFFICE.name] } }),
        log('role.created', role, { company, changes: { name: [null, 'Innkjøper'] } }),
        ...members.map(([who, given]) =>
          log('member.added', ids[who], { company, user: ids[who], changes: { role: [null, given] } }),
        ),
      ),
    ],
    'write',
  )
  await openClients(ctx, office, owner, ids)
  await control.batch(
    [
      ...replaceAssignments(
        company,
        [
          { user: ids.marte, duty: 'responsible', role: 'accountant' },
          { user: ids.jonas, duty: 'team', role: 'reader' },
        ],
        owner.id,
        at,
      ),
      insertInvitation({
        id: idFor('inv'),
        place: { company },
        email: 'kari.holm@lofthus.example',
        name: 'Kari Holm',
        role: 'approver',
        language: 'nb',
        tokenHash: await sha256(idFor('inv')),
        by: owner.id,
        at,
        expiresAt: later(7),
        mailed: false,
        auditAccess: null,
      }),
      insertControlEntries(
        log('invitation.sent', 'kari.holm@lofthus.example', { company, changes: { role: [null, 'approver'] } }),
      ),
    ],
    'write',
  )
  await letAuditorIn(ctx, company, owner.id, ids.anne, at, yearOf(today) - 1)
  await makeKey(ctx, company, owner, at)
}

/** Two more clients on their way in from other systems, divided among the staff. */
async function openClients(
  ctx: Context,
  office: string,
  owner: Extract<Principal, { kind: 'user' }>,
  { marte, jonas }: { marte: string; jonas: string },
): Promise<void> {
  const at = new Date().toISOString() as Instant
  for (const [i, details] of CLIENTS.entries()) {
    const { id, database, db } = await createCompany({ ...ctx, principal: owner }, { ...details, office, test: true })
    const staff = [
      { user: i === 0 ? marte : jonas, duty: 'responsible', role: 'accountant' },
      { user: i === 0 ? jonas : marte, duty: 'team', role: 'accountant' },
    ] as const
    await ctx.control.batch(replaceAssignments(id, staff, owner.id, at), 'write')
    const access = { id, database, books: id }
    const acting = { env: ctx.env, access, db, by: owner.id, at, name: owner.name, rights: { softLock: true } }
    await (i === 0 ? keepDemoOpening : keepDemoTakeover)(acting, ctx.today)
  }
}

async function letAuditorIn(
  { control }: Context,
  company: CompanyId,
  by: string,
  user: string,
  at: Instant,
  year: number,
): Promise<void> {
  const id = idFor('aud')
  const { name, email } = PEOPLE.anne
  const scope = { firstYear: year, lastYear: year, days: 90 }
  const order = {
    ...{ id, company, organisationNumber: null, user, email, name, firm: 'Revik Revisjon AS' },
    ...{ orderedFrom: 'auditor' as const, orderedBy: user, orderedAt: at, message: `Årsrevisjon ${year}` },
  }
  const changes = { years: [null, String(year)] as const, endsAt: [null, endsAt(at, scope.days)] as const }
  await control.batch(
    [
      insertOrder({ ...order, ...scope }),
      grantOrder({ id, user, by, at, endsAt: endsAt(at, scope.days), ...scope }),
      insertControlEntries({ type: 'audit-access.granted', at, by, company, user, subject: id, changes }),
    ],
    'write',
  )
}

/** A key whose secret nobody has seen. */
async function makeKey(
  { control }: Context,
  company: CompanyId,
  { id: by, name: byName }: { id: string; name: string },
  at: Instant,
) {
  const secret = keyFrom(crypto.getRandomValues(new Uint8Array(32)))
  const id = idFor('key')
  const name = 'Kassesystemet i butikken'
  const rights = { role: 'accountant' as const, scopes: ['register:read', 'ledger:post'] as Permission[] }
  const times = { createdBy: by, createdAt: at, expiresAt: null, revokedAt: null, lastUsedAt: null, lastUsedFrom: null }
  const alert = { kind: 'key-created', subject: id, params: { by: byName, name }, at } as const
  await control.batch(
    [
      insertKey(
        { id, name, ...rights, networks: [], app: null, start: startOf(secret), ...times },
        { company },
        await sha256(secret),
      ),
      insertControlEntries({ type: 'key.created', at, by, company, subject: id, changes: { name: [null, name] } }),
      alertAdministrators(alert, company),
    ],
    'write',
  )
}
