import type { CompanyAccess } from '#worker/access/store.ts'
import { clearAlerts } from '#worker/alerts/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { companyDatabase, copyDatabase, type Database, dropDatabase, nameBeside } from '#worker/database/connect.ts'
import { NoAnswer } from '#worker/database/refusal.ts'
import { FileKeeper } from '#worker/documents/keep-file.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Manifest } from './archive.ts'
import {
  deleteBackups,
  deleteCopy,
  insertBackup,
  insertCopy,
  type KeptBackup,
  readCopies,
  readScheduledBackups,
} from './backup-store.ts'
import { isKept } from './retention.ts'
import { writeArchive } from './write-archive.ts'

type Taking = { env: Bindings; control: Database; company: CompanyAccess; by: string; at: Instant }

/**
 * A company's archive as a stream, from a copy of its database that is made for it and goes with it. What is posted meanwhile is
 * not in it, and nobody waits.
 * @throws Problem 503 service/busy when the database service makes no copy.
 */
export async function streamArchive({ env, control, company, at }: Omit<Taking, 'by'>): Promise<{
  manifest: Manifest
  bytes: AsyncGenerator<Uint8Array>
}> {
  const aName = () => `copy-${idOf('bkp', crypto.getRandomValues(new Uint8Array(17))).slice(4)}`
  const copy = nameBeside(env, company.database, aName)
  await control.execute(insertCopy(copy, at))
  await copyDatabase(env, company.database, copy)
  const { name, organisationNumber, colour, test } = company
  const about = { name, organisationNumber, colour, test }
  const drop = () => dropCopy(env, control, copy).catch(() => {}) // the night drops it
  const archive = await writeArchive({ db: companyDatabase(env, copy), bucket: env.FILES, company: about, at }).catch(
    async (error) => {
      await drop()
      throw error
    },
  )
  async function* bytes() {
    try {
      yield* archive.bytes
    } finally {
      await drop()
    }
  }
  return { manifest: archive.manifest, bytes: bytes() }
}

/** Keeps an archive in the bucket, and lets go of those that are older than the plan of keeping asks for. */
export async function takeBackup(taking: Taking, kind: 'scheduled' | 'asked'): Promise<KeptBackup> {
  const { env, control, company, by, at } = taking
  const id = idOf('bkp', crypto.getRandomValues(new Uint8Array(17)))
  const { manifest, bytes } = await streamArchive(taking)
  const keeper = new FileKeeper(env.FILES, `backups/${company.id}/${id}.zip`, bytes)
  try {
    await keeper.drain()
    const { ledgerVersion, chainHead } = manifest
    const { size, sha256, key } = keeper.file
    const backup = { id, size, sha256, ledgerVersion, chainHead, kind, by, recordedAt: at }
    const kept = insertBackup({ ...backup, company: company.id, objectKey: key })
    await control.batch([kept, clearAlerts('backup-failed', company.id, at)], 'write')
    if (kind === 'scheduled') await letGo(taking)
    return backup
  } catch (error) {
    // Where the answer to its row is lost, the row may stand: then the file stays as well.
    if (!(error instanceof NoAnswer && keeper.file)) await keeper.discard()
    throw error
  }
}

async function dropCopy(env: Bindings, control: Database, copy: string): Promise<void> {
  await dropDatabase(env, copy)
  await control.execute(deleteCopy(copy))
}

/** How long a copy may stand: an archive is streamed as fast as somebody reads it. In milliseconds. */
const COPY_MS = 24 * 3600_000

/** Drops the copies that archives left behind which were cut off. */
export async function dropStaleCopies(env: Bindings, control: Database, at: Instant): Promise<void> {
  const before = new Date(Date.parse(at) - COPY_MS).toISOString()
  for (const copy of await readCopies(control, before)) await dropCopy(env, control, copy)
}

async function letGo({ env, control, company }: Taking): Promise<void> {
  const kept = await readScheduledBackups(control, company.id)
  const old = kept.filter(({ recordedAt }) => !isKept(recordedAt, kept))
  if (old.length === 0) return
  await control.execute(deleteBackups(old.map(({ id }) => id)))
  for (const { objectKey } of old) await env.FILES.delete(objectKey)
}
