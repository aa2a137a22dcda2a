import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { cutText, isStorable } from '#worker/core/text.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeList } from '#worker/http/write-list.ts'
import { readVoucher } from '#worker/ledger/read-voucher.ts'
import { addDocuments } from './add-documents.ts'
import { rejectDocument } from './change-rejection.ts'
import { Attachment, DocumentQuery, headersOf, Rejection, rangeOf } from './document.ts'
import { keepDocument } from './keep-document.ts'
import { logReading } from './keep-reading.ts'
import { countListed, type KeptDocument, readDocument, readDocumentLog, readDocuments } from './store.ts'

const TextOrNull = z.nullable(z.string())
const DocumentAnswer = z.object({
  stamp: z.int(),
  id: z.string(),
  sha256: z.string(),
  size: z.int(),
  mediaType: z.string(),
  fileName: TextOrNull,
  recordedAt: z.string(),
  by: z.string(),
  status: z.enum(['unhandled', 'attached', 'rejected']),
  rejectedReason: TextOrNull,
  vouchers: z.array(
    z.object({ id: z.string(), series: z.string(), fiscalYear: z.int(), number: z.int(), reversed: z.boolean() }),
  ),
  version: z.int(),
})
const DocumentList = z.object({ documents: z.array(DocumentAnswer), cursor: TextOrNull })
const LogLine = z.object({
  what: z.enum(['arrived', 'attached', 'read', 'rejected', 'restored']),
  voucher: TextOrNull,
  reason: TextOrNull,
  recordedAt: z.string(),
  by: z.string(),
})

const told = ({ objectKey: _, ...document }: KeptDocument) => document

async function documentOf(c: Context<Env>): Promise<KeptDocument> {
  const name = pathText(c, 'document')
  const found = await readDocument(c.var.db, name)
  if (!found) throw new Problem(404, 'document/unknown', { params: { document: name } })
  return found
}

/** The file's name as the sender says it; percent-encoded, since headers hold no other signs. */
export function fileNameOf(c: Context<Env>): string | null {
  let name: string | null = c.req.header('x-file-name') ?? null
  try {
    name = name && decodeURIComponent(name)
  } catch {}
  return name && isStorable(name) ? cutText(name, 255) : null
}

/** Documents: what arrived, with stamp number and log. Mounted at /companies/:company. */
export const documents = new Hono<Env>()
  .post(
    '/documents',
    operation({
      summary: 'Send a document',
      description:
        'The body is the file itself: PDF, PNG, JPEG, WebP, TIFF or XML, told by its content, 25 MB at most. Its name may come in the header X-File-Name, percent-encoded. It is stamped with the next number. The same bytes again are the same document, wherever they came from.',
      access: 'document:write',
      rawBody: 'application/octet-stream',
      answer: {
        status: 201,
        schema: z.extend(DocumentAnswer, { replayed: z.boolean() }),
        description: 'The document with its stamp number; 200 with `replayed` when it was here before',
      },
      problems: ['document/type', 'document/markup', 'document/empty', 'xml/doctype', 'request/too-large'],
    }),
    async (c) => {
      const arriving = { ...actingOf(c), bucket: c.env.FILES, company: c.var.access.id, fileName: fileNameOf(c) }
      const { document, replayed } = await keepDocument(arriving, c.req.raw.body as ReadableStream<Uint8Array> | null)
      return c.json({ ...told(document), replayed }, replayed ? 200 : 201)
    },
  )
  .get(
    '/documents',
    operation({
      summary: 'Documents, newest first',
      description: 'By state, stamp number, an interval of stamp numbers with both ends, or a piece of the file name.',
      access: 'document:read',
      list: true,
      query: DocumentQuery,
      answer: { status: 200, schema: DocumentList, description: 'A page and the cursor of the next' },
    }),
    async (c) => {
      const query = acceptQuery(c, DocumentQuery)
      const read = async (cursor = query.cursor) => {
        const page = await readDocuments(c.var.db, { ...query, cursor })
        return { ...page, documents: page.documents.map(told) }
      }
      return writeList(c, { name: 'documents', row: DocumentAnswer, read, count: () => countListed(c.var.db, query) })
    },
  )
  .get(
    '/documents/:document',
    operation({
      summary: 'A document with its log and vouchers',
      description: 'By id or stamp number, also when it is rejected or its voucher is reversed.',
      access: 'document:read',
      answer: {
        status: 200,
        schema: z.extend(DocumentAnswer, { log: z.array(LogLine) }),
        description: 'Log oldest first',
      },
      problems: ['document/unknown'],
    }),
    async (c) => {
      const document = await documentOf(c)
      return c.json(
        { ...told(document), log: await readDocumentLog(c.var.db, document.stamp) },
        200,
        etagOf(document.version),
      )
    },
  )
  .get(
    '/documents/:document/content',
    operation({
      summary: 'The file itself',
      description:
        'As it was found to be by its content; XML as plain text. `download=1` makes it a download. Takes Range.',
      access: 'document:read',
      query: z.strictObject({ download: z.optional(z.literal('1', { error: 'field/invalid' })) }),
      answer: { status: 200, mediaType: 'application/octet-stream', description: 'The bytes; 206 for a range of them' },
      problems: ['document/unknown'],
    }),
    async (c) => {
      const document = await documentOf(c)
      const headers = headersOf(document, c.req.query('download') === '1')
      const etag = `"${document.sha256}"`
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag })
      const range = rangeOf(c.req.header('range'), document.size)
      if (range === 'none') return c.body(null, 416 as 400, { 'content-range': `bytes */${document.size}` })
      await logReading(c, document)
      const object = await c.env.FILES.get(document.objectKey, range && { range })
      if (!object) throw new Problem(503, 'service/busy')
      const length = String(range?.length ?? document.size)
      return c.body(object.body, range ? 206 : 200, {
        ...headers,
        etag,
        'content-length': length,
        ...(range && { 'content-range': `bytes ${range.offset}-${range.offset + range.length - 1}/${document.size}` }),
      })
    },
  )
  .post(
    '/documents/:document/rejection',
    operation({
      summary: 'Reject a document',
      description: 'With a reason. It keeps its stamp number and stays readable; a rejected document is not attached.',
      access: 'document:write',
      body: Rejection,
      answer: { status: 200, schema: DocumentAnswer, description: 'As it is now' },
      problems: ['document/unknown', 'document/attached', 'version/stale'],
    }),
    async (c) => {
      const { reason } = await accept(c, Rejection)
      return c.json(told(await rejectDocument(actingOf(c), pathText(c, 'document'), reason, ifMatch(c))))
    },
  )
  .delete(
    '/documents/:document/rejection',
    operation({
      summary: 'Take back a rejection',
      access: 'document:write',
      answer: { status: 200, schema: DocumentAnswer, description: 'As it is now' },
      problems: ['document/unknown', 'version/stale'],
    }),
    async (c) => c.json(told(await rejectDocument(actingOf(c), pathText(c, 'document'), null, ifMatch(c)))),
  )
  .post(
    '/vouchers/:voucher/documents',
    operation({
      summary: 'Attach documents to a posted voucher',
      description: 'One may be added; none is ever removed. Those that are attached already change nothing.',
      access: 'document:write',
      body: Attachment,
      answer: {
        status: 200,
        schema: z.object({ documents: z.array(DocumentAnswer) }),
        description: 'All documents of the voucher',
      },
      problems: ['voucher/unknown', 'document/unknown', 'document/rejected'],
    }),
    async (c) => {
      const { documents } = await accept(c, Attachment)
      const voucher = await readVoucher(c.var.db, pathText(c, 'voucher'))
      if (!voucher) throw new Problem(404, 'voucher/unknown')
      return c.json({ documents: (await addDocuments(actingOf(c), voucher, documents)).map(told) })
    },
  )
