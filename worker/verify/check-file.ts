import type { Database } from '#worker/database/connect.ts'
import { type Check, Finding, isFault } from './check.ts'
import { readHealth } from './store.ts'

/**
 * The file's own health (34): SQLite's integrity check, foreign keys, and that each commit is synced. `relaxed`: an instance of
 * the tests, told not to sync.
 */
export async function checkFile(db: Database, relaxed: boolean): Promise<Check[]> {
  const began = performance.now()
  const file = new Finding(34, 'file-is-whole')
  const keys = new Finding(34, 'foreign-keys')
  const durable = new Finding(34, 'commits-are-synced')
  const { faults, orphans, orphanCount, settings } = await readHealth(db).catch((error) => {
    if (!isFault(error)) throw error
    file.fails(error)
    return { faults: [], orphans: [], orphanCount: 0, settings: undefined }
  })
  for (const fault of faults) file.offends({ fault })
  for (const orphan of orphans) keys.offends(orphan)
  keys.more(orphanCount - orphans.length)
  // Where the server does not tell, durability is the service's promise: docs/deploy.md.
  if (settings) {
    durable.read(1)
    if (settings.journalMode !== 'wal') durable.offends({ journalMode: settings.journalMode })
    if (settings.synchronous < 2 && !relaxed) durable.offends({ synchronous: settings.synchronous })
  }
  const ms = performance.now() - began
  return [file.check(ms), keys.check(0), durable.check(0)]
}
