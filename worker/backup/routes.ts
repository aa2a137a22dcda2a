import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { noteExport } from '#worker/alerts/write-export-alert.ts'
import { IsoDate } from '#worker/core/date-schema.ts'
import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { FileKeeper } from '#worker/documents/keep-file.ts'
import { attachment, bodyOf } from '#worker/exports/text-stream.ts'
import { accept, acceptQuery, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { chunksOf } from '#worker/saft/byte-chunks.ts'
import { withBody } from '#worker/uploads/keep-upload.ts'
import { archiveName } from './archive.ts'
import { type KeptBackup, readBackup, readBackups } from './backup-store.ts'
import { objectSource } from './object-source.ts'
import { type Restored, restoreCompany } from './restore-company.ts'
import { streamArchive, takeBackup } from './take-backup.ts'
import { takeIntoUse } from './take-into-use.ts'

const Backup = z.object({
  id: z.string(),
  size: z.int(),
  sha256: z.string(),
  ledgerVersion: z.int(),
  chainHead: z.string(),
  kind: z.enum(['scheduled', 'asked', 'uploaded']),
  by: z.string(),
  recordedAt: z.string(),
})
const Wanted = z.strictObject({
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  /** The day an archive/other-history or archive/day-changed named: restored in spite of it. */
  despite: z.optional(IsoDate),
})
const Told = z.nullable(z.object({ day: z.string(), ledgerVersion: z.int() }))
const RestoredAnswer = z.object({
  company: z.string(),
  name: z.string(),
  ledgerVersion: z.int(),
  chainHead: z.string(),
  checks: z.int(),
  /** The newest head outside the archive that its books agree with; null when nothing outside tells of them. */
  vouched: Told,
  /** The newest of those on a day whose hash in the bucket holds; null when none is. */
  sealed: Told,
})
const RESTORE_PROBLEMS = [
  'archive/unreadable',
  'archive/damaged',
  'archive/schema',
  'archive/other-history',
  'archive/day-changed',
  'archive/does-not-verify',
  'service/busy',
] as const

const now = (): Instant => new Date().toISOString() as Instant
const told = ({ id, size, sha256, ledgerVersion, chainHead, kind, by, recordedAt }: KeptBackup) => ({
  ...{ id, size, sha256, ledgerVersion, chainHead, kind, by, recordedAt },
})
const answerOf = ({ company, name, manifest, verified, vouched, sealed }: Restored) => ({
  ...{ company, name, ledgerVersion: manifest.ledgerVersion, chainHead: manifest.chainHead },
  checks: verified.checks.length,
  vouched: vouched ? { day: vouched.day, ledgerVersion: vouched.ledgerVersion } : null,
  sealed: sealed ?? null,
})

async function backupOf(c: Context<Env>) {
  const backup = await readBackup(c.var.control, c.var.company, pathText(c, 'backup'))
  if (!backup) throw new Problem(404, 'backup/unknown')
  return backup
}

/** A company whole, out and kept. Mounted at /companies/:company. */
export const backups = new Hono<Env>()
  .get(
    '/archive',
    operation({
      summary: 'Everything of a company, as one file',
      description:
        'A ZIP that can be read without us: each table as lines of JSON, each document, and the SHA-256 of all. Taken from one moment, while others post.',
      access: 'company:backup',
      answer: { status: 200, mediaType: 'application/zip', description: 'The archive, streamed' },
      problems: ['service/busy'],
    }),
    async (c) => {
      const at = now()
      await noteExport(c, 'archive')
      const { manifest, bytes } = await streamArchive({
        env: c.env,
        control: c.var.control,
        company: c.var.access,
        at,
      })
      return c.body(await bodyOf(bytes), 200, {
        'content-type': 'application/zip',
        'content-disposition': attachment(archiveName(c.var.company, at)),
        'ledger-version': String(manifest.ledgerVersion),
      })
    },
  )
  .get(
    '/backups',
    operation({
      summary: 'Backups, newest first',
      access: 'company:backup',
      answer: { status: 200, schema: z.object({ backups: z.array(Backup) }), description: 'Those that are kept' },
    }),
    async (c) => c.json({ backups: (await readBackups(c.var.control, c.var.company)).map(told) }),
  )
  .post(
    '/backups',
    operation({
      summary: 'Take a backup now',
      access: 'company:backup',
      answer: { status: 201, schema: Backup, description: 'The backup' },
      problems: ['service/busy'],
    }),
    async (c) => {
      const by = c.var.principal.id
      const taking = { env: c.env, control: c.var.control, company: c.var.access, by, at: now() }
      return c.json(told(await takeBackup(taking, 'asked')), 201)
    },
  )
  .get(
    '/backups/:backup',
    operation({
      summary: 'A backup as a file',
      access: 'company:backup',
      answer: { status: 200, mediaType: 'application/zip', description: 'The archive' },
      problems: ['backup/unknown'],
    }),
    async (c) => {
      const { objectKey, recordedAt } = await backupOf(c)
      const object = await c.env.FILES.get(objectKey)
      if (!object) throw new Problem(404, 'backup/unknown')
      await noteExport(c, 'backup')
      return c.body(object.body as ReadableStream, 200, {
        'content-type': 'application/zip',
        'content-disposition': attachment(archiveName(c.var.company, recordedAt)),
      })
    },
  )
  .post(
    '/backups/:backup/restorations',
    operation({
      summary: 'Restore a backup as a new company',
      description:
        'The company the backup is of is left as it is. Everything is verified before the new one opens. What contradicts the heads kept outside it is refused with a day, and restored when that day is sent as `despite`.',
      access: 'company:backup',
      body: Wanted,
      answer: { status: 201, schema: RestoredAnswer, description: 'The new company' },
      problems: ['backup/unknown', 'permission/missing', ...RESTORE_PROBLEMS],
    }),
    async (c) => {
      const { principal, control } = c.var
      const { objectKey, size } = await backupOf(c)
      if (principal.kind === 'key') throw new Problem(403, 'permission/missing') // a key belongs to one company
      const wanted = await accept(c, Wanted)
      const source = objectSource(c.env.FILES, objectKey, size)
      return c.json(answerOf(await restoreCompany({ env: c.env, control, principal }, source, wanted)), 201)
    },
  )
  .post(
    '/schedule-start',
    operation({
      summary: 'Take a restored company into use',
      description:
        'Until then nothing happens in it on schedule: it is not checked or backed up, no year is opened but by somebody who writes, and no recurring voucher or plan is posted. Asked again it does nothing.',
      access: 'company:backup',
      answer: { status: 200, schema: z.object({ pausedAt: z.null() }), description: 'It follows the schedule' },
    }),
    async (c) => {
      const { control, access, principal } = c.var
      await takeIntoUse({ control, company: access, principal, at: now() })
      return c.json({ pausedAt: null }, 200)
    },
  )

/** An archive brought in from outside. */
export const restorations = new Hono<Env>().post(
  '/restorations',
  operation({
    summary: 'Restore an archive as a new company',
    description: 'The body is the archive itself. It is kept while it is read, and not after.',
    access: 'signed-in',
    rawBody: 'application/zip',
    query: Wanted,
    answer: { status: 201, schema: RestoredAnswer, description: 'The new company' },
    problems: ['permission/missing', ...RESTORE_PROBLEMS],
  }),
  async (c) => {
    const { principal, control } = c.var
    if (principal.kind === 'key') throw new Problem(403, 'permission/missing') // a key belongs to one company
    const body = c.req.raw.body as ReadableStream<Uint8Array> | null
    const wanted = acceptQuery(c, Wanted)
    if (!body) throw new Problem(422, 'archive/unreadable')
    const uploader = { env: c.env, control, by: principal.id, at: now() }
    const key = `uploads/${idOf('bkp', crypto.getRandomValues(new Uint8Array(17)))}`
    const restored = await withBody(uploader, key, async () => {
      const keeper = new FileKeeper(c.env.FILES, key, chunksOf(body))
      await keeper.drain().catch(async (error) => {
        await keeper.discard()
        throw error
      })
      const source = objectSource(c.env.FILES, key, keeper.file.size)
      return restoreCompany({ env: c.env, control, principal }, source, wanted)
    })
    return c.json(answerOf(restored), 201)
  },
)
