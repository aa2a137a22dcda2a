/** A file of an archive, written a piece at a time. */
export type ZipFile = { name: string; chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array> }

const utf8 = new TextEncoder()
/** Bytes collected before they are handed on: small pieces cost more to pass than to copy. */
const PIECE = 65_536
/** What a size or a place may be, and how many files, where ZIP64 does not tell. */
const LARGEST = 0xffff_ffff
const MOST_FILES = 0xffff

/**
 * A ZIP archive as it comes: each file deflated, its sum and sizes after it, the directory at the end. Nothing of a file is
 * kept, so memory does not grow with it. Every file carries the same day, so the same content gives the same bytes. Beyond 4 GiB or
 * 65,535 files the archive is ZIP64; `startsAt` is how much lies before it, for a test of that.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3, 4.4 and 4.5.3.
 * @throws RangeError when one file passes 4 GiB: its size would have to be known before it.
 */
export async function* zipped(
  files: AsyncIterable<ZipFile> | Iterable<ZipFile>,
  startsAt = 0,
): AsyncGenerator<Uint8Array> {
  const entries: { name: Uint8Array; crc: number; packed: number; size: number; at: number }[] = []
  let at = startsAt
  for await (const file of files) {
    const name = utf8.encode(file.name)
    const entry = { name, crc: 0, packed: 0, size: 0, at }
    const head = header(0x04034b50, [20, FLAGS, DEFLATED, 0, DAY], [0, 0, 0], [name.length, 0], [], name)
    yield head
    const sums = { crc: 0xffff_ffff, size: 0 }
    for await (const piece of deflated(file.chunks, sums)) {
      entry.packed += piece.length
      yield piece
    }
    entry.crc = (sums.crc ^ 0xffff_ffff) >>> 0
    entry.size = sums.size
    yield header(0x08074b50, [], [entry.crc, entry.packed, entry.size], [], [], NOTHING)
    at += head.length + entry.packed + 16
    entries.push(entry)
  }
  let directory = 0
  for (const { name, crc, packed, size, at } of entries) {
    const far = at > LARGEST ? farPlace(at) : NOTHING
    const needs = far.length > 0 ? 45 : 20
    const row = header(
      0x02014b50,
      [needs, needs, FLAGS, DEFLATED, 0, DAY],
      [crc, packed, size],
      [name.length, far.length, 0, 0, 0],
      [0, Math.min(at, LARGEST)],
      name,
    )
    directory += row.length + far.length
    yield row
    if (far.length > 0) yield far
  }
  if (at > LARGEST || entries.length >= MOST_FILES) yield endOf64(entries.length, directory, at)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, Math.min(entries.length, MOST_FILES), true)
  end.setUint16(10, Math.min(entries.length, MOST_FILES), true)
  end.setUint32(12, directory, true)
  end.setUint32(16, Math.min(at, LARGEST), true)
  yield new Uint8Array(end.buffer)
}

/** Where a file lies beyond 4 GiB: the ZIP64 field of its row. */
function farPlace(at: number): Uint8Array {
  const field = new DataView(new ArrayBuffer(12))
  field.setUint16(0, 1, true)
  field.setUint16(2, 8, true)
  field.setBigUint64(4, BigInt(at), true)
  return new Uint8Array(field.buffer)
}

/** The end record of ZIP64 and where it is to be found: count, size and place of the directory. */
function endOf64(count: number, directory: number, at: number): Uint8Array {
  const end = new DataView(new ArrayBuffer(56 + 20))
  end.setUint32(0, 0x06064b50, true)
  end.setBigUint64(4, 44n, true)
  end.setUint16(12, 45, true)
  end.setUint16(14, 45, true)
  end.setBigUint64(24, BigInt(count), true)
  end.setBigUint64(32, BigInt(count), true)
  end.setBigUint64(40, BigInt(directory), true)
  end.setBigUint64(48, BigInt(at), true)
  end.setUint32(56, 0x07064b50, true)
  end.setBigUint64(64, BigInt(at + directory), true)
  end.setUint32(72, 1, true)
  return new Uint8Array(end.buffer)
}

/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATED = 8
const NOTHING = new Uint8Array()
/** 1 January 2020, in the form of MS-DOS. */
const DAY = ((2020 - 1980) << 9) | (1 << 5) | 1

function checked(n: number): number {
  if (n > LARGEST) throw new RangeError('a file in a ZIP archive holds at most 4 GiB')
  return n
}

/** A record: signature, shorts, sizes, shorts, longs, name. */
function header(
  signature: number,
  shorts: readonly number[],
  sizes: readonly number[],
  lengths: readonly number[],
  longs: readonly number[],
  name: Uint8Array,
): Uint8Array {
  const bytes = new Uint8Array(
    4 + shorts.length * 2 + sizes.length * 4 + lengths.length * 2 + longs.length * 4 + name.length,
  )
  const view = new DataView(bytes.buffer)
  let at = 0
  const put = (n: number, size: 2 | 4) => {
    if (size === 2) view.setUint16(at, n, true)
    else view.setUint32(at, checked(n), true)
    at += size
  }
  put(signature, 4)
  for (const n of shorts) put(n, 2)
  for (const n of sizes) put(n, 4)
  for (const n of lengths) put(n, 2)
  for (const n of longs) put(n, 4)
  bytes.set(name, at)
  return bytes
}

/** The pieces deflated; counts what went in. */
async function* deflated(chunks: ZipFile['chunks'], sums: { crc: number; size: number }): AsyncGenerator<Uint8Array> {
  const packer = new CompressionStream('deflate-raw')
  const writer = packer.writable.getWriter()
  const reader = packer.readable.getReader()
  const writing = (async () => {
    for await (const piece of inPieces(chunks)) {
      sums.crc = crc32(piece, sums.crc)
      sums.size += piece.length
      await writer.ready
      await writer.write(piece as Uint8Array<ArrayBuffer>)
    }
    await writer.close()
  })()
  // A source that fails makes the reader fail with it; nobody else has to hear of it.
  writing.catch((error) => writer.abort(error).catch(() => {}))
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield value
    }
    await writing
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Texts and bytes as pieces of a good size. */
export async function* inPieces(chunks: ZipFile['chunks']): AsyncGenerator<Uint8Array> {
  let text = ''
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') {
      text += chunk
      if (text.length < PIECE) continue
    } else if (text === '') {
      yield chunk
      continue
    }
    yield utf8.encode(text)
    text = ''
    if (typeof chunk !== 'string') yield chunk
  }
  if (text !== '') yield utf8.encode(text)
}

let tables: Uint32Array[] | undefined

/** Eight tables, so that eight bytes are taken at a time. */
function crcTables(): Uint32Array[] {
  const first = new Uint32Array(256)
  for (let n = 0; n < 256; n++) {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb8_8320 ^ (c >>> 1) : c >>> 1
    first[n] = c >>> 0
  }
  const all = [first]
  for (let t = 1; t < 8; t++) all.push(all[t - 1]!.map((c) => first[c & 255]! ^ (c >>> 8)))
  return all
}

/** CRC-32 of ZIP, going on from what it was; the caller inverts at both ends. */
export function crc32(bytes: Uint8Array, before: number): number {
  tables ??= crcTables()
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
  let crc = before
  let i = 0
  for (const end = bytes.length - 7; i < end; i += 8) {
    const low = crc ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24))
    crc =
      t7[low & 255]! ^
      t6[(low >>> 8) & 255]! ^
      t5[(low >>> 16) & 255]! ^
      t4[low >>> 24]! ^
      t3[bytes[i + 4]!]! ^
      t2[bytes[i + 5]!]! ^
      t1[bytes[i + 6]!]! ^
      t0[bytes[i + 7]!]!
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[i]!) & 255]!
  return crc >>> 0
}
