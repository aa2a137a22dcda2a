import { createHash } from 'node:crypto'
import { dayNumber, type IsoDate } from '#worker/core/dates.ts'
import { ArchiveFault, type ByteSource, unzippedChunks, type ZipEntry, zipEntries } from '#worker/core/zip-archive.ts'
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
  const check = async <T extends Kept>(
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

/** What an object should be: what each of its rows tells, of it or of a file within it where it may be a ZIP archive. */
type Kept = { objectKey: string; told: readonly { size: number; sha256: string | null }[]; mayBeArchived?: boolean }

async function faultOf(bucket: R2Bucket, of: Kept, isTurn: boolean): Promise<Offender | undefined> {
  const object = await bucket.head(of.objectKey)
  if (!object) return { fault: 'missing' }
  const apart = of.told.filter(({ size }) => size !== object.size)
  try {
    const source = sourceOf(bucket, of.objectKey, object.size)
    const within = of.mayBeArchived && apart.length > 0 ? await zipEntries(source).catch(noArchive) : []
    const other = apart.find(({ size }) => !within.some((entry) => entry.size === size))
    if (other) return { fault: 'other-size', size: other.size, found: object.size }
    const sums = of.told.flatMap(({ sha256 }) => sha256 ?? [])
    if (!isTurn || sums.length === 0) return undefined
    const found = new Set<string>()
    if (apart.length < of.told.length) found.add(await hashOf((await bucket.get(of.objectKey))?.body ?? []))
    for (const entry of within)
      if (apart.some(({ size }) => size === entry.size))
        found.add(await hashOf(unzippedChunks(source, entry, { left: entry.size })))
    return sums.every((sum) => found.has(sum)) ? undefined : { fault: 'other-bytes' }
  } catch (error) {
    if (error instanceof ArchiveFault) return { fault: 'unreadable' }
    throw error
  }
}

function noArchive(error: unknown): ZipEntry[] {
  if (error instanceof ArchiveFault) return []
  throw error
}

const sourceOf = (bucket: R2Bucket, key: string, size: number): ByteSource => ({
  size,
  async read(offset, length) {
    const part = await bucket.get(key, { range: { offset, length: Math.min(length, size - offset) } })
    return new Uint8Array((await part?.arrayBuffer()) ?? [])
  },
})

async function hashOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest('hex')
}
