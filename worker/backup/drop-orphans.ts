import type { CompanyAccess } from '#worker/access/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { listObjects } from '#worker/documents/list-objects.ts'
import type { Bindings } from '#worker/http/env.ts'
import { log } from '#worker/http/log.ts'
import { deleteFilesWithoutRow, insertFilesWithoutRow, readBackups, readFilesWithoutRow } from './backup-store.ts'
import { readImportFiles, readKeptDocuments } from './store.ts'

const DAY_MS = 24 * 3600_000
/** How long a file may lie in the bucket before the row that tells of it stands, and how long it is kept without one, in milliseconds. */
const [AGE_MS, KEPT_MS] = [DAY_MS, 35 * DAY_MS]
/** Files that one call takes away at most. */
const DELETED = 1_000

type Swept = { env: Bindings; control: Database; company: CompanyAccess; db: Database; at: Instant }

/**
 * Takes away what lies under a company's name in the bucket without a row that tells of it: left by a process that ended, or an answer
 * that was lost, between the two. Five weeks after it was first seen so, in case it is the rows that were lost: books put back to how
 * they were find their files again, and whoever sends the documents once more does so before theirs are gone. Gives how many went.
 */
export async function dropOrphans({ env, control, company, db, at }: Swept): Promise<number> {
  const knownOf = {
    documents: (keys: readonly string[]) => readKeptDocuments(db, keys),
    imports: async () => (await readImportFiles(db)).map(({ key }) => key),
    backups: async () => (await readBackups(control, company.id)).map(({ objectKey }) => objectKey),
  }
  const before = (ms: number) => Date.parse(at) - ms
  const seen = await readFilesWithoutRow(control, company.id)
  const orphans: string[] = []
  for (const [place, readKnown] of Object.entries(knownOf))
    for await (const keys of filesBefore(env.FILES, `${place}/${company.id}/`, before(AGE_MS))) {
      const known = new Set(await readKnown(keys)) // after the files were listed: a row that came meanwhile is seen
      orphans.push(...keys.filter((key) => !known.has(key)))
    }
  const isDue = (key: string) => Date.parse(seen.get(key) ?? at) < before(KEPT_MS)
  const found = orphans.filter((key) => !seen.has(key))
  const gone = orphans.filter(isDue)
  for (let i = 0; i < gone.length; i += DELETED) await env.FILES.delete(gone.slice(i, i + DELETED))
  const waiting = new Set(orphans.filter((key) => !isDue(key)))
  const settled = [...seen.keys()].filter((key) => !waiting.has(key))
  if (found.length + settled.length > 0)
    await control.batch(
      [insertFilesWithoutRow(company.id, found, at), deleteFilesWithoutRow(company.id, settled)],
      'write',
    )
  if (found.length > 0) log('warn', 'files-without-row', { company: company.id, count: found.length })
  return gone.length
}

async function* filesBefore(bucket: Bindings['FILES'], prefix: string, before: number): AsyncGenerator<string[]> {
  for await (const page of listObjects(bucket, prefix)) {
    const old = page.filter(({ uploaded }) => uploaded.getTime() < before).map(({ key }) => key)
    if (old.length > 0) yield old
  }
}
