import type { CompanyAccess } from '#worker/access/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { log } from '#worker/http/log.ts'
import { readBackups } from './backup-store.ts'
import { readImportFiles, readKeptDocuments } from './store.ts'

/** How long a file may lie in the bucket before the row that tells of it stands, in milliseconds. */
const AGE_MS = 24 * 3600_000

type Swept = { env: Bindings; control: Database; company: CompanyAccess; db: Database; at: Instant }

/**
 * Takes away what lies under a company's name in the bucket without a row that tells of it: left by a process that ended, or an answer
 * that was lost, between the two. Only when the books hold: rows that are missing for another reason must find their files again.
 */
export async function dropOrphans({ env, control, company, db, at }: Swept): Promise<number> {
  const knownOf = {
    documents: (keys: readonly string[]) => readKeptDocuments(db, keys),
    imports: async () => (await readImportFiles(db)).map(({ key }) => key),
    backups: async () => (await readBackups(control, company.id)).map(({ objectKey }) => objectKey),
  }
  let dropped = 0
  for (const [place, readKnown] of Object.entries(knownOf))
    for await (const keys of filesBefore(env.FILES, `${place}/${company.id}/`, Date.parse(at) - AGE_MS)) {
      const known = new Set(await readKnown(keys)) // after the files were listed: a row that came meanwhile is seen
      const orphans = keys.filter((key) => !known.has(key))
      if (orphans.length > 0) await env.FILES.delete(orphans)
      dropped += orphans.length
    }
  if (dropped > 0) log('warn', 'files-without-row', { company: company.id, count: dropped })
  return dropped
}

async function* filesBefore(bucket: Bindings['FILES'], prefix: string, before: number): AsyncGenerator<string[]> {
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ prefix, ...(cursor && { cursor }) })
    const old = page.objects.filter(({ uploaded }) => uploaded.getTime() < before).map(({ key }) => key)
    if (old.length > 0) yield old
    if (!page.truncated) return
    cursor = page.cursor
  }
}
