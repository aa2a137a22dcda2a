import { mayInOffice } from '#worker/access/permission.ts'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import {
  type Librarian,
  officeOf,
  ownClients,
  saveLibraryTemplate,
  shareTemplate,
} from '#worker/offices/give-templates.ts'
import { saveTemplate } from '#worker/templates/save-template.ts'
import { readOfficeContent, readTemplate } from '#worker/templates/store.ts'
import type { Template } from '#worker/templates/template.ts'
import { readForm } from '../form.ts'
import { type Page, textsOf } from '../page.tsx'
import { companyPath } from '../shell.tsx'

/** Clients offered to share to; an office with more shares by the API. */
const MOST = 200

/** The office's library: share this template to clients, and take the office's where this one differs. */
export async function OfficeSection({ c, template }: { c: Page; template: Template }) {
  const words = textsOf(c).templates.office
  const { access, principal } = c.var
  const ctx = librarianOf(c)
  const office =
    principal.kind === 'key' || access.office === null
      ? undefined
      : await officeOf(ctx, access.office).catch(() => undefined)
  const mayShare = office !== undefined && mayInOffice(office.role, 'office-library:write')
  const clients = mayShare ? (await ownClients(ctx, office)).slice(0, MOST) : []
  const action = (path: string) => companyPath(access, `/templates/${encodeURIComponent(template.key)}/${path}`)
  if (clients.length === 0 && !template.office?.differs) return null
  return (
    <section class="hb-section">
      <div class="hb-section-head">
        <h2>{words.title}</h2>
      </div>
      {template.office?.differs && (
        <form method="post" action={action('office')} class="hb-form-actions">
          <span class="hb-chip" data-state="warning">
            {textsOf(c).templates.differs}
          </span>
          <button class="ds-button" data-variant="secondary" type="submit" title={words.takeNote}>
            {words.take}
          </button>
        </form>
      )}
      {clients.length > 0 && (
        <form method="post" action={action('sharing')} class="hb-form">
          <p class="hb-quiet">{words.intro}</p>
          {clients.map((client) => (
            <label class="hb-check">
              <input type="checkbox" name="companies" value={client.id} checked={client.id === access.id} />
              {client.name}
            </label>
          ))}
          <div class="hb-form-actions">
            <button class="ds-button" data-variant="secondary" type="submit">
              {words.share}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}

/** Puts the template in the office's library as it stands here, and shares it. */
export async function submitSharing(c: Page): Promise<Response> {
  const fields = await readForm(c)
  const template = await called(c)
  const companies = (fields.companies ?? '').split(',').filter(Boolean)
  const ctx = librarianOf(c)
  await saveLibraryTemplate(ctx, template.key, template.content, undefined, c.var.access.office ?? undefined)
  const shared =
    companies.length === 0 ? [] : await shareTemplate(ctx, template.key, companies, c.var.access.office ?? undefined)
  const count = (result: string) => shared.filter((s) => s.result === result).length
  const counts = ['created', 'updated', 'differs', 'unchanged'].map(count).join(',')
  const path = `/templates/${encodeURIComponent(template.key)}?shared=${counts}`
  return c.redirect(companyPath(c.var.access, path), 303)
}

/** Takes the office's version in place of the client's own, which stays among its versions. */
export async function submitTakeOffice(c: Page): Promise<Response> {
  const template = await called(c)
  const content = await readOfficeContent(c.var.db, template.key)
  if (content) await saveTemplate(actingOf(c), template.key, { content }, template.version)
  return c.redirect(companyPath(c.var.access, `/templates/${encodeURIComponent(template.key)}`), 303)
}

async function called(c: Page): Promise<Template> {
  const key = pathText(c, 'template')
  const template = await readTemplate(c.var.db, key)
  if (!template) throw new Problem(404, 'template/unknown', { params: { template: key } })
  return template
}

const librarianOf = (c: Page): Librarian => ({
  env: c.env,
  control: c.var.control,
  principal: c.var.principal,
  at: new Date().toISOString() as Instant,
})
