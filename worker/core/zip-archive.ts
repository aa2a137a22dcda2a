/** Bytes that can be read from any place: a file in memory, or an object in a bucket. */
export type ByteSource = { readonly size: number; read(offset: number, length: number): Promise<Uint8Array> }
export type ZipEntry = { name: string; packed: number; size: number; at: number; deflated: boolean }

/** Why an archive is not read. `bomb`: it would unfold beyond measure; `large`: it, or a file in it, is of 4 GiB or more (ZIP64). */
export class ArchiveFault extends Error {
  readonly reason: 'damaged' | 'encrypted' | 'bomb' | 'large'
  constructor(reason: ArchiveFault['reason']) {
    super(reason)
    this.reason = reason
  }
}

/** An end record, and the longest comment that may follow it. */
const END = 22
const LONGEST_COMMENT = 65_535
const MOST_ENTRIES = 10_000
/** What stands where a number of 32 bits does not reach. */
const FAR = 0xffff_ffff
/** How far one file may unfold: sheets and SAF-T are packed 5 to 60 times. Small ones may be more. */
const RATIO = 200
const RATIO_FROM = 8_000_000

export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})

/**
 * The files of a ZIP archive, from its directory. Files that share bytes, as in a bomb, are refused before anything is unfolded.
 * Source: PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16.
 * @throws ArchiveFault.
 */
export async function zipEntries(source: ByteSource): Promise<ZipEntry[]> {
  const tail = viewOf(await source.read(Math.max(0, source.size - END - LONGEST_COMMENT), END + LONGEST_COMMENT))
  let end = tail.byteLength - END
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw new ArchiveFault('damaged')
  const count = tail.getUint16(end + 10, true)
  const [length, from] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)]
  if (length === FAR || from === FAR) throw new ArchiveFault('large')
  if (count > MOST_ENTRIES) throw new ArchiveFault('bomb')
  if (from + length > source.size) throw new ArchiveFault('damaged')
  const directory = viewOf(await source.read(from, length))
  const entries: ZipEntry[] = []
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== 0x02014b50)
      throw new ArchiveFault('damaged')
    const nameLength = directory.getUint16(at + 28, true)
    const method = directory.getUint16(at + 10, true)
    if ([20, 24, 42].some((place) => directory.getUint32(at + place, true) === FAR)) throw new ArchiveFault('large')
    if (directory.getUint16(at + 8, true) & 1) throw new ArchiveFault('encrypted')
    if (method !== 0 && method !== 8) throw new ArchiveFault('damaged')
    const name = new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength)
    entries.push({
      name: new TextDecoder().decode(name),
      packed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      at: directory.getUint32(at + 42, true),
      deflated: method === 8,
    })
    at += 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true)
  }
  if (entries.reduce((sum, e) => sum + e.packed, 0) > source.size) throw new ArchiveFault('bomb')
  return entries.filter(({ name }) => !name.endsWith('/'))
}

/** What a reader may still unfold of an archive; shared by its files. */
export type Allowance = { left: number }
/** Bytes fetched at a time: each is a call to where the archive lies, and held while it unfolds. */
const PIECE = 1_048_576

/**
 * The content of one file of an archive, as it unfolds. What it holds is counted as it comes: what the directory says is not believed.
 * @throws ArchiveFault, also for a file that is cut short or not as long as it says.
 */
export async function* unzippedChunks(
  source: ByteSource,
  entry: ZipEntry,
  allowance: Allowance,
): AsyncGenerator<Uint8Array> {
  const head = viewOf(await source.read(entry.at, 30))
  if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw new ArchiveFault('damaged')
  const start = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true)
  let size = 0
  const unfolded = entry.deflated ? inflated(pieces(source, start, entry.packed)) : pieces(source, start, entry.packed)
  for await (const chunk of unfolded) {
    size += chunk.length
    allowance.left -= chunk.length
    if (allowance.left < 0 || (size > RATIO_FROM && size > entry.packed * RATIO)) throw new ArchiveFault('bomb')
    yield chunk
  }
  if (size !== entry.size) throw new ArchiveFault('damaged')
}

async function* pieces(source: ByteSource, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length; done += PIECE) {
    const piece = await source.read(start + done, Math.min(PIECE, length - done))
    if (piece.length === 0) throw new ArchiveFault('damaged')
    yield piece
  }
}

async function* inflated(packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await packed.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (error) {
        controller.error(error)
      }
    },
  })
  const inflate = new DecompressionStream('deflate-raw') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>
  const reader = source.pipeThrough(inflate).getReader()
  let ended = false
  try {
    for (;;) {
      const next = await reader.read().catch(() => {
        throw new ArchiveFault('damaged')
      })
      ended = next.done
      if (next.done) return
      yield next.value
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {})
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
