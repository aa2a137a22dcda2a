import { companyMigrations } from '#db/company/migrations.ts'
import { type OfficeAccess, readOffices } from '#worker/access/office-access.ts'
import { mayDo, mayInOffice, type Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { noteOffice, readTemplate, readTemplates, writeTemplate } from '#worker/templates/store.ts'
import { checkTemplate, type TemplateContent } from '#worker/templates/template.ts'
import { type LibraryTemplate, readLibrary, writeLibraryTemplate } from './library-store.ts'

export type Librarian = { env: Bindings; control: Database; principal: Principal; at: Instant }

/** What sharing came to for a client: new there, brought up to date, kept as its own beside the office's, or the same already. */
export type Shared = { company: string; name: string; result: 'created' | 'updated' | 'differs' | 'unchanged' }

/** How a client stands to a template of the library; no template there is not among them. */
export type ClientTemplates = {
  company: string
  name: string
  templates: { key: string; version: number; differs: boolean }[]
}

/** The office's library, and how each client stands to it. Who is in no office sees an empty library. */
export async function readOfficeLibrary(ctx: Librarian, wanted?: string) {
  const office = await officeOf(ctx, wanted)
  if (!office) return { office: null, templates: [], clients: [] }
  const clients = await ownClients(ctx, office)
  const templates = await readLibrary(ctx.control, office.id)
  return {
    office: { id: office.id, name: office.name },
    templates,
    clients: await Promise.all(clients.map((c) => standing(ctx, c))),
  }
}

/** The clients of the office in which the caller keeps the registers. */
export const ownClients = async ({ control, principal }: Librarian, office: OfficeAccess): Promise<CompanyAccess[]> =>
  (await readCompanies(control, principal)).filter(
    (company) => company.office === office.id && mayDo(company, 'register:write'),
  )

/**
 * The office whose library it is: the one named, or the one the caller works in.
 * @throws Problem 404 office/unknown; 403 permission/missing for a key, which belongs to one company.
 */
export async function officeOf({ control, principal }: Librarian, wanted?: string): Promise<OfficeAccess | undefined> {
  if (principal.kind === 'key') throw new Problem(403, 'permission/missing')
  const offices = await readOffices(control, principal)
  const office = wanted === undefined ? offices[0] : offices.find((one) => one.id === wanted)
  if (wanted !== undefined && !office) throw new Problem(404, 'office/unknown')
  return office
}

async function standing({ env }: Librarian, { id, name, database }: CompanyAccess): Promise<ClientTemplates> {
  const db = companyDatabase(env, database)
  await migrate(db, database, companyMigrations)
  const templates = (await readTemplates(db)).flatMap(({ key, office }) => (office ? [{ key, ...office }] : []))
  return { company: id, name, templates }
}

/**
 * Makes a template of the library, or its next version. Clients have it when it is shared to them.
 * @throws Problem as `officeOf` does; 403 permission/missing; 409 version/stale; 422 request/invalid.
 */
export async function saveLibraryTemplate(
  ctx: Librarian,
  key: string,
  content: TemplateContent,
  version: number | undefined,
  wanted?: string,
): Promise<LibraryTemplate> {
  const office = await officeOf(ctx, wanted)
  if (!office || !mayInOffice(office.role, 'office-library:write')) throw new Problem(403, 'permission/missing')
  const issues = checkTemplate(content)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
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

/**
 * Shares a template of the library to clients. One that a client has made its own stays its own, with the office's beside it.
 * @throws Problem 404 template/unknown, company/unknown; 409 office/other for a company that is no client of the office.
 */
export async function shareTemplate(
  ctx: Librarian,
  key: string,
  companies: readonly string[],
  wanted?: string,
): Promise<Shared[]> {
  const office = await officeOf(ctx, wanted)
  const template = office && (await readLibrary(ctx.control, office.id)).find((t) => t.key === key)
  if (!office || !template) throw new Problem(404, 'template/unknown', { params: { template: key } })
  const reached = await readCompanies(ctx.control, ctx.principal)
  const chosen = companies.map((id) => {
    const client = reached.find((c) => c.id === id && mayDo(c, 'register:write'))
    if (!client) throw new Problem(404, 'company/unknown')
    if (client.office !== office.id) throw new Problem(409, 'office/other', { params: { company: client.name } })
    return client
  })
  const shared: Shared[] = []
  for (const client of chosen)
    shared.push({ company: client.id, name: client.name, result: await shareTo(ctx, client, template) })
  return shared
}

async function shareTo(ctx: Librarian, client: CompanyAccess, t: LibraryTemplate): Promise<Shared['result']> {
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
