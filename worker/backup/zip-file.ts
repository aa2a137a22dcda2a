import { Problem } from '#worker/core/problem.ts'

/** Where a ZIP lies that is read in any order. */
export type Source = {
  size: number
  read(offset: number, length: number): Promise<Uint8Array>
  stream(offset: number, length: number): Promise<ReadableStream<Uint8Array>>
}

export type Entry = { name: string; packed: number; size: number; at: number; deflated: boolean }

/** The end record of ZIP64 and its locator, the end record, and a comment after it. */
const END_AT_MOST = 56 + 20 + 22 + 65_535
/** The directory is held in memory. */
const DIRECTORY_AT_MOST = 64 * 1024 * 1024

/**
 * What a ZIP holds, from its directory. Source: PKWARE APPNOTE 6.3.10, sections 4.3, 4.4 and 4.5.3. Of ZIP64 what is needed for an
 * archive beyond 4 GiB or 65,535 files, each file itself below.
 * @throws Problem 422 archive/unreadable.
 */
export async function readDirectory(source: Source): Promise<Map<string, Entry>> {
  const tail = await source.read(Math.max(0, source.size - END_AT_MOST), Math.min(source.size, END_AT_MOST))
  const { count, length, offset } = endRecord(tail)
  if (length > DIRECTORY_AT_MOST || offset + length > source.size) throw unreadable()
  const bytes = await source.read(offset, length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, Entry>()
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > length || view.getUint32(at, true) !== 0x02014b50) throw unreadable()
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)]
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    if (flags & 1 || (method !== 0 && method !== 8) || entries.has(name)) throw unreadable()
    entries.set(name, {
      name,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: placeOf(view, at, nameLength),
      deflated: method === 8,
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** Where a file of a row lies; beyond 4 GiB its ZIP64 field tells. */
function placeOf(view: DataView, row: number, nameLength: number): number {
  const place = view.getUint32(row + 42, true)
  if (place !== FAR) return place
  const end = row + 46 + nameLength + view.getUint16(row + 30, true)
  for (
    let at = row + 46 + nameLength;
    at + 12 <= Math.min(end, view.byteLength);
    at += 4 + view.getUint16(at + 2, true)
  )
    if (view.getUint16(at, true) === 1) return Number(view.getBigUint64(at + 4, true))
  throw unreadable()
}
const FAR = 0xffff_ffff

/** How many files there are, and length and place of the directory. */
function endRecord(tail: Uint8Array): { count: number; length: number; offset: number } {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    const [count, length, offset] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 12, true),
      view.getUint32(at + 16, true),
    ]
    if (count !== 0xffff && offset !== FAR) return { count, length, offset }
    const far = at - 76 // our own stands right before its locator
    if (far < 0 || view.getUint32(at - 20, true) !== 0x07064b50 || view.getUint32(far, true) !== 0x06064b50)
      throw unreadable()
    const [n, size, place] = [far + 32, far + 40, far + 48].map((from) => Number(view.getBigUint64(from, true)))
    return { count: n!, length: size!, offset: place! }
  }
  throw unreadable()
}

/** One file of it, unpacked as it comes. No more is unpacked than the directory says that it holds. */
export async function* unpacked(source: Source, entry: Entry): AsyncGenerator<Uint8Array> {
  const head = await source.read(entry.at, 30)
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (view.getUint32(0, true) !== 0x04034b50) throw unreadable()
  const from = entry.at + 30 + view.getUint16(26, true) + view.getUint16(28, true)
  const packed = await source.stream(from, entry.packed)
  const bytes = entry.deflated
    ? packed.pipeThrough(new DecompressionStream('deflate-raw') as ReadableWritablePair<Uint8Array, Uint8Array>)
    : packed
  const reader = bytes.getReader()
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw unreadable()
      })
      if (done) break
      size += value.length
      if (size > entry.size) throw unreadable()
      yield value
    }
    if (size !== entry.size) throw unreadable()
  } finally {
    await reader.cancel().catch(() => {})
  }
}

const unreadable = (): Problem => new Problem(422, 'archive/unreadable')
