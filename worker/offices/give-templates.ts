import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { noteOffice, readTemplate, readTemplates, writeTemplate } from '#worker/templates/store.ts'
import { checkTemplate, type TemplateContent } from '#worker/templates/template.ts'
import {
  type ClientOfOffice,
  countClients,
  insertOffice,
  joinOffice,
  type LibraryTemplate,
  type Office,
  readLibrary,
  readOffice,
  readOwnClients,
  writeLibraryTemplate,
} from './library-store.ts'

export type Librarian = { env: Bindings; control: Database; principal: Principal; at: Instant }

/** What sharing came to for a client: new there, brought up to date, kept as its own beside the office's, or the same already. */
export type Shared = { company: string; name: string; result: 'created' | 'updated' | 'differs' | 'unchanged' }

/** How a client stands to a template of the library; no template there is not among them. */
export type ClientTemplates = {
  company: string
  name: string
  templates: { key: string; version: number; differs: boolean }[]
}

/** The office's library, and how each client stands to it. No office yet: an empty library. */
export async function readOfficeLibrary(ctx: Librarian) {
  const clients = await ownClients(ctx)
  const office = await officeOf(ctx, clients)
  const templates = office ? await readLibrary(ctx.control, office.id) : []
  return { office: office ?? null, templates, clients: await Promise.all(clients.map((c) => standing(ctx, c))) }
}

async function standing({ env }: Librarian, { id, name, database }: ClientOfOffice): Promise<ClientTemplates> {
  const db = companyDatabase(env, database)
  await migrate(db, database, companyMigrations)
  const templates = (await readTemplates(db)).flatMap(({ key, office }) => (office ? [{ key, ...office }] : []))
  return { company: id, name, templates }
}

/**
 * One office for those who work together: the one that most of one's own clients belong to. Whoever keeps one client of several,
 * as a client's own administrator does, is not of the office: its library goes to companies that are none of theirs.
 */
async function officeOf({ control }: Librarian, clients: readonly ClientOfOffice[]): Promise<Office | undefined> {
  const count = new Map<string, number>()
  for (const { office } of clients) if (office !== null) count.set(office, (count.get(office) ?? 0) + 1)
  const [most] = [...count].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  if (!most || (most[1] === 1 && (await countClients(control, most[0])) > 1)) return undefined
  return readOffice(control, most[0])
}

/** @throws Problem 403 permission/missing for whoever keeps no client's registers; a key belongs to one company. */
async function ownClients({ control, principal }: Librarian): Promise<ClientOfOffice[]> {
  const clients = await readOwnClients(control, principal)
  if (clients.length === 0) throw new Problem(403, 'permission/missing')
  return clients
}

/**
 * Makes a template of the library, or its next version. Clients have it when it is shared to them. The first one makes the
 * office, and the clients without one become its.
 * @throws Problem 403 permission/missing for a single client's keeper; 409 version/stale; 422 request/invalid.
 */
export async function saveLibraryTemplate(
  ctx: Librarian,
  key: string,
  content: TemplateContent,
  version: number | undefined,
): Promise<LibraryTemplate> {
  const clients = await ownClients(ctx)
  const issues = checkTemplate(content)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const free = clients.some((client) => client.office === null)
  const office = (await officeOf(ctx, clients)) ?? (free ? await openOffice(ctx, clients) : undefined)
  if (!office) throw new Problem(403, 'permission/missing')
  const found = (await readLibrary(ctx.control, office.id)).find((t) => t.key === key)
  checkVersion(version, found?.version ?? 0)
  if (found && JSON.stringify(found.content) === JSON.stringify(content)) return found
  const before = found?.version ?? 0
  const next = { key, version: before + 1, content, by: ctx.principal.id, changedAt: ctx.at }
  const written = await ctx.control.execute(writeLibraryTemplate(office.id, next, before)).catch((cause) => {
    if (refusalOf(cause)?.kind === 'taken') throw new Problem(409, 'version/stale')
    throw cause
  })
  if (written.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return next
}

async function openOffice({ control, principal, at }: Librarian, clients: readonly ClientOfOffice[]): Promise<Office> {
  const office = { id: idOf('off', crypto.getRandomValues(new Uint8Array(17))), name: principal.name || principal.id }
  await control.batch(
    [
      insertOffice(office, at),
      joinOffice(
        office.id,
        clients.map((c) => c.id),
      ),
    ],
    'write',
  )
  return office
}

/**
 * Shares a template of the library to clients. One that a client has made its own stays its own, with the office's beside it.
 * @throws Problem 404 template/unknown, company/unknown; 409 office/other for a client of another office.
 */
export async function shareTemplate(ctx: Librarian, key: string, companies: readonly string[]): Promise<Shared[]> {
  const clients = await ownClients(ctx)
  const office = await officeOf(ctx, clients)
  const template = office && (await readLibrary(ctx.control, office.id)).find((t) => t.key === key)
  if (!office || !template) throw new Problem(404, 'template/unknown', { params: { template: key } })
  const chosen = companies.map((id) => {
    const client = clients.find((c) => c.id === id)
    if (!client) throw new Problem(404, 'company/unknown')
    if (client.office !== null && client.office !== office.id)
      throw new Problem(409, 'office/other', { params: { company: client.name } })
    return client
  })
  await ctx.control.execute(joinOffice(office.id, companies))
  const shared: Shared[] = []
  for (const client of chosen)
    shared.push({ company: client.id, name: client.name, result: await shareTo(ctx, client, template) })
  return shared
}

async function shareTo(ctx: Librarian, client: ClientOfOffice, t: LibraryTemplate): Promise<Shared['result']> {
  const db = companyDatabase(ctx.env, client.database)
  await migrate(db, client.database, companyMigrations)
  const found = await readTemplate(db, t.key)
  const office = { version: t.version, content: t.content }
  const { at } = ctx
  const by = ctx.principal.id
  if (found && JSON.stringify(found.content) === JSON.stringify(t.content)) {
    if (found.office?.version === t.version && !found.office.differs) return 'unchanged'
    await db.execute(noteOffice(found.key, office))
    return 'unchanged'
  }
  // Its own from the start, or made its own since: the office's version stands beside it until somebody takes it.
  if (found && (!found.office || found.office.differs)) {
    const event = {
      type: 'template.differs',
      at,
      by,
      subject: found.key,
      changes: { office: [null, t.version] as const },
    }
    await db.batch([noteOffice(found.key, office), insertEvents(event)], 'write')
    return 'differs'
  }
  const before = found?.version ?? 0
  const kept = { key: found?.key ?? t.key, version: before + 1, active: true, content: t.content, by, at }
  const event = {
    type: 'template.shared',
    at,
    by,
    subject: kept.key,
    changes: { version: [before, kept.version] as const },
  }
  await db.batch([...writeTemplate(kept, before, office), insertEventsIfChanged(event)], 'write')
  return found ? 'updated' : 'created'
}
