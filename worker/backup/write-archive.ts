import { createHash } from 'node:crypto'
import { LEAVE_NOTE } from '#i18n/archive-note.ts'
import type { Database } from '#worker/database/connect.ts'
import { inPieces, type ZipFile, zipped } from '#worker/exports/zip-stream.ts'
import { readCounts } from '#worker/verify/store.ts'
import {
  documentFile,
  FORMAT,
  importFile,
  MANIFEST,
  type Manifest,
  README,
  SUMS,
  type Sums,
  tableFile,
} from './archive.ts'
import { countRows, readMigrations, readObjects, readRows, readTables } from './store.ts'

type Source = {
  /** Nobody writes to it: a copy made for this. */
  db: Database
  bucket: R2Bucket
  company: { name: string; organisationNumber: string | null; colour: string; test: boolean }
  at: string
}

/**
 * A company whole, as a ZIP that can be read without us: every table as lines of JSON, every document, and the sums of all.
 * Nothing is held but a page of a table, so memory does not grow with the books.
 * @throws InvariantError when a document that a row tells of is not in the bucket.
 */
export async function writeArchive({ db, bucket, company, at }: Source): Promise<{
  manifest: Manifest
  bytes: AsyncGenerator<Uint8Array>
}> {
  const tables = await readTables(db)
  const counts = await countRows(db, tables)
  const { ledgerVersion, chainHead, company: books } = await readCounts(db, 0)
  const migrations = await readMigrations(db)
  const documents = counts[tables.findIndex(({ name }) => name === 'document')]!
  const manifest: Manifest = {
    format: FORMAT,
    createdAt: at,
    company: { books: books[0]!, ...company },
    ledgerVersion,
    chainHead,
    migrations,
    tables: tables.map(({ name, columns }, i) => ({ name, columns: [...columns], rows: counts[i]! })),
    documents,
  }
  const sums: Sums = []

  async function* files(): AsyncGenerator<ZipFile> {
    yield summed({ name: MANIFEST, chunks: [JSON.stringify(manifest, null, 1)] })
    yield summed({ name: README, chunks: [LEAVE_NOTE] })
    for (const table of tables) yield summed({ name: tableFile(table.name), chunks: readRows(db, table) })
    for await (const { key, file, name } of readObjects(db)) {
      const object = await bucket.get(key)
      // A file whose object is gone is told by what is missing in `sums.json`, and by verify; the books are not lost for it.
      if (object)
        yield summed({ name: file === 'document' ? documentFile(name) : importFile(name), chunks: object.body })
    }
    yield { name: SUMS, chunks: [JSON.stringify(sums, null, 1)] }
  }

  function summed({ name, chunks }: ZipFile): ZipFile {
    return {
      name,
      chunks: (async function* () {
        const hash = createHash('sha256')
        let size = 0
        for await (const piece of inPieces(chunks)) {
          hash.update(piece)
          size += piece.length
          yield piece
        }
        sums.push({ name, size, sha256: hash.digest('hex') })
      })(),
    }
  }

  return { manifest, bytes: zipped(files()) }
}
