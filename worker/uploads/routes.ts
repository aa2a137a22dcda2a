import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { Text } from '#worker/core/text.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { beginUpload, dropUpload, findUpload, PART_BYTES, takePart, type Uploader } from './keep-upload.ts'
import type { Upload } from './store.ts'

export const uploaderOf = (c: Context<Env>): Uploader => ({
  env: c.env,
  control: c.var.control,
  by: c.var.principal.id,
  at: new Date().toISOString() as Instant,
  company: c.var.company,
})

const NewUpload = z.strictObject({
  size: z.int('field/invalid').check(z.gte(1, 'field/invalid')),
  fileName: z.optional(z.nullable(Text(255))),
})
const UploadAnswer = z.object({
  id: z.string(),
  size: z.int(),
  partSize: z.int(),
  /** How many parts it comes in, and which of them have arrived. */
  parts: z.int(),
  arrived: z.array(z.int()),
})
const answerOf = ({ id, size, partSize, parts }: Upload): z.infer<typeof UploadAnswer> => ({
  id,
  size,
  partSize,
  parts: Math.ceil(size / partSize),
  arrived: parts.map((p) => p.number).sort((a, b) => a - b),
})

/** Large files part by part. Mounted at /api/v1; an import then names the upload. */
export const uploads = new Hono<Env>()
  .post(
    '/uploads',
    operation({
      summary: 'Begin a file that comes in parts',
      description:
        'For files of any size: each part is PUT by itself, in any order, and again after a lost connection. `POST …/imports/saft?upload=` takes the whole.',
      access: 'signed-in',
      body: NewUpload,
      answer: { status: 201, schema: UploadAnswer, description: 'How large the parts are' },
      problems: ['request/too-large'],
    }),
    async (c) => {
      const { size, fileName = null } = await accept(c, NewUpload)
      return c.json(answerOf(await beginUpload(uploaderOf(c), { size, fileName })), 201)
    },
  )
  .get(
    '/uploads/:upload',
    operation({
      summary: 'Which parts have arrived',
      access: 'signed-in',
      answer: { status: 200, schema: UploadAnswer, description: 'Send the others' },
      problems: ['upload/unknown'],
    }),
    async (c) => c.json(answerOf(await findUpload(uploaderOf(c), pathText(c, 'upload')))),
  )
  .put(
    '/uploads/:upload/parts/:part',
    operation({
      summary: 'Send a part',
      description: 'The body is the part’s bytes: `partSize` of them, fewer in the last. Parts are counted from 1.',
      access: 'signed-in',
      rawBody: 'application/octet-stream',
      answer: { status: 200, schema: UploadAnswer, description: 'Which parts have arrived' },
      problems: ['upload/unknown', 'upload/part', 'request/too-large'],
    }),
    async (c) => {
      const tooLarge = () => new Problem(413, 'request/too-large', { params: { limit: '8 MiB' } })
      if (Number(c.req.header('content-length') ?? 0) > PART_BYTES) throw tooLarge()
      // Whoever hangs up has sent nothing, and that is no fault of ours: the part is sent again.
      const bytes = new Uint8Array(await c.req.arrayBuffer().catch(() => new ArrayBuffer(0)))
      if (bytes.length > PART_BYTES) throw tooLarge()
      const upload = await takePart(uploaderOf(c), pathText(c, 'upload'), Number(pathText(c, 'part')), bytes)
      return c.json(answerOf(upload))
    },
  )
  .delete(
    '/uploads/:upload',
    operation({
      summary: 'Drop an upload',
      access: 'signed-in',
      answer: { status: 204, description: 'Gone' },
      problems: ['upload/unknown'],
    }),
    async (c) => {
      await dropUpload(uploaderOf(c), pathText(c, 'upload'))
      return c.body(null, 204)
    },
  )
