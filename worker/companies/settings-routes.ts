import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { MODULES } from '#worker/access/module.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, acceptQuery } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { VAT_TERM_KINDS } from '#worker/vat/vat-term.ts'
import { changeCompany } from './change-company.ts'
import { CompanyChange } from './company-settings.ts'
import { type KeptCompany, readSettings } from './settings-store.ts'
import { type Copying, compareSettings, takeSettings } from './take-settings.ts'

const CompanyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  organisationNumber: z.nullable(z.string()),
  currency: z.string(),
  vatRegistered: z.boolean(),
  reverseChargeLiable: z.boolean(),
  /** How often VAT is reported. */
  vatTerm: z.enum(VAT_TERM_KINDS),
  /** Øre that a typed VAT amount may differ from the computed one without a reason. */
  vatAmountLimit: z.int(),
  /** Øre that a match may book as a rounding difference by itself. */
  matchDifferenceLimit: z.int(),
  cutOverDate: z.nullable(z.string()),
  modules: z.array(z.enum(MODULES)),
  colour: z.string(),
  test: z.boolean(),
  /** The caller's role. */
  role: z.string(),
  version: z.int(),
  createdAt: z.string(),
})
const told = (
  { settings, version, currency, createdAt }: KeptCompany,
  { id, colour, test, role }: Env['Variables']['access'],
): z.infer<typeof CompanyAnswer> => ({ id, ...settings, currency, colour, test, role, version, createdAt })

const From = z.strictObject({ from: FilledText(64) })
const Copy = z.strictObject({ from: FilledText(64), keys: z.array(FilledText(64), 'field/required') })

export const copyingOf = (c: Context<Env>): Copying => ({
  ...actingOf(c),
  env: c.env,
  control: c.var.control,
  principal: c.var.principal,
  company: c.var.access.id,
})

/** A company's own settings. Mounted at /companies/:company. */
export const settings = new Hono<Env>()
  .get(
    '/',
    operation({
      summary: 'The company',
      access: 'company:read',
      answer: { status: 200, schema: CompanyAnswer, description: 'With its version as ETag' },
    }),
    async (c) => {
      const found = await readSettings(c.var.db)
      return c.json(told(found, c.var.access), 200, etagOf(found.version))
    },
  )
  .patch(
    '/',
    operation({
      summary: 'Change the company',
      description: 'Send the version you read as If-Match.',
      access: 'company:write',
      body: CompanyChange,
      answer: { status: 200, schema: CompanyAnswer, description: 'As it is now' },
      problems: ['organisation-number/invalid', 'version/stale'],
    }),
    async (c) => {
      const change = await accept(c, CompanyChange)
      const ctx = { ...actingOf(c), control: c.var.control, company: c.var.access.id }
      const changed = await changeCompany(ctx, change, ifMatch(c))
      return c.json(told(changed, c.var.access), 200, etagOf(changed.version))
    },
  )
  .get(
    '/settings/differences',
    operation({
      summary: 'What this company would get of another’s settings',
      description:
        'Settings and voucher types of `from`, a company whose settings you may read, that differ from this one’s.',
      access: 'company:write',
      query: From,
      answer: {
        status: 200,
        schema: z.object({
          from: z.string(),
          name: z.string(),
          differences: z.array(z.object({ key: z.string(), was: z.unknown(), becomes: z.unknown() })),
        }),
        description: 'By setting; a voucher type with the fields that differ, `was` null where it is not there',
      },
      problems: ['company/unknown'],
    }),
    async (c) => c.json(await compareSettings(copyingOf(c), acceptQuery(c, From).from)),
  )
  .post(
    '/settings/copies',
    operation({
      summary: 'Take over settings of another company',
      description: 'The differences that are chosen, by their keys, each as the change it would be by hand.',
      access: 'company:write',
      body: Copy,
      answer: {
        status: 200,
        schema: z.object({ changed: z.array(z.string()) }),
        description: 'The keys that were changed',
      },
      problems: ['company/unknown', 'account/unknown', 'voucher-type/exists', 'version/stale'],
    }),
    async (c) => {
      const { from, keys } = await accept(c, Copy)
      return c.json({ changed: await takeSettings(copyingOf(c), from, keys) })
    },
  )
