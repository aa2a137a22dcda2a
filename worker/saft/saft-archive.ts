import { Problem } from '#worker/core/problem.ts'
import { ArchiveFault, type ByteSource, unzippedChunks, type ZipEntry, zipEntries } from '#worker/core/zip-archive.ts'

/** What an archive of SAF-T may unfold to, in bytes. */
const MOST_BYTES = 8_000_000_000
const MOST_FILES = 100

/**
 * The SAF-T files in a ZIP archive, read where they lie. What programs leave beside them is passed over.
 * @throws Problem 422 saft/zip, saft/not-saft; 413 request/too-large.
 */
export async function saftEntries(source: ByteSource): Promise<ZipEntry[]> {
  try {
    const entries = (await zipEntries(source)).filter(
      ({ name }) => /\.xml$/i.test(name) && !/(^|\/)(__MACOSX\/|\._)/.test(name),
    )
    if (entries.length === 0) throw new Problem(422, 'saft/zip')
    if (entries.length > MOST_FILES) throw tooLarge()
    return entries
  } catch (error) {
    throw asProblem(error)
  }
}

/** One file of the archive as it unfolds. @throws Problem as `saftEntries`. */
export async function* saftChunks(source: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  try {
    yield* unzippedChunks(source, entry, { left: MOST_BYTES })
  } catch (error) {
    throw asProblem(error, entry.name)
  }
}

const tooLarge = () => new Problem(413, 'request/too-large', { params: { limit: 'ZIP' } })

/** What is wrong with the archive, and with which of its files. */
function asProblem(error: unknown, file = ''): unknown {
  if (!(error instanceof ArchiveFault)) return error
  return error.reason === 'bomb' ? tooLarge() : new Problem(422, 'saft/zip', { params: { reason: error.reason, file } })
}
