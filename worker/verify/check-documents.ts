import { createHash } from 'node:crypto'
import { dayNumber, type IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Check, Finding, type Offender } from './check.ts'
import { readImportedFiles, readKeptFiles } from './store.ts'

/** Objects asked for at a time. */
const TOGETHER = 20
/** Of a whole check, the bytes of one in so many documents are hashed again, other ones each day. */
const DAYS_TO_HASH_ALL = 30

/**
 * Each document lies in the bucket with the size its row tells, and so does each file that was brought in; a thirtieth of them has its bytes
 * hashed again (24). `imports`: also those files, which an archive that comes back may lack.
 */
export async function checkDocuments(
  db: Database,
  bucket: R2Bucket,
  { today, imports }: { today: IsoDate; imports: boolean },
): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(24, 'documents-in-place')
  const turn = dayNumber(today) % DAYS_TO_HASH_ALL
  const check = async <T extends Sized>(
    files: readonly T[],
    about: (file: T) => Offender,
    place: (file: T) => number,
  ) => {
    finding.read(files.length)
    for (let at = 0; at < files.length; at += TOGETHER)
      await Promise.all(
        files.slice(at, at + TOGETHER).map(async (file) => {
          const fault = await faultOf(bucket, file, place(file) % DAYS_TO_HASH_ALL === turn)
          if (fault) finding.offends({ ...about(file), ...fault })
        }),
      )
  }
  for await (const page of readKeptFiles(db))
    await check(
      page,
      ({ stamp }) => ({ stamp }),
      ({ stamp }) => stamp,
    )
  if (imports) {
    const files = await readImportedFiles(db)
    await check(
      files,
      ({ id }) => ({ import: id }),
      ({ objectKey }) => turnOf(objectKey),
    )
  }
  return finding.check(performance.now() - began)
}

/** The day of thirty on which a file is hashed: its own, whatever is brought in later. */
const turnOf = (key: string): number => [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)

/** What an object should be. Of a ZIP archive the rows tell what is in it. */
type Sized = { objectKey: string; size: number; sha256: string | null; mayBeArchived?: boolean }

async function faultOf(bucket: R2Bucket, of: Sized, isTurn: boolean): Promise<Offender | undefined> {
  const object = await bucket.head(of.objectKey)
  if (!object) return { fault: 'missing' }
  if (object.size !== of.size)
    return of.mayBeArchived && (await isArchive(bucket, of.objectKey))
      ? undefined
      : { fault: 'other-size', size: of.size, found: object.size }
  if (isTurn && of.sha256 !== null && (await hashOf(bucket, of.objectKey)) !== of.sha256)
    return { fault: 'other-bytes' }
  return undefined
}

async function isArchive(bucket: R2Bucket, key: string): Promise<boolean> {
  const start = await bucket.get(key, { range: { offset: 0, length: 2 } })
  return start !== null && (await new Response(start.body).text()) === 'PK'
}

async function hashOf(bucket: R2Bucket, key: string): Promise<string> {
  const hash = createHash('sha256')
  const object = await bucket.get(key)
  for await (const chunk of (object?.body ?? new Blob([]).stream()) as AsyncIterable<Uint8Array>) hash.update(chunk)
  return hash.digest('hex')
}
