import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readNames } from '#worker/access/user-store.ts'
import { Problem } from '#worker/core/problem.ts'
import { tellLive } from '#worker/events/tell-live.ts'
import { accept, acceptQuery, parse, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { DraftAnswer, ListedDraftAnswer } from './draft-answer.ts'
import { DraftChanges, DraftId } from './draft-row.ts'
import { removeDraft, restoreDraft } from './remove-draft.ts'
import { saveDraft } from './save-draft.ts'
import { readDraft, readDrafts, type StoredDraft } from './store.ts'

const DraftQuery = z.strictObject({ since: z.optional(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid'))) })
const DraftsQuery = z.strictObject({ deleted: z.optional(z.enum(['true', 'false'], { error: 'field/invalid' })) })

/** Drafts of vouchers, shared by the people of a company. Mounted at /companies/:company. */
export const drafts = new Hono<Env>()
  .get(
    '/voucher-drafts',
    operation({
      summary: 'Drafts of vouchers, newest first',
      description: 'Those with something in them that is not posted; with deleted=true those that can be had back.',
      access: 'ledger:read',
      query: DraftsQuery,
      answer: { status: 200, schema: z.object({ drafts: z.array(ListedDraftAnswer) }), description: 'At most 500' },
    }),
    async (c) => c.json({ drafts: await readDrafts(c.var.db, acceptQuery(c, DraftsQuery).deleted === 'true') }),
  )
  .get(
    '/voucher-drafts/:draft',
    operation({
      summary: 'A draft with its rows',
      description: 'With since, only the rows that were written after that version of it.',
      access: 'ledger:read',
      query: DraftQuery,
      answer: { status: 200, schema: DraftAnswer, description: 'Rows in order; removed ones are marked' },
      problems: ['draft/unknown'],
    }),
    async (c) => {
      const { since } = acceptQuery(c, DraftQuery)
      const draft = await readDraft(c.var.db, pathText(c, 'draft'), Number(since ?? 0))
      if (!draft) throw new Problem(404, 'draft/unknown')
      return c.json(await withNames(c, draft))
    },
  )
  .post(
    '/voucher-drafts/:draft/changes',
    operation({
      summary: 'Write rows into a draft',
      description:
        'The client makes the id, and the draft comes into being with its first rows. A row that somebody else wrote after `since` is not taken: it is among the rows of the answer, to be merged and sent again.',
      access: 'ledger:post',
      body: DraftChanges,
      answer: { status: 200, schema: DraftAnswer, description: 'What others wrote since, and the version it has now' },
    }),
    async (c) => {
      const changes = await accept(c, DraftChanges)
      const id = idOf(c)
      const saved = await saveDraft(actingOf(c), id, changes)
      if (changes.rows.length > 0) await tellLive(c, { type: 'draft', draft: id, version: saved.version })
      return c.json(await withNames(c, saved))
    },
  )
  .delete(
    '/voucher-drafts/:draft',
    operation({
      summary: 'Delete a draft',
      access: 'ledger:post',
      answer: { status: 204, description: 'It can be had back for 30 days' },
      problems: ['draft/unknown'],
    }),
    async (c) => {
      const id = pathText(c, 'draft')
      await removeDraft(actingOf(c), id)
      await tellLive(c, { type: 'draft', draft: id, version: 0 })
      return c.body(null, 204)
    },
  )
  .post(
    '/voucher-drafts/:draft/restoration',
    operation({
      summary: 'Bring a deleted draft back',
      access: 'ledger:post',
      answer: { status: 200, schema: DraftAnswer, description: 'The draft, as it was' },
      problems: ['draft/unknown'],
    }),
    async (c) => {
      const restored = await restoreDraft(actingOf(c), pathText(c, 'draft'))
      await tellLive(c, { type: 'draft', draft: restored.id, version: restored.version })
      return c.json(await withNames(c, restored))
    },
  )

/** @throws Problem 422 request/invalid for an id that is none of a draft. */
const idOf = (c: Context<Env>): string => parse({ draft: pathText(c, 'draft') }, z.object({ draft: DraftId })).draft

async function withNames(c: Context<Env>, draft: StoredDraft): Promise<DraftAnswer> {
  const { rows, posted, changedBy, deletedBy } = draft
  const ids = new Set([
    ...rows.map((r) => r.by),
    ...posted.map((p) => p.by),
    changedBy,
    ...(deletedBy ? [deletedBy] : []),
  ])
  const { principal } = c.var
  const known = [...ids].every((id) => id === principal.id)
  const names = known ? new Map([[principal.id, principal.name]]) : await readNames(c.var.control, [...ids])
  return { ...draft, names: Object.fromEntries(names) }
}
