import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { CompanyId } from '#worker/core/ids.ts'
import { accept, acceptQuery, parse, pathText } from '#worker/http/accept.ts'
import { etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { TemplateContent, TemplateKey } from '#worker/templates/template.ts'
import { type Librarian, readOfficeLibrary, saveLibraryTemplate, shareTemplate } from './give-templates.ts'

const LibraryTemplateAnswer = z.object({
  key: z.string(),
  version: z.int(),
  content: TemplateContent,
  by: z.string(),
  changedAt: z.string(),
})
/** Which office, for whoever works in several. */
const WhichOffice = z.strictObject({ office: z.optional(z.string()) })
const Sharing = z.strictObject({
  companies: z
    .array(CompanyId, { error: 'field/invalid' })
    .check(z.minLength(1, 'field/required'), z.maxLength(500, 'field/invalid')),
})

/** The office's library of templates, shared to its clients (features.md LED-12). */
export const officeLibrary = new Hono<Env>()
  .get(
    '/office/templates',
    operation({
      summary: 'The office’s templates, and how each client stands to them',
      access: 'signed-in',
      query: WhichOffice,
      answer: {
        status: 200,
        schema: z.object({
          office: z.nullable(z.object({ id: z.string(), name: z.string() })),
          templates: z.array(LibraryTemplateAnswer),
          clients: z.array(
            z.object({
              company: z.string(),
              name: z.string(),
              templates: z.array(z.object({ key: z.string(), version: z.int(), differs: z.boolean() })),
            }),
          ),
        }),
        description: 'Clients whose registers you keep',
      },
      problems: ['office/unknown', 'permission/missing'],
    }),
    async (c) => c.json(await readOfficeLibrary(librarianOf(c), acceptQuery(c, WhichOffice).office)),
  )
  .put(
    '/office/templates/:template',
    operation({
      summary: 'Make a template of the office’s library, or its next version',
      description: 'Clients have it when it is shared to them. Send the version you read as If-Match.',
      access: 'signed-in',
      query: WhichOffice,
      body: TemplateContent,
      answer: { status: 200, schema: LibraryTemplateAnswer, description: 'As it is now' },
      problems: ['office/unknown', 'permission/missing', 'request/invalid', 'version/stale'],
    }),
    async (c) => {
      const { office } = acceptQuery(c, WhichOffice)
      const content = await accept(c, TemplateContent)
      const { template } = parse({ template: pathText(c, 'template') }, z.object({ template: TemplateKey }))
      const saved = await saveLibraryTemplate(librarianOf(c), template, content, ifMatch(c), office)
      return c.json(saved, 200, etagOf(saved.version))
    },
  )
  .post(
    '/office/templates/:template/sharing',
    operation({
      summary: 'Share a template of the office’s library to clients',
      description: 'A template that a client has made its own stays so, and is marked as differing.',
      access: 'signed-in',
      query: WhichOffice,
      body: Sharing,
      answer: {
        status: 200,
        schema: z.object({
          shared: z.array(
            z.object({
              company: z.string(),
              name: z.string(),
              result: z.enum(['created', 'updated', 'differs', 'unchanged']),
            }),
          ),
        }),
        description: 'What it came to for each',
      },
      problems: ['office/unknown', 'permission/missing', 'template/unknown', 'company/unknown', 'office/other'],
    }),
    async (c) => {
      const { office } = acceptQuery(c, WhichOffice)
      const { companies } = await accept(c, Sharing)
      return c.json({ shared: await shareTemplate(librarianOf(c), pathText(c, 'template'), companies, office) })
    },
  )

const librarianOf = (c: Context<Env>): Librarian => ({
  env: c.env,
  control: c.var.control,
  principal: c.var.principal,
  at: new Date().toISOString() as Instant,
})
