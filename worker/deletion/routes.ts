import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { isOperator } from '#worker/access/operator.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { DeletionAsked } from './company-deletion.ts'
import { askDeletion, readProspect, restoreFromDeletion } from './remove-company.ts'
import { readDeletion, readDeletions, type StoredDeletion } from './store.ts'

const Deletion = z.object({
  id: z.string(),
  company: z.string(),
  askedAt: z.string(),
  askedBy: z.string(),
  ground: z.string(),
  retentionUntil: z.nullable(z.string()),
  deletesAt: z.string(),
  undoneAt: z.nullable(z.string()),
  doneAt: z.nullable(z.string()),
  /** The text that is hashed and signed; null until it is done. */
  proof: z.nullable(z.string()),
  proofHash: z.nullable(z.string()),
  signature: z.nullable(z.string()),
})
const Prospect = z.object({
  vouchers: z.int(),
  entries: z.int(),
  documents: z.int(),
  backups: z.int(),
  ledgerVersion: z.int(),
  chainHead: z.string(),
  lastBooked: z.nullable(z.string()),
  retentionUntil: z.nullable(z.string()),
  /** Whether the law asks for the books to be kept today: then a ground must be stated. */
  retained: z.boolean(),
  asked: z.nullable(Deletion),
})

const told = ({ found: _found, droppingAt: _droppingAt, ...deletion }: StoredDeletion) => deletion

/** Deleting a company, and undoing it. Mounted at /companies/:company. */
export const deletion = new Hono<Env>()
  .get(
    '/deletion',
    operation({
      summary: 'What deleting the company would take away',
      description: 'And until when its books must be kept, and whether it was asked for.',
      access: 'company:delete',
      answer: { status: 200, schema: Prospect, description: 'In numbers' },
    }),
    async (c) => {
      const { asked, ...prospect } = await readProspect(rightsContextOf(c))
      return c.json({ ...prospect, asked: asked ? told(asked) : null })
    },
  )
  .post(
    '/deletion',
    operation({
      summary: 'Delete the company',
      description:
        'After 30 days database, documents and backups are removed and a signed proof remains. Until then it can be undone, and nothing can be written. Take the archive out first.',
      access: 'company:delete',
      stepUp: true,
      body: DeletionAsked,
      answer: { status: 201, schema: Deletion, description: 'The deletion, which can be undone' },
      problems: ['company/being-deleted', 'company-deletion/other-name', 'company-deletion/must-be-kept'],
    }),
    async (c) => c.json(told(await askDeletion(rightsContextOf(c), await accept(c, DeletionAsked))), 201),
  )
  .delete(
    '/deletion',
    operation({
      summary: 'Keep the company after all',
      access: 'company:delete',
      whileDeleting: true,
      answer: { status: 204, description: 'The company is as it was' },
      problems: ['company-deletion/unknown', 'company-deletion/final'],
    }),
    async (c) => {
      await restoreFromDeletion(rightsContextOf(c))
      return c.body(null, 204)
    },
  )

/** A deletion for whoever asked for it, was told of it or administers the company, or an operator. @throws Problem 404 company-deletion/unknown. */
export async function deletionFor(c: Context<Env>): Promise<StoredDeletion> {
  const found = await readDeletion(c.var.control, pathText(c, 'deletion'), readerOf(c))
  if (!found) throw new Problem(404, 'company-deletion/unknown')
  return found
}

/** For whom deletions are shown; null for everybody's. */
const readerOf = (c: Context<Env>): string | null => (isOperator(c.env, c.var.principal) ? null : c.var.principal.id)

/** What remains of deleted companies. Mounted at /api/v1. */
export const deletions = new Hono<Env>()
  .get(
    '/deletions',
    operation({
      summary: 'Deletions you asked for or were told of',
      access: 'signed-in',
      answer: { status: 200, schema: z.object({ deletions: z.array(Deletion) }), description: 'Newest first' },
    }),
    async (c) => c.json({ deletions: (await readDeletions(c.var.control, readerOf(c))).map(told) }),
  )
  .get(
    '/deletions/:deletion',
    operation({
      summary: 'A deletion, with its proof',
      description: '`proofHash` is the SHA-256 of `proof`, `signature` its HMAC-SHA-256 by this installation.',
      access: 'signed-in',
      answer: { status: 200, schema: Deletion, description: 'The deletion' },
      problems: ['company-deletion/unknown'],
    }),
    async (c) => c.json(told(await deletionFor(c))),
  )
