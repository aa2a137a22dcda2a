import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readCompanies } from '#worker/access/store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { NewCompany } from './company.ts'
import { createCompany } from './create-company.ts'
import { firstRun } from './first-run.ts'

const Company = z.object({
  id: z.string(),
  name: z.string(),
  organisationNumber: z.nullable(z.string()),
  role: z.string(),
  /** What a role of the company’s own is called. */
  roleName: z.nullable(z.string()),
  /** All that one may do there. */
  permissions: z.array(z.string()),
  /** The accounting office that keeps the books. */
  office: z.nullable(z.string()),
  /** An auditor’s access: which fiscal years, and until when. */
  audit: z.nullable(z.object({ years: z.array(z.int()), until: z.string() })),
  /** The colour that says which company one is in; a test company is hatched. */
  colour: z.string(),
  test: z.boolean(),
  /** When it is deleted, if that was asked for. */
  deletesAt: z.nullable(z.string()),
  /** Since when nothing happens in it on schedule: it was restored and is not taken into use. */
  pausedAt: z.nullable(z.string()),
})

/** Companies the caller may reach, and new ones. */
export const companies = new Hono<Env>()
  .get(
    '/companies',
    operation({
      summary: 'Companies you may reach',
      access: 'signed-in',
      answer: { status: 200, schema: z.object({ companies: z.array(Company) }), description: 'By name' },
    }),
    async (c) => {
      const found = await readCompanies(c.var.control, c.var.principal)
      return c.json({
        companies: found.map(({ database: _, books: _books, ...company }) => company),
      })
    },
  )
  .post(
    '/companies',
    operation({
      summary: 'Open the books of a new company',
      description: 'Makes a database with standard chart, VAT codes, voucher types and fiscal years.',
      access: 'signed-in',
      body: NewCompany,
      answer: { status: 201, schema: z.object({ id: z.string() }), description: 'The company' },
      problems: ['organisation-number/invalid', 'office/unknown', 'permission/missing'],
    }),
    async (c) => {
      const { principal, control } = c.var
      if (principal.kind === 'key') throw new Problem(403, 'permission/missing') // a key belongs to one company
      const wanted = await accept(c, NewCompany)
      const { id } = await createCompany({ env: c.env, control, principal }, wanted)
      return c.json({ id }, 201)
    },
  )
  .post(
    '/instance/first-run',
    operation({
      summary: 'Give an empty installation its demo company',
      description: 'Asked by `npm start`. Does nothing when there is a company.',
      access: 'operator',
      answer: {
        status: 200,
        schema: z.object({ created: z.boolean(), company: z.nullable(z.string()) }),
        description: 'Whether a company was made, and which',
      },
    }),
    async (c) => {
      const { principal, control } = c.var
      const today = dayInOslo(new Date().toISOString() as Instant)
      return c.json(await firstRun({ env: c.env, control, principal, today }))
    },
  )
