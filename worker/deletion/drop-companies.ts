import { alertAdministrators, alertToldOf } from '#worker/alerts/store.ts'
import { readImportFiles } from '#worker/backup/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { companyDatabase, type Database, dropDatabase } from '#worker/database/connect.ts'
import { isMissing } from '#worker/database/refusal.ts'
import { listObjects } from '#worker/documents/list-objects.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { codeOf } from '#worker/identity/sealed.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { type Extent, type Found, proofOf } from './company-deletion.ts'
import {
  completeDeletion,
  countBackups,
  type Doomed,
  insertDeletion,
  keepFound,
  readDue,
  readExtent,
  readNeverOpened,
  readSameBooks,
  readUploadKeys,
  setDropping,
} from './store.ts'

/** How long a company that never opened is left alone: an import may still be running. In milliseconds. */
const NEVER_OPENED_MS = 7 * 24 * 3600_000
const NOTHING: Extent = {
  ...{ vouchers: 0, entries: 0, documents: 0, ledgerVersion: 0, chainHead: '0'.repeat(64), lastBooked: null },
}
/** How many objects the bucket removes at once. */
const KEYS = 1000
/** What the signature of a proof is for. */
export const PROOF = 'company-deletion'

/**
 * Carries out the deletions whose time has come, and clears away companies that never opened. Each is done in steps that may be
 * done again: cut anywhere, the next night goes on. One that fails keeps no other back.
 */
export async function dropCompanies(env: Bindings, control: Database, at: Instant): Promise<void> {
  const before = new Date(Date.parse(at) - NEVER_OPENED_MS).toISOString() as Instant
  for (const company of await readNeverOpened(control, before)) {
    const id = idOf('del', crypto.getRandomValues(new Uint8Array(17)))
    const asked = { id, company, askedAt: at, askedBy: 'system', deletesAt: at, retentionUntil: null }
    try {
      await control.batch(insertDeletion({ ...asked, ground: 'never-opened' }), 'write')
    } catch (error) {
      log('error', 'company-deletion', { company, ...faultOf(error) })
    }
  }
  for (const doomed of await readDue(control, at))
    try {
      await dropCompany(env, control, doomed, at)
    } catch (error) {
      counters.deletionsFailed++
      const { id, company, askedBy } = doomed.deletion
      log('error', 'company-deletion', { company, ...faultOf(error) })
      const told = { kind: 'deletion-failed', subject: id, params: {}, at } as const
      const who = alertAdministrators(told, company, { once: true, also: askedBy })
      await control.batch([who], 'write').catch(() => {}) // the log has it
    }
}

/** Database, documents, imported files and backups; then the proof, and what the control database knows of the company. */
async function dropCompany(env: Bindings, control: Database, doomed: Doomed, at: Instant): Promise<void> {
  const { deletion, database } = doomed
  const { id, company } = deletion
  const db = companyDatabase(env, database)
  const found = deletion.found ?? (await writeDown(control, db, doomed))
  if (deletion.droppingAt === null) {
    const keys = await ownKeys(env, control, doomed)
    for (let i = 0; i < keys.length; i += KEYS) await env.FILES.delete(keys.slice(i, i + KEYS))
    await control.batch([setDropping(id, at)], 'write')
  }
  await dropDatabase(env, database)
  await writerOf(env, company).forget()
  for (const prefix of [`documents/${company}/`, `backups/${company}/`]) await empty(env.FILES, prefix)
  const proof = proofOf(deletion, found, await countLeft(env.FILES, company), at)
  const done = { at, proof, hash: await sha256(proof), signature: await codeOf(proof, env.SIGNING_KEY, PROOF) }
  const told = { kind: 'company-deleted', subject: id, params: { company }, at } as const
  const entry = insertControlEntries({ type: 'company.deleted', at, by: 'system', company, subject: id })
  await control.batch(
    [alertToldOf(told, 'deletion-asked', deletion.askedBy), ...completeDeletion(deletion, done), entry],
    'write',
  )
  log('info', 'company-deleted', { company })
}

async function writeDown(control: Database, db: Database, { deletion, books }: Doomed): Promise<Found> {
  const { id, company, ground } = deletion
  const [extent, backups] = await Promise.all([
    readExtent(db).catch(unlessMissing(ground === 'never-opened', NOTHING)),
    countBackups(control, company),
  ])
  const found = { ...extent, books, backups }
  await control.batch(keepFound(id, company, found), 'write')
  return found
}

/**
 * Keys of its imported files, of what lies under its id as such without a row, and of uploads it was handed, but those that another
 * company of the same books has as well. Documents and backups lie under its id.
 * Rows of a restoring that was cut short are those of an archive, which may name anybody's objects: of them only what lies under its
 * own id is its own.
 * @throws Error while another is being restored of the same books: nobody knows yet which of the files it needs.
 */
async function ownKeys(env: Bindings, control: Database, { deletion, database, books }: Doomed): Promise<string[]> {
  const others = await readSameBooks(control, deletion.company)
  if (others.some(({ status }) => status === 'importing'))
    throw new Error('a company of the same books is being restored')
  const keysOf = async (name: string, mayMiss: boolean) => {
    const files = await readImportFiles(companyDatabase(env, name)).catch(unlessMissing(mayMiss, []))
    return files.map(({ key }) => key)
  }
  const shared = new Set<string>()
  for (const { database: name, status } of others)
    for (const key of await keysOf(name, status !== 'active')) shared.add(key)
  const neverOpened = deletion.ground === 'never-opened'
  const own = neverOpened && books !== deletion.company ? [`imports/${deletion.company}/`] : ['imports/', 'uploads/']
  const named = (await keysOf(database, neverOpened)).filter((key) => own.some((prefix) => key.startsWith(prefix)))
  const keys = new Set([...named, ...(await readUploadKeys(control, deletion.company))])
  for await (const page of listObjects(env.FILES, `imports/${deletion.company}/`))
    for (const { key } of page) keys.add(key)
  return [...keys].filter((key) => !shared.has(key))
}

/** A database whose making was cut short may lack its tables, or never have been; one that does not answer waits for the next night. */
const unlessMissing =
  <T>(mayMiss: boolean, otherwise: T) =>
  (error: unknown): T => {
    if (mayMiss && isMissing(error)) return otherwise
    throw error
  }

async function empty(bucket: R2Bucket, prefix: string): Promise<void> {
  for (;;) {
    const { objects } = await bucket.list({ prefix })
    if (objects.length === 0) return
    await bucket.delete(objects.map(({ key }) => key))
  }
}

/** What still lies under the company's id: imported files that another company of the same books has as well. */
async function countLeft(bucket: R2Bucket, company: string): Promise<number> {
  let left = 0
  for (const place of ['documents', 'backups', 'imports'])
    for await (const page of listObjects(bucket, `${place}/${company}/`)) left += page.length
  return left
}
