import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { Problem } from '#worker/core/problem.ts'
import { cutText, FilledText, Text } from '#worker/core/text.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database } from '#worker/database/connect.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import { actingOf, etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { ImportAnswer } from '#worker/saft/import-answer.ts'
import { bodyOf, SAFT_PROBLEMS, told } from '#worker/saft/routes.ts'
import { forgetUploads, openUpload } from '#worker/uploads/keep-upload.ts'
import { uploaderOf } from '#worker/uploads/routes.ts'
import type { Upload } from '#worker/uploads/store.ts'
import { bookSwitch, readMapped } from './book-switch.ts'
import { answerSwitch, dropSwitch, findOpenSwitch, keepSwitch } from './keep-switch.ts'
import { openSwitchedCompany } from './open-switched-company.ts'
import { readOpenSwitches, readSwitch, type SaftSwitch } from './store.ts'
import { SwitchAnswers, SwitchChange } from './switch-answers.ts'

const TextOrNull = z.nullable(z.string())
const SwitchAnswer = z.object({
  id: z.string(),
  fileName: TextOrNull,
  fileSha256: z.string(),
  fileSize: z.int(),
  importJob: TextOrNull,
  version: z.int(),
  files: z.array(
    z.object({
      name: z.string(),
      company: z.string(),
      organisationNumber: z.string(),
      version: z.string(),
      software: z.string(),
      vatRegistered: z.optional(z.boolean()),
      fromDate: TextOrNull,
      toDate: TextOrNull,
      transactions: z.int(),
      lines: z.int(),
    }),
  ),
  accounts: z.array(
    z.object({
      number: z.string(),
      name: z.string(),
      to: TextOrNull,
      reason: z.enum([
        'control',
        'number',
        'name',
        'standard-account',
        'grouping',
        'kept',
        'asked',
        'before',
        'chosen',
      ]),
      opening: z.int(),
      closing: z.int(),
      lines: z.int(),
    }),
  ),
  parties: z.array(z.object({ kind: z.string(), number: z.string(), lines: z.int() })),
  dimensions: z.array(z.object({ type: z.string(), lines: z.int() })),
  /** Tax codes that are none of the standard ones; sums in øre, whatever their side. */
  taxCodes: z.array(
    z.object({ code: z.string(), description: z.string(), lines: z.int(), base: z.int(), tax: z.int() }),
  ),
  /** Parties that one of ours has the number or the organisation number of, and that are not plainly the same. */
  met: z.array(
    z.object({
      kind: z.string(),
      number: z.string(),
      name: z.string(),
      organisationNumber: TextOrNull,
      own: z.object({ kind: z.string(), number: z.string(), name: z.string(), organisationNumber: TextOrNull }),
      free: z.string(),
      to: TextOrNull,
      reason: z.enum(['organisation-number', 'asked', 'chosen']),
    }),
  ),
  answers: SwitchAnswers,
  /** Accounts and parties that must be answered before anything can be booked. */
  open: z.int(),
})

const MOST_FILES = 20
const SwitchQuery = z.strictObject({ upload: z.optional(Text(MOST_FILES * 41)) })

/** Files that came in parts, or the one that is the body. */
async function filesAsked(c: Context<Env>) {
  const { upload } = acceptQuery(c, SwitchQuery)
  return upload === undefined ? bodyOf(c) : uploadsAsked(c, upload)
}

async function uploadsAsked(c: Context<Env>, named: string) {
  const ids = [...new Set(named.split(','))].slice(0, MOST_FILES)
  const uploads: Upload[] = []
  for (const id of ids) uploads.push(await openUpload(uploaderOf(c), id))
  const fileName = cutText(uploads.map((u) => u.fileName ?? '').join(', '), 255)
  return { source: { uploads }, fileName, done: () => forgetUploads(c.var.control, ids) }
}

const NewCompanyQuery = z.strictObject({ upload: FilledText(MOST_FILES * 41), office: z.optional(FilledText(40)) })

/** A switch that begins with files, and opens the company they are of. */
export const newCompanySwitches = new Hono<Env>().post(
  '/saft-switches',
  operation({
    summary: 'Open the company of SAF-T files, and read them through before they are booked',
    description:
      'The company has our chart and the files’ fiscal years, and nothing is booked: go on under `/companies/{company}/saft-switches`. The files came in parts and are named by `upload`, with commas between several of one switch.',
    access: 'signed-in',
    query: NewCompanyQuery,
    answer: {
      status: 201,
      schema: z.extend(SwitchAnswer, { company: z.object({ id: z.string() }) }),
      description: 'The company, and what was found',
    },
    problems: ['permission/missing', 'office/unknown', ...SAFT_PROBLEMS],
  }),
  async (c) => {
    const { principal, control } = c.var
    if (principal.kind === 'key') throw new Problem(403, 'permission/missing') // a key belongs to one company
    const { upload, office } = acceptQuery(c, NewCompanyQuery)
    const { source, fileName, done } = await uploadsAsked(c, upload)
    const ctx = { env: c.env, control, principal, office, uploader: uploaderOf(c) }
    const { company, kept } = await openSwitchedCompany(ctx, source.uploads, fileName)
    await done()
    return c.json({ company: { id: company.id }, ...(await answerOf(company.db, kept)) }, 201, etagOf(kept.version))
  },
)

/** A switch from another system by SAF-T: read through, looked over, answered, booked. Mounted at /companies/:company. */
export const saftSwitches = new Hono<Env>()
  .post(
    '/saft-switches',
    operation({
      summary: 'Read SAF-T files of another system through before they are booked',
      description:
        'Nothing is booked. The answer says which account of ours each account of the file becomes and why, which parties, analysis types and standard tax codes the file lacks, and what must be answered. The body is the file, plain, gzip or a ZIP of several; files that came in parts are named by `upload`, with commas between several of one switch.',
      access: 'import:run',
      rawBody: 'application/xml',
      query: SwitchQuery,
      answer: { status: 201, schema: SwitchAnswer, description: 'What was found' },
      problems: SAFT_PROBLEMS,
    }),
    async (c) => {
      const { source, fileName, done } = await filesAsked(c)
      const kept = await keepSwitch({ ...actingOf(c), env: c.env, company: c.var.company, fileName }, source)
      await done()
      return answered(c, kept, 201)
    },
  )
  .get(
    '/saft-switches',
    operation({
      summary: 'SAF-T files that are looked over and not booked',
      access: 'import:run',
      answer: {
        status: 200,
        schema: z.object({ switches: z.array(z.object({ id: z.string(), fileName: TextOrNull })) }),
        description: 'Newest first',
      },
    }),
    async (c) => c.json({ switches: await readOpenSwitches(c.var.db) }),
  )
  .get(
    '/saft-switches/:switch',
    operation({
      summary: 'What was found in SAF-T files, and what was answered',
      access: 'import:run',
      answer: { status: 200, schema: SwitchAnswer, description: 'Its version as ETag' },
      problems: ['saft-switch/unknown'],
    }),
    async (c) => {
      const kept = await readSwitch(c.var.db, pathText(c, 'switch'))
      if (!kept) throw new Problem(404, 'saft-switch/unknown')
      return answered(c, kept)
    },
  )
  .patch(
    '/saft-switches/:switch',
    operation({
      summary: 'Answer what SAF-T files leave open',
      description: 'What is not named stays; an empty text takes an answer back.',
      access: 'import:run',
      body: SwitchChange,
      answer: { status: 200, schema: SwitchAnswer, description: 'As it is now' },
      problems: ['saft-switch/unknown', 'saft-switch/done', 'version/stale'],
    }),
    async (c) => {
      const change = await accept(c, SwitchChange)
      const kept = await findOpenSwitch(c.var.db, pathText(c, 'switch'))
      return answered(c, await answerSwitch(c.var.db, kept, change, ifMatch(c)))
    },
  )
  .post(
    '/saft-switches/:switch/booking',
    operation({
      summary: 'Book SAF-T files as they were answered',
      description:
        'The answer proves each account and party against the files, under our account numbers. With `If-Match` exactly what was looked over is booked.',
      access: 'import:run',
      answer: { status: 201, schema: ImportAnswer, description: 'The proof; 200 when these files were booked before' },
      problems: [
        'saft-switch/unknown',
        'saft-switch/done',
        'saft-switch/open',
        'version/stale',
        'request/invalid',
        'period/locked',
        'fiscal-year/missing',
        'saft/before-cut-over',
        'saft/changed-transaction',
        'import/already-undone',
        'party/exists',
        ...SAFT_PROBLEMS,
      ],
    }),
    async (c) => {
      const { principal, control, access, db } = c.var
      const ctx = { env: c.env, control, principal, access, db, rights: { softLock: false } }
      const kept = await findOpenSwitch(db, pathText(c, 'switch'))
      checkVersion(ifMatch(c), kept.version)
      const receipt = await bookSwitch(ctx, await readMapped(db, kept))
      return c.json(told(receipt, c), receipt.replayed ? 200 : 201)
    },
  )
  .delete(
    '/saft-switches/:switch',
    operation({
      summary: 'Forget SAF-T files that were not booked',
      access: 'import:run',
      answer: { status: 204, description: 'Gone' },
      problems: ['saft-switch/unknown', 'saft-switch/done'],
    }),
    async (c) => {
      await dropSwitch(c.env, c.var.db, pathText(c, 'switch'))
      return c.body(null, 204)
    },
  )

async function answered(c: Context<Env>, kept: SaftSwitch, status: 200 | 201 = 200) {
  return c.json(await answerOf(c.var.db, kept), status, etagOf(kept.version))
}

async function answerOf(db: Database, kept: SaftSwitch) {
  const { accounts, met, open } = await readMapped(db, kept)
  const { found, parts, begun: _, mapping: __, by: ___, at: ____, ...rest } = kept
  const fileSize = parts.reduce((sum, part) => sum + part.size, 0)
  const { files, parties, dimensions, taxCodes = [] } = found
  return { ...rest, fileSize, files, accounts, parties, dimensions, taxCodes, met, open }
}
