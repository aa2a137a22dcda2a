import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import {
  deleteUpload,
  giveFiles,
  insertUpload,
  type Part,
  putPart,
  readDatabaseOf,
  readHolders,
  readRestsOn,
  readStaleUploads,
  readUpload,
  setCompany,
  setCompleted,
  type Upload,
} from './store.ts'

/** What a part holds; all but the last are of one size, 5 MiB at least (R2). */
export const PART_BYTES = 8 * 1024 * 1024
/** SAF-T of the largest Norwegian companies is some gigabytes unpacked. */
export const MOST_BYTES = 4_000_000_000
const STALE_MS = 7 * 24 * 60 * 60 * 1000

/** `company`: whose books the file goes into, if it goes into any. */
export type Uploader = { env: Bindings; control: Database; by: string; at: Instant; company?: string | undefined }

/** Begins a file that comes in parts. @throws Problem 413 request/too-large. */
export async function beginUpload(
  { env, control, by, at }: Uploader,
  { size, fileName }: { size: number; fileName: string | null },
): Promise<Upload> {
  if (size > MOST_BYTES) throw new Problem(413, 'request/too-large', { params: { limit: '4 GB' } })
  const id = idOf('upl', crypto.getRandomValues(new Uint8Array(17)))
  const fileKey = `uploads/${id}`
  const { uploadId } = await env.FILES.createMultipartUpload(fileKey)
  const part = { multipart: uploadId, partSize: PART_BYTES, company: null }
  const upload = { id, by, fileName, fileKey, size, createdAt: at, ...part }
  await control.execute(insertUpload({ ...upload, completedAt: null, parts: [] }))
  return { ...upload, completedAt: null, parts: [] }
}

/**
 * Works on a file that comes as a body and will lie under a key. A row tells of it from before its first byte, so that what a call that is
 * ended leaves goes as other uploads do. When the work is done nothing of it stays, but for a file that a company has taken over.
 */
export async function withBody<T>(ctx: Uploader, fileKey: string, work: () => Promise<T>): Promise<T> {
  const id = idOf('upl', crypto.getRandomValues(new Uint8Array(17)))
  const rest = { fileName: null, multipart: '', size: 1, partSize: 1, company: null, completedAt: null, parts: [] }
  const upload = { id, by: ctx.by, fileKey, createdAt: ctx.at, ...rest }
  await ctx.control.batch([insertUpload(upload), setCompleted(id, ctx.at)], 'write')
  try {
    return await work()
  } finally {
    await dropUpload(ctx, id).catch(() => {}) // the night finds it
  }
}

/** @throws Problem 404 upload/unknown: another's is as unknown as one that never was. */
export async function findUpload({ control, by }: Uploader, id: string): Promise<Upload> {
  const found = await readUpload(control, id, by)
  if (!found) throw new Problem(404, 'upload/unknown')
  return found
}

const sizeOfPart = ({ size, partSize }: Upload, number: number): number =>
  Math.min(partSize, size - (number - 1) * partSize)

/**
 * Takes a part. The same part again takes the place of the one before, so whoever is in doubt simply sends it again.
 * @throws Problem 404 upload/unknown; 422 upload/part.
 */
export async function takePart(ctx: Uploader, id: string, number: number, bytes: Uint8Array): Promise<Upload> {
  const upload = await findUpload(ctx, id)
  const expected = Number.isSafeInteger(number) && number > 0 ? sizeOfPart(upload, number) : 0
  if (upload.completedAt !== null || expected <= 0 || bytes.length !== expected)
    throw new Problem(422, 'upload/part', {
      params: { part: number, expected: Math.max(0, expected), size: bytes.length },
    })
  const { etag } = await ctx.env.FILES.resumeMultipartUpload(upload.fileKey, upload.multipart).uploadPart(number, bytes)
  const part: Part = { number, etag, size: bytes.length }
  await ctx.control.execute(putPart(id, part))
  return { ...upload, parts: [...upload.parts.filter((p) => p.number !== number), part] }
}

/**
 * The whole file, once every part is there. From then on it is the company's as well: it is not taken away while its rows rest on it.
 * @throws Problem 404 upload/unknown; 422 upload/incomplete.
 */
export async function openUpload(ctx: Uploader, id: string): Promise<Upload> {
  const upload = await findUpload(ctx, id)
  if (upload.completedAt === null) {
    const arrived = upload.parts.reduce((sum, p) => sum + p.size, 0)
    if (arrived !== upload.size) throw new Problem(422, 'upload/incomplete', { params: { arrived, size: upload.size } })
    const multipart = ctx.env.FILES.resumeMultipartUpload(upload.fileKey, upload.multipart)
    const parts = upload.parts.map(({ number, etag }) => ({ partNumber: number, etag }))
    // Answered twice at the same moment, the other may have put it together already.
    await multipart.complete(parts).catch(async (cause) => {
      if (!(await ctx.env.FILES.head(upload.fileKey))) throw cause
    })
    await ctx.control.execute(setCompleted(id, ctx.at))
  }
  if (ctx.company && ctx.company !== upload.company) await ctx.control.execute(setCompany(id, ctx.company))
  return upload
}

/**
 * Gives whole files to a company that is being opened: all of them, once. One that came to nothing lets go of them, unless rows of its
 * books rest on them: they go with it.
 * @throws Problem 404 upload/unknown when another has them.
 */
export async function claimFiles(
  { env, control }: Pick<Uploader, 'env' | 'control'>,
  fileKeys: readonly string[],
  company: string,
): Promise<void> {
  for (const holder of await readHolders(control, fileKeys))
    if (holder.status !== 'failed' || (await isTaken(env, control, holder.company, holder.fileKey)))
      throw new Problem(404, 'upload/unknown')
  const { rowsAffected } = await control.execute(giveFiles(fileKeys, company))
  if (rowsAffected !== fileKeys.length) throw new Problem(404, 'upload/unknown')
}

/** Nothing of it stays, but for a file that a company has taken over. @throws Problem 404 upload/unknown. */
export async function dropUpload(ctx: Uploader, id: string): Promise<void> {
  await removeUpload(ctx, await findUpload(ctx, id))
}

async function removeUpload({ env, control }: Pick<Uploader, 'env' | 'control'>, upload: Upload): Promise<void> {
  if (upload.company !== null && (await isTaken(env, control, upload.company, upload.fileKey)))
    return forgetUploads(control, [upload.id])
  if (upload.completedAt === null)
    await env.FILES.resumeMultipartUpload(upload.fileKey, upload.multipart)
      .abort()
      .catch(() => {})
  else await env.FILES.delete(upload.fileKey)
  await control.execute(deleteUpload(upload.id))
}

/** Whether rows of the company's books rest on a file. */
async function isTaken(env: Bindings, control: Database, company: string, fileKey: string): Promise<boolean> {
  const database = await readDatabaseOf(control, company)
  return database !== undefined && (await readRestsOn(companyDatabase(env, database), fileKey))
}

/** The rows of uploads whose files have become an import's own. */
export const forgetUploads = async (control: Database, ids: readonly string[]): Promise<void> => {
  await control.batch(ids.map(deleteUpload), 'write')
}

/** Takes away what nobody finished within a week. A company that gives no answer keeps its files until another night, and is asked once. */
export async function dropStaleUploads(env: Bindings, control: Database, now: Instant): Promise<void> {
  const before = new Date(Date.parse(now) - STALE_MS).toISOString()
  const silent = new Set<string>()
  for await (const page of readStaleUploads(control, before))
    for (const upload of page) {
      if (upload.company !== null && silent.has(upload.company)) continue
      await removeUpload({ env, control }, upload).catch((error) => {
        if (upload.company !== null) silent.add(upload.company)
        log('error', 'uploads', { where: upload.id, ...faultOf(error) })
      })
    }
}
