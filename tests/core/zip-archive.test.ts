import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { sourceOf, unzippedChunks, zipEntries } from '#worker/core/zip-archive.ts'
import { zipped } from '#worker/exports/zip-stream.ts'

test('a file of three megabytes that does not pack is fetched in four pieces, and comes whole', async () => {
  const content = randomBytes(3 * 2 ** 20)
  const bytes = await whole(zipped([{ name: 'scan.pdf', chunks: [content] }]))
  const [entry] = await zipEntries(sourceOf(bytes))
  const fetched: number[] = []
  const source = {
    size: bytes.length,
    async read(offset: number, length: number) {
      fetched.push(length)
      return bytes.subarray(offset, offset + length)
    },
  }
  const found = await whole(unzippedChunks(source, entry!, { left: entry!.size }))
  expect(found.equals(content)).toBe(true)
  // Its header, and the pieces, of which none is more than a megabyte.
  expect(fetched).toEqual([30, 2 ** 20, 2 ** 20, 2 ** 20, entry!.packed - 3 * 2 ** 20])
})

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
