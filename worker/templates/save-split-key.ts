import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import { type SplitKeyContent, sharesOf, sharesText } from './split-key.ts'
import { type KeptSplitKey, readSplitKeys, writeSplitKey } from './store.ts'

/**
 * Makes a split key or changes it. Lines that are posted keep the shares they were posted with.
 * @throws Problem 409 version/stale; 422 request/invalid, one issue for each fault.
 */
export async function saveSplitKey(
  { db, by, at }: Acting,
  code: string,
  wanted: SplitKeyContent,
  version: number | undefined,
): Promise<KeptSplitKey> {
  const { shares, issues } = sharesOf(wanted, booksOf((await readFacts(db)).facts))
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const find = async () => (await readSplitKeys(db)).find((k) => k.code.toLowerCase() === code.toLowerCase())
  const found = await find()
  checkVersion(version, found?.version ?? 0)
  const { name, dimension, active = true } = wanted
  const key = { code: found?.code ?? code, name, dimension, shares, active }
  const told = (k: typeof key) => ({
    name: k.name,
    dimension: k.dimension,
    shares: sharesText(k.shares),
    active: k.active,
  })
  const changes = changesOf(found && told({ ...found, shares: [...found.shares] }), told(key))
  const event = { type: found ? 'split-key.changed' : 'split-key.created', at, by, subject: key.code, changes }
  const written = await db
    .batch([writeSplitKey(key, found?.version ?? 0), insertEventsIfChanged(event)], 'write')
    .catch((cause) => {
      if (refusalOf(cause)?.kind === 'taken') throw new Problem(409, 'version/stale')
      throw cause
    })
  if (written[0]!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await find())!
}
