import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { differenceText, toldText } from '#i18n/import-text.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText, isStorable, Text } from '#worker/core/text.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { forgetUploads, openUpload } from '#worker/uploads/keep-upload.ts'
import { uploaderOf } from '#worker/uploads/routes.ts'
import { ImportAnswer } from './import-answer.ts'
import { importIntoCompany, importIntoNewCompany, type Receipt } from './import-saft.ts'
import type { SaftSource } from './open-source.ts'

export const SAFT_PROBLEMS = [
  'xml/doctype',
  'xml/malformed',
  'xml/encoding',
  'saft/not-saft',
  'saft/no-namespace',
  'saft/version',
  'saft/currency',
  'saft/incomplete',
  'saft/too-long',
  'saft/amount',
  'saft/date',
  'saft/unbalanced-transaction',
  'saft/zip',
  'saft/other-company',
  'upload/unknown',
  'upload/incomplete',
  'request/too-large',
  'service/busy',
] as const

/**
 * `upload`: the id of a file that came in parts. `match`: open items that settle each other within the file are matched.
 * `otherCompany`: a file of another organisation number is booked all the same.
 */
const SaftQuery = z.strictObject({
  upload: z.optional(Text(40)),
  match: z.optional(z.literal('true', 'field/invalid')),
  otherCompany: z.optional(z.literal('true', 'field/invalid')),
})

export const SAFT_ASK = {
  rawBody: 'application/xml',
  query: SaftQuery,
}
const about = {
  description:
    'The body is the file itself, 1.10 to 1.40, plain, gzip or a ZIP of several files; its name may come in the header X-File-Name, percent-encoded. A file that came in parts is named by `upload` instead. The answer proves each account and party against the file.',
  ...SAFT_ASK,
}

/** The file as it comes, or one that came in parts, and the name it had. */
export async function fileOf(
  c: Context<Env>,
): Promise<{ source: SaftSource; fileName: string | null; done: () => unknown }> {
  const { upload: id } = acceptQuery(c, SaftQuery)
  if (id !== undefined) {
    const upload = await openUpload(uploaderOf(c), id)
    return { source: { upload }, fileName: upload.fileName, done: () => forgetUploads(c.var.control, [id]) }
  }
  return bodyOf(c)
}

function wishesOf(c: Context<Env>) {
  const { match, otherCompany } = acceptQuery(c, SaftQuery)
  return { matchItems: match === 'true', otherCompany: otherCompany === 'true' }
}

/** The file that is the body, and the name it had. */
export function bodyOf(c: Context<Env>) {
  const body = c.req.raw.body as ReadableStream<Uint8Array> | null
  if (!body) throw new Problem(422, 'xml/malformed', { params: { line: 1 } })
  let fileName: string | null = c.req.header('x-file-name') ?? null
  try {
    fileName = fileName && decodeURIComponent(fileName)
  } catch {}
  const kept = fileName && isStorable(fileName) ? cutText(fileName, 255) : null
  return { source: { body }, fileName: kept, done: (): unknown => undefined }
}

/** The receipt with its sentences in the caller's language. */
export function told<T extends Receipt>(receipt: T, c: Context<Env>) {
  const { locale } = c.var
  return {
    ...receipt,
    differences: receipt.differences.map((d) => ({ ...d, message: differenceText(d.kind, wordsOf(d), locale) })),
    told: receipt.told.map((t) => ({ ...t, message: toldText(t.code, t.params, locale) })),
  }
}

export const wordsOf = (d: object): Record<string, string | number> =>
  Object.fromEntries(Object.entries(d).filter(([name]) => name !== 'kind')) as Record<string, string | number>

/** Imports that make a company of their own. */
export const newCompanyImports = new Hono<Env>().post(
  '/imports/saft',
  operation({
    summary: 'Make a company of a SAF-T file',
    ...about,
    access: 'signed-in',
    answer: { status: 201, schema: ImportAnswer, description: 'The company, and the proof' },
    problems: ['permission/missing', ...SAFT_PROBLEMS],
  }),
  async (c) => {
    const { principal, control } = c.var
    if (principal.kind === 'key') throw new Problem(403, 'permission/missing') // a key belongs to one company
    const { source, fileName, done } = await fileOf(c)
    const ctx = { env: c.env, control, principal, fileName, ...wishesOf(c) }
    const receipt = await importIntoNewCompany(ctx, source)
    await done()
    return c.json(told(receipt, c), 201)
  },
)

/** Imports into a company's own books. Mounted at /companies/:company. */
export const imports = new Hono<Env>().post(
  '/imports/saft',
  operation({
    summary: 'Import a SAF-T file',
    ...about,
    access: 'import:run',
    answer: { status: 201, schema: ImportAnswer, description: 'The proof; 200 when this file was imported before' },
    problems: [
      'period/locked',
      'fiscal-year/missing',
      'saft/before-cut-over',
      'saft/changed-transaction',
      'import/already-undone',
      ...SAFT_PROBLEMS,
    ],
  }),
  async (c) => {
    const { principal, control, access, db } = c.var
    const { source, fileName, done } = await fileOf(c)
    const rights = { softLock: false }
    const ctx = { env: c.env, control, principal, fileName, ...wishesOf(c) }
    const receipt = await importIntoCompany({ ...ctx, access, db, rights }, source)
    await done()
    return c.json(told(receipt, c), receipt.replayed ? 200 : 201)
  },
)
