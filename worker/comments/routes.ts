import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { readVoucher } from '#worker/ledger/read-voucher.ts'
import { addComment, readComments } from './add-comment.ts'
import { NewComment } from './comment.ts'

const CommentAnswer = z.object({ id: z.string(), text: z.string(), recordedAt: z.string(), by: z.string() })

/** What people say of a voucher. Mounted at /companies/:company. */
export const comments = new Hono<Env>()
  .get(
    '/vouchers/:voucher/comments',
    operation({
      summary: 'Comments on a voucher',
      access: 'ledger:read',
      answer: { status: 200, schema: z.object({ comments: z.array(CommentAnswer) }), description: 'Oldest first' },
      problems: ['voucher/unknown'],
    }),
    async (c) => {
      const voucher = await readVoucher(c.var.db, pathText(c, 'voucher'))
      if (!voucher) throw new Problem(404, 'voucher/unknown')
      return c.json({ comments: await readComments(c.var.db, voucher.ledgerVersion) })
    },
  )
  .post(
    '/vouchers/:voucher/comments',
    operation({
      summary: 'Comment on a voucher',
      description: 'Kept with author and time, and never changed.',
      access: 'voucher:comment',
      body: NewComment,
      answer: {
        status: 201,
        schema: CommentAnswer,
        description: 'As it stands; the first one when the id was used before',
      },
      problems: ['voucher/unknown', 'comment/id-reused'],
    }),
    async (c) => {
      const comment = await accept(c, NewComment)
      const voucher = await readVoucher(c.var.db, pathText(c, 'voucher'))
      if (!voucher) throw new Problem(404, 'voucher/unknown')
      return c.json(await addComment(actingOf(c), voucher, comment), 201)
    },
  )
