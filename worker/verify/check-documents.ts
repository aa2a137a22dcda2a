import { createHash } from 'node:crypto'
import type { IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Check, Finding } from './check.ts'
import { readKeptFiles } from './store.ts'

/** Objects asked for at a time. */
const TOGETHER = 20
/** Of a whole check, the bytes of one in so many documents are hashed again, other ones each day. */
const DAYS_TO_HASH_ALL = 30

/** Each document lies in the bucket with the size its row tells; a thirtieth of them has its bytes hashed again (24). */
export async function checkDocuments(db: Database, bucket: R2Bucket, today: IsoDate): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(24, 'documents-in-place')
  const turn = Number(today.slice(8)) % DAYS_TO_HASH_ALL
  for await (const page of readKeptFiles(db)) {
    finding.read(page.length)
    for (let at = 0; at < page.length; at += TOGETHER)
      await Promise.all(
        page.slice(at, at + TOGETHER).map(async ({ stamp, objectKey, size, sha256 }) => {
          const object = await bucket.head(objectKey)
          if (!object) finding.offends({ stamp, fault: 'missing' })
          else if (object.size !== size) finding.offends({ stamp, fault: 'other-size', size, found: object.size })
          else if (stamp % DAYS_TO_HASH_ALL === turn && (await hashOf(bucket, objectKey)) !== sha256)
            finding.offends({ stamp, fault: 'other-bytes' })
        }),
      )
  }
  return finding.check(performance.now() - began)
}

async function hashOf(bucket: R2Bucket, key: string): Promise<string> {
  const hash = createHash('sha256')
  const object = await bucket.get(key)
  for await (const chunk of (object?.body ?? new Blob([]).stream()) as AsyncIterable<Uint8Array>) hash.update(chunk)
  return hash.digest('hex')
}
