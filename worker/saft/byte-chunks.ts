import { Problem } from '#worker/core/problem.ts'

/** Bytes read at a time where the stream lets its reader choose. */
const CHUNK = 131_072
/** Bytes that hold an XML declaration. */
const DECLARATION = 256
/** How far a compressed file may unfold: ordinary SAF-T is packed 10 to 40 times, and the first part may be more. */
const RATIO = 200
const RATIO_FROM = 64_000_000

/** The stream's bytes in pieces of a useful size, whatever its source gives. */
export async function* chunksOf(bytes: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = byobReader(bytes)
  if (!reader) return yield* plainChunks(bytes.getReader())
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(CHUNK))
      ended = done
      if (done) return
      yield value
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {})
  }
}

async function* plainChunks(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      ended = done
      if (done) return
      yield value
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {})
  }
}

function byobReader(bytes: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return bytes.getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
}

/** The same bytes with a first piece long enough to tell what they are: the magic bytes, and an XML declaration. */
async function* withStart(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    if (!first) yield chunk
    else {
      first = joined(first, chunk)
      if (first.length < DECLARATION) continue
      yield first
      first = undefined
    }
  }
  if (first && first.length > 0) yield first
}

/**
 * The file's own bytes, unpacked when they are gzip (known by its first two bytes).
 * @throws Problem 413 request/too-large for a file that unfolds beyond measure; ZipArchive; DamagedFile.
 */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = withStart(chunks)
  const { done, value: first } = await source.next()
  if (done) return
  if (first[0] === 0x50 && first[1] === 0x4b) throw new ZipArchive()
  if (first[0] === 0x1f && first[1] === 0x8b) return yield* withStart(gunzipped(first, source))
  yield first
  yield* source
}

/** The file is a ZIP archive: it must be kept whole before its files can be found. */
export class ZipArchive extends Error {}

/** A packed file is damaged or cut short. */
export class DamagedFile extends Error {}

async function* gunzipped(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let packed = first.length
  let begun = false
  let failure: unknown
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = begun ? await rest.next() : { done: false, value: first }
        begun = true
        if (next.done) return controller.close()
        if (next.value !== first) packed += next.value.length
        controller.enqueue(next.value)
      } catch (error) {
        failure = error
        controller.error(error)
      }
    },
  })
  const gunzip = new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>
  const chunks = chunksOf(source.pipeThrough(gunzip))
  let size = 0
  for (;;) {
    const next = await chunks.next().catch(() => {
      throw failure ?? new DamagedFile()
    })
    if (next.done) return
    size += next.value.length
    if (size > RATIO_FROM && size > packed * RATIO)
      throw new Problem(413, 'request/too-large', { params: { limit: `${RATIO} × gzip` } })
    yield next.value
  }
}

export function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
