import { inPieces } from './zip-stream.ts'

/**
 * What a generator makes as the body of an answer: the next piece is made when the last has been taken, so a slow reader
 * costs no memory. The first piece is made before the answer begins, so that what refuses it is told as a problem.
 */
export async function bodyOf(chunks: AsyncIterable<string | Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const pieces = inPieces(chunks)[Symbol.asyncIterator]()
  let first: IteratorResult<Uint8Array> | undefined = await pieces.next()
  return new ReadableStream<Uint8Array>(
    {
      async pull(to) {
        const { done, value } = first ?? (await pieces.next())
        first = undefined
        if (done) to.close()
        else to.enqueue(value)
      },
      async cancel() {
        await pieces.return?.(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/** How a file is offered: its name in plain letters for old readers, and whole (RFC 6266). */
export const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`
