import { Problem } from '#worker/core/problem.ts'

/** Bytes read at a time where the stream lets its reader choose. */
const CHUNK = 131_072
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

/**
 * The file's own bytes, unpacked when they are gzip (known by its first two bytes).
 * @throws Problem 413 request/too-large for a file that unfolds beyond measure; 422 saft/not-saft for a ZIP archive.
 */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]()
  let first = new Uint8Array(0)
  while (first.length < 4) {
    const { done, value } = await source.next()
    if (done) break
    first = joined(first, value)
  }
  if (first[0] === 0x50 && first[1] === 0x4b)
    throw new Problem(422, 'saft/not-saft', { params: { line: 1, reason: 'zip' } })
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    if (first.length > 0) yield first
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
    return
  }
  yield* gunzipped(first, source)
}

async function* gunzipped(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let packed = first.length
  let begun = false
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!begun) {
        begun = true
        return controller.enqueue(first)
      }
      const { done, value } = await rest.next()
      if (done) return controller.close()
      packed += value.length
      controller.enqueue(value)
    },
  })
  const gunzip = new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>
  let size = 0
  for await (const chunk of chunksOf(source.pipeThrough(gunzip))) {
    size += chunk.length
    if (size > RATIO_FROM && size > packed * RATIO)
      throw new Problem(413, 'request/too-large', { params: { limit: `${RATIO} × gzip` } })
    yield chunk
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
