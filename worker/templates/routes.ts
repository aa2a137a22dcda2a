import { Hono } from 'hono'
import * as z from 'zod/mini'
import { withText } from '#i18n/problem-text.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { accept, parse, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { IssueAnswer } from '#worker/ledger/voucher-answer.ts'
import { saveSplitKey } from './save-split-key.ts'
import { saveTemplate } from './save-template.ts'
import { SplitKeyCode, SplitKeyContent } from './split-key.ts'
import { readSplitKeys, readTemplate, readTemplates, readVersions } from './store.ts'
import { TemplateContent, TemplateKey } from './template.ts'
import { tryTemplate } from './try-template.ts'

const TemplateAnswer = z.object({
  key: z.string(),
  version: z.int(),
  active: z.boolean(),
  content: TemplateContent,
  /** Where it came from the office's library: which version, and whether it has been made the client's own since. */
  office: z.nullable(z.object({ version: z.int(), differs: z.boolean() })),
})
const VersionAnswer = z.object({
  version: z.int(),
  content: TemplateContent,
  by: z.string(),
  recordedAt: z.string(),
})
const SplitKeyAnswer = z.object({
  code: z.string(),
  name: z.string(),
  dimension: z.string(),
  shares: z.array(z.object({ code: z.string(), weight: z.int() })),
  active: z.boolean(),
  version: z.int(),
})
const SavedTemplate = z.strictObject({ content: TemplateContent, active: z.optional(z.boolean()) })
export const Values = z.record(FilledText(30), z.union([z.string(), z.int('field/invalid')], 'field/invalid'), {
  error: 'field/invalid',
})
const Trial = z.strictObject({
  voucherDate: IsoDate,
  values: z.optional(Values),
  /** Tried as it is written, before it is saved. */
  content: z.optional(TemplateContent),
})

/** Templates, template keys and split keys of a company. Mounted at /companies/:company. */
export const templates = new Hono<Env>()
  .get(
    '/templates',
    operation({
      summary: 'Templates and template keys',
      access: 'register:read',
      answer: { status: 200, schema: z.object({ templates: z.array(TemplateAnswer) }), description: 'By key' },
    }),
    async (c) => c.json({ templates: await readTemplates(c.var.db) }),
  )
  .get(
    '/templates/:template',
    operation({
      summary: 'A template with its versions',
      access: 'register:read',
      answer: {
        status: 200,
        schema: z.extend(TemplateAnswer, { versions: z.array(VersionAnswer) }),
        description: 'Versions newest first',
      },
      problems: ['template/unknown'],
    }),
    async (c) => {
      const key = pathText(c, 'template')
      const found = await readTemplate(c.var.db, key)
      if (!found) throw new Problem(404, 'template/unknown', { params: { template: key } })
      return c.json({ ...found, versions: await readVersions(c.var.db, found.key) }, 200, etagOf(found.version))
    },
  )
  .put(
    '/templates/:template',
    operation({
      summary: 'Make a template, or its next version',
      description: 'Send the version you read as If-Match; 0 for one that must be new.',
      access: 'register:write',
      body: SavedTemplate,
      answer: { status: 200, schema: TemplateAnswer, description: 'As it is now' },
      problems: ['request/invalid', 'version/stale'],
    }),
    async (c) => {
      const wanted = await accept(c, SavedTemplate)
      const { template: key } = parse({ template: pathText(c, 'template') }, z.object({ template: TemplateKey }))
      const saved = await saveTemplate(actingOf(c), key, wanted, ifMatch(c))
      return c.json(saved, 200, etagOf(saved.version))
    },
  )
  .post(
    '/templates/:template/trial',
    operation({
      summary: 'Unfold a template into a voucher, without posting it',
      description: 'Amounts as øre or formulas. Gives the draft, its entries and every issue; the draft has no id yet.',
      access: 'register:read',
      reads: true,
      body: Trial,
      answer: {
        status: 200,
        schema: z.object({ draft: z.unknown(), entries: z.array(z.unknown()), issues: z.array(IssueAnswer) }),
        description: 'What it comes to',
      },
      problems: ['template/unknown'],
    }),
    async (c) => {
      const { voucherDate, values = {}, content } = await accept(c, Trial)
      const tried = await tryTemplate(c.var.db, pathText(c, 'template'), { voucherDate, values }, content)
      return c.json({ ...tried, issues: tried.issues.map((issue) => withText(issue, c.var.locale)) })
    },
  )
  .get(
    '/split-keys',
    operation({
      summary: 'Split keys: shares over the values of a dimension',
      access: 'register:read',
      answer: { status: 200, schema: z.object({ splitKeys: z.array(SplitKeyAnswer) }), description: 'By code' },
    }),
    async (c) => c.json({ splitKeys: await readSplitKeys(c.var.db) }),
  )
  .put(
    '/split-keys/:splitKey',
    operation({
      summary: 'Make a split key, or change it',
      description: 'Shares as `10=70;20=30`: weights, that mean parts of their sum. `FORDEL(CODE)` on a line uses it.',
      access: 'register:write',
      body: SplitKeyContent,
      answer: { status: 200, schema: SplitKeyAnswer, description: 'As it is now' },
      problems: ['request/invalid', 'version/stale'],
    }),
    async (c) => {
      const wanted = await accept(c, SplitKeyContent)
      const { splitKey } = parse({ splitKey: pathText(c, 'splitKey') }, z.object({ splitKey: SplitKeyCode }))
      const saved = await saveSplitKey(actingOf(c), splitKey, wanted, ifMatch(c))
      return c.json(saved, 200, etagOf(saved.version))
    },
  )
